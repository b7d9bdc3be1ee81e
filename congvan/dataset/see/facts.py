"""What the dataset looks at of a record, and nothing else of it.

A record was validated when it was written; a build reads a hundred thousand of them, and would spend as long on making
whole records once more as on all the rest. What is not named here is passed over without being made.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from msgspec import Raw, Struct
from msgspec.json import Decoder

from congvan.dataset.words.vocabulary import is_of_units
from schemas.dispatch import ColumnKind, RowKind


class CellFacts(Struct, gc=False, frozen=True):
    """Of `schemas.dispatch.TableCell`; two that print and hold the same are the same."""

    text: str
    value: int | str | None


class RowFacts(Struct, gc=False):
    """Of `schemas.dispatch.Row`."""

    kind: RowKind
    cells: list[CellFacts]
    page: int | None


class ColumnFacts(Struct, frozen=True):
    """Of `schemas.dispatch.Column`."""

    path: tuple[str, ...]
    kind: ColumnKind
    measure: str | None = None


@dataclass(frozen=True, eq=False)
class Columns:
    """The columns of a table, one object for all tables that have the same, so that it is quickly told from others."""

    each: tuple[ColumnFacts, ...]

    @cached_property
    def of_units(self) -> int | None:
        """The column that gives each row the unit of its figures (`Đơn vị tính`), or None."""
        return next((number for number, column in enumerate(self.each) if is_of_units(column.path)), None)

    @cached_property
    def of_names(self) -> int | None:
        """The column that names the rows, or None."""
        texts = (number for number, column in enumerate(self.each) if column.kind == "text")
        return next((number for number in texts if number != self.of_units), None)


class TableFacts(Struct):
    """Of `schemas.dispatch.Table`."""

    id: str
    label: str | None
    caption: str | None
    note: str | None
    columns: Raw
    rows: list[RowFacts]

    def read_columns(self) -> Columns:
        """The columns, read once for all tables that have the same."""
        return _columns(bytes(self.columns))


class EvidenceFacts(Struct, gc=False):
    """Of `schemas.dispatch.Evidence`."""

    page: int | None
    confidence: float


Evidence = dict[str, list[EvidenceFacts]]
"""Of each pointer, the places that show it."""


class HeaderFacts(Struct):
    """Of `schemas.dispatch.Header`."""

    parent_body: str | None
    issuing_body: str | None
    so_hieu: str | None
    doc_type: str | None
    subject: str | None
    place: str | None
    date: dt.date | None
    year: int | None


class DispatchFacts(Struct):
    """Of `schemas.dispatch.Dispatch`; claims as plain JSON."""

    id: str
    header: HeaderFacts
    tables: list[TableFacts]
    claims: list[dict[str, Any]]
    attached: list[DispatchFacts]
    evidence: Evidence


_DECODER = Decoder(DispatchFacts)
_COLUMNS = Decoder(tuple[ColumnFacts, ...])


def facts_of(record: bytes) -> DispatchFacts:
    """The facts of a record's JSON as the archive keeps it."""
    return _DECODER.decode(record)


@lru_cache(maxsize=20_000)
def _columns(data: bytes) -> Columns:
    return Columns(_COLUMNS.decode(data))
