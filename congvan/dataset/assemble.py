"""Blocks to columns: what is common to many figures is kept once and pointed at by number, until parts are written."""

from __future__ import annotations

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

    Of each figure the numbers of its row, heading and value are kept, of each block those of its part and dispatch.
    """

    def __init__(self) -> None:
        self._numbers: dict[type, _Numbers] = {kind: _Numbers() for kind in _KINDS}
        self._known: dict[tuple[Rows | Headings, int], _Array] = {}
        self._of_blocks: dict[type, list[int]] = {Partition: [], OfDispatch: []}
        self._of_figures: dict[type, list[_Array]] = {OfRow: [], OfHeading: [], str: []}
        self._marked: list[tuple[int, Block]] = []
        self._count = 0

    def add(self, blocks: Iterable[Block]) -> set[Partition]:
        """Add the rows of a file. Gives the parts that they lie in."""
        touched = set()
        for block in blocks:
            of = block.of_dispatch
            partition = Partition(of.province or UNKNOWN, block.year, of.dispatch[0])
            self._of_blocks[Partition].append(self._numbers[Partition][partition])
            self._of_blocks[OfDispatch].append(self._numbers[OfDispatch][of])
            self._append(block)
            touched.add(partition)
        return touched

    def _append(self, block: Block) -> None:
        count, number = len(block.values), self._numbers[str].__getitem__
        rows, headings = len(block.rows.each), len(block.headings.each)
        self._of_figures[OfRow].append(self._known_numbers(block.rows, OfRow, headings))
        self._of_figures[OfHeading].append(self._known_numbers(block.headings, OfHeading, rows))
        self._of_figures[str].append(np.fromiter(map(number, block.values), np.int32, count))
        if block.confidences or block.disagrees or block.corrected:
            self._marked.append((self._count, block))
        self._count += count

    def _known_numbers(self, group: Rows | Headings, kind: type, times: int) -> _Array:
        """The numbers of rows or headings that stand together, for figures row by row."""
        known = self._known.get((group, times))
        if known is None:
            numbers = np.array([self._numbers[kind][each] for each in group.each], np.int32)
            known = np.repeat(numbers, times) if kind is OfRow else np.tile(numbers, times)
            self._known[group, times] = known
        return known

    def tables(self) -> Iterator[tuple[Partition, pa.Table]]:
        """The parts with their columns, each in the order in which its rows came.

        One at a time: the memory of one part is used again for the next, where fresh memory would cost more than all
        the rest.
        """
        codes = self._codes()
        of_part = codes.pop(Partition)
        texts = [figure(value) for value in self._numbers[str]]
        is_figure = np.array([text is not NO_FIGURE for text in texts], dtype=bool)
        kinds: tuple[type, ...] = (OfDispatch, OfRow, OfHeading)
        fields = {kind: _fields(self._numbers[kind], kind) for kind in kinds}
        fields[str] = {"value": pa.array(texts, pa.string()), "value_number": _floats(texts)}
        marks, order = self._marks(), np.argsort(of_part, kind="stable")
        ends = np.bincount(of_part, minlength=len(self._numbers[Partition])).cumsum().tolist()
        for partition, start, end in zip(self._numbers[Partition], [0, *ends], ends, strict=False):
            rows = order[start:end]
            rows = rows[is_figure[codes[str][rows]]]
            columns = {name: pa.array(each[rows]) for name, each in marks.items()}
            for kind, named in fields.items():
                places = pa.array(codes[kind][rows])
                columns.update((name, column.take(places)) for name, column in named.items())
            yield partition, _table(columns)

    def _codes(self) -> dict[type, _Array]:
        """Of every figure its number of each kind."""
        none = np.empty(0, np.int32)
        sizes = [len(each) for each in self._of_figures[str]]
        codes = {kind: np.concatenate([none, *each]) for kind, each in self._of_figures.items()}
        codes.update({kind: np.repeat(np.array(each, np.int32), sizes) for kind, each in self._of_blocks.items()})
        return codes

    def _marks(self) -> dict[str, _Array]:
        """Confidence and marks of every row: as usual, but for those that say otherwise."""
        marks = {
            "confidence": np.ones(self._count),
            "disagrees": np.zeros(self._count, np.bool_),
            "corrected": np.zeros(self._count, np.bool_),
        }
        for start, block in self._marked:
            for each, told in zip(marks.values(), (block.confidences, block.disagrees, block.corrected), strict=True):
                if told:
                    each[start : start + len(told)] = told
        return marks


def _table(columns: dict[str, pa.Array]) -> pa.Table:
    columns["pointer"] = pc.binary_join_element_wise(columns["pointer_start"], columns["pointer_end"], "")
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
