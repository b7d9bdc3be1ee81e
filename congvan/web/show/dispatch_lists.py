"""Lists of dispatches for the register's page: filtered, sorted and cut into pages by the index itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlalchemy import Engine

from congvan.archive.index.dialects import ask
from congvan.archive.index.dialects.dialect import Asker
from congvan.archive.index.keys import body_key
from congvan.archive.index.search import Filters, search

PAGE_ROWS = 50
_MOST_PASSAGES = 400
SORTS = {
    "ngay": "d.date DESC NULLS LAST, d.id",
    "ngay-tang": "d.date NULLS FIRST, d.id",
    "so-den": "a.year DESC, a.number DESC",
    "co-quan": "d.issuing_body_key NULLS FIRST, d.date DESC NULLS LAST, d.id",
    "so": "d.so_hieu_key NULLS FIRST, d.id",
}
STATES = {
    "chua-vao-so": "d.entered = FALSE",
    "da-vao-so": "d.entered = TRUE",
    "can-xem": "d.state = 'review'",
    "khong-so": "d.so_hieu IS NULL",
}


@dataclass(frozen=True)
class AskedFor:
    """Which dispatches to list: of all, or of those that `among` names. `words` are looked for in their texts; `page`
    counts from 1.
    """

    words: str = ""
    issuer: str = ""
    doc_type: str = ""
    unit: str = ""
    start: dt.date | None = None
    end: dt.date | None = None
    state: str = ""
    sort: str = "ngay"
    page: int = 1
    rows: int = PAGE_ROWS
    among: Collection[str] | None = None


class Listed(NamedTuple):
    """One dispatch of a list; `snippet` is the passage that was found, its words marked."""

    id: str
    so_hieu: str | None
    date: str | None
    issuing_body: str | None
    doc_type: str | None
    subject: str | None
    name: str
    warnings: int
    urgency: str | None
    number: int | None
    arrived: str | None
    unit: str | None
    pages: int | None
    snippet: str = ""
    more: int = 0


class Listing(NamedTuple):
    """A page of a list: its rows, how many there are in all, and whether there may be more than was counted."""

    rows: list[Listed]
    total: int
    open_ended: bool = False


_COLUMNS = (
    "d.id, d.so_hieu, d.date, d.issuing_body, d.doc_type, d.subject, d.name, d.open_doubts AS warnings, d.urgency, "
    "a.number, a.date AS arrived, a.unit, d.pages"
)
_FROM = "FROM dispatches d LEFT JOIN arrivals a ON a.dispatch_id = d.id"
_BY_BOOK = "FROM arrivals a {} dispatches d ON d.id = a.dispatch_id"


def list_dispatches(engine: Engine, wanted: AskedFor, hidden: Collection[str]) -> Listing:
    """The dispatches wanted, copies left out, and those of `hidden` files."""
    if wanted.words.strip():
        return _found(engine, wanted, hidden)
    order = SORTS.get(wanted.sort, SORTS["ngay"])
    window = {"limit": wanted.rows, "offset": (max(1, wanted.page) - 1) * wanted.rows}
    with engine.connect() as connection:
        asker = ask(connection)
        where, values = _conditions(asker, wanted, hidden)
        total = _count(asker, wanted, hidden)
        statement = f"SELECT {_COLUMNS} {_FROM} WHERE {where} ORDER BY {order} LIMIT :limit OFFSET :offset"
        if wanted.sort == "so-den":  # read in the order of the book: what is not in it is not sorted for nothing
            by_book = _BY_BOOK.format(asker.driving_join)
            statement = f"SELECT {_COLUMNS} {by_book} WHERE {where} ORDER BY {order} LIMIT :limit OFFSET :offset"
        rows = [Listed(*row) for row in asker.execute(statement, values | window)]
        if wanted.sort == "so-den" and len(rows) < wanted.rows:
            rows += _not_in_book(asker, wanted, hidden, len(rows))
    return Listing(rows, total)


def _not_in_book(asker: Asker, wanted: AskedFor, hidden: Collection[str], shown: int) -> list[Listed]:
    """What follows those that stand in the book, by day."""
    where, values = _conditions(asker, wanted, hidden)
    by_book = _BY_BOOK.format(asker.driving_join)
    entered = asker.execute(f"SELECT count(*) {by_book} WHERE {where}", values).fetchone()[0]
    statement = (
        f"SELECT {_COLUMNS} {_FROM} WHERE {where} AND d.entered = FALSE "
        f"ORDER BY {SORTS['ngay']} LIMIT :limit OFFSET :offset"
    )
    offset = max(0, (max(1, wanted.page) - 1) * wanted.rows - entered)
    window = {"limit": wanted.rows - shown, "offset": offset}
    return [Listed(*row) for row in asker.execute(statement, values | window)]


def count_dispatches(engine: Engine, wanted: AskedFor, hidden: Collection[str]) -> int:
    """How many dispatches a list without words has."""
    with engine.connect() as connection:
        return _count(ask(connection), wanted, hidden)


def _count(asker: Asker, wanted: AskedFor, hidden: Collection[str]) -> int:
    """All that are wanted less those of hidden files: the former are counted in an index, the latter are few."""
    where, values = _conditions(asker, wanted, ())
    tables = _FROM if "a." in where else "FROM dispatches d"
    total = int(asker.execute(f"SELECT count(*) {tables} WHERE {where}", values).fetchone()[0])
    if not hidden:
        return total
    # Found by their files, which are few.
    apart = where.replace("d.copy_of IS NULL", f"{asker.unindexed('d.copy_of')} IS NULL")
    of_hidden = f"SELECT count(*) {tables} WHERE {apart} AND {_in_hidden(asker)}"
    return total - int(asker.execute(of_hidden, values | {"hidden": _listed(hidden)}).fetchone()[0])


def _in_hidden(asker: Asker) -> str:
    return f"d.file_sha256 IN ({asker.listed('hidden')})"


def _listed(names: Iterable[str]) -> str:
    return "[" + ",".join(f'"{name}"' for name in names) + "]"


def issuers(engine: Engine) -> list[str]:
    """The bodies that issued most of the dispatches, for the filter."""
    statement = (
        "SELECT min(issuing_body) FROM dispatches WHERE issuing_body IS NOT NULL AND copy_of IS NULL "
        "GROUP BY issuing_body_key ORDER BY count(*) DESC LIMIT 200"
    )
    with engine.connect() as connection:
        return sorted(row[0] for row in ask(connection).execute(statement))


def _conditions(asker: Asker, wanted: AskedFor, hidden: Collection[str]) -> tuple[str, dict[str, Any]]:
    parts, values = ["d.copy_of IS NULL"], dict[str, Any]()
    if hidden:
        parts.append(f"NOT ({_in_hidden(asker)})")
        values["hidden"] = _listed(hidden)
    if wanted.issuer:
        parts.append("d.issuing_body_key LIKE :issuer")
        values["issuer"] = f"%{body_key(wanted.issuer)}%"
    if wanted.doc_type:
        parts.append("d.doc_type = :doc_type")
        values["doc_type"] = wanted.doc_type
    if wanted.unit:
        parts.append("lower(a.unit) LIKE :unit")  # of ASCII letters alone, in every database
        values["unit"] = "%" + "".join(sign.lower() if sign.isascii() else sign for sign in wanted.unit) + "%"
    for name, date, sign in (("start", wanted.start, ">="), ("end", wanted.end, "<=")):
        if date:
            parts.append(f"d.date {sign} :{name}")
            values[name] = date.isoformat()
    if wanted.among is not None:
        parts.append(f"d.id IN ({asker.listed('among')})")
        values["among"] = _listed(wanted.among)
    if wanted.state in STATES:
        parts.append(STATES[wanted.state])
    return " AND ".join(parts), values


def _found(engine: Engine, wanted: AskedFor, hidden: Collection[str]) -> Listing:
    """The dispatches that hold the words, each once, with its best passage."""
    filters = Filters(
        wanted.issuer or None, wanted.doc_type or None, wanted.start, wanted.end, limit=_MOST_PASSAGES,
        order="date" if wanted.sort == "ngay-tang" else "rank",
    )  # fmt: skip
    hits = search(engine, wanted.words, filters)
    best: dict[str, tuple[str, int]] = {}
    for hit in hits:
        snippet, more = best.get(hit.dispatch_id, (hit.snippet, -1))
        best[hit.dispatch_id] = (snippet, more + 1)
    place = {dispatch_id: number for number, dispatch_id in enumerate(best)}
    ids = _listed(best)
    with engine.connect() as connection:
        asker = ask(connection)
        where, values = _conditions(asker, replace(wanted, words=""), hidden)
        statement = f"SELECT {_COLUMNS} {_FROM} WHERE {where} AND d.id IN ({asker.listed('ids')})"
        rows = [Listed(*row) for row in asker.execute(statement, values | {"ids": ids})]
    rows.sort(key=lambda row: place[row.id])
    first = (max(1, wanted.page) - 1) * wanted.rows
    shown = [row._replace(snippet=best[row.id][0], more=best[row.id][1]) for row in rows[first : first + wanted.rows]]
    return Listing(shown, len(rows), len(hits) >= _MOST_PASSAGES)
