"""What the dataset looks at of a record, and nothing else of it.

A record was validated when it was written; a build reads a hundred thousand of them, and would spend as long on making
whole records once more as on all the rest. What is not named here is passed over without being made.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.json import Decoder

from schemas.dispatch import ColumnKind, RowKind


class CellFacts(Struct, gc=False):
    """Of `schemas.dispatch.TableCell`."""

    text: str
    value: int | str | None


class RowFacts(Struct, gc=False):
    """Of `schemas.dispatch.Row`."""

    kind: RowKind
    cells: list[CellFacts]
    page: int | None


class ColumnFacts(Struct, frozen=True):
    """Of `schemas.dispatch.Column`; those that are alike are equal."""

    path: tuple[str, ...]
    kind: ColumnKind


class TableFacts(Struct):
    """Of `schemas.dispatch.Table`."""

    id: str
    label: str | None
    caption: str | None
    note: str | None
    columns: tuple[ColumnFacts, ...]
    rows: list[RowFacts]


class EvidenceFacts(Struct, gc=False):
    """Of `schemas.dispatch.Evidence`."""

    page: int | None
    confidence: float


Evidence = dict[str, list[EvidenceFacts]]
"""Of each pointer, the places that show it."""


class DispatchFacts(Struct):
    """Of `schemas.dispatch.Dispatch`; header and claims as plain JSON."""

    id: str
    header: dict[str, Any]
    tables: list[TableFacts]
    claims: list[dict[str, Any]]
    attached: list[DispatchFacts]
    evidence: Evidence


_DECODER = Decoder(DispatchFacts)


def facts_of(record: bytes) -> DispatchFacts:
    """The facts of a record's JSON as the archive keeps it."""
    return _DECODER.decode(record)
