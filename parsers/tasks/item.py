"""Item: a directive with its own words, so that what is found in them can show where it stands."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.record.passage import Passage
from parsers.record.text_body import Body
from schemas.dispatch import Directive
from schemas.packed import Growing, Looked

_WHOLE = 200
"""So many directives are kept whole before they are packed."""


@dataclass(frozen=True)
class Item:
    """A directive (its `deadlines` still empty) and the passage that it was read from, label included."""

    directive: Directive
    passage: Passage


_Kept = tuple[Directive, tuple[int, ...], int, tuple[int, ...]]
"""A directive, the places of its paragraphs, where in the first of them it begins, and those of its attribute lines."""


class Items(Looked[Item]):
    """The items of a body in reading order, each put together as it is looked at: their words are kept once only."""

    def __init__(self, body: Body) -> None:
        self._body = body
        self._kept = Growing[_Kept](_WHOLE)

    def append(
        self, directive: Directive, places: Sequence[int], start: int = 0, attributes: Sequence[int] = ()
    ) -> None:
        """An item behind all others: the paragraphs at these places, the first one from this character on.

        `attributes`: the places of the lines that tell of it, which are no part of its words.
        """
        assert not self._kept or self._kept[-1][1][0] < places[0], "not in reading order"
        self._kept.append((directive, tuple(places), start, tuple(attributes)))

    def __len__(self) -> int:
        return len(self._kept)

    def item(self, place: int) -> Item:
        return self._item(self._kept[place])

    def _item(self, kept: _Kept) -> Item:
        directive, places, start, _ = kept
        paragraphs = [self._body[place] for place in places]
        spans = ((one, 0 if number else start, len(one.text)) for number, one in enumerate(paragraphs))
        return Item(directive, Passage.join(spans))

    def among_others(self) -> Iterator[tuple[Passage, Item | None]]:
        """All passages of the body in reading order, each with its item, or None for what is of no item.

        The attribute lines of an item come right behind it.
        """
        starts = array("l", [-1]) * len(self._body)
        for _, places, start, attributes in self._kept:
            for number, place in enumerate(places):
                starts[place] = 0 if number else start
            for place in attributes:
                starts[place] = 0
        coming = iter(self._kept)
        following = next(coming, None)
        for place, paragraph in enumerate(self._body):
            rest = paragraph.text if starts[place] < 0 else paragraph.text[: starts[place]]
            if rest.strip():
                yield Passage.join([(paragraph, 0, len(rest))]), None
            if following is not None and following[1][0] == place:
                item = self._item(following)
                yield item.passage, item
                yield from ((self._body.passage(one), item) for one in following[3])
                following = next(coming, None)
