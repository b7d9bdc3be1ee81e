"""Backup: a whole archive in one tar file, taken while people go on writing, and put back from it.

Most of an archive is never changed where it lies, so it is copied while others write. Then, while nobody may, what has
come or changed meanwhile is copied once more, and a list of all that stands at that moment ends the file: what the list
does not name was of another moment and is not put back. The index is not copied, since it is made from the files.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path, PurePosixPath
from typing import IO, Literal, NamedTuple

from congvan.archive.archive import Archive
from congvan.archive.truth.archive_errors import PlainError
from congvan.archive.truth.files import PART, replaced
from congvan.archive.truth.log import now
from congvan.archive.truth.own_folders import own_names

_FIRST, _LAST = ".congvan-backup", ".congvan-backup-list.json"
_CALM = ("originals", "documents", "records", "searchable", "trash")
"""Folders in which no file is ever written to: it is put in place whole, moved or taken away."""
_MADE_AGAIN = ("index.sqlite", "index.id", "findings.sqlite", "write.lock", "turn.lock", "pictures")
"""What is made anew from the rest, with the files beside it (a write-ahead log)."""
_ACCOUNTS = "desk.sqlite"
_PIECE = 1 << 20
_PRIVATE = 0o600


class Backup(NamedTuple):
    """A backup that was made or put back: of what moment (ISO 8601), how many registered files, bytes in all."""

    time: str
    files: int
    size: int


class _Copied(NamedTuple):
    """A file as it was when it was copied: what tells another state of it, and the hash of its bytes."""

    state: tuple[int, ...]
    sha256: str


def back_up(archive: Archive, path: Path) -> Backup:
    """Put an archive into a new file at `path`, compressed where its name ends in `.gz` or `.tgz`.

    Raises `PlainError` where a file stands there or the place is within the archive.
    """
    if path.exists():
        raise PlainError(f"{path}: đã có tệp này; hãy đặt tên khác cho bản sao lưu.")
    if archive.layout.root.resolve() in path.resolve().parents:
        raise PlainError(f"{path}: bản sao lưu không để trong kho lưu; hãy chọn chỗ khác, tốt nhất là ổ đĩa khác.")
    with replaced(path) as part:
        part.touch(mode=_PRIVATE)
        # What is two names of one file here is two files in the backup, so that each can be taken out alone.
        with tarfile.open(part, _way_to_write(path), format=tarfile.PAX_FORMAT, dereference=True) as tar:
            made = _Copy(archive.layout.root, tar).make(archive)
    return made


def _way_to_write(path: Path) -> Literal["w", "w:gz"]:
    return "w:gz" if path.suffix.lower() in (".gz", ".tgz") else "w"


class _Copy:
    """The copying of one archive into one tar file."""

    def __init__(self, root: Path, tar: tarfile.TarFile) -> None:
        self._root, self._tar = root, tar
        self._copied: dict[str, _Copied] = {}

    def make(self, archive: Archive) -> Backup:
        """Copy what lies calm, then what changed and the rest while nobody writes, and the list of all at the end."""
        self._add_bytes(_FIRST, b"")
        for path in self._files(_CALM):
            self._copy_if_new(path)
        with archive.held_still():
            rest = [name for name in sorted(own_names(os.listdir(self._root))) if not name.startswith(_MADE_AGAIN)]
            standing = {}
            for path in self._files(rest):
                if (sha256 := self._copy_if_new(path)) is not None:
                    standing[self._name(path)] = sha256
            time, count = now(), sum(1 for _ in archive.hashes())
        told = {"version": 1, "time": time, "files": standing}
        self._add_bytes(_LAST, json.dumps(told).encode())
        return Backup(time, count, self._tar.offset)

    def _files(self, names: Iterable[str]) -> Iterator[Path]:
        for path in (self._root / name for name in names):
            found = _walk(path) if path.is_dir() else [path]
            yield from (each for each in found if each.is_file() and not _is_passing(each))

    def _name(self, path: Path) -> str:
        return path.relative_to(self._root).as_posix()

    def _copy_if_new(self, path: Path) -> str | None:
        """Copy a file that is not copied yet as it stands. Gives the hash of its bytes; None where it is gone: moved
        while people write, when it is met where it went, or an upload that came to nothing.
        """
        name = self._name(path)
        try:
            with _opened(path) as file:
                state = _state_of(file)
                if name not in self._copied or self._copied[name].state != state:
                    self._copied[name] = _Copied(state, self._copy(name, file))
        except FileNotFoundError:
            return None
        return self._copied[name].sha256

    def _copy(self, name: str, file: IO[bytes]) -> str:
        member, hashing = self._tar.gettarinfo(arcname=name, fileobj=file), _Hashing(file)
        self._tar.addfile(member, hashing)
        return hashing.hash.hexdigest()

    def _add_bytes(self, name: str, data: bytes) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode = len(data), _PRIVATE
        self._tar.addfile(member, io.BytesIO(data))


class _Hashing(io.RawIOBase):
    """A file that hashes what is read of it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.hash = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.hash.update(data)
        return data


