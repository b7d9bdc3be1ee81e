"""Tables of a page whose lines are whole, found by pdfplumber; where lines are broken or missing, by `rulings`.

pdfplumber's finder snaps and joins lines, crosses them and gives the smallest rectangles that they close. Here these
become rows, columns and spans. What it leaves open (a table without side lines, a border drawn with gaps) is put
together by `ingest.page.rulings`, which asks how much of a border is drawn.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from ingest.page.rulings import FrameCell, Ruling, TableFrame, table_frames
from schemas.base import Box

# The same as in `rulings`: lines nearer than the first are one, ends nearer than the second meet.
_SNAP, _MEET = 2.5, 4.0
_SHORTEST = 4.0
_OVERHANG = 3 * _MEET
"""A line that runs on so far beyond a table is the border of a column without a side line."""


def ruled_tables(rulings: Sequence[Ruling]) -> list[TableFrame]:
    """The tables that the lines of a born-digital page form, from top to bottom; none inside another.

    `rulings` are in points from the page's top left; so are the boxes of the frames.
    """
    edges = [_edge(ruling) for ruling in rulings if _length(ruling) > _SHORTEST]
    if sum(edge["orientation"] == "h" for edge in edges) < 2 or sum(edge["orientation"] == "v" for edge in edges) < 2:
        return []
    from pdfplumber import table as plumber  # pages without lines do not load it

    edges = plumber.merge_edges(edges, _SNAP, _SNAP, _MEET, _MEET)
    crossings = plumber.edges_to_intersections(edges, _MEET, _MEET)
    found = plumber.cells_to_tables(plumber.intersections_to_cells(crossings))
    frames = [_frame(cells) for cells in found]
    whole = [frame for frame in frames if frame is not None]
    crossed = {tuple(map(round, _box(edge))) for at in crossings.values() for side in at.values() for edge in side}
    if len(whole) < len(frames) or _runs_on(edges, crossed, whole):
        return table_frames(rulings)
    outer = [frame for frame in whole if not any(_inside(frame.box, other.box) for other in whole)]
    return sorted(outer, key=lambda frame: frame.box[1])


def _length(ruling: Ruling) -> float:
    return max(ruling.x1 - ruling.x0, ruling.bottom - ruling.top)


def _edge(ruling: Ruling) -> dict[str, Any]:
    """A line as pdfplumber holds it."""
    width, height = ruling.x1 - ruling.x0, ruling.bottom - ruling.top
    place = {"x0": ruling.x0, "top": ruling.top, "x1": ruling.x1, "bottom": ruling.bottom}
    shape = {"width": width, "height": height, "object_type": "line"}
    return {**place, **shape, "orientation": "h" if ruling.horizontal else "v"}


def _box(edge: dict[str, Any]) -> Box:
    return edge["x0"], edge["top"], edge["x1"], edge["bottom"]


def _frame(cells: Sequence[Box]) -> TableFrame | None:
    """Rectangles as a grid with spans; None where they leave a hole or lie on each other."""
    lefts = sorted({x for cell in cells for x in (cell[0], cell[2])})
    tops = sorted({y for cell in cells for y in (cell[1], cell[3])})
    placed, fields = [], 0
    for box in sorted(cells, key=lambda cell: (cell[1], cell[0])):
        column, row = bisect_left(lefts, box[0]), bisect_left(tops, box[1])
        across, down = bisect_left(lefts, box[2]) - column, bisect_left(tops, box[3]) - row
        placed.append(FrameCell(row, column, down, across, box))
        fields += across * down
    if fields != (len(lefts) - 1) * (len(tops) - 1):
        return None
    return TableFrame((lefts[0], tops[0], lefts[-1], tops[-1]), len(tops) - 1, len(lefts) - 1, tuple(placed))


def _runs_on(edges: Sequence[dict[str, Any]], crossed: set[tuple[int, ...]], frames: Sequence[TableFrame]) -> bool:
    """Whether a line that crosses others runs on beyond every table, or into a cell that it does not part."""
    spans = [cell.box for frame in frames for cell in frame.cells if cell.row_span * cell.column_span > 1]
    for edge in edges:
        box = _box(edge)
        if tuple(map(round, box)) not in crossed:
            continue
        if not any(_holds(frame.box, box) for frame in frames) or any(_enters(box, cell) for cell in spans):
            return True
    return False


def _enters(line: Box, cell: Box) -> bool:
    across = min(line[2], cell[2]) - max(line[0], cell[0])
    down = min(line[3], cell[3]) - max(line[1], cell[1])
    if line[2] - line[0] >= line[3] - line[1]:
        return across > _MEET and cell[1] + _MEET < line[1] < cell[3] - _MEET
    return down > _MEET and cell[0] + _MEET < line[0] < cell[2] - _MEET


def _holds(frame: Box, box: Box) -> bool:
    return (
        box[0] >= frame[0] - _OVERHANG
        and box[1] >= frame[1] - _OVERHANG
        and box[2] <= frame[2] + _OVERHANG
        and box[3] <= frame[3] + _OVERHANG
    )


def _inside(box: Box, other: Box) -> bool:
    return box != other and box[0] >= other[0] and box[1] >= other[1] and box[2] <= other[2] and box[3] <= other[3]
