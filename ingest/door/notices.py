"""Warnings that any reader may have to give about the text it read."""

from __future__ import annotations

from schemas.source import Notice, Suggestion
from vietnamese.fold import nfc
from vietnamese.legacy import DECODERS, detect

_NAMES = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI"}
_SHOWN = 300


def legacy_notices(text: str) -> tuple[Notice, ...]:
    """Where text looks like TCVN3 or VNI though no font says so: a warning that shows how it would read.

    `text` must be as the file has it, before any repair: a soft hyphen is a letter in TCVN3. Nothing is converted.
    """
    encoding = detect(text)
    if encoding is None:
        return ()
    message = f"Chữ có vẻ gõ theo bảng mã cũ {_NAMES[encoding]}; chưa tự chuyển, hãy kiểm tra bản đề xuất."
    sample = " ".join(nfc(DECODERS[encoding](text[:_SHOWN])).split())
    return (Notice(code="legacy_encoding", message=message, suggestions=(Suggestion(value=sample, source="print"),)),)