def _state_of(file: IO[bytes]) -> tuple[int, ...]:
    found = os.fstat(file.fileno())
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _walk(folder: Path) -> Iterator[Path]:
    """The files below a folder; a folder that goes away meanwhile holds none."""
    for where, folders, names in os.walk(folder, onerror=_raise_unless_gone):
        folders.sort()
        yield from (Path(where, name) for name in sorted(names))


def _raise_unless_gone(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error


def _is_passing(path: Path) -> bool:
    """Whether a file is half written, or what SQLite keeps beside the accounts while they are in use."""
    return path.suffix == PART or path.name.startswith(f"{_ACCOUNTS}-")


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """A file to be copied; of the database of accounts, which the desk writes to at any time, a copy by SQLite."""
    if path.name != _ACCOUNTS:
        with path.open("rb") as file:
            yield file
        return
    with tempfile.TemporaryDirectory(prefix="congvan-backup-") as folder:
        copy = Path(folder) / _ACCOUNTS
        with closing(sqlite3.connect(path, timeout=30)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        copy.chmod(_PRIVATE)
        with copy.open("rb") as file:
            yield file


def is_backup(path: Path) -> bool:
    """Whether a file is a backup of an archive, to judge by its beginning."""
    try:
        with tarfile.open(path) as tar:
            first = tar.next()
            return first is not None and first.name == _FIRST
    except (OSError, tarfile.TarError, EOFError, zlib.error):
        return False


def restore_backup(path: Path, root: Path) -> Backup:
    """Make the archive of a backup anew at `root`, where nothing may stand yet; each file is held against its hash.

    Raises `PlainError` where something stands there or the backup is not whole; then nothing is put in place.
    """
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise PlainError(f"{root}: ở đây đã có tệp; kho lưu chỉ khôi phục vào thư mục mới (--archive), không ghi đè.")
    root.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=root.parent, prefix=f".{root.name}-", suffix=PART) as folder:
        whole = Path(folder) / root.name
        time = _take_out_all(path, whole)
        if hasattr(os, "sync"):  # once for all: the backup is there as long as this is not
            os.sync()
        if root.exists():
            root.rmdir()
        whole.rename(root)
    archive = Archive(root)
    return Backup(time, sum(1 for _ in archive.hashes()), path.stat().st_size)


def _take_out_all(path: Path, folder: Path) -> str:
    """Take the files of a backup out into `folder`, as its list says. Gives its moment. Raises `PlainError`."""
    torn = PlainError(f"{path}: bản sao lưu bị hỏng hoặc chưa ghi xong nên không khôi phục được.")
    found: dict[str, str] = {}
    told: bytes | None = None
    try:
        with tarfile.open(path) as tar:
            for member in tar:
                content = tar.extractfile(member) if member.isreg() else None
                if content is None or not _is_within(member.name):
                    raise torn
                if member.name == _LAST:
                    told = content.read()
                elif member.name != _FIRST:
                    found[member.name] = _put_down(content, folder / member.name, member.mode)
    except (tarfile.TarError, EOFError, zlib.error):
        raise torn from None
    if told is None:
        raise torn
    facts = json.loads(told)
    standing: dict[str, str] = facts["files"]
    for name in standing.keys() | found.keys():
        if name not in standing:
            (folder / name).unlink()
            with contextlib.suppress(OSError):  # up to the first folder that holds something else
                os.removedirs((folder / name).parent)
        elif found.get(name) != standing[name]:
            raise PlainError(f"{path}: bản sao lưu bị hỏng ở tệp {name} nên không khôi phục được.")
    return str(facts["time"])


def _is_within(name: str) -> bool:
    """Whether a name leads to a place below the folder that it is taken out into."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name


def _put_down(content: IO[bytes], path: Path, mode: int) -> str:
    """Write a file. Gives the hash of its bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    hashing = _Hashing(content)
    with path.open("wb") as file:
        shutil.copyfileobj(hashing, file, _PIECE)
    path.chmod(mode & 0o700 | mode & 0o066)
    return hashing.hash.hexdigest()
