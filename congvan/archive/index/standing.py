"""How far each dispatch is worked off, kept beside it: a list of a hundred thousand need not reckon it to show fifty.

What is kept follows what people said and what is doubted; whoever changes either calls `refresh` in his transaction.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, text

SETTLED = """EXISTS (SELECT 1 FROM settled s WHERE s.dispatch_id = o.dispatch_id
 AND (s.key = o.key OR o.former_keys LIKE '%' || s.key || '%'))"""
"""Whether a doubt `o` is settled, in SQL."""
_OPEN = f"FROM doubts o WHERE o.dispatch_id = dispatches.id AND NOT {SETTLED}"
_COUNTED = f"""
UPDATE dispatches SET
 open_doubts = (SELECT count(*) {_OPEN}),
 worst = (SELECT coalesce(max(o.weight * 1000 + CASE WHEN o.position < 999 THEN 999 - o.position ELSE 0 END), 0)
  {_OPEN}),
 entered = EXISTS (SELECT 1 FROM arrivals a WHERE a.dispatch_id = dispatches.id)
"""
_STATED = """
UPDATE dispatches SET state = CASE WHEN open_doubts > 0 THEN 'review'
 WHEN EXISTS (SELECT 1 FROM reviews r WHERE r.dispatch_id = dispatches.id AND r.status = 'reviewed') THEN 'done'
 ELSE 'new' END
"""


_ORPHANS = """
UPDATE handling SET orphan = NOT EXISTS (
 SELECT 1 FROM deadlines l WHERE l.id = CASE WHEN handling.day IS NULL THEN deadline_id
  ELSE substr(deadline_id, 1, length(deadline_id) - length(handling.day) - 1) END)
WHERE dispatch_id = :id
"""
_CLOSED = """
UPDATE deadlines SET closed = EXISTS (
 SELECT 1 FROM handling h WHERE h.deadline_id = deadlines.id AND h.status IN ('done', 'not_ours'))
"""


def see_what_was_said(connection: Connection, ids: Iterable[str | None]) -> None:
    """See which deadlines of these dispatches are closed, and of what was said which no record has any more."""
    values = [{"id": each} for each in ids if each]
    if values:
        connection.execute(text(_ORPHANS), values)
        connection.execute(text(f"{_CLOSED} WHERE dispatch_id = :id"), values)


def close_deadline(connection: Connection, deadline_id: str) -> None:
    """See whether one deadline is closed."""
    connection.execute(text(f"{_CLOSED} WHERE id = :id"), {"id": deadline_id})


def refresh(connection: Connection, ids: Iterable[str] | None = None) -> None:
    """Reckon anew how far these dispatches are worked off (all of them where none is named): doubts that are open,
    the weight of the worst, whether they stand in the book of arrivals, and their state.
    """
    where = "" if ids is None else " WHERE id = :id"
    values = [{"id": each} for each in ids or ()]
    if ids is not None and not values:
        return
    for statement in (_COUNTED, _STATED):
        connection.execute(text(statement + where), values or {})
