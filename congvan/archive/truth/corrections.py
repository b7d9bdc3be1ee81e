"""Corrections: what a person changed in a record, as JSON Patches on top of what the machine read.

Each patch tests the value it replaces. A later reading that gives another value than the tested one is a conflict:
the person's value stands, the machine's is shown beside it, and neither is lost. A value within a list (a deadline, a
directive) is tested for the words of its item too, since a better reading may find one more item above it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from jsonpatch import JsonPatchException, apply_patch
from jsonpointer import JsonPointerException, resolve_pointer
from pydantic import JsonValue, ValidationError
from pydantic_core import ErrorDetails

from congvan.archive.truth import log
from congvan.archive.truth.archive_errors import PlainError
from schemas.base import Record
from schemas.dispatch import Dispatch
from schemas.source import Notice, Suggestion
from vietnamese.dates import counted_from, names_issue

# The words by which an item of a list is known again in another reading.
_KNOWN_BY = {
    "directives": ("text",),
    "deadlines": ("phrase", "directive"),
    "references": ("text",),
    "claims": ("text",),
    "footnotes": ("mark", "text"),
    "tables": ("label", "caption"),
    "attached": ("header",),
}


# What a field takes, by the beginning of the validator's name for the fault.
_WANTED = {
    "date": "phải là ngày, viết như 2024-08-15",
    "int": "phải là số nguyên",
    "bool": "phải là true hoặc false",
    "string": "phải là chữ, viết trong ngoặc kép nếu toàn số",
    "tuple": 'phải là danh sách, viết như ["a", "b"]',
    "list": 'phải là danh sách, viết như ["a", "b"]',
    "missing": "thiếu trường bắt buộc",
    "extra": "không có trường này",
}


class Correction(Record):
    """One correction: `patch` is an RFC 6902 patch of some `test` and a `replace` in the file's record; `machine` is
    what the machine's own record had there, which the person knew of.
    """

    patch: tuple[dict[str, JsonValue], ...]
    who: str
    time: str
    machine: JsonValue = None

    @property
    def path(self) -> str:
        return str(self.patch[-1]["path"])

    @property
    def replaced(self) -> JsonValue:
        return next(step["value"] for step in self.patch if step["path"] == self.path)

    @property
    def value(self) -> JsonValue:
        return self.patch[-1]["value"]

    @property
    def words_of_item(self) -> dict[str, JsonValue]:
        """What the item that holds the value says of itself, by its fields' pointers; empty outside of lists."""
        return {str(step["path"]): step["value"] for step in self.patch[:-1] if _item_field(str(step["path"]))}


class CorrectionError(PlainError):
    """A correction that cannot be made, with the reason in words."""


def make_correction(record: Dispatch, machine: Dispatch, path: str, value: JsonValue) -> Correction:
    """The correction of now, by the person at this computer, that puts `value` at a JSON Pointer of a record, of which
    the machine's own reading is `machine`. Raises `CorrectionError` where that makes no valid record.
    """
    facts = record.model_dump(mode="json")
    try:
        tested = [{"op": "test", "path": each, "value": resolve_pointer(facts, each)} for each in _tested(path)]
        patch = (*tested, {"op": "replace", "path": path, "value": value})
        Dispatch.model_validate_json(json.dumps(apply_patch(facts, patch)))
    except (JsonPointerException, JsonPatchException):
        raise CorrectionError(f"Bản ghi không có trường {path}.") from None
    except ValidationError as error:
        raise CorrectionError(f"Giá trị không hợp lệ cho {path}: {_wanted(error.errors()[0])}.") from None
    read: JsonValue = resolve_pointer(machine.model_dump(mode="json"), path, None)
    return Correction(patch=patch, who=log.who(), time=log.now(), machine=read)


def _wanted(fault: ErrorDetails) -> str:
    kind = fault["type"]
    if kind == "literal_error":
        return "phải là một trong " + str(fault["ctx"]["expected"]).replace(" or ", " hoặc ")
    return next((words for name, words in _WANTED.items() if kind.startswith(name)), "không đúng kiểu của trường này")


def read_corrections(path: Path) -> tuple[list[Correction], list[int]]:
    """The corrections in a file, in order, and the numbers (from 1) of lines that are damaged.

    A last line cut off by a kill was never confirmed to anybody and is passed over.
    """
    found, damaged = [], []
    lines = path.read_bytes().splitlines(keepends=True) if path.exists() else []
    for number, line in enumerate(lines, start=1):
        if not line.endswith(b"\n"):
            break
        try:
            found.append(Correction.model_validate_json(line))
        except ValidationError:
            damaged.append(number)
    return found, damaged


