"""The program's own folders: archive, quarantine, dataset, exports. What lies in them is never taken in as a dispatch.

A folder that the program made holds a marker file. Where an archive was put among other files, or was made before
there were markers, it is known by what it holds, and only that is passed over: an inbox is never left out in silence.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection
from pathlib import Path

from congvan.archive.truth.files import write_atomic

MARKER = ".congvan"
_WORDS = "Thư mục này do congvan lập ({}). Tệp trong thư mục này không bao giờ được nạp vào kho lưu.\n"
_ARCHIVE_NAMES = frozenset(
    {"originals", "documents", "records", "corrections", "searchable", "trash", "trust", "settings.toml"}
    | {"measures.toml", "bodies.toml", "uploads", "pictures", "desk.sqlite", "findings.sqlite"}
    | {"log.jsonl", "index.sqlite", "index.sqlite-wal", "index.sqlite-shm", "index.sqlite-journal"}
    | {"write.lock", "turn.lock", "index.id"}
)
"""What an archive's folder holds (`folders.Folders`)."""
_HELD = frozenset({"ly-do.json", "LY-DO.txt"})
"""Beside a file in quarantine."""


def mark(folder: Path, kind: str, own: Collection[str] = ()) -> None:
    """Put the marker into a folder of the program, made if it does not exist; not where other files lie in it.

    `own` are the names of what the program itself keeps there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    marker = folder / MARKER
    if not marker.exists() and all(path.name in own for path in folder.iterdir()):
        write_atomic(marker, _WORDS.format(kind).encode())


def mark_archive(folder: Path) -> None:
    """Put the marker into an archive's folder."""
    mark(folder, "kho lưu", _ARCHIVE_NAMES)


def own_names(names: Collection[str]) -> Collection[str]:
    """Which of the names that lie in one folder are the program's own.

    >>> sorted(own_names(["a.pdf", "log.jsonl", "records", "originals"]))
    ['log.jsonl', 'originals', 'records']
    >>> sorted(own_names(["a.pdf", "records", "trash"]))
    []
    """
    if MARKER in names or set(names) >= _HELD:
        return names
    if {"log.jsonl", "records", "originals"} <= set(names):
        return [name for name in names if name in _ARCHIVE_NAMES]
    return ()


class OwnFolders:
    """Whether files lie in the program's own folders, asked for many: each folder is looked into once."""

    def __init__(self) -> None:
        self._whole: dict[str, bool] = {}
        self._known: dict[tuple[str, str], bool] = {}

    def holds(self, path: Path) -> bool:
        """Whether a file or folder is, or lies in, a folder of the program; links are followed."""
        name = os.path.abspath(path)
        if os.path.islink(name) or os.path.isdir(name):
            real = os.path.realpath(name)
            return self._is_own(real) or self._is_within(os.path.dirname(real), os.path.basename(real))
        return self._is_within(os.path.realpath(os.path.dirname(name)), os.path.basename(name))

    def _is_own(self, folder: str) -> bool:
        """Whether all that lies in a folder is the program's."""
        if folder not in self._whole:
            names = _names_in(folder)
            self._whole[folder] = bool(names) and len(own_names(names)) == len(names)
        return self._whole[folder]

    def _is_within(self, folder: str, name: str) -> bool:
        """Whether the thing with a name in a folder is the program's, or the folder lies in one of the program's."""
        key = (folder, name if name in _ARCHIVE_NAMES else "")
        if key not in self._known:
            above = os.path.dirname(folder)
            deeper = above != folder and self._is_within(above, os.path.basename(folder))
            named = name in _ARCHIVE_NAMES and name in own_names(_names_in(folder))
            self._known[key] = self._is_own(folder) or deeper or named
        return self._known[key]


def _names_in(folder: str) -> list[str]:
    with contextlib.suppress(OSError):  # not a folder, or not to be looked into
        return os.listdir(folder)
    return []
