"""Pieces of one table on several pages, joined.

A table goes on in the next grid where nothing but the page break stands between them and either the heading is
repeated or there is none, the columns are as many, and the running numbers go on. A closing total ends a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parsers.record.passage import shown
from parsers.tables.grid_lines import GridLine, GridPiece, Slot
from parsers.tables.repeated_heading import same_heading, surer_heading
from parsers.tables.table_heading import first_number
from parsers.tables.table_words import one_of
from schemas.dispatch import Evidence
from schemas.document import Grid
from schemas.packed import Growing
from vietnamese.figures import read_figure
from vietnamese.fold import fold
from vietnamese.running import rank, running_number

_WHOLE = 600
"""So many places of a table are kept whole before they are packed: the cells of a long one take the most memory."""
_CONTINUED = ("(tiep", "tiep theo", "(tt)")


class Joined:
    """The pieces of one table so far: the first one as it is, of all the lines and where they stand.

    `numbered`: all rows have a running number; `ends`: the last plain one; `scanned`: OCR read it.
    """

    def __init__(self, piece: GridPiece) -> None:
        self.first = piece
        self.numbering: GridLine | None = None
        self.lines = Growing[GridLine](1 + _WHOLE // (1 + piece.width))
        self.numbered = True
        self.ends: int | None = None
        self.pages: set[int] = set()
        self.last_page = 0
        self.evidence: list[Evidence] = []
        self.scanned = False
        self.add(piece)

    @property
    def width(self) -> int:
        return self.first.width

    def add(self, piece: GridPiece) -> None:
        """The next piece: a repeated heading is dropped, a row torn by the page break is whole again."""
        rest = list(piece.lines)
        last = self.lines[-1] if self.lines else None
        if last and rest and rest[0].page > last.page and _torn(last, rest[0], numbered=self.numbered):
            halves = zip(last.slots, rest.pop(0).slots, strict=True)
            self.lines.mend(GridLine(tuple(one.joined(other) for one, other in halves), last.page))
        for line in rest:
            self.lines.append(line)
            self.numbered = self.numbered and bool(line.texts[0])
            number = running_number(line.texts[0])
            self.ends = self.ends if number is None else number
        self.numbering = self.numbering or piece.numbering
        if piece.heading and piece is not self.first:
            self.first = replace(self.first, heading=surer_heading(self.first.heading, piece.heading))
        cells = piece.grid.cells
        self.pages |= {piece.grid.page, *(cell.page for cell in cells)}
        self.last_page = piece.grid.page
        self.evidence.append(grid_evidence(piece.grid))
        self.scanned = self.scanned or any(cell.confidence is not None for cell in cells)


def continues(table: Joined, following: GridPiece) -> bool:
    """Is `following`, with nothing but what `carries_on` between them, the next part of the table?"""
    if table.width != following.width or following.title:
        return False
    ends, starts = table.ends, first_number(following.lines)
    counts_on = ends is not None and starts == ends + 1
    if following.heading:
        if not same_heading(table.first.heading, following.heading):
            return False
        return counts_on or (not _closed(table) and (starts != 1 or ends is None or _section_before_one(following)))
    if _closed(table) and not counts_on and not _section_opens(following):
        return False
    on_next_page = following.grid.page > _last_page(table)
    return counts_on or on_next_page or _section_opens(following) or _total_opens(following)


def carries_on(text: str) -> bool:
    """May this stand between two pieces of one table? Nothing, a word that it goes on, or a sign or two: a page number
    or dirt that OCR made something of."""
    if len(text) < 4 and not any(map(str.isalpha, text)):
        return True
    return not text.strip() or (any(word in fold(text) for word in _CONTINUED) and len(text) < 80)


def _closed(table: Joined) -> bool:
    return bool(table.lines) and is_total(table.lines[-1])


def is_total(line: GridLine) -> bool:
    """Does the first text of this line say that it closes the table?"""
    first = next((text for text in line.texts[:3] if text), "")
    return one_of(first, "rows", "total")


def _section_opens(piece: GridPiece) -> bool:
    return bool(piece.lines) and rank(piece.lines[0].texts[0]) in (0, 1)


def _section_before_one(piece: GridPiece) -> bool:
    """Does a section's heading stand over the first plain number, so that it may count from 1 again?"""
    for line in piece.lines:
        if running_number(line.texts[0]) is not None:
            return False
        if rank(line.texts[0]) in (0, 1):
            return True
    return False


def _total_opens(piece: GridPiece) -> bool:
    return bool(piece.lines) and is_total(piece.lines[0])


def _last_page(table: Joined) -> int:
    """The page on which the table ends so far: its last row may have begun on the page before its last grid."""
    return max([table.last_page, *(line.page for line in table.lines[-1:])])


def _torn(last: GridLine, line: GridLine, *, numbered: bool) -> bool:
    """Is `line` the lower half of the last row? It has no running number, and repeats no figure of the upper half.

    `numbered`: all rows of the table so far have one.
    """
    places = line.filled
    if not places or line.texts[0] or not last.texts[0] or rank(last.texts[0]) is None or is_total(line):
        return False
    if any(slot.owner is not None and slot.owner.column_span > 1 for slot in line.slots):
        return False
    both = [place for place in places if last.slots[place].text]
    if any(_figure(last.slots[place]) or _figure(line.slots[place]) for place in both):
        return False
    return not both or _runs_on(last, line, both) or numbered


def _figure(slot: Slot) -> bool:
    return read_figure(slot.text) is not None


def _runs_on(last: GridLine, line: GridLine, places: Sequence[int]) -> bool:
    """Does a text of the upper half plainly want its end?"""
    return any(
        line.texts[place][0].islower() or last.texts[place][-1] in ",-–(&" or fold(last.texts[place]).endswith(" va")
        for place in places
    )


def grid_evidence(grid: Grid) -> Evidence:
    """Where a grid stands, quoted by its first words."""
    quote = next((cell.text for cell in grid.cells if cell.text.strip()), "")
    return shown(grid.page, grid.box, quote, "body", grid.cells)
