"""Nơi nhận on a scan without what is no print of it: strokes of the signature and the seal's edge.

By the form (Nghị định 30/2020, Phụ lục I, ô 7c, 8 and 9b) the list stands at the bottom left, the signature beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from form.ocr_doubts import is_doubtful, is_ocr
from form.spans import Span
from schemas.document import Paragraph, Word

_APART = 22.0
"""Points between two words that no line of the list leaves: three spaces of its letters of 11 points."""
_FAR = 150.0
"""Points to the right of the list's edge at which no line of it begins: two thirds of its half of the page."""
_BULLET = re.compile(r"\W{0,2}[-–—+•]")
_NO_WORD = re.compile(r"\s+(?:\d?[?@#^~|*%&<>=]+\d?|[^\w\s)”\"'.;,]{1,3})\W*$")
"""What is left of a stroke behind the last word: `@`, `7?`."""


def without_ink(spans: Sequence[Span]) -> list[Span]:
    """The lines of a list without the words, and the lines, that are ink beside it.

    Words are dropped that stand behind a gap and were read with doubt, lines that begin far from the edge and were.
    """
    edges = [box[0] for line, start, _ in spans if _BULLET.match(line.text[start:]) and (box := _box(line))]
    edge = min(edges, default=None)
    return [cut for span in spans for cut in _cut(span, edge)]


def without_strokes(text: str) -> str:
    """An item without the signs of a stroke behind its last word.

    >>> without_strokes("VT, NV (3b). @"), without_strokes("VT, KT 7?"), without_strokes("VT, TH&NC")
    ('VT, NV (3b).', 'VT, KT', 'VT, TH&NC')
    """
    return _NO_WORD.sub("", text)


def _cut(span: Span, edge: float | None) -> Iterator[Span]:
    line, start, end = span
    if not is_ocr(line):
        yield span
        return
    words = [word for word in line.words if word.start >= start and word.end <= end]
    first = _box(line)
    if edge is not None and first and first[0] > edge + _FAR and is_doubtful(span):
        return
    for place in range(1, len(words)):
        if _gap(words[place - 1], words[place]) > _APART and _is_ink(line, words[place:]):
            yield line, start, words[place - 1].end
            return
    yield span


def _is_ink(line: Paragraph, words: Sequence[Word]) -> bool:
    """Whether OCR was unsure of each word or read no word there."""
    return all(
        is_doubtful((line, word.start, word.end)) or not any(map(str.isalpha, line.text[word.start : word.end]))
        for word in words
    )


def _gap(before: Word, after: Word) -> float:
    if before.box is None or after.box is None or after.box[1] > before.box[3]:
        return 0.0
    return after.box[0] - before.box[2]


def _box(line: Paragraph) -> tuple[float, float, float, float] | None:
    return next((word.box for word in line.words if word.box is not None), None)
