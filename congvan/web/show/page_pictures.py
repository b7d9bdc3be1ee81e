"""Pictures of pages: rendered when they are first asked for, in a process of its own, and kept in the archive's cache.

Word files are printed by LibreOffice first, also when asked for, bound in time and memory. A file that makes the
renderer die or hang costs itself alone: the process is made anew for the next one.
"""

from __future__ import annotations

import io
import tempfile
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import TimeoutError as TooLongError
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

from PIL import Image

from congvan.archive.archive import Archive
from congvan.archive.truth.files import write_atomic
from congvan.web.show.page_drawing import (
    PDF,
    PageWanted,
    PrintedFile,
    as_webp,
    draw_page,
    end_with_desk,
    look_up,
)
from ingest.door.registry import SourceFile
from ingest.word.libreoffice import is_printable, print_pdf
from schemas.base import Box
from schemas.document import PageInfo

WIDTHS = (360, 900, 1400)
"""The widths in pixels that a page may be asked in."""

_CUTTING_MARGIN = 8.0
_CUTTING_SCALE = WIDTHS[-1] / 595
"""Pixels of a cutting to a point of an A4 page."""

_SECONDS = 30
_SECONDS_TO_PRINT = 60
Answer = TypeVar("Answer")


class NoPictureError(Exception):
    """A page of which there is no picture."""


class PagePictures:
    """The pictures of an archive's pages."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._cache = archive.layout.root / "pictures"
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        self._printing = threading.Lock()
        self._unprintable: set[str] = set()
        self._pool: ProcessPoolExecutor | None = None

    def page(self, sha256: str, number: int, width: int) -> bytes:
        """A page as WebP. Raises `NoPictureError` where the format has no pages or the page cannot be drawn."""
        if width not in WIDTHS or not 1 <= number <= 9999:
            raise NoPictureError
        kept = self._cache / sha256[:2] / f"{sha256}-{number}-{width}.webp"
        if kept.exists():
            return kept.read_bytes()
        wanted = self._wanted(sha256, number, width)
        with self._turn:  # one page at a time, and none twice
            if not kept.exists():
                write_atomic(kept, self._in_process(draw_page, wanted))
        return kept.read_bytes()

    def is_printed(self, sha256: str) -> bool:
        """Whether a Word file was printed already, so that its pages can be shown at once."""
        return self._printed_path(sha256).exists()

    def printed(self, sha256: str, quotes: Sequence[tuple[str, str]], first: int, number: int) -> PrintedFile:
        """Pages of a Word file as LibreOffice prints them, with where quotations stand. Raises `NoPictureError`."""
        return self._in_process(look_up, str(self._print(sha256)), quotes, first, number)

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
        if path is not None and is_printable(source.media_type):
            return PageWanted(str(self._print(sha256)), PDF, number, width, 0, 0.0)
        if path is None or not has_pictures(source.media_type) or number > (source.pages or 1):
            raise NoPictureError
        info = next((one for one in self._archive.document(sha256).pages if one.number == number), None)
        turn, skew = (info.turn, info.skew) if info else (0, 0.0)
        return PageWanted(str(path), source.media_type, number, width, turn, skew)

    def _printed_path(self, sha256: str) -> Path:
        return self._cache / sha256[:2] / f"{sha256}.pdf"

    def _print(self, sha256: str) -> Path:
        """The printed form of a Word file: kept, or made now by LibreOffice; what it could not print is not tried again
        before the desk is opened anew.
        """
        kept, path = self._printed_path(sha256), self._archive.layout.find_original(sha256)
        with self._printing:
            if kept.exists():
                return kept
            if path is None or sha256 in self._unprintable:
                raise NoPictureError
            media_type = self._archive.machine_record(sha256).source.media_type
            with tempfile.TemporaryDirectory(prefix="congvan-print-") as folder:
                made = print_pdf(SourceFile(path, media_type, path.read_bytes()), Path(folder), _SECONDS_TO_PRINT)
                if made is None:
                    self._unprintable.add(sha256)
                    raise NoPictureError
                write_atomic(kept, made.read_bytes())
        return kept

    def _in_process(self, work: Callable[..., Answer], *given: Any) -> Answer:
        pool = self._running()
        try:
            return pool.submit(work, *given).result(timeout=_SECONDS)
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


def cutting_room(box: Box) -> tuple[int, int]:
    """The width and height in pixels that a cutting is going to take, so that a page keeps its place for it and nothing
    moves under a hand when the picture comes.

    >>> cutting_room((100, 200, 219, 220))
    (317, 84)
    """
    x0, top, x1, bottom = box
    around = 2 * _CUTTING_MARGIN
    return int((x1 - x0 + around) * _CUTTING_SCALE), int((bottom - top + around) * _CUTTING_SCALE)
