"""Tables from the lines of a page: pdfplumber's where lines are whole, our own where they are not; both agree."""

from __future__ import annotations

import pytest

from ingest.page.ruled_tables import ruled_tables
from ingest.page.rulings import Ruling, TableFrame, table_frames


def grid(rows: list[float], columns: list[float]) -> list[Ruling]:
    """All lines of a full grid."""
    across = [Ruling(columns[0], y, columns[-1], y) for y in rows]
    return across + [Ruling(x, rows[0], x, rows[-1]) for x in columns]


def shape(frames: list[TableFrame]) -> list[tuple[int, int, list[tuple[int, int, int, int]]]]:
    return [
        (one.n_rows, one.n_columns, sorted((c.row, c.column, c.row_span, c.column_span) for c in one.cells))
        for one in frames
    ]


FULL = grid([100, 120, 140, 160], [50, 90, 300, 400])
MERGED = [  # a heading over two columns: the line between them begins below it
    *(Ruling(50, y, 400, y) for y in (100, 120, 140)),
    *(Ruling(x, 100, x, 140) for x in (50, 90, 400)),
    Ruling(300, 120, 300, 140),
]
OPEN = [*(Ruling(50, y, 400, y) for y in (100, 120, 140)), *(Ruling(x, 100, x, 140) for x in (120, 300))]
GAPPED = [  # the border between the first two columns is drawn with a gap in the second row
    *(Ruling(50, y, 400, y) for y in (100, 120, 160)),
    *(Ruling(x, 100, x, 160) for x in (50, 400)),
    Ruling(200, 100, 200, 133),
    Ruling(200, 146, 200, 160),
]
TWO = [*grid([100, 120, 140], [50, 90, 400]), *grid([300, 320, 340], [50, 90, 400])]
UNDERLINES = [Ruling(60, 50, 200, 50), Ruling(350, 62, 500, 62)]


@pytest.mark.parametrize(
    ("rulings", "tables"),
    [
        (FULL, [(3, 3, 9)]),
        (MERGED, [(2, 3, 5)]),
        (OPEN, [(2, 3, 6)]),
        (GAPPED, [(2, 2, 4)]),
        (TWO, [(2, 2, 4), (2, 2, 4)]),
        (UNDERLINES, []),
        ([*UNDERLINES, *FULL], [(3, 3, 9)]),
    ],
)
def test_tables_are_found_with_their_spans(rulings: list[Ruling], tables: list[tuple[int, int, int]]) -> None:
    frames = ruled_tables(rulings)
    assert [(one.n_rows, one.n_columns, len(one.cells)) for one in frames] == tables
    assert shape(frames) == shape(table_frames(rulings))


def test_a_merged_heading_has_its_span() -> None:
    heading = next(cell for cell in ruled_tables(MERGED)[0].cells if cell.column_span == 2)
    assert (heading.row, heading.column, heading.box) == (0, 1, (90, 100, 400, 120))


def test_no_lines_make_no_table() -> None:
    assert ruled_tables([]) == []
