"""When a deadline falls due: once, counted from an event, or again and again."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import NamedTuple

from dateutil.rrule import rrule

from congvan.register.recurring import due_dates, is_before
from congvan.register.settings import Settings
from congvan.register.workdays import add_working_days
from schemas.rrule import Recurrence
from vietnamese.dates import counted_from, day_in_figures, names_arrival, names_issue

_DURATION = re.compile(r"P(\d+)(WD|[DWMY])")
_ONE_DAY = dt.timedelta(days=1)
_BACK = 800
"""Days before a window from which a series is followed: the beginning of its periods lies within them."""


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
    due_time: str | None = None

    @property
    def rule(self) -> Recurrence | None:
        """How it recurs, if it does."""
        return Recurrence.of(self.recurrence) if self.recurrence else None


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
    event = event_of(terms.anchor or "", events)
    if duration is None or event is None:
        return None
    if terms.working_days or duration[2] == "WD":
        return add_working_days(event, int(duration[1]), settings.days)
    return counted_from(event, duration.string)


def event_of(anchor: str, events: Events) -> dt.date | None:
    """The day that an anchor names: a day in figures, `ngày ký`, `ngày ban hành`, `ngày nhận được văn bản này`.

    None for other events: `ngày ký hợp đồng` and `ngày nhận đủ hồ sơ` are not this dispatch's.
    """
    if names_arrival(anchor):
        return events.arrived
    return events.issued if names_issue(anchor) else day_in_figures(anchor)


def _recurring(terms: Terms, events: Events, window: tuple[dt.date, dt.date], settings: Settings) -> list[Occurrence]:
    series = _series(terms, events, settings, dt.date.fromordinal(max(1, window[0].toordinal() - _BACK)))
    if series is None:
        return []
    low, high = map(_midnight, window)
    moments = series.between(low, high, inc=True)
    days = moments[:1] if _is_daily(terms) else moments  # each day would drown the rest
    return [occurrence_on(day.date(), terms, settings) for day in days]


def outside(
    terms: Terms, events: Events, window: tuple[dt.date, dt.date], settings: Settings
) -> tuple[Occurrence | None, Occurrence | None]:
    """The last due date of a recurring deadline before a window, and the first after it; None where there is none.

    Of one that is due every day none before is given: it would be missed every day.
    """
    series = _series(terms, events, settings)
    if series is None:
        return None, None
    low, high = map(_midnight, window)
    missed = None if _is_daily(terms) else series.before(low)
    coming = series.after(high)
    return tuple(occurrence_on(day.date(), terms, settings) if day else None for day in (missed, coming))  # type: ignore[return-value]  # of two


def _series(terms: Terms, events: Events, settings: Settings, wanted: dt.date = dt.date.min) -> rrule | None:
    """The due dates from the day on which the dispatch was issued, or from the start it names; those before `wanted`
    may be left out. Only a rule that counts in steps depends on where it begins (`due_rule`).
    """
    begin, rule = terms.start or events.issued, due_rule(terms, settings)
    if begin is None or rule is None:
        return None
    return rule.series(begin if rule.interval > 1 else max(begin, wanted))


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time())


def _is_daily(terms: Terms) -> bool:
    return terms.recurrence == "FREQ=DAILY"


def occurrence_on(day: dt.date, terms: Terms, settings: Settings) -> Occurrence:
    """A day of a series, with the other reading of `trước ngày` beside it."""
    step = _ONE_DAY if settings.deadlines.before == "strict" else -_ONE_DAY
    rule = terms.rule
    before = rule is not None and is_before(terms.phrase, rule, terms.due_time)
    other = day + step if before else None
    return Occurrence(day, other, recurs=True)


def due_rule(terms: Terms, settings: Settings) -> Recurrence | None:
    """The rule of the due dates: every part made explicit, so that it means the same whatever day it starts on."""
    rule = terms.rule
    if rule is None:
        return None
    before = is_before(terms.phrase, rule, terms.due_time)
    return due_dates(rule, a_day_before=before and settings.deadlines.before == "strict")
