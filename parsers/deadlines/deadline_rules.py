"""Second pass over a passage: the rules of `deadline_rules.toml`, by which the words around a time say its meaning."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from parsers.annotate.lengths import Every, Length, Recurrences
from parsers.annotate.mention import LETTERS, Mention
from parsers.annotate.near_times import Near
from parsers.deadlines.skeleton import Sketch, apart
from vietnamese.periods import PrintedPeriod

_FREE = "[^.;" + "".join(letter for kind, letter in LETTERS.items() if kind not in ("clock", "weekday", "masked")) + "]"
_SHORT, _OFTEN = LETTERS["every_short"], LETTERS["times"]
_CLASSES = {
    **LETTERS,
    "every_short": f"[{_SHORT}{_OFTEN}]",
    "period": f"[{LETTERS['month']}{LETTERS['year']}]",
    "span": f"[{LETTERS['span_short']}{LETTERS['span_long']}]",
    "every": f"[{_SHORT}{_OFTEN}{LETTERS['every_year']}]",
    "start": LETTERS["day"],
    "often": LETTERS["times"],
    "start_dom": LETTERS["dom"],
    "start_period": f"[{LETTERS['month']}{LETTERS['year']}]",
}
_CUE = r"(?:truoc|cham nhat(?: la)?(?: truoc| vao)?|muon nhat(?: la)?|vao|den het|den|han(?: cuoi)?(?: la)?)"
_PLAIN = {"free": _FREE, "cue": _CUE, "limit": rf"(?:\b{_CUE},? )?"}
_MACRO = re.compile(r"\{([a-z][a-z_]*?)(\d?)\}")


@dataclass(frozen=True)
class Rule:
    """One rule; `only_directives` where it is not believed outside an item. See the head of the table.

    `letters`: those of the mentions that it may take, of which it needs one.
    """

    name: str
    kind: str
    pattern: re.Pattern[str]
    letters: frozenset[str]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    only_directives: bool = False
    tentative: bool = False
    undated: bool = False
    listed: bool = False
    months: tuple[int, ...] = ()
    hours: bool = False
    quarterly: bool = False
    yearly: bool = False
    near: bool = False
    """Only of days that are counted from the day of issue."""
    stretch: bool = False
    """Only of a period of which some days are meant."""
    labelled: bool = False
    """Only in a line that tells the time of a task (`Thời gian hoàn thành: …`)."""
    clean: bool = False
    """Not believed where a word before the time is none: OCR may have spoilt the one that says what it means."""
    unless: re.Pattern[str] | None = None
    """What must not be found in the words that the rule takes, up to the last time in them."""


@dataclass(frozen=True)
class Hit:
    """A rule's match at characters `start:end`, the mentions that it takes, by their name in the pattern."""

    rule: Rule
    start: int
    end: int
    taken: dict[str, Mention]
    anchor: str | None = None
    anchor_name: str | None = None
    folded: str = ""
    """The whole passage that it stands in."""

    def get(self, *names: str) -> Mention | None:
        """The first of these that the rule took, in whichever of its alternatives."""
        plain = {name.rstrip("_"): mention for name, mention in reversed(self.taken.items())}
        return next((plain[name] for name in names if name in plain), None)


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order in which they are tried."""
    table = tomllib.loads(files(__package__).joinpath("deadline_rules.toml").read_text(encoding="utf-8"))
    return tuple(
        Rule(
            name=row["name"],
            kind=row["kind"],
            pattern=_compile(row["pattern"]),
            letters=_letters(row["pattern"]),
            yes=tuple(row["yes"]),
            no=tuple(row["no"]),
            only_directives=row.get("only") == "directive",
            tentative=row.get("tentative", False),
            undated=row.get("undated", False),
            listed=row.get("listed", False),
            months=tuple(row.get("months", ())),
            hours=row.get("hours", False),
            quarterly=row.get("quarterly", False),
            yearly=row.get("yearly", False),
            near=row.get("near", False),
            stretch=row.get("stretch", False),
            labelled=row.get("labelled", False),
            clean=row.get("clean", False),
            unless=re.compile(apart(row["unless"])) if "unless" in row else None,
        )
        for row in table["rule"]
    )


def _compile(pattern: str) -> re.Pattern[str]:
    """The pattern with its macros written out; a mention that it names again is taken too, with a mark on its name."""
    counts: Counter[str] = Counter()

    def expand(match: re.Match[str]) -> str:
        name = match[1]
        if name in _PLAIN:
            return _PLAIN[name]
        counts[match[0]] += 1
        group = name + match[2] + ("_" * (counts[match[0]] - 1))
        if name == "hour":
            return rf"(?:(?P<{group}>{LETTERS['clock']}++)[,;]? ?(?:cua |trong )?)?"
        return f"(?P<{group}>{_CLASSES[name]}++)"

    return re.compile(_MACRO.sub(expand, apart(pattern)))


def limits(hits: Iterable[Hit]) -> list[Hit]:
    """In order of place, decoys left out."""
    return sorted((hit for hit in hits if hit.rule.kind != "none"), key=lambda hit: (hit.start, hit.end))


def _letters(pattern: str) -> frozenset[str]:
    classes = [_CLASSES.get(macro[1], "") for macro in _MACRO.finditer(pattern)]
    clock = LETTERS["clock"] if "{hour" in pattern else ""
    return frozenset("".join([*classes, clock])) - set("[]")


@lru_cache(maxsize=256)
def _rules_for(present: frozenset[str]) -> tuple[Rule, ...]:
    """The rules that can match where these letters of times stand, in their order."""
    return tuple(rule for rule in rules() if rule.kind == "event" or not rule.letters.isdisjoint(present))


def all_hits(sketch: Sketch) -> list[Hit]:
    """What the rules take, decoys too, in order of the rules; each mention goes to the first rule that takes it."""
    taken: set[int] = set()
    hits: list[Hit] = []
    present = frozenset(LETTERS[mention.kind] for mention in sketch.mentions)
    for rule in _rules_for(present):
        for match in rule.pattern.finditer(sketch.skeleton):
            if _cuts_a_time(match, sketch):
                continue
            hit = _hit(rule, match, sketch)
            starts = {mention.start for mention in hit.taken.values()}
            if not starts & taken and (_fits(hit, sketch) if hit.taken else _is_apart(hit, hits)):
                taken |= starts
                hits.append(hit)
    return hits


def _cuts_a_time(match: re.Match[str], sketch: Sketch) -> bool:
    """Whether a rule would begin within a time: its words end in the letters that stand for one."""
    starts = [match.start(name) for name, text in match.groupdict().items() if text and text[0] in _TIME_SIGNS]
    return any(sketch.skeleton[start - 1 : start] == sketch.skeleton[start] for start in starts)


_TIME_SIGNS = frozenset(LETTERS.values())


def _hit(rule: Rule, match: re.Match[str], sketch: Sketch) -> Hit:
    groups = match.groupdict()
    taken = {
        name: sketch.at(match.start(name))
        for name, text in groups.items()
        if text and not name.startswith("anchor") and match.start(name) in sketch.by_start
    }
    anchor = next((name for name in ("anchor", "anchor2", "anchor3", "anchor4", "anchor5") if groups.get(name)), None)
    words = sketch.passage.text[match.start(anchor) : match.end(anchor)].strip() if anchor else None
    start = match.start("limit") if groups.get("limit") else match.start()
    return Hit(rule, start, match.end(), taken, words, anchor, sketch.passage.folded)


def _is_apart(hit: Hit, others: Sequence[Hit]) -> bool:
    """Whether a limit without a time stands in words that no other rule has taken."""
    return hit.rule.kind == "event" and not any(one.start < hit.end and hit.start < one.end for one in others)


def _fits(hit: Hit, sketch: Sketch) -> bool:
    """A day `of every year` prints no year; `tháng 8 đến tháng 10` in one mention is a span of months."""
    last = max(mention.start for mention in hit.taken.values())
    if hit.rule.unless is not None and hit.rule.unless.search(sketch.skeleton, hit.start + 1, last):
        return False
    if hit.rule.kind == "none" and any(_is_no_decoy(one, sketch) for one in hit.taken.values()):
        return False
    if hit.rule.near or hit.rule.stretch:
        return all(_is_of_days(one.value, near=hit.rule.near) for one in hit.taken.values() if one.kind in _ON_CALENDAR)
    if hit.rule.labelled and not _TIME_LABEL.match(sketch.passage.folded):
        return False
    if hit.rule.yearly:
        months = [one.value for one in hit.taken.values() if one.kind == "month"]
        return all(isinstance(one, PrintedPeriod) and one.year is None for one in months)
    if hit.rule.undated:
        return _is_undated(hit)
    if hit.rule.hours:
        daily = hit.get("every_short", "every_short2")
        return daily is not None and daily.value == Recurrences((Every(1, "ngay"),))
    if hit.rule.quarterly:
        every = hit.taken["every"].value
        return isinstance(every, Recurrences) and all(one.count == 3 for one in every.everys)
    if hit.rule.listed:
        return getattr(hit.taken["period"].value, "to_number", None) is not None
    return True


_ON_CALENDAR = ("day", "month", "year")
_TIME_LABEL = re.compile(
    r"\W*(?:thoi (?:gian|diem)(?: (?:hoan thanh|thuc hien|trien khai|trinh|ban hanh|bao cao|gui|nop))+"
    r"|(?:thoi han|tien do)[^:]{0,30}|hoan thanh|han(?: (?:chot|cuoi|nop|gui))?)\s*:"
)


_BOUNDS = re.compile(
    apart(
        r"\b(?:cham nhat|muon nhat|tre nhat|khong (?:muon|cham) hon|khong (?:cham|muon) qua|han cuoi|han chot)"
        r"(?: la| den| vao| het| truoc| trong)* (?:Θ+,? )?$"
        r"|(?<!da )\b(?:xong|hoan tat|dut diem)(?: ngay)? (?:truoc|trong|den het|den|het|vao)(?: khi)? (?:Θ+,? )?$"
        r"|\b(?:giai ngan|thu|tra|chi|xoa|lam|cap) het trong $"
    )
)
"""Words right before a time by which it is a limit, whatever else is told in the sentence."""
_MUST_BE_DONE = re.compile(r",? phai (?:\w+ ){0,2}?(?:xong|hoan thanh|hoan tat|dut diem)\b")
_BOUNDED = ("day", "dom", "month", "year")


def _is_no_decoy(mention: Mention, sketch: Sketch) -> bool:
    """Whether no words around a time can make it another thing than a limit: `tháng này` is no period of a plan or a
    report, and `chậm nhất đến ngày 30/11` always bounds."""
    if _is_no_name(mention.value) or mention.kind not in _BOUNDED:
        return _is_no_name(mention.value)
    before = _BOUNDS.search(sketch.skeleton, max(0, mention.start - 40), mention.start)
    return before is not None or _MUST_BE_DONE.match(sketch.skeleton, mention.end) is not None


def _is_no_name(value: object) -> bool:
    """Whether a time cannot name a plan or a report."""
    return isinstance(value, Near) or (isinstance(value, PrintedPeriod) and value.is_stretch)


def _is_of_days(value: object, *, near: bool) -> bool:
    """Whether a time is counted from the day of issue or, of a period, whether some of its days are meant."""
    if isinstance(value, Near):
        return near or value.to is not None
    return not near and isinstance(value, PrintedPeriod) and value.is_stretch


def _is_undated(hit: Hit) -> bool:
    every, span = hit.get("every"), hit.get("span")
    yearly = every is not None and every.kind == "every_year"
    half_or_year = span is not None and isinstance(span.value, Length) and span.value.unit in ("thang", "nam")
    if every is not None and isinstance(every.value, Recurrences):
        # Four days are those of the quarters; fewer behind a quarter's report are of one year.
        count = sum(one.kind == "day" for one in hit.taken.values())
        half_or_year = half_or_year or every.value.everys[0].count in ((3, 6) if count == 4 else (6,))
    if every is None and span is None:
        yearly = True
    years = [getattr(one.value, "year", None) for one in hit.taken.values() if one.kind == "day"]
    return (yearly or half_or_year) and not any(years)
