"""Cuttings: the strips of the pages on which a finding's places stand, framed: red the reported one, blue the others.

Where the file has no pages, its words are shown instead: the row of the table with its heading, or the sentence.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from congvan.audit.report.marks import enclosing
from congvan.audit.where import Checked, boxes, local, place_of
from schemas.base import Box
from schemas.document import Document, PageInfo
from schemas.finding import Finding

_log = logging.getLogger("congvan.audit.page_strips")

_DPI = 110
_ABOVE, _TALLEST = 16.0, 240.0
"""How much of the page is shown above and under a frame, and how tall a strip may be, in points."""

_MOST_ROWS = 12
_MOST_PIXELS = 30_000_000
_COLOURS = {"reported": (192, 24, 24), "other": (26, 79, 180)}
PICTURES = ("image/png", "image/jpeg", "image/tiff")


@dataclass(frozen=True)
class Cutting:
    """One place of a finding: its role (`reported`, `other`), page, what stands there, and its picture as WebP."""

    role: str
    page: int | None
    text: str
    where: str
    picture: bytes | None = None
    heading: tuple[str, ...] = ()
    rows: tuple[tuple[tuple[str, bool], ...], ...] = ()
    """Without a picture: the rows of the table, each cell with whether it is the one that is meant."""


@dataclass
class Pages:
    """The pages of one dispatch's file as pictures, each drawn once. `path` and `document` may be missing."""

    path: Path | None
    document: Document | None
    _drawn: dict[int, Any] = field(default_factory=dict)

    def strip(self, number: int, frames: Sequence[tuple[Box, str]]) -> bytes | None:
        """The strip of a page around the first of these boxes, over the page's whole width, as WebP, each framed by its
        role; None where there is no picture."""
        info = self._info(number)
        picture = self._page(number, info) if info is not None else None
        if info is None or picture is None:
            return None
        from PIL import ImageDraw

        scale, box = picture.width / (info.width or 1), frames[0][0]
        top = max(0.0, box[1] - _ABOVE)
        bottom = min(box[3] + _ABOVE, top + _TALLEST, info.height or 1)
        strip = picture.crop((0, round(top * scale), picture.width, max(round(bottom * scale), round(top * scale) + 1)))
        for (x0, y0, x1, y1), role in reversed(frames):
            frame = [(x0 - 2) * scale, (y0 - 2 - top) * scale, (x1 + 2) * scale, (y1 + 2 - top) * scale]
            ImageDraw.Draw(strip).rectangle(frame, outline=_COLOURS[role], width=3)
        out = io.BytesIO()
        strip.save(out, "WEBP", quality=70)
        return out.getvalue()

    def _info(self, number: int) -> PageInfo | None:
        pages = self.document.pages if self.document is not None else ()
        return next((page for page in pages if page.number == number and page.width and page.height), None)

    def _page(self, number: int, info: PageInfo | None) -> Any:
        if number not in self._drawn:
            self._drawn = {number: self._draw(number, info)}  # one at a time: pages are large
        return self._drawn[number]

    def _draw(self, number: int, info: PageInfo | None) -> Any:
        """A page upright and straightened, as its boxes lie; None where it cannot be drawn."""
        if self.path is None or self.document is None or info is None:
            return None
        try:
            picture = _drawn(self.path, self.document.source.media_type, number)
        except (OSError, ValueError, RuntimeError, IndexError) as error:  # a picture is only help: the report goes on
            _log.warning("page %s of %s: %s", number, self.path.name, error)
            return None
        if picture is None:
            return None
        picture = picture.rotate(-info.turn, expand=True) if info.turn else picture
        return picture.rotate(info.skew, fillcolor="white") if info.skew else picture


def _drawn(path: Path, media_type: str, number: int) -> Any:
    if media_type == "application/pdf":
        import pypdfium2

        with pypdfium2.PdfDocument(path) as pdf:
            pdf.init_forms()
            page = pdf[number - 1]
            scale = min(_DPI / 72, (_MOST_PIXELS / (page.get_width() * page.get_height())) ** 0.5)
            return page.render(scale=scale).to_pil().convert("RGB")
    if media_type not in PICTURES:
        return None
    from PIL import Image

    with Image.open(path) as file:
        file.seek(number - 1)
        picture = file.convert("RGB")
        picture.thumbnail((1400, 2000))
        return picture


def cuttings_of(one: Checked, finding: Finding, pages: Pages) -> Iterator[Cutting]:
    """The reported place, with what stands beside it in its row; then what else it was checked against, cells of the
    same column of a page as one."""
    pointers = local(finding)
    if not pointers:
        return
    own_row = pointers[0].rpartition("/cells/")[0]
    beside = [pointer for pointer in pointers[1:] if own_row and pointer.rpartition("/cells/")[0] == own_row]
    yield _cutting(one, "reported", [pointers[0]], beside, pages)
    groups: dict[tuple[int | None, str], list[str]] = {}
    for pointer in pointers[1:]:
        if pointer not in beside:
            table, _, cell = pointer.partition("/rows/")
            column = f"{table} {cell.rpartition('/')[2]}" if cell else pointer
            groups.setdefault((place_of(one.dispatch, pointer).page, column), []).append(pointer)
    for group in groups.values():
        yield _cutting(one, "other", group, [], pages)


def _cutting(one: Checked, role: str, pointers: list[str], beside: list[str], pages: Pages) -> Cutting:
    """A place of one or more pointers; `beside`: other places on its strip, framed too."""
    place = place_of(one.dispatch, pointers[0])
    at = [_on(one, pointer, place.page) for pointer in pointers]
    own = [box for found in at for box in found]
    frames = [(enclosing(own), role)] if own else []
    frames += [(box, "other") for pointer in beside for box in _on(one, pointer, place.page)]
    picture = pages.strip(place.page, frames) if own and place.page is not None else None
    shown = [_row(one, pointer) for pointer in pointers[:_MOST_ROWS]] if picture is None else []
    rows = tuple(cells for _, cells in shown if cells)
    return Cutting(role, place.page, place.text, place.where, picture, shown[0][0] if rows else (), rows)


def _on(one: Checked, pointer: str, page: int | None) -> list[Box]:
    return [box for shown_on, box in boxes(one.dispatch, pointer) if shown_on == page]


def _row(one: Checked, pointer: str) -> tuple[tuple[str, ...], tuple[tuple[str, bool], ...]]:
    """The headings and the cells of the row in which a pointer's cell stands; nothing for a sentence."""
    table, _, rest = pointer.partition("/rows/")
    if not rest:
        return (), ()
    row, _, column = rest.partition("/cells/")
    held = one.dispatch.tables[int(table.rpartition("/")[2])]
    heading = tuple(" / ".join(each.path) for each in held.columns)
    cells = tuple((cell.text, place == int(column)) for place, cell in enumerate(held.rows[int(row)].cells))
    return heading, cells
