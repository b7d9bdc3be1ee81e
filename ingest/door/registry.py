"""The readers: which function reads which kind of file. A new format is one file beside this one and one line here."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path

from ingest.door import sniff
from ingest.door.readable_names import readable
from schemas.document import Document
from schemas.source import Source


@dataclass(frozen=True)
class SourceFile:
    """A file to be read: its bytes are loaded once, its media type comes from the content, not from the name."""

    path: Path
    media_type: str
    data: bytes
    found_in: str | None = None

    @classmethod
    def of(cls, name: str, data: bytes) -> SourceFile:
        """A file that lies in another one, by its name there and its bytes."""
        return cls(path=Path(name), media_type=sniff.sniff(data), data=data)

    @property
    def name(self) -> str:
        return readable(self.path.name)

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    def source(self, reader: str, *, pages: int | None = None, steps: tuple[str, ...] = ()) -> Source:
        """The `source` object of the record. `reader` is the reader's name, `steps` the repairs it made."""
        return Source(
            name=self.name,
            media_type=self.media_type,
            size=len(self.data),
            sha256=self.sha256,
            reader=reader,
            pages=pages,
            found_in=self.found_in,
            steps=steps,
        )


Reader = Callable[[SourceFile], Document]

# Named, not imported: a reader's libraries load only when a file needs them.
READERS: dict[str, str] = {
    "text/plain": "ingest.text.reader:read_text",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "ingest.word.reader:read_docx",
    "application/pdf": "ingest.pdf.reader:read_pdf",
    "application/msword": "ingest.word.libreoffice:read_office",
    "application/rtf": "ingest.word.libreoffice:read_office",
    "text/html": "ingest.word.libreoffice:read_office",
    "multipart/related": "ingest.word.libreoffice:read_office",
    "application/vnd.oasis.opendocument.text": "ingest.word.libreoffice:read_office",
    "application/vnd.ms-word+xml": "ingest.word.libreoffice:read_office",
    "image/jpeg": "ingest.scan.reader:read_image",
    "image/png": "ingest.scan.reader:read_image",
    "image/tiff": "ingest.scan.reader:read_image",
}


def reader_for(media_type: str) -> Reader | None:
    """The reader for a media type, loaded at the first use, or None where there is none."""
    name = READERS.get(media_type)
    if name is None:
        return None
    module, function = name.split(":")
    reader: Reader = getattr(import_module(module), function)
    return reader
