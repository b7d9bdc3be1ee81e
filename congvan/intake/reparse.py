"""A new version of the parsers reads Documents again, not files."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import partial
from itertools import tee
from pathlib import Path
from typing import NamedTuple

from congvan.archive.archive import Archive
from congvan.archive.review.neighbours import judged_by_neighbours
from congvan.archive.truth.files import pack, unpack
from congvan.archive.truth.store import DamagedError
from congvan.intake.inside import Unpacked
from congvan.intake.many.spread import Spread
from congvan.intake.process import process_file
from congvan.intake.signed.digital_signatures import parse_signed
from congvan.intake.workers import run_isolated
from ingest.door.errors import ReadError
from schemas.dispatch import Dispatch
from schemas.document import Document
from schemas.source import Signature


class _Read(NamedTuple):
    """A file with what is kept of it."""

    sha256: str
    before: Dispatch
    document: Document


def reparse(archive: Archive, spread: Spread = map) -> Iterator[tuple[Path, Dispatch | ReadError, bool]]:
    """Make every record anew from its Document, without reading the files again; and whether it has changed.

    Where the Document or the record is damaged or gone, the original is read again; with the reason where that fails.
    `spread` says where Documents are parsed.
    """
    damaged = [path for sha256 in archive.missing() if (path := archive.layout.find_original(sha256))]
    kept, ahead = tee(_whole(archive, damaged))
    for read, parsed in zip(kept, spread(_parse, ahead), strict=True):
        record = judged_by_neighbours(archive.engine, parsed)
        changed = record != read.before
        if changed:
            archive.replace_record(record)
        yield archive.layout.record(read.sha256), record, changed
    yield from _read_again(archive, damaged)


def _whole(archive: Archive, damaged: list[Path]) -> Iterator[_Read]:
    """What is kept of each file; the originals of those of which it cannot be read are put to the damaged ones."""
    for sha256 in list(archive.hashes()):
        try:
            yield _Read(sha256, archive.machine_record(sha256), archive.document(sha256))
        except (OSError, EOFError, ValueError, DamagedError):
            damaged.append(archive.layout.find_original(sha256) or archive.layout.original(sha256, ""))


def _parse(read: _Read) -> Dispatch:
    return parse_signed(read.document, read.before.source.signatures)


def _parsed(archive: Archive, document: Document, signatures: tuple[Signature, ...]) -> Dispatch:
    unzoned = document.model_copy(update={"letters": ()})  # an older version decided them: they are decided anew
    return judged_by_neighbours(archive.engine, parse_signed(unzoned, signatures))


def _read_again(archive: Archive, originals: list[Path]) -> Iterator[tuple[Path, Dispatch | ReadError, bool]]:
    job = partial(process_file, allow_secret=True, trust=archive.layout.trust)
    for path, result in run_isolated(job, originals):
        if isinstance(result, ReadError):
            yield path, result, False
            continue
        if isinstance(result, Unpacked):  # never kept as an original
            continue
        document = Document.model_validate_json(unpack(result.document))
        sha256 = document.source.sha256
        if sha256 != path.name.split(".")[0]:
            yield path, ReadError("damaged", "Bản gốc trong kho đã bị thay đổi nên không đọc lại."), False
            continue
        came = {"name": archive.name_of(sha256) or path.name, "found_in": _found_in(archive, sha256)}
        document = document.model_copy(update={"source": document.source.model_copy(update=came)})
        record = _parsed(archive, document, result.dispatch().source.signatures)
        archive.replace_record(record, pack(document.json_pieces()))
        yield path, record, True


def _found_in(archive: Archive, sha256: str) -> str | None:
    """Where a file lay that is read again: as its record or its Document says, else as the path that is remembered."""
    for kept in (archive.machine_record, archive.document):
        with contextlib.suppress(OSError, EOFError, ValueError, DamagedError):
            return kept(sha256).source.found_in
    return archive.found_in(sha256)
