"""Correcting one field of a record, by its pointer: the way of `congvan correct` and of the desk.

What is filled in together (number, symbol and số hiệu; date and year; type, issuer, subject) goes the way of `fixing`,
so that one field never contradicts another, whoever types it where.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pydantic import JsonValue

from congvan.archive.archive import Archive
from congvan.archive.review.fixing import Fix, fix
from congvan.archive.review.queue import open_doubts
from congvan.archive.review.settle import settle_doubts
from schemas.dispatch import Dispatch

_OF_HEADER = re.compile(r"((?:/attached/\d+)*)/header/([a-z_]+)")
TOGETHER = {
    "number": "number", "so_hieu": "number", "symbol": "symbol", "date": "date", "doc_type": "doc_type",
    "subject": "subject", "issuing_body": "issuing_body",
}  # fmt: skip
"""The fields of a header that are filled in with others, by the name under which `Fix` takes them."""
_EMPTIED = {"number": ("number", "so_hieu"), "so_hieu": ("number", "so_hieu"), "date": ("date", "year")}
"""What else is not known where a field is said to be empty."""


class Changed(NamedTuple):
    """A field that was changed: its pointer, what stood there and what does."""

    pointer: str
    old: JsonValue
    new: JsonValue


def correct_value(archive: Archive, sha256: str, pointer: str, value: JsonValue) -> list[Changed]:
    """Put a value at a pointer of a file's record, and into the fields that follow from it; the doubts that this
    answers are settled. Raises `FixError` or `CorrectionError` for what cannot be right.
    """
    found = _OF_HEADER.fullmatch(pointer)
    prefix, field = (found[1], found[2]) if found else ("", "")
    dispatch = _at(archive.record(sha256), prefix) if found else None
    with archive.one_step():
        if dispatch is not None and field in TOGETHER and value is not None:
            fixed = fix(archive, dispatch.id, Fix(**{TOGETHER[field]: str(value)}))
            before = dispatch.header.model_dump(mode="json")
            changed = [Changed(f"{prefix}/header/{name}", before[name], new) for name, new in fixed.values.items()]
            return [one for one in changed if one.old != one.new] or [Changed(pointer, before[field], before[field])]
        pointers = [f"{prefix}/header/{name}" for name in _EMPTIED.get(field, (field,))] if found else [pointer]
        made = [archive.correct(sha256, each, value) for each in pointers]
        if dispatch is not None:
            answered = [one for one in open_doubts(archive.engine, dispatch.id) if one.pointer == f"/header/{field}"]
            settle_doubts(archive, dispatch.id, answered if value is not None else [])
    return [Changed(one.path, one.replaced, one.value) for one in made]


def _at(record: Dispatch, prefix: str) -> Dispatch | None:
    """The dispatch within a file whose pointers begin so."""
    for place in re.findall(r"\d+", prefix):
        if int(place) >= len(record.attached):
            return None
        record = record.attached[int(place)]
    return record
