"""What a search asks of a passage besides its words, in SQL that every database understands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

from congvan.archive.index.keys import body_key
from congvan.archive.index.passages import first_row_number, search_fold
from vietnamese.fold import nfc


@dataclass(frozen=True)
class Filters:
    """What a hit must satisfy besides its words. `order`: `rank` (BM25, exact marks first) or `date` (newest first)."""

    issuer: str | None = None
    doc_type: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    unit: str | None = None
    order: Literal["rank", "date"] = "rank"
    limit: int = 20


@dataclass(frozen=True)
class Conditions:
    """Of the passage's number (`number` stands for it), of its row `p` and its dispatch's `d`; and the values."""

    of_number: list[str]
    of_rows: list[str]
    values: dict[str, Any]

    def all(self, number: str) -> list[str]:
        """All conditions, the passage's number being called so."""
        return [condition.format(number=number) for condition in self.of_number] + self.of_rows


def conditions_of(filters: Filters) -> Conditions:
    """The conditions that filters make; the number of a passage carries its day."""
    found = Conditions([], [], {})
    if filters.start:
        found.of_number.append("{number} >= :low")
        found.values["low"] = first_row_number(filters.start)
    if filters.end:
        found.of_number.append("{number} < :high")
        found.values["high"] = first_row_number(filters.end + dt.timedelta(days=1))
    if filters.issuer:
        found.of_rows.append("d.issuing_body_key LIKE :issuer")
        found.values["issuer"] = f"%{body_key(filters.issuer)}%"
    if filters.doc_type:
        found.of_rows.append("d.doc_type = :doc_type")
        found.values["doc_type"] = filters.doc_type
    if filters.unit:
        found.of_rows.append("p.folded LIKE :unit")
        found.values["unit"] = f"%{search_fold(nfc(filters.unit))}%"
    return found
