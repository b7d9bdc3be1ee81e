"""Where a record came from: the file, who read it and what was repaired."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from schemas.base import Record


class Ocr(Record):
    """The OCR engine that read a scan, and its mean confidence from 0 to 1."""

    engine: str
    mean_confidence: float


class Signature(Record):
    """One digital signature of a PDF. `intact`: unaltered since signing; `trusted`: by a root the office trusts."""

    by: str | None = None
    organisation: str | None = None
    issuer: str | None = None
    time: dt.datetime | None = None
    intact: bool | None = None
    trusted: bool | None = None


class Source(Record):
    """The file behind a record.

    `steps` names the repairs that were made, in order (`nfc`, `tcvn3`, `join_page_break`, `ocr_page_3`, …).
    """

    name: str
    media_type: str
    size: int
    sha256: str
    reader: str
    pages: int | None = None
    ocr: Ocr | None = None
    signatures: tuple[Signature, ...] = ()
    steps: tuple[str, ...] = ()


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

    value: str
    source: SuggestionSource
    confidence: float | None = None


class Notice(Record):
    """Something that a person should look at. `pointer` is a JSON Pointer into the record, or null.

    `suggestions` are values that were seen (by a pen, in a stamp, in the file's name) and not taken, the best first.
    `page` and `bbox` say where to look, and `quote` what stands there, when it is known.
    """

    code: str
    message: str
    pointer: str | None = None
    suggestions: tuple[Suggestion, ...] = ()
    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    quote: str | None = None

    @property
    def suggested(self) -> str | None:
        """The best of the suggested values."""
        return self.suggestions[0].value if self.suggestions else None
