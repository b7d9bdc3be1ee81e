"""The encoding of a text file: detected, named, converted."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from ingest.door.errors import ReadError
from vietnamese.fold import nfc
from vietnamese.legacy import detect
from vietnamese.syllables import vietnamese_share

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DAMAGE_TOLERATED = 200
"""One wrong byte among so many: a damaged UTF-8 file, not another encoding."""

_MARKED = re.compile(r"[\u0300-\u036fàảãáạăâđèéẻẽẹêìíỉĩịòóỏõọôơùúủũụưỳýỷỹỵ\u1ea0-\u1ef9]", re.IGNORECASE)
_PLAUSIBLE = 0.75


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding (Python's). Raises ReadError where the bytes are no text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _with_replacement(data, encoding), encoding.removesuffix("-sig")
    if 0 in data[:4096]:
        encoding = "utf-16-be" if data[:4096:2].count(0) > data[1:4096:2].count(0) else "utf-16-le"
        return _with_replacement(data, encoding), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decode_other(data)


def _with_replacement(data: bytes, encoding: str) -> str:
    return data.decode(encoding, errors="replace")


def _decode_other(data: bytes) -> tuple[str, str]:
    damaged = _with_replacement(data, "utf-8")
    if damaged.count("\ufffd") * _DAMAGE_TOLERATED < len(damaged):
        return damaged, "utf-8 (damaged)"
    candidate = nfc(data.decode("cp1258", errors="replace"))
    if vietnamese_share(candidate) >= _PLAUSIBLE and _MARKED.search(candidate):
        return candidate, "cp1258"
    if detect(bare := data.decode("latin-1")) is not None:
        return bare, "latin-1"
    best = from_bytes(data).best()
    if best is None:
        raise ReadError("unknown_encoding", "Không nhận ra bảng mã của tệp văn bản này.")
    return str(best), best.encoding
