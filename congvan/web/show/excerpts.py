"""The places of a finding where its file has no pages to be drawn: the sentence, or the rows of the table, with the
reported figure and what it was checked against marked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from congvan.audit.where import local
from schemas.dispatch import Dispatch, Table
from schemas.document import Document, Paragraph
from schemas.finding import Finding

_CELL = re.compile(r"/tables/(\d+)/rows/(\d+)/cells/(\d+)")
_MOST_ROWS = 60


class MarkedCell(NamedTuple):
    """A cell of an excerpt: its text and its role in the finding, empty for none."""

    text: str
    role: str = ""


class Excerpt(NamedTuple):
    """A table with marked cells, or (without rows) a paragraph with the words that are marked in it."""

    title: str
    heads: list[str]
    rows: list[list[MarkedCell]]
    before: str = ""
    quote: str = ""
    after: str = ""
    role: str = ""


def excerpts(dispatch: Dispatch, document: Document, finding: Finding) -> list[Excerpt]:
    """The sentences of a finding, then its tables."""
    roles = {pointer: "other" if number else "reported" for number, pointer in enumerate(local(finding))}
    cells: dict[int, dict[tuple[int, int], str]] = {}
    found = []
    for pointer, role in roles.items():
        cell = _CELL.fullmatch(pointer)
        if cell:
            table, row, column = map(int, cell.groups())
            cells.setdefault(table, {}).setdefault((row, column), role)
        else:
            found += _sentences(dispatch, document, pointer, role)
    return found + [_table(dispatch.tables[number], marked) for number, marked in sorted(cells.items())]


def _sentences(dispatch: Dispatch, document: Document, pointer: str, role: str) -> list[Excerpt]:
    """The paragraph around each quotation of a value; the quotation alone where no paragraph holds it whole."""
    found = []
    for shown in dispatch.evidence.get(pointer, ()):
        if not shown.quote:
            continue
        whole = next(
            (one.text for one in document.blocks if isinstance(one, Paragraph) and shown.quote in one.text), shown.quote
        )
        before, _, after = whole.partition(shown.quote)
        found.append(Excerpt("", [], [], before, shown.quote, after, role))
    return found


def _table(table: Table, marked: Mapping[tuple[int, int], str]) -> Excerpt:
    """A table; of a long one the rows that hold a marked cell, as many as fit."""
    wanted = {row for row, _ in marked}
    numbers = range(len(table.rows)) if len(table.rows) <= _MOST_ROWS else sorted(wanted)[:_MOST_ROWS]
    rows = [
        [MarkedCell(cell.text, marked.get((number, place), "")) for place, cell in enumerate(table.rows[number].cells)]
        for number in numbers
    ]
    title = " ".join(filter(None, (table.label, table.caption)))
    return Excerpt(title, [" / ".join(column.path) for column in table.columns], rows)
