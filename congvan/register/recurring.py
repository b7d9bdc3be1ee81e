"""Due dates of a recurring deadline: what its rule says, made into a rule of the days on which it falls due.

A period without a day is due on its last day, a week on its Friday; `trước ngày 25 hằng tháng`, read strictly, on the
24th; the 31st of a shorter month is its last day.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import replace

from schemas.rrule import WEEK, Recurrence
from vietnamese.fold import fold

_BEFORE = re.compile(r"\btruoc\b(?! va trong\b)")
_SHORTEST = 28
_ANY_COMMON_YEAR = 2023


def is_before(phrase: str, rule: Recurrence, due_time: str | None) -> bool:
    """Whether each due date is said to lie before a day; before an hour of a day is on that day."""
    return rule.names_day and due_time is None and _BEFORE.search(fold(phrase)) is not None


def due_dates(rule: Recurrence, *, a_day_before: bool) -> Recurrence:
    """The rule of the due dates; `a_day_before` where `trước` is read strictly.

    >>> str(due_dates(Recurrence.of("FREQ=MONTHLY;BYMONTHDAY=25"), a_day_before=True))
    'FREQ=MONTHLY;BYMONTHDAY=24'
    """
    if not rule.names_day:
        rule = _end_of_period(rule)
    elif a_day_before:
        rule = _day_before(rule)
    return _clamped(_aligned(rule))


def _day_before(rule: Recurrence) -> Recurrence:
    if rule.places:
        return _working_day_before(rule)
    if rule.weekdays:
        return replace(rule, weekdays=tuple(map(_weekday_before, rule.weekdays)))
    days = tuple(day - 1 or -1 for day in rule.month_days)
    return replace(_months_before(rule) if rule.month_days == (1,) else rule, month_days=days)


def _weekday_before(day: str) -> str:
    """The day before a weekday; the first Friday of a month stays: no rule can say the day before it."""
    return WEEK[WEEK.index(day) - 1] if day in WEEK else day


def _working_day_before(rule: Recurrence) -> Recurrence:
    """Before the first working day of a month is the last one of the month before it."""
    place, *others = rule.places
    earlier = _months_before(rule) if place == 1 else rule
    return replace(earlier, places=(place - 1 or -1, *others))


def _months_before(rule: Recurrence) -> Recurrence:
    return replace(rule, months=tuple((month - 2) % 12 + 1 for month in rule.months))


def _end_of_period(rule: Recurrence) -> Recurrence:
    match rule.frequency:
        case "WEEKLY":
            return replace(rule, weekdays=("FR",))
        case "MONTHLY":
            return replace(rule, month_days=(-1,))
        case "YEARLY":
            return replace(rule, months=rule.months or (12,), month_days=(-1,))
        case _:
            return rule


def _aligned(rule: Recurrence) -> Recurrence:
    """Quarters and half-years of the calendar, not of the day the rule starts on."""
    if rule.frequency == "MONTHLY" and rule.interval > 1 and 12 % rule.interval == 0 and not rule.months:
        return replace(rule, interval=1, months=tuple(range(rule.interval, 13, rule.interval)))
    return rule


def _clamped(rule: Recurrence) -> Recurrence:
    """A day of the month that each month has: the 31st of a shorter one is its last day, and so is the 30th.

    >>> str(due_dates(Recurrence.of("FREQ=MONTHLY;BYMONTHDAY=15,30"), a_day_before=False))
    'FREQ=MONTHLY;BYMONTHDAY=15,28,29,30;BYSETPOS=1,-1'
    """
    shortest = min(calendar.monthrange(_ANY_COMMON_YEAR, month)[1] for month in rule.months or (2,))
    longest = max(rule.month_days, default=0)
    if longest <= shortest:
        return rule
    others = tuple(day for day in rule.month_days if 0 < day < _SHORTEST)
    if longest == 31:
        return replace(rule, month_days=(*others, -1))
    # a place within the set of a year would be one place a year
    days, places = (*others, *range(_SHORTEST, longest + 1)), (*range(1, len(others) + 1), -1)
    return replace(rule, frequency="MONTHLY", month_days=days, places=places)
