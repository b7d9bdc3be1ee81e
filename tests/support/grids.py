"""Grids and Parts for tests, written as text: a row a line, cells separated by bars; `text<3` spans three columns,
`text^2` two rows, `<` and `^` are places that a merged cell covers."""

from __future__ import annotations

import re

from parsers.record.trail import Trail
from parsers.record.zones import Parts
from parsers.tables.tables import read_tables
from schemas.dispatch import Table
from schemas.document import Block, Cell, Grid, Paragraph

_SPANS = re.compile(r"(.*?)(?:<(\d+))?(?:\^(\d+))?")


def grid(drawing: str, page: int = 1, ruled: bool = True) -> Grid:
    """The grid that is drawn."""
    rows = [[cell.strip() for cell in line.split("|")] for line in drawing.strip("\n").splitlines()]
    cells = [
        _cell(row, column, text, page)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
        if text not in ("<", "^")
    ]
    return Grid(page=page, n_rows=len(rows), n_columns=len(rows[0]), cells=tuple(cells), ruled=ruled)


def _cell(row: int, column: int, text: str, page: int) -> Cell:
    match = _SPANS.fullmatch(text)
    assert match is not None
    return Cell(
        row=row,
        column=column,
        text=match[1],
        column_span=int(match[2] or 1),
        row_span=int(match[3] or 1),
        page=page,
        box=(10.0 * column, 10.0 * row, 10.0 * column + 9, 10.0 * row + 9),
    )


def appendix(*blocks: Block | str) -> Parts:
    """A dispatch of nothing but these blocks in its appendices; a string is a paragraph."""
    return Parts(head=(), body=(), appendices=tuple(Paragraph(text=b) if isinstance(b, str) else b for b in blocks))


def tables_of(*blocks: Block | str) -> tuple[Table, ...]:
    """The tables in an appendix of these blocks."""
    return read_tables(appendix(*blocks), Trail())


def texts(table: Table) -> list[list[str]]:
    """The printed cells of a table."""
    return [[cell.text for cell in row.cells] for row in table.rows]
