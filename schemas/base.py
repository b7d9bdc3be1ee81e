"""What all records share: frozen, no unknown fields, plain JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from operator import attrgetter
from typing import Any, Self, TypeVar

from pydantic import BaseModel, ConfigDict, WrapValidator
from pydantic_core import to_json

from schemas.packed import Packed, PackedMap

SCHEMA_VERSION = "1"

Kind = TypeVar("Kind", bound="Record")

Box = tuple[float, float, float, float]
"""`(x0, top, x1, bottom)` in points (1/72 inch) from the page's top left corner."""


class Record(BaseModel):
    """Base of every record: immutable, and an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_post_init(self, _context: Any, /) -> None:
        """Lets all records of a kind share one set of field names: no one asks which fields were given."""
        object.__setattr__(self, "__pydantic_fields_set__", _fields(type(self))[0])

    def __copy__(self) -> Self:
        return self.made(**self.__dict__)

    @classmethod
    def made(cls, **values: Any) -> Self:
        """A record of values that are our own: unchecked, fields left out at their defaults.

        For records that come by the hundred thousand.
        """
        return _filled(cls, [values.get(name, default) for name, default in _fields(cls)[1].items()])

    def __reduce__(self) -> tuple[Any, ...]:
        """Packed as its values in order, without their names; unpacked unchecked."""
        return _filled, (type(self), _values(type(self))(self))

    def json_pieces(self) -> Iterator[bytes]:
        """The same JSON as `model_dump_json`, piece by piece: a long record's is never whole in memory."""
        opening = b"{"
        for name, value in self:
            yield opening + to_json(name) + b":"
            yield from _pieces(value)
            opening = b","
        yield b"}"


def _filled(kind: type[Kind], values: Iterable[Any]) -> Kind:
    """A record of this kind with these values of its fields, in order, unchecked."""
    names, defaults = _fields(kind)
    record = kind.__new__(kind)
    set_slot = object.__setattr__
    for name, value in zip(defaults, values, strict=True):
        set_slot(record, name, value)
    set_slot(record, "__pydantic_fields_set__", names)
    set_slot(record, "__pydantic_extra__", None)
    set_slot(record, "__pydantic_private__", None)
    return record


def _pieces(value: object) -> Iterator[bytes]:
    """The JSON of a field: of a tuple or a map, each of its parts by itself."""
    if isinstance(value, (dict, PackedMap)):
        yield b"{"
        for place, (key, part) in enumerate(value.items()):
            yield (b"," if place else b"") + to_json(key) + b":" + to_json(part)
        yield b"}"
    elif isinstance(value, (tuple, Packed)):
        yield b"["
        for place, part in enumerate(value):
            yield b"," if place else b""
            yield from _part(part)
        yield b"]"
    else:
        yield to_json(value)


def _part(value: object) -> Iterator[bytes]:
    """The JSON of a part: at once, unless it holds what is packed itself."""
    if isinstance(value, Record) and any(isinstance(getattr(value, name), Packed) for name in _long(type(value))):
        yield from value.json_pieces()
    else:
        yield to_json(value)


@cache
def _long(record: type[Record]) -> list[str]:
    """The names of the fields that may be packed."""
    return [
        name for name, field in record.model_fields.items() if any(type(one) is WrapValidator for one in field.metadata)
    ]


@cache
def _values(record: type[Record]) -> Callable[[Record], tuple[Any, ...]]:
    """Takes the values of a record's fields, in order."""
    first, *others = _fields(record)[1]
    return attrgetter(first, *others) if others else lambda one: (getattr(one, first),)


@cache
def _fields(record: type[Record]) -> tuple[set[str], dict[str, Any]]:
    """The names of a record's fields, and the same in order with their defaults."""
    defaults = {name: field.default for name, field in record.model_fields.items()}
    # Python keeps one table of names for all records of a class, if one of the first has them set one by one; each
    # record is smaller by half for it.
    first = record.__new__(record)
    for name in defaults:
        object.__setattr__(first, name, None)
    return set(defaults), defaults
