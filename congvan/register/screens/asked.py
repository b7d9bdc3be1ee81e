"""What every part of a screen asks of a deadline: whose it is, what was said of it, whether it may be shown."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from congvan.archive.index.dialects.dialect import Asker
from congvan.archive.index.keys import body_key
from congvan.register.entries import Status
from congvan.register.handled import Said, what_was_said
from congvan.register.settings import Settings

Key = tuple[bool, str, str, str]
"""By what lines are sorted: ours first, then the day, the hour, the id that the line is listed with."""


class Group(StrEnum):
    """The groups of the register, seen from today."""

    LATE = "late"
    WEEK = "week"
    LATER = "later"
    UNDATED = "undated"
    DONE = "done"
    NOT_OURS = "not_ours"
    DAY = "day"


class Whose(StrEnum):
    """Whose deadlines are asked for: everybody's, ours alone, or ours and those that name nobody."""

    ALL = "all"
    OURS = "ours"
    OURS_OR_NOBODYS = "ours_or_nobodys"


class DaySpan(NamedTuple):
    """The first and the last day of a group, and of which status its deadlines are (LATE ones are open and past)."""

    low: dt.date
    high: dt.date
    status: Status


@dataclass(frozen=True)
class AskedRegister:
    """One question to the register: the index, the day, whose deadlines, and what was said of those that moved."""

    asker: Asker
    today: dt.date
    settings: Settings
    hidden: Collection[str]
    unit: str | None
    whose: Whose
    said: Said
    moved: Mapping[str, str]

    def values(self, span: DaySpan) -> dict[str, Any]:
        """What the statements made of `where` are given."""
        closed = [each for each, status in self.moved.items() if status in (Status.DONE, Status.NOT_OURS)]
        chosen = [each for each, status in self.moved.items() if status == span.status]
        return {
            "status": span.status.value,
            "moved": json.dumps(closed if span.status is Status.OPEN else chosen),
            "hidden": json.dumps(sorted(self.hidden)),
            "unit": f" {body_key(self.unit) or ''} ",
        } | {f"name_{place}": f" {name} " for place, name in enumerate(self._names())}  # fmt: skip

    def where(self, span: DaySpan) -> str:
        """Conditions on `l` (deadlines), in the order of its indexes."""
        parts = ["l.hidden = FALSE"]
        moved = self.asker.listed("moved")
        if span.status is Status.OPEN:
            parts.append("l.closed = FALSE" + (f" AND l.id NOT IN ({moved})" if self.moved else ""))
        else:
            of_own = "SELECT 1 FROM handling h WHERE h.deadline_id = l.id AND h.status = :status"
            said = f"l.closed IN (FALSE, TRUE) AND (l.closed AND EXISTS ({of_own}) OR l.id IN ({moved}))"
            parts.append(said if self.moved else f"l.closed = TRUE AND EXISTS ({of_own})")
        if self.hidden:
            parts.append(f"l.dispatch_id NOT IN ({_hidden(self.asker)})")
        if self.unit:
            parts.append(self.asker.holds("' ' || l.assignees_key || ' '", "unit"))
        if self.whose is Whose.OURS:
            parts.append(self.is_ours())
        if self.whose is Whose.OURS_OR_NOBODYS:
            parts.append(f"(coalesce(l.assignees, '') = '' OR {self.is_ours()})")
        return " AND ".join(parts)

    def is_ours(self) -> str:
        """Whether one of our office's names stands among those who must act, in SQL."""
        whom = "' ' || coalesce(l.assignees_key, '') || ' '"
        tests = [self.asker.holds(whom, f"name_{place}") for place, _ in enumerate(self._names())]
        return f"({' OR '.join(tests)})" if tests else "FALSE"

    def of_ids(self, ids: Collection[str]) -> dict[str, bool]:
        """Of these deadlines, those that are shown and wanted, and whether each is ours."""
        span = DaySpan(self.today, self.today, Status.OPEN)
        statement = (
            f"SELECT l.id, {self.is_ours()} {FROM} WHERE {self.where(span)} AND l.id IN ({self.asker.listed('ids')})"
        )
        rows = self.asker.execute(statement, self.values(span) | {"ids": json.dumps(sorted(ids))})
        return {each: bool(ours) for each, ours in rows}

    def _names(self) -> list[str]:
        return [key for name in self.settings.unit.names if (key := body_key(name))]


def within(known: list[Key], span: DaySpan) -> list[Key]:
    """Those of a span of days."""
    low, high = span.low.isoformat(), span.high.isoformat()
    return [key for key in known if low <= key[1] <= high]


FROM = "FROM deadlines l"


def _hidden(asker: Asker) -> str:
    """The dispatches of hidden files, and their copies."""
    of_file = f"SELECT id FROM dispatches WHERE file_sha256 IN ({asker.listed('hidden')})"
    return f"{of_file} UNION ALL SELECT id FROM dispatches WHERE copy_of IN ({of_file})"


def ask_register(
    asker: Asker, today: dt.date, settings: Settings, hidden: Collection[str], unit: str | None, whose: Whose
) -> AskedRegister:
    """A question, with what was said of deadlines that have another id now found again."""
    said = what_was_said(asker)
    return AskedRegister(asker, today, settings, hidden, unit, whose, said, _moved(asker, said))


def _moved(asker: Asker, said: Said) -> dict[str, str]:
    """The status of each deadline of which something was said under another id, and nothing under its own."""
    found: dict[str, str] = {}
    for (lead, directive, sign, day), (status, _, _) in said.moved.items():
        rows = asker.execute(_OF_LEAD, {"lead": lead, "directive": directive}).fetchall()
        for each, phrase, due in rows:
            if sign in (body_key(phrase), due):
                found[f"{each}@{day}" if day else each] = status
    return found


_OF_LEAD = """
SELECT l.id, l.phrase, l.due FROM dispatches d JOIN deadlines l ON l.dispatch_id = d.id
LEFT JOIN handling h ON h.deadline_id = l.id
WHERE (d.id = :lead OR d.copy_of = :lead) AND coalesce(l.directive, '') = :directive AND h.status IS NULL
"""
