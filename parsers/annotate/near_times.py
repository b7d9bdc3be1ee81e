"""Times counted from the day of issue: `ngày mai`, `thứ Sáu tuần này`, `trong 15 ngày tới`, `từ nay đến hết quý`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from vietnamese.numerals import SPELT, WORD_PATTERN, read_words
from vietnamese.periods import Interval, span

NearUnit = Literal["day", "week", "month", "quarter", "year", "span"]

_AHEAD = {"nay": 0, "toi": 1, "sau": 1, "mai": 1, "hom nay": 0, "ke tiep": 1, "tiep theo": 1, "kia": 2, "sap toi": 1}
_WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5, "nhat": 6}
_UNITS: dict[str, NearUnit] = {"tuan": "week", "thang": "month", "quy": "quarter", "nam": "year"}
_WHOLE_WEEK = (0, 6)
_PARTS_OF_WEEK = {"dau": (0, 1), "giua": (2, 3), "cuoi": (4, 6)}
"""The days from Monday, 0. No rule lays down what the parts of a week are; like all near days they are doubted."""
_LENGTHS = {"ngay": 1, "tuan": 7}


@dataclass(frozen=True)
class Near:
    """A time that the day of issue gives: the `unit` that lies so many `ahead` (0: this one; of a span, how many days).

    `weekday` is the day of a week (0 Monday); `part` is `dau`, `giua` or `cuoi` where only that part is meant.
    """

    unit: NearUnit
    ahead: int
    weekday: int | None = None
    part: str | None = None
    to: int | None = None
    """The last weekday, where two are named."""

    def days(self, issued: dt.date) -> Interval:
        """The days that are meant in a dispatch of this day; a week runs from Monday to Sunday."""
        if self.unit == "day":
            day = issued + dt.timedelta(days=self.ahead)
            return Interval(day, day)
        if self.unit == "span":
            return Interval(issued, issued + dt.timedelta(days=self.ahead))
        if self.unit == "week":
            monday = issued + dt.timedelta(days=7 * self.ahead - issued.weekday())
            first, last = _PARTS_OF_WEEK.get(self.part or "", _WHOLE_WEEK)
            if self.weekday is not None:
                first = last = self.weekday
            return Interval(monday + dt.timedelta(days=first), monday + dt.timedelta(days=self.to or last))
        if self.unit == "year":
            return span(issued.year + self.ahead, "year", 1)
        months = {"month": 1, "quarter": 3}[self.unit]
        number = (issued.month - 1) // months + self.ahead
        per_year = 12 // months
        return span(issued.year + number // per_year, self.unit, number % per_year + 1)


_SIDE = r"(?:(?:dau|cuoi|het) gio )?(?:(?:buoi )?(?:sang|trua|chieu|toi|dem) )"
_DAY = re.compile(
    rf"\b(?:(?:ngay )?(?P<plain>hom nay)\b(?! (?:cho )?(?:den|toi) )|{_SIDE}(?:ngay )?(?P<sided>nay|mai|hom nay)\b"
    rf"|{_SIDE}?ngay (?P<day>mai|kia)\b|\b(?P<same>trong ngay)(?=\s*[.,;:)]|$))"
)
_SAME_DAY_CUE = "trong "
_WEEK = re.compile(
    r"\b(?:(?:(?:buoi )?(?:sang|chieu) )?(?:ngay )?(?:thu (?P<from>hai|ba|tu|nam|sau|bay|[2-7]) (?:va|den|-) )?"
    r"(?:thu (?P<day>hai|ba|tu|nam|sau|bay|[2-7])|chu (?P<sunday>nhat)),? (?:cua )?"
    r"|(?P<part>dau|giua|cuoi) |(?<!\d )(?<!mot )(?<!hai )(?<!ba )(?<!bon ))tuan "
    r"(?P<when>nay|toi|sau|ke tiep|tiep theo|sap toi)\b"
)
_THIS_WEEK = re.compile(r"(?<!ngay )\btrong (?P<week>tuan)(?=\s*[.,;:)]|$)")
_AT_ONCE = re.compile(
    r"\b(?P<at_once>ngay|xong|hoan thanh|hoan tat|dut diem|ket thuc)(?: ngay)? trong "
    r"(?P<unit>thang|quy|nam)(?=\s*[.,;:)]|$)"
)
"""`ngay trong tháng`, `xong trong quý`; without such a word a report's own period is as often meant."""
_PERIOD = re.compile(
    r"\b(?:trong|het|truoc|den|toi|vao|xong|tu|nhat|ngay)(?: khoang)? (?:(?P<part>dau|giua|cuoi) )?"
    r"(?P<unit>thang|quy|nam) (?P<when>nay|toi|sau|ke tiep|tiep theo|sap toi)\b(?! (?:khi|do|bao cao)\b)"
)
_FROM_NOW = re.compile(
    r"\b(?:tu (?:nay|gio|hom nay)|ke tu nay),? (?:cho )?(?:den|toi) (?:het|cuoi) (?P<unit>tuan|thang|quy|nam)\b"
    r"(?! (?:\d|[ivx]{1,4}\b|nay|toi|sau|hoc|ngan))"
)
_BY_ITS_END = re.compile(
    r"\b(?:truoc|den|toi|cham nhat|muon nhat)(?: la| vao| truoc| den)?(?P<whole> het)?(?(whole)| (?P<part>cuoi)) "
    r"(?P<unit>tuan|thang|quy|nam)(?=\s*(?:[.,;:)]|$))"
)
"""`trước cuối tháng`, `đến hết quý`: no number behind it, so the one of the day of issue."""
_COMING = re.compile(
    rf"\b(?:vong |thoi gian |thoi han )?(?P<count>\d{{1,3}}|(?:{WORD_PATTERN})(?= ngay\b| tuan\b| thang\b))"
    r" (?:\([^)]{2,20}\) )?(?P<unit>ngay|tuan|thang)"
    r"(?: lam viec)? (?:toi|sap toi|tiep theo|nua)\b"
)


