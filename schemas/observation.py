"""Observation: one figure of one unit, measure and period, with the way back to the cell that it was printed in.

A tuple and not a model, because a build makes millions of them; the columns of the dataset are its fields.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal, NamedTuple

Status = Literal["plan", "result", "estimate"]
Part = Literal["unit", "subtotal", "total"]


class Observation(NamedTuple):
    """One row of the dataset.

    `unit` is as printed, `unit_name` normalised, `place` a code of the table of places. `measure` is a key of the
    vocabulary or None where the heading fits none; `heading` is the heading as printed. `period_start` and `period_end`
    are its days; `as_of` the day up to which it was counted; `cumulative` tells a figure of the year to date from that
    of the period alone. `value` is the cell's, never repaired, as a decimal string, and None for a blank, which is not
    zero; `corrected` says that a person changed it, `disagrees` that the audit found against it. `pointer` leads into
    the record of `dispatch`.
    """

    province: str | None
    district: str | None
    body: str | None
    unit: str | None
    unit_kind: str | None
    unit_name: str | None
    place: str | None
    measure: str | None
    heading: str
    dimensions: str
    period_start: dt.date | None
    period_end: dt.date | None
    as_of: dt.date | None
    cumulative: bool
    value: str | None
    unit_of_value: str | None
    status: Status | None
    part: Part
    dispatch: str
    so_hieu: str | None
    issued: dt.date | None
    table: str | None
    row: int | None
    column: int | None
    page: int | None
    pointer: str
    confidence: float
    disagrees: bool
    corrected: bool
