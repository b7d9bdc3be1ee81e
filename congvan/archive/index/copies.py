"""Copies: several files of one dispatch (a scan and its Word original). Linked and reported, never deleted.

The rules make số, ký hiệu and issuing body the natural key (Nghị định 30/2020, Phụ lục VI: the register warns of a
repetition), within a calendar year for State bodies and within a committee's term for Party bodies.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, Row, or_, select, update

from congvan.archive.index.sql_tables import deadlines, dispatches

TERM_YEARS = 5
_BITS = 64
BANDS = 4
_BAND_BITS = _BITS // BANDS
_NEAR = 3
_LEAST_WORDS = 40


def fingerprint(words: Sequence[str]) -> int | None:
    """A 64-bit simhash of word triples (Charikar 2002): texts that differ in a few words differ in a few bits.

    None for a text too short to be told apart from others.
    """
    if len(words) < _LEAST_WORDS:
        return None
    weights = [0] * _BITS
    for start in range(len(words) - 2):
        digest = hashlib.blake2b(" ".join(words[start : start + 3]).encode(), digest_size=8).digest()
        number = int.from_bytes(digest)
        for bit in range(_BITS):
            weights[bit] += 1 if number >> bit & 1 else -1
    return sum(1 << bit for bit in range(_BITS) if weights[bit] > 0)


def bands(print_: int | None) -> list[int | None]:
    """A fingerprint in four parts: two that differ in at most three bits share a part."""
    if print_ is None:
        return [None] * BANDS
    mask = (1 << _BAND_BITS) - 1
    return [print_ >> (_BAND_BITS * place) & mask for place in range(BANDS)]


def link_copies(connection: Connection, dispatch_id: str) -> None:
    """Find the copies of a dispatch and let the best of them lead: not OCRed, fewest warnings, then by id."""
    row = connection.execute(select(dispatches).where(dispatches.c.id == dispatch_id)).one()
    group = {member.id: member for member in _candidates(connection, row) if _reason(row, member)}
    if not group:
        return
    group[row.id] = row
    leader = min(group.values(), key=_rank)
    for member in group.values():
        values: dict[str, str | None] = {"copy_of": None, "copy_reason": None}
        if member.id != leader.id:
            values = {"copy_of": leader.id, "copy_reason": _reason(leader, member) or _reason(row, member)}
        connection.execute(update(dispatches).where(dispatches.c.id == member.id).values(**values))


def copies_by_leader(engine: Engine) -> dict[str, list[str]]:
    """The copies of each dispatch that has any, by the id of the one that leads."""
    found: dict[str, list[str]] = {}
    statement = select(dispatches.c.id, dispatches.c.copy_of).where(dispatches.c.copy_of.is_not(None))
    with engine.connect() as connection:
        for row in connection.execute(statement.order_by(dispatches.c.id)):
            found.setdefault(row.copy_of, []).append(row.id)
    return found


class Pair(NamedTuple):
    """A copy and what leads it, by the names of their files, and the due dates that only one of the two has."""

    so_hieu: str | None
    copy: str
    lead: str
    only_copy: tuple[dt.date, ...]
    only_lead: tuple[dt.date, ...]


def pairs_of(engine: Engine, dispatch_id: str) -> list[Pair]:
    """A dispatch's copies, or the one it is a copy of: which day holds is for a person to say where they differ."""
    copy, lead = dispatches.alias(), dispatches.alias()
    statement = (
        select(copy.c.id, lead.c.id, lead.c.so_hieu, copy.c.name, lead.c.name)
        .join(lead, copy.c.copy_of == lead.c.id)
        .where(or_(copy.c.id == dispatch_id, lead.c.id == dispatch_id))
        .order_by(copy.c.id)
    )
    with engine.connect() as connection:
        rows = connection.execute(statement).all()
        days = {each: _days(connection, each) for row in rows for each in row[:2]}
    return [
        Pair(so_hieu, name, lead_name, tuple(sorted(days[one] - days[other])), tuple(sorted(days[other] - days[one])))
        for one, other, so_hieu, name, lead_name in rows
    ]


def _days(connection: Connection, dispatch_id: str) -> set[dt.date]:
    statement = select(deadlines.c.due).where(deadlines.c.dispatch_id == dispatch_id, deadlines.c.due.is_not(None))
    return set(connection.scalars(statement))


def _candidates(connection: Connection, row: Row[Any]) -> Iterable[Row[Any]]:
    alike = [dispatches.c.so_hieu_key == row.so_hieu_key] if row.so_hieu_key else []
    for place in range(BANDS):
        column = dispatches.c[f"band_{place}"]
        if row._mapping[column] is not None:
            alike.append(column == row._mapping[column])
    if not alike:
        return []
    other = (dispatches.c.id != row.id) & (dispatches.c.file_sha256 != row.file_sha256)
    return connection.execute(select(dispatches).where(other, or_(*alike))).all()


def _reason(one: Row[Any], other: Row[Any]) -> str | None:
    """Why two rows are one dispatch: `so_hieu`, `text`, or None where they are not."""
    if one.so_hieu_key and one.so_hieu_key == other.so_hieu_key:
        same_body = one.issuing_body_key and one.issuing_body_key == other.issuing_body_key
        return "so_hieu" if same_body and _same_series(one, other) else None
    if one.so_hieu_key and other.so_hieu_key:
        return None
    if one.fingerprint and other.fingerprint:
        distance = (int(one.fingerprint, 16) ^ int(other.fingerprint, 16)).bit_count()
        return "text" if distance <= _NEAR else None
    return None


def _same_series(one: Row[Any], other: Row[Any]) -> bool:
    if one.year is None or other.year is None:
        return False
    if one.year == other.year:
        return True
    # Terms run 2020-2025, 2025-2030; a year in which one ends and the next begins belongs to neither surely.
    within = one.year % TERM_YEARS and other.year % TERM_YEARS and one.year // TERM_YEARS == other.year // TERM_YEARS
    return one.regime == other.regime == "party" and bool(within)


def _rank(row: Row[Any]) -> tuple[bool, int, str]:
    return row.ocr_confidence is not None, row.warnings, row.id
