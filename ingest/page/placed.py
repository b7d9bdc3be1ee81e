"""What the layout engine works on: words with their places on a page, and the lines made of them.

Nothing here knows a file format: the PDF reader fills it with characters, the scan reader with what OCR saw.
All lengths are points, measured from the top left corner of the upright page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

from ingest.page.rulings import Ruling
from schemas.base import Box
from schemas.document import Block, Furniture, Grid, PageInfo, WordOrigin
from schemas.doubts import NO_DOUBT, Doubt, Doubts, trust, with_doubt
from schemas.packed import Packed
from schemas.source import Notice


@lru_cache(maxsize=8192)
def _one(length: float) -> float:
    return length


def rounded(box: Box) -> Box:
    """A box to a hundredth of a point. Equal lengths are one object: the rows of a long table end at the same few."""
    return _one(round(box[0], 2)), _one(round(box[1], 2)), _one(round(box[2], 2)), _one(round(box[3], 2))


Column = Literal["left", "right"] | None
Align = Literal["left", "center", "right", "justify"] | None


class PlacedWord(NamedTuple):
    """A word without inner spaces. `baseline` is that of its text line (OCR: of the line, not of the word's box).

    `size` is the font size (OCR: estimated from the line's height, the same for all words of a line if possible).
    `raised` marks a superscript; the layout finds those itself from size and baseline.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    bold: bool = False
    italic: bool = False
    confidence: float | None = None
    raised: bool = False
    origin: WordOrigin | None = None
    doubts: Doubts = NO_DOUBT

    @property
    def trust(self) -> float | None:
        """OCR's score, lowered by what is doubted."""
        return trust(self.confidence, self.doubts)

    def doubted(self, doubt: Doubt) -> PlacedWord:
        """The word with one more reason to doubt it."""
        return self._replace(doubts=with_doubt(self.doubts, doubt))


@dataclass(slots=True)
class PlacedLine:
    """A printed line, or the part of one that stands in one column; words from left to right, never empty."""

    words: list[PlacedWord]
    x0: float
    x1: float
    top: float
    bottom: float
    baseline: float
    size: float

    @property
    def text(self) -> str:
        return " ".join([word.text for word in self.words])

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2


def line_of(words: list[PlacedWord]) -> PlacedLine:
    """A line of words in any order; its size is that of most of its text."""
    words = sorted(words, key=lambda word: word.x0)
    plain = [word for word in words if not word.raised] or words
    largest = max(plain, key=lambda word: word.x1 - word.x0)
    return PlacedLine(
        words,
        words[0].x0,
        max(word.x1 for word in words),
        min(word.top for word in plain),
        max(word.bottom for word in plain),
        largest.baseline,
        largest.size,
    )


@dataclass(frozen=True)
class Margins:
    """Where body text begins and ends on a page, its size, and the usual distance of two baselines."""

    left: float
    right: float
    size: float
    pitch: float

    @property
    def width(self) -> float:
        return self.right - self.left


@dataclass(frozen=True)
class PageContent:
    """One page as a reader saw it: words outside tables, rulings, the grids already read, and known furniture."""

    number: int
    width: float
    height: float
    words: Sequence[PlacedWord]
    rulings: Sequence[Ruling] = ()
    grids: Sequence[Grid] = ()
    furniture: Sequence[Furniture] = ()


@dataclass(slots=True)
class ParagraphDraft:
    """A paragraph in the making: its printed lines. A line whose index is in `turns` begins the next page.

    `coarse`: words of one page and style share one box.
    """

    lines: list[PlacedLine]
    page: int = 0
    column: Column = None
    align: Align = None
    indented: bool = False
    turns: list[int] = field(default_factory=list)
    coarse: bool = False


@dataclass(frozen=True)
class NoteDraft:
    """A footnote in the making."""

    mark: str
    draft: ParagraphDraft


PageBlock = ParagraphDraft | Grid | Packed[Block]
"""What stands on a page: paragraphs in the making, tables, and in a long file what is done, packed."""


@dataclass
class PageLayout:
    """What the layout of one page gives: blocks in reading order, notes and furniture.

    `indents`: paragraphs begin with an indent.
    """

    number: int
    width: float
    height: float
    margins: Margins | None
    indents: bool = False
    blocks: list[PageBlock] = field(default_factory=list)
    notes: list[NoteDraft] = field(default_factory=list)
    furniture: list[Furniture] = field(default_factory=list)


@dataclass(frozen=True)
class ReadPage:
    """One page read, whatever read it: its content, how it was got, and what to tell a person.

    `ingest.scan.reader.read_page(page, number)` gives one for a pypdfium2 page that has no text to be trusted; `engine`
    is then the name of the OCR engine, and `info.confidence` the mean confidence of the page. `failed`: none of its
    steps could read it.
    """

    content: PageContent
    info: PageInfo
    notices: tuple[Notice, ...] = ()
    engine: str | None = None
    steps: tuple[str, ...] = ()
    failed: bool = False


def failed_read(number: int, notice: Notice) -> ReadPage:
    """A page of which nothing could be read, and why."""
    info = PageInfo(number=number, origin="empty")
    return ReadPage(PageContent(number, 0.0, 0.0, ()), info, (notice,), failed=True)
