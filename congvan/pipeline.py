"""The way of a file: find it, read it, parse it, keep it; and the report that lists every file with its outcome."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import NamedTuple

from congvan.archive.archive import Archive, DamagedError, Seen
from congvan.archive.files import pack, unpack
from congvan.isolation import Limits, run_isolated
from congvan.process import Processed, process_file
from congvan.quarantine import Quarantine
from congvan.signatures import with_signatures
from ingest.errors import ReadError
from parsers.parse import parse
from schemas.dispatch import Dispatch
from schemas.document import Document

# What lies in an office's folders without being a dispatch: never read, never reported.
_NOT_DISPATCHES = {"db", "ini", "lnk", "tmp", "part", "json", "toml", "py", "pyc", "csv"}
_READ_AT_ONCE = 1 << 20
"""Most files are hashed in one read of so many bytes, which is quicker than piece by piece."""
_AS_IT_IS: int = getattr(os, "O_BINARY", 0)  # Windows would change ends of lines


class Outcome(StrEnum):
    """What became of a file."""

    DONE = "done"
    LOOK = "look"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    SECRET = "secret"
    FAILED = "failed"


@dataclass(frozen=True)
class Options:
    """How files are taken in: `again` reads even what is unchanged; `checksum` trusts no times."""

    allow_secret: bool = False
    again: bool = False
    checksum: bool = False
    limits: Limits | None = None


class Entry(NamedTuple):
    """One line of the report: a file, its outcome, the reason in words, and its record where there is one."""

    path: Path
    outcome: Outcome
    reason: str | None = None
    record: Dispatch | None = None


@dataclass
class Report:
    """What a run did, file by file in the order they were finished."""

    entries: list[Entry] = field(default_factory=list)

    def count(self, outcome: Outcome) -> int:
        """How many files had this outcome."""
        return sum(entry.outcome is outcome for entry in self.entries)

    @property
    def failed(self) -> bool:
        """Whether any file was not registered."""
        return any(entry.outcome in (Outcome.FAILED, Outcome.SECRET) for entry in self.entries)


def find_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and those in the folders named, in order of name; hidden and temporary ones left out."""
    return map(Path, _find(paths))


def _find(paths: Iterable[Path]) -> Iterator[str]:
    """The same as plain text: of ten thousand unchanged files, most of the cost would be making Path objects."""
    for path in paths:
        if path.is_dir():
            yield from _walk(str(path))
        else:
            yield str(path)


def _walk(folder: str) -> Iterator[str]:
    folders = []
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=_name_of)
    except OSError:
        yield folder  # may not be looked into: reported like a file that cannot be read
        return
    for entry in found:
        if entry.is_dir():
            folders.append(entry)
        elif _may_be_dispatch(entry.name):
            yield entry.path
    for entry in folders:
        if not entry.name.startswith(".") and not entry.is_symlink():
            yield from _walk(entry.path)


def _name_of(entry: os.DirEntry[str]) -> str:
    return entry.name


def _may_be_dispatch(name: str) -> bool:
    stem, _, suffix = name.rpartition(".")
    return not name.startswith((".", "~$")) and not (stem and suffix.lower() in _NOT_DISPATCHES)


def ingest(
    paths: Iterable[Path],
    archive: Archive,
    quarantine: Quarantine,
    options: Options | None = None,
    on_entry: Callable[[Entry], None] = lambda entry: None,
) -> Report:
    """Take files into the archive; what fails goes to quarantine. `on_entry` is told of each file as it is finished."""
    report = Report()
    run = _Run(archive, quarantine, options or Options())
    for entry in run.entries(paths):
        report.entries.append(entry)
        on_entry(entry)
    return report


def reparse(archive: Archive) -> Iterator[tuple[Path, Dispatch | ReadError, bool]]:
    """Make every record anew from its Document, without reading the files again; and whether it has changed.

    Where the Document or the record is damaged or gone, the original is read again; with the reason where that fails.
    """
    damaged = [path for sha256 in archive.missing() if (path := archive.layout.find_original(sha256))]
    for sha256 in list(archive.hashes()):
        try:
            before = archive.machine_record(sha256)
            record = with_signatures(parse(archive.document(sha256)), before.source.signatures)
        except (OSError, EOFError, ValueError, DamagedError):
            damaged.append(archive.layout.find_original(sha256) or archive.layout.original(sha256, ""))
            continue
        changed = record != before
        if changed:
            archive.replace_record(record)
        yield archive.layout.record(sha256), record, changed
    yield from _read_again(archive, damaged)


def _read_again(archive: Archive, originals: list[Path]) -> Iterator[tuple[Path, Dispatch | ReadError, bool]]:
    job = partial(process_file, allow_secret=True, trust=archive.layout.trust)
    for path, result in run_isolated(job, originals):
        if isinstance(result, ReadError):
            yield path, result, False
            continue
        document = Document.model_validate_json(unpack(result.document))
        sha256 = document.source.sha256
        if sha256 != path.name.split(".")[0]:
            yield path, ReadError("damaged", "Bản gốc trong kho đã bị thay đổi nên không đọc lại."), False
            continue
        source = document.source.model_copy(update={"name": archive.name_of(sha256) or path.name})
        document = document.model_copy(update={"source": source})
        signatures = Dispatch.model_validate_json(result.record).source.signatures
        record = with_signatures(parse(document), signatures)
        archive.replace_record(record, pack(document.json_pieces()))
        yield path, record, True


