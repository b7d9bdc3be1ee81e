"""Deadlines counted from an event: due on a day where the event is one that the archive knows, else undated."""

from __future__ import annotations

import datetime as dt
import json
from functools import lru_cache
from typing import Any

from congvan.register.entries import Status
from congvan.register.occurrences import Events, Terms, event_of, occurrences
from congvan.register.screens.asked import FROM, AskedRegister, DaySpan, Key

_FAR = dt.date(dt.MAXYEAR, 12, 31)
_FROM = f"""{FROM}
LEFT JOIN dispatches c ON c.id = l.dispatch_id
WHERE l.kind = 'after_event' AND l.due IS NULL
"""
_ARRIVED = """(SELECT min(a.date) FROM arrivals a JOIN dispatches g ON g.id = a.dispatch_id
 WHERE g.id = coalesce(c.copy_of, c.id) OR g.copy_of = coalesce(c.copy_of, c.id))"""


def dated(asked: AskedRegister, status: Status) -> list[Key]:
    """Those whose day is known, sorted; each with its day."""
    known = _known_anchors(asked)
    if not known:
        return []
    span = DaySpan(dt.date.min, dt.date.max, status)
    rows = asked.driver.execute(
        f"SELECT l.id, l.anchor, l.timex, l.working_days, l.begin, {_ARRIVED}, {asked.is_ours()} {_FROM} "
        f"AND l.anchor IN (SELECT value FROM json_each(:anchors)) AND {asked.where(span)}",
        asked.values(span) | {"anchors": json.dumps(known)},
    )
    found: list[Key] = []
    for each, anchor, timex, working, issued, arrived, ours in rows:
        terms = Terms("", "after_event", anchor=anchor, timex=timex, working_days=bool(working))
        due = occurrences(terms, Events(_date(issued), _date(arrived)), (asked.today, asked.today), asked.settings)
        found += [(not ours, one.due.isoformat(), "", each) for one in due]
    return sorted(found)


def count_undated(asked: AskedRegister, known: list[Key]) -> tuple[int, int]:
    """How many open deadlines have no day, and how many of these are ours."""
    where, values = _undated(asked, known)
    row = asked.driver.execute(f"SELECT count(*), coalesce(sum({asked.is_ours()}), 0) {FROM} WHERE {where}", values)
    count, ours = row.fetchone()
    return int(count), int(ours)


def first_undated(asked: AskedRegister, known: list[Key], number: int) -> list[Key]:
    """The first of those that have no day."""
    where, values = _undated(asked, known)
    statement = f"SELECT NOT {asked.is_ours()} AS theirs, l.id {FROM} WHERE {where} ORDER BY theirs, l.id LIMIT :number"
    rows = asked.driver.execute(statement, values | {"number": number})
    return [(bool(theirs), _FAR.isoformat(), "", each) for theirs, each in rows]


def _undated(asked: AskedRegister, known: list[Key]) -> tuple[str, dict[str, Any]]:
    span = DaySpan(dt.date.min, dt.date.max, Status.OPEN)
    values = asked.values(span) | {"known": json.dumps([key[3] for key in known])}
    where = f"{asked.where(span)} AND l.kind <> 'recurring' AND l.due IS NULL"
    return f"{where} AND l.id NOT IN (SELECT value FROM json_each(:known))", values


def _known_anchors(asked: AskedRegister) -> list[str]:
    """The anchors that name a day, or an event that the archive may know."""
    rows = asked.driver.execute(_ANCHORS)
    return [anchor for (anchor,) in rows if anchor and _names_event(anchor)]


_ANCHORS = "SELECT DISTINCT anchor FROM deadlines WHERE kind = 'after_event' AND hidden = 0 AND due IS NULL"


@lru_cache(maxsize=10_000)
def _names_event(anchor: str) -> bool:
    some = dt.date(2000, 1, 1)
    return event_of(anchor, Events(some, some)) is not None


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
