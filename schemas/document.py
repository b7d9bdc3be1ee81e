"""Document: what every reader returns, whatever the format.

A document is a list of blocks in reading order, paragraphs and tables, with the page furniture set apart. A parser
never asks where the text came from: what a format cannot know (boxes in a text file, say) is None.
"""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from schemas.base import SCHEMA_VERSION, Box, Record
from schemas.doubts import NO_DOUBT, Doubts, trust
from schemas.packed import Many
from schemas.source import Notice, Source

WordOrigin = Literal["field"]
"""Where a word came from, other than the page itself: `field`, the appearance of a form field or an annotation."""


class Word(NamedTuple):
    """One word of a paragraph: `paragraph.text[start:end]`, with its page and, where known, its box and style.

    `confidence` is OCR's own score, `doubts` why the word may be wrong all the same; `trust` is what follows from both.
    """

    start: int
    end: int
    page: int
    box: Box | None = None
    confidence: float | None = None
    bold: bool = False
    italic: bool = False
    origin: WordOrigin | None = None
    doubts: Doubts = NO_DOUBT

    @property
    def trust(self) -> float | None:
        """From 0 to 1; None where nothing was recognised, but printed as such."""
        return trust(self.confidence, self.doubts)


class Paragraph(Record):
    """A paragraph, on one line: NFC, white space folded, lines joined, markup and footnote marks removed.

    In the letterhead and the signature block, where lines do not run on, each printed line is a paragraph of its own,
    and `column` tells the left block from the right one where the reader could see them. `label` is an automatic
    number or bullet that a word processor would print before the text; readers put it into `text` too.
    `note_marks` are the footnote marks that were taken out: `(offset in text, mark)`.
    """

    kind: Literal["paragraph"] = "paragraph"
    text: str
    page: int = 1
    words: tuple[Word, ...] = ()
    bold: bool | None = None
    italic: bool | None = None
    size: float | None = None
    align: Literal["left", "center", "right", "justify"] | None = None
    column: Literal["left", "right"] | None = None
    note_marks: tuple[tuple[int, str], ...] = ()


class Cell(NamedTuple):
    """A cell of a table, once, at its top left grid position; merged cells have spans over 1.

    No record: a long file has hundreds of thousands. `confidence`, `doubts`, `trust`: as of a `Word`; `origin`: of a
    cell that a form field filled in, or a part of it.
    """

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    text: str = ""
    page: int = 1
    box: Box | None = None
    confidence: float | None = None
    bold: bool = False
    doubts: Doubts = NO_DOUBT
    origin: WordOrigin | None = None

    @property
    def trust(self) -> float | None:
        """From 0 to 1; None where nothing was recognised, but printed as such."""
        return trust(self.confidence, self.doubts)


class Grid(Record):
    """A table as it is printed on one page, or as a word processor holds it: a grid of cells, nothing interpreted.

    `header_rows` is the number of leading rows that the file itself marks as headings, if it does. `ruled` is false
    when the grid was made from tabs or alignment and not from lines.
    """

    kind: Literal["table"] = "table"
    page: int = 1
    box: Box | None = None
    n_rows: int
    n_columns: int
    cells: Many[Cell]
    header_rows: int | None = None
    ruled: bool = True


Block = Annotated[Paragraph | Grid, Field(discriminator="kind")]


class PageInfo(Record):
    """One page: its size in points, upright, and how its text was obtained.

    A scanned page is read upright and straightened, and so lie the boxes of the document: `turn` is by how many degrees
    clockwise its picture was turned for that, `skew` by how many degrees its lines then still fell to the right.
    """

    number: int
    width: float | None = None
    height: float | None = None
    origin: Literal["text", "text_layer", "ocr", "empty"] = "text"
    confidence: float | None = None
    turn: Literal[0, 90, 180, 270] = 0
    skew: float = 0.0


FurnitureKind = Literal[
    "page_number",
    "running_head",
    "footer",
    "signature_stamp",
    "arrival_stamp",
    "annotation",
    "widget",
    "handwriting",
    "watermark",
    "stamp",
]


PenBlank = Literal["number", "day", "month"]

PEN_SURE = 0.98
"""From this confidence on a value that a pen wrote is right at least 98 times in 100, and is taken."""


class PenValue(NamedTuple):
    """A value that strokes of a pen may be, as written (`07`), and how likely it is, from 0 to 1."""

    value: str
    confidence: float


class Furniture(Record):
    """What stands on a page without being the dispatch's text.

    `handwriting`: ink in a blank of the form, which blank it is, and the values that it may be, the likeliest first
    (`readings`; None where there is no recogniser); `text` is what OCR made of it, no more than a hint.
    `annotation`, `widget`: text laid over the page or filled into a form; a `widget` with a `blank` is a picture that
    was put there, whose readings differ.
    """

    kind: FurnitureKind
    text: str
    page: int = 1
    box: Box | None = None
    confidence: float | None = None
    blank: PenBlank | None = None
    readings: tuple[PenValue, ...] | None = None


class Footnote(Record):
    """A footnote or endnote: its mark without brackets, and its text."""

    mark: str
    paragraph: Paragraph


class LetterZones(NamedTuple):
    """The zones of one dispatch, as places in `Document.blocks`: where each begins, and where the dispatch ends.

    The letterhead with Kính gửi begins at `start`, what it says at `body`, Nơi nhận and signature at `closing`, what
    follows them at `appendices`. `signers` are the places of those who stand side by side, each with the lines below
    the one before; empty where signers stand one below the other.
    """

    start: int
    body: int
    closing: int
    signers: tuple[int, ...]
    appendices: int
    end: int

    def moved(self, by: int) -> LetterZones:
        """The same zones, `by` blocks further on."""
        signers = tuple(place + by for place in self.signers)
        return LetterZones(
            self.start + by, self.body + by, self.closing + by, signers, self.appendices + by, self.end + by
        )


class Document(Record):
    """A file as a reader saw it; `letters` are the dispatches in it, decided once by `form.zones`."""

    schema_version: str = SCHEMA_VERSION
    source: Source
    pages: tuple[PageInfo, ...] = ()
    blocks: Many[Block] = ()
    letters: tuple[LetterZones, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    warnings: tuple[Notice, ...] = ()

    @property
    def text(self) -> str:
        """The text of all blocks, a line each; the cells of a table row separated by tabs."""
        return "\n".join(block.text if isinstance(block, Paragraph) else grid_text(block) for block in self.blocks)


def grid_text(grid: Grid) -> str:
    """The rows of a grid, a line each, cells separated by tabs."""
    rows = [[""] * grid.n_columns for _ in range(grid.n_rows)]
    for cell in grid.cells:
        rows[cell.row][cell.column] = cell.text
    return "\n".join("\t".join(row) for row in rows)
