"""Deadlines with a day of their own: counted and sorted by the index."""

from __future__ import annotations

import datetime as dt
from typing import Any

from congvan.register.screens.asked import FROM, AskedRegister, DaySpan, Key

_ONE_DAY = dt.timedelta(days=1)


def count(asked: AskedRegister, span: DaySpan) -> int:
    """How many there are."""
    where, values = _conditions(asked, span)
    return int(asked.asker.execute(f"SELECT count(*) {FROM} WHERE {where}", values).fetchone()[0])


def count_ours(asked: AskedRegister, span: DaySpan) -> int:
    """How many of them are ours."""
    where, values = _conditions(asked, span)
    statement = f"SELECT count(*) {FROM} WHERE {where} AND {asked.is_ours()}"
    return int(asked.asker.execute(statement, values).fetchone()[0])


def first(asked: AskedRegister, span: DaySpan, number: int) -> list[Key]:
    """The first of them."""
    where, values = _conditions(asked, span)
    ours = asked.is_ours()
    statement = (
        f"SELECT NOT {ours} AS theirs, {_day(asked)} AS day, coalesce(l.due_time, '') AS hour, l.id {FROM} "
        f"WHERE {where} ORDER BY theirs, day, hour, l.id LIMIT :number"
    )
    rows = asked.asker.execute(statement, values | {"number": number})
    return [(bool(theirs), day, hour, each) for theirs, day, hour, each in rows]


def _day(asked: AskedRegister) -> str:
    """The due day of the two readings that the office's settings choose."""
    strict = asked.settings.deadlines.before == "strict"
    return "l.due" if strict else "coalesce(l.alternative_due, l.due)"


def _conditions(asked: AskedRegister, span: DaySpan) -> tuple[str, dict[str, Any]]:
    """The range of the index is a day wider than asked: the other reading of `trước ngày` may be chosen."""
    values = asked.values(span) | {
        "low": span.low.isoformat(), "high": span.high.isoformat(),
        "widest_low": (span.low - _ONE_DAY).isoformat(), "widest_high": (span.high + _ONE_DAY).isoformat(),
    }  # fmt: skip
    range_ = f"l.due BETWEEN :widest_low AND :widest_high AND {_day(asked)} BETWEEN :low AND :high"
    return f"{asked.where(span)} AND l.kind <> 'recurring' AND {range_}", values
