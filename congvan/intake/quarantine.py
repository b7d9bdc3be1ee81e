"""Quarantine: files that could not be registered, each kept unaltered beside the reason in words."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from congvan.archive.truth.files import PART, write_atomic
from congvan.archive.truth.own_folders import mark
from congvan.intake.inside import Inside
from ingest.door.errors import ReadError
from ingest.door.readable_names import readable

_NOTE = "ly-do.json"
_FOR_PEOPLE = "LY-DO.txt"


@dataclass(frozen=True)
class Held:
    """A file in quarantine: its copy, where it came from, and why it is here."""

    copy: Path
    origin: Path
    code: str
    reason: str


class Quarantine:
    """A folder with one folder for each file, named after the path that the file came from."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def hold(self, path: Path, error: ReadError, within: Inside | None = None) -> None:
        """Copy a file here with its reason. A secret file is not copied; one vanished or locked cannot be.

        `within`: where its bytes lie, if it came inside another file; then that one is its origin, to be opened again.
        """
        mark(self.root, "nơi để riêng tệp hỏng", {note.parent.name for note in self.root.glob(f"*/{_NOTE}")})
        folder = self._folder(path)
        folder.mkdir(parents=True, exist_ok=True)
        origin = within.container.absolute() if within else path.absolute()
        source = within.path if within else path
        if self._is_copy(path):
            origin = next((held.origin for held in self.held() if held.copy.parent == folder), origin)
        elif error.code != "secret" and source.is_file():
            _copy_whole(source, folder / source.name)
        facts = {"origin": str(origin), "name": source.name, "code": error.code, "reason": error.message}
        write_atomic(folder / _NOTE, json.dumps(facts, ensure_ascii=_is_no_text(origin), indent=1).encode())
        write_atomic(folder / _FOR_PEOPLE, f"{readable(path.name)}: {error.message}\n".encode())

    def release(self, path: Path) -> None:
        """Let a file go that has been registered after all; its note goes first, so that no note is left alone."""
        folder = self._folder(path)
        (folder / _NOTE).unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)

    def held(self) -> Iterator[Held]:
        """All files here, in order of name."""
        for note in sorted(self.root.glob(f"*/{_NOTE}")):
            try:
                facts = json.loads(note.read_bytes())
            except ValueError:  # a damaged note: the copy beside it is still there to be read
                yield from _without_note(note.parent)
                continue
            yield Held(note.parent / facts["name"], Path(facts["origin"]), facts["code"], facts["reason"])

    def _is_copy(self, path: Path) -> bool:
        """Whether a path is a copy that lies here: `retry` reads it where the file itself is gone."""
        return path.resolve().parent.parent == self.root.resolve()

    def _folder(self, path: Path) -> Path:
        if self._is_copy(path):
            return self.root / path.resolve().parent.name
        return self.root / hashlib.sha256(os.fsencode(path.absolute())).hexdigest()[:16]


def _is_no_text(path: Path) -> bool:
    """Whether a path holds bytes that are no UTF-8, which JSON keeps escaped only."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return True
    return False


def _without_note(folder: Path) -> Iterator[Held]:
    for copy in sorted(folder.iterdir()):
        if copy.name not in (_NOTE, _FOR_PEOPLE) and copy.suffix != PART:
            yield Held(copy, copy, "unknown", "Phiếu ghi lý do bị hỏng.")


def _copy_whole(path: Path, copy: Path) -> None:
    """Copy a file so that a kill leaves the old copy or the new. One that cannot be opened stays where it is."""
    try:
        path.open("rb").close()
    except OSError:
        return
    part = copy.with_name(f"{os.getpid()}{PART}")  # a name of 255 bytes takes no ending
    try:
        shutil.copy2(path, part)
        part.replace(copy)
    except OSError:  # a full disk: what was begun must not lie about
        part.unlink(missing_ok=True)
        raise
