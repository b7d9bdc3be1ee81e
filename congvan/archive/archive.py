"""Archive: keeps originals, Documents and records, and answers what it holds.

Order of writing: the file is marked as arriving; its original, Document and record are written; the log is told; then
one transaction puts it into the index and takes the mark away. A kill in between is mended at the next start.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import JsonValue
from sqlalchemy import select

from congvan.archive.index.dialects import ask
from congvan.archive.index.person_tables import removed
from congvan.archive.index.sql_tables import arrivals, files
from congvan.archive.truth import log, trash
from congvan.archive.truth.archive_errors import PlainError
from congvan.archive.truth.corrections import Correction, make_correction
from congvan.archive.truth.files import append_line, write_atomic
from congvan.archive.truth.folders import Folders
from congvan.archive.truth.handling import ACTS, deadline_now, entered_as, next_arrival
from congvan.archive.truth.said import row_of
from congvan.archive.upkeep import IndexedStore, Seen, remember, step
from ingest.door.readable_names import readable
from schemas.dispatch import Dispatch


class Archive(IndexedStore):
    """An archive folder, made if it does not exist: what is put into it and asked of it."""

    @contextmanager
    def memory(self) -> Iterator[Callable[[str], Seen | None]]:
        """A look-up of what was last seen of one path, straight from the driver: asked for every file of a run."""
        with self.engine.connect() as connection:
            statement = f"SELECT {', '.join(Seen._fields)} FROM files WHERE path = :path"
            execute, make = ask(connection).execute, Seen._make

            def look_up(path: str) -> Seen | None:
                row = execute(statement, {"path": path}).fetchone()
                return None if row is None else make(row)

            yield look_up

    def came_from(self, sha256: str, path: Path) -> bool:
        """Whether a registered content came from this path, or from none that is remembered (a run was stopped)."""
        with self.engine.connect() as connection:
            found = set(connection.scalars(select(files.c.path).where(files.c.sha256 == sha256)))
        return not found or readable(str(path.absolute())) in found

    def name_of(self, sha256: str) -> str | None:
        """The name under which a registered file came, or None where no path is remembered."""
        way = self._way_of(sha256)
        return way.rpartition(" > ")[2] if way else None

    def found_in(self, sha256: str) -> str | None:
        """The way to a file that came inside another one, as far as its path tells; None for any other."""
        way = self._way_of(sha256)
        return way if way and " > " in way else None

    def _way_of(self, sha256: str) -> str | None:
        """The last part of a file's path: of one that came inside another the way through that, `thu.eml > cv.pdf`."""
        with self.engine.connect() as connection:
            path = connection.scalar(select(files.c.path).where(files.c.sha256 == sha256).order_by(files.c.path))
        return Path(path).name if path else None

    def add(self, data: bytes, document: bytes, record: Dispatch, seen: Seen) -> None:
        """Keep a file's bytes, its packed Document and its record; for content held already, the latter two anew."""
        sha256 = record.source.sha256
        with self._writing():
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
        with self._writing():
            self._mark(sha256)
            if document is not None:
                write_atomic(self.layout.document(sha256), document)
            write_atomic(self.layout.record(sha256), record.model_dump_json(indent=1).encode())
            self._tell(log.make_event("reparse", sha256=sha256, so_hieu=record.header.so_hieu))
            with self.engine.begin() as connection:
                self._register(connection, sha256)

    def note(self, seen: Seen) -> None:
        """Remember a path that brought nothing new: a duplicate, or a file that could not be read."""
        with self._writing():
            self._tell(log.make_event("seen", **seen._asdict()))
            with self.engine.begin() as connection:
                remember(connection, seen)
                self._note_position(connection)

    def correct(self, sha256: str, pointer: str, value: JsonValue) -> Correction:
        """Put a person's value at a JSON Pointer of a file's record. Raises `CorrectionError`."""
        with self._writing():
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
        with self._writing(), self.engine.begin() as connection:
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
        with self._writing():
            with self.engine.connect() as connection:
                dispatch_id = entered_as(connection, dispatch_id)
                facts = next_arrival(connection, dispatch_id, date, number)
            given = {name: value for name, value in (("unit", unit), ("note", note)) if value is not None}
            return self.act("arrive", dispatch_id=dispatch_id, **{**facts, **given})

    def cancel(self, dispatch_id: str, why: str) -> tuple[int, int]:
        """Make a dispatch's number of arrival void, for good. Gives the number and its year. Raises `PlainError`."""
        with self._writing():
            with self.engine.connect() as connection:
                dispatch_id = entered_as(connection, dispatch_id)
                row = row_of(connection, arrivals, {"dispatch_id": dispatch_id})
            if row is None:
                raise PlainError("Văn bản này chưa vào sổ đến nên không có số nào để hủy.")
            facts: dict[str, JsonValue] = {name: row[name] for name in ("number", "year", "date")}
            self.act("cancel", dispatch_id=dispatch_id, why=why, **facts)
        return int(row["number"]), int(row["year"])

    def take_out(self, sha256: str, why: str) -> None:
        """Take a file out of the archive into its trash, whole. Raises `PlainError` where it is not in it."""
        with self._writing():
            if not self.holds(sha256):
                raise PlainError("Kho lưu không có tệp này (hoặc tệp đã được gỡ).")
            record = self.record(sha256)
            facts: dict[str, JsonValue] = {"so_hieu": record.header.so_hieu, "subject": record.header.subject}
            self._mark(sha256)
            self.act("remove", sha256=sha256, file_name=record.source.name, why=why, purged=None, **facts)
            self._put_in_place([sha256])

    def put_back(self, sha256: str) -> None:
        """Take a file back from the trash, with all that was said of it. Raises `PlainError` where it is not there."""
        with self._writing():
            if self.removal(sha256) is None:
                raise PlainError("Tệp này không ở trong thùng rác của kho lưu.")
            self._mark(sha256)
            self.act("return", sha256=sha256)
            self._put_in_place([sha256])

    def purge(self, sha256: str) -> None:
        """Delete a file that was taken out for good; that it was, and why, stays known."""
        with self._writing():
            row = self.removal(sha256)
            if row is None:
                raise PlainError("Tệp này không ở trong thùng rác của kho lưu.")
            self.act("purge", sha256=sha256, purged=log.now())
            trash.purge(self.layout, sha256)

    def take_back(self, rows: list[JsonValue], **facts: JsonValue) -> None:
        """Put rows of what people said back as they were: the last part of `review.history.undo`."""
        files = [str(row["key"]["sha256"]) for row in rows if isinstance(row, dict) and row["table"] == removed.name]  # type: ignore[index,call-overload]  # made by `said.touched`
        with self._writing():
            for sha256 in files:
                self._mark(sha256)
            self.act("undo", rows=rows, **facts)
            self._put_in_place(files)

    def removal(self, sha256: str) -> dict[str, str] | None:
        """What is known of a file that was taken out; None for one that was not."""
        with self.engine.connect() as connection:
            return row_of(connection, removed, {"sha256": sha256})

    def removals(self) -> list[dict[str, str]]:
        """All that was taken out, the latest first."""
        with self.engine.connect() as connection:
            rows = connection.execute(select(removed).order_by(removed.c.time.desc())).mappings()
            return [dict(row) for row in rows]

    @contextmanager
    def one_step(self) -> Iterator[None]:
        """What is done within is one step of a person, taken back as one."""
        further = step.set(step.get() or uuid.uuid4().hex[:12])
        try:
            yield
        finally:
            step.reset(further)


def open_archive(root: Path) -> Archive:
    """The archive in a folder. Raises `PlainError` where there is none."""
    check_archive(root)
    return Archive(root)


def check_archive(root: Path) -> None:
    """Raises `PlainError` where no archive is: a mistyped folder must not look like an empty archive."""
    layout = Folders(root)
    if not any(path.exists() for path in (layout.log, layout.index, layout.index_id, root / "records")):
        raise PlainError(f"{root}: không có kho lưu ở đây; congvan ingest lập kho lưu, --archive chỉ kho lưu khác.")
