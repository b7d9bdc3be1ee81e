"""Fields read from lines: a value over several printed lines, with the way back to where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from parsers.passage import Passage
from parsers.trail import Trail
from schemas.dispatch import EvidenceOrigin
from schemas.document import Paragraph
from vietnamese.fold import fold

Span = tuple[Paragraph, int, int]
"""Characters `start:end` of a paragraph."""

_DASHES = str.maketrans({"–": "-", "—": "-", "‑": "-", "−": "-", "‐": "-", "⁄": "/", "∕": "/"})


def plain_dashes(text: str) -> str:
    """The same text, letter for letter, with one kind of hyphen and slash."""
    return text.translate(_DASHES)


def whole(paragraph: Paragraph) -> Span:
    """All of a paragraph as a span."""
    return paragraph, 0, len(paragraph.text)


def trimmed(span: Span, marks: str) -> Span:
    """The span without these characters, and white space, at its ends."""
    paragraph, start, end = span
    text = paragraph.text
    while start < end and (text[start] in marks or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in marks or text[end - 1].isspace()):
        end -= 1
    return paragraph, start, end


def join_spans(spans: Sequence[Span]) -> str:
    """The words of spans on one line; a word cut at a hyphen by the end of the line is put together.

    `CT-` / `XH huyện` gives `CT-XH huyện`; `2016 -` / `2020` keeps its space.
    """
    text = ""
    for paragraph, start, end in spans:
        piece = " ".join(paragraph.text[start:end].split())
        glued = text.endswith("-") and text[-2:-1].isalnum() and piece[:1].isalnum()
        text += piece if glued or not text or not piece else " " + piece
    return text


def show(trail: Trail, pointer: str, spans: Iterable[Span], origin: EvidenceOrigin) -> None:
    """Keep where a value stands."""
    passage = Passage.join(spans)
    if passage.text:
        trail.show(pointer, passage.evidence(0, len(passage.text), origin))


def folded_span(span: Span) -> str:
    """The folded text of a span."""
    paragraph, start, end = span
    return fold(paragraph.text)[start:end]


def starts_lower(text: str) -> bool:
    """Whether the first letter is a small one."""
    found = re.search(r"[^\W\d_]", text)
    return found is not None and found[0].islower()


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
