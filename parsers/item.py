"""Item: a directive with its own words, so that what is found in them can show where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.passage import Passage, Piece
from schemas.dispatch import Directive
from schemas.packed import Growing, Looked

_WHOLE = 200
"""So many directives are kept whole before they are packed."""


@dataclass(frozen=True)
class Item:
    """A directive (its `deadlines` still empty) and the passage that it was read from, label included."""

    directive: Directive
    passage: Passage


class Items(Looked[Item]):
    """The items of a dispatch, each put together as it is looked at: of thousands, the words are kept once only."""

    def __init__(self) -> None:
        self._directives = Growing[Directive](_WHOLE)
        self._pieces: list[tuple[Piece, ...]] = []

    def append(self, item: Item) -> None:
        """An item behind all others."""
        self._directives.append(item.directive)
        self._pieces.append(item.passage.pieces)

    def __len__(self) -> int:
        return len(self._pieces)

    def item(self, place: int) -> Item:
        return Item(self._directives[place], Passage.of_pieces(self._pieces[place]))
