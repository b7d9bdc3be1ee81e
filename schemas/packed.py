"""Sequences kept compressed: what a file of hundreds of pages holds, never whole in memory."""

from __future__ import annotations

import pickle
import zlib
from abc import abstractmethod
from bisect import bisect_right
from collections.abc import ItemsView, Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any, Generic, TypeVar, overload

from pydantic import SerializerFunctionWrapHandler, ValidatorFunctionWrapHandler, WrapSerializer, WrapValidator

T = TypeVar("T")

_HELD = 2
"""How many groups are whole at once: what is read in order looks back over a group's edge at most."""


class Packer(Generic[T]):
    """Gathers groups of items, each compressed by itself; those last looked at are kept whole."""

    def __init__(self) -> None:
        self.length = 0
        self._packed: list[bytes] = []
        self._starts: list[int] = []
        self._whole: dict[int, list[T]] = {}

    def __getstate__(self) -> tuple[int, list[bytes], list[int]]:
        return self.length, self._packed, self._starts

    def __setstate__(self, state: tuple[int, list[bytes], list[int]]) -> None:
        self.length, self._packed, self._starts = state
        self._whole = {}

    def add(self, group: Iterable[T]) -> None:
        """Items that are looked at together, behind those that are there."""
        items = list(group)
        if items:
            self._packed.append(zlib.compress(pickle.dumps(items, pickle.HIGHEST_PROTOCOL)))
            self._starts.append(self.length)
            self.length += len(items)

    def item(self, place: int) -> T:
        """The item at a place, from 0."""
        group = bisect_right(self._starts, place) - 1
        return self._group(group)[place - self._starts[group]]

    def _group(self, number: int) -> list[T]:
        items = self._whole.get(number)
        if items is None:
            if len(self._whole) >= _HELD:
                del self._whole[next(iter(self._whole))]
            items = self._whole[number] = pickle.loads(zlib.decompress(self._packed[number]))
        return items


class Packed(Sequence[T]):
    """An immutable sequence of records, or a stretch of one.

    An item is made anew when its group is looked at again: two looks at one place may give two equal objects.
    """

    def __init__(self, packer: Packer[T], places: range | None = None) -> None:
        self._packer = packer
        self._places = range(packer.length) if places is None else places

    @classmethod
    def of(cls, groups: Iterable[Iterable[T]]) -> Packed[T]:
        """All items of the groups, one after the other; those of a group are looked at together."""
        packer = Packer[T]()
        for group in groups:
            packer.add(group)
        return cls(packer)

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Packed[T]: ...
    def __getitem__(self, place: int | slice) -> T | Packed[T]:
        if isinstance(place, int):
            return self._packer.item(self._places[place])
        return Packed(self._packer, self._places[place])


class Looked(Sequence[T]):
    """A sequence whose items are got one by one as they are looked at; a slice is a list of them."""

    @abstractmethod
    def item(self, place: int) -> T:
        """The item at a place, from 0."""

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> list[T]: ...
    def __getitem__(self, place: int | slice) -> T | list[T]:
        places = range(len(self))[place]
        return self.item(places) if isinstance(places, int) else [self.item(one) for one in places]


class Growing(Looked[T]):
    """A sequence that items are put behind; all but the last ones, up to `together`, are packed."""

    def __init__(self, together: int) -> None:
        self._together = together
        self._packer = Packer[T]()
        self._open: list[T] = []

    def append(self, item: T) -> None:
        """An item behind all others."""
        if len(self._open) >= self._together:
            self._packer.add(self._open)
            self._open.clear()
        self._open.append(item)

    def mend(self, item: T) -> None:
        """Put an item in the place of the last one."""
        self._open[-1] = item

    def __len__(self) -> int:
        return self._packer.length + len(self._open)

    def item(self, place: int) -> T:
        packed = self._packer.length
        return self._packer.item(place) if place < packed else self._open[place - packed]


class PackedMap(Mapping[str, T]):
    """An immutable map kept compressed: made to be gone through, not to be looked up in, which takes time."""

    def __init__(self, pairs: Packed[tuple[str, T]]) -> None:
        self._pairs = pairs

    def __len__(self) -> int:
        return len(self._pairs)

    def __iter__(self) -> Iterator[str]:
        return (key for key, _ in self._pairs)

    def __getitem__(self, key: str) -> T:
        for one, value in self._pairs:
            if one == key:
                return value
        raise KeyError(key)

    def items(self) -> ItemsView[str, T]:
        return _Pairs(self)


class _Pairs(ItemsView[str, T]):
    """The pairs as they lie there, none looked up."""

    _mapping: PackedMap[T]

    def __iter__(self) -> Iterator[tuple[str, T]]:
        return iter(self._mapping._pairs)


def _as_tuple(value: Any, check: ValidatorFunctionWrapHandler) -> Sequence[Any]:
    """What is packed was made by us and stays so; anything else is checked and becomes a tuple."""
    return value if isinstance(value, Packed) else tuple(check(value))


def _as_dict(value: Any, check: ValidatorFunctionWrapHandler) -> Mapping[str, Any]:
    return value if isinstance(value, PackedMap) else dict(check(value))


def _unpacked(value: Any, dump: SerializerFunctionWrapHandler) -> Any:
    """`model_dump` gives all that is packed at once; `json_pieces` does not."""
    if isinstance(value, Packed):
        return dump(tuple(value))
    return dump(dict(value.items()) if isinstance(value, PackedMap) else value)


Many = Annotated[Sequence[T], WrapValidator(_as_tuple), WrapSerializer(_unpacked)]
"""A field that holds a tuple, or in a long file the same packed."""

ManyNamed = Annotated[Mapping[str, T], WrapValidator(_as_dict), WrapSerializer(_unpacked)]
"""A field that holds a dict, or in a long file the same packed."""
