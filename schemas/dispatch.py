"""Dispatch: the validated record of one official dispatch. The public contract; `congvan schema` prints its schema.

Names are English, values Vietnamese as printed. What is not in the document is None or an empty tuple.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from schemas.base import SCHEMA_VERSION, Box, Record
from schemas.packed import Many, ManyNamed
from schemas.source import Notice, Source


class Delivery(Record):
    """One line of Nơi nhận: who gets a copy, and what for (`B/c`, `Lưu`, …)."""

    name: str
    purpose: str | None = None


class Signer(Record):
    """Who signed: `T/M BAN THƯỜNG VỤ`, `PHÓ BÍ THƯ`, `Bùi Gia Huân`."""

    authority: str | None = None
    title: str | None = None
    name: str | None = None


class Header(Record):
    """The letterhead, the signature block and the lists of recipients."""

    parent_body: str | None = None
    issuing_body: str | None = None
    number: int | None = None
    symbol: str | None = None
    so_hieu: str | None = None
    doc_type: str | None = None
    subject: str | None = None
    place: str | None = None
    date: dt.date | None = None
    year: int | None = None
    recipients: tuple[str, ...] = ()
    distribution: tuple[Delivery, ...] = ()
    signers: tuple[Signer, ...] = ()
    urgency: str | None = None
    secrecy: str | None = None
    is_draft: bool = False


class Directive(Record):
    """One item of what is asked. `id` is the path of positions (`1`, `1.2`, `III.4`); bullets count from 1."""

    id: str
    parent: str | None = None
    label: str | None = None
    heading: str | None = None
    text: str
    assignees: tuple[str, ...] = ()
    coordinate_with: tuple[str, ...] = ()
    report_to: tuple[str, ...] = ()
    deadlines: tuple[str, ...] = ()


DeadlineKind = Literal["before", "by", "during", "after_event", "recurring"]
Granularity = Literal["day", "month", "quarter", "half", "year"]


class Deadline(Record):
    """By when. `due` is the last day on which it is still on time, read strictly.

    `trước ngày 15/8/2024` is due on the 14th, with the 15th as `alternative_due`. `directive` is the id of the item
    that it stands in. `recurrence` is an RFC 5545 RRULE, `timex` a TIMEX3 value.
    """

    id: str
    directive: str | None = None
    phrase: str
    kind: DeadlineKind
    start: dt.date | None = None
    due: dt.date | None = None
    due_time: str | None = Field(default=None, pattern=r"^\d\d:\d\d$")
    alternative_due: dt.date | None = None
    granularity: Granularity | None = None
    recurrence: str | None = None
    timex: str | None = None
    tentative: bool = False
    anchor: str | None = None
    working_days: bool = False
    assignees: tuple[str, ...] = ()


class Reference(Record):
    """A document that the dispatch cites, once, in order of first mention."""

    text: str
    doc_type: str | None = None
    so_hieu: str | None = None
    date: dt.date | None = None
    issuer: str | None = None


ColumnKind = Literal["ordinal", "text", "integer", "decimal", "percent", "date"]
RowKind = Literal["data", "section", "subtotal", "total"]


class Column(Record):
    """A column: its heading levels from the top, what it holds, the unit it is measured in (`triệu đồng`, `%`).

    `number` is what the numbering row under the heading prints for it, formula included: `A`, `(4)`, `9=7/4`.
    """

    path: tuple[str, ...]
    kind: ColumnKind
    measure: str | None = None
    number: str | None = None


class TableCell(Record):
    """`text` as printed; `value` an int, a decimal string (percentages in percent units), a str, or None if blank."""

    text: str
    value: int | str | None = None


class Row(Record):
    """A row of a table, with the page it is printed on."""

    kind: RowKind
    cells: tuple[TableCell, ...]
    page: int | None = None


class Table(Record):
    """An appendix table, its pieces on several pages joined."""

    id: str
    label: str | None = None
    caption: str | None = None
    note: str | None = None
    pages: tuple[int, ...] = ()
    columns: tuple[Column, ...]
    rows: Many[Row]


ClaimKind = Literal["ratio", "share", "achievement", "comparison", "count", "total"]


class Claim(Record):
    """A figure reported in prose. `percent` is a decimal string with a point, `decimals` how many were printed."""

    id: str
    text: str
    kind: ClaimKind
    subject: str | None = None
    numerator: int | str | None = None
    denominator: int | str | None = None
    percent: str | None = None
    decimals: int | None = None
    qualifier: str | None = None
    scope: str | None = None


class Note(Record):
    """A footnote."""

    mark: str
    text: str


EvidenceOrigin = Literal["letterhead", "body", "signature_block", "caption", "inferred", "field", "pen"]


class Evidence(Record):
    """Where a value stands: page, box in points from the top left (None for text input), words, and confidence.

    `field`: printed into its blank as the appearance of a signature field, form field or annotation; `pen`: written by
    hand and read from the picture.
    """

    page: int | None = None
    bbox: Box | None = None
    quote: str
    origin: EvidenceOrigin
    confidence: float = 1.0


Regime = Literal["party", "state"]


class Dispatch(Record):
    """One dispatch. `id` is the SHA-256 of its file; dispatches bound into the same file add `#2`, `#3`."""

    schema_version: str = SCHEMA_VERSION
    id: str
    source: Source
    regime: Regime | None = None
    header: Header
    directives: Many[Directive] = ()
    deadlines: Many[Deadline] = ()
    references: Many[Reference] = ()
    tables: tuple[Table, ...] = ()
    claims: Many[Claim] = ()
    footnotes: tuple[Note, ...] = ()
    attached: Many[Dispatch] = ()
    evidence: ManyNamed[tuple[Evidence, ...]] = Field(default_factory=dict)
    warnings: Many[Notice] = ()
