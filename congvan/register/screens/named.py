"""Lines of the register found again by the ids that they are listed with (`id`, or `id@day` of one of a series)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence

from sqlalchemy import Engine

from congvan.archive.index.dialects import ask
from congvan.archive.index.dialects.dialect import Asker
from congvan.archive.index.search import has_deadline
from congvan.register.deadline_rows import ARRIVED_AS_COPY, SELECT, DeadlineRow
from congvan.register.entries import Entry, Query, lines_of
from congvan.register.handled import Said
from congvan.register.settings import Settings

_ONE_DAY = dt.timedelta(days=1)


def entries_named(asker: Asker, ids: Sequence[str], today: dt.date, settings: Settings, said: Said) -> list[Entry]:
    """The lines with these ids, in their order; of those that are no more, none."""
    wanted = json.dumps([each.partition("@")[0] for each in ids])
    statement = f"{SELECT} AND l.id IN ({asker.listed('ids')})"
    arrived = ARRIVED_AS_COPY.replace("WHERE", "WHERE d.copy_of = :lead AND", 1)
    rows: dict[str, DeadlineRow] = {}
    for values in asker.execute(statement, {"ids": wanted}).fetchall():
        row = DeadlineRow._make(values)
        if row.due is None and row.arrived is None:
            day = next((day for _, day in asker.execute(arrived, {"lead": row.dispatch_id})), None)
            row = row._replace(arrived=day)
        rows[row.id] = row
    found = []
    for each in ids:
        name, _, text = each.partition("@")
        day = dt.date.fromisoformat(text) if text else None
        if name in rows:
            lines = lines_of((rows[name], said), Query(today, day, day), settings)
            found += [line for line in lines if line.id == each][:1] or _other_day(
                rows[name], said, day, today, settings
            )
    return found


def _other_day(row: DeadlineRow, said: Said, day: dt.date | None, today: dt.date, settings: Settings) -> list[Entry]:
    """The line of a series of which something was said under the day of the other reading of `trước ngày`: it is
    listed under the day that the settings choose now.
    """
    if day is None:
        return []
    around = Query(today, day - _ONE_DAY, day + _ONE_DAY)
    lines = lines_of((row, said), around, settings)
    return [line for line in lines if line.due and day in (line.due, line.other)][:1]


def is_deadline(engine: Engine, name: str, settings: Settings) -> bool:
    """Whether the register knows a deadline, or the one of a series, by the id that it is listed with."""
    _, _, day = name.partition("@")
    try:
        due = dt.date.fromisoformat(day) if day else None
    except ValueError:
        return False
    if due is None:
        return has_deadline(engine, name)
    with engine.connect() as connection:
        found = entries_named(ask(connection), [name], due, settings, Said({}, {}))
        return [line.id for line in found] == [name]
