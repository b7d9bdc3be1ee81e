"""The log: one line of JSON for every change to the archive, only ever appended to.

What people do (a correction, a number of arrival, a deadline met) stands nowhere else: the index is rebuilt from it.
"""

from __future__ import annotations

import datetime as dt
import getpass
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from congvan.archive.files import append_line

Event = dict[str, Any]


def who() -> str:
    """The name of the person at this computer."""
    return os.environ.get("CONGVAN_USER") or getpass.getuser()


def now() -> str:
    """The time to the second with its zone, ISO 8601."""
    return dt.datetime.now().astimezone().isoformat(timespec="seconds")


def make_event(act: str, /, **facts: JsonValue) -> Event:
    """An event of now, by the person at this computer."""
    return {"time": now(), "who": who(), "act": act, **facts}


def append(path: Path, event: Event) -> None:
    """Append one event and flush it to disk; the caller holds the archive's write lock."""
    append_line(path, json.dumps(event, ensure_ascii=False))


def read(path: Path, position: int = 0) -> Iterator[Event]:
    """All events from a byte position on, in order.

    A last line cut off by a kill was never confirmed to anybody and is passed over.
    """
    if not path.exists():
        return
    with path.open("rb") as file:
        file.seek(position)
        for line in file:
            if line.endswith(b"\n"):
                yield json.loads(line)
