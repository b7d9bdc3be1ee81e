"""The front of the register, for commands and interfaces: of each span its count and first lines, or the first of all.

Where no days are asked for, these are late by no more than a year, due within sixty days, or without a day yet: what
one can act on. `entries.list_deadlines` reckons the whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from congvan.register.agenda import OLD, DueSpan, Section, place_in_section
from congvan.register.entries import Entry, Query, Status
from congvan.register.screens.asked import DaySpan, Group
from congvan.register.screens.due_screen import LATER, Screens

_ONE_DAY = dt.timedelta(days=1)
_LONG_AGO = dt.date(1945, 9, 2)
"""No dispatch of an office that is read here is older."""
_CLOSED = (Status.DONE, Status.NOT_OURS)


class Front(NamedTuple):
    """The first lines of a span, ours first; and how many the span has."""

    section: Section
    number: int


def fronts(register: Screens, query: Query, number: int) -> list[Front]:
    """Of each span of a query that has lines, the first `number` of them. The query's unit is the register's own."""
    found = []
    for span, days in _open_spans(query):
        if count := register.count_within(days):
            found.append(_front(span, register.first([days], number), count))
    if _with_undated(query) and (count := register.count(Group.UNDATED)):
        found.append(_front(DueSpan.EVENT, register.lines(Group.UNDATED, 0, number), count))
    closed = _closed_spans(query)
    if count := sum(register.count_within(days) for days in closed):
        found.append(_front(DueSpan.CLOSED, register.first(closed, number), count))
    return found


def _front(span: DueSpan, entries: list[Entry], count: int) -> Front:
    return Front(Section(span, sorted(entries, key=place_in_section)), count)


def first_lines(register: Screens, query: Query, number: int) -> list[Entry]:
    """The first lines of a query, whatever their span: ours first, then by day, what has none last."""
    spans = [days for _, days in _open_spans(query)] + _closed_spans(query)
    return register.first(spans, number, _with_undated(query))


def count_old(register: Screens, query: Query) -> int:
    """How many a front leaves out because they have been late for more than a year."""
    if query.start or query.status not in (None, Status.LATE):
        return 0
    return register.count_within(DaySpan(_LONG_AGO, query.today - OLD - _ONE_DAY, Status.OPEN))


def _open_spans(query: Query) -> Iterator[tuple[DueSpan, DaySpan]]:
    """What is late, of today, of this week and the next (weeks end on Sunday), and later, within the query's days."""
    if query.status in _CLOSED:
        return
    today = query.today
    sunday = today + dt.timedelta(days=6 - today.weekday())
    low, high = _days(query)
    edges = {
        DueSpan.LATE: (low, today - _ONE_DAY),
        DueSpan.TODAY: (today, today),
        DueSpan.THIS_WEEK: (today + _ONE_DAY, sunday),
        DueSpan.NEXT_WEEK: (sunday + _ONE_DAY, sunday + 7 * _ONE_DAY),
        DueSpan.LATER: (sunday + 8 * _ONE_DAY, high),
    }
    for span, (first, last) in edges.items():
        wanted = span is not DueSpan.LATE if query.status is Status.OPEN else True
        if query.overdue or query.status is Status.LATE:
            wanted = span is DueSpan.LATE
        days = DaySpan(max(first, low), min(last, high), Status.OPEN)
        if wanted and days.low <= days.high:
            yield span, days


def _closed_spans(query: Query) -> list[DaySpan]:
    if query.overdue or query.status in (Status.OPEN, Status.LATE):
        return []
    asked = (query.status,) if query.status else _CLOSED
    return [DaySpan(*_days(query), status) for status in asked]


def _with_undated(query: Query) -> bool:
    return not (query.start or query.end or query.overdue) and query.status in (None, Status.OPEN)


def _days(query: Query) -> tuple[dt.date, dt.date]:
    return query.start or query.today - OLD, query.end or max(query.start or query.today, query.today) + LATER
