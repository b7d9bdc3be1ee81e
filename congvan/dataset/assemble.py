"""Blocks to columns: what is common to many figures is kept once and pointed at by number, until parts are written."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from congvan.dataset.block import NO_FIGURE, Block, Headings, OfDispatch, OfHeading, OfRow, Rows, figure
from congvan.dataset.store import SCHEMA, UNKNOWN, Partition

_Array = np.ndarray[Any, np.dtype[Any]]


_KINDS = (Partition, OfDispatch, OfRow, OfHeading, str)


class _Numbers(dict[Any, int]):
    """Gives each thing a number, in order of first mention."""

    def __missing__(self, thing: Any) -> int:
        number = self[thing] = len(self)
        return number


class Assembly:
    """Rows of the dataset as they come. Adding costs little for each figure; the columns are made by `tables`.

    Of each figure the numbers of its part, dispatch, row, heading and value are kept, and its marks.
    """

    def __init__(self) -> None:
        self._numbers: dict[type, _Numbers] = {kind: _Numbers() for kind in _KINDS}
        self._known: dict[Rows | Headings, array[int]] = {}
        self._codes: dict[type, array[int]] = {kind: array("i") for kind in self._numbers}
        self._confidences, self._disagrees, self._corrected = array("d"), array("b"), array("b")

    def add(self, blocks: Iterable[Block]) -> set[Partition]:
        """Add the rows of a file. Gives the parts that they lie in."""
        touched = set()
        for block in blocks:
            of = block.of_dispatch
            partition = Partition(of.province or UNKNOWN, block.year, of.dispatch[0])
            self._append(block, partition)
            touched.add(partition)
        return touched

    def _append(self, block: Block, partition: Partition) -> None:
        count, wide = len(block.values), len(block.headings.each)
        for one in (partition, block.of_dispatch):
            kind = type(one)
            self._codes[kind].extend(array("i", [self._numbers[kind][one]]) * count)
        rows, headings = self._numbered(block.rows, OfRow), self._numbered(block.headings, OfHeading)
        spread = array("i", bytes(4 * count))
        for column in range(wide):
            spread[column::wide] = rows
        self._codes[OfRow].extend(spread)
        self._codes[OfHeading].extend(headings * len(rows))
        self._codes[str].extend(map(self._numbers[str].__getitem__, block.values))
        self._confidences.extend(array("d", block.confidences or [1.0]) * (1 if block.confidences else count))
        self._disagrees.extend(array("b", block.disagrees or bytes(count)))
        self._corrected.extend(array("b", block.corrected or bytes(count)))

    def _numbered(self, group: Rows | Headings, kind: type) -> array[int]:
        """The numbers of rows or headings that stand together."""
        known = self._known.get(group)
        if known is None:
            known = self._known[group] = array("i", map(self._numbers[kind].__getitem__, group.each))
        return known

    def tables(self) -> Iterator[tuple[Partition, pa.Table]]:
        """The parts with their columns, each in the order in which its rows came.

        One at a time: the memory of one part is used again for the next, where fresh memory would cost more than all
        the rest.
        """
        kinds: tuple[type, ...] = (OfDispatch, OfRow, OfHeading)
        fields = {kind: _fields(self._numbers[kind], kind) for kind in kinds}
        texts = [figure(value) for value in self._numbers[str]]
        fields[str] = {"value": pa.array(texts, pa.string()), "value_number": _floats(texts)}
        is_figure = np.array([text is not NO_FIGURE for text in texts], dtype=bool)
        of_part = np.frombuffer(self._codes[Partition], np.int32)
        order = np.argsort(of_part, kind="stable")
        ends = np.bincount(of_part, minlength=len(self._numbers[Partition])).cumsum().tolist()
        for partition, start, end in zip(self._numbers[Partition], [0, *ends], ends, strict=False):
            rows = order[start:end]
            yield partition, self._table(rows[is_figure[np.frombuffer(self._codes[str], np.int32)[rows]]], fields)

    def _table(self, rows: _Array, fields: dict[type, dict[str, pa.Array]]) -> pa.Table:
        columns: dict[str, pa.Array] = {}
        for kind, named in fields.items():
            codes = pa.array(np.frombuffer(self._codes[kind], np.int32)[rows])
            columns.update((name, column.take(codes)) for name, column in named.items())
        starts, ends = columns.pop("pointer_start"), columns.pop("pointer_end")
        columns["pointer"] = pc.binary_join_element_wise(starts, ends, "")
        columns["confidence"] = pa.array(np.frombuffer(self._confidences)[rows])
        columns["disagrees"] = pa.array(np.frombuffer(self._disagrees, np.bool_)[rows])
        columns["corrected"] = pa.array(np.frombuffer(self._corrected, np.bool_)[rows])
        return pa.Table.from_arrays([columns[field.name] for field in SCHEMA], schema=SCHEMA)


def _fields(things: Iterable[Any], kind: Any) -> dict[str, pa.Array]:
    """The fields of things of a kind, as columns."""
    columns = list(zip(*things, strict=True)) or [()] * len(kind._fields)
    return {
        name: pa.array(column, SCHEMA.field(name).type if name in SCHEMA.names else pa.string())
        for name, column in zip(kind._fields, columns, strict=True)
        if name != "province"
    }


def _floats(texts: list[str | None]) -> pa.Array:
    return pa.array([None if text is None or text is NO_FIGURE else float(text) for text in texts], pa.float64())
