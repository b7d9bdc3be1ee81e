"""First pass over a passage: the times that are written in it, whatever they mean, and the text with them blanked out.

The skeleton is the folded text in which each mention is overwritten by one letter of its own, so that the rules of
`deadline_rules.toml` can say `truoc {day}` and need not know how a day is printed. Lengths and places stay the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from parsers.citations.citation_finder import find_citations
from parsers.deadlines.lengths import Every, Length, Recurrences
from parsers.deadlines.period_parts import RecurringPart, recurring_parts
from parsers.record.passage import Passage
from vietnamese.dates import PrintedDate, find_dates
from vietnamese.figures import has_figure
from vietnamese.numerals import WORD_PATTERN, read_words
from vietnamese.periods import PrintedPeriod, find_periods

LETTERS = {
    "day": "Δ",
    "dom": "Ν",
    "month_end": "Ξ",
    "clock": "Θ",
    "month": "Π",
    "year": "Υ",
    "span_short": "Λ",
    "span_long": "Μ",
    "every_short": "Ρ",
    "every_year": "Ε",
    "weekday": "Ω",
    "within": "Σ",
    "masked": "Χ",
}
"""day: a day with its month; dom: a day of some month; month: any period under a year; span: a length of time, long
where it is counted in years; every: a recurrence; within: a part of a recurring period."""


Value = PrintedDate | PrintedPeriod | Length | Recurrences | RecurringPart | str | None


@dataclass(frozen=True)
class Mention:
    """A time written at characters `start:end`: `kind` is a key of LETTERS. A clock is `HH:MM`, a weekday `FR`."""

    kind: str
    start: int
    end: int
    value: Value


@dataclass(frozen=True)
class Sketch:
    """A passage with its mentions and its skeleton."""

    passage: Passage
    mentions: tuple[Mention, ...]
    skeleton: str

    def at(self, start: int) -> Mention:
        """The mention that starts there."""
        return next(mention for mention in self.mentions if mention.start == start)


_QUOTE = re.compile(r"[“\"][^“”\"]{3,400}[”\"]")
_LINKED_DAY = re.compile(
    r"(?:(?<=tu |en |va |oc |et |t:\s)|(?<=(?:cham|muon) nhat )|(?<=nhat la )|(?<=xong )|(?<=cuoi: )|(?<=\bhan: )"
    r"|(?<=\d/\d, )|(?<=/\d\d, ))"
    r"(?P<day>3[01]|[12]\d|0?[1-9])/(?P<month>1[0-2]|0?[1-9])"
    r"(?![\d/]|[.,]\d|\s?%|\s\d{1,2}/)"
)
_LINKED_DOM = re.compile(r"\b(?:truoc|nhat|den|toi) (3[01]|[12]\d|0?[1-9])(?=,? (?:hang|moi) thang\b)")
_DAY_RANGE = re.compile(
    r"\b(?:tu|trong)(?: cac)?(?: ngay)? (?P<start>3[01]|[12]\d|0?[1-9])\s?[-–]\s?"
    r"(?P<end>(?P<day>3[01]|[12]\d|0?[1-9])/(?P<month>1[0-2]|0?[1-9])(?:/(?P<year>20\d\d))?)(?![\d/]|\s?%)"
)
"""Days of one month, joined by a dash: `từ 01-15/9/2024`."""
_MONTH_END = re.compile(r"ngay cuoi(?: cung)?(?: cua)? (?:moi |hang )?thang\b(?:(?: hang| moi) thang)?(?!\s*\d| nay)")
_DOM_MORE = re.compile(r"(?:,| va) (3[01]|[12]\d|0?[1-9])(?=,? (?:va (?:\d|ngay \d|ngay cuoi)|cua |hang |moi ))")
_CLOCK = re.compile(
    r"(?<![\d/.,])(?P<hour>2[0-4]|1\d|0?\d)\s?(?:(?:gio|h|g)\s?(?:(?P<minute>[0-5]\d)\s?(?:phut|p|['’′`])?)?|:(?P<colon>[0-5]\d)"
    r"|\.(?P<dot>[0-5]\d)(?=,? (?:ngay \d|(?:hang|moi|cung) ngay\b)))(?!\w)"
    r"(?: (?P<side>sang|trua|chieu|toi)(?=,? (?:cua )?(?:ngay|thu) ))?"
)
_DAY_FOLLOWS = re.compile(r",? (?:cua )?(?:ngay \d|thu (?:hai|ba|tu|nam|sau|bay|[2-7])\b)")
"""A day behind an hour: it is no count of hours (`muộn nhất là 16 giờ ngày 12/8`)."""
_LENGTH_BEFORE = re.compile(
    r"(?:vong|thoi han|thoi gian|toi da|khong qua|sau|moi|nhat|dinh ky)\s+(?:la\s+|toi da\s+)?$"
)
_LENGTH = re.compile(
    rf"(?<![\w/.,])(?:(?P<digits>\d{{1,3}})|(?P<words>{WORD_PATTERN})(?=\s))\s*(?:\([^)]{{2,25}}\)\s*)?"
    r"(?P<unit>ngay lam viec|ngay|tuan|thang|nam|gio lam viec|gio|h)(?P<working>\s+lam viec)?(?!\w)"
    r"(?!\s+(?:dau|cuoi|thu)\b)"
)
_SPELT_WORD = "(?:một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín|mười|mươi|mốt|tư|lăm)"
_SPELT = re.compile(rf"(?!(?:mươi|mốt|tư|lăm)$){_SPELT_WORD}(?: {_SPELT_WORD})*")
"""Number words with their marks: `từ ngày`, `sau tháng` and `bà` fold to number words too."""
_UNITS = "ngay|tuan|thang|quy|nam|nua nam|6 thang|06 thang|9 thang|09 thang"
_EVERY = re.compile(
    rf"\b(?:(?P<regular>dinh ky\s+)(?=(?:{_UNITS})\b)|(?:hang|moi)\s+)(?:(?:{_UNITS})\b)"
    rf"(?:\s*(?:,|va|hoac|hay|/)\s*(?:hang\s+|dinh ky\s+|ca\s+)?(?:{_UNITS})\b(?!\s+\d))*"
)
_REPORT = re.compile(
    r"(?:(?<=bao cao )|(?<=\), )|(?<=\); )|(?<=\) va ))(?:tuan|thang|quy)"
    r"(?=\s*(?:(?:gui |nop )?(?:\(|truoc\b|cham nhat\b)|vao (?:ngay \d|thu \w|chieu thu|sang thu)))"
)
"""`báo cáo tháng trước ngày 20`: the report of every month; so in `báo cáo tuần (thứ 5), tháng (ngày 20)`."""
_TIMES = re.compile(
    r"(?:it nhat )?(?:0?(?P<times>\d)|mot|hai) lan\s?/\s?(?P<unit>ngay|tuan|thang|quy|nam)"
    r"|(?:(?P<count>\d{1,2})|mot|hai|ba|sau) (?P<each>ngay|tuan|thang|quy|nam)(?: mot lan|/ ?0?1? ?lan| 0?1 lan)"
)
_WEEKDAY = re.compile(r"\bthu (?P<day>hai|ba|tu|nam|sau|bay|[2-7])\b|\bchu nhat\b")
_WEEKDAYS = {"hai": "MO", "ba": "TU", "tu": "WE", "nam": "TH", "sau": "FR", "bay": "SA"} | {
    str(number): name for number, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA"), start=2)
}


_SPELLINGS = {
    "tu": ("từ", "tu"),
    "den": ("đến", "den"),
    "tinh": ("tính", "tình", "tinh"),
    "han": ("hạn", "han"),
    "quy": ("quý", "qúy", "quy"),
    "sau": ("sau",),
    "da": ("đã", "da"),
}
"""Words that rules name, with the spellings that may stand for them: `tỉnh` folds like `tính`, `thư điện tử` like `từ`.
Others are blanked out."""
_NEVER = {"den": ("đền", "đèn", "đen")}
"""Right before a day any other spelling stands for `từ` or `đến`, its mark misread; `đầu tư` and the like do not."""
_HOMOGRAPH = re.compile(rf"\b(?:{'|'.join(_SPELLINGS)})\b")
_BEFORE_DAY = re.compile(
    r" (?:het )?(?:\d{1,2} ?(?:gio|h)\b[^.;]{0,12} )?(?:ngay )?(?:0?[1-9]|[12]\d|3[01])(?:/\d| (?:thang|gio|den)\b)"
)
_BEFORE_TU = "dien|thu|dau|thong|vat|luat|giao|phan|quan|thang|muoi|nguyen|tri|trat|tuong|xuat"
_WORD_WITH_TU = re.compile(rf"\b(?:{_BEFORE_TU}) $")


def _is_other_word(passage: Passage, match: re.Match[str]) -> bool:
    """Whether a word only folds like one that rules name."""
    spelling = passage.text[match.start() : match.end()].lower()
    in_compound = match.group() == "tu" and _WORD_WITH_TU.search(passage.folded[: match.start()][-9:])
    if spelling in _SPELLINGS[match.group()]:
        return bool(in_compound) and spelling == "tu"
    misread = match.group() in ("tu", "den") and spelling not in _NEVER.get(match.group(), ()) and not in_compound
    counted = passage.folded[: match.start()].endswith(("ke ", "tinh "))
    return not (misread and (counted or _BEFORE_DAY.match(passage.folded, match.end())))


def sketch(passage: Passage) -> Sketch:
    """The mentions of a passage, none overlapping, those of the surest form first; and its skeleton."""
    found: list[Mention] = []
    taken = bytearray(len(passage.text))
    for finder in _FINDERS:
        for mention in finder(passage):
            if not any(taken[mention.start : mention.end]):
                found.append(mention)
                taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    mentions = tuple(sorted(found, key=lambda one: one.start))
    skeleton = list(passage.folded)
    for match in _HOMOGRAPH.finditer(passage.folded):
        if _is_other_word(passage, match):
            skeleton[match.start() : match.end()] = "·" * (match.end() - match.start())
    for one in mentions:
        skeleton[one.start : one.end] = LETTERS[one.kind] * (one.end - one.start)
    return Sketch(passage, mentions, "".join(skeleton))


def _masked(passage: Passage) -> Iterator[Mention]:
    """Cited documents and quotations, whose dates are theirs."""
    for citation in find_citations(passage):
        yield Mention("masked", citation.start, citation.end, None)
    for match in _QUOTE.finditer(passage.text):
        if match.end() - match.start() < 0.8 * len(passage.text):
            yield Mention("masked", match.start(), match.end(), None)


def _day_ranges(passage: Passage) -> Iterator[Mention]:
    for match in _DAY_RANGE.finditer(passage.folded):
        year = int(match["year"]) if match["year"] else None
        last = PrintedDate(*match.span("end"), int(match["day"]), int(match["month"]), year)
        if int(match["start"]) < last.day:
            first = PrintedDate(*match.span("start"), int(match["start"]), None, None)
            yield Mention("dom", first.start, first.end, first)
            yield Mention("day", last.start, last.end, last)


def _days(passage: Passage) -> Iterator[Mention]:
    for date in find_dates(passage.folded, passage.text):
        yield Mention("dom" if date.month is None else "day", date.start, date.end, date)
        for more in _DOM_MORE.finditer(passage.folded, date.end) if date.month is None else ():
            if more.start() == date.end:
                yield Mention("dom", more.start(1), more.end(1), PrintedDate(*more.span(1), int(more[1]), None, None))
    for match in _LINKED_DOM.finditer(passage.folded):
        yield Mention("dom", *match.span(1), PrintedDate(*match.span(1), int(match[1]), None, None))
    for match in _LINKED_DAY.finditer(passage.folded) if "/" in passage.folded else ():
        value = PrintedDate(match.start(), match.end(), int(match["day"]), int(match["month"]), None)
        yield Mention("day", match.start(), match.end(), value)
    for match in _MONTH_END.finditer(passage.folded):
        yield Mention("month_end", *match.span(), PrintedDate(*match.span(), -1, None, None))


def _periods(passage: Passage) -> Iterator[Mention]:
    for period in find_periods(passage.folded, passage.text):
        if "quỹ" not in passage.text[period.start : period.end].lower():
            start = period.start
            if period.part == "cuoi" and passage.folded[:start].endswith(("den ", "toi ")):
                # `đến cuối năm 2024` ends like `đến hết năm 2024`.
                start += len("cuoi ")
            yield Mention("year" if period.unit == "year" else "month", start, period.end, period)


def _parts(passage: Passage) -> Iterator[Mention]:
    for start, end, part in recurring_parts(passage.folded, passage.text):
        yield Mention("within", start, end, part)


def _clocks(passage: Passage) -> Iterator[Mention]:
    for match in _CLOCK.finditer(passage.folded) if has_figure(passage.folded) else ():
        minute = match["minute"] or match["colon"] or match["dot"] or "00"
        length = match["minute"] is None and _LENGTH_BEFORE.search(
            passage.folded, max(0, match.start() - 25), match.start()
        )
        if length and not _DAY_FOLLOWS.match(passage.folded, match.end()):
            continue
        if int(match["hour"]) * 60 + int(minute) <= 24 * 60:
            end = match.start() + len(match.group().rstrip())
            hour = int(match["hour"])
            afternoon = match["side"] in ("chieu", "toi") and 0 < hour < 12
            yield Mention("clock", match.start(), end, f"{hour + 12 if afternoon else hour:02d}:{minute}")


def _lengths(passage: Passage) -> Iterator[Mention]:
    for match in _LENGTH.finditer(passage.folded):
        if match["words"] and not _SPELT.fullmatch(passage.text[match.start("words") : match.end("words")].lower()):
            continue
        count = int(match["digits"]) if match["digits"] else int(read_words(match["words"]) or 0)
        unit = match["unit"].split()[0].replace("gio", "h")
        if count:
            working = bool(match["working"]) or "lam viec" in match["unit"]
            kind = "span_long" if unit == "nam" else "span_short"
            yield Mention(kind, match.start(), match.end(), Length(count, unit, working))


def _everys(passage: Passage) -> Iterator[Mention]:
    for match in _EVERY.finditer(passage.folded):
        if "quỹ" in passage.text[match.start() : match.end()].lower():
            continue
        start = match.end("regular") if match["regular"] else match.start()
        values = tuple(_every(unit) for unit in _units(match.group()))
        yield Mention(
            "every_year" if values[0].unit == "nam" else "every_short", start, match.end(), Recurrences(values)
        )
    for match in _REPORT.finditer(passage.folded):
        yield Mention("every_short", match.start(), match.end(), Recurrences((_every(match.group()),)))
    for match in _TIMES.finditer(passage.folded) if "lan" in passage.folded else ():
        yield Mention("every_short", match.start(), match.end(), Recurrences((_times(match),)))


def _units(text: str) -> list[str]:
    return re.findall(r"nua nam|0?[69] thang|ngay|tuan|thang|quy|nam", text)


def _every(unit: str) -> Every:
    if unit == "nua nam":
        return Every(6, "thang")
    count, _, name = unit.rpartition(" ")
    return Every(3, "thang") if name == "quy" else Every(int(count) if count else 1, name)


def _times(match: re.Match[str]) -> Every:
    """`02 lần/năm` is every six months; `6 tháng một lần` every six months; what does not divide is every unit once."""
    if match["each"]:
        one = _every(match["each"])
        words = match.group().split()[0]
        return Every(one.count * int(match["count"] or read_words(words) or 1), one.unit)
    one = _every(match["unit"])
    times = int(match["times"]) if match["times"] else 2 if "hai" in match.group() else 1
    months = {"thang": one.count, "nam": 12}.get(one.unit, 0)
    if times > 1 and months and months % times == 0:
        return Every(months // times, "thang")
    return one


def _weekdays(passage: Passage) -> Iterator[Mention]:
    for match in _WEEKDAY.finditer(passage.folded):
        yield Mention("weekday", match.start(), match.end(), _WEEKDAYS.get(match["day"] or "", "SU"))


_FINDERS: tuple[Callable[[Passage], Iterator[Mention]], ...] = (
    _masked,
    _day_ranges,
    _parts,
    _days,
    _periods,
    _everys,
    _clocks,
    _weekdays,
    _lengths,
)
