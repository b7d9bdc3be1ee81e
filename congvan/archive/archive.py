"""Archive: keeps originals, Documents and records, and answers what it holds.

Order of writing: the file is marked as arriving; its original, Document and record are written; the log is told; then
one transaction puts it into the index and takes the mark away. A kill in between is mended at the next start.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock
from pydantic import JsonValue, ValidationError
from sqlalchemy import Connection, Engine, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import DatabaseError

from congvan.archive import index, log
from congvan.archive.corrections import Correction, apply_corrections, make_correction, read_corrections
from congvan.archive.errors import PlainError
from congvan.archive.files import PART, append_line, cut_unfinished_line, unpack, write_atomic
from congvan.archive.handling import ACTS, ActError, deadline_now, entered_as, next_arrival
from congvan.archive.layout import Layout
from congvan.archive.recovery import (
    Rebuilt,
    acknowledged,
    acts_in,
    do_again,
    lost_acts,
    merged,
    told_corrections,
    told_files,
)
from congvan.archive.tables import arriving, files, state
from schemas.dispatch import Dispatch
from schemas.document import Document


class DamagedError(PlainError):
    """A record that is not as it was kept."""


class Seen(NamedTuple):
    """What the archive remembers of a path: the file's size, time and hash when it was last seen, and its outcome."""

    path: str
    size: int
    modified_ns: int
    sha256: str
    outcome: str
    reason: str | None = None


