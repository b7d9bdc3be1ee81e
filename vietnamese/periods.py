"""Stretches of time as they are printed: months, quarters, halves, years; and the calendar days they cover."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Literal, NamedTuple

from vietnamese.dates import month_is_sure
from vietnamese.fold import fold
from vietnamese.numerals import read_roman, read_words

Unit = Literal["month", "quarter", "half", "year"]
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


class Interval(NamedTuple):
    """First and last day, both included."""

    first: dt.date
    last: dt.date


class PrintedPeriod(NamedTuple):
    """A period as printed at characters `start:end`: the `number`th `unit` of a year (1 for a year itself).

    `to_number` is the last one of a list or span (`quý III, IV`: 3 to 4; `9 tháng đầu năm`: months 1 to 9). `year` is
    None where it is not printed. `part` is `dau`, `giua`, `cuoi` or `tuan` where only a part of it is meant, without
    a day, and `ngay` where its last day is (`ngày cuối tháng 8/2024`). `days` is how many days are meant at its
    beginning or, below zero, at its end (`15 ngày đầu tháng 10/2024`). A half is `nua dau` or `nua cuoi`, a third of a
    month `thuong tuan`, `trung tuan` or `ha tuan`.
    """

    start: int
    end: int
    unit: Unit
    number: int
    year: int | None
    to_number: int | None = None
    part: str | None = None
    days: int | None = None

    def within(self, year: int | None) -> Interval | None:
        """The days it covers, its year taken from `year` if none is printed; None while there is none."""
        known = self.year or year
        if known is None:
            return None
        first = span(known, self.unit, self.number).first
        last = span(known, self.unit, self.to_number or self.number).last
        if self.days is not None:
            edge = dt.timedelta(days=abs(self.days) - 1)
            at_beginning = Interval(first, min(first + edge, last))
            return at_beginning if self.days > 0 else Interval(max(last - edge, first), last)
        if self.part in _STRETCHES:
            return _stretch(self.part, first, last)
        return Interval(last if self.part == "ngay" else first, last)

    @property
    def is_stretch(self) -> bool:
        """Whether days of it are meant whose first and last are known."""
        return self.days is not None or self.part in _STRETCHES


_STRETCHES = ("nua dau", "nua cuoi", "thuong tuan", "trung tuan", "ha tuan")


def _stretch(part: str, first: dt.date, last: dt.date) -> Interval:
    """A half of a period (of a month, up to its 15th), or a third of a month: to the 10th, the 20th, its end."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if part.startswith("nua"):
        year, month = divmod(first.year * 12 + first.month - 1 + months // 2, 12)
        begin = dt.date(year, month + 1, 16 if months % 2 else 1)
        return Interval(first, begin - dt.timedelta(days=1)) if part == "nua dau" else Interval(begin, last)
    low, high = {"thuong tuan": (1, 10), "trung tuan": (11, 20), "ha tuan": (21, last.day)}[part]
    return Interval(last.replace(day=low), last.replace(day=high))


def span(year: int, unit: Unit, number: int) -> Interval:
    """The days of the `number`th month, quarter or half of a year, or of the year (number 1).

    >>> span(2024, "quarter", 1).last
    datetime.date(2024, 3, 31)
    """
    months = _MONTHS[unit]
    last_month = months * number
    last_day = calendar.monthrange(year, last_month)[1]
    return Interval(dt.date(year, last_month - months + 1, 1), dt.date(year, last_month, last_day))


def timex(unit: Unit, number: int, year: int) -> str:
    """The TIMEX3 value of a period: `2024-10`, `2024-Q3`, `2024-H1`, `2024`."""
    return {"month": f"{year}-{number:02d}", "quarter": f"{year}-Q{number}", "half": f"{year}-H{number}"}.get(
        unit, str(year)
    )


_YEAR = r"(?:19|20)\d\d"
_OF_YEAR = rf"(?:\s*[/\-.,]?\s*(?:nam\s+)?(?P<year>{_YEAR})(?!\d|\s?[/\-–]\s?\d|\.\d))?"
_MONTH = r"(?:1[0-2]|0?[1-9])(?!\d|\s?%|[.,]\d+\s?%)"
_MORE = rf"(?:\s*(?:,|va|-|–)\s*(?:(?:thang\s+){_MONTH}|{_MONTH}(?=\s*(?:,\s*\d|va|[/.;:)\-–]|nam|$))))"
"""A further month of a list; a bare number after a comma may count something else (`trong tháng 8, 9 đơn vị`)."""
_QUARTER = r"(?:iv|i{1,3}|[1-4])\b"
_PART = (
    r"(?:(?<!phan )(?<!thi )(?<!chien )"
    r"(?P<part>(?<![\d/.,])(?:3[01]|[12]\d|0?[1-9]|muoi lam|muoi|bay|nam|ba|hai) ngay (?:dau|cuoi)"
    r"(?: tien| cung)?(?: cua)?"
    r"|ngay lam viec (?:dau|cuoi)(?: tien| cung)?(?: cua)?|ngay cuoi(?: cung)?(?: cua)?|nua dau|nua cuoi|dau|giua|cuoi"
    r"|(?:thuong|trung|ha) tuan(?: cua)?"
    r"|tuan (?:le )?(?:thu )?(?:\d|nhat|hai|ba|tu|dau|cuoi)(?: tien| cung)?(?: cua)?)\s+)?"
)
_PATTERNS: tuple[tuple[Unit, re.Pattern[str]], ...] = (
    ("half", re.compile(rf"\b(?:0?6|sau)\s+thang\s+(?P<half>dau|cuoi)(?:\s+nam)?{_OF_YEAR}")),
    ("month", re.compile(rf"\b(?P<months>0?[1-9]|1[01])\s+thang\s+(?P<side>dau|cuoi)(?:\s+nam)?{_OF_YEAR}")),
    (
        "month",
        re.compile(
            rf"\b{_PART}(?:cac\s+)?thang\s+(?P<number>{_MONTH}|hai|ba|tu|sau|bay|tam|chin|muoi(?: mot| hai)?)"
            rf"(?P<list>{_MORE}+|\s+den\s+(?:het\s+)?(?:thang\s+)?{_MONTH})?\b{_OF_YEAR}"
        ),
    ),
    (
        "quarter",
        re.compile(
            rf"\b{_PART}(?:cac\s+)?qu[yi]\s+(?P<number>{_QUARTER})"
            rf"(?P<list>(?:\s*(?:,|va|-|–|den)\s*(?:qu[yi]\s+)?{_QUARTER})+)?{_OF_YEAR}"
        ),
    ),
    ("year", re.compile(rf"\b{_PART}nam\s+(?P<year>{_YEAR})(?!\d|\s?[/\-–]\s?\d|\.\d)")),
)
_WORDS: dict[Unit, tuple[str, ...]] = {
    "half": ("thang",),
    "month": ("thang",),
    "quarter": ("quy", "qui"),
    "year": ("nam",),
}
"""The words without which no period of a unit is printed."""
_SCHOOL_YEAR = re.compile(rf"nam\s+hoc\s+{_YEAR}")
_BEFORE_MONTH = re.compile(r"(?:(?<!dot )(?<!lan )\d|\bngay)\s*$")
"""A day (`05 tháng 8`), a count of months (`03 tháng 5`) or a blank (`ngày tháng 8`) comes before: no period;
`đợt 1 tháng 6` is one."""
_BEFORE_YEAR = re.compile(r"thang(?:\s+\S+)?\s*,?\s*$")
"""A year that belongs to a month or to a blank form (`tháng năm 2024`)."""


def find_periods(folded: str, text: str | None = None) -> list[PrintedPeriod]:
    """The periods printed in folded text, in order. Days with a month (`15 tháng 8`) and school years are none.

    `text` is the same text with its marks: without it `tháng tư` and `tháng sáu` cannot be told from `từ`, `sau`.
    """
    found: list[PrintedPeriod] = []
    taken = bytearray(len(folded))
    for unit, pattern in _PATTERNS:
        for match in pattern.finditer(folded) if any(word in folded for word in _WORDS[unit]) else ():
            start, end = match.span()
            sure = unit != "month" or month_is_sure(match, "number", text)
            if not any(taken[start:end]) and sure and _stands_alone(folded, match, unit):
                found.append(_printed(match, unit))
                taken[start:end] = b"\1" * (end - start)
    return sorted(found)


def _stands_alone(folded: str, match: re.Match[str], unit: Unit) -> bool:
    if unit == "month" and "number" in match.groupdict():
        return not _BEFORE_MONTH.search(folded, max(0, match.start() - 6), match.start())
    before_year = unit == "year" and _BEFORE_YEAR.search(folded, max(0, match.start() - 12), match.start())
    return not before_year and not _SCHOOL_YEAR.match(folded, match.start())


def _printed(match: re.Match[str], unit: Unit) -> PrintedPeriod:
    parts = match.groupdict()
    year = int(parts["year"]) if parts.get("year") else None
    number, last = _numbers(parts)
    part = _part(parts)
    days = _FIRST_OR_LAST.match(part) if part else None
    if days is None:
        return PrintedPeriod(match.start(), match.end(), unit, number, year, last, part)
    count = _number(days[1]) if days[2] == "dau" else -_number(days[1])
    return PrintedPeriod(match.start(), match.end(), unit, number, year, last, None, count)


def _numbers(parts: dict[str, str | None]) -> tuple[int, int | None]:
    if half := parts.get("half"):
        return (1 if half == "dau" else 2), None
    if months := parts.get("months"):
        return (1, int(months)) if parts.get("side") == "dau" else (13 - int(months), 12)
    first, more = _number(parts.get("number")), parts.get("list")
    return first or 1, _number(re.split(r"[^\da-z]+", more)[-1]) if more else None


def _number(text: str | None) -> int:
    if text is None:
        return 0
    return int(text) if text.isdigit() else read_roman(text.upper()) or int(read_words(text) or 0)


_FIRST_OR_LAST = re.compile(r"(\d+|[a-z ]+?) ngay (dau|cuoi)")


def _part(parts: dict[str, str | None]) -> str | None:
    part = parts.get("part")
    if part and part.startswith("ngay lam viec"):
        return "tuan"
    if part and part.startswith(("tuan", "ngay")):
        return part[:4]
    if part and (part[0].isdigit() or part.startswith("nua") or " ngay " in part):
        return part
    if part and " tuan" in part:
        return part.removesuffix(" cua")
    return part.split()[-1] if part else None


def read_period(text: str) -> PrintedPeriod | None:
    """The period of a text that prints exactly one and nothing else, or None.

    >>> read_period("Quý III/2024").within(None).first
    datetime.date(2024, 7, 1)
    """
    folded = fold(text).strip()
    periods = find_periods(folded, text.strip())
    if len(periods) != 1 or (periods[0].start, periods[0].end) != (0, len(folded)):
        return None
    return periods[0]
