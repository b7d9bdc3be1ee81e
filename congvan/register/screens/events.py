"""Deadlines counted from an event: due on a day where the event is one that the archive knows, else undated."""

from __future__ import annotations

import datetime as dt
import json
from functools import lru_cache
from typing import Any, NamedTuple

from congvan.archive.index.dialects.dialect import Asker
from congvan.register.entries import Status
from congvan.register.occurrences import Events, Terms, occurrences
from congvan.register.screens.asked import FROM, AskedRegister, DaySpan, Key
from congvan.register.settings import Settings

_FAR = dt.date(dt.MAXYEAR, 12, 31)
_SOME_DAY = dt.date(2000, 6, 5)
_LATE_ARRIVAL = dt.timedelta(days=5 * 366)
"""A dispatch is not entered into the book longer after its issue."""
_LEAD = "(SELECT coalesce(c.copy_of, c.id) FROM dispatches c WHERE c.id = l.dispatch_id)"
_ARRIVED = f"""coalesce((SELECT a.date FROM arrivals a WHERE a.dispatch_id = {_LEAD}),
 (SELECT min(a.date) FROM dispatches g JOIN arrivals a ON a.dispatch_id = g.id WHERE g.copy_of = {_LEAD}))"""


def _of_terms(asker: Asker) -> str:
    """The deadlines that have one of the terms of a JSON list."""
    return (
        f"FROM {asker.rows_of('terms')} t CROSS JOIN deadlines l WHERE l.kind = 'after_event' "
        f"AND l.anchor = {asker.part(0)} AND l.timex = {asker.part(1)}"
    )


class _KnownTerms(NamedTuple):
    """The terms (anchor and length) that are counted from the day of issue, or a day that they name; and from arrival;
    each with the days that it takes at most.
    """

    by_issue: dict[tuple[str, str], int]
    by_arrival: dict[tuple[str, str], int]


def dated(asked: AskedRegister, status: Status, since: dt.date) -> list[Key]:
    """Those that are due on `since` or later and whose day is known, sorted; each with its day."""
    counted = _terms(asked)
    found: list[Key] = []
    for terms, event, before in (
        (counted.by_issue, "NULL", dt.timedelta()), (counted.by_arrival, _ARRIVED, _LATE_ARRIVAL)
    ):  # fmt: skip
        rows = [(*term, (since - before - dt.timedelta(days=days)).isoformat()) for term, days in terms.items()]
        if rows:
            found += _days(asked, status, event, json.dumps(rows))
    return sorted(key for key in found if key[1] >= since.isoformat())


def _days(asked: AskedRegister, status: Status, event: str, rows: str) -> list[Key]:
    span, asker = DaySpan(dt.date.min, dt.date.max, status), asked.asker
    statement = (
        f"SELECT l.id, l.anchor, l.timex, l.working_days, l.begin, {event}, {asked.is_ours()} "
        f"{_of_terms(asker)} AND l.due IS NULL AND l.begin >= {asker.day_part(2)} AND {asked.where(span)}"
    )
    found: list[Key] = []
    for each, anchor, timex, working, issued, arrived, ours in asker.execute(
        statement, asked.values(span) | {"terms": rows}
    ):
        term = (anchor, timex, bool(working))
        plain = not working and not timex.endswith("WD")
        due = _due(term, issued, arrived) if plain else _due_of(term, issued, arrived, asked.settings)
        found += [(not ours, due, "", each)] if due else []
    return found


