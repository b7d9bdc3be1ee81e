"""Copies and editions: several files of one dispatch. Linked and reported, never deleted.

Which copy leads is decided by what is whole, never by what has few warnings: a torn copy has few. A later state of one
path, then a later edition (đính chính, a reissue under its number), then the more complete, signed, printed one leads.
What the others have and the leader lacks stays in the register, marked.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from rapidfuzz import fuzz
from sqlalchemy import Connection, Engine, Row, or_, select, update

from congvan.archive.index.keys import body_key
from congvan.archive.index.kinship import may_be_one, why_one
from congvan.archive.index.sql_tables import deadlines, dispatches, states

_COMPLETE = 0.85
_MOST_MEMBERS = 200
_SAME_PHRASE = 85.0
_NAME_OF_COPY = re.compile(r"^(?:ban sao|sao chep|copy)\b|\bcopy(?: \d+)?$|[ _]\d$")
_NAME_BY_MACHINE = re.compile(
    r"^(?:z\d{9,}(?:_[0-9a-f]{6,})?|(?:img|image|dsc|photo|scan|doc|pdf|file|received|viber_image|screenshot|untitled)"
    r"[ _]*[\d_ ]*|[0-9a-f]{8}(?: ?[0-9a-f]{4}){3} ?[0-9a-f]{12}|[0-9a-f]{24,}|[\d_ ]{8,})(?: \d)?$"
)
"""Names that a messenger (Zalo: z and the time in milliseconds), a camera, a scanner or a program gave: they tell a
person nothing, so of two files that are equally good the other leads.
"""

_REPLACED = ("edition", "path")
Link = dict[tuple[str, str], str]
"""Why each two members of a group are one."""


def link_copies(connection: Connection, dispatch_id: str) -> None:
    """Find the copies of a dispatch, let the best of them lead, and see which deadlines the register shows."""
    row = connection.execute(select(dispatches).where(dispatches.c.id == dispatch_id)).one_or_none()
    if row is None:
        return
    members, links = _group(connection, row)
    if len(members) == 1:
        return
    newer = _newer(connection, members)
    left = sorted(members.values(), key=lambda member: _rank(member, list(members.values()), newer))
    while left:
        leader, *others = left
        followers = [other for other in others if (leader.id, other.id) in links]
        _follow(connection, leader, followers, links)
        _show_deadlines(connection, leader, followers, links)
        left = [other for other in others if other not in followers]


def _group(connection: Connection, row: Row[Any]) -> tuple[dict[str, Row[Any]], Link]:
    """A dispatch with all that is one with it, or with one of those."""
    members, links, queue = {row.id: row}, Link(), [row]
    while queue and len(members) < _MOST_MEMBERS:
        one = queue.pop()
        for other in may_be_one(connection, one):
            reason = links.get((one.id, other.id)) or why_one(connection, one, other)
            if reason is None:
                continue
            links[one.id, other.id] = links[other.id, one.id] = reason
            if other.id not in members:
                members[other.id] = other
                queue.append(other)
    return members, links


def _newer(connection: Connection, members: dict[str, Row[Any]]) -> dict[str, str]:
    """The hash of each member's file, and of the one that came to its path after it."""
    hashes = [member.file_sha256 for member in members.values()]
    found = connection.execute(select(states).where(states.c.sha256.in_(hashes), states.c.former.in_(hashes)))
    return {each.former: each.sha256 for each in found}


def _rank(row: Row[Any], group: Sequence[Row[Any]], newer: dict[str, str]) -> tuple[Any, ...]:
    """The less, the better: later state, later edition, whole, signed, final, printed, longest; then by name."""
    others = [other for other in group if other.id != row.id]
    outdated = any(
        other.so_hieu_key == row.so_hieu_key and row.date and other.date and other.date > row.date
        for other in others
        if row.so_hieu_key
    )
    scanned = row.ocr_confidence is not None
    pages = [other.pages for other in others if other.pages and scanned and other.ocr_confidence is not None]
    torn = row.words < _COMPLETE * max(other.words for other in group) or (row.pages or 0) < max(pages, default=0)
    stem = (row.name_key or "").rsplit(" ", 1)[0]
    named = bool(_NAME_OF_COPY.search(stem) or _NAME_BY_MACHINE.search(stem))
    return (
        row.file_sha256 in newer, outdated, torn, row.signers is None, row.is_draft, scanned, -row.words,
        named, row.name, row.id,
    )  # fmt: skip


def _follow(connection: Connection, leader: Row[Any], followers: Sequence[Row[Any]], links: Link) -> None:
    for member in (leader, *followers):
        values: dict[str, str | None] = {"copy_of": None, "copy_reason": None}
        if member.id != leader.id:
            values = {"copy_of": leader.id, "copy_reason": links[leader.id, member.id]}
        connection.execute(update(dispatches).where(dispatches.c.id == member.id).values(**values))


