"""The archive's trash: what was taken out lies here whole, until it is taken back or purged."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from congvan.archive.truth.folders import Folders

_KINDS = ("originals", "documents", "records", "corrections", "searchable")


def _trash_of(layout: Folders, sha256: str) -> Path:
    return layout.root / "trash" / sha256


def files_of(layout: Folders, sha256: str) -> Iterator[tuple[str, Path]]:
    """What the archive keeps of a file, with the kind of each."""
    for kind in _KINDS:
        for path in sorted((layout.root / kind / sha256[:2]).glob(f"{sha256}*")):
            yield kind, path


def put_in(layout: Folders, sha256: str) -> None:
    """Move all that is kept of a file here; what a kill left half moved is finished. The record goes first, so that
    nothing half moved looks registered.
    """
    found = sorted(files_of(layout, sha256), key=lambda pair: pair[0] != "records")
    for kind, path in found:
        target = _trash_of(layout, sha256) / kind / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)


def take_back(layout: Folders, sha256: str) -> None:
    """Move all of a file back to where it was; the record last, so that nothing half moved looks registered."""
    trash = _trash_of(layout, sha256)
    found = sorted(trash.glob("*/*"), key=lambda path: path.parent.name == "records")
    for path in found:
        target = layout.root / path.parent.name / sha256[:2] / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
    if trash.exists():
        shutil.rmtree(trash)


def holds(layout: Folders, sha256: str) -> bool:
    """Whether a file lies in the trash."""
    return any(_trash_of(layout, sha256).glob("originals/*"))


def purge(layout: Folders, sha256: str) -> None:
    """Delete a file from the trash for good, and the pictures of its pages that the desk has drawn."""
    for picture in (layout.root / "pictures" / sha256[:2]).glob(f"{sha256}*"):
        picture.unlink(missing_ok=True)
    shutil.rmtree(_trash_of(layout, sha256), ignore_errors=True)
