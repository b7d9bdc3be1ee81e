"""Mail (RFC 5322, MIME): the files that it carries, and its own words where they are a dispatch themselves."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message

from form.labels import is_heading, is_line
from form.number_line import read_official_number
from ingest.door.containers.members import Budget, Member, Opened, clean_name
from ingest.door.errors import ReadError
from ingest.door.mime import text_of, without_mark
from vietnamese.fold import nfc

_TAG = re.compile(r"<(?:br|/p|/div|/tr|/h\d|/li)\b[^<>]*>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<(?:style|script)\b.*?</(?:style|script)\s*>|<[^<>]*>", re.IGNORECASE | re.DOTALL)
_SMALL_PICTURE = 60_000
"""Bytes: a scanned page is larger, the picture under a signature is not."""
_NO_DOCUMENT = {
    "text/calendar": "lời mời họp của phần mềm lịch",
    "text/x-vcard": "danh thiếp",
    "text/vcard": "danh thiếp",
    "application/pgp-signature": "chữ ký của thư",
    "application/pkcs7-signature": "chữ ký của thư",
    "application/x-pkcs7-signature": "chữ ký của thư",
    "message/delivery-status": "báo phát thư",
}
_SEALED_KINDS = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_DAMAGED = ReadError("damaged", "Thư bị hỏng, không tách ra được.")
_SEALED = ReadError("encrypted", "Thư được đóng kín (S/MIME); hãy mở bằng chương trình thư rồi lưu tệp đính kèm ra.")


def open_mail(data: bytes, budget: Budget) -> Opened:
    """The files of a mail, and its own words where they are a dispatch. Raises ReadError (`damaged`, `encrypted`)."""
    message = message_from_bytes(without_mark(data), policy=policy.default)
    if not isinstance(message, EmailMessage):
        raise _DAMAGED
    opened = Opened()
    body: dict[str, str] = {}
    for number, part in enumerate(_parts(message), 1):
        if _is_words(part):
            body.setdefault(part.get_content_subtype(), text_of(part))
            continue
        _take(part, number, opened, budget)
    add_body(opened, body.get("plain"), body.get("html"))
    return opened


def _parts(message: Message) -> Iterator[Message]:
    """The parts that hold something; a mail within the mail is one part."""
    if message.get_content_type() == "message/rfc822" or message.get_content_maintype() != "multipart":
        yield message
        return
    payload = message.get_payload()
    for part in payload if isinstance(payload, list) else ():
        if isinstance(part, Message):
            yield from _parts(part)


def _is_words(part: Message) -> bool:
    plain = part.get_content_type() in ("text/plain", "text/html")
    return plain and part.get_content_disposition() != "attachment" and not part.get_filename()


def _take(part: Message, number: int, opened: Opened, budget: Budget) -> None:
    kind = part.get_content_type()
    name = nfc(part.get_filename() or _default_name(kind, number))
    try:
        name = clean_name(name)
    except ReadError as error:
        opened.members.append(Member(name.replace("..", "…"), error=error))
        return
    data = _bytes_of(part)
    budget.take(len(data))
    if kind in _SEALED_KINDS:
        opened.members.append(Member(name, error=_SEALED))
    elif kind in _NO_DOCUMENT:
        opened.left_out.append(f"{name} ({_NO_DOCUMENT[kind]})")
    elif is_signature_picture(kind, part.get("Content-ID"), len(data), part.get_content_disposition()):
        opened.left_out.append(f"{name} (ảnh trong chữ ký thư)")
    else:
        opened.members.append(Member(name, data))


def is_signature_picture(kind: str, content_id: str | None, size: int, disposition: str | None) -> bool:
    """Whether a picture is one that the mail shows among its words: a logo, a signature, no scan."""
    if not kind.startswith("image/") or kind == "image/tiff":
        return False
    shown = disposition == "inline" or (content_id is not None and disposition != "attachment")
    return size < _SMALL_PICTURE and (shown or size < _SMALL_PICTURE // 4)


def _default_name(kind: str, number: int) -> str:
    return "thu-dinh-kem.eml" if kind == "message/rfc822" else f"phan-{number}"


def _bytes_of(part: Message) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        first = inner[0] if isinstance(inner, list) and inner else None
        return first.as_bytes(policy=policy.compat32) if isinstance(first, Message) else b""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def add_body(opened: Opened, plain: str | None, html_text: str | None) -> None:
    """Put a mail's own words among its files where they are a dispatch, or say that they are left out."""
    words = plain if plain and plain.strip() else _words_of(html_text or "")
    if not words.strip():
        return
    if not is_dispatch(words):
        opened.left_out.append("lời thư (không phải văn bản hành chính)")
    elif html_text and html_text.strip():
        page = html_text if "<html" in html_text.lower() else f"<html><body>{html_text}</body></html>"
        opened.members.insert(0, Member("loi-thu.html", page.encode("ascii", "xmlcharrefreplace")))
    else:
        opened.members.insert(0, Member("loi-thu.txt", words.encode()))


def _words_of(page: str) -> str:
    return html.unescape(_ANY_TAG.sub("", _TAG.sub("\n", page)))


def is_dispatch(words: str) -> bool:
    """Whether the words of a mail are a dispatch: a letterhead (Quốc hiệu, or the Party's), and a number or addressee.

    Nghị định 30/2020, Phụ lục I, II.1 and II.3; Hướng dẫn 36-HD/VPTW, III.
    """
    lines = [line.strip(" \t>*") for line in nfc(words).splitlines()]
    lines = [line for line in lines if line]
    pieces = [piece.strip() for line in lines for piece in re.split(r"\t|\s{3,}", line)]
    if not any(is_heading(piece) for piece in (*lines, *pieces)):
        return False
    return any(read_official_number(piece) for piece in pieces) or any(
        is_line("recipients_label", line) or is_line("distribution_label", line) for line in lines
    )
