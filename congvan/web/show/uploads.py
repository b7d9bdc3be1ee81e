"""Uploads: files that people drop at the desk, taken in by the same pipeline, one upload after the other.

A file is written to the archive's `uploads` folder; once all of an upload are there, a mark says so and the pipeline
takes them in. What a killed server leaves with its mark is taken in at the next start; what has none was never
confirmed to anybody and goes.
"""

from __future__ import annotations

import secrets
import shutil
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NamedTuple

from congvan.archive.archive import Archive
from congvan.archive.truth.archive_errors import PlainError
from congvan.intake.outcomes import FileEntry
from congvan.intake.pipeline import Options, ingest
from congvan.intake.quarantine import Quarantine

_COMPLETE = ".complete"
_MOST_KEPT = 50
_LONGEST_NAME = 200
_TROUBLE = "Không nạp được; hãy xem nhật ký của máy chủ."


class Taken(NamedTuple):
    """What became of one file of an upload."""

    name: str
    outcome: str
    reason: str | None
    dispatch: str | None


@dataclass
class Upload:
    """One upload: how many files it brought and what became of each so far."""

    key: str
    folder: Path
    who: str
    count: int = 0
    taken: list[Taken] = field(default_factory=list)
    finished: bool = False
    trouble: str | None = None

    def receive(self, name: str, data: BinaryIO) -> None:
        """Keep a file of this upload under its own name, whatever path it was sent with."""
        place = self.folder / str(self.count)
        place.mkdir(parents=True)
        with (place / plain_name(name)).open("wb") as out:
            shutil.copyfileobj(data, out)
        self.count += 1


def plain_name(name: str) -> str:
    """The last part of a name as a browser sends it, without anything that could lead elsewhere.

    >>> plain_name("../../etc/passwd"), plain_name("C:\\\\van ban\\\\16-ct.pdf"), plain_name("..")
    ('passwd', '16-ct.pdf', 'tep')
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(letter for letter in last if letter.isprintable() and letter not in '<>:"|?*').strip(". ")
    stem, dot, suffix = kept.rpartition(".")
    while len(kept.encode()) > _LONGEST_NAME:
        stem = stem[:-1] if dot else stem
        kept = f"{stem}{dot}{suffix}" if stem else kept[:50]
    return kept or "tep"


class Uploads:
    """The uploads of a desk, the newest last."""

    def __init__(self, archive: Archive, quarantine: Quarantine, folder: Path, secret: bool) -> None:
        self._archive = archive
        self._quarantine = quarantine
        self._folder = folder
        self._options = Options(allow_secret=secret, own=True)
        self._known: dict[str, Upload] = {}
        self._lock = threading.Lock()
        self._queue = ThreadPoolExecutor(1, thread_name_prefix="uploads")

    def begin(self, who: str) -> Upload:
        """A new upload, to which files are given one by one."""
        key = secrets.token_hex(8)
        upload = Upload(key, self._folder / key, who)
        upload.folder.mkdir(parents=True)
        with self._lock:
            self._known[key] = upload
            for old in [old for old in self._known if self._known[old].finished][:-_MOST_KEPT]:
                del self._known[old]
        return upload

    def drop(self, upload: Upload) -> None:
        """Forget an upload that was broken off."""
        with self._lock:
            self._known.pop(upload.key, None)
        shutil.rmtree(upload.folder, ignore_errors=True)

    def start(self, upload: Upload) -> None:
        """Take the files of a whole upload in, after those of the uploads before it."""
        (upload.folder / _COMPLETE).touch()
        self._queue.submit(copy_context().run, self._take_in, upload)

    def get(self, key: str) -> Upload | None:
        """An upload by its key."""
        return self._known.get(key)

    def resume(self) -> None:
        """Take in what an earlier server received whole and did not finish; what it received in part goes."""
        for folder in sorted(self._folder.glob("*")) if self._folder.exists() else ():
            if (folder / _COMPLETE).exists():
                upload = Upload(folder.name, folder, "", sum(1 for one in folder.glob("*/*")))
                self._known[upload.key] = upload
                self.start(upload)
            else:
                shutil.rmtree(folder, ignore_errors=True)

    def retry(self, paths: list[Path], who: str) -> Upload:
        """Read files of the quarantine again."""
        upload = self.begin(who)
        upload.count = len(paths)
        again = Options(allow_secret=self._options.allow_secret, again=True, own=True)
        self._queue.submit(copy_context().run, self._run, upload, paths, again)
        return upload

    def close(self) -> None:
        """Wait for what is under way."""
        self._queue.shutdown(wait=True, cancel_futures=True)

    def _take_in(self, upload: Upload) -> None:
        places = sorted(upload.folder.glob("*/*"), key=lambda path: int(path.parent.name))
        self._run(upload, places, self._options)

    def _run(self, upload: Upload, paths: list[Path], options: Options) -> None:
        try:
            ingest(paths, self._archive, self._quarantine, options, _noted(upload))
            shutil.rmtree(upload.folder, ignore_errors=True)
        except PlainError as error:
            upload.trouble = str(error)
        except OSError:
            upload.trouble = _TROUBLE
            raise
        finally:
            upload.finished = True


def _noted(upload: Upload) -> Callable[[FileEntry], None]:
    def note(entry: FileEntry) -> None:
        dispatch = entry.record.id if entry.record else None
        upload.taken.append(Taken(entry.path.name, entry.outcome.value, entry.reason, dispatch))

    return note
