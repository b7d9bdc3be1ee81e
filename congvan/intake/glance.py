"""What a file is known by: its size, time and hash, set against what the archive saw of its path before."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from congvan.archive.upkeep import Seen
from congvan.intake.inside import Item, bytes_at, known_as
from congvan.intake.outcomes import FileEntry, Outcome
from ingest.door.readable_names import readable

_READ_AT_ONCE = 1 << 20
"""Most files are hashed in one read of so many bytes, which is quicker than piece by piece."""
_AS_IT_IS: int = getattr(os, "O_BINARY", 0)  # Windows would change ends of lines


def file_hash(path: Path | str, size: int = _READ_AT_ONCE) -> str:
    """The SHA-256 of a file's bytes, hex; `size` is how many it is known to have.

    Asked for each of ten thousand files, so the system is asked directly.
    """
    at_once = min(size + 1, _READ_AT_ONCE)
    descriptor = os.open(path, os.O_RDONLY | _AS_IT_IS)
    try:
        digest = hashlib.sha256(os.read(descriptor, at_once))
        while data := os.read(descriptor, at_once):
            digest.update(data)
        return digest.hexdigest()
    finally:
        os.close(descriptor)


def look(item: Item, sha256: str, outcome: Outcome, reason: str | None = None) -> Seen:
    stat = bytes_at(item).stat()
    path = readable(os.path.abspath(known_as(item)))
    return Seen(path, stat.st_size, stat.st_mtime_ns, sha256, outcome.value, reason)


def glance(item: Item, sha256: str, outcome: Outcome, reason: str | None = None) -> Seen | None:
    """As `look`, or None for a file that has vanished."""
    with contextlib.suppress(OSError):
        return look(item, sha256, outcome, reason)
    return None


def hash_of(path: Path) -> str | None:
    with contextlib.suppress(OSError):
        return file_hash(path)
    return None


def unchanged(name: str, seen: Callable[[str], Seen | None], checksum: bool) -> FileEntry | None:
    """A file with the size and time (and bytes, where asked) that it had when it was last seen, or None."""
    known = seen(readable(name if name[0] == "/" else os.path.abspath(name)))
    if known is None:
        return None
    try:
        stat = os.stat(name)
        if known.size != stat.st_size or known.modified_ns != stat.st_mtime_ns:
            return None
        if checksum and file_hash(name, stat.st_size) != known.sha256:
            return None
    except OSError:
        return None
    return seen_before(Path(name), known.outcome, known.reason)


def seen_before(path: Path, outcome: str, reason: str | None) -> FileEntry:
    """An unchanged file: what failed before is reported as failed again, so that it is not forgotten."""
    if outcome in (Outcome.FAILED, Outcome.SECRET):
        return FileEntry(path, Outcome(outcome), reason)
    return FileEntry(path, Outcome.UNCHANGED)
