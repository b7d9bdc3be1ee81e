"""Words into the cells of table frames. A word that a narrow column broke is put together again."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from ingest.page.lines import to_lines
from ingest.page.placed import PlacedLine, PlacedWord, rounded
from ingest.page.rulings import FrameCell, TableFrame
from schemas.document import Cell, Grid
from vietnamese.fold import nfc
from vietnamese.syllables import is_syllable

# Padding of a cell, left and right together, that word processors set at most.
_PADDING = 13.0
_FIGURE = re.compile(r"[\d.,%]+")
_OPEN_SIGN = re.compile(r"(?:\w-(?=\n[A-ZĐ])|\w/(?=\n\w))")


def fill_grids(
    frames: Sequence[TableFrame], words: Sequence[PlacedWord], turned: Sequence[PlacedWord], page: int
) -> tuple[list[Grid], list[PlacedWord], list[PlacedWord]]:
    """The grids of a page with their texts, and the words and turned words that stand outside them."""
    rest, rest_turned = list(words), list(turned)
    grids: list[Grid] = []
    for frame in frames:
        finder = _Finder(frame)
        rest = finder.take(rest)
        rest_turned = finder.take(rest_turned, turned=True)
        if finder.filled:
            grids.append(finder.grid(page))
    return grids, rest, rest_turned


class _Finder:
    """Gives each word of a table to its cell."""

    def __init__(self, frame: TableFrame) -> None:
        self.frame = frame
        self.lefts = sorted({cell.box[0] for cell in frame.cells})
        self.tops = sorted({cell.box[1] for cell in frame.cells})
        self.at: dict[tuple[int, int], int] = {}
        for index, cell in enumerate(frame.cells):
            for left in range(self._left(cell.box[0]), self._left(cell.box[2] - 0.1) + 1):
                for top in range(self._top(cell.box[1]), self._top(cell.box[3] - 0.1) + 1):
                    self.at[(left, top)] = index
        self.words: dict[int, list[PlacedWord]] = {}
        self.turned: dict[int, list[PlacedWord]] = {}

    @property
    def filled(self) -> bool:
        return bool(self.words or self.turned)

    def _left(self, x: float) -> int:
        return bisect_right(self.lefts, x) - 1

    def _top(self, y: float) -> int:
        return bisect_right(self.tops, y) - 1

    def take(self, words: Sequence[PlacedWord], *, turned: bool = False) -> list[PlacedWord]:
        """Keeps the words inside the frame; gives back the others."""
        x0, top, x1, bottom = self.frame.box
        outside = []
        kept = self.turned if turned else self.words
        for word in words:
            x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
            index = self.at.get((self._left(x), self._top(y))) if x0 <= x <= x1 and top <= y <= bottom else None
            if index is None:
                outside.append(word)
            else:
                kept.setdefault(index, []).append(word)
        return outside

    def grid(self, page: int) -> Grid:
        cells = tuple(self._cell(index, cell, page) for index, cell in enumerate(self.frame.cells))
        frame = self.frame
        box = rounded(frame.box)
        return Grid(page=page, box=box, n_rows=frame.n_rows, n_columns=frame.n_columns, cells=cells)

    def _cell(self, index: int, cell: FrameCell, page: int) -> Cell:
        words = self.words.get(index, [])
        text = cell_text(to_lines(words), cell.box[2] - cell.box[0]) if words else ""
        if index in self.turned:
            upward = sorted(self.turned[index], key=lambda word: (round(word.x0 / 4), -word.bottom))
            text = " ".join([text, *(word.text for word in upward)]).strip()
        known = [word.confidence for word in words if word.confidence is not None]
        return Cell(
            row=cell.row,
            column=cell.column,
            row_span=cell.row_span,
            column_span=cell.column_span,
            text=nfc(text),
            page=page,
            box=rounded(cell.box),
            confidence=min(known) if known else None,
            bold=bool(words) and all(word.bold for word in words),
            doubts=tuple(sorted({doubt for word in words for doubt in word.doubts})),
            origin=next((word.origin for word in words if word.origin is not None), None),
        )


def cell_text(lines: Sequence[PlacedLine], width: float) -> str:
    """The text of a cell `width` points wide: its lines joined by spaces, footnote marks left out."""
    text = ""
    above: PlacedLine | None = None
    for line in lines:
        piece = " ".join([word.text for word in line.words if not word.raised])
        if not piece:
            continue
        glue = above is not None and (
            _OPEN_SIGN.search(f"{text[-2:]}\n{piece[0]}") or _broken(above, line, text, piece, width)
        )
        text = f"{text}{piece}" if glue or not text else f"{text} {piece}"
        above = line
    return text


def _broken(above: PlacedLine, below: PlacedLine, text: str, piece: str, width: float) -> bool:
    """Whether a word was broken because it is wider than its column: not one letter more fitted on the line above."""
    head, tail = text.rsplit(" ", 1)[-1], piece.split(" ", 1)[0]
    first = below.words[0]
    letter = (first.x1 - first.x0) / max(1, len(first.text))
    if len(above.words) > 1 or above.x1 - above.x0 + letter < width - _PADDING:
        return False
    if _FIGURE.fullmatch(head) and _FIGURE.fullmatch(tail):
        return True
    if head.isalpha() and tail.isalpha() and is_syllable(head + tail):
        return not (is_syllable(head) and is_syllable(tail))
    return head.isupper() and tail.isupper() and len(tail) <= 2 and not is_syllable(tail)
