"""Rows of a table that only its columns' borders show: one ruled row that holds several, parted by their lines.

Offices leave out the rules between rows, or Word draws them too faint to be there. What shows the rows is a list of
numbers in the first column, or figures in several columns on each line with a name beside them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.page.lines import to_lines
from ingest.page.placed import PlacedLine, PlacedWord
from ingest.page.rulings import FrameCell, TableFrame
from ingest.page.unruled.aligned_rows import TextRun, is_row, parted
from schemas.base import Box

_TWO_LINES = 22.0
"""A row lower than this, in points, has no room for two lines of what offices print."""

Line = tuple[PlacedLine, dict[int, TextRun]]
"""A line of a ruled row, and what each column has of it."""


def split_rows(frame: TableFrame, words: Sequence[PlacedWord]) -> TableFrame:
    """The table with those rows parted that hold several; the same where none does. `words`: of the page, by height."""
    tops: dict[int, list[float]] = {}
    for row, cells in _plain_rows(frame).items():
        inside = words[
            bisect_left(words, cells[0].box[1], key=_middle) : bisect_right(words, cells[0].box[3], key=_middle)
        ]
        if sum(word.text[0].isdigit() for word in inside) < 2:
            continue  # neither two numbers of rows nor two figures
        borders = _borders(_lines(cells, inside))
        if borders:
            tops[row] = borders
    if not tops:
        return frame
    n_rows = frame.n_rows + sum(map(len, tops.values()))
    return frame._replace(n_rows=n_rows, cells=tuple(_moved(frame, tops)))


def by_height(words: Sequence[PlacedWord]) -> list[PlacedWord]:
    """Words from top to bottom, as rows look for theirs."""
    return sorted(words, key=_middle)


def _middle(word: PlacedWord) -> float:
    return (word.top + word.bottom) / 2


def _plain_rows(frame: TableFrame) -> dict[int, list[FrameCell]]:
    """The rows high enough for several lines, with a cell in each column and none that is merged."""
    rows: dict[int, list[FrameCell]] = {}
    for cell in frame.cells:
        if cell.row_span == cell.column_span == 1 and cell.box[3] - cell.box[1] > _TWO_LINES:
            rows.setdefault(cell.row, []).append(cell)
    return {row: cells for row, cells in rows.items() if len(cells) == frame.n_columns > 2}


def _lines(cells: Sequence[FrameCell], words: Sequence[PlacedWord]) -> list[Line]:
    """The lines of a ruled row, whose words these are, from top to bottom, each by columns."""
    found = []
    for line in to_lines(words):
        by_column: dict[int, list[PlacedWord]] = {}
        for word in line.words:
            middle = (word.x0 + word.x1) / 2
            column = next((cell.column for cell in cells if cell.box[0] <= middle <= cell.box[2]), None)
            if column is not None:
                by_column.setdefault(column, []).append(word)
        if by_column:
            found.append((line, {column: TextRun(tuple(by_column[column])) for column in sorted(by_column)}))
    return found


def _borders(lines: Sequence[Line]) -> list[float]:
    """Where the rows of one ruled row part; none where it is one row."""
    figures = [place for place, (_, pieces) in enumerate(lines) if is_row(list(pieces.values()))]
    numbered = _numbered(lines)
    if len(figures) > 1 and (len(numbered) * 2 >= len(figures) or _each_named(lines, figures)):
        marked = sum(0 in lines[place][1] for place in figures) * 2 > len(figures)
        own = {id(line) for line, pieces in lines if marked and 0 in pieces}
        groups = parted([line for line, _ in lines], figures, lambda line: id(line) in own)
    elif numbered and all(1 in lines[place][1] and _begins(lines[place][1][1]) for place in numbered):
        starts = [0, *numbered[1:], len(lines)]
        groups = [list(range(start, end)) for start, end in pairwise(starts)]
    else:
        return []
    return [(lines[one[-1]][0].bottom + lines[other[0]][0].top) / 2 for one, other in pairwise(groups)]


def _numbered(lines: Sequence[Line]) -> list[int]:
    """The lines whose first column has a number, where these count on by one and there are several."""
    places = [place for place, (_, pieces) in enumerate(lines) if 0 in pieces and pieces[0].text.strip(".").isdigit()]
    numbers = [int(lines[place][1][0].text.strip(".")) for place in places]
    counts_on = len(numbers) > 1 and all(other == one + 1 for one, other in pairwise(numbers))
    return places if counts_on else []


def _each_named(lines: Sequence[Line], figures: Sequence[int]) -> bool:
    """Whether each of at least three lines of figures has the beginning of a name: else figures stand under each other
    in one cell, as a number with its percentage does."""
    named = (any(not piece.is_figure and _begins(piece) for piece in lines[place][1].values()) for place in figures)
    return len(figures) > 2 and all(named)


def _begins(piece: TextRun) -> bool:
    """Whether a piece may begin a name or a sentence."""
    return not piece.text[:1].islower()


def _moved(frame: TableFrame, tops: dict[int, list[float]]) -> Iterator[FrameCell]:
    """The cells of the frame with its rows parted at these heights."""
    for cell in frame.cells:
        before = sum(len(borders) for row, borders in tops.items() if row < cell.row)
        within = sum(len(borders) for row, borders in tops.items() if cell.row <= row < cell.row + cell.row_span)
        if cell.row_span == 1 and cell.row in tops:
            heights = [cell.box[1], *tops[cell.row], cell.box[3]]
            for place, (top, bottom) in enumerate(pairwise(heights)):
                box: Box = (cell.box[0], top, cell.box[2], bottom)
                yield FrameCell(cell.row + before + place, cell.column, 1, cell.column_span, box)
        else:
            yield cell._replace(row=cell.row + before, row_span=cell.row_span + within)
