"""Taking a file away from the folder it came to: only what is safe in the archive twice over."""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from congvan.archive.truth.store import Store
from congvan.intake.glance import file_hash
from ingest.door.readable_names import readable

QUIET_SECONDS = 600.0
"""How long a path must have been as it is before its file is taken away: a slow writer pauses for minutes."""
State = tuple[int, int, int]


def state_of(path: Path) -> State | None:
    """What changes when somebody writes to a file: size, time of content, time of the file's entry; None if gone."""
    with contextlib.suppress(OSError):
        stat = path.stat()
        return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns
    return None


class Leaving:
    """The files that wait to be taken away, and since when each has been as it is."""

    def __init__(self, store: Store, quiet: float = QUIET_SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._quiet = quiet
        self._clock = clock
        self._waiting: dict[Path, tuple[State, float]] = {}
        self._told: set[Path] = set()

    def await_quiet(self, path: Path) -> None:
        """A file whose bytes are registered: it may be taken away once it has been quiet for long."""
        state = state_of(path)
        if state is not None:
            self._waiting[path] = (state, self._clock())

    def take_away(self) -> Iterator[str]:
        """Take away what may be; gives a sentence for each file that must stay."""
        for path, (state, since) in list(self._waiting.items()):
            if state_of(path) != state:  # it is being written to: `watch` takes it in again first
                self._waiting.pop(path)
            elif self._clock() - since >= self._quiet:
                self._waiting.pop(path)
                reason = _remove_if_kept(path, state, self._store)
                if reason and path not in self._told:
                    self._told.add(path)
                    yield f"{readable(path.name)}: để nguyên ở thư mục nhận: {reason}"


def _remove_if_kept(path: Path, state: State, store: Store) -> str | None:
    """Remove a file whose bytes lie verified in the archive under another inode; the reason where it must stay."""
    try:
        sha256 = file_hash(path)
    except OSError:
        return "không mở được tệp để so lại."
    original = store.layout.find_original(sha256)
    if original is None or not store.holds(sha256):
        return "chưa có bản giống từng byte trong kho lưu."
    try:
        if os.path.samestat(path.stat(), original.stat()):
            return "đây chính là bản gốc trong kho lưu (liên kết)."
        with original.open("rb") as file:
            kept = hashlib.file_digest(file, "sha256").hexdigest()
        if kept != sha256:
            return "bản gốc trong kho lưu không còn nguyên vẹn; hãy chạy congvan verify."
        if state_of(path) != state or file_hash(path) != sha256:
            return "tệp vừa bị thay đổi."
        path.unlink()
    except OSError:
        return "không xoá được (đang mở ở chương trình khác, hoặc không có quyền)."
    return None
