"""Whether two files are one dispatch.

The rules make số, ký hiệu and issuing body the natural key (Nghị định 30/2020, Phụ lục VI: the register warns of a
repetition), within a calendar year for State bodies and within a committee's term for Party bodies. Where a number is
missing, as in most scans, nearly equal words make one dispatch of two files only if nothing printed forbids it: monthly
reminders, invitations and forms are alike and are many.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Literal

from rapidfuzz import fuzz
from sqlalchemy import Connection, Row, or_, select

from congvan.archive.index.keys import distance
from congvan.archive.index.person_tables import copy_says
from congvan.archive.index.sql_tables import dispatches, passages, states

Reason = Literal["so_hieu", "edition", "text", "path", "said"]
TERM_YEARS = 5
_NEAR = 3
_SAME_NAME = 85.0
_SAME_BEGINNING = 0.7
_LEAST_PAIRS = 8


def why_one(connection: Connection, one: Row[Any], other: Row[Any]) -> Reason | None:
    """Why two rows are one dispatch; None where they are two. What a person said comes first."""
    said = _said(connection, one.id, other.id)
    if said is not None:
        return "said" if said == "same" else None
    printed = _by_print(one, other)
    if printed is not None:
        return "path" if printed == "so_hieu" and follow(connection, one.file_sha256, other.file_sha256) else printed
    if _contradict(one, other, figures=False):
        return None
    follows = follow(connection, one.file_sha256, other.file_sha256)
    return "path" if follows and _one_begins_the_other(connection, one.number, other.number) else None


def _said(connection: Connection, one: str, other: str) -> str | None:
    first, second = sorted((one, other))
    statement = select(copy_says.c.verdict).where(copy_says.c.one == first, copy_says.c.other == second)
    return connection.scalar(statement)


def _by_print(one: Row[Any], other: Row[Any]) -> Reason | None:
    if one.so_hieu_key and one.so_hieu_key == other.so_hieu_key:
        same_body = one.issuing_body_key and one.issuing_body_key == other.issuing_body_key
        if not same_body or not _same_series(one, other):
            return None
        return "edition" if one.date and other.date and one.date != other.date else "so_hieu"
    if _contradict(one, other, figures=True) or not (one.fingerprint and other.fingerprint):
        return None
    return "text" if distance(one.fingerprint, other.fingerprint) <= _NEAR else None


def _contradict(one: Row[Any], other: Row[Any], figures: bool) -> bool:
    """Whether something printed says that these are two dispatches, however alike their words."""
    if any(_differ(one, other, name) for name in ("so_hieu_key", "date", "year")):
        return True
    if figures and one.figures != other.figures:
        return True
    names = ("issuing_body_key", "recipients_key")
    return any(_differ(one, other, name) and not _alike(getattr(one, name), getattr(other, name)) for name in names)


def _differ(one: Row[Any], other: Row[Any], name: str) -> bool:
    first, second = getattr(one, name), getattr(other, name)
    return bool(first and second and first != second)


def _alike(one: str, other: str) -> bool:
    return fuzz.ratio(one, other) >= _SAME_NAME


def _same_series(one: Row[Any], other: Row[Any]) -> bool:
    if one.year is None or other.year is None:
        return False
    if one.year == other.year:
        return True
    # Terms run 2020-2025, 2025-2030; a year in which one ends and the next begins belongs to neither surely.
    within = one.year % TERM_YEARS and other.year % TERM_YEARS and one.year // TERM_YEARS == other.year // TERM_YEARS
    return one.regime == other.regime == "party" and bool(within)


def follow(connection: Connection, one: str, other: str) -> bool:
    """Whether one of two contents came to the path where the other lay."""
    both = (states.c.sha256.in_((one, other))) & (states.c.former.in_((one, other)))
    return connection.scalar(select(states.c.sha256).where(both).limit(1)) is not None


def _one_begins_the_other(connection: Connection, one: int, other: int) -> bool:
    """Whether most of the shorter text's pairs of words stand in the longer: a scanner gives one name to many files."""
    first, second = (_pairs(connection, number) for number in (one, other))
    shorter = min(len(first), len(second))
    return shorter >= _LEAST_PAIRS and len(first & second) >= _SAME_BEGINNING * shorter


def _pairs(connection: Connection, number: int) -> set[tuple[str, str]]:
    texts = connection.scalars(select(passages.c.folded).where(passages.c.dispatch == number, _of(number)))
    found: set[tuple[str, str]] = set()
    for text in texts:
        words = text.split()
        found.update(pairwise(words))
    return found


def _of(number: int) -> Any:
    """The range of a dispatch's passages: there is no index by dispatch (`index`)."""
    return passages.c.id.between(number << 10, (number + 1 << 10) - 1)


def may_be_one(connection: Connection, row: Row[Any]) -> list[Row[Any]]:
    """The rows that may be one dispatch with a row: of its number, of like words, of its path, or said to be it."""
    columns = dispatches.c
    alike: list[Any] = [columns.so_hieu_key == row.so_hieu_key] if row.so_hieu_key else []
    for place in range(4):
        band = row._mapping[columns[f"band_{place}"]]
        if band is not None:
            alike.append(columns[f"band_{place}"] == band)
    said = connection.execute(select(copy_says).where((copy_says.c.one == row.id) | (copy_says.c.other == row.id)))
    named = {name for each in said for name in (each.one, each.other)}
    met = connection.execute(
        select(states).where((states.c.sha256 == row.file_sha256) | (states.c.former == row.file_sha256))
    )
    files = {name for each in met for name in (each.sha256, each.former)}
    alike += [columns.id.in_(named)] if named else []
    alike += [columns.file_sha256.in_(files)] if files else []
    if not alike:
        return []
    other = (columns.id != row.id) & (columns.file_sha256 != row.file_sha256)
    return list(connection.execute(select(dispatches).where(other, or_(*alike))).all())
