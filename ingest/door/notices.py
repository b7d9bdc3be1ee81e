"""Warnings that any reader may have to give about the text it read."""

from __future__ import annotations

from collections.abc import Collection, Iterable

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


_UNREAD = "attachment_unread"


def attachment_notices(names: Iterable[str]) -> tuple[Notice, ...]:
    """A warning for each file that lies in this one and is not read with it."""
    return tuple(Notice(code=_UNREAD, message=_unread(name)) for name in names)


def told_apart(notices: tuple[Notice, ...], names: Collection[str]) -> tuple[Notice, ...]:
    """The warnings of a file; where an attachment is read as a file of its own, that is said instead."""
    apart = {_unread(name): f"Tệp có đính kèm “{name}”; tệp đó được đọc riêng." for name in names}
    return tuple(
        notice.model_copy(update={"code": "attachment", "message": apart[notice.message]})
        if notice.message in apart
        else notice
        for notice in notices
    )


def _unread(name: str) -> str:
    return f"Tệp có đính kèm “{name}”, chưa được đọc; hãy lấy ra xem."
