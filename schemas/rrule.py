"""How a deadline recurs: the parts of an RFC 5545 RRULE as fields. The record holds its text; none takes that apart."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast, get_args

if TYPE_CHECKING:
    from dateutil.rrule import rrule, weekday

Frequency = Literal["HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"]
WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEKDAY = re.compile(rf"([+-]?\d+)?({'|'.join(WEEK)})")
_LISTS = {"BYMONTH": "months", "BYMONTHDAY": "month_days", "BYHOUR": "hours", "BYSETPOS": "places"}


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Each field as RFC 5545, 3.3.10, has it; an empty one says nothing.

    `weekdays` are `FR`, or `1FR` and `-1FR` for the first and the last of a month; `places` (BYSETPOS) choose among the
    days of one period.
    """

    frequency: Frequency
    interval: int = 1
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    weekdays: tuple[str, ...] = ()
    hours: tuple[int, ...] = ()
    places: tuple[int, ...] = ()

    @classmethod
    def of(cls, text: str) -> Recurrence:
        """The rule that a record's text says. Raises ValueError for what is none, or has other parts.

        >>> Recurrence.of("FREQ=MONTHLY;BYMONTHDAY=25").month_days
        (25,)
        """
        parts = dict(part.partition("=")[::2] for part in text.split(";"))
        frequency = parts.pop("FREQ", "")
        if frequency not in get_args(Frequency):
            raise ValueError(f"no rule of recurrence: {text}")
        lists = {field: _numbers(parts.pop(name, "")) for name, field in _LISTS.items()}
        interval = int(parts.pop("INTERVAL", "1"))
        weekdays = tuple(day for day in parts.pop("BYDAY", "").split(",") if day)
        if parts or interval < 1 or not all(map(_WEEKDAY.fullmatch, weekdays)):
            raise ValueError(f"no rule of recurrence: {text}")
        return cls(cast(Frequency, frequency), interval, weekdays=weekdays, **lists)

    def __str__(self) -> str:
        """The rule's text, its parts in one order.

        >>> str(Recurrence("MONTHLY", 3, month_days=(-1,)))
        'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1'
        """
        said = [
            ("FREQ", self.frequency),
            ("INTERVAL", str(self.interval) if self.interval > 1 else ""),
            ("BYMONTH", _listed(self.months)),
            ("BYMONTHDAY", _listed(self.month_days)),
            ("BYDAY", ",".join(self.weekdays)),
            ("BYHOUR", _listed(self.hours)),
            ("BYSETPOS", _listed(self.places)),
        ]
        return ";".join(f"{name}={value}" for name, value in said if value)

    @property
    def names_day(self) -> bool:
        """Whether the rule says on which day of its period it falls."""
        return bool(self.month_days or self.weekdays)

    def series(self, begin: dt.date) -> rrule:
        """All its moments from a day on, as dateutil counts them."""
        from dateutil import rrule as rules

        return rules.rrule(
            getattr(rules, self.frequency),
            dtstart=dt.datetime.combine(begin, dt.time()),
            interval=self.interval,
            bymonth=self.months or None,
            bymonthday=self.month_days or None,
            byweekday=[_weekday(day) for day in self.weekdays] or None,
            byhour=self.hours or None,
            bysetpos=self.places or None,
        )


def _weekday(day: str) -> weekday:
    from dateutil import rrule as rules

    found = _WEEKDAY.fullmatch(day)
    assert found is not None  # checked when the rule was read
    plain: weekday = getattr(rules, found[2])
    return plain(int(found[1])) if found[1] else plain


def _numbers(listed: str) -> tuple[int, ...]:
    return tuple(int(number) for number in listed.split(",") if number)


def _listed(numbers: Iterable[int]) -> str:
    return ",".join(map(str, numbers))
