"""Searchable copies of scans, kept in the archive beside the unaltered originals."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from congvan.archive.archive import Archive
from congvan.archive.files import write_atomic
from congvan.isolation import Limits, run_isolated
from ingest.errors import ReadError
from ingest.searchable import write_searchable
from schemas.dispatch import Dispatch


def make_searchable(original: Path) -> bytes:
    """The bytes of a searchable PDF of a scan. Raises `ReadError`. Runs in a worker process."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "searchable.pdf"
        write_searchable(original, target)
        return target.read_bytes()


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
