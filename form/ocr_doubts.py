"""What OCR was unsure of in a line: ink beside print, the edge of a stamp, a scrawl.

The bounds were looked at on scans (200 dpi, JPEG, noise, half of them under a seal) of the letters of
`tests/cases/offices`: 7,157 words that OCR read right, 352 of them with figures, and 42 that it read wrong.
"""

from __future__ import annotations

import re

from form.spans import Span
from schemas.document import Paragraph


def is_ocr(paragraph: Paragraph) -> bool:
    """Whether a paragraph was read from a picture: its weight is then a guess, and its marks may be wrong."""
    return any(word.confidence is not None for word in paragraph.words)


UNDER_INK = 0.85
"""What the reader of scans gives at most to a word through or beside which ink runs; of clear print 1 % has less."""

_DOUBTFUL = 0.72
"""Less than this had 3 in 1,000 of the printed figures that were read right, and 3 of the 4 that were read wrong."""


def is_doubtful(span: Span) -> bool:
    """Whether OCR was unsure of these characters."""
    paragraph, start, end = span
    words = [word for word in paragraph.words if word.start < end and word.end > start]
    return any(word.confidence is not None and word.confidence < _DOUBTFUL for word in words)


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
        unsure = word.confidence < _UNSURE and sum(character.isalnum() for character in text) > 1
        if unsure or _NO_LETTER.search(text):
            return True
    return False


_STRAY, _STRAY_LENGTH = 0.62, 40
"""The mean of a short line's words, weighted by their letters: no printed line of those scans had so little."""


def is_stray(paragraph: Paragraph) -> bool:
    """Whether a short line of a scan is a stamp's edge or a scrawl and no print: OCR is unsure of it."""
    words = [(word.end - word.start, word.confidence) for word in paragraph.words if word.confidence is not None]
    letters = sum(length for length, _ in words)
    if not letters or len(paragraph.text) > _STRAY_LENGTH:
        return False
    return sum(length * confidence for length, confidence in words) < _STRAY * letters
