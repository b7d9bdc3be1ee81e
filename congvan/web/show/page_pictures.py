"""Pictures of pages: rendered when they are first asked for, in a process of its own, and kept in the archive's cache.

A file that makes the renderer die or hang costs itself alone: the process is made anew for the next one.
"""

from __future__ import annotations

import io
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import TimeoutError as TooLongError
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from PIL import Image

from congvan.archive.archive import Archive
from congvan.archive.truth.files import write_atomic
from congvan.web.show.page_drawing import PDF, PageWanted, as_webp, draw_page, end_with_desk
from schemas.base import Box
from schemas.document import PageInfo

WIDTHS = (360, 900, 1400)
"""The widths in pixels that a page may be asked in."""

_CUTTING_MARGIN = 8.0
_SECONDS = 30


class NoPictureError(Exception):
    """A page of which there is no picture."""


class PagePictures:
    """The pictures of an archive's pages."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._cache = archive.layout.root / "pictures"
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None

    def page(self, sha256: str, number: int, width: int) -> bytes:
        """A page as WebP. Raises `NoPictureError` where the format has no pages or the page cannot be drawn."""
        if width not in WIDTHS or not 1 <= number <= 9999:
            raise NoPictureError
        kept = self._cache / sha256[:2] / f"{sha256}-{number}-{width}.webp"
        if kept.exists():
            return kept.read_bytes()
        with self._turn:  # one page at a time, and none twice
            if not kept.exists():
                write_atomic(kept, self._draw(self._wanted(sha256, number, width)))
        return kept.read_bytes()

    def warm(self) -> None:
        """Start the process that draws, so that the first picture need not wait for it."""
        self._running().submit(int)

    def cutting(self, sha256: str, number: int, box: Box, info: PageInfo | None) -> bytes:
        """A piece of a page around a box in points, as WebP. Raises `NoPictureError`."""
        whole = Image.open(io.BytesIO(self.page(sha256, number, WIDTHS[-1])))
        if info is None or not info.width or not info.height:
            raise NoPictureError
        across, down = whole.width / info.width, whole.height / info.height
        x0, top, x1, bottom = box
        margin = _CUTTING_MARGIN
        piece = (
            max(0, int((x0 - margin) * across)),
            max(0, int((top - margin) * down)),
            min(whole.width, int((x1 + margin) * across) + 1),
            min(whole.height, int((bottom + margin) * down) + 1),
        )
        if piece[2] <= piece[0] or piece[3] <= piece[1]:
            raise NoPictureError
        return as_webp(whole.crop(piece))

    def close(self) -> None:
        """End the process that draws."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)

    def _wanted(self, sha256: str, number: int, width: int) -> PageWanted:
        path = self._archive.layout.find_original(sha256)
        source = self._archive.machine_record(sha256).source
        if path is None or not has_pictures(source.media_type) or number > (source.pages or 1):
            raise NoPictureError
        info = next((one for one in self._archive.document(sha256).pages if one.number == number), None)
        turn, skew = (info.turn, info.skew) if info else (0, 0.0)
        return PageWanted(str(path), source.media_type, number, width, turn, skew)

    def _draw(self, wanted: PageWanted) -> bytes:
        pool = self._running()
        try:
            return pool.submit(draw_page, wanted).result(timeout=_SECONDS)
        except (BrokenProcessPool, TooLongError):
            self._give_up(pool)
            raise NoPictureError from None
        except (OSError, ValueError, RuntimeError, Image.DecompressionBombError):
            raise NoPictureError from None

    def _running(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(1, get_context("spawn"), end_with_desk)
            return self._pool

    def _give_up(self, pool: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._pool is pool:
                self._pool = None
        for process in (getattr(pool, "_processes", None) or {}).values():  # no public way to end one that hangs
            process.kill()
        pool.shutdown(wait=False, cancel_futures=True)


def has_pictures(media_type: str) -> bool:
    """Whether files of this type have pages that can be shown as pictures."""
    return media_type == PDF or media_type.startswith("image/")
