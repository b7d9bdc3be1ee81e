"""Watching a folder: files are taken in once they have stopped growing; they are copied, never moved unless told."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from congvan.archive.archive import Archive
from congvan.archive.index.copies import pairs_of
from congvan.archive.review.pair_words import pair_in_words
from congvan.intake.find import find_files
from congvan.intake.outcomes import FileEntry, Outcome
from congvan.intake.pipeline import Options, ingest
from congvan.intake.quarantine import Quarantine
from congvan.intake.watching.steady import Patience, Steady
from congvan.intake.watching.take_away import Leaving
from ingest.door.readable_names import readable

_LOOK_SECONDS = 1.0
"""Folders are looked at, not listened to: shares tell nobody of what others write, nor do names that are no text."""
_KEPT = (Outcome.DONE, Outcome.LOOK, Outcome.DUPLICATE, Outcome.UNCHANGED)
"""The outcomes of files whose bytes the archive has."""

_WORDS = {
    Outcome.DONE: "đã đăng ký",
    Outcome.LOOK: "đã đăng ký, cần xem lại",
    Outcome.DUPLICATE: "trùng tệp đã có",
    Outcome.OPENED: "tệp nén hoặc thư",
    Outcome.LEFT_OUT: "không đăng ký",
    Outcome.SECRET: "văn bản mật, để riêng",
    Outcome.FAILED: "không đọc được, để riêng",
}


@dataclass(frozen=True)
class Manner:
    """How a folder is watched: how long files are waited for, and after how many quiet seconds those that are kept are
    taken away (None: never).
    """

    patience: Patience = field(default_factory=Patience)
    leave_after: float | None = None


def watch_folder(
    folder: Path,
    archive: Archive,
    quarantine: Quarantine,
    manner: Manner | None = None,
    *,
    say: Callable[[str], object] = print,
    stop: threading.Event | None = None,
) -> None:
    """Take in what lies in a folder and what arrives, until stopped."""
    manner, stop = manner or Manner(), stop or threading.Event()
    steady = Steady(manner.patience)
    leaving = None if manner.leave_after is None else Leaving(archive, manner.leave_after)

    def report(entry: FileEntry) -> None:
        if entry.outcome in _WORDS:
            say(": ".join(filter(None, (f"{readable(entry.path.name)}: {_WORDS[entry.outcome]}", entry.reason))))
        for pair in pairs_of(archive.engine, entry.record.id) if entry.record else ():
            say(pair_in_words(pair))
        if leaving is not None and entry.outcome in _KEPT:
            leaving.await_quiet(entry.path)

    say(f"Đang theo dõi {folder}. Nhấn Ctrl+C để dừng.")
    with contextlib.suppress(KeyboardInterrupt):  # what it cuts short is finished at the next start, as after a kill
        while not stop.wait(_LOOK_SECONDS):
            ready = steady.ready(list(find_files([folder])))
            if ready:
                ingest(ready, archive, quarantine, Options(), report)
            for sentence in leaving.take_away() if leaving else ():
                say(sentence)
    say("Đã dừng theo dõi.")
