"""Item: a directive with its own words, so that what is found in them can show where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

from parsers.passage import Passage, Piece
from schemas.dispatch import Directive
from schemas.packed import Growing

_WHOLE = 200
"""So many directives are kept whole before they are packed."""


@dataclass(frozen=True)
class Item:
    """A directive (its `deadlines` still empty) and the passage that it was read from, label included."""

    directive: Directive
    passage: Passage


class Items(Sequence[Item]):
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

    @overload
    def __getitem__(self, place: int) -> Item: ...
    @overload
    def __getitem__(self, place: slice) -> list[Item]: ...
    def __getitem__(self, place: int | slice) -> Item | list[Item]:
        places = range(len(self))[place]
        return self._item(places) if isinstance(places, int) else [self._item(one) for one in places]

    def _item(self, place: int) -> Item:
        return Item(self._directives[place], Passage.of_pieces(self._pieces[place]))
