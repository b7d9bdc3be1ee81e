"""The parts of a Word file: a zip archive of XML, opened with care.

Read with `zipfile` and lxml instead of python-docx: its walk skips content controls, text boxes, notes and numbering,
it refuses macro-enabled and strict files, and opening every part costs five times what the needed ones do.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from ingest.door.errors import ReadError

MAX_PART = 256 * 1024 * 1024
"""Uncompressed bytes of one part; the text of 10,000 pages stays below."""
MAX_RATIO = 250
"""Uncompressed to compressed size of a part over a megabyte; XML of Word rarely passes 60."""
_RATIO_MATTERS = 8 * 1024 * 1024
_MAX_ENTRIES = 20_000

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# "Strict" files say the same in other namespaces.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DAMAGED = ReadError("damaged", "Tệp Word bị hỏng hoặc bị cắt cụt, không mở được.")


def _without(data: bytes, name: bytes) -> bytes:
    """XML without its elements of this name, which never hold one another; as it is where one has no beginning."""
    *pieces, rest = data.split(b"</" + name + b">")
    kept = [piece.rpartition(b"<" + name) for piece in pieces]
    return b"".join(before for before, _, _ in kept) + rest if all(cut for _, cut, _ in kept) else data


@dataclass(frozen=True)
class PartRelation:
    """A link from one part to another: its kind (`footnotes`, `header`, …) and the target's name in the archive."""

    kind: str
    target: str


class Package:
    """The parts of one Word file. Raises ReadError: damaged, encrypted, a zip bomb, external entities."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise _DAMAGED from error
        self._entries = {entry.filename: entry for entry in self._archive.infolist()}
        if len(self._entries) > _MAX_ENTRIES:
            raise ReadError("zip_bomb", "Tệp Word chứa quá nhiều thành phần, có thể là tệp phá hoại; không đọc.")
        main = [relation.target for relation in self.relations("").values() if relation.kind == "officeDocument"]
        self.main = main[0] if main and main[0] in self._entries else "word/document.xml"
        if self.main not in self._entries:
            raise _DAMAGED

    def relations(self, part: str) -> dict[str, PartRelation]:
        """What a part links to, by relationship id; links out of the file are left out."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        if root is None:
            return {}
        return {
            link.get("Id", ""): PartRelation(
                link.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, link.get("Target", ""))).lstrip("/"),
            )
            for link in root.iter(_RELATIONSHIP)
            if link.get("TargetMode") != "External"
        }

    def xml(self, name: str, unread: Sequence[bytes] = ()) -> etree._Element | None:
        """The root of a part without its elements of the names `unread`; None where there is no such part."""
        if name not in self._entries:
            return None
        data = self._read(self._entries[name])
        if _DOCTYPE.search(data, 0, 4096):
            raise ReadError("unsafe", "Tệp Word có khai báo thực thể ngoài (có thể là tệp phá hoại); không đọc.")
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        for element in unread:
            data = _without(data, element)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise _DAMAGED from error

    def data(self, name: str) -> bytes | None:
        """The bytes of a part; None where there is no such part, or it cannot be taken out."""
        try:
            return self._read(self._entries[name]) if name in self._entries else None
        except ReadError:
            return None

    def _read(self, entry: zipfile.ZipInfo) -> bytes:
        ratio = entry.file_size / max(entry.compress_size, 1)
        if entry.file_size > MAX_PART or (entry.file_size > _RATIO_MATTERS and ratio > MAX_RATIO):
            raise ReadError("zip_bomb", "Tệp Word bung ra quá lớn (bom nén); không đọc.")
        if entry.flag_bits & 1:
            raise ReadError("encrypted", "Tệp Word được đặt mật khẩu; hãy bỏ mật khẩu rồi nạp lại.")
        try:
            with self._archive.open(entry) as stream:
                data = stream.read(entry.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise _DAMAGED from error
        if len(data) > entry.file_size:
            raise ReadError("zip_bomb", "Tệp Word khai sai kích thước (bom nén); không đọc.")
        return data