def apply_corrections(record: Dispatch, corrections: Iterable[Correction]) -> Dispatch:
    """The record with all corrections in order; `correction_conflict` warns where the machine's value has changed,
    until the place is corrected again.

    What cannot be put in its place any more (its item is gone, the record would not be valid) is shown, not lost.
    """
    facts = record.model_dump(mode="json")
    machine = record.model_dump(mode="json")
    conflicts: dict[str, Notice] = {}
    for correction in corrections:
        path = _path_now(correction, facts)
        found: JsonValue = resolve_pointer(machine, path, None) if path else None
        key = path or correction.path
        put = _with_value(path, facts, correction.value) if path else None
        in_force, facts = put is not None, facts if put is None else put
        conflicts.pop(key, None)
        if not in_force or found not in (correction.machine, correction.value):
            conflicts[key] = _conflict(correction, key, found, in_force)
    _count_anew(facts, machine)
    facts["warnings"] += [notice.model_dump(mode="json") for notice in conflicts.values()]
    return Dispatch.model_validate_json(json.dumps(facts))


def _count_anew(facts: dict[str, Any], machine: dict[str, Any]) -> None:
    """A day of issue that a person put right moves the deadlines that are counted from it, but for those that somebody
    gave a day himself.
    """
    issued = facts["header"]["date"]
    if issued is None or issued == machine["header"]["date"]:
        return
    for deadline, read in zip(facts["deadlines"], machine["deadlines"], strict=False):
        counted = deadline["kind"] == "after_event" and deadline["timex"] and names_issue(deadline["anchor"] or "")
        if counted and not deadline["working_days"] and deadline["due"] == read["due"]:
            due = counted_from(dt.date.fromisoformat(issued), deadline["timex"])
            deadline["due"] = due.isoformat() if due else None


def _tested(path: str) -> list[str]:
    """The pointers whose values a correction rests on: what its item is known by, and the value itself."""
    return list(dict.fromkeys([*_item_fields(path), path]))


def _item_fields(path: str) -> list[str]:
    """The pointers of the fields by which the item that holds a pointer is known; none outside of lists.

    >>> _item_fields("/deadlines/1/due")
    ['/deadlines/1/phrase', '/deadlines/1/directive']
    """
    parts = path.split("/")
    if len(parts) < 4 or parts[1] not in _KNOWN_BY:
        return []
    return [f"/{parts[1]}/{parts[2]}/{name}" for name in _KNOWN_BY[parts[1]]]


def _item_field(path: str) -> bool:
    return path in _item_fields(path)


def _path_now(correction: Correction, facts: dict[str, Any]) -> str:
    """Where a correction belongs in another reading: the item with the same words; empty where there is none."""
    words = correction.words_of_item
    if not words:
        return correction.path
    _, name, number, *rest = correction.path.split("/")
    fields = {path.split("/")[3]: value for path, value in words.items()}
    corrected = {rest[0]: correction.value} if rest[0] in fields and len(rest) == 1 else {}
    for wanted in (fields, fields | corrected):
        place = _place_of(facts[name], wanted, int(number))
        if place is not None:
            return "/".join(["", name, str(place), *rest])
    return ""


def _place_of(items: Sequence[dict[str, Any]], fields: dict[str, JsonValue], place: int) -> int | None:
    """The item with these fields: the one at the old place if it is, or the only one."""
    alike = [
        number for number, item in enumerate(items) if all(item.get(name) == value for name, value in fields.items())
    ]
    if place in alike:
        return place
    return alike[0] if len(alike) == 1 else None


def _with_value(path: str, facts: dict[str, Any], value: JsonValue) -> dict[str, Any] | None:
    """The facts with a value at its place; None where there is no such place, or the record would not be valid."""
    try:
        patched: dict[str, Any] = apply_patch(facts, [{"op": "replace", "path": path, "value": value}])
        Dispatch.model_validate_json(json.dumps(patched))
    except (JsonPointerException, JsonPatchException, ValidationError):
        return None
    return patched


def _conflict(correction: Correction, path: str, machine: JsonValue, in_force: bool) -> Notice:
    seen = _shown(machine)
    now = "lần đọc mới không còn chỗ ấy nên chưa áp dụng"
    if in_force:
        now = f"lần đọc mới cho {seen}; muốn chốt giá trị nào, hãy sửa lại thành giá trị ấy"
    return Notice(
        code="correction_conflict",
        message=f"{correction.who} đã sửa {_shown(correction.machine)} thành {_shown(correction.value)} "
        f"({correction.time}); {now}.",
        pointer=path,
        suggestions=(Suggestion(value=seen if in_force else _shown(correction.value), source="correction"),),
    )


def _shown(value: JsonValue) -> str:
    return json.dumps(value, ensure_ascii=False)
