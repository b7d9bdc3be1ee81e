"""Searchable copies of scans, kept in the archive beside the unaltered originals."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from congvan.archive.archive import Archive
from congvan.archive.truth.files import write_atomic
from congvan.archive.truth.store import DamagedError
from congvan.archive.upkeep import Seen
from congvan.intake.outcomes import FileEntry, Outcome
from congvan.intake.workers import Limits, run_isolated
from ingest.door.errors import ReadError
from ingest.door.readable_names import readable
from ingest.scan.invisible_text import write_searchable
from schemas.dispatch import Dispatch


def make_searchable(original: Path) -> bytes:
    """The bytes of a searchable PDF of a scan. Raises `ReadError`. Runs in a worker process."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "searchable.pdf"
        write_searchable(original, target)
        return target.read_bytes()


def records_without_copy(archive: Archive, entries: Iterable[FileEntry]) -> Iterator[Dispatch]:
    """The records of the files of a run; of files known before only where no copy is kept.

    A run that a full disk ended, or one without `--searchable`, leaves files that are unchanged and have no copy.
    """
    with archive.memory() as seen:
        for entry in entries:
            record = entry.record or _without_copy(archive, entry, seen)
            if record is not None:
                yield record


def _without_copy(archive: Archive, entry: FileEntry, seen: Callable[[str], Seen | None]) -> Dispatch | None:
    known = seen(readable(str(entry.path.absolute()))) if entry.outcome is Outcome.UNCHANGED else None
    if known is None or archive.layout.searchable(known.sha256).exists():
        return None
    with contextlib.suppress(FileNotFoundError, DamagedError):
        return archive.machine_record(known.sha256)
    return None


def keep_searchable(
    archive: Archive, records: Iterable[Dispatch], limits: Limits | None = None
) -> list[tuple[str, ReadError]]:
    """Make the copies that are missing of those records that were read by OCR. Gives the names that failed, and why."""
    wanted: dict[Path, Dispatch] = {}
    for record in records:
        original = archive.layout.find_original(record.source.sha256)
        if record.source.ocr and original and not archive.layout.searchable(record.source.sha256).exists():
            wanted[original] = record
    failed = []
    for original, result in run_isolated(make_searchable, wanted, limits):
        source = wanted[original].source
        if isinstance(result, ReadError):
            failed.append((source.name, result))
        else:
            write_atomic(archive.layout.searchable(source.sha256), result)
    return failed
