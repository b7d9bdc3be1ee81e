"""Files that came inside another one: taken out into a folder of the run, each then read like a file of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from ingest.door.containers.expand import INSIDE
from ingest.door.containers.members import Member
from ingest.door.errors import ReadError

_LONGEST_NAME = 150


class Inside(NamedTuple):
    """A file that lay in another one: where its bytes lie now, the file on disk that held it, and where in there.

    `error`: why it could not be taken out.
    """

    path: Path
    container: Path
    found_in: str
    error: ReadError | None = None


Item = Path | Inside
"""What is read: a file of its own, or one that lay in another."""


class Unpacked(NamedTuple):
    """A container that was opened: the files it held, and in words what was left out."""

    members: tuple[Inside, ...]
    left_out: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What a person is told of the container."""
        told = f"Đã mở, {len(self.members)} tệp bên trong."
        return f"{told} Bỏ ra: {'; '.join(self.left_out)}." if self.left_out else told


def bytes_at(item: Item) -> Path:
    """Where the bytes of a file are read."""
    return item.path if isinstance(item, Inside) else item


def known_as(item: Item) -> Path:
    """The path that a file is known by: of one that lay in another, that one's path with the way inside behind it."""
    return item.container.parent / item.found_in.replace("/", INSIDE) if isinstance(item, Inside) else item


def take_out(item: Item, members: Iterable[Member], folder: Path) -> tuple[Inside, ...]:
    """Put the files of a container into `folder`, each in a folder of its own, under the last part of its name."""
    outermost = item.container if isinstance(item, Inside) else item
    way = item.found_in if isinstance(item, Inside) else item.name
    home = folder / "inside" / hashlib.sha256(str(known_as(item)).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    taken = []
    for number, member in enumerate(members):
        path = home / str(number) / _file_name(member.name)
        if member.error is None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(member.data)
        taken.append(Inside(path, outermost, f"{way}{INSIDE}{member.name}", member.error))
    return tuple(taken)


def _file_name(name: str) -> str:
    """The last part of a member's name, short enough for any disk, its ending kept."""
    last = name.rpartition(INSIDE)[2].rpartition("/")[2]
    while len(last.encode()) > _LONGEST_NAME:
        stem, dot, ending = last.rpartition(".")
        last = f"{stem[:-1]}{dot}{ending}" if stem else last[:-1]
    return last
