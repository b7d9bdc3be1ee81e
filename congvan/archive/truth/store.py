"""The files of an archive: what is kept of each registered file, and how it is read back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from congvan.archive.truth.archive_errors import PlainError
from congvan.archive.truth.corrections import Correction, apply_corrections, read_corrections
from congvan.archive.truth.files import unpack
from congvan.archive.truth.folders import Folders
from schemas.dispatch import Dispatch
from schemas.document import Document


class DamagedError(PlainError):
    """A record that is not as it was kept."""


class Store:
    """Records, Documents and corrections under the hash of their original."""

    def __init__(self, root: Path) -> None:
        self.layout = Folders(root)

    def holds(self, sha256: str) -> bool:
        """Whether a file with this content is registered."""
        return self.layout.record(sha256).exists()

    def record(self, sha256: str) -> Dispatch:
        """The record of a file with people's corrections. Raises FileNotFoundError where there is none."""
        corrections = self.corrections(sha256)
        machine = self.machine_record(sha256)
        return apply_corrections(machine, corrections) if corrections else machine

    def machine_record(self, sha256: str) -> Dispatch:
        """The record of a file as the parsers made it. Raises FileNotFoundError where there is none, DamagedError."""
        path = self.layout.record(sha256)
        try:
            return Dispatch.model_validate_json(path.read_bytes())
        except ValidationError:
            raise DamagedError(f"{path}: Bản ghi bị hỏng; hãy chạy congvan reparse để đọc lại.") from None

    def corrections(self, sha256: str) -> list[Correction]:
        """What people corrected in a file's record, in order."""
        return read_corrections(self.layout.corrections(sha256))[0]

    def document(self, sha256: str) -> Document:
        """What the reader saw of a file. Raises FileNotFoundError where there is none."""
        return Document.model_validate_json(unpack(self.layout.document(sha256).read_bytes()))

    def hashes(self) -> Iterator[str]:
        """The hashes of all registered files, in order."""
        for path in sorted((self.layout.root / "records").glob("*/*.json")):
            yield path.stem
