"""Recurring deadlines: reckoned once for each rule and wording, counted by the index.

Of a series the last day that was missed is late, for a year of missed months is one thing to do; what comes is listed
day by day. A rule whose days depend on where it begins (every second week) is reckoned for each deadline alone.
"""

from __future__ import annotations

import datetime as dt
import json
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from congvan.register.entries import Status
from congvan.register.occurrences import Terms, due_rule, occurrence_on
from congvan.register.screens.asked import FROM, AskedRegister, DaySpan, Key, within
from congvan.register.settings import DeadlineReading, Settings
from schemas.rrule import Recurrence

_YEAR = dt.timedelta(days=366)
_AHEAD = dt.timedelta(days=460)
_ENDS = ("recurrence", "phrase", "due_time")


class RuleWording(NamedTuple):
    """A rule with the words that it was said in, how many deadlines have them, and the latest day that one begins."""

    recurrence: str
    phrase: str
    due_time: str | None
    number: int
    ours: int
    latest: str | None


class Series:
    """The open recurring deadlines of one question."""

    def __init__(self, asked: AskedRegister) -> None:
        self._asked = asked
        self._today = asked.today.isoformat()
        self._said: dict[str, dict[str, str]] = {}
        for each, day, status in _said_of_days(asked):
            self._said.setdefault(day, {})[each] = status
        self._wordings, self._alone = list[tuple[RuleWording, list[str]]](), list(self._opened_alone())
        for wording in self._ask_wordings():
            rule = _rule_of(wording[:3], asked.settings.deadlines.before)
            if rule is not None and rule.interval > 1:
                self._alone += self._each_alone(wording, rule)
            elif rule is not None:
                self._wordings.append((wording, _days(rule, None, asked.today)))
        self._alone.sort()

    def _ask_wordings(self) -> Iterator[RuleWording]:
        span, ours = DaySpan(dt.date.min, dt.date.max, Status.OPEN), self._count_ours()
        statement = (
            f"SELECT l.recurrence, l.phrase, l.due_time, count(*), {ours}, max(l.begin) {FROM} "
            f"WHERE l.kind = 'recurring' AND {self._asked.where(span)} AND l.begin IS NOT NULL "
            "GROUP BY l.recurrence, l.phrase, l.due_time"
        )
        for row in self._asked.asker.execute(statement, self._asked.values(span)):
            yield RuleWording(*row)

    def _each_alone(self, wording: RuleWording, rule: Recurrence) -> Iterator[Key]:
        """The lines of a rule that counts in steps, so that its days depend on where it begins."""
        where, values = self._of(wording)
        statement = f"SELECT l.id, l.begin, {self._asked.is_ours()} {FROM} WHERE {where}"
        for each, begin, ours in self._asked.asker.execute(statement, values):
            for day in self._open_days(_days(rule, dt.date.fromisoformat(begin), self._asked.today), daily=False):
                if each not in self._closed(day, wording):
                    yield not ours, day, wording.due_time or "", f"{each}@{day}"

    def _opened_alone(self) -> Iterator[Key]:
        """Days that somebody said are open, of series that are closed as a whole."""
        opened = {(each, day) for day, said in self._said.items() for each, status in said.items() if status == "open"}
        before = self._asked.settings.deadlines.before
        for status in (Status.DONE, Status.NOT_OURS) if opened else ():
            for each, wording, days, theirs in _whole(self._asked, status):
                for day in self._open_days(days, daily=wording[0] == "FREQ=DAILY"):
                    other = None if each in self._said.get(day, {}) else _other(day, wording, before)
                    if (each, day) in opened or (each, other) in opened:
                        yield theirs, day, wording[2] or "", f"{each}@{day}"

    def _closed(self, day: str, wording: RuleWording) -> set[str]:
        """The deadlines that somebody said are done, or not ours, on a day; under the other reading's day too, since
        the setting may have been turned.
        """
        own, found = self._said.get(day, {}), set[str]()
        other = self._said.get(_other(day, wording[:3], self._asked.settings.deadlines.before) or "", {})
        for each, status in (other | own).items():
            if status in (Status.DONE, Status.NOT_OURS):
                found.add(each)
        return found

    def _open_days(self, days: list[str], daily: bool) -> list[str]:
        """The last day missed, and those to come; of what is due every day, the next one alone."""
        place = bisect_left(days, self._today)
        return days[place : place + 1] if daily else days[max(0, place - 1) :]

    def days_within(self, span: DaySpan) -> dict[str, list[RuleWording]]:
        """The wordings that fall due on each day of a span."""
        low, high = span.low.isoformat(), span.high.isoformat()
        found: dict[str, list[RuleWording]] = {}
        for wording, days in self._wordings:
            for day in self._open_days(days, wording.recurrence == "FREQ=DAILY"):
                if low <= day <= high:
                    found.setdefault(day, []).append(wording)
        return dict(sorted(found.items()))

    def count(self, span: DaySpan) -> tuple[int, int]:
        """How many lines a span has, and how many of them are ours."""
        alone = within(self._alone, span)
        count, ours = len(alone), sum(not theirs for theirs, *_ in alone)
        for day, wordings in self.days_within(span).items():
            for wording in wordings:
                count, ours = count + wording.number, ours + wording.ours
                if (wording.latest or "") > day:
                    more, more_ours = self._begun_after(wording, day)
                    count, ours = count - more, ours - more_ours
            gone, gone_ours = self._closed_on(day, wordings)
            count, ours = count - gone, ours - gone_ours
        return count, ours

    def first(self, span: DaySpan, number: int) -> list[Key]:
        """The first lines of a span."""
        found: list[Key] = []
        by_day = self.days_within(span)
        for ours in (True, False):
            for day, wordings in by_day.items():
                if len(found) < number and (not ours or any(wording.ours for wording in wordings)):
                    found += self._lines(day, wordings, ours, number - len(found))
        return sorted([*found, *within(self._alone, span)])[:number]

    def _begun_after(self, wording: RuleWording, day: str) -> tuple[int, int]:
        where, values = self._of(wording)
        statement = f"SELECT count(*), {self._count_ours()} {FROM} WHERE {where} AND l.begin > :day"
        count, ours = self._asked.asker.execute(statement, values | {"day": day}).fetchone()
        return int(count), int(ours)

    def _closed_on(self, day: str, wordings: list[RuleWording]) -> tuple[int, int]:
        """How many of the deadlines that fall due on a day are closed for that day."""
        count = ours = 0
        for wording in wordings:
            ids = self._closed(day, wording)
            if not ids:
                continue
            where, values = self._of(wording)
            statement = (
                f"SELECT count(*), {self._count_ours()} {FROM} "
                f"WHERE {where} AND l.begin <= :day AND l.id IN ({self._asked.asker.listed('ids')})"
            )
            given = values | {"day": day, "ids": json.dumps(sorted(ids))}
            more, more_ours = self._asked.asker.execute(statement, given).fetchone()
            count, ours = count + more, ours + more_ours
        return count, ours

    def _lines(self, day: str, wordings: list[RuleWording], ours: bool, number: int) -> list[Key]:
        found: list[Key] = []
        for wording in wordings:
            closed = self._closed(day, wording)
            where, values = self._of(wording)
            condition = self._asked.is_ours() if ours else f"NOT {self._asked.is_ours()}"
            statement = (
                f"SELECT l.id, coalesce(l.due_time, '') {FROM} WHERE {where} AND {condition} AND l.begin <= :day "
                "ORDER BY 2, l.id LIMIT :number"
            )
            rows = self._asked.asker.execute(statement, values | {"day": day, "number": number + len(closed)})
            found += [(not ours, day, hour, f"{each}@{day}") for each, hour in rows if each not in closed]
        return sorted(found)[:number]

    def _count_ours(self) -> str:
        return f"count(*) FILTER (WHERE {self._asked.is_ours()})"

    def _of(self, wording: RuleWording) -> tuple[str, dict[str, Any]]:
        span = DaySpan(dt.date.min, dt.date.max, Status.OPEN)
        values = self._asked.values(span) | dict(zip(_ENDS, wording[:3], strict=True))
        ends = [self._asked.asker.same(f"l.{name}", name) for name in _ENDS]
        return " AND ".join(("l.kind = 'recurring'", *ends, self._asked.where(span))), values


