"""The way of a file: find it, read it, parse it, keep it, or put it into quarantine; every file is reported."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from congvan.archive.archive import Archive
from congvan.archive.truth.store import DamagedError
from congvan.archive.upkeep import Seen
from congvan.intake.find import find_names
from congvan.intake.glance import file_hash, glance, hash_of, look, seen_before, unchanged
from congvan.intake.outcomes import FileEntry, Outcome, Report, entry_of
from congvan.intake.process import Processed, process_file
from congvan.intake.quarantine import Quarantine
from congvan.intake.workers import Limits, run_isolated
from ingest.door.errors import ReadError
from ingest.door.readable_names import readable
from schemas.dispatch import Dispatch


@dataclass(frozen=True)
class Options:
    """How files are taken in: `again` reads even what is unchanged; `checksum` trusts no times; `own` takes files that
    lie in the program's own folders too (what `retry` reads again).
    """

    allow_secret: bool = False
    again: bool = False
    checksum: bool = False
    own: bool = False
    limits: Limits | None = None


def ingest(
    paths: Iterable[Path],
    archive: Archive,
    quarantine: Quarantine,
    options: Options | None = None,
    on_entry: Callable[[FileEntry], None] = lambda entry: None,
) -> Report:
    """Take files into the archive; what fails goes to quarantine. `on_entry` is told of each file as it is finished."""
    report = Report()
    run = _Run(archive, quarantine, options or Options())
    for entry in run.entries(paths):
        report.entries.append(entry)
        on_entry(entry)
    return report


@dataclass
class _Run:
    """One run of `ingest`: which contents wait to be read, and which paths have the same bytes as one that waits."""

    archive: Archive
    quarantine: Quarantine
    options: Options
    waiting: dict[str, Path] = field(default_factory=dict)
    twins: dict[str, list[Path]] = field(default_factory=dict)

    def entries(self, paths: Iterable[Path]) -> Iterator[FileEntry]:
        with self.archive.memory() as seen:
            again, checksum = self.options.again, self.options.checksum
            for name in find_names(paths, self.options.own):
                entry = None if again else unchanged(name, seen, checksum)
                entry = entry or self._recognise(Path(name), seen(readable(os.path.abspath(name))))
                if entry is not None:
                    yield entry
        if not self.waiting:
            return
        hashes = {path: sha256 for sha256, path in self.waiting.items()}
        for path, result in self._results():
            entry = self._keep(path, result)
            yield entry
            for twin in self.twins.get(hashes[path], ()):
                yield self._twin_of(entry, twin, hashes[path])

    def _results(self) -> Iterator[tuple[Path, Processed | ReadError]]:
        """What waits, read in worker processes; old office files are converted before, many in one start."""
        from ingest.word.libreoffice import convert_batch

        with tempfile.TemporaryDirectory(prefix="congvan-converted-") as folder:
            convert_batch(self.waiting.values(), Path(folder))
            job = partial(
                process_file,
                allow_secret=self.options.allow_secret,
                trust=self.archive.layout.trust,
                converted=Path(folder),
            )
            yield from run_isolated(job, self.waiting.values(), self.options.limits)

    def _recognise(self, path: Path, seen: Seen | None) -> FileEntry | None:
        """A file that need not be read: the same bytes as when it was last seen, or as a registered file."""
        try:
            sha256 = file_hash(path)
        except OSError:
            return self._refuse(
                path, ReadError("unreadable", "Không mở được tệp (đã bị xoá, hoặc không có quyền đọc).")
            )
        if seen and sha256 == seen.sha256 and not self.options.again:
            return self._same_bytes(path, seen)
        if sha256 in self.waiting:
            self.twins.setdefault(sha256, []).append(path)
            return None
        record = self._record_of(sha256)
        if record is None:
            self.waiting[sha256] = path
            return None
        if self.archive.came_from(sha256, path):
            return self._registered(path, sha256, record)
        return self._duplicate(path, sha256, record.source.name)

    def _record_of(self, sha256: str) -> Dispatch | None:
        """The record of a registered content; None where there is none or it is damaged, so that it is made anew."""
        with contextlib.suppress(FileNotFoundError, DamagedError):
            return self.archive.machine_record(sha256)
        return None

    def _same_bytes(self, path: Path, seen: Seen) -> FileEntry:
        """A file with a new time and the old bytes, or one whose bytes were compared: its time is remembered."""
        now = glance(path, seen.sha256, Outcome(seen.outcome), seen.reason)
        if now is not None and now != seen:
            self.archive.note(now)
        return seen_before(path, seen.outcome, seen.reason)

    def _registered(self, path: Path, sha256: str, record: Dispatch) -> FileEntry:
        """A file that an earlier run registered and was stopped before it could say so."""
        self._note(glance(path, sha256, Outcome.DONE))
        self.quarantine.release(path)
        return entry_of(path, record)

    def _keep(self, path: Path, result: Processed | ReadError) -> FileEntry:
        if isinstance(result, ReadError):
            return self._refuse(path, result)
        record = result.dispatch()
        sha256 = record.source.sha256
        try:
            seen, data = look(path, sha256, Outcome.DONE), path.read_bytes()
        except OSError:
            return self._refuse(path, ReadError("vanished", "Tệp biến mất trong khi đang đọc."))
        if hashlib.sha256(data).hexdigest() != sha256:
            return self._refuse(path, ReadError("changed", "Tệp bị thay đổi trong khi đang đọc; hãy nạp lại."))
        self.archive.add(data, result.document, record, seen)
        self.quarantine.release(path)
        return entry_of(path, record)

    def _refuse(self, path: Path, error: ReadError) -> FileEntry:
        self.quarantine.hold(path, error)
        outcome = Outcome.SECRET if error.code == "secret" else Outcome.FAILED
        sha256 = hash_of(path)
        if sha256 is not None:
            self._note(glance(path, sha256, outcome, error.message))
        return FileEntry(path, outcome, error.message)

    def _note(self, seen: Seen | None) -> None:
        """Remember a path; a file that has vanished meanwhile cannot be remembered."""
        if seen is not None:
            self.archive.note(seen)

    def _twin_of(self, entry: FileEntry, path: Path, sha256: str) -> FileEntry:
        if entry.record is not None:
            return self._duplicate(path, sha256, readable(entry.path.name))
        return FileEntry(path, entry.outcome, entry.reason)

    def _duplicate(self, path: Path, sha256: str, name: str) -> FileEntry:
        reason = f"Trùng từng byte với {name}."
        self._note(glance(path, sha256, Outcome.DUPLICATE, reason))
        self.quarantine.release(path)
        return FileEntry(path, Outcome.DUPLICATE, reason)
