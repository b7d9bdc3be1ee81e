"""A screen of the deadline register: the counts of its groups, and the lines that one page shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import NamedTuple

from sqlalchemy import Engine

from congvan.archive.index.dialects import ask
from congvan.register.entries import Entry, Status
from congvan.register.screens import dated, events
from congvan.register.screens.asked import AskedRegister, DaySpan, Group, Key, Whose, ask_register, within
from congvan.register.screens.named import entries_named
from congvan.register.screens.series import Series, closed
from congvan.register.settings import Settings

_YEAR = dt.timedelta(days=365)
_WEEK = dt.timedelta(days=7)
LATER = dt.timedelta(days=60)
_ONE_DAY = dt.timedelta(days=1)


class OfDay(NamedTuple):
    """Some lines of a day, and how many more there are."""

    shown: list[Entry]
    more: int


@contextmanager
def open_register(
    engine: Engine, today: dt.date, settings: Settings, hidden: Collection[str] = (), unit: str = "",
    whose: Whose = Whose.ALL,
) -> Iterator[Screens]:  # fmt: skip
    """The register as it stands, of a unit or only our own deadlines; files of `hidden` are left out."""
    with engine.connect() as connection:
        yield Screens(ask_register(ask(connection), today, settings, hidden, unit or None, whose))


class Screens:
    """What `open_register` gives: asked once, shown in parts."""

    def __init__(self, asked: AskedRegister) -> None:
        self._asked = asked
        self._events: dict[tuple[Status, dt.date], list[Key]] = {}

    def span(self, group: Group, day: dt.date | None = None) -> DaySpan:
        """The days and the status of a group: late by no more than a year, seven days, sixty."""
        today = self._asked.today
        match group:
            case Group.LATE:
                return DaySpan(today - _YEAR, today - _ONE_DAY, Status.OPEN)
            case Group.WEEK:
                return DaySpan(today, today + _WEEK, Status.OPEN)
            case Group.LATER:
                return DaySpan(today + _WEEK + _ONE_DAY, today + LATER, Status.OPEN)
            case Group.DAY:
                return DaySpan(day or today, day or today, Status.OPEN)
            case Group.DONE | Group.NOT_OURS:
                return DaySpan(today - _YEAR, today + _YEAR, Status(group.value))
            case Group.UNDATED:
                return DaySpan(dt.date.max, dt.date.max, Status.OPEN)

    def count(self, group: Group, day: dt.date | None = None) -> int:
        """How many lines a group has."""
        if group is Group.UNDATED:
            return events.count_undated(self._asked)[0]
        return self.count_within(self.span(group, day))

    def count_within(self, span: DaySpan) -> int:
        """How many lines a span of days has."""
        counted = len(within(self._counted(span), span))
        return dated.count(self._asked, span) + counted + self._count_recurring(span)

    def lines(self, group: Group, offset: int, number: int, day: dt.date | None = None) -> list[Entry]:
        """So many lines of a group after the first `offset`, ours first, then by day."""
        most = offset + number
        if group is Group.UNDATED:
            return self._named(events.first_undated(self._asked, most)[offset:])
        return self._named(self._keys(self.span(group, day), most)[offset:])

    def first(self, spans: Sequence[DaySpan], number: int, undated: bool = False) -> list[Entry]:
        """The first lines of some spans together, with those that have no day if that is asked."""
        keys = [key for span in spans for key in self._keys(span, number)]
        keys += events.first_undated(self._asked, number) if undated else []
        return self._named(sorted(keys)[:number])

    def _keys(self, span: DaySpan, most: int) -> list[Key]:
        keys = dated.first(self._asked, span, most)
        keys += within(self._counted(span), span)
        keys += self._series.first(span, most) if span.status is Status.OPEN else closed(self._asked, span)
        return sorted(keys)[:most]

    def by_day(self, days: Sequence[dt.date], number: int) -> dict[dt.date, OfDay]:
        """The first lines of each of some days, what is open before what is done."""
        done = closed(self._asked, DaySpan(days[0], days[-1], Status.DONE))
        found = {}
        for day in days:
            shown, count = self.lines(Group.DAY, 0, number, day), self.count(Group.DAY, day)
            span = DaySpan(day, day, Status.DONE)
            of_day = within(done, span) + within(self._counted(span), span)
            if len(shown) < number:
                keys = sorted([*dated.first(self._asked, span, number), *of_day])[: number - len(shown)]
                shown = shown + self._named(keys)
            total = count + dated.count(self._asked, span) + len(of_day)
            found[day] = OfDay(shown, total - len(shown))
        return found

    def _named(self, keys: Sequence[Key]) -> list[Entry]:
        asked = self._asked
        return entries_named(asked.asker, [key[3] for key in keys], asked.today, asked.settings, asked.said)

    def _counted(self, span: DaySpan) -> list[Key]:
        """The deadlines counted from an event that is known, of the status of a span and not before it."""
        since = min(span.low, self._asked.today - _YEAR)
        if (span.status, since) not in self._events:
            self._events[span.status, since] = events.dated(self._asked, span.status, since)
        return self._events[span.status, since]

    def _count_recurring(self, span: DaySpan) -> int:
        return self._series.count(span)[0] if span.status is Status.OPEN else len(closed(self._asked, span))

    @cached_property
    def _series(self) -> Series:
        return Series(self._asked)
