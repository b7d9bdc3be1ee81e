"""Quarantine: files that could not be registered, each kept unaltered beside the reason in words."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from congvan.archive.files import write_atomic
from ingest.errors import ReadError


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

    def hold(self, path: Path, error: ReadError) -> None:
        """Copy a file here with its reason. A secret file is not copied, and one that has vanished cannot be."""
        folder = self._folder(path)
        folder.mkdir(parents=True, exist_ok=True)
        if error.code != "secret" and path.is_file() and path.resolve().parent != folder.resolve():
            shutil.copy2(path, folder / path.name)
        facts = {"origin": str(path.absolute()), "name": path.name, "code": error.code, "reason": error.message}
        write_atomic(folder / "ly-do.json", json.dumps(facts, ensure_ascii=False, indent=1).encode())
        write_atomic(folder / "LY-DO.txt", f"{path.name}: {error.message}\n".encode())

    def release(self, path: Path) -> None:
        """Let a file go that has been registered after all."""
        shutil.rmtree(self._folder(path), ignore_errors=True)

    def held(self) -> Iterator[Held]:
        """All files here, in order of name."""
        for note in sorted(self.root.glob("*/ly-do.json")):
            facts = json.loads(note.read_bytes())
            yield Held(note.parent / facts["name"], Path(facts["origin"]), facts["code"], facts["reason"])

    def _folder(self, path: Path) -> Path:
        return self.root / hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:16]
