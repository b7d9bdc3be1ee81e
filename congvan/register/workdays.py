"""Working days in Vietnam: Monday to Friday without the holidays (Bộ luật Lao động 2019, Điều 112)."""

from __future__ import annotations

import datetime as dt
from functools import cache

import holidays

from congvan.register.settings import Days

_SATURDAY = 5


@cache
def _holidays(year: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("VN", years=year))


def is_working_day(day: dt.date, swapped: Days) -> bool:
    """Whether offices work on a day; the year's swapped days come first."""
    if day in swapped.work:
        return True
    return day.weekday() < _SATURDAY and day not in swapped.off and day not in _holidays(day.year)


def add_working_days(start: dt.date, count: int, swapped: Days) -> dt.date:
    """The working day on which `count` working days after `start` are over; the day of the event does not count.

    Bộ luật Dân sự 2015, Điều 147 khoản 2: a term counted in days begins on the day after the event.
    """
    day = start
    while count > 0:
        day += dt.timedelta(days=1)
        count -= is_working_day(day, swapped)
    return day
