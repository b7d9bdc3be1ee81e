"""What OCR was unsure of in a line: ink beside print, the edge of a stamp, a scrawl.

The bounds were looked at on scans (200 dpi, JPEG, noise, half of them under a seal) of the letters of
`tests/cases/offices`: 7,157 words that OCR read right, 352 of them with figures, and 42 that it read wrong.
"""

from __future__ import annotations

import re

from form.offices import surnames
from form.spans import Span, join_spans
from schemas.base import Box
from schemas.document import Paragraph
from schemas.doubts import Doubt
from vietnamese.fold import fold
from vietnamese.surnames import is_surname
from vietnamese.syllables import is_syllable


def is_ocr(paragraph: Paragraph) -> bool:
    """Whether a paragraph was read from a picture: its weight is then a guess, and its marks may be wrong."""
    return any(word.confidence is not None for word in paragraph.words)


_CLEAR = 0.85
"""Of clear print 1 % has less."""

_DOUBTFUL = 0.72
"""Less than this had 3 in 1,000 of the printed figures that were read right, and 3 of the 4 that were read wrong."""


def is_doubtful(span: Span) -> bool:
    """Whether OCR was unsure of these characters."""
    paragraph, start, end = span
    words = [word for word in paragraph.words if word.start < end and word.end > start]
    return any(word.trust is not None and word.trust < _DOUBTFUL for word in words)


_UNSURE = 0.6
"""Less than this had 1 in 1,000 of the words that were read right, and 1 in 7 of those read wrong."""
_NO_LETTER = re.compile(r"[^\W\d_][=«»£€$§¢¥<>{}|~]|[=«»£€$§¢¥<>{}|~][^\W\d_]")


def is_unsure(span: Span) -> bool:
    """Whether OCR was quite unsure of a word in these characters, or read signs among its letters: `Kthnza=«n2`."""
    paragraph, start, end = span
    for word in paragraph.words:
        if word.confidence is None or word.end <= start or word.start >= end:
            continue
        text = paragraph.text[word.start : word.end]
        unsure = (word.trust or 0.0) < _UNSURE and sum(character.isalnum() for character in text) > 1
        if unsure or _NO_LETTER.search(text):
            return True
    return False


_STRAY, _STRAY_LENGTH = 0.62, 40
"""The mean of a short line's words, weighted by their letters: no printed line of those scans had so little."""


def is_stray(paragraph: Paragraph) -> bool:
    """Whether a short line of a scan is a stamp's edge or a scrawl and no print: OCR is unsure of it."""
    words = [(word.end - word.start, word.trust) for word in paragraph.words if word.trust is not None]
    letters = sum(length for length, _ in words)
    if not letters or len(paragraph.text) > _STRAY_LENGTH:
        return False
    return sum(length * trust for length, trust in words) < _STRAY * letters


_MIDDLE_NAMES = frozenset({"Thị", "Văn"})
"""Where a name begins with one of these beside ink, the surname is as like as not under it."""


def is_sure(span: Span, *, above: bool = False) -> bool:
    """Whether OCR was sure of each word; `above` also that no ink of a seal runs beside them."""
    words = [word for word in span[0].words if word.start < span[2] and word.end > span[1]]
    clear = all(word.trust is None or word.trust >= _CLEAR for word in words)
    return bool(words) and clear and not (above and any(Doubt.UNDER_INK in word.doubts for word in words))


def box_of(span: Span) -> Box | None:
    """The box around the words of these characters, where their places are known."""
    boxes = [word.box for word in span[0].words if word.start < span[2] and word.end > span[1] and word.box is not None]
    if not boxes:
        return None
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))


def is_right_below(above: Span, below: Span) -> bool:
    """Whether the second line stands under the first with no line between; True where the places are not known."""
    upper, lower = box_of(above), box_of(below)
    if upper is None or lower is None:
        return True
    beside = lower[0] > upper[2] or lower[2] < upper[0]
    return not beside and lower[1] - upper[1] < 2.5 * (upper[3] - upper[1])


def is_half_name(name: Span) -> bool:
    """Whether OCR was unsure of a name and made words of it that are no names: ink hides a part of it.

    A first word that is no surname but for its beginning may be a name of another people.
    """
    words = [word for word in join_spans([name]).split() if word.isalpha()]
    if words and words[0] in _MIDDLE_NAMES and not is_sure((name[0], name[1], name[1] + len(words[0])), above=True):
        return True
    if not words or not is_doubtful(name):
        return False
    if is_surname(words[0]):
        return not all(map(is_syllable, words))
    rest = fold(words[0])[1:]
    return len(rest) > 1 and any(known.endswith(rest) for known in surnames())
