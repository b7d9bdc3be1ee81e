"""Fields that show a small picture, or their text as outlines: drawn alone, and read where a blank wants a number."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pypdfium2.raw as pdfium

from ingest.door.errors import ReadError
from ingest.page.placed import PlacedWord, rounded
from ingest.page.slots import BlankKind, LineSlot, Strip
from ingest.pdf.characters import Frame, address
from ingest.pdf.overlays import Overlay
from schemas.document import Furniture, PenValue

_READER = "ingest.scan.field_reading"
# How high the ink in a blank is, in points.
_LEAST, _MOST = 4.0, 24.0
_SCALE = 300 / 72
# A digit is this share of its font size high.
_DIGIT = 0.67
_CONTRAST = 60


class FieldPictures:
    """The pictures of one page's overlays. `form`: the form object that holds all appearances, or None."""

    def __init__(self, page: Any, form: Any | None, frame: Frame, number: int) -> None:
        self.page, self.form, self.frame, self.number = page, form, frame, number
        self.alone = False
        self.cuts: dict[int, Any] = {}

    def ink_of(self, overlay: Overlay) -> Strip | None:
        """Where the ink of a small overlay stands; None where it is no picture, or too large for a line."""
        x0, top, _, _ = overlay.box
        if not overlay.is_readable or not overlay.is_small or self.form is None:
            return None
        pixels = self._drawn(overlay)
        if pixels is None or pixels.max() - pixels.min() < _CONTRAST:
            return None
        dark = pixels < (int(pixels.max()) + int(pixels.min())) // 2
        rows, columns = dark.any(1).nonzero()[0], dark.any(0).nonzero()[0]
        first, last, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
        self.cuts[id(overlay)] = pixels[first:last, left:right]
        height = (last - first) / _SCALE
        if not _LEAST < height < _MOST:
            return None
        low = top + last / _SCALE
        return Strip(
            x0 + left / _SCALE, top + first / _SCALE, x0 + right / _SCALE, low, low, height / _DIGIT,
            covers=overlay.shown.covers,
        )  # fmt: skip

    def read(self, overlay: Overlay, strip: Strip, slot: LineSlot) -> PlacedWord | Furniture | None:
        """What the picture in a blank says: a word where the readings agree, else furniture with what it may be."""
        cut, kind = self.cuts.get(id(overlay)), slot.kind
        if cut is None or kind is None:
            return None
        box, blank = rounded(strip[:4]), kind if kind != "year" else None
        if overlay.inked:
            values = _read("read_strokes", cut, kind)
            text = values[0].value if values else ""
            return Furniture(kind="handwriting", text=text, page=self.number, box=box, blank=blank, readings=values)
        readings = _read("read_blank", cut, kind) or []
        if readings and readings[0].agreed:
            best = readings[0]
            return PlacedWord(best.text, *strip[:6], confidence=best.confidence, origin="field")
        return Furniture(
            kind="widget",
            text=readings[0].text if readings else "",
            page=self.number,
            box=box,
            blank=blank,
            readings=tuple(PenValue(one.text, one.confidence) for one in readings),
        )

    def _drawn(self, overlay: Overlay) -> Any | None:
        """The pixels of an overlay's box with nothing but appearances in it, grey."""
        if not self.alone:
            show_only(self.page, self.form)
            self.alone = True
        width, height = self.frame.size
        x0, top, x1, bottom = overlay.box
        crop = (max(0.0, x0), max(0.0, height - bottom), max(0.0, width - x1), max(0.0, top))
        if crop[0] + crop[2] >= width - 1 or crop[1] + crop[3] >= height - 1:
            return None
        bitmap = self.page.render(scale=_SCALE, crop=crop, grayscale=True, draw_annots=False, may_draw_forms=False)
        pixels = bitmap.to_numpy()
        return pixels[:, :, 0] if pixels.ndim == 3 else pixels


def _read(how: str, cut: Any, kind: BlankKind) -> Any:
    """What a reader of pictures makes of one; None where there is no OCR on this machine: it is told, unread."""
    try:
        return getattr(import_module(_READER), how)(cut, kind)
    except (ImportError, ReadError):
        return None


def show_only(page: Any, form: Any) -> None:
    """Makes one object of a page the only one that is drawn."""
    for item in _objects(page):
        pdfium.FPDFPageObj_SetIsActive(item, _same(item, form))


def _objects(page: Any) -> list[Any]:
    count = pdfium.FPDFPage_CountObjects(page.raw)
    return [pdfium.FPDFPage_GetObject(page.raw, index) for index in range(count)]


def _same(one: Any, other: Any) -> bool:
    return other is not None and address(one) == address(other)
