"""The media type of a file by its content; its name is not believed, because `.doc` often hides something else."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from ingest.door.mime import is_mime, is_page

TEXT = "text/plain"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
DOC = "application/msword"
RTF = "application/rtf"
HTML = "text/html"
ODT = "application/vnd.oasis.opendocument.text"
WORD_XML = "application/vnd.ms-word+xml"
ZIP = "application/zip"
MAIL = "message/rfc822"
OUTLOOK = "application/vnd.ms-outlook"
MHTML = "multipart/related"
OTHER_ARCHIVE = "application/x-archive"
"""An archive of a kind that is not opened here."""
MAILBOX = "application/mbox"
OTHER_OFFICE = "application/x-office"
"""A workbook or slides: an Office file that holds no dispatch."""
ENCRYPTED_OFFICE = "application/x-encrypted-office"
UNKNOWN = "application/octet-stream"

_HEAD = 4096
_SIGNATURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"MM\x00+", "image/tiff"),
)
_ZIP_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
_ARCHIVE_SIGNATURES = (
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"\x1f\x8b\x08",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"\x28\xb5\x2f\xfd",
    b"MSCF",
    b"\x78\x9f\x3e\x22",  # TNEF, what Outlook sends as winmail.dat
)
_TAR = slice(257, 262)
"""Where a tar archive says `ustar` (POSIX.1-2017, pax)."""
_HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_WORD_XML_START = re.compile(rb"<\?mso-application\s+progid=\"Word\.Document\"|<(?:pkg:package|w:wordDocument)\b")
_WORD_MAGIC = b"\xec\xa5"
"""How a Word document's own stream begins ([MS-DOC] 2.5.1), all that is left to know a cut file by."""
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def sniff(data: bytes) -> str:
    """The media type of these bytes, `application/octet-stream` where nothing fits."""
    head = data[:_HEAD]
    for signature, media_type in _SIGNATURES:
        if head.startswith(signature):
            return media_type
    if head.startswith(_ZIP_SIGNATURES):  # before PDF: a file stored in an archive stands there as it is
        return _sniff_zip(data)
    if head.startswith(_ARCHIVE_SIGNATURES) or head[_TAR] == b"ustar":
        return OTHER_ARCHIVE
    if is_mime(head):
        return MHTML if is_page(data) else MAIL
    if re.match(rb"From \S+[^\n]*\n[!-9;-~]+:", head):
        return MAILBOX
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _sniff_ole(data)
    return _sniff_text(data, head)


def _sniff_zip(data: bytes) -> str:
    """Word, OpenDocument or an archive. A cut archive is known by the names of its first parts."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return DOCX if b"[Content_Types].xml" in data[:_HEAD] or b"word/" in data[:65536] else ZIP
    if "word/document.xml" in names or any(re.fullmatch(r"word/document\d*\.xml", name) for name in names):
        return DOCX
    if ODT.encode() in data[:200]:
        return ODT
    if b"application/vnd.oasis.opendocument" in data[:200]:
        return OTHER_OFFICE
    return OTHER_OFFICE if any(name.startswith(("xl/", "ppt/")) for name in names) else ZIP


def _sniff_ole(data: bytes) -> str:
    """Inside a Microsoft compound file the names of its outermost streams tell Word, mail and others apart.

    A mail may hold a Word file and the other way round. Of a damaged file only bytes are left to go by.
    """
    import olefile  # loaded with the first such file

    try:
        with olefile.OleFileIO(BytesIO(data)) as ole:
            names = {entry[0] for entry in ole.listdir()}
    except (OSError, ValueError, IndexError, KeyError, TypeError, RecursionError):
        names = {name for name in ("EncryptedPackage", "WordDocument") if name.encode("utf-16-le") in data}
    if "EncryptedPackage" in names:
        return ENCRYPTED_OFFICE
    if "__properties_version1.0" in names:
        return OUTLOOK
    if "WordDocument" in names or data[512:514] == _WORD_MAGIC:
        return DOC
    return OTHER_OFFICE


def _sniff_text(data: bytes, head: bytes) -> str:
    start = head.removeprefix(_BYTE_ORDER_MARKS[0]).lstrip()
    if start.startswith(b"{\\rtf"):
        return RTF
    if _WORD_XML_START.search(start):
        return WORD_XML
    if _HTML_START.match(start):
        return HTML
    return TEXT if _looks_like_text(data, head) else UNKNOWN


def _looks_like_text(data: bytes, head: bytes) -> bool:
    if head.startswith(_BYTE_ORDER_MARKS):
        return True
    zeros = head.count(0)
    if zeros:
        # UTF-16 without its mark: about every second byte of plain letters is zero, all on one side.
        even = head[0::2].count(0)
        return zeros > len(head) // 5 and min(even, zeros - even) <= zeros // 20
    controls = sum(1 for byte in data[:_HEAD] if byte < 32 and byte not in b"\t\n\r\f\v\x1b\x1a")
    return controls <= len(head) // 50