class Archive:
    """An archive folder, made if it does not exist. Several processes may use it at once: writers wait their turn."""

    def __init__(self, root: Path) -> None:
        self.layout = Layout(root)
        root.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(root / "write.lock")
        self._mend()

    @cached_property
    def engine(self) -> Engine:
        return index.connect(self.layout.index)

    @contextmanager
    def memory(self) -> Iterator[Callable[[str], Seen | None]]:
        """A look-up of what was last seen of one path, straight from the driver: asked for every file of a run."""
        with self.engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            statement = f"SELECT {', '.join(Seen._fields)} FROM files WHERE path = ?"
            ask, make = driver.cursor().execute, Seen._make

            def look_up(path: str) -> Seen | None:
                row = ask(statement, (path,)).fetchone()
                return None if row is None else make(row)

            yield look_up

    def came_from(self, sha256: str, path: Path) -> bool:
        """Whether a registered content came from this path, or from none that is remembered (a run was stopped)."""
        with self.engine.connect() as connection:
            found = set(connection.scalars(select(files.c.path).where(files.c.sha256 == sha256)))
        return not found or str(path.absolute()) in found

    def name_of(self, sha256: str) -> str | None:
        """The name under which a registered file came, or None where no path is remembered."""
        with self.engine.connect() as connection:
            path = connection.scalar(select(files.c.path).where(files.c.sha256 == sha256).order_by(files.c.path))
        return Path(path).name if path else None

    def holds(self, sha256: str) -> bool:
        """Whether a file with this content is registered."""
        return self.layout.record(sha256).exists()

    def add(self, data: bytes, document: bytes, record: Dispatch, seen: Seen) -> None:
        """Keep a file's bytes, its packed Document and its record; for content held already, the latter two anew."""
        sha256 = record.source.sha256
        with self._lock:
            self._mark(sha256)
            original = self.layout.original(sha256, Path(seen.path).suffix)
            if self.layout.find_original(sha256) is None:
                write_atomic(original, data)
            write_atomic(self.layout.document(sha256), document)
            write_atomic(self.layout.record(sha256), record.model_dump_json(indent=1).encode())
            self._tell(log.make_event("add", so_hieu=record.header.so_hieu, **seen._asdict()))
            with self.engine.begin() as connection:
                remember(connection, seen)
                self._register(connection, sha256)

    def replace_record(self, record: Dispatch, document: bytes | None = None) -> None:
        """Put a new reading of a registered file in place of the old; corrections stay on top of it.

        `document` is the packed Document where that was made anew too.
        """
        sha256 = record.source.sha256
        with self._lock:
            self._mark(sha256)
            if document is not None:
                write_atomic(self.layout.document(sha256), document)
            write_atomic(self.layout.record(sha256), record.model_dump_json(indent=1).encode())
            self._tell(log.make_event("reparse", sha256=sha256, so_hieu=record.header.so_hieu))
            with self.engine.begin() as connection:
                self._register(connection, sha256)

    def note(self, seen: Seen) -> None:
        """Remember a path that brought nothing new: a duplicate, or a file that could not be read."""
        with self._lock:
            self._tell(log.make_event("seen", **seen._asdict()))
            with self.engine.begin() as connection:
                remember(connection, seen)
                self._note_position(connection)

    def correct(self, sha256: str, pointer: str, value: JsonValue) -> Correction:
        """Put a person's value at a JSON Pointer of a file's record. Raises `CorrectionError`."""
        with self._lock:
            correction = make_correction(self.record(sha256), self.machine_record(sha256), pointer, value)
            self._mark(sha256)
            append_line(self.layout.corrections(sha256), correction.model_dump_json())
            self._tell(log.make_event("correct", sha256=sha256, **correction.model_dump(mode="json")))
            with self.engine.begin() as connection:
                self._register(connection, sha256)
        return correction

    def act(self, name: str, **facts: JsonValue) -> log.Event:
        """Do one of ACTS: tell the log, then the index. Raises `ActError` where it cannot be done. Gives the event."""
        event = log.make_event(name, **facts)
        with self._lock, self.engine.begin() as connection:
            ACTS[name](connection, event)
            self._tell(event)
            self._note_position(connection)
        return event

    def handle(
        self, deadline_id: str, status: str, so_hieu: str | None = None, date: dt.date | None = None
    ) -> log.Event:
        """Say what became of a deadline (or of one of a series, `id@day`), with the reply's số hiệu and date."""
        reply: dict[str, JsonValue] = {"reply_so_hieu": so_hieu, "reply_date": date.isoformat() if date else None}
        with self.engine.connect() as connection:
            known = deadline_now(connection, deadline_id)
        return self.act("handle", deadline_id=deadline_id, status=status, **reply, **known)

    def arrive(
        self, dispatch_id: str, date: dt.date | None, number: int | None, unit: str | None, note: str | None
    ) -> log.Event:
        """Enter a dispatch into the book of arrivals; what is not said is as it stands there (under a copy, it may
        be), or today and the next number.

        Gives the event.
        """
        with self._lock:
            with self.engine.connect() as connection:
                dispatch_id = entered_as(connection, dispatch_id)
                facts = next_arrival(connection, dispatch_id, date, number)
            given = {name: value for name, value in (("unit", unit), ("note", note)) if value is not None}
            return self.act("arrive", dispatch_id=dispatch_id, **{**facts, **given})

    def record(self, sha256: str) -> Dispatch:
        """The record of a file with people's corrections. Raises FileNotFoundError where there is none."""
        corrections = self.corrections(sha256)
        machine = self.machine_record(sha256)
        return apply_corrections(machine, corrections) if corrections else machine

    def machine_record(self, sha256: str) -> Dispatch:
        """The record of a file as the parsers made it. Raises FileNotFoundError where there is none, DamagedError."""
        path = self.layout.record(sha256)
        try:
            return Dispatch.model_validate_json(path.read_bytes())
        except ValidationError:
            raise DamagedError(f"{path}: Bản ghi bị hỏng; hãy chạy congvan reparse để đọc lại.") from None

    def corrections(self, sha256: str) -> list[Correction]:
        """What people corrected in a file's record, in order."""
        return read_corrections(self.layout.corrections(sha256))[0]

    def document(self, sha256: str) -> Document:
        """What the reader saw of a file. Raises FileNotFoundError where there is none."""
        return Document.model_validate_json(unpack(self.layout.document(sha256).read_bytes()))

    def hashes(self) -> Iterator[str]:
        """The hashes of all registered files, in order."""
        for path in sorted((self.layout.root / "records").glob("*/*.json")):
            yield path.stem

    def missing(self) -> list[str]:
        """The hashes of files that the log tells of as registered and whose record is gone."""
        told = told_files(log.read(self.layout.log))
        return sorted(sha256 for sha256 in told if not self.holds(sha256))

    def rebuild(self) -> Rebuilt:
        """Make the index anew from records, corrections and log, in one transaction.

        What a damaged line of the log no longer says is taken from the index that was, and told to the log again.
        """
        with self._lock:
            self._restore_corrections()
            try:
                return self._rebuild()
            except DatabaseError as error:
                if not index.is_damage(error):
                    raise
            self._drop_index()
            self._make_index()
            return self._rebuild()

    def _rebuild(self) -> Rebuilt:
        with self.engine.begin() as connection:
            before = acts_in(connection)
            index.clear(connection)
            count, unusable = self._fill(connection)
            restored = lost_acts(before, acts_in(connection))
            do_again(connection, restored)
            new = self._tell_what_was_lost(restored, unusable)
            self._note_position(connection)
        return Rebuilt(count, new, len(restored))

    def _tell_what_was_lost(self, restored: list[log.Event], unusable: list[int]) -> tuple[int, ...]:
        """Tell the log again what it lacks. Gives its unusable lines that were not known as such."""
        events = list(log.read(self.layout.log))
        for event in restored:
            self._tell(event)
        for sha256 in sorted(set(self.hashes()) - told_files(events)):
            self._tell(log.make_event("finish", sha256=sha256))
        new = sorted(set(unusable) - acknowledged(events))
        if new:
            self._tell(log.make_event("restore", lines=list(new)))
        return tuple(new)

    def _restore_corrections(self) -> None:
        for sha256, told in told_corrections(log.read(self.layout.log)).items():
            kept = self.corrections(sha256)
            whole = merged(kept, told)
            if whole != kept:
                lines = "".join(f"{correction.model_dump_json()}\n" for correction in whole)
                write_atomic(self.layout.corrections(sha256), lines.encode())

    def _fill(self, connection: Connection) -> tuple[int, list[int]]:
        """Put everything into an empty index. Gives the number of files and the lines of the log that say nothing."""
        unusable = self._replay(connection, 0)
        count = 0
        for sha256 in self.hashes():
            with contextlib.suppress(DamagedError):  # a damaged record: verify names it, reparse makes it anew
                index.add(connection, self.record(sha256))
                count += 1
        return count, unusable

    def _mark(self, sha256: str) -> None:
        """Say that a file is being changed, so that a kill before the index knows of it is noticed."""
        with self.engine.begin() as connection:
            connection.execute(upsert(arriving).values(sha256=sha256).on_conflict_do_nothing())

    def _register(self, connection: Connection, sha256: str) -> None:
        index.add(connection, self.record(sha256))
        connection.execute(delete(arriving).where(arriving.c.sha256 == sha256))
        self._note_position(connection)

    def _tell(self, event: log.Event) -> None:
        log.append(self.layout.log, event)

    def _note_position(self, connection: Connection) -> None:
        """Remember how far the index has followed the log."""
        size = self._log_size()
        statement = upsert(state).values(name="log_position", value=size)
        connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": size}))

    def _replay(self, connection: Connection, position: int) -> list[int]:
        """Bring the index up to date with the log from a byte position on; replaying twice does no harm.

        Gives the numbers of the lines, counted from there, that are damaged or contradict others.
        """
        unusable = []
        for line in log.read_lines(self.layout.log, position):
            try:
                replay(connection, line.event)
            except ActError:
                unusable.append(line.number)
        self._note_position(connection)
        return unusable

    def _mend(self) -> None:
        """Finish or forget what a kill left half done: wholly written files are indexed, parts are removed.

        Where nothing is left to do, nobody who writes is waited for.
        """
        try:
            if self._is_whole():
                return
        except DatabaseError as error:
            if not index.is_damage(error):
                raise
            self._drop_index()
        with self._lock:
            cut_unfinished_line(self.layout.log)
            if not self.layout.index.exists():
                self._drop_index()  # a write-ahead log left alone would be taken for the new index's
            if not index.is_current(self.engine):
                self._make_index()
                return
            with self.engine.begin() as connection:
                self._replay(connection, self._position(connection))
                for sha256 in connection.scalars(select(arriving.c.sha256)).all():
                    self._finish(connection, sha256)

    def _make_index(self) -> None:
        index.make_tables(self.engine)
        with self.engine.begin() as connection:
            self._fill(connection)
            index.set_current(connection)

    def _drop_index(self) -> None:
        """Put an index that cannot be read away: it is made from the files."""
        self.engine.dispose()
        with self._lock:
            for path in self.layout.root.glob(f"{self.layout.index.name}*"):
                path.unlink()

    def _is_whole(self) -> bool:
        if not self.layout.index.exists() or not index.is_current(self.engine):
            return False
        with self.engine.connect() as connection:
            unfinished = connection.scalar(select(arriving.c.sha256).limit(1))
            return unfinished is None and self._position(connection) == self._log_size()

    def _position(self, connection: Connection) -> int:
        return connection.scalar(select(state.c.value)) or 0

    def _log_size(self) -> int:
        return self.layout.log.stat().st_size if self.layout.log.exists() else 0

    def _finish(self, connection: Connection, sha256: str) -> None:
        folders = [self.layout.original(sha256, "").parent, self.layout.document(sha256).parent]
        for folder in (*folders, self.layout.record(sha256).parent):
            for part in folder.glob(f"{sha256}*{PART}"):
                part.unlink()
        if self.layout.find_original(sha256) and self.layout.document(sha256).exists() and self.holds(sha256):
            self._tell(log.make_event("finish", sha256=sha256))
            with contextlib.suppress(DamagedError):  # verify names it
                self._register(connection, sha256)
        connection.execute(delete(arriving).where(arriving.c.sha256 == sha256))


def open_archive(root: Path) -> Archive:
    """The archive in a folder. Raises `PlainError` where there is none: a mistyped folder must not look like an empty
    archive.
    """
    if not any(path.exists() for path in (Layout(root).log, Layout(root).index, root / "records")):
        raise PlainError(f"{root}: không có kho lưu ở đây; congvan ingest lập kho lưu, --archive chỉ kho lưu khác.")
    return Archive(root)


def replay(connection: Connection, event: log.Event | None) -> None:
    """Put an event of the log into the index. Raises `ActError` where that cannot be done."""
    if event is None:
        raise ActError("dòng bị hỏng, không đọc được.")
    if event["act"] in ("add", "seen"):
        remember(connection, Seen(**{name: event[name] for name in Seen._fields}))
    elif event["act"] in ACTS:
        ACTS[event["act"]](connection, event)


def remember(connection: Connection, seen: Seen) -> None:
    """Put what was last seen of a path into the index."""
    values = seen._asdict()
    statement = upsert(files).values(**values)
    connection.execute(statement.on_conflict_do_update(index_elements=["path"], set_=values))