def _show_deadlines(connection: Connection, leader: Row[Any], followers: Sequence[Row[Any]], links: Link) -> None:
    """The union of the copies' deadlines: what the leader lacks is shown too, and what only one has is marked.

    Of an earlier edition or state, a deadline of an item that has another now is replaced, and hidden.
    """
    own = _deadlines_of(connection, leader.id)
    shown = list(own)
    for member in followers:
        replaced = {each.directive for each in own} if links[leader.id, member.id] in _REPLACED else set()
        for each in _deadlines_of(connection, member.id):
            hidden = each.directive in replaced or any(_is_one(each, other) for other in shown)
            _mark(connection, each, hidden, None if hidden else member.name)
            shown += [] if hidden else [each]
    whole = [member for member in followers if member.words >= _COMPLETE * leader.words]
    theirs = [each for member in followers for each in _deadlines_of(connection, member.id)]
    for each in own:
        alone = bool(whole) and not any(_is_one(each, other) for other in theirs)
        _mark(connection, each, False, leader.name if alone else None)


def _deadlines_of(connection: Connection, dispatch_id: str) -> list[Row[Any]]:
    of_it = select(deadlines).where(deadlines.c.dispatch_id == dispatch_id)
    return list(connection.execute(of_it.order_by(deadlines.c.due.nulls_first(), deadlines.c.id)).all())


def _mark(connection: Connection, deadline: Row[Any], hidden: bool, only_in: str | None) -> None:
    if (bool(deadline.hidden), deadline.only_in) != (hidden, only_in):
        values = {"hidden": hidden, "only_in": only_in}
        connection.execute(update(deadlines).where(deadlines.c.id == deadline.id).values(**values))


def _is_one(one: Row[Any], other: Row[Any]) -> bool:
    """Whether two copies say the same deadline: due at the same time, or, where no day is known, in the same words."""
    if one.due is not None and other.due is not None:
        return bool(one.due == other.due and (one.due_time == other.due_time or not (one.due_time and other.due_time)))
    if (one.due is None) != (other.due is None) or one.recurrence != other.recurrence:
        return False
    return fuzz.ratio(body_key(one.phrase) or "", body_key(other.phrase) or "") >= _SAME_PHRASE


def unlink(connection: Connection, ids: Sequence[str]) -> list[str]:
    """Free these dispatches and those that follow them or lead them. Gives the ids of the latter, to be linked anew."""
    of_them = dispatches.c.copy_of.in_(ids) | (
        dispatches.c.id.in_(select(dispatches.c.copy_of).where(dispatches.c.id.in_(ids)))
    )
    left = [each for each in connection.scalars(select(dispatches.c.id).where(of_them)) if each not in ids]
    freed = [*ids, *left]
    connection.execute(update(dispatches).where(dispatches.c.id.in_(freed)).values(copy_of=None, copy_reason=None))
    shown = update(deadlines).where(deadlines.c.dispatch_id.in_(freed))
    connection.execute(shown.values(hidden=False, only_in=None))
    return left


def relink(connection: Connection, ids: Sequence[str]) -> None:
    """Find anew with which dispatches these are one, after a person said something of them."""
    for dispatch_id in (*unlink(connection, ids), *ids):
        link_copies(connection, dispatch_id)


def copies_by_leader(engine: Engine) -> dict[str, list[str]]:
    """The copies of each dispatch that has any, by the id of the one that leads."""
    found: dict[str, list[str]] = {}
    statement = select(dispatches.c.id, dispatches.c.copy_of).where(dispatches.c.copy_of.is_not(None))
    with engine.connect() as connection:
        for row in connection.execute(statement.order_by(dispatches.c.id)):
            found.setdefault(row.copy_of, []).append(row.id)
    return found


class Pair(NamedTuple):
    """A copy and what leads it, by the names of their files, the due dates that only one of the two has, and why they
    are one.
    """

    so_hieu: str | None
    copy: str
    lead: str
    only_copy: tuple[dt.date, ...]
    only_lead: tuple[dt.date, ...]
    reason: str = "so_hieu"


def pairs_of(engine: Engine, dispatch_id: str) -> list[Pair]:
    """A dispatch's copies, or the one it is a copy of: which day holds is for a person to say where they differ."""
    copy, lead = dispatches.alias(), dispatches.alias()
    statement = (
        select(copy.c.id, lead.c.id, lead.c.so_hieu, copy.c.name, lead.c.name, copy.c.copy_reason)
        .join(lead, copy.c.copy_of == lead.c.id)
        .where(or_(copy.c.id == dispatch_id, copy.c.copy_of == dispatch_id))
        .order_by(copy.c.id)
    )
    with engine.connect() as connection:
        rows = connection.execute(statement).all()
        days = {each: _days(connection, each) for row in rows for each in row[:2]}
    return [
        Pair(
            so_hieu,
            name,
            lead_name,
            tuple(sorted(days[one] - days[other])),
            tuple(sorted(days[other] - days[one])),
            why,
        )
        for one, other, so_hieu, name, lead_name, why in rows
    ]


def _days(connection: Connection, dispatch_id: str) -> set[dt.date]:
    statement = select(deadlines.c.due).where(deadlines.c.dispatch_id == dispatch_id, deadlines.c.due.is_not(None))
    return set(connection.scalars(statement))
