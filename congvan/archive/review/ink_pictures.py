"""Pictures of the place that a doubt is about: what a person looks at instead of the whole original."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
from PIL import Image, UnidentifiedImageError

from congvan.archive.archive import Archive
from schemas.dispatch import Dispatch
from schemas.source import Notice

_POINTS = 72.0
_DOTS = 150.0
_AROUND = (60.0, 10.0, 140.0, 10.0)
"""Points shown left of, above, right of and below the place: the printed words of its line say what it is."""
_HEAD = (0.0, 0.0, 1.0, 0.3)
"""The part of the first page that is shown where a place is not known: its letterhead."""
_MOST_PIXELS = (900, 260)

Box = tuple[float, float, float, float]


def picture_of(archive: Archive, record: Dispatch, notice: Notice) -> bytes | None:
    """A PNG of the place of a warning in the original; None for a file without pages, or one that cannot be drawn."""
    original = archive.layout.find_original(record.source.sha256)
    if original is None:
        return None
    try:
        page = _page(original, record.source.media_type, (notice.page or 1) - 1)
    except (pypdfium2.PdfiumError, UnidentifiedImageError, OSError, EOFError, IndexError, ValueError):
        return None
    if page is None:
        return None
    image, scale = page
    box = _around(notice.bbox, image, scale) if notice.bbox else _share(image)
    cut = image.convert("RGB").crop(box)
    cut.thumbnail(_MOST_PIXELS)
    out = io.BytesIO()
    cut.save(out, "PNG", optimize=True)
    return out.getvalue()


def _page(original: Path, media_type: str, number: int) -> tuple[Image.Image, float] | None:
    """A page as a picture, and how many pixels a point of it has."""
    if media_type == "application/pdf":
        with pypdfium2.PdfDocument(original) as document:
            image: Image.Image = document[number].render(scale=_DOTS / _POINTS).to_pil()
        return image, _DOTS / _POINTS
    if not media_type.startswith("image/"):
        return None
    with Image.open(original) as file:
        file.seek(number)
        dots = float(file.info.get("dpi", (0, 0))[0]) or 200.0
        return file.convert("L"), dots / _POINTS


def _around(bbox: Box, image: Image.Image, scale: float) -> tuple[int, int, int, int]:
    left, above, right, below = _AROUND
    x0, y0, x1, y1 = bbox
    return (
        max(0, int((x0 - left) * scale)),
        max(0, int((y0 - above) * scale)),
        min(image.width, int((x1 + right) * scale)),
        min(image.height, int((y1 + below) * scale)),
    )


def _share(image: Image.Image) -> tuple[int, int, int, int]:
    x0, y0, x1, y1 = _HEAD
    return int(x0 * image.width), int(y0 * image.height), int(x1 * image.width), int(y1 * image.height)
