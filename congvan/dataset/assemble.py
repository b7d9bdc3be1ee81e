"""Blocks to columns: what is common to many figures is kept once and pointed at by number, until a part is written."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from congvan.dataset.block import NO_FIGURE, Block, Headings, OfDispatch, OfHeading, OfRow, Rows, figure
from congvan.dataset.store import SCHEMA, UNKNOWN, Partition

Ints = np.ndarray[Any, np.dtype[np.int32]]


class _Numbers(dict[Any, int]):
    """Gives each thing a number, in order of first mention."""

    def __missing__(self, thing: Any) -> int:
        number = self[thing] = len(self)
        return number


class _Part(NamedTuple):
    """The rows of one part: of each figure the numbers of its dispatch, row, heading and value, and its marks."""

    dispatches: array[int]
    rows: array[int]
    headings: array[int]
    values: array[int]
    confidences: array[float]
    disagrees: array[int]
    corrected: array[int]


def _empty_part() -> _Part:
    return _Part(array("i"), array("i"), array("i"), array("i"), array("d"), array("b"), array("b"))


class Assembly:
    """Parts as they grow. Adding costs little for each figure; the columns are made by `tables`."""

    def __init__(self) -> None:
        self._parts: dict[Partition, _Part] = {}
        self._dispatches, self._rows, self._headings, self._values = (_Numbers() for _ in range(4))
        self._known: dict[Rows | Headings, array[int]] = {}

    def add(self, blocks: Iterable[Block]) -> set[Partition]:
        """Add the rows of a file. Gives the parts that they lie in."""
        touched = set()
        for block in blocks:
            of = block.of_dispatch
            partition = Partition(of.province or UNKNOWN, block.year, of.dispatch[0])
            if partition not in self._parts:
                self._parts[partition] = _empty_part()
            self._append(self._parts[partition], block)
            touched.add(partition)
        return touched

    def _append(self, part: _Part, block: Block) -> None:
        count, wide = len(block.values), len(block.headings.each)
        rows, headings = self._numbers(block.rows, self._rows), self._numbers(block.headings, self._headings)
        spread = array("i", bytes(4 * count))
        for column in range(wide):
            spread[column::wide] = rows
        part.dispatches.extend(array("i", [self._dispatches[block.of_dispatch]]) * count)
        part.rows.extend(spread)
        part.headings.extend(headings * len(rows))
        part.values.extend(map(self._values.__getitem__, block.values))
        part.confidences.extend(array("d", block.confidences or [1.0] * count))
        part.disagrees.extend(array("b", block.disagrees or bytes(count)))
        part.corrected.extend(array("b", block.corrected or bytes(count)))

    def _numbers(self, group: Rows | Headings, numbers: _Numbers) -> array[int]:
        """The numbers of rows or headings that stand together."""
        known = self._known.get(group)
        if known is None:
            known = self._known[group] = array("i", map(numbers.__getitem__, group.each))
        return known

    def tables(self) -> Iterator[tuple[Partition, pa.Table]]:
        """The parts with their columns, in order."""
        dispatches = _fields(self._dispatches, OfDispatch)
        rows, headings = _fields(self._rows, OfRow), _fields(self._headings, OfHeading)
        texts = [figure(value) for value in self._values]
        kept = np.array([text is not NO_FIGURE for text in texts], dtype=bool)
        values = {"value": pa.array(texts, pa.string())}
        numbers = [None if text is None or text is NO_FIGURE else float(text) for text in texts]
        values["value_number"] = pa.array(numbers, pa.float64())
        for partition, part in sorted(self._parts.items()):
            yield partition, _table(part, kept, (dispatches, rows, headings, values))


def _fields(things: Iterable[Any], kind: Any) -> dict[str, pa.Array]:
    """The fields of things of a kind, as columns."""
    columns = list(zip(*things, strict=True)) or [()] * len(kind._fields)
    return {
        name: pa.array(column, SCHEMA.field(name).type if name in SCHEMA.names else pa.string())
        for name, column in zip(kind._fields, columns, strict=True)
    }


def _table(part: _Part, kept: np.ndarray[Any, Any], fields: tuple[dict[str, pa.Array], ...]) -> pa.Table:
    codes = [np.frombuffer(each, np.int32) for each in (part.dispatches, part.rows, part.headings, part.values)]
    marks = [np.frombuffer(part.confidences), *(np.frombuffer(each, np.bool_) for each in part[-2:])]
    figures = kept[codes[-1]]
    if not figures.all():
        codes, marks = ([each[figures] for each in group] for group in (codes, marks))
    columns: dict[str, pa.Array] = {}
    for code, named in zip(map(pa.array, codes), fields, strict=True):
        columns.update((name, column.take(code)) for name, column in named.items())
    starts, ends = columns.pop("pointer_start"), columns.pop("pointer_end")
    columns["pointer"] = pc.binary_join_element_wise(starts, ends, "")
    columns.update(zip(("confidence", "disagrees", "corrected"), map(pa.array, marks), strict=True))
    return pa.Table.from_arrays([columns[field.name] for field in SCHEMA], schema=SCHEMA)
