"""Finding: what the audit says about one reported figure."""

from __future__ import annotations

from typing import Literal

from schemas.base import Record

Check = Literal[
    "row_ratio",
    "column_total",
    "row_total",
    "grand_total",
    "prose_ratio",
    "prose_vs_table",
    "prose_count",
    "list_length",
    "missing_appendix",
    "cross_document",
]
Verdict = Literal["agrees", "truncated", "disagrees", "cannot_tell"]


class Finding(Record):
    """One check of one reported figure, with exact numbers as strings and one sentence of explanation.

    `pointers` are JSON Pointers into the record, the reported place first, then what it was checked against;
    a pointer into another dispatch is written `<dispatch id>#<pointer>`.
    """

    id: str
    dispatch: str
    check: Check
    verdict: Verdict
    reported: str | None = None
    computed: str | None = None
    explanation: str
    pointers: tuple[str, ...] = ()
