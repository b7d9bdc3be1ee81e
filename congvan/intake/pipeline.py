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
from congvan.archive.review.neighbours import judged_by_neighbours
from congvan.archive.truth.store import DamagedError
from congvan.archive.upkeep import Seen
from congvan.intake.find import find_names, no_dispatch
from congvan.intake.glance import file_hash, glance, hash_of, look, seen_before, unchanged
from congvan.intake.inside import Inside, Item, Unpacked, bytes_at, known_as
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
    lie in the program's own folders too (what `retry` reads again); `scheduler` is the address of a cluster that reads.
    """

    allow_secret: bool = False
    again: bool = False
    checksum: bool = False
    own: bool = False
    limits: Limits | None = None
    scheduler: str | None = None


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
    """One run of `ingest`: which contents wait to be read, and which paths have the same bytes as one that waits.

    What lies inside a container waits in its turn, once that is opened. `finished` holds what became of a content.
    """

    archive: Archive
    quarantine: Quarantine
    options: Options
    waiting: dict[str, Item] = field(default_factory=dict)
    under_way: dict[str, Item] = field(default_factory=dict)
    twins: dict[str, list[Item]] = field(default_factory=dict)
    finished: dict[str, FileEntry] = field(default_factory=dict)
    opened: dict[Path, Seen] = field(default_factory=dict)

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
        with tempfile.TemporaryDirectory(prefix="congvan-converted-") as folder:
            while self.waiting:
                yield from self._read_waiting(Path(folder))
        for seen_container in self.opened.values():  # one with a file that failed is opened again by the next run
            self.archive.note(seen_container)

    def _read_waiting(self, folder: Path) -> Iterator[FileEntry]:
        batch, self.waiting = self.waiting, {}
        self.under_way |= batch
        hashes = {item: sha256 for sha256, item in batch.items()}
        for item, result in self._results(batch, folder):
            yield from self._finish(item, hashes[item], result)

    def _results(self, batch: dict[str, Item], folder: Path) -> Iterator[tuple[Item, Processed | Unpacked | ReadError]]:
        """What waits, read in worker processes; old office files are converted before, many in one start. On a cluster
        each of its workers converts its own.
        """
        trust = self.archive.layout.trust
        if self.options.scheduler is not None:
            from congvan.intake.cluster import read_on, terms_of

            terms = terms_of(self.options.allow_secret, trust, self.options.limits)
            yield from read_on(self.options.scheduler, batch.values(), folder, terms)
            return
        from ingest.word.libreoffice import convert_batch

        convert_batch(map(bytes_at, batch.values()), folder)
        job = partial(process_file, allow_secret=self.options.allow_secret, trust=trust, converted=folder)
        yield from run_isolated(job, batch.values(), self.options.limits)

    def _finish(self, item: Item, sha256: str, result: Processed | Unpacked | ReadError) -> Iterator[FileEntry]:
        """What became of a file and of those with the same bytes; what lies in it is put in line."""
        entry = self._open(item, sha256, result) if isinstance(result, Unpacked) else self._keep(item, result)
        self.finished[sha256] = entry
        yield entry
        for twin in self.twins.get(sha256, ()):
            yield self._twin_of(entry, twin, sha256)
        inside = result.members if isinstance(result, Unpacked) else getattr(result, "inside", ())
        with self.archive.memory() as seen:
            for member in inside:
                found = self._take_member(member, seen(readable(os.path.abspath(known_as(member)))))
                if found is not None:
                    yield found

    def _open(self, item: Item, sha256: str, result: Unpacked) -> FileEntry:
        self.quarantine.release(known_as(item))
        seen = glance(item, sha256, Outcome.OPENED, result.words)
        if seen is not None and not isinstance(item, Inside):
            self.opened[item] = seen
        return FileEntry(known_as(item), Outcome.OPENED, result.words)

    def _take_member(self, member: Inside, seen: Seen | None) -> FileEntry | None:
        if member.error is not None:
            return self._refuse(member, member.error)
        return self._recognise(member, seen)

    def _recognise(self, item: Item, seen: Seen | None) -> FileEntry | None:
        """A file that need not be read: the same bytes as when it was last seen, or as a registered file; or one
        that is no dispatch, or was taken out of the archive.
        """
        if isinstance(item, Path) and (reason := no_dispatch(item.name)):
            return FileEntry(item, Outcome.LEFT_OUT, reason)
        try:
            sha256 = file_hash(bytes_at(item))
        except OSError:
            return self._refuse(
                item, ReadError("unreadable", "Không mở được tệp (đã bị xoá, hoặc không có quyền đọc).")
            )
        if seen and sha256 == seen.sha256 and not self.options.again and seen.outcome != Outcome.OPENED:
            return self._same_bytes(item, seen)
        if sha256 in self.finished:
            return self._twin_of(self.finished[sha256], item, sha256)
        removal = self.archive.removal(sha256)
        if removal is not None:
            words = f"Đã gỡ khỏi kho lưu ({removal['why']}); lấy lại: congvan restore {sha256[:12]}"
            return FileEntry(known_as(item), Outcome.LEFT_OUT, words)
        if sha256 in self.waiting or sha256 in self.under_way:
            self.twins.setdefault(sha256, []).append(item)
            return None
        record = self._record_of(sha256)
        if record is None:
            self.waiting[sha256] = item
            return None
        if self.archive.came_from(sha256, known_as(item)):
            return self._registered(item, sha256, record)
        return self._duplicate(item, sha256, record.source.name)

    def _record_of(self, sha256: str) -> Dispatch | None:
        """The record of a registered content; None where there is none or it is damaged, so that it is made anew."""
        with contextlib.suppress(FileNotFoundError, DamagedError):
            return self.archive.machine_record(sha256)
        return None

    def _same_bytes(self, item: Item, seen: Seen) -> FileEntry:
        """A file with a new time and the old bytes, or one whose bytes were compared: its time is remembered."""
        now = glance(item, seen.sha256, Outcome(seen.outcome), seen.reason)
        if now is not None and now != seen:
            self.archive.note(now)
        return seen_before(known_as(item), seen.outcome, seen.reason)

    def _registered(self, item: Item, sha256: str, record: Dispatch) -> FileEntry:
        """A file that an earlier run registered and was stopped before it could say so."""
        self._note(glance(item, sha256, Outcome.DONE))
        self.quarantine.release(known_as(item))
        return entry_of(known_as(item), record)

    def _keep(self, item: Item, result: Processed | ReadError) -> FileEntry:
        if isinstance(result, ReadError):
            return self._refuse(item, result)
        record = judged_by_neighbours(self.archive.engine, result.dispatch())
        sha256 = record.source.sha256
        try:
            seen, data = look(item, sha256, Outcome.DONE), bytes_at(item).read_bytes()
        except OSError:
            return self._refuse(item, ReadError("vanished", "Tệp biến mất trong khi đang đọc."))
        if hashlib.sha256(data).hexdigest() != sha256:
            return self._refuse(item, ReadError("changed", "Tệp bị thay đổi trong khi đang đọc; hãy nạp lại."))
        self.archive.add(data, result.document, record, seen)
        self.quarantine.release(known_as(item))
        return entry_of(known_as(item), record)

    def _refuse(self, item: Item, error: ReadError) -> FileEntry:
        within = item if isinstance(item, Inside) else None
        self.quarantine.hold(known_as(item), error, within)
        if within is not None:
            self.opened.pop(within.container, None)
        outcome = Outcome.SECRET if error.code == "secret" else Outcome.FAILED
        sha256 = hash_of(bytes_at(item))
        if sha256 is not None:
            self._note(glance(item, sha256, outcome, error.message))
        return FileEntry(known_as(item), outcome, error.message)

    def _note(self, seen: Seen | None) -> None:
        """Remember a path; a file that has vanished meanwhile cannot be remembered."""
        if seen is not None:
            self.archive.note(seen)

    def _twin_of(self, entry: FileEntry, item: Item, sha256: str) -> FileEntry:
        if entry.record is not None:
            return self._duplicate(item, sha256, readable(entry.path.name))
        return FileEntry(known_as(item), entry.outcome, entry.reason)

    def _duplicate(self, item: Item, sha256: str, name: str) -> FileEntry:
        reason = f"Trùng từng byte với {name}."
        self._note(glance(item, sha256, Outcome.DUPLICATE, reason))
        self.quarantine.release(known_as(item))
        return FileEntry(known_as(item), Outcome.DUPLICATE, reason)