def near_times(folded: str, text: str) -> Iterator[tuple[int, int, Near]]:
    """The times of a text that are counted from its day of issue, with their places, days before periods."""
    yield from _days(folded, text)
    yield from _weeks(folded)
    for match in _PERIOD.finditer(folded):
        if "quỹ" not in text[match.start() : match.end()].lower() and text[match.start("when")].islower():
            start = match.start("part" if match["part"] else "unit")
            yield start, match.end(), Near(_UNITS[match["unit"]], _AHEAD[match["when"]], part=match["part"])
    for match in _AT_ONCE.finditer(folded):
        word = text[slice(*match.span("at_once"))].lower()
        if word != "ngày" and text[slice(*match.span("unit"))].lower() != "quỹ":  # not `ngày trong tháng`
            yield *match.span("unit"), Near(_UNITS[match["unit"]], 0)
    for match in _FROM_NOW.finditer(folded):
        if text[slice(*match.span("unit"))].lower() != "quỹ":
            yield *match.span("unit"), Near(_UNITS[match["unit"]], 0)
    yield from _ends(folded, text)
    for match in _COMING.finditer(folded):
        if not match["count"].isdigit() and not SPELT.fullmatch(text[slice(*match.span("count"))].lower()):
            continue
        count = int(match["count"]) if match["count"].isdigit() else int(read_words(match["count"]) or 0)
        days = count * _LENGTHS[match["unit"]] if match["unit"] in _LENGTHS else 30 * count
        yield *match.span(), Near("span", days)


def _ends(folded: str, text: str) -> Iterator[tuple[int, int, Near]]:
    for match in _BY_ITS_END.finditer(folded):
        if text[slice(*match.span("unit"))].lower() != "quỹ":
            start = match.start("part" if match["part"] else "unit")
            yield start, match.end(), Near(_UNITS[match["unit"]], 0, part=match["part"])


def _days(folded: str, text: str) -> Iterator[tuple[int, int, Near]]:
    for match in _DAY.finditer(folded):
        if match["same"]:
            yield match.start() + len(_SAME_DAY_CUE), match.end(), Near("day", 0)
            continue
        name = next(one for one in ("plain", "sided", "day") if match[one])
        if text[match.start(name)].islower():  # `ngày Mai` is a name
            yield *match.span(), Near("day", _AHEAD[match[name]])


def _weekday(word: str) -> int:
    return int(word) - 2 if word.isdigit() else _WEEKDAYS[word]


def _weeks(folded: str) -> Iterator[tuple[int, int, Near]]:
    for match in _WEEK.finditer(folded):
        day = match["day"] or match["sunday"]
        ahead, begin = _AHEAD[match["when"]], match["from"]
        if begin is not None:
            yield *match.span(), Near("week", ahead, _weekday(begin), None, _weekday(day))
        else:
            yield *match.span(), Near("week", ahead, None if day is None else _weekday(day), match["part"])
    for match in _THIS_WEEK.finditer(folded):
        yield *match.span("week"), Near("week", 0)
