"""Drawing one page: what runs in the process that draws; it loads nothing of the desk."""

from __future__ import annotations

import io
import multiprocessing
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image

from schemas.base import Box

PDF = "application/pdf"
_MOST_PIXELS = 60_000_000
_QUALITY = 80


class PageWanted(NamedTuple):
    """Which page to draw: the file, its number from 1, how wide, and how it lies."""

    path: str
    media_type: str
    page: int
    width: int
    turn: int
    skew: float


class PrintedPage(NamedTuple):
    """A page of a printed file: its number, its size in points, and the boxes of what was looked for on it."""

    number: int
    width: float
    height: float
    found: list[tuple[str, Box]]


class PrintedFile(NamedTuple):
    """Some pages of a printed file, and how many it has."""

    pages: list[PrintedPage]
    total: int


def end_with_desk() -> None:
    """Make the process that draws end when the desk's does, however that ended: a killed desk leaves nobody behind."""
    desk = multiprocessing.parent_process()

    def wait() -> None:
        if desk is not None:
            desk.join()
            os._exit(0)

    threading.Thread(target=wait, daemon=True).start()


def draw_page(wanted: PageWanted) -> bytes:
    """The picture of a page, upright and straightened as its boxes lie. Runs in the process that draws."""
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    picture = _of_pdf(wanted) if wanted.media_type == PDF else _of_image(wanted)
    if wanted.turn:
        picture = picture.rotate(-wanted.turn, expand=True)
    if wanted.skew:
        picture = picture.rotate(wanted.skew, resample=Image.Resampling.BICUBIC, fillcolor="white")
    height = max(1, round(picture.height * wanted.width / picture.width))
    return as_webp(picture.resize((wanted.width, height), Image.Resampling.LANCZOS))


def look_up(path: str, quotes: Sequence[tuple[str, str]], first: int, number: int) -> PrintedFile:
    """So many pages of a PDF from `first` on, with where the quotations, each under a name, stand on them; of what
    stands more than once the first place. Runs in the process that draws.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(Path(path))
    try:
        left, pages = dict(quotes), []
        for place in range(min(len(document), first - 1 + number)):
            page = document[place]
            found = _find(page, left)
            for name, _ in found:
                left.pop(name, None)
            if place >= first - 1:
                pages.append(PrintedPage(place + 1, page.get_width(), page.get_height(), found))
        return PrintedFile(pages, len(document))
    finally:
        document.close()


def _find(page: Any, quotes: dict[str, str]) -> list[tuple[str, Box]]:
    """The boxes of the quotations on a page, line by line, from its top left corner."""
    text, height, found = page.get_textpage(), page.get_height(), list[tuple[str, Box]]()
    for name, quote in quotes.items():
        place = text.search(quote, match_case=True).get_next() if quote.strip() else None
        if place is not None:
            for number in range(text.count_rects(*place)):
                left, bottom, right, top = text.get_rect(number)
                found.append((name, (left, height - top, right, height - bottom)))
    return found


def _of_pdf(wanted: PageWanted) -> Image.Image:
    import pypdfium2

    document = pypdfium2.PdfDocument(Path(wanted.path))
    try:
        document.init_forms()
        page: Any = document[wanted.page - 1]
        across = page.get_height() if wanted.turn in (90, 270) else page.get_width()
        scale = min(wanted.width / across, (_MOST_PIXELS / (page.get_width() * page.get_height())) ** 0.5)
        drawn: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
        return drawn
    finally:
        document.close()


def _of_image(wanted: PageWanted) -> Image.Image:
    with Image.open(wanted.path) as file:
        file.seek(wanted.page - 1)
        return file.convert("RGB")


def as_webp(picture: Image.Image) -> bytes:
    """A picture as WebP."""
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=_QUALITY, method=2)
    return out.getvalue()