def count_undated(asked: AskedRegister) -> tuple[int, int]:
    """How many open deadlines have no day, and how many of these are ours: those without one of their own, less those
    whose event is known. Either is counted in an index alone.
    """
    span, asker = DaySpan(dt.date.min, dt.date.max, Status.OPEN), asked.asker
    counted = f"SELECT count(*), count(*) FILTER (WHERE {asked.is_ours()})"
    where = f"l.due IS NULL AND {asked.where(span)}"
    statement = f"{counted} {FROM} WHERE l.kind <> 'recurring' AND {where}"
    count, ours = asker.execute(statement, asked.values(span)).fetchone()
    terms = _terms(asked)
    for of_kind, known in ((terms.by_issue, "l.begin IS NOT NULL"), (terms.by_arrival, f"{_ARRIVED} IS NOT NULL")):
        statement = f"{counted} {_of_terms(asker)} AND {where} AND {known}"
        given = asked.values(span) | {"terms": json.dumps(list(of_kind))}
        known_count, known_ours = asker.execute(statement, given).fetchone()
        count, ours = count - known_count, ours - known_ours
    return int(count), int(ours)


def first_undated(asked: AskedRegister, number: int) -> list[Key]:
    """The first of those that have no day."""
    where, values = _undated(asked)
    statement = f"SELECT NOT {asked.is_ours()} AS theirs, l.id {FROM} WHERE {where} ORDER BY theirs, l.id LIMIT :number"
    rows = asked.asker.execute(statement, values | {"number": number})
    return [(bool(theirs), _FAR.isoformat(), "", each) for theirs, each in rows]


def _undated(asked: AskedRegister) -> tuple[str, dict[str, Any]]:
    span = DaySpan(dt.date.min, dt.date.max, Status.OPEN)
    counted = _terms(asked)
    values = asked.values(span) | {
        name: json.dumps([" ".join(term) for term in terms]) for name, terms in counted._asdict().items()
    }
    term = "coalesce(l.anchor, '') || ' ' || coalesce(l.timex, '')"
    known = (
        f"l.kind = 'after_event' AND ({term} IN ({asked.asker.listed('by_issue')}) AND l.begin IS NOT NULL "
        f"OR {term} IN ({asked.asker.listed('by_arrival')}) AND {_ARRIVED} IS NOT NULL)"
    )
    return f"{asked.where(span)} AND l.kind <> 'recurring' AND l.due IS NULL AND NOT ({known})", values


def _terms(asked: AskedRegister) -> _KnownTerms:
    """The terms of the archive's deadlines whose event it may know."""
    found = _KnownTerms({}, {})
    for anchor, timex in asked.asker.execute(_TERMS):
        for terms, events in ((found.by_issue, (_SOME_DAY, None)), (found.by_arrival, (None, _SOME_DAY))):
            days = _length((anchor, timex, True), *events)
            if days is not None and (anchor, timex) not in found.by_issue:
                terms[anchor, timex] = days
    return found


_TERMS = """SELECT DISTINCT anchor, timex FROM deadlines
WHERE kind = 'after_event' AND hidden = FALSE AND due IS NULL AND anchor IS NOT NULL AND timex IS NOT NULL"""
Term = tuple[str, str, bool]


@lru_cache(maxsize=10_000)
def _length(term: Term, issued: dt.date | None, arrived: dt.date | None) -> int | None:
    """How many days a term takes at most (holidays left aside: a month more), or None where its event is another."""
    due = _due_day(term, issued, arrived, Settings())
    return None if due is None else max(0, (due - _SOME_DAY).days) + 31


@lru_cache(maxsize=100_000)
def _due(term: Term, issued: str | None, arrived: str | None) -> str | None:
    """Of a term to which no settings matter: it does not count working days."""
    return _due_of(term, issued, arrived, Settings())


def _due_of(term: Term, issued: str | None, arrived: str | None, settings: Settings) -> str | None:
    days = [dt.date.fromisoformat(day) if day else None for day in (issued, arrived)]
    due = _due_day(term, days[0], days[1], settings)
    return due.isoformat() if due else None


def _due_day(term: Term, issued: dt.date | None, arrived: dt.date | None, settings: Settings) -> dt.date | None:
    anchor, timex, working = term
    terms = Terms("", "after_event", anchor=anchor, timex=timex, working_days=working)
    found = occurrences(terms, Events(issued, arrived), (_SOME_DAY, _SOME_DAY), settings)
    return found[0].due if found else None
