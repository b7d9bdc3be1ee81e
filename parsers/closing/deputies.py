"""Deputies whose `KT.` was not read: by the form (Nghị định 30/2020, Phụ lục I) a deputy signs for the head, and the
head's title stands with `KT.` above the deputy's. Offices often print the head's title alone and write or stamp the
rest, so on a scan the `KT` before it is a scrawl and the deputy's title may lie under the seal.
"""

from __future__ import annotations

import re
from functools import cache

from form.ocr_doubts import is_doubtful, is_ocr
from form.offices import body_level, is_office, is_whole_office, nearest_office, spelt_phrases
from form.spans import Span, join_spans
from vietnamese.fold import fold
from vietnamese.syllables import is_syllable

_DEPUTY = "PHÓ "
_PARTY_DEPUTY = "BÍ THƯ"
"""A deputy of this one signs on behalf of the committee (`T/M`), not for the head (Hướng dẫn 36-HD/VPTW)."""
_LAST_TWO = re.compile(r"([^\W\d_]+)\s+([^\W\d_]+)\W*$")
_LEAST = 5
"""Letters that must be left of an office to know it by its end."""
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


def head_at_end(text: str) -> tuple[str, bool] | None:
    """The head's title with which a line in capitals ends and whether its beginning is hidden; None where none does.

    >>> head_at_end("Ủ TỊCH"), head_at_end("KT. TỔNG GIÁM ĐỐC"), head_at_end("SỞ Y TẾ")
    (('CHỦ TỊCH', True), ('TỔNG GIÁM ĐỐC', False), None)
    """
    if not " ".join(text.split()[-2:]).isupper() or body_level(text) is not None:
        return None
    words = [word for word in text.split() if fold(word.strip(_SPECKS)) != "pho"]
    for start in range(len(words) - 1):
        plain = fold(" ".join(words[start:])).strip(_SPECKS)
        if plain in _heads():
            return _heads()[plain], False
        if is_whole_office(plain):
            return " ".join(words[start:]).strip(_SPECKS), False
    found = _LAST_TWO.search(text)
    end = fold(found[1] + found[2]) if found else ""
    ending = [title for plain, title in _heads().items() if plain.replace(" ", "").endswith(end)]
    return (min(ending, key=len), True) if len(end) >= _LEAST and ending else None


@cache
def _heads() -> dict[str, str]:
    """Titles of heads by their plain letters, in capitals as the table spells them."""
    offices = (phrase for phrase in spelt_phrases() if is_office(phrase) and not phrase.startswith("phó "))
    return {fold(phrase): phrase.upper() for phrase in offices}


def is_deputy_of(text: str, head: str) -> bool:
    """Whether a line is, plainly read, the title of a deputy of this head.

    >>> is_deputy_of("PHÓ TRƯỞNG PHÒNG", "TRƯỞNG PHÒNG"), is_deputy_of("* GIÁM ĐỐC", "GIÁM ĐỐC")
    (True, False)
    """
    return fold(text).endswith(fold(_DEPUTY + head))
