"""One file read and parsed, without the archive: what a worker process does."""

from __future__ import annotations

import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from congvan.archive.truth.files import pack, unpacked
from congvan.intake.inside import Inside, Item, Unpacked, take_out
from congvan.intake.signed.digital_signatures import check_signatures, load_trust, parse_signed
from congvan.intake.workers import run_isolated
from ingest.door.containers.expand import files_inside, is_container, open_container
from ingest.door.errors import ReadError
from ingest.door.notices import told_apart
from ingest.door.registry import SourceFile
from ingest.read import load, read_source
from schemas.checked import check
from schemas.dispatch import Dispatch
from schemas.document import Document
from schemas.source import Signature

Result = TypeVar("Result")


@dataclass(frozen=True)
class Processed:
    """A file that was read and parsed: the Document and the record, both as compressed JSON (`archive.files.pack`).

    `inside` are files that it carries beside its own pages, taken out to be read for themselves.
    """

    document: bytes
    record: bytes
    inside: tuple[Inside, ...] = ()

    def dispatch(self) -> Dispatch:
        """The record itself."""
        return Dispatch.model_validate_json(b"".join(unpacked(self.record)))


def process_file(
    item: Item, allow_secret: bool = False, trust: Path | None = None, converted: Path | None = None
) -> Processed | Unpacked:
    """Read and parse one file and check its signatures against the certificates in the folder `trust`.

    `converted` is the folder in which old office files lie converted already (`ingest.word.libreoffice.convert_batch`),
    and into which the files inside a container are taken out; without it none are.
    Raises `ReadError` with the reason in words. Runs in a worker process.
    """
    source = _loaded(item)
    if converted is not None and is_container(source):
        opened = open_container(source)
        return Unpacked(take_out(item, opened.members, converted), tuple(opened.left_out))
    document, inside = _read(source, item, converted)
    record = _record_of(document, source, trust)
    if inside and _is_cover_sheet(record):
        return Unpacked(inside)
    packed = pack(document.json_pieces())
    del document  # of a long file it takes as much memory as the record's JSON, made next
    if not allow_secret:
        refuse_secret(record)
    _check(record)
    return Processed(packed, pack(record.json_pieces()), inside)


def _check(record: Dispatch) -> None:
    """What is not by the contract leaves no worker: the parsers make their records unchecked."""
    try:
        check(record)
    except ValidationError as error:
        message = "Bản ghi đọc được của tệp này không đúng khuôn dạng nên không đăng ký; tệp vẫn nguyên, để người xem."
        raise ReadError("invalid_record", message) from error


def read_dispatch(path: Path, trust: Path | None = None, converted: Path | None = None) -> tuple[Document, Dispatch]:
    """What the reader saw of a file, and its record with its signatures checked; arguments as in `process_file`.

    What lies in it is not taken out: a container is refused in words.
    """
    source = _loaded(path)
    document = read_source(source, converted)
    return document, _record_of(document, source, trust)


def _record_of(document: Document, source: SourceFile, trust: Path | None) -> Dispatch:
    signatures = _signatures(source, trust) if source.media_type == "application/pdf" else ()
    return parse_signed(document, signatures)


def read_only(item: Item, converted: Path) -> Document | Unpacked:
    """Read one file without parsing it. Raises `ReadError`. Runs in a worker process."""
    source = _loaded(item)
    if is_container(source):
        opened = open_container(source)
        return Unpacked(take_out(item, opened.members, converted), tuple(opened.left_out))
    return read_source(source, converted)


def refuse_secret(record: Dispatch) -> None:
    """Raise `ReadError` for a record that bears a mark of secrecy, its own or an attached dispatch's.

    Luật Bảo vệ bí mật nhà nước 2018 wants such documents in a register of their own, on a computer without a network.
    """
    for dispatch in chain([record], record.attached):
        if dispatch.header.secrecy:
            raise ReadError(
                "secret",
                f"Văn bản đóng dấu {dispatch.header.secrecy}: theo quy định về bảo vệ bí mật nhà nước, văn bản này "
                "phải đăng ký ở sổ riêng nên đã được để riêng, không lưu nội dung. "
                "Dùng --allow-secret nếu được phép xử lý.",
            )


def _loaded(item: Item) -> SourceFile:
    if isinstance(item, Inside):
        if item.error is not None:
            raise item.error
        return replace(load(item.path), found_in=item.found_in)
    return load(item)


def _read(source: SourceFile, item: Item, converted: Path | None) -> tuple[Document, tuple[Inside, ...]]:
    """A file's Document, and the files that it carries; the Document says that these are read apart."""
    document = read_source(source, converted)
    if converted is None or (isinstance(item, Inside) and item.found_in.count(" > ") > 1):
        return document, ()
    carried = files_inside(source)
    inside = take_out(item, carried.members, converted)
    names = [member.name for member in carried.members if member.error is None]
    return document.model_copy(update={"warnings": told_apart(document.warnings, names)}), inside


def _is_cover_sheet(record: Dispatch) -> bool:
    """Whether the own page of a PDF that carries files is no dispatch but what viewers show before a portfolio."""
    header = record.header
    return header.issuing_body is None and header.number is None and header.date is None and not record.directives


def _signatures(source: SourceFile, trust: Path | None) -> tuple[Signature, ...]:
    return check_signatures(source.data, load_trust(trust) if trust else ())


def process_files(paths: Iterable[Path], allow_secret: bool) -> Iterator[tuple[Item, Processed | Unpacked | ReadError]]:
    """Read and parse files without keeping them, each in a worker process, in their order.

    The files inside a container follow it.
    """
    with tempfile.TemporaryDirectory(prefix="congvan-inside-") as folder:
        yield from _with_inside(partial(process_file, allow_secret=allow_secret, converted=Path(folder)), list(paths))


def read_files(paths: Iterable[Path]) -> Iterator[tuple[Item, Document | Unpacked | ReadError]]:
    """Read files, each in a worker process, in their order; the files inside a container follow it."""
    with tempfile.TemporaryDirectory(prefix="congvan-inside-") as folder:
        yield from _with_inside(partial(read_only, converted=Path(folder)), list(paths))


def _with_inside(job: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[tuple[Item, Result | ReadError]]:
    named = list(items)
    for item, result in _in_order(named, run_isolated(job, named)):
        yield item, result
        if isinstance(result, Unpacked):
            yield from _with_inside(job, result.members)
        elif isinstance(result, Processed) and result.inside:
            yield from _with_inside(job, result.inside)


def _in_order(items: list[Item], results: Iterable[tuple[Item, Result]]) -> Iterator[tuple[Item, Result]]:
    """The results in the order of the files named, each as soon as those before it are there."""
    ready: dict[Item, list[Result]] = {}
    waiting = deque(items)
    for item, result in results:
        ready.setdefault(item, []).append(result)
        while waiting and ready.get(waiting[0]):
            first = waiting.popleft()
            yield first, ready[first].pop()
