"""The deadline register: every deadline of the archive with its due date, days left, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Engine, select

from congvan.archive.keys import body_key
from congvan.archive.tables import arrivals, deadlines, dispatches, handling
from congvan.register.occurrences import Events, Occurrence, Terms, due_rule, occurrences
from congvan.register.settings import Settings

_AHEAD = dt.timedelta(days=31)
"""How far recurring deadlines are listed where no last day is given."""


class Status(StrEnum):
    """What became of a deadline."""

    OPEN = "open"
    LATE = "late"
    DONE = "done"
    NOT_OURS = "not_ours"


@dataclass(frozen=True)
class Entry:
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
    entries = [entry for row in _rows(engine) for entry in _entries(row, query, settings) if _wanted(entry, query)]
    return sorted(entries, key=lambda entry: (not entry.ours, entry.due or dt.date.max, entry.due_time or "", entry.id))


def _rows(engine: Engine) -> Iterator[Any]:
    """Deadlines with their dispatch, arrival and handling; copies of a dispatch are not listed twice."""
    joined = deadlines.join(dispatches, dispatches.c.id == deadlines.c.dispatch_id).outerjoin(
        arrivals, arrivals.c.dispatch_id == dispatches.c.id
    )
    statement = (
        select(
            deadlines,
            dispatches.c.so_hieu,
            dispatches.c.date.label("issued"),
            dispatches.c.issuing_body,
            dispatches.c.subject,
            dispatches.c.name,
            arrivals.c.date.label("arrived"),
        )
        .select_from(joined)
        .where(dispatches.c.copy_of.is_(None))
        .order_by(deadlines.c.due, deadlines.c.id)
    )
    with engine.connect() as connection:
        handled = {row.deadline_id: row for row in connection.execute(select(handling))}
        for row in connection.execute(statement):
            yield row, handled


def _entries(pair: tuple[Any, dict[str, Any]], query: Query, settings: Settings) -> Iterator[Entry]:
    row, handled = pair
    terms = Terms(
        phrase=row.phrase,
        kind=row.kind,
        start=row.start,
        due=row.due,
        alternative_due=row.alternative_due,
        recurrence=row.recurrence,
        anchor=row.anchor,
        timex=row.timex,
        working_days=row.working_days,
    )
    window = (query.start or query.today, query.end or query.today + _AHEAD)
    found: list[Occurrence | None] = [*occurrences(terms, Events(row.issued, row.arrived), window, settings)]
    if not found and row.kind != "recurring":
        found.append(None)
    rule = due_rule(terms, settings)
    for one in found:
        entry_id = f"{row.id}@{one.due}" if one and one.recurs else row.id
        act = handled.get(entry_id) or handled.get(row.id)
        yield _entry(row, one, act, query.today, is_ours(row.assignees, settings), rule)


def _entry(row: Any, one: Occurrence | None, act: Any | None, today: dt.date, ours: bool, rule: str | None) -> Entry:
    due = one.due if one else None
    return Entry(
        id=f"{row.id}@{due}" if one and one.recurs else row.id,
        dispatch_id=row.dispatch_id,
        so_hieu=row.so_hieu,
        issued=row.issued,
        issuing_body=row.issuing_body,
        subject=row.subject,
        directive=row.directive,
        directive_text=row.directive_text,
        phrase=row.phrase,
        kind=row.kind,
        due=due,
        due_time=row.due_time,
        other=one.other if one else None,
        days_left=(due - today).days if due else None,
        assignees=row.assignees,
        ours=ours,
        tentative=row.tentative,
        recurrence=row.recurrence,
        due_rule=rule,
        anchor=row.anchor,
        status=_status(act, due, today),
        reply_so_hieu=act.reply_so_hieu if act else None,
        reply_date=act.reply_date if act else None,
        page=row.page,
        name=row.name,
    )


def _status(act: Any | None, due: dt.date | None, today: dt.date) -> Status:
    if act is not None:
        return Status(act.status)
    return Status.LATE if due is not None and due < today else Status.OPEN


def is_ours(assignees: str | None, settings: Settings) -> bool:
    """Whether one of our office's names stands among those who must act."""
    named = f" {body_key(assignees) or ''} "
    return any(f" {body_key(name)} " in named for name in settings.unit.names if body_key(name))


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
