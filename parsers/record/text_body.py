"""Body: the paragraphs of the operative part, told apart by their place."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from functools import lru_cache

from parsers.record.passage import Passage
from schemas.document import Block, Paragraph
from schemas.packed import Looked
from vietnamese.fold import fold

_GARBLED_END = re.compile(r"\W*\w{0,2}i nhan\W*")
_AT_HAND = 100
"""So many paragraphs are kept whole: beside an item, the headings over it are looked at, pages before."""


class Body(Looked[Paragraph]):
    """The paragraphs of a body, tables left out, up to a `Nơi nhận` that OCR garbled past telling.

    In a long file a paragraph is unpacked as it is looked at, so it may be another object at each look.
    """

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._places = places = _places(blocks)

        @lru_cache(_AT_HAND)
        def look(place: int) -> Paragraph:
            block = blocks[places[place]]
            assert isinstance(block, Paragraph)
            return block

        self._look = look
        self._passage = lru_cache(_AT_HAND)(lambda place, start: _passage(look(place), start))

    def __len__(self) -> int:
        return len(self._places)

    def item(self, place: int) -> Paragraph:
        return self._look(place)

    def passage(self, place: int, start: int = 0) -> Passage:
        """The paragraph at a place, from the first word behind its character `start` on."""
        return self._passage(place, start)


def _places(blocks: Sequence[Block]) -> array[int]:
    """Where among the blocks the paragraphs of the body stand."""
    places = array("l")
    for place, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            if _GARBLED_END.fullmatch(fold(block.text)):
                break
            places.append(place)
    return places


def _passage(paragraph: Paragraph, start: int) -> Passage:
    text = paragraph.text
    return Passage.join([(paragraph, len(text) - len(text[start:].lstrip()), len(text))])
