"""The words of the desk: Vietnamese as the templates have them, English from the catalogue in `congvan/web/locale`."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from pathlib import Path
from typing import Any

from form.doc_types import document_types

_LOCALE = Path(__file__).resolve().parents[1] / "locale"


@cache
def catalogue(language: str) -> Any:
    """The gettext catalogue of a language, loaded once; Vietnamese needs none."""
    from babel.support import NullTranslations, Translations

    return NullTranslations() if language == "vi" else Translations.load(_LOCALE, [language], domain="desk")


def say(language: str, words: str) -> str:
    """Words in a language."""
    return str(catalogue(language).gettext(words))


def told(language: str, words: str) -> str:
    """A finished sentence of a service (a refusal, a reason, a warning) in a language: as it stands in the catalogue,
    or as one of its sentences with places left open, where such words of ours as the catalogue has are told likewise.
    What the catalogue has not stays Vietnamese.

    >>> told("en", "Không hiểu ngày “hôm qua”; hãy viết như 15/8/2024.")
    'The day “hôm qua” is not understood; write it like 15/8/2024.'
    """
    if language == "vi" or not words:
        return words
    whole = say(language, words)
    if whole != words:
        return whole
    for pattern, answer in _sentences(language):
        found = pattern.fullmatch(words)
        if found:
            return answer % {name: say(language, piece) if piece else "" for name, piece in found.groupdict().items()}
    return words


_OPEN_PLACE = re.compile(r"%\((p\d)\)s")


@cache
def _sentences(language: str) -> list[tuple[re.Pattern[str], str]]:
    """The catalogue's sentences with places left open, `%(p0)s`, those with most words of their own first."""
    entries = catalogue(language)._catalog  # the only way to walk a gettext catalogue
    wanted = [each for each in entries if isinstance(each, str) and _OPEN_PLACE.search(each)]
    made = []
    for sentence in sorted(wanted, key=lambda each: -len(_OPEN_PLACE.sub("", each))):
        pieces = _OPEN_PLACE.split(sentence)
        pattern = "".join(f"(?P<{piece}>.*)" if place % 2 else re.escape(piece) for place, piece in enumerate(pieces))
        made.append((re.compile(pattern, re.DOTALL), str(entries[sentence])))
    return made


@cache
def type_names() -> dict[str, str]:
    """The Vietnamese name of each type of document, by its key."""
    return {kind.key: kind.name[:1].upper() + kind.name[1:].lower() for kind in document_types()}


def day(date: dt.date | str | None) -> str:
    """A day as people read it, `05/08/2024`."""
    if isinstance(date, str):
        date = dt.date.fromisoformat(date[:10])
    return f"{date:%d/%m/%Y}" if date else ""


def moment(time: str | None) -> str:
    """The time of an event of the log, `05/08/2024 14:03`."""
    return f"{dt.datetime.fromisoformat(time):%d/%m/%Y %H:%M}" if time else ""


FIELD_NAMES = {
    "so_hieu": "Số, ký hiệu",
    "number": "Số",
    "symbol": "Ký hiệu",
    "date": "Ngày",
    "doc_type": "Loại",
    "subject": "Trích yếu",
    "issuing_body": "Cơ quan ban hành",
    "parent_body": "Cơ quan chủ quản",
    "place": "Địa danh",
    "recipients": "Kính gửi",
    "distribution": "Nơi nhận",
    "signers": "Người ký",
    "urgency": "Độ khẩn",
    "secrecy": "Độ mật",
    "year": "Năm",
    "text": "Việc phải làm",
    "assignees": "Ai làm",
    "due": "Hạn",
}
"""What people call the fields of a header, a task and a deadline."""

OUTCOMES = {
    "done": "Đã đăng ký",
    "look": "Đã đăng ký, cần xem lại",
    "unchanged": "Không thay đổi",
    "duplicate": "Trùng tệp đã có",
    "secret": "Văn bản mật, để riêng",
    "failed": "Không đọc được, để riêng",
}
"""What became of a file, in words."""

STATUSES = {"open": "Đang làm", "late": "Quá hạn", "done": "Đã xong", "not_ours": "Không thuộc đơn vị"}
"""What became of a deadline, in words."""

ROLE_NAMES = {"reader": "Người đọc", "clerk": "Văn thư", "admin": "Quản trị"}
"""What the roles are called."""


def number(value: float) -> str:
    """A figure the Vietnamese way; whole numbers without decimals.

    >>> number(1234.5), number(20.0)
    ('1.234,5', '20')
    """
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))
