"""Who did what to a dispatch, and the last step taken back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import JsonValue
from sqlalchemy import Connection, create_engine, select

from congvan.archive.archive import Archive
from congvan.archive.index.sql_tables import deadlines, metadata
from congvan.archive.truth import log, told_events
from congvan.archive.truth.archive_errors import PlainError
from congvan.archive.truth.corrections import Correction
from congvan.archive.truth.handling import ACTS, ActError
from congvan.archive.truth.said import row_of, touched
from form.doc_types import name_of_type

_ISO = re.compile(r"\d{4}-\d\d-\d\d")
UNDOABLE = {"correct", "handle", "arrive", "review", "settle", "assign", "answer", "cancel", "copy", "remove", "return"}


_AT_ONCE = 50


class Step(NamedTuple):
    """One thing that was done: when, by whom, and what, in words."""

    time: str
    who: str
    what: str
    act: str


class UndoError(PlainError):
    """Nothing to take back, or something that another has built on."""


def history(archive: Archive, dispatch_id: str) -> list[Step]:
    """All that was done to a dispatch and its file, in order."""
    sha256 = dispatch_id.partition("#")[0]
    with archive.engine.connect() as connection:
        own = set(connection.scalars(select(deadlines.c.id).where(deadlines.c.dispatch_id == dispatch_id)))
        lines = told_events.read_about(connection, archive.layout.log, {sha256, *own})
    steps = []
    for event in (line.event for line in lines if line.event is not None):
        about = {str(event.get(name)) for name in ("sha256", "dispatch_id", "one", "other")}
        deadline = str(event.get("deadline_id", "")).partition("@")[0]
        if sha256 in about or dispatch_id in about or deadline in own or _undone_of(event, sha256):
            steps.append(Step(event["time"], event["who"], in_words(event), event["act"]))
    return steps


def _undone_of(event: log.Event, sha256: str) -> bool:
    return event["act"] == "undo" and any(sha256 in str(value) for value in (event.get("about"), event["rows"]))


def in_words(event: log.Event) -> str:
    """What an event of the log says, for people."""
    say = _SAY.get(event["act"])
    return say(event) if say else str(event["act"])


_STATUS = {"open": "đang làm", "late": "quá hạn", "done": "đã xong", "not_ours": "không thuộc đơn vị"}


def _day(text: str) -> str:
    return "/".join(reversed(text.split("-")))


def _file(event: log.Event) -> str:
    return str(event["path"]).rsplit("/", 1)[-1]


_FIELDS = {
    "number": "số", "symbol": "ký hiệu", "so_hieu": "số hiệu", "date": "ngày", "year": "năm", "subject": "trích yếu",
    "issuing_body": "cơ quan ban hành", "doc_type": "loại", "place": "địa danh", "is_draft": "là dự thảo",
}  # fmt: skip


def _corrected(step: dict[str, Any]) -> str:
    """A corrected field by its name, where it has one for people; a day as days are shown."""
    path, value = str(step["path"]), step["value"]
    name = _FIELDS.get(path.removeprefix("/header/"), path)
    if isinstance(value, bool):
        value = "đúng" if value else "không"
    shown = _day(value) if isinstance(value, str) and _ISO.fullmatch(value) else value
    if path == "/header/doc_type":
        shown = name_of_type(value) if isinstance(value, str) else value
    return f"sửa {name} thành {'(trống)' if shown is None else shown}"


def _assigned(event: log.Event) -> str:
    told = [event.get("assignee"), event.get("instruction")]
    return "giao " + ": ".join(str(part) for part in told if part)


_SAY: dict[str, Callable[[log.Event], str]] = {
    "add": lambda event: f"đăng ký tệp {_file(event)}",
    "seen": lambda event: f"thấy tệp {_file(event)}",
    "finish": lambda event: "làm xong việc đăng ký bị dừng giữa chừng",
    "reparse": lambda event: "đọc lại bằng chương trình mới",
    "correct": lambda event: _corrected(event["patch"][-1]),
    "handle": lambda event: f"ghi thời hạn “{event.get('phrase') or event['deadline_id']}”: {_STATUS[event['status']]}",
    "arrive": lambda event: f"vào sổ đến số {event['number']} ngày {_day(event['date'])}",
    "review": lambda event: "xác nhận đã xem xong" if event["status"] == "reviewed" else "mở lại để xem",
    "settle": lambda event: f"chốt {len(event.get('keys', [1]))} điều cần xem",
    "assign": _assigned,
    "answer": lambda event: "trả lời chỗ kiểm tra số liệu",
    "cancel": lambda event: f"hủy số đến {event['number']} năm {event['year']}: {event['why']}",
    "copy": lambda event: "xác nhận là " + ("cùng một" if event["verdict"] == "same" else "hai") + " văn bản",
    "remove": lambda event: f"gỡ khỏi kho: {event['why']}",
    "return": lambda event: "lấy lại vào kho",
    "purge": lambda event: "xoá hẳn khỏi thùng rác",
    "undo": lambda event: "lùi lại: " + "; ".join(event.get("what", [])),
}


def undo(archive: Archive) -> list[str]:
    """Take back the last step of the person at this computer that still stands. Gives what it was, in words.

    Raises `UndoError` where there is none, or where somebody has changed the same thing since.
    """
    undoings, step = _last_step(archive)
    if not step:
        raise UndoError("Không có việc nào của người dùng này để lùi lại.")
    first, last = step[0].number, step[-1].number
    events = [line.event for line in step if line.event is not None]
    about = {subject for event in events for subject in told_events.subjects(event)}
    with archive.engine.connect() as connection:
        related = told_events.read_about(connection, archive.layout.log, about)
    lines = sorted({line.number: line for line in (*undoings, *related)}.values(), key=lambda line: line.number)
    rows = _rows_before(lines, first, events)
    if _changed_since(lines, last, events):
        raise UndoError("Đã có người sửa tiếp chỗ này sau đó; hãy sửa lại bằng lệnh thường.")
    words = [in_words(event) for event in events]
    with archive.one_step():
        for event in reversed(events):
            if event["act"] == "correct":
                correction = Correction.model_validate({name: event.get(name) for name in Correction.model_fields})
                archive.correct(event["sha256"], correction.path, correction.replaced)
        numbers: list[JsonValue] = [line.number for line in step]
        of: list[JsonValue] = [*sorted({str(event.get("sha256") or event.get("dispatch_id")) for event in events})]
        said: list[JsonValue] = [*words]
        archive.take_back(rows=rows, lines=numbers, what=said, about=of)
    return words


def _last_step(archive: Archive) -> tuple[list[log.LogLine], list[log.LogLine]]:
    """All that was ever taken back, and the events of the person's last step that still stands, in order."""
    path = archive.layout.log
    with archive.engine.connect() as connection:
        undoings = told_events.read_last(connection, path, None, {"undo"}, None, None)
        undone, takings = _undone(undoings), {line.event.get("step") for line in undoings if line.event} - {None}
        found: list[log.LogLine] = []
        for line in _own_backwards(connection, path):
            event = line.event
            if event is None or line.number in undone or event.get("step") in takings:
                continue
            if found and (found[0].event or {}).get("step") != event.get("step"):
                break
            found.append(line)
            if not event.get("step"):
                break
    return undoings, found[::-1]


