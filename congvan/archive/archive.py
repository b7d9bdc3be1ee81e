"""Archive: keeps originals, Documents and records, and answers what it holds.

Order of writing: the file is marked as arriving, its original, Document and record are written, and then one
transaction puts it into the index and takes the mark away. A kill in between is mended at the next start.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from filelock import FileLock
from sqlalchemy import Connection, Engine, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from congvan.archive import index, log
from congvan.archive.files import PART, unpack, write_atomic
from congvan.archive.layout import Layout
from congvan.archive.tables import arriving, files
from schemas.dispatch import Dispatch
from schemas.document import Document


@dataclass(frozen=True)
class Known:
    """What the archive remembers of a path: the file's size, time and hash when it was last seen, and its outcome."""

    size: int
    modified_ns: int
    sha256: str
    outcome: str
    reason: str | None = None


class Archive:
    """An archive folder, made if it does not exist."""

    def __init__(self, root: Path) -> None:
        self.layout = Layout(root)
        root.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(root / "write.lock")
        self._mend()

    @cached_property
    def engine(self) -> Engine:
        return index.connect(self.layout.index)

    def known_files(self) -> dict[str, Known]:
        """All paths seen so far, by path."""
        with self.engine.connect() as connection:
            rows = connection.execute(select(files)).all()
        return {row.path: Known(row.size, row.modified_ns, row.sha256, row.outcome, row.reason) for row in rows}

    def holds(self, sha256: str) -> bool:
        """Whether a file with this content is registered."""
        return self.layout.record(sha256).exists()

    def add(self, data: bytes, suffix: str, document: bytes, record: Dispatch) -> None:
        """Keep a file's bytes, its packed Document and its record; for content held already, the latter two anew."""
        sha256 = record.source.sha256
        with self._lock:
            with self.engine.begin() as connection:
                connection.execute(upsert(arriving).values(sha256=sha256).on_conflict_do_nothing())
            original = self.layout.original(sha256, suffix)
            if not original.exists():
                write_atomic(original, data)
            write_atomic(self.layout.document(sha256), document)
            write_atomic(self.layout.record(sha256), record.model_dump_json(indent=1).encode())
            with self.engine.begin() as connection:
                self._register(connection, sha256)
            log.append(self.layout.log, "add", sha256=sha256, name=record.source.name, so_hieu=record.header.so_hieu)

    def note_file(self, path: str, known: Known) -> None:
        """Remember a path's size, time and hash, so that it costs nothing while it stays the same."""
        values = {
            "size": known.size,
            "modified_ns": known.modified_ns,
            "sha256": known.sha256,
            "outcome": known.outcome,
            "reason": known.reason,
        }
        with self._lock, self.engine.begin() as connection:
            statement = upsert(files).values(path=path, **values)
            connection.execute(statement.on_conflict_do_update(index_elements=["path"], set_=values))

    def record(self, sha256: str) -> Dispatch:
        """The record of a file. Raises FileNotFoundError where there is none."""
        return Dispatch.model_validate_json(self.layout.record(sha256).read_bytes())

    def document(self, sha256: str) -> Document:
        """What the reader saw of a file. Raises FileNotFoundError where there is none."""
        return Document.model_validate_json(unpack(self.layout.document(sha256).read_bytes()))

    def hashes(self) -> Iterator[str]:
        """The hashes of all files with a record, in order."""
        for path in sorted((self.layout.root / "records").glob("*/*.json")):
            yield path.stem

    def _register(self, connection: Connection, sha256: str) -> None:
        index.add(connection, self.record(sha256))
        connection.execute(delete(arriving).where(arriving.c.sha256 == sha256))

    def _mend(self) -> None:
        """Finish or forget what a kill left half done: wholly written files are indexed, parts are removed."""
        with self._lock:
            log.repair(self.layout.log)
            with self.engine.begin() as connection:
                for sha256 in connection.scalars(select(arriving.c.sha256)).all():
                    self._finish(connection, sha256)

    def _finish(self, connection: Connection, sha256: str) -> None:
        for folder in ("originals", "documents", "records"):
            for part in (self.layout.root / folder / sha256[:2]).glob(f"{sha256}*{PART}"):
                part.unlink()
        complete = self.layout.find_original(sha256) and self.layout.document(sha256).exists()
        if complete and self.holds(sha256):
            self._register(connection, sha256)
        connection.execute(delete(arriving).where(arriving.c.sha256 == sha256))
