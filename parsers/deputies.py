"""Deputies whose `KT.` was not read: by the form (Nghị định 30/2020, Phụ lục I) a deputy signs for the head, and the
head's title stands with `KT.` above the deputy's. Offices often print the head's title alone and write or stamp the
rest, so on a scan the `KT` before it is a scrawl and the deputy's title may lie under the seal.
"""

from __future__ import annotations

from parsers.bodies import is_office, nearest_office
from parsers.fields import Span, is_doubtful, is_ocr, join_spans
from vietnamese.syllables import is_syllable

_DEPUTY = "PHÓ "
_PARTY_DEPUTY = "BÍ THƯ"
"""A deputy of this one signs on behalf of the committee (`T/M`), not for the head (Hướng dẫn 36-HD/VPTW)."""
_SPECKS = " .,'`-–—_·"


def office_of(span: Span) -> str:
    """The office that a line is, as OCR may have misread it, in capitals; empty where it is none that we know."""
    return nearest_office(join_spans([span])) or ""


def head_of(title: str) -> str | None:
    """The title of the head whom a deputy stands in for, None where the title is no such deputy's.

    >>> head_of("PHÓ GIÁM ĐỐC"), head_of("GIÁM ĐỐC"), head_of("PHÓ BÍ THƯ")
    ('GIÁM ĐỐC', None, None)
    """
    head = title.removeprefix(_DEPUTY)
    stands_in = head != title and head != _PARTY_DEPUTY and is_office(head)
    return head if stands_in else None


def scrawled_before(span: Span) -> str | None:
    """The office in a line of a picture before which ink stands that is no part of it."""
    paragraph, start, end = span
    office = office_of(span)
    if not office or office.startswith(_DEPUTY) or not is_ocr(paragraph):
        return None
    first, _, rest = paragraph.text[start:end].partition(" ")
    if not is_syllable(first) and nearest_office(rest) == office:
        return office
    ink = paragraph.text[:start].strip(_SPECKS)
    return office if ink and is_doubtful((paragraph, 0, start + len(first))) else None
