"""The files of a run: those named and those in the folders named, without what is no dispatch or is our own."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from congvan.archive.truth.own_folders import OwnFolders, own_names
from congvan.intake.unfinished import is_unfinished_name

_NOISE = {"db", "ini", "lnk", "pyc"}
"""What systems leave in folders: never read, never reported."""
_NO_DISPATCHES = {
    "csv", "tsv", "json", "toml", "py", "log", "sql", "sqlite", "ics", "vcf", "css", "js", "exe", "dll", "msi", "mp3",
    "mp4", "mov", "wav", "p7s", "cer", "crt", "key", "torrent", "bak",
}  # fmt: skip
"""What is no dispatch whatever its bytes are, though many of them are text."""


def no_dispatch(name: str) -> str | None:
    """Why a file is left out by its name; None for one that may be a dispatch."""
    stem, _, suffix = name.rpartition(".")
    if is_unfinished_name(name):
        return "Tệp chưa chép hoặc chưa tải xong (theo tên); hãy đợi rồi nạp lại."
    if stem and suffix.lower() in _NO_DISPATCHES | _NOISE:
        return f"Tệp .{suffix.lower()} không phải văn bản, bỏ ra ngoài."
    return None


def find_files(paths: Iterable[Path], own: bool = False) -> Iterator[Path]:
    """The files named, and those in the folders named, in order of name; hidden and temporary ones left out, and what
    lies in folders of the program unless `own` is said. A folder that links lead to is looked into once.
    """
    return map(Path, find_names(paths, own))


def find_names(paths: Iterable[Path], own: bool = False) -> Iterator[str]:
    """The same as plain text: of ten thousand unchanged files, most of the cost would be making Path objects."""
    walk = _Walk(own)
    for path in paths:
        if not own and walk.own.holds(path):
            continue
        if path.is_dir():
            yield from walk.files(str(path))
        else:
            yield str(path)


def left_out_of(paths: Iterable[Path]) -> list[str]:
    """What lies in the folders named and is left out, hidden files apart: told, so that nobody thinks it registered."""
    walk = _Walk(False)
    for path in paths:
        if path.is_dir() and not walk.own.holds(path):
            for _ in walk.files(str(path)):
                pass
    return walk.left_out


def own_among(paths: Iterable[Path]) -> list[Path]:
    """Those of the paths named that are the program's own and therefore passed over."""
    own = OwnFolders()
    return [path for path in paths if own.holds(path)]


class _Walk:
    """A walk through folders: which were looked into, and which are the program's."""

    def __init__(self, own: bool) -> None:
        self.own = OwnFolders()
        self._takes_own = own
        self._seen: set[tuple[int, int]] = set()
        self.left_out: list[str] = []

    def files(self, folder: str) -> Iterator[str]:
        """The files in a folder and below it."""
        try:
            if self._is_seen(folder):
                return
            with os.scandir(folder) as entries:
                found = sorted(entries, key=_name_of)
        except OSError:
            yield folder  # may not be looked into: reported like a file that cannot be read
            return
        ours = set() if self._takes_own else set(own_names([entry.name for entry in found]))
        kept = [entry for entry in found if entry.name not in ours]
        folders = [entry for entry in kept if entry.is_dir()]
        for entry in kept:
            if entry.is_dir() or self._leads_to_own(entry):
                continue
            if no_dispatch(entry.name) is None:
                yield entry.path
            elif not entry.name.startswith((".", "~")) and entry.name.rpartition(".")[2].lower() not in _NOISE:
                self.left_out.append(entry.path)
        for entry in folders:
            if not entry.name.startswith(".") and not self._leads_to_own(entry):
                yield from self.files(entry.path)

    def _is_seen(self, folder: str) -> bool:
        stat = os.stat(folder)
        known = (stat.st_dev, stat.st_ino) in self._seen
        self._seen.add((stat.st_dev, stat.st_ino))
        return known

    def _leads_to_own(self, entry: os.DirEntry[str]) -> bool:
        return entry.is_symlink() and not self._takes_own and self.own.holds(Path(entry.path))


def _name_of(entry: os.DirEntry[str]) -> str:
    return entry.name
