"""Dispatch: the validated record of one official dispatch. The public contract; `congvan schema` prints its schema.

Names are English, values Vietnamese as printed. What is not in the document is None or an empty tuple.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from schemas.base import SCHEMA_VERSION, Box, Record
from schemas.doc_type import DocType
from schemas.doubts import Doubts
from schemas.packed import Many, ManyNamed
from schemas.source import Notice, Source

Urgency = Literal["HỎA TỐC HẸN GIỜ", "HỎA TỐC", "THƯỢNG KHẨN", "KHẨN"]
Secrecy = Literal["TUYỆT MẬT", "TỐI MẬT", "MẬT"]


class Delivery(Record):
    """One line of Nơi nhận: who gets a copy, and what for (`B/c`, `Lưu`, …)."""

    name: str = Field(description="Who gets a copy, as printed; for the line Lưu, where it is kept.")
    purpose: str | None = Field(default=None, description="What the copy is for (`B/c`, `để thực hiện`, `Lưu`).")


class Signer(Record):
    """Who signed: `T/M BAN THƯỜNG VỤ`, `PHÓ BÍ THƯ`, `Bùi Gia Huân`."""

    authority: str | None = Field(default=None, description="On whose behalf (`T/M …`, `TM. …`, `KT. …`, `TL. …`).")
    title: str | None = Field(default=None, description="The signer's office.")
    name: str | None = Field(default=None, description="The signer's name.")


class Header(Record):
    """The letterhead, the signature block and the lists of recipients."""

    parent_body: str | None = Field(default=None, description="Cơ quan chủ quản, as printed.")
    issuing_body: str | None = Field(
        default=None, description="Cơ quan ban hành, its lines joined; ` - ` between several."
    )
    number: int | None = Field(default=None, description="The number within số hiệu.")
    symbol: str | None = Field(default=None, description="Ký hiệu without spaces: `CV/HU`, `UBND-NV`.")
    so_hieu: str | None = Field(
        default=None, description="Number and ký hiệu as the form writes them; null on a draft."
    )
    doc_type: DocType | None = Field(default=None, description="Type of document, by the two rules of form.")
    subject: str | None = Field(default=None, description="Trích yếu on one line, without `V/v` or `Về việc`.")
    place: str | None = Field(default=None, description="Place of the line of place and date.")
    date: dt.date | None = Field(default=None, description="Day of the line of place and date, and of no other.")
    year: int | None = Field(default=None, description="Its year, kept where a draft leaves day and month blank.")
    recipients: tuple[str, ...] = Field(default=(), description="Who is addressed under Kính gửi.")
    distribution: tuple[Delivery, ...] = Field(default=(), description="The lines of Nơi nhận.")
    signers: tuple[Signer, ...] = Field(default=(), description="Who signed; several when jointly issued.")
    urgency: Urgency | None = Field(default=None, description="Mark of urgency.")
    secrecy: Secrecy | None = Field(default=None, description="Mark of secrecy.")
    is_draft: bool = Field(default=False, description="Number or day left blank, or marked DỰ THẢO.")


class Directive(Record):
    """One item of what is asked. `id` is the path of positions (`1`, `1.2`, `III.4`); bullets count from 1."""

    id: str = Field(description="Path of positions.")
    parent: str | None = Field(default=None, description="Id of the item above.")
    label: str | None = Field(default=None, description="Label as printed: `1`, `a)`, `-`, `III`.")
    heading: str | None = Field(default=None, description="The line's own heading, where it has one.")
    text: str = Field(description="The whole item, its label removed.")
    assignees: tuple[str, ...] = Field(default=(), description="Who must act; inherited where the item names nobody.")
    coordinate_with: tuple[str, ...] = Field(default=(), description="With whom it is only coordinated.")
    report_to: tuple[str, ...] = Field(default=(), description="To whom it is reported or sent.")
    deadlines: tuple[str, ...] = Field(default=(), description="Ids of its deadlines.")
    product: str | None = Field(default=None, description="What comes of it, where a line says so: `Sản phẩm: …`.")


DeadlineKind = Literal["before", "by", "during", "after_event", "recurring"]
Granularity = Literal["day", "month", "quarter", "half", "year"]


class Deadline(Record):
    """By when. `due` is the last day on which it is still on time, read strictly.

    `trước ngày 15/8/2024` is due on the 14th, with the 15th as `alternative_due`. `directive` is the id of the item
    that it stands in. `recurrence` is an RFC 5545 RRULE, `timex` a TIMEX3 value.
    """

    id: str = Field(description="Id within the record.")
    directive: str | None = Field(default=None, description="Id of the item that it stands in.")
    phrase: str = Field(description="The words as printed.")
    kind: DeadlineKind = Field(description="How the words bind: before, by, during, after an event, recurring.")
    start: dt.date | None = Field(default=None, description="First day, where a stretch of time is given.")
    due: dt.date | None = Field(
        default=None, description="Last day on time, read strictly; null if it cannot be computed."
    )
    due_time: str | None = Field(
        default=None, pattern=r"^\d\d:\d\d$", description="Hour of that day, `HH:MM`, if printed."
    )
    alternative_due: dt.date | None = Field(default=None, description="The other defensible reading.")
    granularity: Granularity | None = Field(default=None, description="How exactly the time is given.")
    recurrence: str | None = Field(default=None, description="RFC 5545 RRULE of a recurring one.")
    timex: str | None = Field(default=None, description="TIMEX3 value.")
    tentative: bool = Field(default=False, description="Whether it is only planned (`dự kiến`).")
    anchor: str | None = Field(default=None, description="What a length of time counts from (`ngày ký`).")
    working_days: bool = Field(default=False, description="Whether working days are counted.")
    assignees: tuple[str, ...] = Field(default=(), description="Who must meet it.")


class Reference(Record):
    """A document that the dispatch cites, once, in order of first mention."""

    text: str = Field(description="The citation as printed.")
    doc_type: DocType | None = Field(default=None, description="Type of the cited document.")
    so_hieu: str | None = Field(default=None, description="Its số hiệu.")
    date: dt.date | None = Field(default=None, description="Its day.")
    issuer: str | None = Field(default=None, description="Who issued it, as printed.")


def _is_none(value: object) -> bool:
    return value is None


def _is_one(value: int) -> bool:
    return value == 1


ColumnKind = Literal["ordinal", "text", "integer", "decimal", "percent", "date"]
RowKind = Literal["data", "section", "subtotal", "total"]


class Column(Record):
    """A column: its heading levels from the top, what it holds, the unit it is measured in (`triệu đồng`, `%`).

    `number` is what the numbering row under the heading prints for it, formula included: `A`, `(4)`, `9=7/4`.
    """

    path: tuple[str, ...] = Field(description="Heading levels from the top.")
    kind: ColumnKind = Field(description="What the column holds.")
    measure: str | None = Field(default=None, description="Unit of measure that the heading names.")
    number: str | None = Field(default=None, description="What the numbering row prints for it, formula included.")


class TableCell(Record):
    """`text` as printed; `value` an int, a decimal string (percentages in percent units), a str, or None if blank.

    `decimals` says that the text was read as a figure, and how many places behind its point are printed. A figure that
    spans rows stands once for all of them and belongs to none alone. What is at its default is left out of the JSON.
    """

    text: str = Field(description="As printed.")
    value: int | str | None = Field(default=None, description="Typed value; null for a blank, which is not zero.")
    decimals: int | None = Field(
        default=None, exclude_if=_is_none, description="Decimals printed; null where it is no figure."
    )
    rows: int = Field(default=1, ge=1, exclude_if=_is_one, description="How many rows it spans.")
    cols: int = Field(default=1, ge=1, exclude_if=_is_one, description="How many columns it spans.")


class Row(Record):
    """A row of a table, with the page it is printed on."""

    kind: RowKind = Field(description="Data, heading of a section, subtotal or total.")
    cells: tuple[TableCell, ...] = Field(description="One cell a column.")
    page: int | None = Field(default=None, description="Page that it is printed on.")


class Table(Record):
    """An appendix table, its pieces on several pages joined."""

    id: str = Field(description="Id within the record.")
    label: str | None = Field(default=None, description="Its label: `Phụ lục 01`.")
    caption: str | None = Field(default=None, description="Its title.")
    note: str | None = Field(default=None, description="What stands in brackets under the title, or below the table.")
    pages: tuple[int, ...] = Field(default=(), description="Pages that it is printed on.")
    columns: tuple[Column, ...] = Field(description="Its columns.")
    rows: Many[Row] = Field(description="Its rows, headings left out.")


ClaimKind = Literal["ratio", "share", "achievement", "comparison", "count", "total"]


class Claim(Record):
    """A figure reported in prose. `percent` is a decimal string with a point, `decimals` how many were printed."""

    id: str = Field(description="Id within the record.")
    text: str = Field(description="The words as printed.")
    kind: ClaimKind = Field(description="What kind of figure it is.")
    subject: str | None = Field(default=None, description="What is counted.")
    numerator: int | str | None = Field(default=None, description="The part.")
    denominator: int | str | None = Field(default=None, description="The whole, or what is compared with.")
    percent: str | None = Field(default=None, description="The percentage, a decimal string with a point.")
    decimals: int | None = Field(default=None, description="How many decimals of it are printed.")
    qualifier: str | None = Field(default=None, description="`goal`, `threshold`, or a hedge as printed.")
    scope: str | None = Field(default=None, description="What whole it speaks of.")
    time: str | None = Field(
        default=None,
        exclude_if=_is_none,
        description="Words before it, in its paragraph or in the heading above, that say of which time it is.",
    )


class Note(Record):
    """A footnote."""

    mark: str = Field(description="Its mark.")
    text: str = Field(description="Its text.")


EvidenceOrigin = Literal["letterhead", "body", "signature_block", "caption", "inferred", "field", "pen"]


def _is_empty(value: Doubts) -> bool:
    return not value


class Evidence(Record):
    """Where a value stands: page, box in points from the top left (None for text input), words, and confidence.

    `field`: printed into its blank as the appearance of a signature field, form field or annotation; `pen`: written by
    hand and read from the picture. `doubts` is why a reading may be wrong; `confidence` is then lowered by it.
    """

    page: int | None = Field(default=None, description="Page, from 1.")
    bbox: Box | None = Field(default=None, description="`[x0, top, x1, bottom]` in points from the page's top left.")
    quote: str = Field(description="The words that say it.")
    origin: EvidenceOrigin = Field(description="Which part of the page it was read from.")
    confidence: float = Field(default=1.0, description="From 0 to 1; below 1 only where it was read from a picture.")
    doubts: Doubts = Field(
        default=(),
        exclude_if=_is_empty,
        description="Why what was read may be wrong, by kinds.",
    )


Regime = Literal["party", "state"]


class Dispatch(Record):
    """One dispatch. `id` is the SHA-256 of its file; dispatches bound into the same file add `#2`, `#3`."""

    schema_version: str = Field(default=SCHEMA_VERSION, description="Version of this schema.")
    id: str = Field(description="SHA-256 of the file; `#2`, `#3` behind it for what is bound into the same file.")
    source: Source = Field(description="The file behind the record.")
    regime: Regime | None = Field(default=None, description="Whose rules of form it follows.")
    header: Header = Field(description="Letterhead, signature, recipients.")
    directives: Many[Directive] = Field(default=(), description="What is asked of whom, in reading order.")
    deadlines: Many[Deadline] = Field(default=(), description="By when.")
    references: Many[Reference] = Field(default=(), description="Other documents that it cites.")
    tables: tuple[Table, ...] = Field(default=(), description="Appendix tables.")
    claims: Many[Claim] = Field(default=(), description="Figures reported in prose.")
    footnotes: tuple[Note, ...] = Field(default=(), description="Footnotes.")
    attached: Many[Dispatch] = Field(default=(), description="Further dispatches bound into the same file.")
    evidence: ManyNamed[tuple[Evidence, ...]] = Field(
        default_factory=dict, description="By JSON Pointer of a value, where it stands in the file."
    )
    warnings: Many[Notice] = Field(default=(), description="What a person should look at.")