def closed(asked: AskedRegister, span: DaySpan) -> list[Key]:
    """The days of series of which somebody said that they are done, or not ours; of a series of which that was said as
    a whole, the last day before today, or the next.
    """
    said = {(each, day): status for each, day, status in _said_of_days(asked)}
    single = {place for place, status in said.items() if status == span.status}
    before = asked.settings.deadlines.before
    found: list[Key] = []
    for each, wording, days, theirs in _whole(asked, span.status):
        place = max(0, bisect_left(days, asked.today.isoformat()) - 1)
        for day in days[place : place + 1]:
            of_day = said.get((each, day)) or said.get((each, _other(day, wording, before) or "")) or span.status
            found += [(theirs, day, wording[2] or "", f"{each}@{day}")] if of_day == span.status else []
    days_said = asked.of_ids({each for each, _ in single}) if single else {}
    found += [(not days_said[each], day, "", f"{each}@{day}") for each, day in single if each in days_said]
    return within(sorted(set(found)), span)


def _whole(asked: AskedRegister, status: Status) -> Iterator[tuple[str, tuple[str, str, str | None], list[str], bool]]:
    """The series that are closed as a whole: their wording, their days, whether they are others'."""
    span = DaySpan(dt.date.min, dt.date.max, status)
    statement = (
        f"SELECT l.id, l.recurrence, l.phrase, l.due_time, l.begin, NOT {asked.is_ours()} {FROM} "
        f"WHERE l.kind = 'recurring' AND l.begin IS NOT NULL AND {asked.where(span)}"
    )
    for each, recurrence, phrase, hour, begin, theirs in asked.asker.execute(statement, asked.values(span)):
        rule = _rule_of((recurrence, phrase, hour), asked.settings.deadlines.before)
        if rule is not None:
            days = _days(rule, dt.date.fromisoformat(begin) if rule.interval > 1 else None, asked.today)
            yield each, (recurrence, phrase, hour), [day for day in days if day >= begin], bool(theirs)


