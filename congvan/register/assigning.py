"""Giao việc: to whom the head of the office gave a dispatch, with what instruction (bút phê), and when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pydantic import JsonValue

from congvan.archive.archive import Archive
from congvan.archive.index.person_tables import assignments
from congvan.archive.truth.archive_errors import PlainError
from congvan.archive.truth.said import row_of


@dataclass(frozen=True)
class Assignment:
    """What is said of a dispatch that is given to somebody; None leaves what stands there."""

    assignee: str | None = None
    instruction: str | None = None
    transferred: dt.date | None = None
    received: dt.date | None = None
    due: dt.date | None = None


def assign(archive: Archive, dispatch_id: str, said: Assignment, today: dt.date) -> dict[str, JsonValue]:
    """Give a dispatch to somebody, today unless a day of transfer is said. Gives how it stands; raises `PlainError`."""
    with archive.engine.connect() as connection:
        before = row_of(connection, assignments, {"dispatch_id": dispatch_id}) or {}
    given = {
        "assignee": said.assignee,
        "instruction": said.instruction,
        "transferred": said.transferred or (today if said.assignee and not before.get("transferred") else None),
        "received": said.received,
        "due": said.due,
    }
    facts: dict[str, JsonValue] = {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in given.items()
        if value is not None
    }
    if not facts:
        raise PlainError("Chưa nêu giao ai, bút phê gì; ví dụ: --to “Phòng Nội vụ” --note “tham mưu trả lời”.")
    if said.received and str(facts.get("transferred") or before.get("transferred") or "") > said.received.isoformat():
        raise PlainError("Ngày nhận không thể trước ngày chuyển.")
    kept = {name: before.get(name) for name in given}
    archive.act("assign", dispatch_id=dispatch_id, **{**kept, **facts})
    return {**kept, **facts}
