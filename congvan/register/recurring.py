"""RRULEs of due dates (RFC 5545): what a recurring deadline says, made into the days on which it falls due.

A period without a day is due on its last day, a week on its Friday; `trước ngày 25 hằng tháng`, read strictly, on the
24th; the 31st of a shorter month is its last day.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable

from vietnamese.fold import fold

Parts = dict[str, str]
_WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BEFORE = re.compile(r"\btruoc\b(?! va trong\b)")
_SHORTEST = 28
_ANY_COMMON_YEAR = 2023


def is_before(phrase: str, recurrence: str, due_time: str | None) -> bool:
    """Whether each due date is said to lie before a day; before an hour of a day is on that day."""
    names_day = "BYMONTHDAY" in recurrence or "BYDAY" in recurrence
    return names_day and due_time is None and _BEFORE.search(fold(phrase)) is not None


def due_parts(recurrence: str, a_day_before: bool) -> Parts:
    """The parts of the rule of the due dates; `a_day_before` where `trước` is read strictly."""
    parts = dict(part.split("=", 1) for part in recurrence.split(";"))
    if "BYMONTHDAY" not in parts and "BYDAY" not in parts:
        _end_of_period(parts)
    elif a_day_before:
        _day_before(parts)
    _align(parts)
    _clamp(parts)
    return parts


def rule_of(parts: Parts) -> str:
    """The parts as an RRULE."""
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _day_before(parts: Parts) -> None:
    if "BYSETPOS" in parts:
        _working_day_before(parts)
        return
    if "BYDAY" in parts:
        parts["BYDAY"] = ",".join(map(_weekday_before, parts["BYDAY"].split(",")))
        return
    days = _numbers(parts["BYMONTHDAY"])
    if days == [1]:
        _months_before(parts)
    parts["BYMONTHDAY"] = _listed(day - 1 or -1 for day in days)


def _weekday_before(day: str) -> str:
    """The day before a weekday; the first Friday of a month stays: no rule can say the day before it."""
    return _WEEK[_WEEK.index(day) - 1] if day in _WEEK else day


def _working_day_before(parts: Parts) -> None:
    """Before the first working day of a month is the last one of the month before it."""
    place = int(parts["BYSETPOS"])
    if place == 1:
        _months_before(parts)
    parts["BYSETPOS"] = str(place - 1 or -1)


def _months_before(parts: Parts) -> None:
    if "BYMONTH" in parts:
        parts["BYMONTH"] = _listed((month - 2) % 12 + 1 for month in _numbers(parts["BYMONTH"]))


def _end_of_period(parts: Parts) -> None:
    match parts["FREQ"]:
        case "WEEKLY":
            parts["BYDAY"] = "FR"
        case "MONTHLY":
            parts["BYMONTHDAY"] = "-1"
        case "YEARLY":
            parts.setdefault("BYMONTH", "12")
            parts["BYMONTHDAY"] = "-1"


def _align(parts: Parts) -> None:
    """Quarters and half-years of the calendar, not of the day the rule starts on."""
    interval = int(parts.get("INTERVAL", "1"))
    if parts["FREQ"] == "MONTHLY" and interval > 1 and 12 % interval == 0 and "BYMONTH" not in parts:
        del parts["INTERVAL"]
        parts["BYMONTH"] = _listed(range(interval, 13, interval))


def _clamp(parts: Parts) -> None:
    """A day of the month that each month has: the 31st of a shorter one is its last day, and so is the 30th.

    >>> rule_of(due_parts("FREQ=MONTHLY;BYMONTHDAY=15,30", a_day_before=False))
    'FREQ=MONTHLY;BYMONTHDAY=15,28,29,30;BYSETPOS=1,-1'
    """
    days = _numbers(parts.get("BYMONTHDAY", ""))
    months = _numbers(parts.get("BYMONTH", "")) or [2]
    shortest = min(calendar.monthrange(_ANY_COMMON_YEAR, month)[1] for month in months)
    longest = max(days, default=0)
    if longest <= shortest:
        return
    others = [day for day in days if 0 < day < _SHORTEST]
    if longest == 31:
        parts["BYMONTHDAY"] = _listed([*others, -1])
        return
    parts["FREQ"] = "MONTHLY"  # a place within the set of a year would be one place a year
    parts["BYMONTHDAY"] = _listed([*others, *range(_SHORTEST, longest + 1)])
    parts["BYSETPOS"] = _listed([*range(1, len(others) + 1), -1])


def _numbers(listed: str) -> list[int]:
    return [int(number) for number in listed.split(",") if number]


def _listed(numbers: Iterable[int]) -> str:
    return ",".join(map(str, numbers))
