"""The head of a table that no rules part: which of its words are of one column, and which head a group of columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from ingest.page.placed import PlacedLine
from ingest.page.rulings import FrameCell
from ingest.page.unruled.aligned_rows import TextRun, text_runs

_BESIDE = 3.0
"""So much nearer to the middle of a group than to that of a column stands what heads the group."""


@dataclass(frozen=True)
class Track:
    """Where one column's texts begin and end."""

    x0: float
    x1: float

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2

    def meets(self, piece: TextRun) -> bool:
        """Whether a piece stands over or under it."""
        return piece.x0 < self.x1 and piece.x1 > self.x0


@dataclass(frozen=True)
class Heading:
    """A piece of the head with the first and the last column that it is of, and its place among the head's lines."""

    line: int
    first: int
    last: int


@dataclass(frozen=True)
class AlignedHead:
    """The lines of a head by levels, its columns, and what each piece of it heads."""

    levels: list[list[PlacedLine]]
    tracks: list[Track]
    groups: list[Heading]

    def cells(self, lefts: Sequence[float], tops: Sequence[float]) -> Iterator[FrameCell]:
        """The cells of the head: a group's heading over its columns, a column's own from there to the rows."""
        free = [0] * len(self.tracks)
        for one in self.groups:
            row, top = self._level(one.line), min(free[one.first : one.last + 1])
            box = (lefts[one.first], tops[top], lefts[one.last + 1], tops[row + 1])
            yield FrameCell(top, one.first, row + 1 - top, one.last + 1 - one.first, box)
            free[one.first : one.last + 1] = [row + 1] * (one.last + 1 - one.first)
        for column, row in enumerate(free):
            if row < len(self.levels):
                box = (lefts[column], tops[row], lefts[column + 1], tops[len(self.levels)])
                yield FrameCell(row, column, len(self.levels) - row, 1, box)

    def _level(self, line: int) -> int:
        """The level that a line of the head is in."""
        seen = 0
        for level, lines in enumerate(self.levels):
            seen += len(lines)
            if line < seen:
                return level
        return len(self.levels) - 1


def read_head(lines: Sequence[PlacedLine], tracks: Sequence[Track]) -> AlignedHead:
    """What the lines of a head are of, read from the lowest up: the columns' own headings stand below the groups'.

    `tracks` are the columns as the rows show them; a heading may be wider.
    """
    columns, centres = list(tracks), [track.centre for track in tracks]
    named: set[int] = set()
    groups: list[Heading] = []
    for place in range(len(lines) - 1, -1, -1):
        found = [(piece, *_over(piece, columns, centres, named, groups)) for piece in text_runs(lines[place])]
        for piece, first, last in found:
            if first < last:
                groups.append(Heading(place, first, last))
            elif first not in named:
                named.add(first)
                centres[first] = (piece.x0 + piece.x1) / 2
                columns[first] = _widened(columns, first, piece)
    groups.sort(key=lambda one: (one.line, one.first))
    return AlignedHead(_levels(lines, {one.line for one in groups}), columns, groups)


def _over(
    piece: TextRun, columns: Sequence[Track], centres: Sequence[float], named: set[int], groups: Sequence[Heading]
) -> tuple[int, int]:
    """The first and the last column that a piece heads. A group's heading stands in the middle over its columns, each
    of which has a name below, and over the whole of the groups below it."""
    middle = (piece.x0 + piece.x1) / 2
    met = [at for at, track in enumerate(columns) if track.meets(piece)]
    met = met or [min(range(len(centres)), key=lambda at: abs(centres[at] - middle))]
    spans = [
        (first, last)
        for first, last in combinations(sorted(named), 2)
        if first <= met[0]
        and met[-1] <= last
        and named.issuperset(range(first, last + 1))
        and _whole(first, last, groups)
    ]
    best = min(spans, key=lambda one: (_off(one, centres, middle), one[1] - one[0]), default=(met[0], met[-1]))
    if len(met) == 1 and _off(best, centres, middle) + _BESIDE >= abs(centres[met[0]] - middle):
        return met[0], met[0]
    return best


def _off(span: tuple[int, int], centres: Sequence[float], middle: float) -> int:
    """How far from the middle of a group a piece stands, in points."""
    return round(abs((centres[span[0]] + centres[span[1]]) / 2 - middle))


def _whole(first: int, last: int, groups: Sequence[Heading]) -> bool:
    """Whether a span cuts no group that stands below."""
    return all(one.last < first or last < one.first or (first <= one.first and one.last <= last) for one in groups)


def _widened(columns: Sequence[Track], at: int, piece: TextRun) -> Track:
    low = columns[at - 1].x1 if at else piece.x0
    high = columns[at + 1].x0 if at + 1 < len(columns) else piece.x1
    return Track(min(columns[at].x0, max(piece.x0, low)), max(columns[at].x1, min(piece.x1, high)))


def _levels(lines: Sequence[PlacedLine], grouped: set[int]) -> list[list[PlacedLine]]:
    """The lines by levels: one that has headings of groups ends a level, the last are those of the columns."""
    levels: list[list[PlacedLine]] = [[]]
    for place, line in enumerate(lines):
        levels[-1].append(line)
        if place in grouped:
            levels.append([])
    return [level for level in levels if level]
