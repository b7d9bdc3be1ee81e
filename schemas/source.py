"""Where a record came from: the file, who read it and what was repaired."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from schemas.base import Record


class Ocr(Record):
    """The OCR engine that read a scan, and its mean confidence from 0 to 1."""

    engine: str = Field(description="Name and version of the OCR engine.")
    mean_confidence: float = Field(description="Mean confidence over all words, from 0 to 1.")


class Signature(Record):
    """One digital signature of a PDF. `intact`: unaltered since signing; `trusted`: by a root the office trusts."""

    by: str | None = Field(default=None, description="Who signed, by the certificate.")
    organisation: str | None = Field(default=None, description="The signer's organisation, by the certificate.")
    issuer: str | None = Field(default=None, description="Who issued the certificate.")
    time: dt.datetime | None = Field(default=None, description="When it was signed.")
    intact: bool | None = Field(default=None, description="Whether what was signed is unaltered.")
    trusted: bool | None = Field(default=None, description="Whether a root that the office trusts vouches for it.")


class Source(Record):
    """The file behind a record.

    `steps` names the repairs that were made, in order (`nfc`, `tcvn3`, `join_page_break`, `ocr_page_3`, …).
    """

    name: str = Field(description="Name of the file.")
    media_type: str = Field(description="Media type, told by content.")
    size: int = Field(description="Size in bytes.")
    sha256: str = Field(description="SHA-256 of its bytes, hexadecimal.")
    reader: str = Field(description="Which reader read it.")
    pages: int | None = Field(default=None, description="Number of pages, where the format has them.")
    ocr: Ocr | None = Field(default=None, description="Set where pages were read by OCR.")
    signatures: tuple[Signature, ...] = Field(default=(), description="Digital signatures of a PDF.")
    steps: tuple[str, ...] = Field(default=(), description="Repairs that were made, in order.")


class Notice(Record):
    """Something that a person should look at. `pointer` is a JSON Pointer into the record, or null.

    `suggestion` holds a value that was seen elsewhere (a stamp, a form widget, the file's name) and not taken.
    `page` and `bbox` say where to look, when it is known.
    """

    code: str = Field(description="Kind of trouble, one code for one kind.")
    message: str = Field(description="A sentence for people, in Vietnamese.")
    pointer: str | None = Field(default=None, description="JSON Pointer of the value that it is about.")
    suggestion: str | None = Field(default=None, description="A value seen elsewhere and not taken.")
    page: int | None = Field(default=None, description="Page to look at.")
    bbox: tuple[float, float, float, float] | None = Field(default=None, description="Where on the page, in points.")
