"""Passage: a stretch of text that a parser works on, which knows where each of its characters is printed.

A directive or a sentence may run over several paragraphs. A passage joins them by single spaces and maps a span of
its text back to paragraphs, pages and boxes, so that every value found can show its evidence.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from schemas.base import Box
from schemas.dispatch import Evidence, EvidenceOrigin
from schemas.document import Cell, Paragraph, Word
from vietnamese.fold import fold

_START, _END = attrgetter("start"), attrgetter("end")
WORDS_OF_A_VALUE = 12
"""More words than these are a passage: that one of them came from a form field says nothing of the whole."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `start:end` of a paragraph, which begin at `offset` of the passage."""

    offset: int
    paragraph: Paragraph
    start: int
    end: int


@dataclass(frozen=True)
class Passage:
    """Joined text with the way back to its paragraphs."""

    text: str
    pieces: tuple[Piece, ...]

    @classmethod
    def of(cls, paragraphs: Iterable[Paragraph]) -> Passage:
        """All of these paragraphs, joined by single spaces."""
        return cls.join((paragraph, 0, len(paragraph.text)) for paragraph in paragraphs)

    @classmethod
    def join(cls, spans: Iterable[tuple[Paragraph, int, int]]) -> Passage:
        """These spans of paragraphs (start and end in characters), joined by single spaces."""
        texts: list[str] = []
        pieces: list[Piece] = []
        offset = 0
        for paragraph, start, end in spans:
            if end <= start:
                continue
            if texts:
                offset += 1
            texts.append(paragraph.text[start:end])
            pieces.append(Piece(offset, paragraph, start, end))
            offset += end - start
        return cls(" ".join(texts), tuple(pieces))

    @cached_property
    def folded(self) -> str:
        """`fold(self.text)`: same length, so spans agree."""
        return fold(self.text)

    def cut(self, start: int, end: int) -> Passage:
        """The passage of characters `start:end`."""
        return Passage.join(
            (piece.paragraph, piece.start + low, piece.start + high) for piece, low, high in self._overlaps(start, end)
        )

    def evidence(self, start: int, end: int, origin: EvidenceOrigin) -> tuple[Evidence, ...]:
        """Where characters `start:end` are printed: one piece of evidence for each paragraph and page."""
        found: list[Evidence] = []
        for piece, low, high in self._overlaps(start, end):
            found.extend(paragraph_evidence(piece.paragraph, piece.start + low, piece.start + high, origin))
        return tuple(found)

    def _overlaps(self, start: int, end: int) -> Iterator[tuple[Piece, int, int]]:
        for piece in self.pieces:
            low = max(start - piece.offset, 0)
            high = min(end - piece.offset, piece.end - piece.start)
            if low < high:
                yield piece, low, high


def shown(
    page: int | None,
    bbox: Box | None,
    quote: str,
    origin: EvidenceOrigin,
    readings: Iterable[Word | Cell] = (),
) -> Evidence:
    """One piece of evidence; it is trusted as far as the least of the `readings` that it rests on."""
    known = [one.trust for one in readings if one.trust is not None]
    doubts = tuple(sorted({doubt for one in readings for doubt in one.doubts}))
    return Evidence.made(
        page=page, bbox=bbox, quote=quote, origin=origin, confidence=min(known, default=1.0), doubts=doubts
    )


def paragraph_evidence(paragraph: Paragraph, start: int, end: int, origin: EvidenceOrigin) -> list[Evidence]:
    """Where characters `start:end` of a paragraph are printed, one entry a page; one entry where no words are known."""
    first = bisect_right(paragraph.words, start, key=_END)
    words = paragraph.words[first : bisect_left(paragraph.words, end, lo=first, key=_START)]
    if not words:
        return [shown(paragraph.page, None, paragraph.text[start:end], origin)]
    pages = sorted({word.page for word in words})
    if len(pages) == 1:
        return [_page_evidence(paragraph, words, (start, end), origin)]
    return [_page_evidence(paragraph, [w for w in words if w.page == page], (start, end), origin) for page in pages]


def _page_evidence(
    paragraph: Paragraph, words: Sequence[Word], span: tuple[int, int], origin: EvidenceOrigin
) -> Evidence:
    low, high = max(span[0], words[0].start), min(span[1], words[-1].end)
    box = enclosing_box(word.box for word in words)
    if len(words) <= WORDS_OF_A_VALUE:
        origin = next((word.origin for word in words if word.origin is not None), origin)
    return shown(words[0].page, box, paragraph.text[low:high], origin, words)


def enclosing_box(boxes: Iterable[Box | None]) -> Box | None:
    """The smallest box around all known boxes, or None."""
    known = [box for box in boxes if box is not None]
    if len(known) < 2:
        return known[0] if known else None
    x0s, tops, x1s, bottoms = zip(*known, strict=True)
    return min(x0s), min(tops), max(x1s), max(bottoms)
