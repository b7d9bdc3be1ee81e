"""Limits that OCR has spoilt past mending: they are shown to a person, never guessed and never dropped in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parsers.annotate.mention import LETTERS, Mention
from parsers.deadlines.deadline_rules import Hit
from parsers.deadlines.sentence_place import Issue, place_date, place_period
from parsers.deadlines.skeleton import Sketch
from vietnamese.dates import PrintedDate
from vietnamese.figures import has_figure
from vietnamese.periods import PrintedPeriod
from vietnamese.syllables import has_mark, is_syllable

_CUE = r"\b(?:truoc|den het|den|het|trong|vao|cham nhat(?: la)?|muon nhat(?: la)?|han cuoi(?: la)?):? "
_SPOILT = re.compile(
    rf"{_CUE}(?:Θ+,? )?(?:"
    r"ngay (?=[\d/.|!-]*[a-z|!]|\d+/)(?=\S*\d)(?=\S*[/.-]\S)[\da-z/.|!-]{3,11}[\da-z|!]"
    r"|ngay \d{1,2}[1l|!]\d{1,2}(?!\w)|ngay \d{2,7}(?:/?20\d\d)(?!\d)|(?:ngay )?\d{3,4}/20\d\d(?!\d)"
    r"|thang \d{0,3}[1l|!. ]20\d\d(?!\d)"
    r"|quy (?=[ivl1|!]*[l1|!])(?![1-4][ /])[ivl1|!]{1,4}\s?(?:/|nam )\s?20\d\d(?!\d)|ngay /\d{1,2}/20\d\d(?!\d))"
)
"""A limit whose day or month cannot be read: `trước ngày 15l8/2024`, `trong tháng 1012024`."""

_LETTERS = re.compile(r"[a-zà-ỹđ]{2,}")
_ENOUGH_WORDS = 40
_MARKED = 0.15
"""Of Vietnamese words, five in six carry a mark; below this share the marks were lost."""


class MarkCount:
    """Counts how many Vietnamese words carry a mark."""

    def __init__(self) -> None:
        self._words = self._marked = 0

    def add(self, text: str) -> None:
        """Count the words of another text."""
        words = _LETTERS.findall(text)
        self._words += len(words)
        self._marked += sum(map(has_mark, words))

    @property
    def were_lost(self) -> bool:
        """Whether the texts together are Vietnamese written without its marks."""
        return self._words >= _ENOUGH_WORDS and self._marked < _MARKED * self._words


_TOKEN = re.compile(r"\S+")
_MIXED = re.compile(r"[a-zà-ỹđ]+\d[a-zà-ỹđ]*|\d[a-zà-ỹđ]{2,}")
_FOREIGN = {
    "email",
    "mail",
    "gmail",
    "web",
    "website",
    "zalo",
    "file",
    "link",
    "online",
    "fax",
    "facebook",
    "excel",
    "km",
    "kg",
    "ha",
}
_BARE_DAY = re.compile(r"(?<![\w/.,-])(?:[0-3]?\d/)?[01]?\d/20\d\d(?![\w/])")
"""A day or month behind which no word says that it is one (`lháng 11/2024`)."""
_STRETCH = re.compile(r" (?:den|toi|-|–)(?: het)? [ΔΝΘ]")
_SIGNS = "".join(LETTERS.values())
_FAR = 200
"""Characters before a time in which those words stand."""
_NEAR = 4
"""Words before a time among which the one that says what it means stands."""


def spoilt_limits(drawn: Sketch) -> list[tuple[int, int]]:
    """Where a limit stands whose day cannot be read."""
    return [match.span() for match in _SPOILT.finditer(drawn.skeleton)] if has_figure(drawn.skeleton) else []


def doubtful_times(drawn: Sketch, hits: Sequence[Hit], issue: Issue) -> Iterator[tuple[int, int]]:
    """Times to come that no rule took, though a word before them is none or a stretch begins with them.

    What the words were may have made a limit of them. So are limits behind a word that is none: it may have said that
    they are no limits (`đăng ký cbỉ tiêu phấn đấu năm 2024`).
    """
    taken = {mention.start for hit in hits for mention in hit.taken.values()}
    for mention in drawn.mentions:
        if mention.start not in taken and _is_to_come(mention, issue):
            stretch = _STRETCH.match(drawn.skeleton, mention.end) if mention.kind == "day" else None
            start = mention.start if stretch else _garbled_before(drawn, mention.start)
            if start is not None:
                yield start, mention.end
    plain = not has_mark(drawn.passage.text)
    for hit in hits:
        start = _garbled_before(drawn, hit.start, near=2) if not plain and hit.rule.kind != "none" else None
        if start is not None:
            yield start, hit.end
    for match in _BARE_DAY.finditer(drawn.skeleton) if "/20" in drawn.skeleton else ():
        start = _garbled_before(drawn, match.start(), near=1)
        if start is not None:
            yield start, match.end()


def is_garbled(drawn: Sketch, hit: Hit) -> bool:
    """Whether one of the last words before the last time of a match is none."""
    last = max((mention.start for mention in hit.taken.values()), default=hit.end)
    return _garbled_before(drawn, last) is not None


def _is_to_come(mention: Mention, issue: Issue) -> bool:
    value = mention.value
    if isinstance(value, PrintedDate):
        return value.month is None or place_date(value, issue).problem != "past_date"
    if isinstance(value, PrintedPeriod):
        return mention.kind == "month" and place_period(value, issue).problem != "past_date"
    return mention.kind in ("span_short", "every_short")


def _garbled_before(drawn: Sketch, end: int, near: int = _NEAR) -> int | None:
    """Where a word begins, of the last few of the clause, that no Vietnamese word can be."""
    text = drawn.passage.text
    reach = max(0, end - _FAR - 1)
    clause = max(text.rfind(mark, reach, end) for mark in (". ", "; ", ": ")) + 1  # no point within an address
    if end - clause > _FAR:
        clause = max(clause, text.find(" ", end - _FAR, end))
    tokens = [token for token in _TOKEN.finditer(text, clause, end) if drawn.skeleton[token.start()] not in _SIGNS]
    for match in tokens[-near:]:
        word = match.group().strip(",()[]\"“”'-–/!?")
        broken = _MIXED.fullmatch(word) or (_LETTERS.fullmatch(word) and not is_syllable(word))
        if broken and word not in _FOREIGN:
            return match.start()
    return None
