"""Observation: one figure of one unit, measure and period, with the way back to the cell that it was printed in.

A tuple and not a model, because a build makes millions of them; the columns of the dataset are its fields.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal, NamedTuple

Status = Literal["plan", "result", "estimate"]
Part = Literal["unit", "subtotal", "total"]


class Observation(NamedTuple):
    """One row of the dataset. What is not known is None; what each column means in full is in the code book.

    `province_id`, `district_id` and `place` are ids of the table of places. `unit` is the row's name as printed,
    `unit_name` normalised, `section` the heading of the group of rows it stands in. `subject` is what the row counts,
    in plain words, where rows are things and not units; `concept` what the column counts: its heading without periods,
    status and breakdowns, in folded words. `measure` is a key of the vocabulary or None where the heading fits none;
    `heading` is the heading as printed. `period_start` and `period_end` are its days; `as_of` the day up to which it
    was counted; `cumulative` tells a figure of the year to date from that of the period alone; `year` is that of the
    period, else of the dispatch. `value` is the cell's, never repaired, as a decimal string, and None for a blank,
    which is not zero; `printed` is how it stands there. `corrected` says that a person changed it, `disagrees`
    that the audit found against it, `verdict` what the audit said and `computed` the figure that it worked out.
    `pointer` leads into the record of `dispatch`.
    """

    province: str | None
    district: str | None
    province_id: str | None
    district_id: str | None
    body: str | None
    unit: str | None
    unit_kind: str | None
    unit_name: str | None
    place: str | None
    section: str | None
    subject: str | None
    measure: str | None
    concept: str
    heading: str
    dimensions: str
    period_start: dt.date | None
    period_end: dt.date | None
    as_of: dt.date | None
    cumulative: bool
    year: int | None
    value: str | None
    printed: str
    unit_of_value: str | None
    unit_of_row: str | None
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
    verdict: str | None
    computed: str | None
