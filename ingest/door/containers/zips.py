"""Zip archives: every file inside, refused in words where it is encrypted, a bomb, a link or leads out of it."""

from __future__ import annotations

import stat
import zipfile
import zlib
from io import BytesIO

from ingest.door.containers.members import (
    BOMB,
    ENCRYPTED,
    MAX_MEMBERS,
    MAX_RATIO,
    MAX_TOTAL,
    OUTSIDE,
    RATIO_MATTERS,
    Budget,
    Member,
    Opened,
    clean_name,
)
from ingest.door.errors import ReadError
from vietnamese.fold import nfc
from vietnamese.syllables import vietnamese_share

_DAMAGED = ReadError("damaged", "Tệp nén bị hỏng hoặc bị cắt cụt, không mở được; hãy lấy lại tệp gốc.")
_BROKEN = ReadError("damaged", "Bị hỏng trong tệp nén, không lấy ra được.")
_METHOD = ReadError("unknown_type", "Được nén theo cách không hỗ trợ; hãy giải nén rồi nạp lại.")
_LINK = ReadError("unsafe", "Là đường dẫn tắt trong tệp nén, không phải tệp; không mở.")
_UTF8 = 0x800
_ENCRYPTED = 0x1
# What systems put into archives beside a person's files.
_LITTER = ("__macosx", ".ds_store", "thumbs.db", "desktop.ini")
_ENCODINGS = ("utf-8", "cp1258", "cp1252")
_PLAUSIBLE = 0.6


def open_zip(data: bytes, budget: Budget) -> Opened:
    """The files of a zip archive. Raises ReadError (`damaged`, `zip_bomb`) where the archive as a whole is refused."""
    opened = Opened()
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if _is_file(entry)]
            if len(entries) > MAX_MEMBERS or sum(entry.file_size for entry in entries) > MAX_TOTAL:
                raise BOMB
            opened.members = [_member(archive, entry, budget) for entry in entries]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise _DAMAGED from error
    return opened


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget) -> Member:
    name = name_of(entry)
    try:
        shown = clean_name(name)
    except ReadError:
        return Member(clean_name(name.replace("..", "…")), error=OUTSIDE)
    error = _refused(entry)
    if error is not None:
        return Member(shown, error=error)
    budget.take(entry.file_size)
    try:
        with archive.open(entry) as stream:
            data = stream.read(entry.file_size + 1)
    except NotImplementedError:
        return Member(shown, error=_METHOD)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError):
        return Member(shown, error=_BROKEN)
    return Member(shown, data) if len(data) <= entry.file_size else Member(shown, error=BOMB)


def _refused(entry: zipfile.ZipInfo) -> ReadError | None:
    if entry.flag_bits & _ENCRYPTED:
        return ENCRYPTED
    if stat.S_ISLNK(entry.external_attr >> 16):
        return _LINK
    if entry.file_size > RATIO_MATTERS and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
        return BOMB
    return None


def name_of(entry: zipfile.ZipInfo) -> str:
    """A member's name. Without the sign for UTF-8 it is in whatever code page the maker's computer had.

    APPNOTE 6.3.10, appendix D; `zipfile` reads it as code page 437 then.
    """
    if entry.flag_bits & _UTF8 or entry.filename.isascii():
        return nfc(entry.filename)
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return nfc(entry.filename)
    for encoding in _ENCODINGS:
        try:
            name = nfc(raw.decode(encoding))
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or vietnamese_share(name) >= _PLAUSIBLE:
            return name
    return nfc(entry.filename)


def _is_file(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry is a person's file: no folder, and with a name."""
    return bool(entry.filename) and not entry.is_dir() and not _is_litter(entry.filename)


def _is_litter(name: str) -> bool:
    parts = name.replace("\\", "/").lower().split("/")
    return any(part in _LITTER or part.startswith("~$") for part in parts)
