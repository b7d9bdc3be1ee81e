"""Half a file is not a file: names of what is still being fetched, end marks of formats, and who still writes.

Formats in which every beginning is valid (text, RTF, TIFF, a PDF saved after each page) cannot be told whole by their
bytes; there only time speaks, and the longer a path was written to before, the longer it is waited for.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

_UNFINISHED = (
    ".crdownload", ".part", ".partial", ".download", ".opdownload", ".tmp", ".temp", ".filepart", ".aria2", ".!ut",
    ".!qb", ".dwl", ".td", ".xltd", ".ucdownload", ".bc!", ".fdmdownload", ".jc", ".swp", ".goutputstream", ".lock",
)  # fmt: skip
"""Endings of names under which browsers (Chromium and Cốc Cốc, Firefox, Safari, Opera), copiers (rsync, WinSCP,
FileZilla, Nautilus, download managers) and editors keep what is not whole yet.
"""
_UNFINISHED_STARTS = (".", "~$", "~", "unconfirmed ", ".~lock", ".goutputstream")
_TAIL = 2048
_ENDS: dict[bytes, bytes] = {
    b"%PDF-": b"%%EOF",
    b"\x89PNG": b"IEND",
    b"\xff\xd8\xff": b"\xff\xd9",
    b"PK\x03\x04": b"PK\x05\x06",
    b"{\\rtf": b"}",
}
"""What a file that begins so must hold near its end."""
_BEGINNING_IS_VALID = (b"%PDF-", b"{\\rtf")
"""Of those: a writer that saves after each page ends each state well."""


def is_unfinished_name(name: str) -> bool:
    """Whether a name is one that programs give to what they have not finished.

    >>> [is_unfinished_name(name) for name in ("cv.docx.crdownload", "Chưa xác nhận 1.pdf", "~$cv.docx", "cv.pdf")]
    [True, False, True, False]
    """
    low = name.lower()
    return low.endswith(_UNFINISHED) or low.startswith(_UNFINISHED_STARTS)


def has_begun_only(path: Path) -> bool:
    """Whether the end mark of the file's format is missing: it is not whole, or damaged."""
    try:
        with path.open("rb") as file:
            head = file.read(8)
            end = next((mark for start, mark in _ENDS.items() if head.startswith(start)), None)
            if end is None:
                return False
            file.seek(max(0, file.seek(0, os.SEEK_END) - (_TAIL << 5 if end == b"PK\x05\x06" else _TAIL)))
            return end not in file.read()
    except OSError:
        return False


def ends_for_sure(path: Path) -> bool:
    """Whether the format's end mark is there and no beginning of such a file has it."""
    try:
        with path.open("rb") as file:
            head = file.read(8)
    except OSError:
        return False
    sure = any(head.startswith(start) for start in _ENDS if start not in _BEGINNING_IS_VALID)
    return sure and not has_begun_only(path)


def is_open_for_writing(path: Path) -> bool:
    """Whether some program has the file open to write to it; False where the system cannot say.

    Windows says so by refusing to rename it; Linux by refusing a lease to read (fcntl(2)), on file systems of its own.
    """
    if os.name == "nt":
        try:
            path.rename(path)
        except PermissionError:
            return True
        except OSError:
            return False
        return False
    return _is_lease_refused(path)


def _is_lease_refused(path: Path) -> bool:
    import fcntl

    take, kind, give_back = (getattr(fcntl, name, None) for name in ("F_SETLEASE", "F_RDLCK", "F_UNLCK"))
    if take is None or kind is None or give_back is None:
        return False
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.fcntl(descriptor, take, kind)
        fcntl.fcntl(descriptor, take, give_back)
    except OSError as error:
        return error.errno in (errno.EAGAIN, errno.EBUSY)
    finally:
        os.close(descriptor)
    return False
