"""RFC 5545 recurrence rules of recurring deadlines."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.annotate.lengths import Every, Length

_UNITS = {
    "h": ("HOURLY", "H"),
    "ngay": ("DAILY", "D"),
    "tuan": ("WEEKLY", "W"),
    "thang": ("MONTHLY", "M"),
    "nam": ("YEARLY", "Y"),
}


def every_rule(every: Every | Length) -> tuple[str, str]:
    """The RRULE and the TIMEX3 value of a recurrence: `FREQ=MONTHLY;INTERVAL=3` and `P3M`.

    >>> every_rule(Every(1, "tuan"))
    ('FREQ=WEEKLY', 'P1W')
    """
    frequency, letter = _UNITS[every.unit]
    interval = f";INTERVAL={every.count}" if every.count > 1 else ""
    return f"FREQ={frequency}{interval}", f"P{'T' if letter == 'H' else ''}{every.count}{letter}"


def month_days_rule(days: Sequence[int], every: Every | None, months: Sequence[int] = ()) -> str:
    """Days of every month (-1 the last), of every so many months, or of the named months of every year."""
    listed = ",".join(map(str, days))
    if months:
        return f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))};BYMONTHDAY={listed}"
    base = every_rule(every)[0] if every and every.unit == "thang" else "FREQ=MONTHLY"
    return f"{base};BYMONTHDAY={listed}"


def part_rule(place: int, months: Sequence[int] = ()) -> str:
    """The working day at a place (1 the first, -1 the last) of every month, or of the named months.

    Public holidays are unknown to an RRULE.
    """
    named = f";BYMONTH={','.join(map(str, months))}" if months else ""
    return f"FREQ=MONTHLY{named};BYDAY=MO,TU,WE,TH,FR;BYSETPOS={place}"


def year_days_rules(days: Sequence[tuple[int, int]]) -> list[str]:
    """(month, day) pairs of every year: one rule where the day of the month is the same, else one rule each."""
    if len({day for _, day in days}) == 1:
        months = ",".join(str(month) for month, _ in days)
        return [f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={days[0][1]}"]
    return [f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}" for month, day in days]
