"""Search: words, quoted phrases and số hiệu, with or without marks, best first or by date.

Each passage stands in the full-text index twice, as printed and folded (no marks, đ as d). A query word that has
marks is looked up as printed or folded, printed hits weighing more. The number of a passage carries the date of its
dispatch, so a range of dates is a range of row numbers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import regex
from sqlalchemy import Engine, select

from congvan.archive.index.dialects import ask
from congvan.archive.index.dialects.dialect import Conditions, Term
from congvan.archive.index.keys import body_key, so_hieu_key
from congvan.archive.index.passages import first_row_number, search_fold
from congvan.archive.index.sql_tables import deadlines, dispatches
from vietnamese.fold import nfc

_TERM = regex.compile(r'"([^"]+)"|(\S+)')
_WORD = regex.compile(r"\w+")
HIT_START, HIT_END = "\x02", "\x03"
_COLUMNS = (
    "d.id, d.so_hieu, d.date, d.issuing_body, d.subject, p.kind, p.pointer, p.text AS passage, p.folded, p.page, "
    "d.name, coalesce(d.copy_of, d.id) AS lead_id, d.number"
)


@dataclass(frozen=True)
class Filters:
    """What a hit must satisfy besides its words. `order`: `rank` (BM25, exact marks first) or `date` (newest first)."""

    issuer: str | None = None
    doc_type: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    unit: str | None = None
    order: Literal["rank", "date"] = "rank"
    limit: int = 20


@dataclass(frozen=True)
class SearchHit:
    """A passage that was found, with its dispatch. `snippet` marks the words hit with HIT_START and HIT_END."""

    dispatch_id: str
    so_hieu: str | None
    date: dt.date | None
    issuing_body: str | None
    subject: str | None
    kind: str
    pointer: str
    snippet: str
    page: int | None
    name: str
    lead_id: str
    number: int


class _Row(NamedTuple):
    """A row of the answer."""

    id: str
    so_hieu: str | None
    date: str | None
    issuing_body: str | None
    subject: str | None
    kind: str
    pointer: str
    passage: str
    folded: str
    page: int | None
    name: str
    lead_id: str
    number: int


def terms_of(words: str) -> list[str]:
    """The words and quoted phrases that a person typed, lower case, each number or sign as a phrase of its parts."""
    found = (" ".join(_WORD.findall(phrase or word)).lower() for phrase, word in _TERM.findall(nfc(words)))
    return [term for term in found if term]


def both_ways(terms: Iterable[str]) -> list[Term]:
    """The terms as typed and folded."""
    return [Term(term, search_fold(term)) for term in terms]


def conditions_of(filters: Filters) -> Conditions:
    """The conditions that filters make; the number of a passage carries its day."""
    found = Conditions([], [], dict[str, Any]())
    if filters.start:
        found.of_number.append("{number} >= :low")
        found.values["low"] = first_row_number(filters.start)
    if filters.end:
        found.of_number.append("{number} < :high")
        found.values["high"] = first_row_number(filters.end + dt.timedelta(days=1))
    if filters.issuer:
        found.of_rows.append("d.issuing_body_key LIKE :issuer")
        found.values["issuer"] = f"%{body_key(filters.issuer)}%"
    if filters.doc_type:
        found.of_rows.append("d.doc_type = :doc_type")
        found.values["doc_type"] = filters.doc_type
    if filters.unit:
        found.of_rows.append("p.folded LIKE :unit")
        found.values["unit"] = f"%{search_fold(nfc(filters.unit))}%"
    return found


def search(engine: Engine, words: str, filters: Filters | None = None) -> list[SearchHit]:
    """The passages that hold all of the words. A word without marks finds it with any; `đ` and `d` are one."""
    filters = filters or Filters()
    terms = terms_of(words)
    if not terms:
        return []
    asked, conditions = both_ways(terms), conditions_of(filters)
    folded = [term.folded.split() for term in asked]
    with engine.connect() as connection:
        rows = ask(connection).find(asked, conditions, _COLUMNS, filters.order == "rank", filters.limit)
        return [_hit(_Row._make(row), folded) for row in rows]


def _hit(row: _Row, terms: list[list[str]]) -> SearchHit:
    date = dt.date.fromisoformat(row.date) if row.date else None
    snippet = _snippet(row.passage, _spans(row.folded, terms))
    return SearchHit(
        row.id, row.so_hieu, date, row.issuing_body, row.subject, row.kind, row.pointer, snippet, row.page, row.name,
        row.lead_id, row.number,
    )  # fmt: skip


def _spans(folded: str, terms: list[list[str]]) -> list[tuple[int, int]]:
    """Where the terms stand in a folded text, each as its words, in order, not overlapping."""
    words = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(folded)]
    spans, end = [], 0
    for place, (_, start, _) in enumerate(words):
        lengths = [len(term) for term in terms if [word[0] for word in words[place : place + len(term)]] == term]
        if lengths and start >= end:
            end = words[place + max(lengths) - 1][2]
            spans.append((start, end))
    return spans


def _snippet(passage: str, spans: list[tuple[int, int]], around: int = 90) -> str:
    """The part of a passage around its first hit, cut at spaces, its hits marked."""
    first = spans[0][0] if spans else 0
    start = 0 if first <= around else passage.find(" ", first - around) + 1
    end = len(passage) if len(passage) - first <= 2 * around else passage.rfind(" ", first, first + 2 * around)
    end = len(passage) if end < 0 else end
    pieces, place = ["…" if start else ""], start
    for low, high in spans:
        if start <= low and high <= end:
            pieces += [passage[place:low], HIT_START, passage[low:high], HIT_END]
            place = high
    return "".join([*pieces, passage[place:end], "…" if end < len(passage) else ""])


def has_deadline(engine: Engine, deadline_id: str) -> bool:
    """Whether the archive knows a deadline."""
    with engine.connect() as connection:
        return connection.scalar(select(deadlines.c.id).where(deadlines.c.id == deadline_id)) is not None


def find_number(engine: Engine, so_hieu: str) -> list[str]:
    """The dispatches with a số hiệu, in any of its forms (`1499`, `1499-CV/HU`, `1499 CV HU`), copies left out."""
    key = so_hieu_key(so_hieu)
    if not key:
        return []
    columns = dispatches.c
    of_number = (columns.so_hieu_key == key) | columns.so_hieu_key.startswith(f"{key} ", autoescape=True)
    statement = select(columns.id).where(columns.copy_of.is_(None), of_number)
    with engine.connect() as connection:
        return list(connection.scalars(statement.order_by(columns.date.desc().nulls_last(), columns.id)))