def _said_of_days(asked: AskedRegister) -> Iterator[tuple[str, str, str]]:
    """The deadlines and days of which something was said, and what."""
    for name, (status, _, _) in asked.said.occurred.items():
        yield name.partition("@")[0], name.partition("@")[2], status
    for name, status in asked.moved.items():
        if "@" in name:
            yield name.partition("@")[0], name.partition("@")[2], status


@lru_cache(maxsize=20_000)
def _other(day: str, wording: tuple[str, str, str | None], before: Literal["strict", "printed"]) -> str | None:
    """The day of the other reading of `trước ngày`, where the wording has one."""
    recurrence, phrase, due_time = wording
    terms = Terms(phrase, "recurring", recurrence=recurrence, due_time=due_time)
    other = occurrence_on(dt.date.fromisoformat(day), terms, _reading(before)).other
    return other.isoformat() if other else None


@lru_cache(maxsize=20_000)
def _rule_of(wording: tuple[str, str, str | None], before: Literal["strict", "printed"]) -> Recurrence | None:
    recurrence, phrase, due_time = wording
    return due_rule(Terms(phrase, "recurring", recurrence=recurrence, due_time=due_time), _reading(before))


def _reading(before: Literal["strict", "printed"]) -> Settings:
    """All that these ask of the settings."""
    return Settings(deadlines=DeadlineReading(before=before))


@lru_cache(maxsize=20_000)
def _days(rule: Recurrence, begin: dt.date | None, today: dt.date) -> list[str]:
    """The days on which a rule falls due, from a year back to more than one ahead, for whatever began before them.

    Every part of such a rule is explicit (`due_rule`), so that its days are the same wherever it begins; of one that
    counts in steps `begin` says where.
    """
    low, high = (dt.datetime.combine(day, dt.time()) for day in (today - _YEAR, today + _AHEAD))
    moments = rule.series(begin or low.date()).between(low, high, inc=True)
    return list(dict.fromkeys(moment.date().isoformat() for moment in moments))
