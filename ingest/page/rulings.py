"""Straight lines drawn on a page, and the table frames that they form.

A frame is found as a person sees it: lines that meet are one table; two neighbouring fields with no line between them
are one cell. That gives merged cells their spans at once, which a search for smallest rectangles does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from schemas.base import Box

# Lines nearer than this are one line; ends nearer than this meet.
_SNAP = 2.5
_MEET = 4.0
# A border may be drawn with gaps: this share of it is enough; that of a scan may have lost more.
_COVER = 0.6
COVER_OF_SCANS = 0.3
_SHORTEST = 4.0


class Ruling(NamedTuple):
    """A horizontal (`top` == `bottom`) or vertical (`x0` == `x1`) line, in points from the page's top left."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def horizontal(self) -> bool:
        return self.x1 - self.x0 >= self.bottom - self.top


class FrameCell(NamedTuple):
    """A cell of a frame: grid position, spans and box."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box


class TableFrame(NamedTuple):
    """The lines of one table as rows and columns."""

    box: Box
    n_rows: int
    n_columns: int
    cells: tuple[FrameCell, ...]


@dataclass(slots=True)
class _Track:
    """All pieces of lines at one place: `at` is the fixed coordinate, `pieces` the stretches along the other one."""

    at: float
    pieces: list[tuple[float, float]]

    @property
    def start(self) -> float:
        return self.pieces[0][0]

    @property
    def end(self) -> float:
        return self.pieces[-1][1]

    def covers(self, start: float, end: float, share: float) -> bool:
        """Whether at least this share of the stretch from `start` to `end` is drawn."""
        drawn = sum(max(0.0, min(end, high) - max(start, low)) for low, high in self.pieces)
        return drawn >= share * (end - start)

    def meets(self, at: float) -> bool:
        return any(low - _MEET <= at <= high + _MEET for low, high in self.pieces)


def table_frames(rulings: Iterable[Ruling], cover: float = _COVER) -> list[TableFrame]:
    """The tables that lines form, from top to bottom: at least two cells, and none inside another.

    `cover` is the share of a cell's side that must be drawn for it to part two cells.
    """
    across = [ruling for ruling in rulings if ruling.horizontal and ruling.x1 - ruling.x0 > _SHORTEST]
    down = [ruling for ruling in rulings if not ruling.horizontal and ruling.bottom - ruling.top > _SHORTEST]
    if len(across) < 2 or len(down) < 2:
        return []
    rows = _tracks((ruling.top, ruling.x0, ruling.x1) for ruling in across)
    columns = _tracks((ruling.x0, ruling.top, ruling.bottom) for ruling in down)
    frames = [frame for part in _connected(rows, columns) if (frame := _frame(*part, cover)) is not None]
    outer = [frame for frame in frames if not any(_inside(frame.box, other.box) for other in frames)]
    return sorted(outer, key=lambda frame: frame.box[1])


def _inside(box: Box, other: Box) -> bool:
    return box != other and box[0] >= other[0] and box[1] >= other[1] and box[2] <= other[2] and box[3] <= other[3]


def _tracks(lines: Iterable[tuple[float, float, float]]) -> list[_Track]:
    """Lines put together by place; pieces that touch are one. A track ends where a gap parts two tables."""
    tracks: list[_Track] = []
    group: list[tuple[float, float, float]] = []
    for line in sorted(lines):
        if group and line[0] - group[-1][0] > _SNAP:
            tracks += _split(group)
            group = []
        group.append(line)
    return tracks + _split(group) if group else tracks


def _split(group: Sequence[tuple[float, float, float]]) -> list[_Track]:
    at = sum(line[0] for line in group) / len(group)
    pieces: list[tuple[float, float]] = []
    for _, start, end in sorted(group, key=lambda line: line[1]):
        if pieces and start - pieces[-1][1] <= _MEET:
            pieces[-1] = (pieces[-1][0], max(pieces[-1][1], end))
        else:
            pieces.append((start, end))
    return [_Track(at, pieces)]


def _connected(rows: Sequence[_Track], columns: Sequence[_Track]) -> Iterator[tuple[list[_Track], list[_Track]]]:
    """Pieces of lines that cross each other, table by table."""
    row_pieces = [_Track(track.at, [piece]) for track in rows for piece in track.pieces]
    column_pieces = [_Track(track.at, [piece]) for track in columns for piece in track.pieces]
    free_rows, free_columns = set(range(len(row_pieces))), set(range(len(column_pieces)))
    while free_columns:
        pending = [("column", free_columns.pop())]
        mine_rows: list[int] = []
        mine_columns = [pending[0][1]]
        while pending:
            kind, index = pending.pop()
            if kind == "column":
                new = [other for other in free_rows if _cross(row_pieces[other], column_pieces[index])]
                free_rows.difference_update(new)
                mine_rows += new
                pending += [("row", other) for other in new]
            else:
                new = [other for other in free_columns if _cross(row_pieces[index], column_pieces[other])]
                free_columns.difference_update(new)
                mine_columns += new
                pending += [("column", other) for other in new]
        yield _merged(row_pieces, mine_rows), _merged(column_pieces, mine_columns)


def _cross(row: _Track, column: _Track) -> bool:
    return row.meets(column.at) and column.meets(row.at)


def _merged(pieces: Sequence[_Track], chosen: Sequence[int]) -> list[_Track]:
    return _tracks((pieces[index].at, *pieces[index].pieces[0]) for index in chosen)


def _frame(rows: list[_Track], columns: list[_Track], cover: float) -> TableFrame | None:
    if len(rows) < 2 or not columns:
        return None
    columns = _with_open_sides(rows, columns)
    if len(columns) < 2 or (len(rows) - 1) * (len(columns) - 1) < 2:
        return None
    cells = _cells(rows, columns, cover)
    if len(cells) < 2:
        return None
    box = (columns[0].at, rows[0].at, columns[-1].at, rows[-1].at)
    return TableFrame(box, len(rows) - 1, len(columns) - 1, tuple(cells))


def _with_open_sides(rows: Sequence[_Track], columns: list[_Track]) -> list[_Track]:
    """Adds the left and right border that a table open at its sides leaves out."""
    top, bottom = rows[0].at, rows[-1].at
    left, right = min(row.start for row in rows), max(row.end for row in rows)
    share = 0.6 * len(rows)
    if columns[0].at - left > 3 * _MEET and sum(row.start - left < _MEET for row in rows) >= share:
        columns = [_Track(left, [(top, bottom)]), *columns]
    if right - columns[-1].at > 3 * _MEET and sum(right - row.end < _MEET for row in rows) >= share:
        columns = [*columns, _Track(right, [(top, bottom)])]
    return columns


def _cells(rows: Sequence[_Track], columns: Sequence[_Track], cover: float) -> list[FrameCell]:
    """Fields between neighbouring lines, united where no line parts them."""
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    cells: list[FrameCell] = []
    for row in range(len(rows) - 1):
        for column in range(len(columns) - 1):
            if (row, column) in owner:
                continue
            cell = _grown(rows, columns, (row, column), owner, cover)
            fields = ((r, c) for r in range(row, row + cell.row_span) for c in range(column, column + cell.column_span))
            owner.update((field, (row, column)) for field in fields)
            cells.append(cell)
    return cells


def _grown(
    rows: Sequence[_Track],
    columns: Sequence[_Track],
    field: tuple[int, int],
    owner: dict[tuple[int, int], tuple[int, int]],
    cover: float,
) -> FrameCell:
    """The cell whose top left field this is: grown to the right, then down, until a line stops it."""
    row, column = field
    right = column + 1
    while (
        right < len(columns) - 1
        and (row, right) not in owner
        and not columns[right].covers(rows[row].at, rows[row + 1].at, cover)
    ):
        right += 1
    below = row + 1
    while below < len(rows) - 1 and not any(
        (below, other) in owner or rows[below].covers(columns[other].at, columns[other + 1].at, cover)
        for other in range(column, right)
    ):
        if any(columns[c].covers(rows[below].at, rows[below + 1].at, cover) for c in range(column + 1, right)):
            break
        below += 1
    box = (columns[column].at, rows[row].at, columns[right].at, rows[below].at)
    return FrameCell(row, column, below - row, right - column, box)
