"""What a person types into a field of a header, a task or a deadline, as the record wants it, and a record's value as
he reads it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from pydantic import JsonValue

from congvan.archive.truth.archive_errors import PlainError
from congvan.web.show import spoken
from schemas.dispatch import Dispatch

_LISTS = ("recipients", "assignees")
EDITABLE = (
    "number", "symbol", "so_hieu", "date", "doc_type", "subject", "issuing_body", "parent_body", "place", "recipients",
    "urgency", "secrecy",
)  # fmt: skip
SHOWN = (
    "so_hieu", "date", "doc_type", "subject", "issuing_body", "parent_body", "place", "recipients", "signers",
    "distribution", "urgency", "secrecy", "number", "symbol",
)  # fmt: skip


_ITEM = re.compile(r"(directives|deadlines)\.(\d{1,5})\.(text|assignees|due)")
_OF_ITEMS = {"directives": ("text", "assignees"), "deadlines": ("due",)}


class AmendError(PlainError):
    """A value that cannot be understood, with the reason in words."""


class ShownField(NamedTuple):
    """A field of a header: its pointer within the dispatch, its name, its value and the machine's, as people read
    them; `kind` is how it is typed, empty where it cannot be.
    """

    name: str
    pointer: str
    label: str
    value: str
    machine: str
    kind: str
    places: Sequence[str]


class AmendedPlace(NamedTuple):
    """What is corrected: a field of the header, or (`items`) of one of a list of tasks or deadlines."""

    field: str
    items: str | None = None
    number: int = 0

    @property
    def name(self) -> str:
        """As forms name it: `date`, `directives.3.text`."""
        return f"{self.items}.{self.number}.{self.field}" if self.items else self.field

    @property
    def pointer(self) -> str:
        return f"/{self.items}/{self.number}/{self.field}" if self.items else f"/header/{self.field}"


def place_named(name: str, dispatch: Dispatch) -> AmendedPlace | None:
    """The place of a dispatch that a form names, if a person may correct it."""
    found = _ITEM.fullmatch(name)
    if found is None:
        return AmendedPlace(name) if hasattr(dispatch.header, name) and kind_of(name) else None
    items, number, field = found[1], int(found[2]), found[3]
    known = field in _OF_ITEMS[items] and number < len(getattr(dispatch, items))
    return AmendedPlace(field, items, number) if known else None


def value_at(dispatch: Dispatch, place: AmendedPlace) -> str:
    """What stands at a place, as people read and type it; empty where another reading has no such item."""
    if place.items is None:
        return as_typed(place.field, getattr(dispatch.header, place.field))
    items = getattr(dispatch, place.items)
    return as_typed(place.field, getattr(items[place.number], place.field)) if place.number < len(items) else ""


def shown_fields(dispatch: Dispatch, machine: Dispatch) -> list[ShownField]:
    """The fields of a header that are worth a line: those with a value, and those that a clerk needs."""
    fields = [_field(name, dispatch, machine) for name in SHOWN]
    return [one for one in fields if one.value or one.machine or one.name in ("so_hieu", "date", "issuing_body")]


def _field(name: str, dispatch: Dispatch, machine: Dispatch) -> ShownField:
    pointer = f"/header/{name}"
    places = [each for each in dispatch.evidence if each == pointer or each.startswith(f"{pointer}/")]
    if name == "so_hieu" and not places:
        places = [each for each in ("/header/number", "/header/symbol") if each in dispatch.evidence]
    value, read = (as_typed(name, getattr(one.header, name)) for one in (dispatch, machine))
    return ShownField(name, pointer, spoken.FIELD_NAMES[name], value, read if read != value else "",
                      kind_of(name), places)  # fmt: skip


def kind_of(name: str) -> str:
    """How a field is typed: `date`, `type`, `lines`, `text`; empty where it is not."""
    if name not in EDITABLE:
        return ""
    return {"date": "date", "doc_type": "type", "recipients": "lines", "subject": "lines"}.get(name, "text")


def as_typed(name: str, value: Any) -> str:
    """A value of a header as people read and type it."""
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return spoken.day(value)
    if name == "doc_type":
        return spoken.type_names().get(value, str(value))
    if name == "signers":
        return "\n".join(" ".join(filter(None, (one.authority, one.title, one.name))) for one in value)
    if name == "distribution":
        return "\n".join(f"{one.name} ({one.purpose})" if one.purpose else one.name for one in value)
    return "\n".join(value) if isinstance(value, tuple) else str(value)


def as_meant(name: str, typed: str) -> JsonValue:
    """What a person typed, as the record has it; None for nothing. Raises `AmendError`."""
    text = " ".join(typed.split()) if name not in _LISTS else typed.strip()
    if name in _LISTS:
        return [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if not text and name == "text":
        raise AmendError("Lời của việc không thể để trống.")
    if not text:
        return None
    match name:
        case "number":
            if not text.isdecimal():
                raise AmendError(f"Số phải là chữ số, không phải “{text[:40]}”.")
            return int(text)
        case "date" | "due":
            return _day(text).isoformat()
        case "doc_type":
            return _doc_type(text)
    return text


def _day(text: str) -> dt.date:
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y"):
        try:
            return dt.datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise AmendError(f"Không hiểu ngày “{text[:40]}”; hãy viết như 15/8/2024.")


def _doc_type(text: str) -> str:
    from congvan.archive.index.keys import body_key

    names = {body_key(name): key for key, name in spoken.type_names().items()}
    found = text if text in spoken.type_names() else names.get(body_key(text))
    if found is None:
        raise AmendError(f"Không có loại văn bản “{text[:40]}”.")
    return found
