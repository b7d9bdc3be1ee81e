"""From a path to a Document: load, sniff, and hand to the reader of that kind of file.

`read_file(path) -> Document` and `load(path) -> SourceFile` raise `ReadError` with one line in Vietnamese for a clerk.
"""

from __future__ import annotations

from pathlib import Path

from form.zones.letters import with_zones
from ingest.door import sniff
from ingest.door.errors import ReadError
from ingest.door.registry import SourceFile, reader_for
from schemas.document import Document

MAX_BYTES = 512 * 1024 * 1024
"""Larger files are refused unread: the longest dispatch with all its scans stays far below."""

_REFUSED = {
    sniff.ENCRYPTED_OFFICE: ("encrypted", "Tệp Word được đặt mật khẩu; hãy mở bằng Word, bỏ mật khẩu rồi nạp lại."),
    sniff.ZIP: ("unknown_type", "Đây là tệp nén, không phải văn bản; hãy giải nén rồi nạp từng tệp."),
    sniff.MAIL: ("unknown_type", "Đây là thư điện tử, không phải văn bản; hãy nạp các tệp đính kèm."),
    sniff.OUTLOOK: ("unknown_type", "Đây là thư Outlook, không phải văn bản; hãy nạp các tệp đính kèm."),
    sniff.MAILBOX: ("unknown_type", "Đây là hộp thư gồm nhiều thư; hãy lưu từng thư thành một tệp rồi nạp."),
    sniff.OTHER_ARCHIVE: (
        "unknown_type",
        "Đây là tệp nén loại không mở được ở đây (rar, 7z, tar, gz, …); hãy giải nén rồi nạp, hoặc nén lại kiểu zip.",
    ),
    sniff.OTHER_OFFICE: ("unknown_type", "Đây là tệp Office nhưng không phải văn bản Word (có thể là bảng tính)."),
    sniff.UNKNOWN: ("unknown_type", "Không nhận ra loại tệp này (không phải PDF, Word, ảnh quét hay văn bản)."),
}


def read_file(path: Path | str, converted: Path | None = None) -> Document:
    """Read a dispatch's file, whatever its format; the format is told by content, not by name.

    `converted` is the folder into which `convert_batch` put old office files beforehand, if it did.
    """
    return read_source(load(Path(path)), converted)


def load(path: Path) -> SourceFile:
    """A file's bytes and media type. Raises ReadError: missing, empty, too large, not readable, unknown."""
    data = _load_bytes(path)
    if not data.strip(b" \t\r\n\x00"):
        raise ReadError("empty_file", "Tệp rỗng, không có nội dung.")
    return SourceFile(path=path, media_type=sniff.sniff(data), data=data)


def read_source(source: SourceFile, converted: Path | None = None) -> Document:
    """Read a file that is loaded already; `converted` as in `read_file`."""
    return with_zones(_read(source, converted))


def _read(source: SourceFile, converted: Path | None) -> Document:
    """What the reader of that kind of file gives."""
    if converted is not None:
        from ingest.word import libreoffice as office

        document = office.stored(source, converted) if office.is_office(source.media_type) else None
        if document is not None:
            return document
    if source.media_type in _REFUSED:
        raise ReadError(*_REFUSED[source.media_type])
    reader = reader_for(source.media_type)
    if reader is None:
        raise ReadError("unknown_type", f"Chưa có cách đọc loại tệp {source.media_type}.")
    return reader(source)


def _load_bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise ReadError(
                "too_large", f"Tệp quá lớn ({size // 2**20} MB; giới hạn {MAX_BYTES // 2**20} MB), không đọc."
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError("missing_file", "Không thấy tệp (đã bị xoá hoặc chuyển đi trong lúc đọc).") from error
    except IsADirectoryError as error:
        raise ReadError("not_a_file", "Đây là thư mục, không phải tệp.") from error
    except PermissionError as error:
        raise ReadError("no_permission", "Không có quyền mở tệp này.") from error
    except OSError as error:
        raise ReadError("unreadable", f"Không đọc được tệp từ đĩa ({error.strerror}).") from error
