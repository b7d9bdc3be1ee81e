"""Pieces of one table on several pages, joined.

A table goes on in the next grid where nothing but the page break stands between them and either the heading is
repeated or there is none, the columns are as many, and the running numbers go on. A closing total ends a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parsers.tables_heading import first_number, last_number, same_heading
from parsers.tables_lines import Line, Piece, Slot
from parsers.tables_words import one_of
from vietnamese.figures import read_figure
from vietnamese.fold import fold
from vietnamese.running import rank

_CONTINUED = ("(tiep", "tiep theo", "(tt)")


def continues(piece: Piece, following: Piece, between: Sequence[str]) -> bool:
    """Is `following` the next part of `piece`? `between`: the paragraphs printed between them."""
    if piece.width != following.width or following.title or any(not _carries_on(text) for text in between):
        return False
    ends, starts = last_number(piece.lines), first_number(following.lines)
    counts_on = ends is not None and starts == ends + 1
    if following.heading:
        if not same_heading(piece.heading, following.heading):
            return False
        return counts_on or (not _closed(piece) and (starts != 1 or ends is None or _section_opens(following)))
    if _closed(piece) and not counts_on and not _section_opens(following):
        return False
    on_next_page = following.grid.page > _last_page(piece)
    return counts_on or on_next_page or _section_opens(following) or _total_opens(following)


def _carries_on(text: str) -> bool:
    """Nothing, a word that the table goes on, or a sign or two: a page number or dirt that OCR made something of."""
    if len(text) < 4 and not any(map(str.isalpha, text)):
        return True
    return not text.strip() or (any(word in fold(text) for word in _CONTINUED) and len(text) < 80)


def _closed(piece: Piece) -> bool:
    return bool(piece.lines) and is_total(piece.lines[-1])


def is_total(line: Line) -> bool:
    """Does the first text of this line say that it closes the table?"""
    first = next((text for text in line.texts[:3] if text), "")
    return one_of(first, "rows", "total")


def _section_opens(piece: Piece) -> bool:
    return bool(piece.lines) and rank(piece.lines[0].texts[0]) in (0, 1)


def _total_opens(piece: Piece) -> bool:
    return bool(piece.lines) and is_total(piece.lines[0])


def _last_page(piece: Piece) -> int:
    return max([piece.grids[-1].page, *(line.page for line in piece.lines[-1:])])


def join(piece: Piece, following: Piece) -> Piece:
    """Both as one piece: a repeated heading is dropped, a row torn by the page break is whole again."""
    lines, rest = list(piece.lines), list(following.lines)
    if lines and rest and rest[0].page > lines[-1].page and _torn(lines, rest[0]):
        halves = zip(lines[-1].slots, rest.pop(0).slots, strict=True)
        lines[-1] = Line(tuple(one.joined(other) for one, other in halves), lines[-1].page)
    joined = (*piece.joined, *following.grids)
    return replace(piece, lines=(*lines, *rest), joined=joined, numbering=piece.numbering or following.numbering)


def _torn(lines: Sequence[Line], line: Line) -> bool:
    """Is `line` the lower half of the last row? It has no running number, and repeats no figure of the upper half."""
    last, places = lines[-1], line.filled
    if not places or line.texts[0] or not last.texts[0] or rank(last.texts[0]) is None or is_total(line):
        return False
    if any(slot.owner is not None and slot.owner.column_span > 1 for slot in line.slots):
        return False
    both = [place for place in places if last.slots[place].text]
    if any(_figure(last.slots[place]) or _figure(line.slots[place]) for place in both):
        return False
    if not both:
        return True
    return _runs_on(last, line, both) or all(earlier.texts[0] for earlier in lines)


def _figure(slot: Slot) -> bool:
    return read_figure(slot.text) is not None


def _runs_on(last: Line, line: Line, places: Sequence[int]) -> bool:
    """Does a text of the upper half plainly want its end?"""
    return any(
        line.texts[place][0].islower() or last.texts[place][-1] in ",-–(&" or fold(last.texts[place]).endswith(" va")
        for place in places
    )
