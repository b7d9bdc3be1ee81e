"""Watching a folder: files are taken in once they have stopped growing; they are copied, never moved unless told."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from pathlib import Path

from watchfiles import watch

from congvan.archive.archive import Archive
from congvan.intake.find import find_files
from congvan.intake.outcomes import FileEntry, Outcome
from congvan.intake.pipeline import Options, ingest
from congvan.intake.quarantine import Quarantine
from congvan.intake.take_away import Leaving

_LOOK_MS = 1_000
_STEADY_LOOKS = 2
_KEPT = (Outcome.DONE, Outcome.LOOK, Outcome.DUPLICATE, Outcome.UNCHANGED)
"""The outcomes of files whose bytes the archive has."""

_WORDS = {
    Outcome.DONE: "đã đăng ký",
    Outcome.LOOK: "đã đăng ký, cần xem lại",
    Outcome.DUPLICATE: "trùng tệp đã có",
    Outcome.OPENED: "tệp nén hoặc thư",
    Outcome.SECRET: "văn bản mật, để riêng",
    Outcome.FAILED: "không đọc được, để riêng",
}


class Steady:
    """Which files of a folder have stopped growing: the same size and time at two looks in a row."""

    def __init__(self) -> None:
        self._looks: dict[Path, tuple[tuple[int, int], int]] = {}

    def ready(self, paths: list[Path]) -> list[Path]:
        """The files that are steady now and were not reported before at this size and time."""
        return [path for path in paths if self._look(path)]

    def _look(self, path: Path) -> bool:
        try:
            stat = path.stat()
        except OSError:
            self._looks.pop(path, None)
            return False
        state = (stat.st_size, stat.st_mtime_ns)
        last, looks = self._looks.get(path, (state, 0))
        looks = looks + 1 if last == state else 1
        self._looks[path] = (state, looks)
        return looks == _STEADY_LOOKS


def watch_folder(
    folder: Path,
    archive: Archive,
    quarantine: Quarantine,
    *,
    leave_after: float | None = None,
    say: Callable[[str], object] = print,
    stop: threading.Event | None = None,
) -> None:
    """Take in what lies in a folder and what arrives, until stopped.

    With `leave_after`, files are taken away from there once they are kept and have been quiet for so many seconds.
    """
    steady = Steady()
    leaving = None if leave_after is None else Leaving(archive, leave_after)

    def report(entry: FileEntry) -> None:
        if entry.outcome in _WORDS:
            say(": ".join(filter(None, (f"{entry.path.name}: {_WORDS[entry.outcome]}", entry.reason))))
        if leaving is not None and entry.outcome in _KEPT:
            leaving.await_quiet(entry.path)

    say(f"Đang theo dõi {folder}. Nhấn Ctrl+C để dừng.")
    looks = watch(folder, stop_event=stop, rust_timeout=_LOOK_MS, yield_on_timeout=True, raise_interrupt=True)
    with contextlib.suppress(KeyboardInterrupt):  # what it cuts short is finished at the next start, as after a kill
        for _ in looks:
            ready = steady.ready(list(find_files([folder])))
            if ready:
                ingest(ready, archive, quarantine, Options(), report)
            for sentence in leaving.take_away() if leaving else ():
                say(sentence)
    say("Đã dừng theo dõi.")
