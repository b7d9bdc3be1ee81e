"""Mails as Outlook keeps them (.msg, [MS-OXMSG]): their files and, where they are a dispatch, their words."""

from __future__ import annotations

import logging

from oxmsg import Message
from oxmsg.attachment import Attachment
from oxmsg.domain import constants
from oxmsg.storage import Storage

from ingest.door.containers.mails import add_body, is_signature_picture
from ingest.door.containers.members import MAX_DEPTH, TOO_DEEP, Budget, Member, Opened, clean_name
from ingest.door.errors import ReadError
from vietnamese.fold import nfc

_DAMAGED = ReadError("damaged", "Thư Outlook bị hỏng hoặc bị cắt cụt, không mở được.")
_ELSEWHERE = ReadError("missing_file", "Không nằm trong thư mà chỉ là đường dẫn tới nơi khác.")
_EMBEDDED = "__substg1.0_3701000D"
"""The storage of a mail within the mail: PidTagAttachDataObject ([MS-OXMSG] 2.2.2.1)."""

_log = logging.getLogger("congvan.steps")


def open_msg(data: bytes, budget: Budget) -> Opened:
    """The files of an Outlook mail. Raises ReadError (`damaged`, `zip_bomb`)."""
    try:
        return _opened(Message.load(data), budget, 1)
    except (ReadError, MemoryError):
        raise
    except Exception as error:  # the library raises whatever a damaged mail makes of it; it is held with its reason
        _log.debug("a .msg file cannot be opened", exc_info=True)
        raise _DAMAGED from error


def _opened(message: Message, budget: Budget, depth: int) -> Opened:
    opened = Opened()
    for number, attachment in enumerate(message.attachments, 1):
        _take(attachment, number, opened, budget, depth)
    add_body(opened, message.body, message.html_body)
    return opened


def _take(attachment: Attachment, number: int, opened: Opened, budget: Budget, depth: int) -> None:
    inner = _inner(attachment)
    properties = attachment.properties
    named = attachment.file_name or properties.str_prop_value(constants.PID_ATTACH_FILENAME)
    named = named or properties.str_prop_value(constants.PID_DISPLAY_NAME) or f"phan-{number}"
    try:
        name = clean_name(nfc(named))
    except ReadError as error:
        opened.members.append(Member(nfc(named).replace("..", "…"), error=error))
        return
    if inner is not None:
        _take_inner(inner, f"{name}.msg", opened, budget, depth)
        return
    data = attachment.file_bytes
    if data is None:
        opened.members.append(Member(name, error=_ELSEWHERE))
        return
    budget.take(len(data))
    content_id = properties.str_prop_value(0x3712)  # PidTagAttachContentId
    if is_signature_picture(_kind(attachment, data), content_id, len(data), None):
        opened.left_out.append(f"{name} (ảnh trong chữ ký thư)")
    else:
        opened.members.append(Member(name, data))


def _take_inner(inner: Storage, name: str, opened: Opened, budget: Budget, depth: int) -> None:
    """The files of a mail within the mail."""
    if depth >= MAX_DEPTH:
        opened.members.append(Member(name, error=TOO_DEEP))
        return
    found = _opened(Message(inner), budget, depth + 1)
    opened.members += [Member(f"{name} > {member.name}", member.data, member.error) for member in found.members]
    opened.left_out += [f"{name} > {one}" for one in found.left_out]


def _inner(attachment: Attachment) -> Storage | None:
    storage = attachment._storage
    inner = getattr(storage, "storages", ())
    return next((one for one in inner if one.name == _EMBEDDED), None)


def _kind(attachment: Attachment, data: bytes) -> str:
    for start, kind in ((b"\x89PNG", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF8", "image/gif")):
        if data.startswith(start):
            return kind
    return attachment.mime_type or ""
