"""A Word file as a zip archive: looked over before anything in it is parsed, and mended where a strict reader stumbles.

The limits are those of letters: the XML of Word rarely packs below a sixtieth of its size.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Collection
from io import BytesIO

from lxml import etree

from ingest.door.errors import ReadError

MAX_PART = 256 * 1024 * 1024
"""Uncompressed bytes of one part; the text of 10,000 pages stays below."""
MAX_RATIO = 250
"""Uncompressed to compressed size of a part beyond `_RATIO_MATTERS` bytes."""
_RATIO_MATTERS = 8 * 1024 * 1024
_MAX_ENTRIES = 20_000
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_XML = (".xml", ".rels")
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_TYPES_PART = "[Content_Types].xml"
# "Strict" files say the same in other namespaces (ISO/IEC 29500-1 beside 29500-4).
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


def check_archive(data: bytes) -> None:
    """Look over the parts of a Word file without parsing any. Raises ReadError: encrypted, zip_bomb, unsafe.

    An archive that is none, or is cut short, raises what `zipfile` does.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        entries = archive.infolist()
        if len(entries) > _MAX_ENTRIES:
            raise ReadError("zip_bomb", "Tệp Word chứa quá nhiều thành phần, có thể là tệp phá hoại; không đọc.")
        for entry in entries:
            _check_entry(archive, entry)


def _check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    ratio = entry.file_size / max(entry.compress_size, 1)
    if entry.file_size > MAX_PART or (entry.file_size > _RATIO_MATTERS and ratio > MAX_RATIO):
        raise ReadError("zip_bomb", "Tệp Word bung ra quá lớn (bom nén); không đọc.")
    if entry.flag_bits & 1:
        raise ReadError("encrypted", "Tệp Word được đặt mật khẩu; hãy bỏ mật khẩu rồi nạp lại.")
    if entry.filename.lower().endswith(_XML):
        with archive.open(entry) as stream:
            if _DOCTYPE.search(stream.read(4096)):
                raise ReadError("unsafe", "Tệp Word có khai báo thực thể ngoài (có thể là tệp phá hoại); không đọc.")


def mended_archive(data: bytes) -> bytes:
    """The same file without links that lead nowhere, with a type for each part, in the usual namespaces."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as archive, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as mended:
        # Of two parts of one name readers take the last; one without a name cannot be linked to.
        names = {entry.filename: entry for entry in archive.infolist() if entry.filename}
        for entry in names.values():
            content = archive.read(entry)
            if entry.filename.endswith(_XML):
                for strict, usual in _STRICT:
                    content = content.replace(strict, usual)
            if entry.filename.endswith(".rels"):
                content = _without_dead_links(entry.filename, content, names)
            if entry.filename == _TYPES_PART:
                content = _with_all_types(content, names)
            mended.writestr(entry.filename, content)
    return target.getvalue()


def _parsed(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _without_dead_links(name: str, content: bytes, names: Collection[str]) -> bytes:
    root = _parsed(content)
    folder = posixpath.dirname(posixpath.dirname(name))
    for link in list(root.iter(_RELATIONSHIP)):
        target = posixpath.normpath(posixpath.join("/", folder, link.get("Target", ""))).lstrip("/")
        if link.get("TargetMode") != "External" and target not in names:
            root.remove(link)
    return etree.tostring(root)


def _with_all_types(content: bytes, names: Collection[str]) -> bytes:
    root = _parsed(content)
    known = {default.get("Extension", "").lower() for default in root.iter(f"{_TYPES}Default")}
    for suffix in sorted({posixpath.splitext(name)[1][1:].lower() for name in names} - known - {""}):
        kind = "application/xml" if suffix == "xml" else "application/octet-stream"
        etree.SubElement(root, f"{_TYPES}Default", Extension=suffix, ContentType=kind)
    return etree.tostring(root)
