"""Days that have a name for a date: `Tết Nguyên đán`, `rằm tháng Tám`, `Quốc khánh`; of the lunar ones by a table."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from vietnamese.dates import make_date
from vietnamese.lunar import lunar_day

_MONTHS = {
    "gieng": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10, "chap": 12,
}  # fmt: skip


@dataclass(frozen=True)
class Feast:
    """A day of every year, of the lunar calendar or the common one; `year` where it is printed."""

    month: int
    day: int
    lunar: bool
    year: int | None = None

    def on(self, year: int) -> dt.date | None:
        """The day in a year; None where it is not known."""
        return lunar_day(year, self.month, self.day) if self.lunar else make_date(year, self.month, self.day)

    def next_after(self, issued: dt.date) -> dt.date | None:
        """The day in its printed year, else the first one that is not over on the day of issue."""
        if self.year is not None:
            return self.on(self.year)
        found = (self.on(year) for year in (issued.year - 1, issued.year, issued.year + 1))
        return next((day for day in found if day is not None and day >= issued), None)


_STEMS = "giap|at|binh|dinh|mau|ky|canh|tan|nham|quy"
_BRANCHES = "ty|suu|dan|mao|thin|ngo|mui|than|dau|tuat|hoi"
_OF_YEAR = rf"(?:,? (?:nam )?(?P<year>20\d\d)|,? (?:nam )?(?:{_STEMS}) (?:{_BRANCHES}))?"
_MOON_MONTH = (
    r"thang (?P<month>gieng|hai|ba|tu|nam|sau|bay|tam|chin|muoi|chap|1[0-2]|[1-9])\b"
    r"(?: am lich| \(am lich\))?"
)
_MOON_DAY = r"(?:mung |mong )?(?P<day>[1-3]?\d)(?=,? (?:/|thang )(?:\S+ (?:am lich|\(am lich)|gieng\b|chap\b))"
_LUNAR_LAST = re.compile(rf"\b(?:ngay )?(?:(?P<ram>ram)|{_MOON_DAY}) {_MOON_MONTH}{_OF_YEAR}")
_LUNAR_WORDS = ("ram thang", "am lich", "thang gieng", "thang chap")
"""Giêng and Chạp are months of the lunar calendar only."""
_NAMED: tuple[tuple[re.Pattern[str], Feast], ...] = (
    (re.compile(rf"\b(?:(?:dip|ngay|ky nghi) )?tet (?:nguyen dan|am lich|co truyen){_OF_YEAR}"), Feast(1, 1, True)),
    (re.compile(rf"\b(?:(?:dip|ngay) )?tet trung thu{_OF_YEAR}"), Feast(8, 15, True)),
    (re.compile(rf"\b(?:(?:dip|ngay) )?tet (?:duong lich){_OF_YEAR}"), Feast(1, 1, False)),
    (re.compile(rf"\b(?:(?:dip|ngay|le) )*gio to hung vuong{_OF_YEAR}"), Feast(3, 10, True)),
    (re.compile(rf"\b(?:(?:dip|ngay|le) )*quoc khanh(?: 0?2[/-]0?9)?{_OF_YEAR}"), Feast(9, 2, False)),
)


_DATED = re.compile(r",? \((?:truoc |tu )?(?:ngay )?\d")
"""The day itself is printed behind it."""


def feasts(folded: str) -> Iterator[tuple[int, int, Feast]]:
    """The feasts and lunar days of a folded text, with their places."""
    for pattern, feast in _NAMED if "tet" in folded or "gio to" in folded or "quoc khanh" in folded else ():
        for match in pattern.finditer(folded):
            if not _DATED.match(folded, match.end()):
                yield *match.span(), Feast(feast.month, feast.day, feast.lunar, _year(match))
    for match in _LUNAR_LAST.finditer(folded) if any(word in folded for word in _LUNAR_WORDS) else ():
        month = match["month"]
        number = int(month) if month.isdigit() else _MONTHS[month]
        yield *match.span(), Feast(number, 15 if match["ram"] else int(match["day"]), True, _year(match))


def _year(match: re.Match[str]) -> int | None:
    return int(match["year"]) if match["year"] else None
