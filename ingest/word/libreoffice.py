"""Old office files (.doc, .rtf, .html, .odt, Word XML) through LibreOffice, headless, to .docx, and then by its reader.

`read_office(source)` reads one file. Starting LibreOffice is most of the cost, so for many files call
`convert_batch(paths, folder)` first, in one process, and then `ingest.read.read_file(path, folder)` for each, in any.

A file that hangs or kills LibreOffice costs itself alone: the others of its batch are tried again.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from ingest.door import sniff
from ingest.door.errors import ReadError
from ingest.door.mime import page_html
from ingest.door.registry import SourceFile
from ingest.word.office_run import Conversion, convert, find_libreoffice
from ingest.word.reader import read_docx
from schemas.document import Document

SECONDS_A_START = 60
SECONDS_A_FILE = 30
SECONDS_IN_BATCH = 3
"""LibreOffice takes a third of a second for a usual file; a whole batch must not wait long for one that hangs."""
_BATCH = 25
_OLE_MAGIC = b"\xd0\xcf\x11\xe0"
_SUFFIX = {
    sniff.DOC: "doc",
    sniff.RTF: "rtf",
    sniff.HTML: "html",
    sniff.MHTML: "html",
    sniff.ODT: "odt",
    sniff.WORD_XML: "xml",
}
# Told what it reads, LibreOffice refuses a broken file instead of taking its bytes for text.
_IMPORT_FILTER = {
    sniff.DOC: "MS Word 97",
    sniff.RTF: "Rich Text Format",
    sniff.HTML: "HTML (StarWriter)",
    sniff.MHTML: "HTML (StarWriter)",
    sniff.ODT: "writer8",
    sniff.WORD_XML: "MS Word 2003 XML",
}
_PRINT_FILTER = _IMPORT_FILTER | {sniff.DOCX: "MS Word 2007 XML"}
_STEP = "libreoffice"
_DELETED = re.compile(rb"<(/?)del([\s>])", re.IGNORECASE)
_STRUCK_ROW = re.compile(rb"<tr\b[^<>]{0,500}line-through[^<>]{0,500}>.{0,20000}?</tr\s*>", re.IGNORECASE | re.DOTALL)
_CELL, _CELL_END = (re.compile(rb"<t[dh]\b[^<>]*>", re.IGNORECASE), re.compile(rb"</t[dh]\s*>", re.IGNORECASE))


def read_office(source: SourceFile) -> Document:
    """An old office file as a Document. Raises ReadError (`no_libreoffice`, `timeout`, `damaged`)."""
    with tempfile.TemporaryDirectory(prefix="congvan-office-") as folder:
        converted = convert_many([source], Path(folder))[source.sha256]
        if isinstance(converted, ReadError):
            raise converted
        return read_converted(source, converted.read_bytes())


def read_converted(source: SourceFile, docx: bytes) -> Document:
    """The Document of a file whose .docx form was made by `convert_many`; its `source` is that of the file itself."""
    document = read_docx(SourceFile(path=source.path, media_type=source.media_type, data=docx))
    own = source.source("office", steps=(_STEP, *document.source.steps))
    return document.model_copy(update={"source": own})


def convert_batch(paths: Iterable[Path], folder: Path) -> None:
    """Convert those of these files that need it, a few dozen in a start, for `stored` to find in `folder`.

    Files that cannot be opened are passed over: reading them says why. At most a batch is held in memory.
    """
    batch: list[SourceFile] = []
    for path in paths:
        source = _office_source(path)
        if source is not None:
            batch.append(source)
        if len(batch) == _BATCH:
            _store(batch, folder)
            batch = []
    _store(batch, folder)


def stored(source: SourceFile, folder: Path) -> Document | None:
    """What `convert_batch` made of a file, as a Document; None where it has not met it. Raises its ReadError."""
    docx, failure = folder / f"{source.sha256}.docx", folder / f"{source.sha256}.json"
    if docx.is_file():
        return read_converted(source, docx.read_bytes())
    if failure.is_file():
        raise ReadError(**json.loads(failure.read_bytes()))
    return None


def _store(batch: list[SourceFile], folder: Path) -> None:
    for sha256, result in convert_many(batch, folder).items():
        if isinstance(result, ReadError):
            facts = {"code": result.code, "message": result.message}
            (folder / f"{sha256}.json").write_text(json.dumps(facts), encoding="utf-8")


def _office_source(path: Path) -> SourceFile | None:
    """The file, if it goes through LibreOffice; only such a file is loaded whole."""
    try:
        with path.open("rb") as file:
            head = file.read(4096)
        kind = sniff.sniff(head)
        # What begins as mail may yet be a page kept whole: that is told by its end.
        if not (head.startswith(_OLE_MAGIC) or kind in (*_SUFFIX, sniff.MAIL) or sniff.ODT.encode() in head[:200]):
            return None
        data = path.read_bytes()
    except OSError:
        return None
    media_type = sniff.sniff(data)
    return SourceFile(path=path, media_type=media_type, data=data) if is_office(media_type) else None


def is_office(media_type: str) -> bool:
    """Whether files of this type go through LibreOffice."""
    return media_type in _SUFFIX


def convert_many(sources: Iterable[SourceFile], folder: Path) -> dict[str, Path | ReadError]:
    """Convert files to .docx in `folder`; by SHA-256 the new file, or the reason why there is none.

    Never raises for a file; without LibreOffice each file has that for its reason.
    """
    by_hash = {source.sha256: source for source in sources}
    program = find_libreoffice()
    if program is None:
        missing = ReadError(
            "no_libreoffice",
            "Cần LibreOffice để đọc tệp .doc, .rtf, .html, nhưng máy này chưa cài (apt: libreoffice-writer).",
        )
        return dict.fromkeys(by_hash, missing)
    results: dict[str, Path | ReadError] = {}
    groups: dict[str, list[SourceFile]] = {}
    for source in by_hash.values():
        groups.setdefault(_IMPORT_FILTER[source.media_type], []).append(source)
    for import_filter, group in groups.items():
        results |= _convert_group(program, group, folder, import_filter)
    return results


def _convert_group(
    program: str, sources: list[SourceFile], folder: Path, import_filter: str
) -> dict[str, Path | ReadError]:
    """All in one start; what that start did not finish, one by one."""
    seconds = SECONDS_A_START + (SECONDS_A_FILE if len(sources) == 1 else SECONDS_IN_BATCH * len(sources))
    in_time = _start(program, sources, folder, (import_filter, seconds))
    results: dict[str, Path | ReadError] = {}
    for source in sources:
        target = folder / f"{source.sha256}.docx"
        if not target.is_file() and len(sources) > 1:
            in_time = _start(program, [source], folder, (import_filter, SECONDS_A_START + SECONDS_A_FILE))
        results[source.sha256] = target if target.is_file() else _failure(in_time)
    return results


def is_printable(media_type: str) -> bool:
    """Whether LibreOffice can print files of this type."""
    return media_type in _PRINT_FILTER


def print_pdf(source: SourceFile, folder: Path, seconds: float) -> Path | None:
    """A Word file as it would be printed, as a PDF in `folder`; None where it cannot be, or not in these seconds."""
    program = find_libreoffice()
    if program is None or not is_printable(source.media_type):
        return None
    files = {f"{source.sha256}.{_SUFFIX.get(source.media_type, 'docx')}": _as_imported(source)}
    convert(program, files, folder, Conversion(_PRINT_FILTER[source.media_type], "pdf:writer_pdf_Export", seconds))
    printed = folder / f"{source.sha256}.pdf"
    return printed if printed.is_file() else None


def _failure(in_time: bool) -> ReadError:
    if in_time:
        return ReadError("damaged", "LibreOffice không mở được tệp này (bị hỏng hoặc được đặt mật khẩu).")
    return ReadError("timeout", "LibreOffice mở tệp này quá lâu nên đã dừng.")


def _start(program: str, sources: Sequence[SourceFile], folder: Path, how: tuple[str, float]) -> bool:
    """One run of LibreOffice over these files; `how` is its import filter and its seconds.

    Gives False where the time ran out.
    """
    files = {f"{source.sha256}.{_SUFFIX[source.media_type]}": _as_imported(source) for source in sources}
    return convert(program, files, folder, Conversion(how[0], "docx:MS Word 2007 XML", how[1]))


def _as_imported(source: SourceFile) -> bytes:
    """A file's bytes as LibreOffice is given them: of MHTML its HTML; what is struck out said as it knows it.

    It does not know `del`, the longer name of the property (CSS Text Decoration 3, 2.1), and rows struck as a whole.
    """
    if source.media_type not in (sniff.HTML, sniff.MHTML):
        return source.data
    page = page_html(source.data) if source.media_type == sniff.MHTML else source.data
    page = _DELETED.sub(rb"<\1s\2", page).replace(b"text-decoration-line", b"text-decoration")
    return _STRUCK_ROW.sub(lambda row: _CELL_END.sub(rb"</s>\g<0>", _CELL.sub(rb"\g<0><s>", row[0])), page)
