"""Print beside or under an arrival stamp: part of it may be hidden, and what is left of a number looks whole."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.page.placed import PlacedWord
from schemas.document import Furniture
from schemas.doubts import Doubt

# In points: how far the frame of a stamp stands off its words, across and down.
_ACROSS, _DOWN = 20.0, 8.0


def doubt_covered(words: Sequence[PlacedWord], furniture: Sequence[Furniture]) -> list[PlacedWord]:
    """The words of a page; those that an arrival stamp touches are doubted, as the stamp may hide a part of them."""
    stamps = [piece.box for piece in furniture if piece.kind == "arrival_stamp" and piece.box is not None]
    if not stamps:
        return list(words)
    frames = [(x0 - _ACROSS, top - _DOWN, x1 + _ACROSS, bottom + _DOWN) for x0, top, x1, bottom in stamps]
    return [
        word.doubted(Doubt.UNDER_STAMP) if any(_touches(frame, word) for frame in frames) else word for word in words
    ]


def _touches(frame: tuple[float, float, float, float], word: PlacedWord) -> bool:
    x0, top, x1, bottom = frame
    return word.x0 < x1 and word.x1 > x0 and word.top < bottom and word.bottom > top
