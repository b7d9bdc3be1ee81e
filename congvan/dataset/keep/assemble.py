"""Blocks to columns: what is common to many figures is kept once and pointed at by number, until parts are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from congvan.dataset.keep.parquet import SCHEMA, Partition, bucket_of, encoded
from congvan.dataset.see.block import NO_FIGURE, Block, Headings, OfDispatch, OfHeading, OfRow, Rows, figure
from congvan.dataset.see.facts import CellFacts

_Array = np.ndarray[Any, np.dtype[Any]]


_KINDS = (OfDispatch, OfRow, OfHeading, CellFacts)


class _Numbers(dict[Any, int]):
    """Gives each thing a number, in order of first mention."""

    def __missing__(self, thing: Any) -> int:
        number = self[thing] = len(self)
        return number


class _Part:
    """The blocks of one part: of each its size and the number of its dispatch, of its figures those of the rest."""

    def __init__(self) -> None:
        self._of_blocks: list[int] = []
        self._sizes: list[int] = []
        self._of_figures: dict[type, list[_Array]] = {OfRow: [], OfHeading: [], CellFacts: []}
        self._marked: list[tuple[int, Block]] = []
        self._count = 0

    def append(self, block: Block, dispatch: int, numbers: tuple[_Array, _Array, _Array]) -> None:
        self._of_blocks.append(dispatch)
        self._sizes.append(len(block.cells))
        for each, of_block in zip(self._of_figures.values(), numbers, strict=True):
            each.append(of_block)
        if block.confidences or block.checked or block.corrected:
            self._marked.append((self._count, block))
        self._count += len(block.cells)

    def codes(self) -> dict[type, _Array]:
        """Of every figure its number of each kind."""
        codes = {kind: np.concatenate(each) for kind, each in self._of_figures.items()}
        codes[OfDispatch] = np.repeat(np.array(self._of_blocks, np.int32), self._sizes)
        return codes

    def marks(self) -> dict[str, pa.Array]:
        """Confidence and marks of every figure: as usual, but for those that say otherwise."""
        confidence, corrected = np.ones(self._count), np.zeros(self._count, np.bool_)
        for start, block in self._marked:
            for each, told in ((confidence, block.confidences), (corrected, block.corrected)):
                if told:
                    each[start : start + len(told)] = told
        return {"confidence": pa.array(confidence), "corrected": pa.array(corrected), **self._checked()}

    def _checked(self) -> dict[str, pa.Array]:
        """What the audit says of every figure."""
        verdicts: _Array = np.full(self._count, None, object)
        computed = verdicts.copy()
        for start, block in self._marked:
            for number, said in enumerate(block.checked or (), start=start):
                if said is not None:
                    verdicts[number], computed[number] = said
        return {
            "disagrees": pa.array(verdicts == "disagrees", pa.bool_()),
            "verdict": pa.array(verdicts, pa.string()).dictionary_encode(),
            "computed": pa.array(computed, pa.string()).dictionary_encode(),
        }


class Assembly:
    """Rows of the dataset as they come. Adding costs little for each figure; the columns are made by `tables`.

    Of each figure the numbers of its row, heading and value are kept, of each block that of its dispatch.
    """

    def __init__(self) -> None:
        self._numbers: dict[type, _Numbers] = {kind: _Numbers() for kind in _KINDS}
        self._known: dict[tuple[Rows | Headings, int], _Array] = {}
        self._parts: dict[Partition, _Part] = {}

    def add(self, blocks: Iterable[Block]) -> set[Partition]:
        """Add the rows of a file. Gives the parts that they lie in."""
        touched = set()
        for block in blocks:
            of = block.of_dispatch
            partition = Partition(of.province, block.year, bucket_of(of.dispatch))
            part = self._parts.get(partition)
            if part is None:
                part = self._parts[partition] = _Part()
            part.append(block, self._numbers[OfDispatch][of], self._numbers_of_figures(block))
            touched.add(partition)
        return touched

    def _numbers_of_figures(self, block: Block) -> tuple[_Array, _Array, _Array]:
        number = self._numbers[CellFacts].__getitem__
        rows, headings = len(block.rows.each), len(block.headings.each)
        return (
            self._known_numbers(block.rows, OfRow, headings),
            self._known_numbers(block.headings, OfHeading, rows),
            np.fromiter(map(number, block.cells), np.int32, len(block.cells)),
        )

    def _known_numbers(self, group: Rows | Headings, kind: type, times: int) -> _Array:
        """The numbers of rows or headings that stand together, for figures row by row."""
        known = self._known.get((group, times))
        if known is None:
            numbers = np.array([self._numbers[kind][each] for each in group.each], np.int32)
            known = np.repeat(numbers, times) if kind is OfRow else np.tile(numbers, times)
            self._known[group, times] = known
        return known

    def tables(self) -> Iterator[tuple[Partition, pa.Table]]:
        """The parts with their columns, each in the order in which its rows came; texts as `store` writes them.

        One at a time: the memory of one part is used again for the next, where fresh memory would cost more than all
        the rest.
        """
        texts = [figure(cell.value) for cell in self._numbers[CellFacts]]
        is_figure = np.array([text is not NO_FIGURE for text in texts], dtype=bool)
        kinds: tuple[type, ...] = (OfDispatch, OfRow, OfHeading)
        things = {kind: _fields(self._numbers[kind], kind) for kind in kinds}
        printed = pa.array([cell.text for cell in self._numbers[CellFacts]], pa.string())
        values = [pa.array(texts, pa.string()), printed, _floats(texts)]
        things[CellFacts] = pa.RecordBatch.from_arrays(values, ["value", "printed", "value_number"])
        for partition, part in self._parts.items():
            codes, marks = part.codes(), part.marks()
            kept = is_figure[codes[CellFacts]]
            if not kept.all():
                codes = {kind: each[kept] for kind, each in codes.items()}
                marks = {name: each.filter(pa.array(kept)) for name, each in marks.items()}
            year = pa.repeat(pa.scalar(partition.year, pa.int32()), int(kept.sum()))
            columns = {**marks, "year": year}
            for kind, fields in things.items():
                columns.update(_spread(fields, codes[kind]))
            yield partition, _table(columns)


def _spread(fields: pa.RecordBatch, places: _Array) -> dict[str, pa.Array]:
    """The fields of the thing at each place.

    A part speaks of few things and of many figures. So texts are told apart among its things, once each, and the
    figures get numbers: neither the making nor the writing of a part looks at every figure's text.
    """
    mentioned = pa.array(places).dictionary_encode()
    of_things = fields.take(mentioned.dictionary)
    coded = [encoded(column) for column in of_things.columns]
    of_figures = pa.RecordBatch.from_arrays(coded, fields.schema.names).take(mentioned.indices)
    return dict(zip(fields.schema.names, of_figures.columns, strict=True))


def _table(columns: dict[str, pa.Array]) -> pa.Table:
    columns["pointer"] = _joined(columns["pointer_start"], columns["pointer_end"])
    return pa.Table.from_arrays([columns[field.name] for field in SCHEMA], SCHEMA.names)


def _joined(starts: pa.DictionaryArray, ends: pa.DictionaryArray) -> pa.DictionaryArray:
    """Texts put together of two, each pair of them once."""
    count = max(len(ends.dictionary), 1)
    pairs = pa.array(starts.indices.to_numpy().astype(np.int64) * count + ends.indices.to_numpy()).dictionary_encode()
    start, end = map(pa.array, np.divmod(pairs.dictionary.to_numpy(), count))
    coded = encoded(pc.binary_join_element_wise(starts.dictionary.take(start), ends.dictionary.take(end), ""))
    return pa.DictionaryArray.from_arrays(coded.indices.take(pairs.indices), coded.dictionary)


def _fields(things: Iterable[Any], kind: Any) -> pa.RecordBatch:
    """The fields of things of a kind, as columns."""
    columns = dict(zip(kind._fields, list(zip(*things, strict=True)) or [()] * len(kind._fields), strict=True))
    types = [SCHEMA.field(name).type if name in SCHEMA.names else pa.string() for name in columns]
    return pa.RecordBatch.from_arrays(list(map(pa.array, columns.values(), types)), list(columns))


def _floats(texts: list[str | None]) -> pa.Array:
    return pa.array([None if text is None or text is NO_FIGURE else float(text) for text in texts], pa.float64())
