"""What is laid over a PDF page: annotations, filled form fields, the appearances of signatures and stamps.

Since Nghị định 30/2020/NĐ-CP (Điều 8, Điều 13 and Phụ lục I) the issuing system numbers and dates a dispatch that was
signed already; it does so with the appearance of a field, drawn over the page that was signed.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal, NamedTuple

import pypdfium2.raw as pdfium

from ingest.page.lines import to_lines
from ingest.page.placed import PlacedLine, PlacedWord, line_of, rounded
from ingest.page.stamps import SIGNATURE
from ingest.pdf.characters import Frame, address
from schemas.base import Box
from schemas.document import Furniture, FurnitureKind
from vietnamese.fold import fold, nfc

_IGNORED = {pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP}
_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_DEEPEST = 5
_MOST_OBJECTS = 400
# A fill that is this much of the appearance hides what is printed below it.
_WHOLE = 0.8
_PALE = 200
# The most that a filled blank takes, in points.
_WIDEST, _HIGHEST = 190.0, 48.0


class Shown(NamedTuple):
    """What an appearance is made of: text, pictures or paths; `covers`: it has a pale ground that hides the print."""

    text: bool = False
    pictures: bool = False
    paths: bool = False
    covers: bool = False


NOTHING = Shown()


@dataclass(frozen=True)
class Overlay:
    """One annotation: its kind of furniture, its box, the text that it carries itself, and what it shows.

    `tick`: the mark of a check box. `typed`: its own text is what it shows, a field's or typewriter's, not a remark.
    `inked`: drawn with the pen of a PDF program. `strikes`: the words that it strikes out, line by line. `words`: what
    it shows as text, once that is read.
    """

    kind: FurnitureKind
    box: Box
    text: str
    shown: Shown = NOTHING
    tick: Literal["☒", "☐"] | None = None
    typed: bool = False
    inked: bool = False
    strikes: tuple[Box, ...] = ()
    words: tuple[PlacedWord, ...] = ()

    @property
    def is_small(self) -> bool:
        """Whether it may be what fills a blank; a seal or a signature is larger."""
        return self.box[2] - self.box[0] <= _WIDEST and self.box[3] - self.box[1] <= _HIGHEST

    @property
    def is_readable(self) -> bool:
        """Whether it shows text, or a picture that may be read."""
        return self.shown.text or (self.is_small and (self.shown.pictures or self.shown.paths))

    @cached_property
    def lines(self) -> list[PlacedLine]:
        """The lines of text that it shows."""
        return to_lines(self.words) if len(self.words) > 1 else [line_of([word]) for word in self.words]

    @cached_property
    def reading(self) -> str:
        """The text as it appears on the page; what the annotation carries itself where it shows none."""
        return self.tick or nfc(" ".join(line.text for line in self.lines)) or self.text

    @cached_property
    def signs(self) -> bool:
        """Whether the text is that of a signature's block: by whom, when, with which address."""
        return SIGNATURE.search(fold(self.reading)) is not None


def read_overlays(page: Any, frame: Frame) -> list[Overlay]:
    """The annotations of a pdfium page that can be seen, links left out."""
    overlays = []
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        subtype = pdfium.FPDFAnnot_GetSubtype(annotation)
        if subtype not in _IGNORED and not pdfium.FPDFAnnot_GetFlags(annotation) & _UNSEEN:
            overlays.append(_overlay(annotation, subtype, frame))
        pdfium.FPDFPage_CloseAnnot(annotation)
    return overlays


def _overlay(annotation: Any, subtype: int, frame: Frame) -> Overlay:
    rect = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, rect)
    box = frame.box(rect.left, rect.bottom, rect.right, rect.top)
    shown = _shown(annotation)
    if subtype == pdfium.FPDF_ANNOT_WIDGET:
        kind = _string(annotation, b"FT")
        if kind == "Btn":
            return Overlay("widget", box, "", NOTHING, _tick(annotation))
        if kind == "Sig":
            return Overlay("signature_stamp", box, "", shown)
        value = _string(annotation, b"V")
        return Overlay("widget", box, value, shown, typed=bool(value))
    stamped: FurnitureKind = "stamp" if subtype == pdfium.FPDF_ANNOT_STAMP else "annotation"
    said = _string(annotation, b"Contents")
    if subtype == pdfium.FPDF_ANNOT_STRIKEOUT:
        return Overlay("annotation", box, said, strikes=tuple(_quads(annotation, frame)))
    typed, inked = bool(said) and subtype == pdfium.FPDF_ANNOT_FREETEXT, subtype == pdfium.FPDF_ANNOT_INK
    return Overlay(stamped, box, said, shown, typed=typed, inked=inked)


