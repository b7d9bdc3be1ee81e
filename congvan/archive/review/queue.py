"""The list of dispatches and the queue of what needs a look, worst first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Engine

from congvan.archive.index.dialects import ask
from congvan.archive.index.keys import body_key
from congvan.archive.index.standing import SETTLED


class State(StrEnum):
    """How far a dispatch is worked off: doubts are open; none is, and nobody has said so; a person has."""

    REVIEW = "review"
    NEW = "new"
    DONE = "done"


class ListedDispatch(NamedTuple):
    """A dispatch in a list: what it is, its state, how many doubts are open and the worst of them."""

    id: str
    so_hieu: str | None
    date: dt.date | None
    issuing_body: str | None
    doc_type: str | None
    subject: str | None
    name: str
    state: State
    open_doubts: int
    worst: str | None


class OpenDoubt(NamedTuple):
    """A doubt that nobody has settled: its key, what is doubted and what was seen there."""

    key: str
    code: str
    message: str
    pointer: str | None
    page: int | None
    suggestion: str | None


@dataclass(frozen=True)
class Wanted:
    """Which dispatches to list; all of it must hold. `month` is the first day of a month; `only` one dispatch."""

    state: State | None = None
    issuer: str | None = None
    doc_type: str | None = None
    month: dt.date | None = None
    year: int | None = None
    only: str | None = None
    limit: int | None = None
    offset: int = 0


_WORST = f"""(SELECT o.message FROM doubts o WHERE o.dispatch_id = d.id AND NOT {SETTLED}
 ORDER BY o.weight DESC, o.position LIMIT 1)"""


def list_dispatches(engine: Engine, wanted: Wanted | None = None) -> tuple[list[ListedDispatch], int]:
    """The dispatches wanted, newest first (of the queue the worst first), and how many there are in all."""
    wanted = wanted or Wanted()
    where, values = _conditions(wanted)
    day = "d.date DESC NULLS LAST"
    order = f"d.worst DESC, {day}" if wanted.state else day  # what has no doubts is worth 0
    window = "LIMIT :limit OFFSET :offset" if wanted.limit is not None else ""
    columns = "d.id, d.so_hieu, d.date, d.issuing_body, d.doc_type, d.subject, d.name"
    statement = (
        f"SELECT {columns}, d.state, d.open_doubts, {_WORST} AS worst "
        f"FROM dispatches d WHERE {where} ORDER BY {order}, d.id {window}"
    )
    page = {"limit": wanted.limit, "offset": wanted.offset}
    with engine.connect() as connection:
        asker = ask(connection)
        total = asker.execute(f"SELECT count(*) FROM dispatches d WHERE {where}", values).fetchone()[0]
        return [_listed(row) for row in asker.execute(statement, values | page)], total


def queue(engine: Engine, limit: int | None = None) -> tuple[list[ListedDispatch], int]:
    """What needs a look, worst first, and how many there are."""
    return list_dispatches(engine, Wanted(State.REVIEW, limit=limit))


def open_doubts(engine: Engine, dispatch_id: str) -> list[OpenDoubt]:
    """The doubts of a dispatch that nobody has settled, worst first."""
    columns = ", ".join(f"o.{name}" for name in OpenDoubt._fields)
    statement = (
        f"SELECT {columns} FROM doubts o WHERE o.dispatch_id = :id AND NOT {SETTLED} ORDER BY o.weight DESC, o.position"
    )
    with engine.connect() as connection:
        return [OpenDoubt(*row) for row in ask(connection).execute(statement, {"id": dispatch_id})]


def _conditions(wanted: Wanted) -> tuple[str, dict[str, Any]]:
    parts, values = ["d.copy_of IS NULL"], dict[str, Any]()
    if wanted.state:
        parts.append("d.state = :state")
        values["state"] = wanted.state.value
    if wanted.only:
        parts = ["d.id = :only"]
        values["only"] = wanted.only
    if wanted.issuer:
        parts.append("d.issuing_body_key LIKE :issuer")
        values["issuer"] = f"%{body_key(wanted.issuer)}%"
    if wanted.doc_type:
        parts.append("d.doc_type = :doc_type")
        values["doc_type"] = wanted.doc_type
    if wanted.month:
        parts.append("d.date BETWEEN :first AND :last")
        after = (wanted.month.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
        values |= {"first": wanted.month.isoformat(), "last": (after - dt.timedelta(days=1)).isoformat()}
    if wanted.year:
        parts.append("d.year = :year")
        values["year"] = wanted.year
    return " AND ".join(parts), values


def _listed(row: Sequence[Any]) -> ListedDispatch:
    listed = ListedDispatch(*row)
    day: Any = listed.date  # as the index has it
    return listed._replace(date=dt.date.fromisoformat(day) if day else None, state=State(listed.state))
