"""Files in MIME (RFC 2045): mail (RFC 5322), and web pages or Word files kept whole in one file (MHTML, RFC 2557)."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message

from ingest.door.errors import ReadError

_HEADERS = re.compile(rb"\A(?:[!-9;-~]{1,76}:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}")
_NAME = re.compile(rb"^([!-9;-~]{1,76}):", re.MULTILINE)
_SURE = {b"mime-version", b"content-type", b"received", b"return-path", b"message-id", b"delivered-to"}
_LETTER = {b"from", b"to", b"subject", b"date"}
_SENT = ("to", "cc", "bcc", "received", "message-id", "delivered-to", "return-path", "reply-to")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def is_mime(head: bytes) -> bool:
    """Whether a file begins with header fields, as mail and MHTML do (RFC 5322, 2.2)."""
    found = _HEADERS.match(head.removeprefix(_BYTE_ORDER_MARK).lstrip(b"\r\n").replace(b"\r\n", b"\n"))
    if found is None:
        return False
    names = {name.lower() for name in _NAME.findall(found[0])}
    return bool(names & _SURE) or len(names & _LETTER) >= 3


def without_mark(data: bytes) -> bytes:
    """A MIME file from its first header on."""
    return data.removeprefix(_BYTE_ORDER_MARK).lstrip(b"\r\n")


def is_page(data: bytes) -> bool:
    """Whether a MIME file is a page or a Word file kept whole (MHTML): HTML that nobody sent, with nothing attached."""
    message = message_from_bytes(without_mark(data))
    if any(message.get(name) for name in _SENT) or _root(message) is None:
        return False
    return not any(part.get_content_disposition() == "attachment" for part in message.walk())


def page_html(data: bytes) -> bytes:
    """The HTML of an MHTML file, in ASCII with character references, so that no program mistakes its encoding.

    Raises ReadError (`damaged`).
    """
    root = _root(message_from_bytes(without_mark(data)))
    if root is None:
        raise ReadError("damaged", "Tệp web (MHTML) bị hỏng, không có phần chữ.")
    return text_of(root).encode("ascii", "xmlcharrefreplace")


def text_of(part: Message) -> str:
    """The text of a part, in the encoding that it names or else in those that Vietnamese mail has."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    for encoding in (part.get_content_charset() or "utf-8", "utf-8", "cp1258"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", errors="replace")


def _root(message: Message) -> Message | None:
    """The HTML part that the others belong to: the first one (RFC 2387, 3.2)."""
    if message.get_content_type() == "text/html":
        return message
    if message.get_content_maintype() != "multipart":
        return None
    return next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
