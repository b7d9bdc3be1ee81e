"""A record that was made unchecked, held against its contract without ever being whole in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from schemas.base import Record
from schemas.packed import Packed, PackedMap


def check(record: Record) -> None:
    """Raises `pydantic.ValidationError` where a value is not as its field says.

    The record is read back from its JSON, as whoever gets it reads it; what is kept packed, part by part.
    """
    long = {name: value for name, value in record if _is_long(value)}
    for value in long.values():
        for part in _parts(value):
            check(part)
    bare = record.model_copy(update={name: {} if isinstance(value, PackedMap) else () for name, value in long.items()})
    type(record).model_validate_json(b"".join(bare.json_pieces()))


def _is_long(value: object) -> bool:
    """Whether a field is packed, or its parts have packed fields."""
    if isinstance(value, tuple):
        return any(isinstance(part, Record) and any(_is_long(inner) for _, inner in part) for part in value)
    return isinstance(value, (Packed, PackedMap))


def _parts(value: Sequence[Any] | PackedMap[Any]) -> Iterator[Any]:
    if isinstance(value, PackedMap):
        for _, parts in value.items():
            yield from parts
    else:
        yield from value
