"""Number, date and issuer out of an appendix caption: `(Kèm theo Kế hoạch số 72-KH/HU ngày … của …)`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from form.date_line import PlaceDate, read_place_date
from form.doc_types import names_pattern, type_named
from form.number_line import OfficialNumber, read_official_number
from form.spans import Span
from parsers.record.zones import Parts
from schemas.document import Paragraph
from vietnamese.fold import fold

_CAPTION = re.compile(
    rf"kem\s+theo\s+(?P<kind>{names_pattern()})\s+(?=so\b)(?P<sign>so\W{{0,3}}[^,;()]{{2,45}}?)[\s,]*"
    rf"(?P<date>\bngay\b.{{2,40}}?)?\s*\bcua\s+(?P<issuer>[^()]{{3,120}}?)\s*(?:[)/.;]|$)"
)
_LONGER = re.compile(
    r"(?:(?:\s+(?:xã|phường|thị trấn|huyện|quận|thị xã|tỉnh|thành phố|các)(?=\s+[^\W\d_a-zà-ỹđ]))?"
    r"\s+[^\W\d_a-zà-ỹđ]\w*(?:\s+(?:ủy|uỷ|bộ)\b)?)+"
)
"""How a name goes on: capitalised words, with the unit's kind before them, or `uỷ`, `bộ` behind."""


@dataclass(frozen=True)
class HeadCaption:
    """What a caption says of the dispatch that it belongs to."""

    paragraph: Paragraph
    kind: str | None
    number: OfficialNumber | None
    sign_span: Span
    date: PlaceDate | None
    date_span: Span | None
    issuer_span: Span


def read_captions(parts: Parts) -> Iterator[HeadCaption]:
    """The captions in the appendices that name the dispatch itself."""
    for block in parts.appendices:
        if isinstance(block, Paragraph):
            found = _CAPTION.search(fold(block.text))
            if found is not None:
                yield _caption(block, found)


def _caption(paragraph: Paragraph, found: re.Match[str]) -> HeadCaption:
    text = paragraph.text
    kind = type_named(found["kind"])
    date_text = text[found.start("date") : found.end("date")] if found["date"] else None
    return HeadCaption(
        paragraph=paragraph,
        kind=kind.key if kind else None,
        number=read_official_number(text[found.start("sign") : found.end("sign")]),
        sign_span=(paragraph, *found.span("sign")),
        date=read_place_date(date_text) if date_text else None,
        date_span=(paragraph, *found.span("date")) if found["date"] else None,
        issuer_span=(paragraph, *found.span("issuer")),
    )


def full_issuer(short: str, paragraphs: Sequence[Paragraph]) -> str:
    """The longer name that the text itself gives the issuer: `Ban Tổ chức` is its `Ban Tổ chức Huyện uỷ`."""
    pattern = re.compile(rf"\b{re.escape(fold(short))}\b")
    names: Counter[str] = Counter()
    for paragraph in paragraphs:
        for found in pattern.finditer(fold(paragraph.text)):
            longer = _LONGER.match(paragraph.text, found.end())
            names.update([paragraph.text[found.start() : longer.end()]] if longer else [])
    return names.most_common(1)[0][0] if names else short