def _own_backwards(connection: Connection, path: Path) -> Iterator[log.LogLine]:
    """What the person did that can be taken back, the newest first."""
    before = None
    while lines := told_events.read_last(connection, path, log.who(), UNDOABLE, before, _AT_ONCE):
        yield from lines
        before = lines[-1].number


def _undone(lines: list[log.LogLine]) -> set[int]:
    """The numbers of the lines that were taken back."""
    return {number for line in lines if line.event and line.event["act"] == "undo" for number in line.event["lines"]}


def _rows_before(lines: list[log.LogLine], first: int, events: list[log.Event]) -> list[JsonValue]:
    """The rows that a step put or changed, as they were before it: what people said until then, said again."""
    memory = create_engine("sqlite://")
    with memory.begin() as connection:
        metadata.create_all(connection)
        for line in lines:
            if line.number >= first:
                break
            if line.event and line.event["act"] in ACTS:
                try:
                    ACTS[line.event["act"]](connection, line.event)
                except ActError:
                    continue
        found: list[JsonValue] = []
        for event in events:
            for table, key in touched(event):
                found.append({"table": table.name, "key": key, "row": row_of(connection, table, key)})
    return found


def _changed_since(lines: list[log.LogLine], last: int, events: list[log.Event]) -> bool:
    """Whether something that a step touched was touched again, and that still stands."""
    mine = {repr(each) for event in events for each in _things(event)}
    undone = _undone(lines)
    takings = {line.event.get("step") for line in lines if line.event and line.event["act"] == "undo"}
    later = [line.event for line in lines if line.number > last and line.event and line.number not in undone]
    standing = [event for event in later if event["act"] in UNDOABLE and event.get("step", "") not in takings]
    return any(repr(each) in mine for event in standing for each in _things(event))


def _things(event: log.Event) -> list[Any]:
    if event["act"] == "correct":
        return [("correct", event["sha256"], event["patch"][-1]["path"])]
    return [(table.name, sorted(key.items())) for table, key in touched(event)]
