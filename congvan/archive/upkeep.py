"""The index follows the files and the log: made anew from them, and mended after a kill or a damaged disk."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock
from sqlalchemy import Connection, Engine, delete, select
from sqlalchemy.exc import DBAPIError

from congvan.archive.index import index
from congvan.archive.index.dialects import dialect_of, upsert
from congvan.archive.index.person_tables import removed
from congvan.archive.index.sql_tables import arriving, files, metadata, state, states
from congvan.archive.index_place import open_index
from congvan.archive.recovery import (
    Rebuilt,
    acknowledged,
    acts_in,
    do_again,
    files_changed,
    lost_acts,
    merged,
    told_corrections,
    told_files,
)
from congvan.archive.truth import log, told_events, trash
from congvan.archive.truth.files import PART, cut_unfinished_line, write_atomic
from congvan.archive.truth.folders import WRITE_LOCK
from congvan.archive.truth.handling import ACTS, ActError
from congvan.archive.truth.own_folders import mark_archive
from congvan.archive.truth.store import DamagedError, Store

step: ContextVar[str | None] = ContextVar("step", default=None)
"""The step of a person that is being done just now: two people at the desk do two."""


class Seen(NamedTuple):
    """What the archive remembers of a path: the file's size, time and hash when it was last seen, and its outcome."""

    path: str
    size: int
    modified_ns: int
    sha256: str
    outcome: str
    reason: str | None = None


