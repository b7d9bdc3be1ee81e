"""The invisible words that another program's OCR laid under or over a scan: no print, and compared with the picture.

Copiers and desktop programs make such searchable files, and so does this program. Their figures are guesses like any
others: the picture is read anew, and where the two differ a person is told both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.page.placed import PlacedWord, ReadPage, rounded
from ingest.pdf.characters import PageText
from ingest.pdf.drawing import Drawing
from schemas.document import Grid
from schemas.source import Notice, Suggestion

_COVERED = 0.5
_TOLD = 30
"""So many differences of one page are told singly; a layer with more is wrong as a whole."""
_FIGURE = re.compile(r"\d")
_NO_FIGURE = re.compile(r"\D+")

_Seen = tuple[str, tuple[float, float, float, float]]


def is_ocr_layer(text: PageText, drawing: Drawing, width: float, height: float) -> bool:
    """Whether the words of a page were laid under or over its picture by OCR: they are not seen, the picture is."""
    if drawing.covered_share(width, height) < _COVERED:
        return False
    return text.hidden * 2 > text.characters > 0 or drawing.hides_text


def differences(words: Sequence[PlacedWord], read: ReadPage) -> Iterator[Notice]:
    """A warning for each figure that the layer has otherwise than the picture, with both."""
    if read.info.turn:
        return  # the picture was turned to be read: its places are not those of the layer
    seen = list(_seen(read))
    pairs = [pair for word in words if _FIGURE.search(word.text) if (pair := _pair(word, seen)) is not None]
    number = read.info.number
    for word, (text, box) in pairs[:_TOLD]:
        yield Notice(
            code="readings_differ",
            message=f"Lớp chữ có sẵn ghi «{word.text}», đọc lại từ ảnh là «{text}»; cần xem ảnh trang {number}.",
            page=number,
            bbox=rounded(box),
            quote=text,
            suggestions=(Suggestion(value=word.text, source="print"),),
        )
    if len(pairs) > _TOLD:
        message = f"Trang {number}: còn {len(pairs) - _TOLD} số khác giữa lớp chữ có sẵn và ảnh; cần xem ảnh."
        yield Notice(code="readings_differ", message=message, page=number)


def unread_layer(number: int) -> Notice:
    """The warning of a page whose layer could not be compared, for want of an OCR engine here."""
    message = f"Chữ trang {number} do phần mềm khác nhận dạng từ ảnh quét; số và ngày chưa được đọc lại từ ảnh."
    return Notice(code="other_text_layer", message=message, page=number)


def _seen(read: ReadPage) -> Iterator[_Seen]:
    """What was read from the picture, word by word, and cell by cell in tables."""
    for word in read.content.words:
        yield word.text, (word.x0, word.top, word.x1, word.bottom)
    for grid in read.content.grids:
        yield from _cells(grid)


def _cells(grid: Grid) -> Iterator[_Seen]:
    for cell in grid.cells:
        if cell.box is not None and cell.text:
            yield cell.text, cell.box


def _pair(word: PlacedWord, seen: Sequence[_Seen]) -> tuple[PlacedWord, _Seen] | None:
    """The word of a layer with what the picture has at its place, where their figures differ."""
    level = (word.top + word.bottom) / 2
    here = [
        (text, box)
        for text, box in seen
        if box[1] < level < box[3] and min(box[2], word.x1) - max(box[0], word.x0) > 0.4 * min(
            word.x1 - word.x0, box[2] - box[0]
        )
    ]  # fmt: skip
    ours = _NO_FIGURE.sub("", "".join(text for text, _ in here))
    theirs = _NO_FIGURE.sub("", word.text)
    if not ours or theirs in ours or ours in theirs:
        return None
    boxes = [box for _, box in here]
    around = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    return word, (" ".join(text for text, _ in here), around)
