"""Where a record came from: the file, who read it and what was repaired."""

from __future__ import annotations

import datetime as dt

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


class Notice(Record):
    """Something that a person should look at. `pointer` is a JSON Pointer into the record, or null.

    `suggestion` holds a value that was seen elsewhere (a stamp, a form widget, the file's name) and not taken.
    `page` and `bbox` say where to look, when it is known.
    """

    code: str
    message: str
    pointer: str | None = None
    suggestion: str | None = None
    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None
