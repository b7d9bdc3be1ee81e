"""Puts a printed day or period on the calendar, its year taken from the dispatch's own date where none is printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from parsers.annotate.feasts import Feast
from parsers.annotate.near_times import Near
from schemas.codes import WarningCode
from vietnamese.dates import PrintedDate, make_date
from vietnamese.periods import Interval, PrintedPeriod

_HALF_A_YEAR = 183
"""Days. A day further back than this, printed without its year, is the next year's; a nearer one is simply past."""


@dataclass(frozen=True)
class Issue:
    """When the dispatch was issued, as far as it is known: a draft may print the year alone."""

    date: dt.date | None = None
    year: int | None = None

    def is_past(self, day: dt.date) -> bool:
        """Whether the day was over when the dispatch was issued."""
        if self.date is not None:
            return day < self.date
        return self.year is not None and day.year < self.year


@dataclass(frozen=True)
class Placed:
    """The days, or why they are not known: `impossible_date`, `incomplete_date`, `year_unknown`, `past_date`."""

    interval: Interval | None = None
    inferred: bool = False
    problem: WarningCode | None = None


Printed = PrintedDate | PrintedPeriod | Near | Feast
"""A time that stands somewhere on the calendar."""


def place(printed: Printed, issue: Issue) -> Placed:
    """The days of a time; one that the day of issue gives is doubted (`relative_date`), for that day may be misread."""
    if isinstance(printed, PrintedDate):
        return place_date(printed, issue)
    if isinstance(printed, PrintedPeriod):
        return place_period(printed, issue)
    if issue.date is None:
        return Placed(problem="year_unknown")
    if isinstance(printed, Near):
        return Placed(printed.days(issue.date), inferred=True, problem="relative_date")
    day = printed.next_after(issue.date)
    return Placed(Interval(day, day), inferred=True) if day is not None else Placed(problem="year_unknown")


def place_date(printed: PrintedDate, issue: Issue, month: int | None = None, year: int | None = None) -> Placed:
    """The day; `month` and `year` are those of the other end of a stretch."""
    known_month = printed.month or month
    if known_month is None:
        return Placed(problem="incomplete_date")
    known_year = printed.year or year
    if known_year is not None:
        day = make_date(known_year, known_month, printed.day)
        return _placed(day, day, issue, inferred=printed.year is None)
    return _with_year(lambda year: _one_day(year, known_month, printed.day), issue)


def place_period(printed: PrintedPeriod, issue: Issue, year: int | None = None) -> Placed:
    """The days of a period; `year` is that of the other end of a stretch."""
    known = printed.year or year
    if known is not None:
        interval = printed.within(known)
        assert interval is not None
        return _placed(interval.first, interval.last, issue, inferred=printed.year is None)
    return _with_year(printed.within, issue)


def _one_day(year: int, month: int, day: int) -> Interval | None:
    found = make_date(year, month, day)
    return None if found is None else Interval(found, found)


def _placed(first: dt.date | None, last: dt.date | None, issue: Issue, *, inferred: bool) -> Placed:
    if first is None or last is None:
        return Placed(problem="impossible_date")
    if issue.is_past(last):
        return Placed(Interval(first, last), inferred, "past_date")
    return Placed(Interval(first, last), inferred)


def _with_year(within: Callable[[int], Interval | None], issue: Issue) -> Placed:
    """The year of issue, or the next one where the day would lie more than half a year back."""
    base = issue.date.year if issue.date else issue.year
    if base is None:
        return Placed(problem="year_unknown")
    interval = within(base)
    if interval is None:
        later = within(base + 1)
        return Placed(problem="impossible_date" if later is None else "year_unknown")
    if issue.date is None:
        return Placed(interval, inferred=True) if interval.last.month > 3 else Placed(problem="year_unknown")
    if interval.last >= issue.date:
        return Placed(interval, inferred=True)
    if (issue.date - interval.last).days <= _HALF_A_YEAR:
        return Placed(interval, inferred=True, problem="past_date")
    following = within(base + 1)
    return Placed(following, inferred=True) if following else Placed(problem="impossible_date")
