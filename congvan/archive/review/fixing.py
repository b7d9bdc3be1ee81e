"""Filling in what the record lacks or has wrong: number, symbol and day together, consistent and valid.

The số hiệu is composed as the two rules of form write it: `16/CT-UBND` (Nghị định 30/2020), `16-CT/HU` (Hướng dẫn 36).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, fields

from pydantic import JsonValue

from congvan.archive.archive import Archive
from congvan.archive.index.index import with_attached
from congvan.archive.review.queue import open_doubts
from congvan.archive.review.settle import settle_doubts
from congvan.archive.truth.archive_errors import PlainError
from form.doc_types import document_types, type_named
from form.number_line import read_official_number
from schemas.dispatch import Dispatch

_MOST = 99_999
_FIRST_YEAR = 1945
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})")
_ANSWERS = {
    "number": ("number", "symbol", "so_hieu", "is_draft"),
    "symbol": ("symbol", "so_hieu"),
    "date": ("date", "year", "is_draft"),
}
"""The fields of the header whose doubts are answered by a value that a person gives."""


class FixError(PlainError):
    """A value that cannot be right, with the reason in words."""


@dataclass(frozen=True)
class Fix:
    """What a person fills in; None leaves a field as it is."""

    number: str | None = None
    symbol: str | None = None
    date: str | None = None
    subject: str | None = None
    issuing_body: str | None = None
    doc_type: str | None = None

    def is_empty(self) -> bool:
        """Whether nothing is filled in."""
        return all(getattr(self, each.name) is None for each in fields(self))


@dataclass(frozen=True)
class Fixed:
    """What was done: the fields with their new values, and how many doubts were answered."""

    values: dict[str, JsonValue]
    settled: int


def fix(archive: Archive, dispatch_id: str, given: Fix) -> Fixed:
    """Fill in a dispatch's header and settle the doubts that this answers, as one step. Raises `FixError`."""
    record = archive.record(dispatch_id.partition("#")[0])
    prefix, dispatch = _within(record, dispatch_id)
    values = _checked(dispatch, given)
    with archive.one_step():
        for name, value in values.items():
            if getattr(dispatch.header, name) != (dt.date.fromisoformat(str(value)) if name == "date" else value):
                archive.correct(record.id, f"{prefix}/header/{name}", value)
        answered = {f"/header/{name}" for given_name in values for name in _ANSWERS.get(given_name, (given_name,))}
        doubts = [doubt for doubt in open_doubts(archive.engine, dispatch_id) if doubt.pointer in answered]
        settled = settle_doubts(archive, dispatch_id, doubts)
    return Fixed(values, settled)


def _within(record: Dispatch, dispatch_id: str) -> tuple[str, Dispatch]:
    """Where a dispatch stands in the record of its file, as the beginning of a JSON Pointer."""
    if dispatch_id == record.id:
        return "", record
    for place, each in enumerate(record.attached):
        if any(one.id == dispatch_id for one in with_attached(each)):
            prefix, found = _within(each, dispatch_id)
            return f"/attached/{place}{prefix}", found
    raise FixError("Tệp này không có văn bản ấy.")


def _checked(dispatch: Dispatch, given: Fix) -> dict[str, JsonValue]:
    if given.is_empty():
        raise FixError("Chưa nêu giá trị nào; ví dụ: --number 16 --date 27/12/2021.")
    values: dict[str, JsonValue] = {}
    if given.number is not None or given.symbol is not None:
        values |= _official_number(dispatch, given)
    if given.date is not None:
        day = read_day_of_issue(given.date)
        values |= {"date": day.isoformat(), "year": day.year}
    if given.doc_type is not None:
        values["doc_type"] = type_key(given.doc_type)
    for name in ("subject", "issuing_body"):
        words = getattr(given, name)
        if words is not None:
            if not words.strip():
                raise FixError("Giá trị để trống.")
            values[name] = " ".join(words.split())
    header = dispatch.header.model_copy(update=values)
    if header.is_draft and header.number is not None and header.date is not None:
        values["is_draft"] = False
    return values


def _official_number(dispatch: Dispatch, given: Fix) -> dict[str, JsonValue]:
    """Number, symbol and số hiệu, each following from the others."""
    typed = (given.number or "").strip()
    if given.number is not None and not re.match(r"\d", typed):
        raise FixError(f"Số văn bản phải viết bằng chữ số: “{given.number}”.")
    digits = typed or (str(dispatch.header.number) if dispatch.header.number is not None else "")
    symbol = given.symbol or dispatch.header.symbol
    if re.fullmatch(r"\d+[a-zđ]?", digits, re.IGNORECASE):
        if not symbol:
            return _whole_number(digits)
        mark = "-" if dispatch.regime == "party" else "/"
        digits = f"{digits}{mark}{symbol.strip().lstrip('/-')}"
    elif not digits:
        return {"symbol": _symbol_alone(symbol or "")}
    read = read_official_number(f"Số {digits}")
    if read is None or read.number is None or read.so_hieu is None:
        raise FixError(f"“{digits}” không đúng cách viết số, ký hiệu; ví dụ: 16/CT-UBND, 16-CT/HU.")
    if not 0 < read.number <= _MOST:
        raise FixError(f"Số văn bản phải từ 1 đến {_MOST}: “{read.number}”.")
    return {"number": read.number, "symbol": read.symbol, "so_hieu": read.so_hieu}


def _whole_number(digits: str) -> dict[str, JsonValue]:
    number = int(re.sub(r"\D", "", digits))
    if not 0 < number <= _MOST:
        raise FixError(f"Số văn bản phải từ 1 đến {_MOST}: “{digits}”.")
    return {"number": number}


def _symbol_alone(symbol: str) -> str:
    read = read_official_number(f"Số {'1'}/{symbol.strip().lstrip('/-')}")
    if read is None:
        raise FixError(f"“{symbol}” không đúng cách viết ký hiệu; ví dụ: CT-UBND.")
    return read.symbol


def read_day_of_issue(text: str) -> dt.date:
    """A day typed as 27/12/2021 or 2021-12-27. Raises `FixError` for another, or one that no dispatch can have."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        raise FixError(f"Không hiểu ngày “{text}”; hãy viết như 27/12/2021.")
    day, month, year = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
    try:
        date = dt.date(int(year), int(month), int(day))
    except ValueError:
        raise FixError(f"Không có ngày {text}.") from None
    if date.year < _FIRST_YEAR or date > dt.date.today() + dt.timedelta(days=366):
        raise FixError(f"Ngày {text} không thể là ngày ban hành.")
    return date


def type_key(name: str) -> str:
    """The key of a type of document, from the key or the name: `chỉ thị`, `Chi thi`, `chi_thi`. Raises `FixError`."""
    kind = type_named(name.replace("_", " "))
    keys = {one.key for one in document_types()}
    if name.strip().lower() in keys:
        return name.strip().lower()
    if kind is None:
        some = ", ".join(one.name for one in document_types()[:8])
        raise FixError(f"Không có loại văn bản “{name}”; ví dụ: {some}.")
    return kind.key
