"""Writing files so that a kill at any moment leaves either the old content or the new, never half of it."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

PART = ".part"
# What zlib wants to hear for a file that `gunzip` reads too.
_GZIP = 31
_PIECE = 1 << 16


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """A path beside `path` to write to; it is flushed to disk and put in its place at the end, or taken away."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}{PART}")
    try:
        yield part
        _sync(part)
        part.replace(path)
    except BaseException:  # a full disk, a kill from the keyboard: what was begun must not lie about
        part.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def write_atomic(path: Path, data: bytes) -> None:
    """Put `data` at `path`: written beside it, flushed to disk, then renamed over it."""
    with replaced(path) as part:
        part.write_bytes(data)


def pack(pieces: Iterable[bytes]) -> bytes:
    """The pieces of a text, in UTF-8, as one gzip file; the same text always gives the same bytes."""
    packer = zlib.compressobj(level=5, wbits=_GZIP)
    packed = io.BytesIO()
    for piece in pieces:
        packed.write(packer.compress(piece))
    packed.write(packer.flush())
    return packed.getvalue()


def unpack(data: bytes) -> str:
    """The text that was packed."""
    return gzip.decompress(data).decode()


def unpacked(data: bytes) -> Iterator[bytes]:
    """The text that was packed, in UTF-8, piece by piece."""
    with gzip.open(io.BytesIO(data)) as text:
        while piece := text.read(_PIECE):
            yield piece


def _sync(path: Path) -> None:
    """Flush what was written to disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Flush a rename to disk. Windows has no such call and does not need it."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def append_line(path: Path, line: str) -> None:
    """Append a line to a file and flush it to disk; a line without its end, left by a kill, is overwritten.

    Where the disk refuses it, the file is as before and the error is raised: what is not confirmed must not come back.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    cut_unfinished_line(path)
    with path.open("ab", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        try:
            _write_all(file, line.encode() + b"\n")
            os.fsync(file.fileno())
        except OSError:
            file.truncate(size)
            raise


def _write_all(file: io.FileIO, data: bytes) -> None:
    while data:
        data = data[file.write(data) :]


def cut_unfinished_line(path: Path) -> None:
    """Cut off a last line that a kill left unfinished."""
    if not path.exists():
        return
    with path.open("rb+") as file:
        end = file.seek(0, os.SEEK_END)
        tail = b""
        position = end
        while position > 0 and b"\n" not in tail:
            step = min(4096, position)
            position -= step
            file.seek(position)
            tail = file.read(step) + tail
        whole = position + tail.rfind(b"\n") + 1
        if whole != end:
            file.truncate(whole)
