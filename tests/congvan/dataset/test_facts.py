"""The fast reader of the dataset reads the record of the contract: its fields are fields there, with their values."""

from __future__ import annotations

import re
import typing
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from msgspec import Raw, Struct
from pydantic import BaseModel

from congvan.dataset.see import facts
from congvan.intake.process import read_dispatch
from schemas import dispatch

STRUCTS = [kind for kind in vars(facts).values() if isinstance(kind, type) and issubclass(kind, Struct)]
CORPUS = Path(__file__).resolve().parents[3] / "corpus"


def record_of(struct: type) -> Any:
    """The record that a struct says it reads a part of."""
    named = re.match(r"Of `schemas\.dispatch\.(\w+)`", struct.__doc__ or "")
    assert named, struct
    return getattr(dispatch, named[1])


def hints(kind: type, module: ModuleType) -> dict[str, Any]:
    return {name: hint for name, hint in typing.get_type_hints(kind, vars(module)).items() if name[0] != "_"}


@pytest.mark.parametrize("struct", [kind for kind in STRUCTS if kind not in (Struct, Raw)])
def test_every_fact_is_a_field_of_the_record(struct: type) -> None:
    record = record_of(struct)
    fields = record.model_fields if issubclass(record, BaseModel) else record._fields
    assert set(hints(struct, facts)) <= set(fields)


@pytest.mark.parametrize(
    "name", ["07-bao-cao-luc-nam/bao-cao-luc-nam", "34-cong-van-kem-ke-hoach-kien-thuy/cong-van-kem-ke-hoach-kien-thuy"]
)
def test_what_is_read_is_what_the_record_holds(name: str) -> None:
    _, record = read_dispatch(CORPUS / f"{name}.txt")
    read = facts.facts_of(b"".join(record.json_pieces()))
    assert agrees(read, record) and (read.tables or read.attached)


def agrees(read: Any, record: Any) -> bool:
    """Whether each fact has the value that the record has, parts and all."""
    if isinstance(read, Raw):
        return agrees(facts._columns(bytes(read)).each, record)
    if isinstance(read, Struct):
        return all(agrees(getattr(read, name), getattr(record, name)) for name in hints(type(read), facts))
    if isinstance(read, (list, tuple)):
        return len(read) == len(record) and all(map(agrees, read, record))
    if isinstance(read, dict):
        return all(
            agrees(value, record[name] if isinstance(record, dict) else getattr(record, name))
            for name, value in read.items()
        )
    return read == record or str(read) == str(record)