class IndexedStore(Store):
    """A store with its index and log. Several processes may use it at once: writers wait their turn."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        mark_archive(root)
        self._lock = FileLock(root / WRITE_LOCK)
        self._turn = FileLock(root / "turn.lock")
        self._mend()

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """The turn to write. Who had it before may have been killed at it: what that left half done is mended first.

        Who waits for the lock holds the turn: else one who writes all the time would take the lock again and again
        between two looks of those who wait.
        """
        if self._lock.is_locked:
            with self._lock:
                yield
            return
        with self._turn:
            self._lock.acquire()
        try:
            self._mend()
            yield
        finally:
            self._lock.release()

    @contextlib.contextmanager
    def held_still(self) -> Iterator[None]:
        """Within, nobody else writes to the archive."""
        with self._writing():
            yield

    @cached_property
    def engine(self) -> Engine:
        return open_index(self.layout)

    def missing(self) -> list[str]:
        """The hashes of files that the log tells of as registered and whose record is gone."""
        told = told_files(log.read(self.layout.log))
        with self.engine.connect() as connection:
            out = set(connection.scalars(select(removed.c.sha256)))
        return sorted(sha256 for sha256 in told - out if not self.holds(sha256))

    def rebuild(self) -> Rebuilt:
        """Make the index anew from records, corrections and log, in one transaction.

        What a damaged line of the log no longer says is taken from the index that was, and told to the log again.
        """
        with self._writing():
            self._restore_corrections()
            try:
                return self._rebuild()
            except DBAPIError as error:
                if not index.is_damage(self.engine, error):
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

    def _register(self, connection: Connection, sha256: str) -> None:
        index.add(connection, self.record(sha256))
        connection.execute(delete(arriving).where(arriving.c.sha256 == sha256))
        self._note_position(connection)

    def _tell(self, event: log.Event) -> None:
        """Tell the log of an event, with the step of a person that it is part of."""
        log.append(self.layout.log, event | {"step": step.get()} if step.get() else event)

    def _mark(self, sha256: str) -> None:
        """Say that a file is being changed, so that a kill before the index knows of it is noticed."""
        with self.engine.begin() as connection:
            connection.execute(upsert(connection, arriving).values(sha256=sha256).on_conflict_do_nothing())

    def _put_in_place(self, hashes: Iterable[str]) -> None:
        """Move files into the trash or out of it, as people said, and the index with them."""
        with self.engine.begin() as connection:
            for sha256 in hashes:
                self._finish(connection, sha256)
            self._note_position(connection)

    def _note_position(self, connection: Connection) -> None:
        """Remember how far the index has followed the log, and where its lines stand."""
        size = self._log_size()
        told_events.follow(connection, log.read_lines(self.layout.log, self.log_position(connection)))
        statement = upsert(connection, state).values(name="log_position", value=size)
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
        except DBAPIError as error:
            if index.is_damage(self.engine, error):
                self._drop_index()
            elif not dialect_of(self.engine).is_busy(error):  # somebody is just making it: the lock waits for that
                raise
        with self._lock:
            cut_unfinished_line(self.layout.log)
            if not dialect_of(self.engine).stands(self.engine):
                self._drop_index()  # a write-ahead log left alone would be taken for the new index's
            if not index.is_current(self.engine):
                self._make_index()
                return
            with self.engine.begin() as connection:
                position = self.log_position(connection)
                self._replay(connection, position)
                self._follow_files(connection, files_changed(log.read(self.layout.log, position)))
                for sha256 in connection.scalars(select(arriving.c.sha256)).all():
                    self._finish(connection, sha256)

    def _follow_files(self, connection: Connection, hashes: Iterable[str]) -> None:
        """Have the index follow files that were changed while another index was in use (of SQLite, of a server)."""
        out = set(connection.scalars(select(removed.c.sha256)))
        for sha256 in hashes:
            with contextlib.suppress(DamagedError):  # verify names it
                if self.holds(sha256) and sha256 not in out:
                    index.add(connection, self.record(sha256))
                else:
                    index.take_out(connection, sha256)

    def _make_index(self) -> None:
        dialect_of(self.engine).make_tables(self.engine, metadata)
        with self.engine.begin() as connection:
            self._fill(connection)
            index.set_current(connection)

    def _drop_index(self) -> None:
        """Put an index that cannot be read away: it is made from the files."""
        self.engine.dispose()
        with self._lock:
            dialect_of(self.engine).drop(self.engine)

    def _is_whole(self) -> bool:
        if not dialect_of(self.engine).stands(self.engine) or not index.is_current(self.engine):
            return False
        with self.engine.connect() as connection:
            unfinished = connection.scalar(select(arriving.c.sha256).limit(1))
            return unfinished is None and self.log_position(connection) == self._log_size()

    def log_position(self, connection: Connection) -> int:
        """How far the index has followed the log, in bytes."""
        return connection.scalar(select(state.c.value)) or 0

    def _log_size(self) -> int:
        return self.layout.log.stat().st_size if self.layout.log.exists() else 0

    def _finish(self, connection: Connection, sha256: str) -> None:
        if connection.scalar(select(removed.c.sha256).where(removed.c.sha256 == sha256)):
            trash.put_in(self.layout, sha256)
            index.take_out(connection, sha256)
            connection.execute(delete(arriving).where(arriving.c.sha256 == sha256))
            return
        if trash.holds(self.layout, sha256):
            trash.take_back(self.layout, sha256)
        folders = [self.layout.original(sha256, "").parent, self.layout.document(sha256).parent]
        for folder in (*folders, self.layout.record(sha256).parent):
            for part in folder.glob(f"{sha256}*{PART}"):
                part.unlink()
        if self.layout.find_original(sha256) and self.layout.document(sha256).exists() and self.holds(sha256):
            self._tell(log.make_event("finish", sha256=sha256))
            with contextlib.suppress(DamagedError):  # verify names it
                self._register(connection, sha256)
        connection.execute(delete(arriving).where(arriving.c.sha256 == sha256))


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
    former = connection.scalar(select(files.c.sha256).where(files.c.path == seen.path))
    if former is not None and former != seen.sha256:
        pair = upsert(connection, states).values(sha256=seen.sha256, former=former)
        connection.execute(pair.on_conflict_do_nothing())
    statement = upsert(connection, files).values(**values)
    connection.execute(statement.on_conflict_do_update(index_elements=["path"], set_=values))