@dataclass
class _Run:
    """One run of `ingest`: which contents wait to be read, and which paths have the same bytes as one that waits."""

    archive: Archive
    quarantine: Quarantine
    options: Options
    waiting: dict[str, Path] = field(default_factory=dict)
    twins: dict[str, list[Path]] = field(default_factory=dict)

    def entries(self, paths: Iterable[Path]) -> Iterator[Entry]:
        with self.archive.memory() as seen:
            again, checksum = self.options.again, self.options.checksum
            for name in _find(paths):
                entry = None if again else _unchanged(name, seen, checksum)
                entry = entry or self._recognise(Path(name), seen(os.path.abspath(name)))
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
        from ingest.office import convert_batch

        with tempfile.TemporaryDirectory(prefix="congvan-converted-") as folder:
            convert_batch(self.waiting.values(), Path(folder))
            job = partial(
                process_file,
                allow_secret=self.options.allow_secret,
                trust=self.archive.layout.trust,
                converted=Path(folder),
            )
            yield from run_isolated(job, self.waiting.values(), self.options.limits)

    def _recognise(self, path: Path, seen: Seen | None) -> Entry | None:
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

    def _same_bytes(self, path: Path, seen: Seen) -> Entry:
        """A file with a new time and the old bytes, or one whose bytes were compared: its time is remembered."""
        now = _glance(path, seen.sha256, Outcome(seen.outcome), seen.reason)
        if now is not None and now != seen:
            self.archive.note(now)
        return _seen_before(path, seen.outcome, seen.reason)

    def _registered(self, path: Path, sha256: str, record: Dispatch) -> Entry:
        """A file that an earlier run registered and was stopped before it could say so."""
        self._note(_glance(path, sha256, Outcome.DONE))
        self.quarantine.release(path)
        return _entry_of(path, record)

    def _keep(self, path: Path, result: Processed | ReadError) -> Entry:
        if isinstance(result, ReadError):
            return self._refuse(path, result)
        record = Dispatch.model_validate_json(result.record)
        sha256 = record.source.sha256
        try:
            seen, data = _look(path, sha256, Outcome.DONE), path.read_bytes()
        except OSError:
            return self._refuse(path, ReadError("vanished", "Tệp biến mất trong khi đang đọc."))
        if hashlib.sha256(data).hexdigest() != sha256:
            return self._refuse(path, ReadError("changed", "Tệp bị thay đổi trong khi đang đọc; hãy nạp lại."))
        self.archive.add(data, result.document, record, seen)
        self.quarantine.release(path)
        return _entry_of(path, record)

    def _refuse(self, path: Path, error: ReadError) -> Entry:
        self.quarantine.hold(path, error)
        outcome = Outcome.SECRET if error.code == "secret" else Outcome.FAILED
        sha256 = _hash_of(path)
        if sha256 is not None:
            self._note(_glance(path, sha256, outcome, error.message))
        return Entry(path, outcome, error.message)

    def _note(self, seen: Seen | None) -> None:
        """Remember a path; a file that has vanished meanwhile cannot be remembered."""
        if seen is not None:
            self.archive.note(seen)

    def _twin_of(self, entry: Entry, path: Path, sha256: str) -> Entry:
        if entry.record is not None:
            return self._duplicate(path, sha256, entry.path.name)
        return Entry(path, entry.outcome, entry.reason)

    def _duplicate(self, path: Path, sha256: str, name: str) -> Entry:
        reason = f"Trùng từng byte với {name}."
        self._note(_glance(path, sha256, Outcome.DUPLICATE, reason))
        self.quarantine.release(path)
        return Entry(path, Outcome.DUPLICATE, reason)


def file_hash(path: Path | str, size: int = _READ_AT_ONCE) -> str:
    """The SHA-256 of a file's bytes, hex; `size` is how many it is known to have.

    Asked for each of ten thousand files, so the system is asked directly.
    """
    at_once = min(size + 1, _READ_AT_ONCE)
    descriptor = os.open(path, os.O_RDONLY | _AS_IT_IS)
    try:
        digest = hashlib.sha256(os.read(descriptor, at_once))
        while data := os.read(descriptor, at_once):
            digest.update(data)
        return digest.hexdigest()
    finally:
        os.close(descriptor)


def _look(path: Path, sha256: str, outcome: Outcome, reason: str | None = None) -> Seen:
    stat = path.stat()
    return Seen(os.path.abspath(path), stat.st_size, stat.st_mtime_ns, sha256, outcome.value, reason)


def _glance(path: Path, sha256: str, outcome: Outcome, reason: str | None = None) -> Seen | None:
    """As `_look`, or None for a file that has vanished."""
    with contextlib.suppress(OSError):
        return _look(path, sha256, outcome, reason)
    return None


def _hash_of(path: Path) -> str | None:
    with contextlib.suppress(OSError):
        return file_hash(path)
    return None


def _unchanged(name: str, seen: Callable[[str], Seen | None], checksum: bool) -> Entry | None:
    """A file with the size and time (and bytes, where asked) that it had when it was last seen, or None."""
    known = seen(name if name[0] == "/" else os.path.abspath(name))
    if known is None:
        return None
    try:
        stat = os.stat(name)
        if known.size != stat.st_size or known.modified_ns != stat.st_mtime_ns:
            return None
        if checksum and file_hash(name, stat.st_size) != known.sha256:
            return None
    except OSError:
        return None
    return _seen_before(Path(name), known.outcome, known.reason)


def _seen_before(path: Path, outcome: str, reason: str | None) -> Entry:
    """An unchanged file: what failed before is reported as failed again, so that it is not forgotten."""
    if outcome in (Outcome.FAILED, Outcome.SECRET):
        return Entry(path, Outcome(outcome), reason)
    return Entry(path, Outcome.UNCHANGED)


def _entry_of(path: Path, record: Dispatch) -> Entry:
    if not record.warnings:
        return Entry(path, Outcome.DONE, record=record)
    return Entry(path, Outcome.LOOK, record.warnings[0].message, record)
