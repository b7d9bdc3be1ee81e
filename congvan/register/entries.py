"""The deadline register: every deadline of the archive with its due date, days left, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Engine

from congvan.archive.index.dialects import ask
from congvan.archive.index.keys import body_key
from congvan.register.deadline_rows import ARRIVED_AS_COPY, SELECT, DeadlineRow
from congvan.register.handled import Handled, Said, find_moved, what_was_said
from congvan.register.occurrences import Events, Occurrence, Terms, due_rule, occurrences, outside, read_due
from congvan.register.settings import Settings

_ONE_DAY = dt.timedelta(days=1)
_AHEAD = dt.timedelta(days=31)
"""How far recurring deadlines are listed where no last day is given."""


class Status(StrEnum):
    """What became of a deadline."""

    OPEN = "open"
    LATE = "late"
    DONE = "done"
    NOT_OURS = "not_ours"


class Entry(NamedTuple):
    """One line of the register. `due` is None while it cannot be known; `other` is the other defensible reading."""

    id: str
    dispatch_id: str
    so_hieu: str | None
    issued: dt.date | None
    issuing_body: str | None
    subject: str | None
    directive: str | None
    directive_text: str | None
    phrase: str
    kind: str
    due: dt.date | None
    due_time: str | None
    other: dt.date | None
    days_left: int | None
    assignees: str | None
    ours: bool
    tentative: bool
    recurrence: str | None
    due_rule: str | None
    anchor: str | None
    status: Status
    reply_so_hieu: str | None
    reply_date: dt.date | None
    page: int | None
    name: str
    only_in: str | None


@dataclass(frozen=True)
class Query:
    """Which deadlines to list: due within `start` and `end`, of a unit, of a status, or only those overdue."""

    today: dt.date
    start: dt.date | None = None
    end: dt.date | None = None
    unit: str | None = None
    status: Status | None = None
    overdue: bool = False


def list_deadlines(engine: Engine, query: Query, settings: Settings) -> list[Entry]:
    """The register, ours first, then by due date; deadlines whose date is not known yet come last."""
    entries = [entry for row in _rows(engine, query) for entry in lines_of(row, query, settings)]
    return sorted((entry for entry in entries if _wanted(entry, query)), key=_place)


def _place(entry: Entry) -> tuple[bool, dt.date, str, str]:
    return not entry.ours, entry.due or dt.date.max, entry.due_time or "", entry.id


def _rows(engine: Engine, query: Query) -> Iterator[tuple[DeadlineRow, Said]]:
    """Deadlines that may be wanted; copies of a dispatch are not listed twice.

    Those with a day of their own are a range of the index, a day wider than asked because the other reading of `trước
    ngày` may be chosen. The others (counted from an event, recurring) must each be reckoned.
    """
    low = query.start - _ONE_DAY if query.start else dt.date.min
    ends = [day for day in (query.end, query.today if query.overdue else None) if day]
    high = min(ends) + _ONE_DAY if ends else dt.date.max
    with engine.connect() as connection:
        asker = ask(connection)
        days = {"low": low.isoformat(), "high": high.isoformat()}
        said = what_was_said(asker)
        for row in asker.execute(f"{SELECT} AND l.due BETWEEN :low AND :high", days):
            yield DeadlineRow._make(row), said
        arrived = dict(asker.execute(ARRIVED_AS_COPY).fetchall())
        for values in asker.execute(f"{SELECT} AND l.due IS NULL"):
            row = DeadlineRow._make(values)
            yield row._replace(arrived=row.arrived or arrived.get(row.dispatch_id)), said


def lines_of(pair: tuple[DeadlineRow, Said], query: Query, settings: Settings) -> Iterator[Entry]:
    """The lines that a deadline has in the register."""
    row, said = pair
    due, issued = _day(row.due), _day(row.issued)
    handled = _act(row, None, said)
    ours = is_ours(row.assignees, settings)
    if due is not None and row.kind != "recurring":
        one = read_due(due, _day(row.alternative_due), settings)
        yield _entry(row, _Reckoned(one, None, issued, ours), handled, query.today)
        return
    terms = Terms(
        phrase=row.phrase,
        kind=row.kind,
        start=_day(row.start),
        due=due,
        alternative_due=_day(row.alternative_due),
        recurrence=row.recurrence,
        anchor=row.anchor,
        timex=row.timex,
        working_days=bool(row.working_days),
        due_time=row.due_time,
    )
    found = due_rule(terms, settings)
    rule = str(found) if found else None
    for each in _listed((row, said), (terms, Events(issued, _day(row.arrived))), query, settings):
        yield _entry(row, _Reckoned(each, rule, issued, ours), _act(row, each, said) or handled, query.today)


def _listed(
    pair: tuple[DeadlineRow, Said], known: tuple[Terms, Events], query: Query, settings: Settings
) -> list[Occurrence | None]:
    """The due dates to list. Of a recurring deadline also the last one missed, where no first day is asked for; and
    the next, however far, where no last day is.
    """
    row, said = pair
    window = (query.start or query.today, query.end or query.today + _AHEAD)
    found: list[Occurrence | None] = [*occurrences(*known, window, settings)]
    if row.kind != "recurring":
        return found or [None]
    if query.start is not None and query.end is not None:
        return found
    missed, coming = outside(*known, window, settings)
    if coming and not found and query.end is None:
        found = [coming]
    if missed and query.start is None and not _is_closed(_act(row, missed, said) or _act(row, None, said)):
        found = [missed, *found]
    return found


def _act(row: DeadlineRow, one: Occurrence | None, said: Said) -> Handled | None:
    """What was said of a deadline, or of one of a series; of the latter under the other reading's day too, since the
    setting may have been turned.
    """
    if one is None or not one.recurs:
        own = (row.status, row.reply_so_hieu, _day(row.reply_date)) if row.status else None
        if own or not said.moved:
            return own
        return find_moved(said, row.dispatch_id, row.directive, (row.phrase, row.due), "")
    for day in (one.due, one.other):
        known = said.occurred.get(f"{row.id}@{day}")
        known = known or find_moved(said, row.dispatch_id, row.directive, (row.phrase, None), str(day))
        if known:
            return known
    return None


class _Reckoned(NamedTuple):
    """The due date with its other reading, the rule of a recurring one, the day of issue, and whether it is ours."""

    one: Occurrence | None
    rule: str | None
    issued: dt.date | None
    ours: bool


def _entry(row: DeadlineRow, reckoned: _Reckoned, act: Handled | None, today: dt.date) -> Entry:
    one = reckoned.one
    due = one.due if one else None
    carried: dict[str, Any] = {name: getattr(row, name) for name in _CARRIED}
    carried |= {
        "id": f"{row.id}@{due}" if one and one.recurs else row.id,
        "issued": reckoned.issued,
        "due": due,
        "other": one.other if one else None,
        "days_left": (due - today).days if due else None,
        "ours": reckoned.ours,
        "tentative": bool(row.tentative),
        "due_rule": reckoned.rule,
        "status": _status(act, due, today),
        "reply_so_hieu": act[1] if act else None,
        "reply_date": act[2] if act else None,
    }
    return Entry(**carried)


_CARRIED = frozenset(Entry._fields) & frozenset(DeadlineRow._fields)
"""What a line of the register has as its row has it, but for what is reckoned anew."""


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _status(act: Handled | None, due: dt.date | None, today: dt.date) -> Status:
    if act is not None and _is_closed(act):
        return Status(act[0])  # opened again, a deadline is open or late by its day
    return Status.LATE if due is not None and due < today else Status.OPEN


def _is_closed(act: Handled | None) -> bool:
    return act is not None and act[0] in (Status.DONE, Status.NOT_OURS)


def is_ours(assignees: str | None, settings: Settings) -> bool:
    """Whether one of our office's names stands among those who must act."""
    return bool(settings.unit.names and assignees) and _names_one(assignees or "", settings.unit.names)


@lru_cache(maxsize=100_000)
def _names_one(assignees: str, names: tuple[str, ...]) -> bool:
    named = f" {body_key(assignees) or ''} "
    return any(f" {body_key(name)} " in named for name in names if body_key(name))


def _wanted(entry: Entry, query: Query) -> bool:
    if query.unit and f" {body_key(query.unit)} " not in f" {body_key(entry.assignees) or ''} ":
        return False
    if query.overdue and entry.status is not Status.LATE:
        return False
    if query.status and entry.status is not query.status:
        return False
    if query.start and (entry.due is None or entry.due < query.start):
        return False
    return not (query.end and (entry.due is None or entry.due > query.end))
