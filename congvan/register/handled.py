"""What was said of deadlines, found again where a deadline has another id now.

Its words were corrected or read anew, or a better copy of its dispatch leads. Only a deadline of the same item with
the same words, or due on the same day, is taken for it: to miss one is worse than to be asked again.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from sqlalchemy import Engine

from congvan.archive.index.dialects import ask
from congvan.archive.index.dialects.dialect import Asker
from congvan.archive.index.keys import body_key

Handled = tuple[str, str | None, dt.date | None]
"""The status, and the reply's số hiệu and date."""

_OCCURRED = "SELECT deadline_id, status, reply_so_hieu, reply_date FROM handling WHERE day > ''"
_MOVED = """
SELECT h.deadline_id, coalesce(d.copy_of, d.id), h.directive, h.phrase, h.due, h.status, h.reply_so_hieu, h.reply_date,
       coalesce(d.so_hieu, d.name)
FROM handling h JOIN dispatches d ON d.id = h.dispatch_id
WHERE h.deadline_id IN (
    SELECT deadline_id FROM handling WHERE orphan = TRUE UNION ALL
    SELECT o.deadline_id FROM dispatches c {driving_join} handling o ON o.dispatch_id = c.id
    WHERE c.copy_of > '')
ORDER BY h.time
"""
_OF_DISPATCH = "SELECT directive, phrase, due FROM deadlines WHERE dispatch_id = :lead"


class Said(NamedTuple):
    """All that was said of single days of a series (`id@day`), and of deadlines that have another id now."""

    occurred: dict[str, Handled]
    moved: dict[tuple[str, str, str, str], Handled]


class Unplaced(NamedTuple):
    """Something said of a deadline that is no more: its status, words, and the dispatch's số hiệu."""

    status: str
    phrase: str
    so_hieu: str


def what_was_said(asker: Asker) -> Said:
    """Read it from the index."""
    occurred = {key: (status, reply, _day(day)) for key, status, reply, day in asker.execute(_OCCURRED)}
    moved: dict[tuple[str, str, str, str], Handled] = {}
    for deadline_id, lead, directive, phrase, due, *facts, _ in asker.execute(_moved(asker)):
        status, reply, day = facts
        occurrence = deadline_id.partition("@")[2]
        for sign in _signs(phrase, due):
            moved[lead, directive or "", sign, occurrence] = (status, reply, _day(day))
    return Said(occurred, moved)


def find_moved(
    said: Said, dispatch_id: str, directive: str | None, signs: tuple[str, str | None], occurrence: str
) -> Handled | None:
    """What was said of a deadline, known by its words and day (`signs`), when it had another id."""
    if not said.moved:
        return None
    keys = ((dispatch_id, directive or "", sign, occurrence) for sign in _signs(*signs))
    return next((said.moved[key] for key in keys if key in said.moved), None)


def unplaced(engine: Engine) -> list[Unplaced]:
    """What was said of deadlines that no record has any more."""
    with engine.connect() as connection:
        asker, found = ask(connection), []
        for _, lead, directive, phrase, due, status, _, _, so_hieu in asker.execute(_moved(asker)).fetchall():
            known = asker.execute(_OF_DISPATCH, {"lead": lead})
            signs = {(each[0] or "", sign) for each in known for sign in _signs(each[1], each[2])}
            if not any((directive or "", sign) in signs for sign in _signs(phrase, due)):
                found.append(Unplaced(status, phrase, so_hieu))
    return found


def _moved(asker: Asker) -> str:
    return _MOVED.format(driving_join=asker.driving_join)


def _signs(phrase: str | None, due: str | None) -> list[str]:
    return [sign for sign in (body_key(phrase), due) if sign]


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
