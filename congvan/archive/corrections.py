"""Corrections: what a person changed in a record, as JSON Patches on top of what the machine read.

Each patch tests the value it replaces. A later reading that gives another value than the tested one is a conflict:
the person's value stands, the machine's is shown beside it, and neither is lost.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from jsonpointer import JsonPointer, JsonPointerException
from pydantic import JsonValue, ValidationError

from schemas.base import Record
from schemas.dispatch import Dispatch
from schemas.source import Notice


class Correction(Record):
    """One correction: `patch` is an RFC 6902 patch of a `test` and a `replace` of one path in the file's record."""

    patch: tuple[dict[str, JsonValue], ...]
    who: str
    time: str

    @property
    def path(self) -> str:
        return str(self.patch[1]["path"])

    @property
    def replaced(self) -> JsonValue:
        return self.patch[0]["value"]

    @property
    def value(self) -> JsonValue:
        return self.patch[1]["value"]


class CorrectionError(Exception):
    """A correction that cannot be made, with the reason in words."""


def make_correction(record: Dispatch, path: str, value: JsonValue, who: str, time: str) -> Correction:
    """The correction that puts `value` at a JSON Pointer. Raises `CorrectionError` where that makes no valid record."""
    facts = record.model_dump(mode="json")
    try:
        old = JsonPointer(path).resolve(facts)
    except JsonPointerException:
        raise CorrectionError(f"Bản ghi không có trường {path}.") from None
    patch: tuple[dict[str, JsonValue], ...] = (
        {"op": "test", "path": path, "value": old},
        {"op": "replace", "path": path, "value": value},
    )
    correction = Correction(patch=patch, who=who, time=time)
    JsonPointer(path).set(facts, value)
    try:
        Dispatch.model_validate_json(json.dumps(facts))
    except ValidationError as error:
        raise CorrectionError(f"Giá trị không hợp lệ cho {path}: {error.errors()[0]['msg']}.") from None
    return correction


def apply_corrections(record: Dispatch, corrections: Iterable[Correction]) -> Dispatch:
    """The record with all corrections in order; `correction_conflict` warns where the machine's value has changed."""
    facts = record.model_dump(mode="json")
    conflicts: dict[str, Notice] = {}
    machine: dict[str, JsonValue] = {}
    for correction in corrections:
        path = correction.path
        pointer = JsonPointer(path)
        current = pointer.resolve(facts, None)
        machine.setdefault(path, current)
        if current not in (correction.replaced, correction.value):
            conflicts[path] = _conflict(correction, machine[path])
        _put(pointer, facts, correction.value)
    facts["warnings"] += [notice.model_dump(mode="json") for notice in conflicts.values()]
    return Dispatch.model_validate_json(json.dumps(facts))


def _put(pointer: JsonPointer, facts: dict[str, Any], value: JsonValue) -> None:
    """Set a value; a place that the new reading no longer has (a directive that is gone) is left alone."""
    try:
        pointer.set(facts, value)
    except (JsonPointerException, IndexError):
        return


def _conflict(correction: Correction, machine: JsonValue) -> Notice:
    seen = _shown(machine)
    return Notice(
        code="correction_conflict",
        message=f"{correction.who} đã sửa {_shown(correction.replaced)} thành {_shown(correction.value)} "
        f"({correction.time}); lần đọc mới cho {seen}.",
        pointer=correction.path,
        suggestion=seen,
    )


def _shown(value: JsonValue) -> str:
    return json.dumps(value, ensure_ascii=False)
