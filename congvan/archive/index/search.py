"""Search: words, quoted phrases and số hiệu, with or without marks, best first or by date.

Each passage stands in the full-text index twice, as printed and folded (no marks, đ as d). A query word that has
marks is looked up as printed or folded, printed hits weighing more. The number of a passage carries the date of its
dispatch, so a range of dates is a range of row numbers, which FTS5 reads from one end.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import regex
from sqlalchemy import Engine, text

from congvan.archive.index.index import first_row_number
from congvan.archive.index.keys import body_key, so_hieu_key
from congvan.archive.index.passages import search_fold
from vietnamese.fold import nfc

_TERM = regex.compile(r'"([^"]+)"|(\S+)')
_WORD = regex.compile(r"\w+")
HIT_START, HIT_END = "\x02", "\x03"
_EXACT_WEIGHT, _FOLDED_WEIGHT = 2.0, 1.0


_JOINED = "JOIN passages p ON p.id = passages_fts.rowid JOIN dispatches d ON d.number = p.dispatch"


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


def match_expression(terms: list[str]) -> str:
    """The FTS5 query for these terms: all of them, as printed or folded.

    >>> match_expression(["đốc", "ket nap"])
    '({text}: "đốc" OR {folded}: "doc") AND {folded}: "ket nap"'
    """
    parts = []
    for term in terms:
        folded = search_fold(term)
        plain = f'{{folded}}: "{folded}"'
        parts.append(plain if term == folded else f'({{text}}: "{term}" OR {plain})')
    return " AND ".join(parts)


def search(engine: Engine, words: str, filters: Filters | None = None) -> list[SearchHit]:
    """The passages that hold all of the words. A word without marks finds it with any; `đ` and `d` are one."""
    filters = filters or Filters()
    terms = terms_of(words)
    if not terms:
        return []
    statement, values = _statement(filters)
    values |= {"expression": match_expression(terms), "limit": filters.limit}
    folded = [search_fold(term).split() for term in terms]
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None  # asked directly: the index answers quicker than a statement is prepared
        return [_hit(_Row._make(row), folded) for row in driver.execute(statement, values)]


def _statement(filters: Filters) -> tuple[str, dict[str, Any]]:
    """The full-text index is asked first, alone where it can be, so that only the rows shown are fetched."""
    conditions, values = _conditions(filters)
    of_index = [condition for condition in conditions if "passages_fts" in condition]
    of_rows = [condition for condition in conditions if "passages_fts" not in condition]
    weights = f"bm25(passages_fts, {_EXACT_WEIGHT}, {_FOLDED_WEIGHT})"
    order = weights if filters.order == "rank" else "passages_fts.rowid DESC"
    joined = _JOINED if of_rows else ""
    where = " AND ".join(["passages_fts MATCH :expression", *of_index, *of_rows])
    inner = f"SELECT passages_fts.rowid AS id, {order} AS place FROM passages_fts {joined} WHERE {where}"
    if filters.order == "date":
        inner = inner.replace(f", {order} AS place", "")
    limited = f"{inner} ORDER BY {order} LIMIT :limit"
    outer = "ORDER BY hits.place" if filters.order == "rank" else "ORDER BY hits.id DESC"
    return (
        f"SELECT d.id, d.so_hieu, d.date, d.issuing_body, d.subject, p.kind, p.pointer, p.text AS passage, "
        f"p.folded, p.page, d.name, coalesce(d.copy_of, d.id) AS lead_id, d.number "
        f"FROM ({limited}) hits JOIN passages p ON p.id = hits.id JOIN dispatches d ON d.number = p.dispatch {outer}",
        values,
    )


def _conditions(filters: Filters) -> tuple[list[str], dict[str, Any]]:
    parts, values = [], dict[str, Any]()
    if filters.start:
        parts.append("passages_fts.rowid >= :low")
        values["low"] = first_row_number(filters.start)
    if filters.end:
        parts.append("passages_fts.rowid < :high")
        values["high"] = first_row_number(filters.end + dt.timedelta(days=1))
    if filters.issuer:
        parts.append("d.issuing_body_key LIKE :issuer")
        values["issuer"] = f"%{body_key(filters.issuer)}%"
    if filters.doc_type:
        parts.append("d.doc_type = :doc_type")
        values["doc_type"] = filters.doc_type
    if filters.unit:
        parts.append("p.folded LIKE :unit")
        values["unit"] = f"%{search_fold(nfc(filters.unit))}%"
    return parts, values


def statement_parts(filters: Filters) -> tuple[str, dict[str, Any]]:
    """What the filters ask of a row, for a statement of one's own with `hits`, `p` and `d`; and the values."""
    parts, values = _conditions(filters)
    return " AND ".join(part.replace("passages_fts.rowid", "hits.id") for part in parts) or "1", values


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
        return connection.scalar(text("SELECT 1 FROM deadlines WHERE id = :id"), {"id": deadline_id}) is not None


def find_number(engine: Engine, so_hieu: str) -> list[str]:
    """The dispatches with a số hiệu, in any of its forms (`1499`, `1499-CV/HU`, `1499 CV HU`), copies left out."""
    key = so_hieu_key(so_hieu)
    if not key:
        return []
    statement = (
        "SELECT id FROM dispatches WHERE copy_of IS NULL AND (so_hieu_key = :key OR so_hieu_key LIKE :start) "
        "ORDER BY date DESC, id"
    )
    with engine.connect() as connection:
        return list(connection.scalars(text(statement), {"key": key, "start": f"{key} %"}))
