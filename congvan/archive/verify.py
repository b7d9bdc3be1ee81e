"""Verify: is everything in the archive whole? Each original against its hash, each record against its schema."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, select
from sqlalchemy.exc import DBAPIError

from congvan.archive.archive import Archive
from congvan.archive.index.dialects import dialect_of
from congvan.archive.index.index import is_damage
from congvan.archive.index.keys import signature_words
from congvan.archive.index.sql_tables import dispatches, metadata
from congvan.archive.recovery import acknowledged, acts_in, lost_acts, told_files
from congvan.archive.truth import log
from congvan.archive.truth.corrections import read_corrections
from congvan.archive.truth.handling import ActError
from congvan.archive.truth.store import DamagedError
from congvan.archive.upkeep import replay


@dataclass(frozen=True)
class Damage:
    """One thing that is not as it was kept, in words."""

    path: Path
    what: str


def verify(archive: Archive) -> Iterator[Damage]:
    """All damage found, the worst first: originals, Documents, records, corrections, log, index."""
    yield from _originals(archive)
    yield from _contents(archive)
    yield from _log(archive)
    yield from _index(archive)


def doubtful_signatures(archive: Archive) -> Iterator[Damage]:
    """Files that arrived with a digital signature that does not hold: no damage of the archive, but to be known."""
    for sha256 in archive.hashes():
        signatures = archive.record(sha256).source.signatures
        if any(not signature.intact for signature in signatures):
            yield Damage(archive.layout.original(sha256, ""), signature_words(signatures) or "")


def _originals(archive: Archive) -> Iterator[Damage]:
    kept = set()
    for path in sorted((archive.layout.root / "originals").glob("*/*")):
        sha256 = path.name.split(".")[0]
        kept.add(sha256)
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != sha256:
            yield Damage(path, "Bản gốc đã bị thay đổi: mã băm không khớp.")
    for sha256 in archive.hashes():
        if sha256 not in kept:
            yield Damage(archive.layout.original(sha256, ""), "Thiếu bản gốc.")


def _contents(archive: Archive) -> Iterator[Damage]:
    for sha256 in archive.missing():
        yield Damage(archive.layout.record(sha256), "Thiếu bản ghi; hãy chạy congvan reparse để đọc lại bản gốc.")
    for sha256 in archive.hashes():
        try:
            archive.record(sha256)
        except DamagedError:
            yield Damage(
                archive.layout.record(sha256), "Bản ghi không đúng khuôn mẫu; hãy chạy congvan reparse để đọc lại."
            )
        try:
            archive.document(sha256)
        except (OSError, EOFError, ValueError):
            yield Damage(
                archive.layout.document(sha256),
                "Nội dung đã đọc bị thiếu hoặc hỏng; hãy chạy congvan reparse để đọc lại bản gốc.",
            )
        path = archive.layout.corrections(sha256)
        for number in read_corrections(path)[1]:
            yield Damage(path, f"Dòng {number} (chỗ sửa của người) bị hỏng; congvan rebuild lấy lại từ nhật ký.")


def _log(archive: Archive) -> Iterator[Damage]:
    """Lines that are damaged, lines that contradict what stands above them (a lost line leaves such), and what is not
    told though it was done. What a rebuild has made good is not named again.
    """
    path, memory = archive.layout.log, create_engine("sqlite://")
    events = list(log.read(path))
    known = acknowledged(events)
    with memory.begin() as connection:
        metadata.create_all(connection)
        for line in log.read_lines(path):
            try:
                replay(connection, line.event)
            except ActError as error:
                if line.number not in known:
                    yield Damage(path, f"Nhật ký, dòng {line.number}: {error} Hãy chạy congvan rebuild.")
        told = acts_in(connection)
    for sha256 in sorted(set(archive.hashes()) - told_files(events)):
        yield Damage(path, f"Nhật ký thiếu dòng về bản ghi {sha256[:12]}…; hãy chạy congvan rebuild.")
    with contextlib.suppress(DBAPIError), archive.engine.connect() as connection:  # of the index itself, see below
        for event in lost_acts(acts_in(connection), told):
            about = (
                event.get("deadline_id") or str(event.get("dispatch_id") or event.get("sha256") or event["one"])[:12]
            )
            yield Damage(path, f"Nhật ký thiếu việc đã ghi cho {about}; hãy chạy congvan rebuild.")


def _index(archive: Archive) -> Iterator[Damage]:
    try:
        with archive.engine.connect() as connection:
            sound = dialect_of(connection).is_sound(connection)
            indexed = set(connection.scalars(select(dispatches.c.file_sha256)))
    except DBAPIError as error:
        if not is_damage(archive.engine, error):
            raise
        sound, indexed = False, set(archive.hashes())
    if not sound:
        yield Damage(archive.layout.index, "Chỉ mục bị hỏng; hãy chạy congvan rebuild.")
    for sha256 in sorted(set(archive.hashes()) ^ indexed):
        yield Damage(archive.layout.index, f"Chỉ mục không khớp với bản ghi {sha256[:12]}…; hãy chạy congvan rebuild.")
