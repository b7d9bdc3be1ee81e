"""The log: one line of JSON for every change to the archive, only ever appended to.

What people do (a correction, a number of arrival, a deadline met) stands nowhere else: the index is rebuilt from it.
Each line ends with a checksum of itself, so that damage is noticed wherever it falls.
"""

from __future__ import annotations

import datetime as dt
import getpass
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import JsonValue

from congvan.archive.truth.files import append_line

Event = dict[str, Any]
_CHECK = "check"
_CHECK_LETTERS = 8


class LogLine(NamedTuple):
    """A line of the log, counted from 1; its event is None where the line is damaged. `position` is its first byte."""

    number: int
    event: Event | None
    position: int = 0


acting: ContextVar[str | None] = ContextVar("acting", default=None)
"""For whom the desk is acting just now, where people come to it over the network."""


def who() -> str:
    """The name of the person who acts: who has logged in at the desk, else the person at this computer."""
    return acting.get() or os.environ.get("CONGVAN_USER") or getpass.getuser()


def now() -> str:
    """The time to the second with its zone, ISO 8601."""
    return dt.datetime.now().astimezone().isoformat(timespec="seconds")


def make_event(act: str, /, **facts: JsonValue) -> Event:
    """An event of now, by the person at this computer, unless the facts say otherwise."""
    return {"time": now(), "who": who(), "act": act, **facts}


def append(path: Path, event: Event) -> None:
    """Append one event and flush it to disk; the caller holds the archive's write lock."""
    append_line(path, json.dumps({**event, _CHECK: _checksum(event)}, ensure_ascii=False))


def read(path: Path, position: int = 0) -> Iterator[Event]:
    """The sound events from a byte position on, in order; see `read_lines`."""
    return (line.event for line in read_lines(path, position) if line.event is not None)


def read_lines(path: Path, position: int = 0) -> Iterator[LogLine]:
    """All lines from a byte position on, in order, counted from there.

    A last line cut off by a kill was never confirmed to anybody and is passed over.
    """
    if not path.exists():
        return
    with path.open("rb") as file:
        file.seek(position)
        for number, line in enumerate(file, start=1):
            if line.endswith(b"\n"):
                yield LogLine(number, _event(line), position)
            position += len(line)


def read_at(path: Path, places: Iterable[tuple[int, int]]) -> list[LogLine]:
    """The sound lines that begin at some bytes; each is given with its number."""
    found: list[LogLine] = []
    if not path.exists():
        return found
    with path.open("rb") as file:
        for number, position in places:
            file.seek(position)
            event = _event(file.readline())
            if event is not None:
                found.append(LogLine(number, event, position))
    return found


def _event(line: bytes) -> Event | None:
    try:
        event = json.loads(line)
    except ValueError:
        return None
    if not isinstance(event, dict) or event.pop(_CHECK, None) != _checksum(event):
        return None
    return event


def _checksum(event: Event) -> str:
    return hashlib.sha256(json.dumps(event, ensure_ascii=False).encode()).hexdigest()[:_CHECK_LETTERS]
