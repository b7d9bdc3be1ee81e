"""What kept a command from its work, in words for the person who gave it."""

from __future__ import annotations

import errno
import re
import sqlite3

from congvan.archive.truth.archive_errors import PlainError
from ingest.door.readable_names import readable

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_PART = re.compile(r"\.\d+\.part$")
_REASONS = {
    errno.ENOENT: "không có tệp hay thư mục này",
    errno.EISDIR: "đây là thư mục",
    errno.ENOTDIR: "đây là tệp, không phải thư mục",
    errno.EEXIST: "đây là tệp, không phải thư mục",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.EIO: "ổ đĩa có lỗi",
    errno.EMFILE: "mở quá nhiều tệp",
}
_EXTRAS = {
    "dataset": {"duckdb", "pandas", "pyarrow"},
    "desk": {"argon2", "fastapi", "starlette", "mcp", "multipart", "python_multipart", "uvicorn"},
}
"""The packages that a part of the program brings (pyproject.toml)."""
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_DISK_FULL = "Ổ đĩa đã đầy, không ghi thêm được. Những gì đã báo xong còn nguyên; hãy dọn chỗ rồi chạy lại lệnh này."


def in_words(error: Exception) -> str | None:
    """One line that says what is wrong and what to do, or None for an error that is a fault of the program."""
    if isinstance(error, PlainError):
        return str(error)
    if isinstance(error, ModuleNotFoundError):
        return _of_extra(error)
    cause = getattr(error, "orig", error)  # SQLAlchemy's errors carry the driver's
    if isinstance(cause, sqlite3.Error):
        return _of_index(cause)
    return _of_file(error) if isinstance(error, OSError) else None


def _of_extra(error: ModuleNotFoundError) -> str | None:
    """What to install where a part of the program is not there; None where what is missing is no extra's."""
    package = (error.name or "").partition(".")[0]
    extra = next((extra for extra, packages in _EXTRAS.items() if package in packages), None)
    return extra and f"Phần này của congvan chưa được cài; hãy cài: pip install congvan[{extra}]"


def _of_file(error: OSError) -> str:
    name = readable(_PART.sub("", str(error.filename2 or error.filename or "")))
    if error.errno in _FULL:
        return _DISK_FULL
    if error.errno in _FORBIDDEN:
        return f"Không có quyền đọc hoặc ghi {name} (hoặc tệp đang mở ở chương trình khác)."
    return f"Không đọc hoặc ghi được {name}: {_REASONS.get(error.errno or 0, error.strerror or str(error))}."


def _of_index(error: sqlite3.Error) -> str | None:
    code = getattr(error, "sqlite_errorname", "")
    if code == "SQLITE_FULL" or code.startswith("SQLITE_IOERR"):  # a full disk gives either
        return _DISK_FULL if code == "SQLITE_FULL" else f"Ổ đĩa có lỗi hoặc đã đầy, không ghi được chỉ mục ({code})."
    if code in ("SQLITE_BUSY", "SQLITE_LOCKED"):
        return "Một chương trình khác đang dùng kho lưu; hãy chạy lại sau ít phút."
    if code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return "Không có quyền ghi vào kho lưu."
    if code.startswith(_DAMAGED):
        return "Chỉ mục của kho lưu bị hỏng; hãy chạy congvan rebuild để dựng lại (bản gốc và bản ghi không mất)."
    return None