def _tick(annotation: Any) -> Literal["☒", "☐"] | None:
    """The mark of a check box or radio button; None of a button to be pressed, which has no states."""
    state = _string(annotation, b"AS")
    if not state:
        return None
    return "☐" if state == "Off" else "☒"


def _string(annotation: Any, key: bytes) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, size)
    return nfc(" ".join(bytes(buffer)[: max(0, size - 2)].decode("utf-16-le", "replace").split()))


def _quads(annotation: Any, frame: Frame) -> Iterator[Box]:
    """The stretches of text that a mark is about."""
    points = pdfium.FS_QUADPOINTSF()
    for index in range(pdfium.FPDFAnnot_CountAttachmentPoints(annotation)):
        if pdfium.FPDFAnnot_GetAttachmentPoints(annotation, index, points):
            yield frame.box(points.x1, points.y1, points.x4, points.y4)


def _shown(annotation: Any) -> Shown:
    """What the normal appearance of an annotation draws."""
    count = pdfium.FPDFAnnot_GetObjectCount(annotation)
    objects = list(_flat((pdfium.FPDFAnnot_GetObject(annotation, index) for index in range(max(0, count))), 0))
    kinds = {pdfium.FPDFPageObj_GetType(item) for item in objects}
    fills = [item for item in objects if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_PATH]
    return Shown(
        pdfium.FPDF_PAGEOBJ_TEXT in kinds,
        pdfium.FPDF_PAGEOBJ_IMAGE in kinds,
        pdfium.FPDF_PAGEOBJ_PATH in kinds,
        any(_is_ground(item, _size(annotation)) for item in fills[:1]),
    )


def _flat(objects: Iterator[Any], depth: int) -> Iterator[Any]:
    """The objects, those inside forms in the place of the form."""
    for place, item in enumerate(objects):
        if place > _MOST_OBJECTS:
            return
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_FORM:
            yield item
        elif depth < _DEEPEST:
            count = pdfium.FPDFFormObj_CountObjects(item)
            yield from _flat((pdfium.FPDFFormObj_GetObject(item, index) for index in range(count)), depth + 1)


def _size(annotation: Any) -> tuple[float, float]:
    rect = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, rect)
    return abs(rect.right - rect.left), abs(rect.top - rect.bottom)


def _is_ground(path: Any, size: tuple[float, float]) -> bool:
    """Whether a path is a pale fill over nearly all of the annotation."""
    fill, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroked)
    if not fill.value:
        return False
    bounds = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(path, *bounds)
    left, bottom, right, top = (one.value for one in bounds)
    if right - left < _WHOLE * size[0] or top - bottom < _WHOLE * size[1]:
        return False
    colour = [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFPageObj_GetFillColor(path, *colour)
    return min(part.value for part in colour) >= _PALE


def flattened(pdf: Any, page: Any, index: int) -> Any:
    """Page `index` again, with its appearances as page content: how pdfium can read them. `page` is closed.

    The document is changed in memory only.
    """
    pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
    page.close()
    return pdf[index]


def appearance_form(page: Any, before: int) -> Any | None:
    """The form object into which `flattened` put all appearances, the last of a page that had `before` objects."""
    count = pdfium.FPDFPage_CountObjects(page.raw)
    if count <= before:
        return None
    last = pdfium.FPDFPage_GetObject(page.raw, count - 1)
    return last if pdfium.FPDFPageObj_GetType(last) == pdfium.FPDF_PAGEOBJ_FORM else None


def text_objects(form: Any) -> frozenset[int]:
    """The addresses of the text objects inside a form object."""
    found = _flat(iter([form]), -1)
    return frozenset(address(item) for item in found if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_TEXT)


def with_words(overlays: Sequence[Overlay], words: Sequence[PlacedWord]) -> list[Overlay]:
    """The overlays with the words that stand in the box of each; a word belongs to the smallest box around it."""
    found: dict[int, list[PlacedWord]] = {}
    for word in words:
        around = [place for place, overlay in enumerate(overlays) if _inside(word, overlay.box)]
        if around:
            found.setdefault(min(around, key=lambda place: _area(overlays[place].box)), []).append(word)
    return [replace(overlay, words=tuple(found.get(place, ()))) for place, overlay in enumerate(overlays)]


def as_furniture(overlay: Overlay, page: int) -> Furniture | None:
    """An overlay that is no part of a line; None where it says nothing."""
    if not overlay.reading or overlay.tick == "☐":
        return None
    kind: FurnitureKind = "signature_stamp" if overlay.signs else overlay.kind
    return Furniture(kind=kind, text=overlay.reading, page=page, box=rounded(overlay.box))


def _inside(word: PlacedWord, box: Box) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box[0] - 2 <= x <= box[2] + 2 and box[1] - 2 <= y <= box[3] + 2


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
