"""What the dataset looks at of a record, as plain JSON.

A record was validated when it was written; a build reads a hundred thousand of them, and would spend as long on
validating every cell once more as on all the rest.
"""

from __future__ import annotations

from typing import Any, TypedDict, cast

from pydantic_core import from_json

from schemas.dispatch import ColumnKind, RowKind


class CellFacts(TypedDict):
    """Of `schemas.dispatch.TableCell`."""

    text: str
    value: int | str | None


class RowFacts(TypedDict):
    """Of `schemas.dispatch.Row`."""

    kind: RowKind
    cells: list[CellFacts]
    page: int | None


class ColumnFacts(TypedDict):
    """Of `schemas.dispatch.Column`."""

    path: list[str]
    kind: ColumnKind


class TableFacts(TypedDict):
    """Of `schemas.dispatch.Table`."""

    id: str
    label: str | None
    caption: str | None
    note: str | None
    columns: list[ColumnFacts]
    rows: list[RowFacts]


EvidenceFacts = dict[str, list[dict[str, Any]]]
"""Of each pointer, the places that show it."""


class DispatchFacts(TypedDict):
    """Of `schemas.dispatch.Dispatch`."""

    id: str
    header: dict[str, Any]
    tables: list[TableFacts]
    claims: list[dict[str, Any]]
    attached: list[DispatchFacts]
    evidence: EvidenceFacts


def facts_of(record: bytes) -> DispatchFacts:
    """The facts of a record's JSON as the archive keeps it."""
    return cast(DispatchFacts, from_json(record))
