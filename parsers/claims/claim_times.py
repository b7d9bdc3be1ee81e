"""Of which time the figures of a sentence are, where its own words do not say: what is printed before them.

In reading order a time holds on: the head of a sentence (`Đến ngày 30/9/2022, …`) for the rest of its paragraph, a
heading or a line that announces a report (`kết quả 9 tháng năm 2023:`) for what stands under it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from parsers.record.passage import Passage
from vietnamese.dates import find_dates
from vietnamese.fold import fold
from vietnamese.periods import find_periods

_STOPS = re.compile(r"[,;:(]\s*|\s[-–]\s")
_LEADS = re.compile(
    r"(?:(?:song|va|rieng|con|nhung|nhin chung|theo do|trong do|chi|uoc|uoc thuc hien|luy ke)\s+)*"
    r"(?:(?:tinh )?(?:den|tu)|trong|tai thoi diem|nam|quy|thang|ca nam|(?:\d{1,2}|ba|sau|chin) thang|giai doan)\b"
)
"""How a clause begins that says of which time a sentence is. A day alone (`ngày 22/01/2024`) is a document's."""
_MONTHS = re.compile(
    r"\b(?:\d{1,2}|ba|sau|chin) thang\b(?! tuoi)|\bca nam\b|\bnam hoc\s+20\d\d|\b20\d\d\s*[-–]\s*20\d\d"
)
_LEVELS = (
    re.compile(r"(?:PHẦN|Phần|CHƯƠNG|Chương)\s+[IVX\d]"),
    re.compile(r"(?:[IVX]{1,5}|[A-Z])\s?[.)/-]"),
    re.compile(r"\d{1,2}\s?[.)/-](?!\s?\d)"),
    re.compile(r"\d{1,2}\.\d{1,2}[.)/-]?\s"),
    re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}"),
    re.compile(r"[a-zđ]\s?[.)/-]"),
)
"""Marks of headings, the highest first."""
_ANNOUNCED = len(_LEVELS)
"""The level of a line that announces a list: below every heading, so that the next one ends it."""
_REPORTS = re.compile(r"\b(?:bao cao|ket qua|tinh hinh|nhu sau|cu the|dat duoc)\b")
_WANTS = re.compile(r"^(?:de|nham|can cu|thuc hien|trien khai)\b|\b(?:yeu cau|de nghi|giao)\s*:?$")
_UP_TO = re.compile(r"\b(?:tinh )?den (?:het )?(?:ngay )?\d{1,2}[/.-]\d{1,2}(?:[/.-](?:20)?\d\d)?\b")
_GOES_ON = re.compile(r"\s*(?:tuy nhien|tuy vay|song|ben canh do|ngoai ra|trong do|cu the|con lai)\b")
"""How a paragraph begins that goes on with the one before."""
_LONGEST_HEADING = 200
_LONGEST_LEAD = 120


class Times:
    """The times that hold at a place of a dispatch; told of each passage and sentence as they are read."""

    def __init__(self) -> None:
        self._headings: dict[int, str] = {}
        self._paragraph: str | None = None

    def begin(self, passage: Passage) -> None:
        """A new paragraph: where it is a heading, its time, or that it has none, holds from here."""
        if not _GOES_ON.match(passage.folded):
            self._paragraph = None
        level = _level(passage.text)
        if level == _ANNOUNCED and not self._headings:
            level = 0
        if level is None:
            return
        self._headings = {above: words for above, words in self._headings.items() if above < level}
        if _has_time(passage.folded):
            self._headings[level] = passage.text.strip()

    def before(self, leads: Leads, figure: int) -> str | None:
        """The words that say of which time the figure at this character is; None where none do."""
        lead = leads.before(figure)
        if lead is not None:
            self._paragraph = lead
        if self._paragraph is not None:
            return self._paragraph
        return self._headings[max(self._headings)] if self._headings else None


def _level(text: str) -> int | None:
    """How deep a heading stands; None where a paragraph is none."""
    text = text.strip()
    if len(text) > _LONGEST_HEADING or text.endswith((".", "./.", ";")):
        return None
    marked = next((level for level, mark in enumerate(_LEVELS) if mark.match(text)), None)
    if marked is not None:
        return marked
    letters = [letter for letter in text if letter.isalpha()]
    if len(letters) > 8 and 10 * sum(letter.isupper() for letter in letters) >= 9 * len(letters):
        return 0
    folded = fold(text)
    announces = text.endswith(":") and _REPORTS.search(folded) and not _WANTS.search(folded)
    return _ANNOUNCED if announces and not text.startswith(("-", "+", "*")) else None


class Leads:
    """The times that clauses of a sentence begin with, for each of its figures; the sentence is looked over once."""

    def __init__(self, sentence: str) -> None:
        self._sentence = sentence
        self._folded = fold(sentence)
        stops = list(_STOPS.finditer(self._folded))
        self._starts = [0, *(stop.end() for stop in stops)]
        self._ends = [*(stop.start() for stop in stops), len(sentence)]
        clauses = enumerate(zip(self._starts, self._ends, strict=True))
        self._leading = [place for place, (start, end) in clauses if self._leads(start, end)]
        self._days = [day.start() for day in _UP_TO.finditer(self._folded)]

    def before(self, figure: int) -> str | None:
        """The last clause before a figure that begins with a time, or holds the figure and does."""
        own = bisect_right(self._starts, figure) - 1
        if self._leads(self._starts[own], figure):
            return self._shown(self._starts[own], figure)
        known = bisect_left(self._leading, own)
        if known:
            place = self._leading[known - 1]
            return self._shown(self._starts[place], self._ends[place])
        day = None  # `Tổng giải ngân đến 30/9/2017 là …`
        for start in reversed(self._days[: bisect_left(self._days, figure)][-2:]):
            day = day or _UP_TO.match(self._folded, start, figure)
        return self._sentence[slice(*day.span())] if day else None

    def _shown(self, start: int, end: int) -> str:
        return self._sentence[start:end].strip(" -+*•")[:_LONGEST_LEAD]

    def _leads(self, start: int, end: int) -> bool:
        clause = self._folded[start:end].lstrip(" -+*•")
        return _LEADS.match(clause) is not None and _has_time(clause)


def _has_time(folded: str) -> bool:
    return bool(_MONTHS.search(folded) or find_periods(folded) or find_dates(folded))
