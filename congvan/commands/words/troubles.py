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
    "postgres": {"pg8000", "scramp"},
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
    if type(cause).__module__.startswith("pg8000"):
        return _of_server(cause)
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


_OF_SERVER = {
    "28": "Máy chủ PostgreSQL không nhận tên hoặc mật khẩu; hãy xem lại địa chỉ chỉ mục (mật khẩu: biến PGPASSWORD).",
    "3D": "Máy chủ PostgreSQL không có cơ sở dữ liệu này; hãy tạo bằng createdb hoặc sửa địa chỉ chỉ mục.",
    "42501": "Không đủ quyền ở PostgreSQL: cần quyền lập schema, và phần mở rộng pg_trgm (CREATE EXTENSION pg_trgm).",
    "0A000": "Máy chủ PostgreSQL thiếu phần mở rộng pg_trgm (gói postgresql-contrib).",
    "58P01": "Máy chủ PostgreSQL thiếu phần mở rộng pg_trgm (gói postgresql-contrib).",
    "53100": "Ổ đĩa của máy chủ PostgreSQL đã đầy. Những gì đã báo xong còn nguyên; hãy dọn chỗ rồi chạy lại lệnh này.",
    "53300": "Máy chủ PostgreSQL hết chỗ cho kết nối mới (max_connections); hãy chạy lại sau ít phút.",
    "57": "Máy chủ PostgreSQL đang dừng hoặc khởi động; hãy chạy lại sau ít phút.",
    "42P01": "Chỉ mục đang được dựng lại; hãy chạy lại sau ít phút.",
    "XX": "Chỉ mục ở PostgreSQL bị hỏng; hãy chạy congvan rebuild để dựng lại (bản gốc và bản ghi không mất).",
}
"""By the beginning of an error's SQLSTATE (PostgreSQL's manual, appendix A)."""


def _of_server(error: Exception) -> str | None:
    from congvan.archive.index.dialects.postgres_index import code_of

    code = code_of(error)
    if not code:
        return "Không kết nối được với máy chủ PostgreSQL của chỉ mục; hãy xem địa chỉ chỉ mục, máy chủ và mạng."
    return next((words for start, words in _OF_SERVER.items() if code.startswith(start)), None)
