"""Where things lie in an archive folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from congvan.archive.truth.files import PART

WRITE_LOCK = "write.lock"
"""Held by who writes to an archive."""
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,12}")


@dataclass(frozen=True)
class Folders:
    """Paths below the archive's root. Content is filed by the SHA-256 of the original, two letters a folder."""

    root: Path

    @property
    def log(self) -> Path:
        return self.root / "log.jsonl"

    @property
    def index(self) -> Path:
        return self.root / "index.sqlite"

    @property
    def index_id(self) -> Path:
        """By what the index of this folder is told from others, where it stands in a database of many."""
        return self.root / "index.id"

    @property
    def settings(self) -> Path:
        """What the office set (`register.settings`), and where its index stands."""
        return self.root / "settings.toml"

    @property
    def trust(self) -> Path:
        """Certificates of the issuers that the office trusts, put there by the office."""
        return self.root / "trust"

    def original(self, sha256: str, suffix: str) -> Path:
        """The unaltered file, with the suffix of its first name, where that is one, so that a person can open it."""
        ending = suffix.lower() if _SUFFIX.fullmatch(suffix) else ""
        return self.root / "originals" / sha256[:2] / f"{sha256}{ending}"

    def document(self, sha256: str) -> Path:
        """What the reader saw, compressed JSON."""
        return self.root / "documents" / sha256[:2] / f"{sha256}.json.gz"

    def record(self, sha256: str) -> Path:
        """The record of a file as the parsers made it, before any correction."""
        return self.root / "records" / sha256[:2] / f"{sha256}.json"

    def searchable(self, sha256: str) -> Path:
        """A searchable PDF of a scan."""
        return self.root / "searchable" / sha256[:2] / f"{sha256}.pdf"

    def corrections(self, sha256: str) -> Path:
        """What people corrected in the record of a file, one JSON object a line."""
        return self.root / "corrections" / sha256[:2] / f"{sha256}.jsonl"

    def find_original(self, sha256: str) -> Path | None:
        """The original with this hash, whatever its suffix, or None."""
        found = sorted((self.root / "originals" / sha256[:2]).glob(f"{sha256}*"))
        return next((path for path in found if path.suffix != PART), None)
