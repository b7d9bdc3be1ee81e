"""Where a record came from: the file, who read it and what was repaired."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from schemas.base import Record
from schemas.codes import WarningCode


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

    `found_in` says where a file lay that came inside another one (`thu.eml > dinh-kem/cv417.pdf`), null for any other.
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
    found_in: str | None = Field(
        default=None, description="Where it lay, if it came inside another file: `thu.eml > dinh-kem/cv417.pdf`."
    )
    steps: tuple[str, ...] = Field(default=(), description="Repairs that were made, in order.")


SuggestionSource = Literal[
    "pen",
    "field",
    "signature_time",
    "stamp",
    "arrival_stamp",
    "file_name",
    "neighbours",
    "print",
    "form",
    "correction",
]


class Suggestion(Record):
    """A value that was seen and not taken, as the record would hold it, and where: what a person may confirm.

    `pen`: strokes read from the picture; `field`: a form field or annotation; `stamp`: a stamp other than that of
    arrival; `neighbours`: dispatches of the same office in the archive; `print`: other words of the document or another
    reading of them; `form`: what the rules of form have at this place; `correction`: the other of two values of which a
    person gave one. `confidence` from 0 to 1, where the source has any.
    """

    value: str = Field(description="The value as the record would hold it.")
    source: SuggestionSource = Field(description="Where it was seen.")
    confidence: float | None = Field(default=None, description="From 0 to 1, where the source has any.")


def _of_now(code: object) -> object:
    """The code of a record kept before troubles had codes of their own: `low_confidence` stood for many."""
    return "unsure_reading" if code == "low_confidence" else code


class Notice(Record):
    """Something that a person should look at. `pointer` is a JSON Pointer into the record, or null.

    `suggestions` are values that were seen (by a pen, in a stamp, in the file's name) and not taken, the best first.
    `page` and `bbox` say where to look, and `quote` what stands there, when it is known.
    """

    code: Annotated[WarningCode, BeforeValidator(_of_now)] = Field(
        description="Kind of trouble, one code for one kind."
    )
    message: str = Field(description="A sentence for people, in Vietnamese.")
    pointer: str | None = Field(default=None, description="JSON Pointer of the value that it is about.")
    suggestions: tuple[Suggestion, ...] = Field(default=(), description="Values seen and not taken, the best first.")
    page: int | None = Field(default=None, description="Page to look at.")
    bbox: tuple[float, float, float, float] | None = Field(default=None, description="Where on the page, in points.")
    quote: str | None = Field(default=None, description="What stands there.")

    @property
    def suggested(self) -> str | None:
        """The best of the suggested values."""
        return self.suggestions[0].value if self.suggestions else None
