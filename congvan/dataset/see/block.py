"""A block: figures that stand together, with what they have in common told once.

Its parts are named as the fields of an Observation, so that observations or whole columns can be made of it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from congvan.dataset.see.facts import CellFacts
from schemas.finding import Verdict
from schemas.observation import Part, Status

Value = int | str | None
"""A value as a record holds it."""

NO_FIGURE: Final = "-"
"""Stands for a cell of words in a column of figures (`Hết nguồn`), which is no observation."""

_FIGURE = re.compile(r"-?[0-9]+(?:\.[0-9]+)?", re.ASCII)


class OfDispatch(NamedTuple):
    """What the figures of one table, or of the prose, share."""

    province: str | None
    district: str | None
    province_id: str | None
    district_id: str | None
    body: str | None
    dispatch: str
    so_hieu: str | None
    issued: dt.date | None
    table: str | None


class OfRow(NamedTuple):
    """What the figures of one row share. `pointer_start` and the heading's `pointer_end` make the pointer."""

    unit: str | None
    unit_kind: str | None
    unit_name: str | None
    place: str | None
    section: str | None
    subject: str | None
    unit_of_row: str | None
    part: Part
    row: int | None
    page: int | None
    pointer_start: str


class OfHeading(NamedTuple):
    """What the figures of one column share."""

    measure: str | None
    concept: str
    heading: str
    dimensions: str
    period_start: dt.date | None
    period_end: dt.date | None
    as_of: dt.date | None
    cumulative: bool
    unit_of_value: str | None
    status: Status | None
    column: int | None
    pointer_end: str

    @property
    def year_of_period(self) -> int | None:
        """The year that the figures are of, or None where it is that of the dispatch."""
        day = self.period_end or self.as_of
        return day.year if day else None


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows that stand together, one object each: the same form with the same units is filled in time and again."""

    each: tuple[OfRow, ...]


@dataclass(frozen=True, eq=False)
class Headings:
    """Headings whose figures are of one year, one object each."""

    each: tuple[OfHeading, ...]


class Audited(NamedTuple):
    """What the audit says of a figure, and what it worked out for it."""

    verdict: Verdict
    computed: str | None = None


class Block(NamedTuple):
    """Figures row by row: one for each row and heading.

    The marks are one for each figure, or None where all are as usual: sure, not checked, not corrected.
    """

    of_dispatch: OfDispatch
    headings: Headings
    rows: Rows
    cells: Sequence[CellFacts]
    confidences: Sequence[float] | None = None
    checked: Sequence[Audited | None] | None = None
    corrected: Sequence[bool] | None = None

    @property
    def year(self) -> int | None:
        """The year of the figures, else that of the dispatch; None where neither is known."""
        issued = self.of_dispatch.issued
        return self.headings.each[0].year_of_period or (issued.year if issued else None)

    def pointers(self) -> list[str]:
        """The pointer of each figure."""
        return [row.pointer_start + heading.pointer_end for row in self.rows.each for heading in self.headings.each]


def figure(value: Value) -> str | None:
    """A cell's value as a decimal string; None for a blank, NO_FIGURE for words."""
    if value is None or isinstance(value, int):
        return None if value is None else str(value)
    return value if _FIGURE.fullmatch(value) else NO_FIGURE
