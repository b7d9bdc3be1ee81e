"""When a deadline falls due: once, counted from an event, or again and again."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import NamedTuple

from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr

from congvan.register.settings import Settings
from congvan.register.workdays import add_working_days
from vietnamese.fold import fold

_DURATION = re.compile(r"P(\d+)(WD|[DWMY])")
_MONTHDAY = re.compile(r"BYMONTHDAY=(\d+)")
_UNITS = {"D": "days", "W": "weeks", "M": "months", "Y": "years"}
_ONE_DAY = dt.timedelta(days=1)
_LAST_DAY_OF_ALL_MONTHS = 28


@dataclass(frozen=True)
class Terms:
    """What the register needs of a deadline, as the record has it."""

    phrase: str
    kind: str
    start: dt.date | None = None
    due: dt.date | None = None
    alternative_due: dt.date | None = None
    recurrence: str | None = None
    anchor: str | None = None
    timex: str | None = None
    working_days: bool = False


@dataclass(frozen=True)
class Events:
    """The days from which a term may be counted: of issue, and of arrival in our office."""

    issued: dt.date | None = None
    arrived: dt.date | None = None


class Occurrence(NamedTuple):
    """One due date, the other defensible reading where there is one, and whether it is one of a series."""

    due: dt.date
    other: dt.date | None = None
    recurs: bool = False


def occurrences(terms: Terms, events: Events, window: tuple[dt.date, dt.date], settings: Settings) -> list[Occurrence]:
    """All due dates; of a recurring deadline those within `window` (first and last day), others whenever they fall.

    Empty where the due date is not known yet (the event has not happened, or the phrase could not be resolved).
    """
    if terms.kind == "recurring" and terms.recurrence:
        return _recurring(terms, events, window, settings)
    if terms.due is not None:
        return [read_due(terms.due, terms.alternative_due, settings)]
    if terms.kind == "after_event":
        due = _after_event(terms, events, settings)
        return [] if due is None else [Occurrence(due)]
    return []


def read_due(strict: dt.date, printed: dt.date | None, settings: Settings) -> Occurrence:
    """The due date of the two readings that the office's settings choose, with the other beside it."""
    if printed is None:
        return Occurrence(strict)
    return Occurrence(strict, printed) if settings.deadlines.before == "strict" else Occurrence(printed, strict)


def _after_event(terms: Terms, events: Events, settings: Settings) -> dt.date | None:
    """The term counted from its event; the day of the event does not count (Bộ luật Dân sự 2015, Điều 147)."""
    duration = _DURATION.fullmatch(terms.timex or "")
    event = _event_day(fold(terms.anchor or ""), events)
    if duration is None or event is None:
        return None
    count, unit = int(duration[1]), duration[2]
    if terms.working_days or unit == "WD":
        return add_working_days(event, count, settings.days)
    return event + relativedelta(**{_UNITS[unit]: count})  # type: ignore[arg-type]  # the stubs know no computed names


def _event_day(anchor: str, events: Events) -> dt.date | None:
    """The day that an anchor names: `ngày ký`, `ngày ban hành` or `ngày nhận được văn bản`; None for other events."""
    if re.search(r"\bnhan\b.*\b(van ban|cong van|ke hoach|chi thi|thong bao)|^(ngay )?nhan( duoc)?$|\bden\b", anchor):
        return events.arrived
    if re.search(r"\b(ky|ban hanh|phat hanh)\b", anchor):
        return events.issued
    return None


def _recurring(terms: Terms, events: Events, window: tuple[dt.date, dt.date], settings: Settings) -> list[Occurrence]:
    begin = terms.start or events.issued
    rule = due_rule(terms, settings)
    if begin is None or rule is None:
        return []
    first, last = window
    series = rrulestr(rule, dtstart=dt.datetime.combine(begin, dt.time()))
    low, high = (dt.datetime.combine(day, dt.time()) for day in (max(first, begin), last))
    step = {"strict": _ONE_DAY, "printed": -_ONE_DAY}[settings.deadlines.before] if _is_before(terms) else None
    moments = series.between(low, high, inc=True)
    days = [moment.date() for moment in (moments[:1] if "DAILY" in rule else moments)]  # each day would drown the rest
    return [Occurrence(day, day + step if step else None, recurs=True) for day in days]


def due_rule(terms: Terms, settings: Settings) -> str | None:
    """The RRULE of the due dates: every part made explicit, so that it means the same whatever day it starts on.

    A period without a day is due on its last day, a week on its Friday; `trước ngày 25 hằng tháng`, read strictly, on
    the 24th; the 31st of a shorter month is its last day.
    """
    if not terms.recurrence:
        return None
    parts = dict(part.split("=", 1) for part in terms.recurrence.split(";"))
    if "BYMONTHDAY" in parts:
        if _is_before(terms) and settings.deadlines.before == "strict":
            _day_before(parts)
    elif "BYDAY" not in parts:
        _end_of_period(parts)
    _align(parts)
    return clamp_monthday(";".join(f"{name}={value}" for name, value in parts.items()))


def _is_before(terms: Terms) -> bool:
    return "truoc" in fold(terms.phrase).split() and "BYMONTHDAY" in (terms.recurrence or "")


def _day_before(parts: dict[str, str]) -> None:
    day = int(parts["BYMONTHDAY"])
    parts["BYMONTHDAY"] = str(day - 1) if day > 1 else "-1"
    if day == 1 and "BYMONTH" in parts:
        parts["BYMONTH"] = ",".join(str((int(month) - 2) % 12 + 1) for month in parts["BYMONTH"].split(","))


def _end_of_period(parts: dict[str, str]) -> None:
    match parts["FREQ"]:
        case "WEEKLY":
            parts["BYDAY"] = "FR"
        case "MONTHLY":
            parts["BYMONTHDAY"] = "-1"
        case "YEARLY":
            parts.setdefault("BYMONTH", "12")
            parts["BYMONTHDAY"] = "-1"


def _align(parts: dict[str, str]) -> None:
    """Quarters and half-years of the calendar, not of the day the rule starts on."""
    interval = int(parts.get("INTERVAL", "1"))
    if parts["FREQ"] == "MONTHLY" and interval > 1 and 12 % interval == 0 and "BYMONTH" not in parts:
        del parts["INTERVAL"]
        parts["BYMONTH"] = ",".join(str(month) for month in range(interval, 13, interval))


def clamp_monthday(rule: str) -> str:
    """An RRULE whose day of the month exists in every month: the 31st of a shorter month is its last day.

    >>> clamp_monthday("FREQ=MONTHLY;BYMONTHDAY=31")
    'FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1'
    """
    day = _MONTHDAY.search(rule)
    if day is None or int(day[1]) <= _LAST_DAY_OF_ALL_MONTHS:
        return rule
    days = ",".join(str(number) for number in range(_LAST_DAY_OF_ALL_MONTHS, int(day[1]) + 1))
    return _MONTHDAY.sub(f"BYMONTHDAY={days}", rule) + ";BYSETPOS=-1"
