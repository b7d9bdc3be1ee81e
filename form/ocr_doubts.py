"""What OCR was unsure of in a line: ink beside print, the edge of a stamp, a scrawl."""

from __future__ import annotations

import re

from form.spans import Span
from schemas.document import Paragraph


def is_ocr(paragraph: Paragraph) -> bool:
    """Whether a paragraph was read from a picture: its weight is then a guess, and its marks may be wrong."""
    return any(word.confidence is not None for word in paragraph.words)


_DOUBTFUL = 0.72
"""Digits that OCR is less sure of than this are as often ink as print: printed ones in scans of 200 dpi score 0.9."""


def is_doubtful(span: Span) -> bool:
    """Whether OCR was unsure of these characters."""
    paragraph, start, end = span
    words = [word for word in paragraph.words if word.start < end and word.end > start]
    return any(word.confidence is not None and word.confidence < _DOUBTFUL for word in words)


_UNSURE = 0.6
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


def is_stray(paragraph: Paragraph) -> bool:
    """Whether a short line of a scan is a stamp's edge or a scrawl and no print: OCR is unsure of it."""
    words = [(word.end - word.start, word.confidence) for word in paragraph.words if word.confidence is not None]
    letters = sum(length for length, _ in words)
    if not letters or len(paragraph.text) > _STRAY_LENGTH:
        return False
    return sum(length * confidence for length, confidence in words) < _STRAY * letters
