"""Signers of a joint dispatch who stand side by side: lines that run through all of them, cut and put in columns.

Each body's office stands in one row (Nghị định 30/2020, Phụ lục I, thể thức chữ ký của văn bản liên tịch); what stands
below an office belongs to it. On a scan OCR reads such a row as one line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from form.closing import BULLETS, is_authority
from form.labels import is_line, is_upper
from form.offices import body_level, is_office
from form.zones.cut import slice_paragraph
from schemas.document import Paragraph, Word

_GAP = 22.0
"""Points between two words that no line of one signer leaves: three spaces of its letters."""
_LOWEST = 200.0
"""How far below their offices, in points, signers may have their names."""
Box = tuple[float, float, float, float]


@dataclass
class _Piece:
    """A part of a printed line without a gap, and its box."""

    paragraph: Paragraph
    box: Box

    @property
    def middle(self) -> float:
        return (self.box[0] + self.box[2]) / 2

    def is_beside(self, other: _Piece) -> bool:
        """Whether two pieces stand in one row."""
        middle = (self.box[1] + self.box[3]) / 2
        return other.box[1] < middle < other.box[3] and self.paragraph.page == other.paragraph.page


@dataclass
class Closing:
    """The lines of each signer from the left, and the other lines of the closing."""

    signers: list[list[Paragraph]] = field(default_factory=list)
    rest: list[Paragraph] = field(default_factory=list)


def signers_abreast(closing: Sequence[Paragraph]) -> Closing:
    """The signers who stand in a row; none where the closing has no two offices in one row, or no places are known."""
    pieces = [piece for paragraph in closing for piece in _pieces(paragraph)]
    heads = _row_of_offices(pieces)
    if not heads:
        return Closing(rest=list(closing))
    top, page = min(head.box[1] for head in heads), heads[0].paragraph.page
    foot = min([_LOWEST + top, *(piece.box[1] for piece in pieces if _ends_signers(piece, top, page))])
    found: list[list[_Piece]] = [[] for _ in heads]
    taken: set[int] = set()
    for paragraph in closing:
        parts = list(_pieces(paragraph))
        if parts and paragraph.page == page and all(top - 30 < part.box[1] < foot for part in parts):
            taken.add(id(paragraph))
            for part in parts:
                found[min(range(len(heads)), key=lambda at: abs(heads[at].middle - part.middle))].append(part)
    signers = [[part.paragraph for part in sorted(column, key=lambda part: part.box[1])] for column in found]
    return Closing(signers, [paragraph for paragraph in closing if id(paragraph) not in taken])


def _ends_signers(piece: _Piece, top: float, page: int) -> bool:
    """Whether Nơi nhận, or an item of it, stands here below the offices."""
    text = piece.paragraph.text
    listed = is_line("distribution_label", text) or text.lstrip().startswith(BULLETS[:2])
    return listed and piece.paragraph.page == page and piece.box[1] > top and sum(map(str.isalpha, text)) > 3


def _row_of_offices(pieces: Sequence[_Piece]) -> list[_Piece]:
    """The offices of the first row that has two or more, from the left."""
    offices = [piece for piece in pieces if _is_head(piece.paragraph.text)]
    for office in offices:
        row = sorted((other for other in offices if office.is_beside(other)), key=lambda piece: piece.box[0])
        if len(row) > 1 and all(after.box[0] - before.box[2] > _GAP for before, after in pairwise(row)):
            return row
    return []


def _is_head(text: str) -> bool:
    """An authority, an office or a body in capitals: what heads a signer's column."""
    if text.lstrip().startswith(BULLETS) or not is_upper(text):
        return False
    return is_authority(text) or is_office(text) or body_level(text) is not None


def _pieces(paragraph: Paragraph) -> Iterator[_Piece]:
    """A line cut at its wide gaps; nothing where the places of its words are not known."""
    run: list[Word] = []
    for word in paragraph.words:
        if word.box is None:
            return
        if run and run[-1].box is not None and word.box[0] - run[-1].box[2] > _GAP:
            yield _piece(paragraph, run)
            run = []
        run.append(word)
    if run:
        yield _piece(paragraph, run)


def _piece(paragraph: Paragraph, words: Sequence[Word]) -> _Piece:
    boxes = [word.box for word in words if word.box is not None]
    box = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    part = slice_paragraph(paragraph, words[0].start, words[-1].end)
    return _Piece(part.model_copy(update={"column": "right"}), box)
