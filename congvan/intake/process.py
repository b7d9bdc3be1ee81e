"""One file read and parsed, without the archive: what a worker process does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from congvan.archive.truth.files import pack, unpacked
from congvan.intake.secrecy import refuse_secret
from congvan.intake.signed.digital_signatures import check_signatures, load_trust, with_signatures
from congvan.intake.workers import run_isolated
from ingest.door.errors import ReadError
from ingest.read import read_file
from parsers.parse import parse
from schemas.dispatch import Dispatch
from schemas.document import Document
from schemas.source import Signature


@dataclass(frozen=True)
class Processed:
    """A file that was read and parsed: the Document and the record, both as compressed JSON (`archive.files.pack`)."""

    document: bytes
    record: bytes

    def dispatch(self) -> Dispatch:
        """The record itself."""
        return Dispatch.model_validate_json(b"".join(unpacked(self.record)))


def process_file(
    path: Path, allow_secret: bool = False, trust: Path | None = None, converted: Path | None = None
) -> Processed:
    """Read and parse one file and check its signatures against the certificates in the folder `trust`.

    `converted` is the folder in which old office files lie converted already (`ingest.word.libreoffice.convert_batch`).
    Raises `ReadError` with the reason in words. Runs in a worker process.
    """
    document, record = read_dispatch(path, trust, converted)
    packed = pack(document.json_pieces())
    del document  # of a long file it takes as much memory as the record's JSON, made next
    if not allow_secret:
        refuse_secret(record)
    return Processed(packed, pack(record.json_pieces()))


def read_dispatch(path: Path, trust: Path | None = None, converted: Path | None = None) -> tuple[Document, Dispatch]:
    """What the reader saw of a file, and its record with its signatures checked; arguments as in `process_file`."""
    document = read_file(path, converted)
    signatures = _signatures(path, trust) if document.source.media_type == "application/pdf" else ()
    return document, with_signatures(parse(document), signatures)


def _signatures(path: Path, trust: Path | None) -> tuple[Signature, ...]:
    return check_signatures(path.read_bytes(), load_trust(trust) if trust else ())


def process_files(paths: Iterable[Path], allow_secret: bool) -> Iterator[tuple[Path, Processed | ReadError]]:
    """Read and parse files without keeping them, each in a worker process, in the order they are finished."""
    yield from run_isolated(partial(process_file, allow_secret=allow_secret), paths)
