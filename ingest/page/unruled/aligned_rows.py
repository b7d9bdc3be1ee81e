"""Rows of printed lines that no rule parts: which lines hold the figures of a row, and which only go on with a cell.

A line with figures in several columns is a row. A line between two of them goes on with the one that it stands nearer
to, unless it has a number of its own in the first column.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.page.placed import PlacedLine, PlacedWord

FIGURE = re.compile(r"[-–+(]?\d[\d.,]*\s?%?\)?|[-–]")
_APART = 0.9
"""A gap so wide, in sizes of the font, parts two cells; words of a sentence stand nearer, stretched or not."""

_AS_FAR = 1.1
"""Distances that differ by less than this factor are equal."""


@dataclass(frozen=True)
class TextRun:
    """Words of one line that stand together."""

    words: tuple[PlacedWord, ...]

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def is_figure(self) -> bool:
        """Whether it is a number as cells hold one, or the dash of none."""
        return FIGURE.fullmatch(self.text) is not None


def text_runs(line: PlacedLine) -> list[TextRun]:
    """The pieces of a line that wide gaps part."""
    runs = [[line.words[0]]]
    for one, other in pairwise(line.words):
        if other.x0 - one.x1 > _APART * min(one.size, other.size):
            runs.append([])
        runs[-1].append(other)
    return [TextRun(tuple(run)) for run in runs]


def is_row(pieces: Sequence[TextRun]) -> bool:
    """Whether a line has figures in at least two columns besides its first piece."""
    return len(pieces) > 2 and sum(piece.is_figure for piece in pieces[1:]) > 1


def parted(
    lines: Sequence[PlacedLine], rows: Sequence[int], apart: Callable[[PlacedLine], bool], rules: Sequence[float] = ()
) -> list[list[int]]:
    """Lines by rows, as their places. `rows`: the places of those with figures; `apart`: is a line without them a row
    too? `rules`: heights of rules, which part rows whatever the distances are."""
    anchors = [place for place in range(len(lines)) if place in rows or apart(lines[place])]
    groups: list[list[int]] = []
    start = 0
    for one, other in zip(anchors, [*anchors[1:], None], strict=True):
        end = len(lines) if other is None else _cut(lines, one, other, rules)
        groups.append(list(range(start, end)))
        start = end
    return groups


def _cut(lines: Sequence[PlacedLine], one: int, other: int, rules: Sequence[float]) -> int:
    """The first line that belongs to the row of `other` and no more to that of `one`."""
    for place in range(one + 1, other + 1):
        if any(lines[place - 1].baseline <= rule <= lines[place].baseline for rule in rules):
            return place
    steps = [lines[place].baseline - lines[place - 1].baseline for place in range(one + 1, other + 1)]
    widest = max(steps)
    return one + 1 + max(at for at, step in enumerate(steps) if step * _AS_FAR >= widest)
