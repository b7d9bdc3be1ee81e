"""What is laid over a PDF page: annotations, filled form fields, the appearances of signatures and stamps."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from ingest.page.lines import to_lines
from ingest.page.placed import PlacedWord
from ingest.page.stamps import SIGNATURE
from ingest.pdf.characters import Frame, read_words
from schemas.base import Box
from schemas.document import Furniture, FurnitureKind
from vietnamese.fold import fold, nfc

_IGNORED = {pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP}


class Overlay(NamedTuple):
    """One annotation: its kind of furniture, its box, and the text that it carries itself."""

    kind: FurnitureKind
    box: Box
    text: str


def read_overlays(page: Any, frame: Frame) -> list[Overlay]:
    """The annotations of a pdfium page, links left out."""
    overlays = []
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        subtype = pdfium.FPDFAnnot_GetSubtype(annotation)
        if subtype not in _IGNORED:
            overlays.append(_overlay(annotation, subtype, frame))
        pdfium.FPDFPage_CloseAnnot(annotation)
    return overlays


def _overlay(annotation: Any, subtype: int, frame: Frame) -> Overlay:
    rect = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, rect)
    box = frame.box(rect.left, rect.bottom, rect.right, rect.top)
    if subtype == pdfium.FPDF_ANNOT_WIDGET:
        signed = _string(annotation, b"FT") == "Sig"
        return Overlay("signature_stamp" if signed else "widget", box, _string(annotation, b"V"))
    kind: FurnitureKind = "stamp" if subtype == pdfium.FPDF_ANNOT_STAMP else "annotation"
    return Overlay(kind, box, _string(annotation, b"Contents"))


def _string(annotation: Any, key: bytes) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, size)
    return nfc(" ".join(bytes(buffer)[: max(0, size - 2)].decode("utf-16-le", "replace").split()))


def overlay_furniture(pdf: Any, index: int, overlays: Sequence[Overlay], frame: Frame, page: int) -> list[Furniture]:
    """The text of overlays, as it appears on the page; what an annotation carries itself where it shows none.

    `pdf` is the pypdfium2 document. Page `index` is changed in memory: its appearances become page content, which is
    how pdfium can read them. So this comes last of all that is read from the page.
    """
    shown = _appearances(pdf, index, frame)
    pieces = []
    for overlay in overlays:
        words = [word for word in shown if _inside(word, overlay.box)]
        shown = [word for word in shown if word not in words]
        text = nfc(" ".join(line.text for line in to_lines(words))) or overlay.text
        if text:
            kind: FurnitureKind = "signature_stamp" if SIGNATURE.search(fold(text)) else overlay.kind
            pieces.append(Furniture(kind=kind, text=text, page=page, box=_rounded(overlay.box)))
    return pieces


def _appearances(pdf: Any, index: int, frame: Frame) -> list[PlacedWord]:
    """The words that appear on a page through its annotations only."""
    page = pdf[index]
    textpage = page.get_textpage()
    before = pdfium.FPDFText_CountChars(textpage.raw)
    textpage.close()
    flattened = pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
    page.close()
    if flattened != pdfium.FLATTEN_SUCCESS:
        return []
    page = pdf[index]
    textpage = page.get_textpage()
    words = read_words(textpage.raw, frame, before).words
    textpage.close()
    page.close()
    return words


def _inside(word: PlacedWord, box: Box) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box[0] - 2 <= x <= box[2] + 2 and box[1] - 2 <= y <= box[3] + 2


def _rounded(box: Box) -> Box:
    return round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2)
