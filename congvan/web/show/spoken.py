"""The words of the desk: Vietnamese as the templates have them, English from the catalogue in `congvan/web/locale`."""

from __future__ import annotations

import datetime as dt
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
