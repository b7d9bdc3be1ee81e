"""The files of a run: those named and those in the folders named, without what is no dispatch."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

# What lies in an office's folders without being a dispatch: never read, never reported.
_NOT_DISPATCHES = {"db", "ini", "lnk", "tmp", "part", "json", "toml", "py", "pyc", "csv"}


def find_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and those in the folders named, in order of name; hidden and temporary ones left out."""
    return map(Path, find_names(paths))


def find_names(paths: Iterable[Path]) -> Iterator[str]:
    """The same as plain text: of ten thousand unchanged files, most of the cost would be making Path objects."""
    for path in paths:
        if path.is_dir():
            yield from _walk(str(path))
        else:
            yield str(path)


def _walk(folder: str) -> Iterator[str]:
    folders = []
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=_name_of)
    except OSError:
        yield folder  # may not be looked into: reported like a file that cannot be read
        return
    for entry in found:
        if entry.is_dir():
            folders.append(entry)
        elif _may_be_dispatch(entry.name):
            yield entry.path
    for entry in folders:
        if not entry.name.startswith(".") and not entry.is_symlink():
            yield from _walk(entry.path)


def _name_of(entry: os.DirEntry[str]) -> str:
    return entry.name


def _may_be_dispatch(name: str) -> bool:
    stem, _, suffix = name.rpartition(".")
    return not name.startswith((".", "~$")) and not (stem and suffix.lower() in _NOT_DISPATCHES)
