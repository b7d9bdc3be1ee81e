"""Text and paragraphs cut: a stretch of a paragraph as a paragraph, and a text too long for rules in parts."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.document import Paragraph, Word

LONGEST = 8000
"""Characters that rules look at together. No paragraph of a dispatch has so many; some rules look at all pairs."""


def slice_paragraph(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    """Characters `start:end` of a paragraph as a paragraph, with their words and footnote marks."""
    words = tuple(
        Word(max(word.start, start) - start, min(word.end, end) - start, *word[2:])
        for word in paragraph.words
        if word.start < end and word.end > start
    )
    marks = tuple((offset - start, mark) for offset, mark in paragraph.note_marks if start <= offset <= end)
    return paragraph.model_copy(update={"text": paragraph.text[start:end], "words": words, "note_marks": marks})


def stretches(text: str, longest: int = LONGEST) -> Iterator[tuple[int, int]]:
    """Where a text is cut so that no part is longer: behind a sentence, else at a space, else anywhere."""
    start = 0
    while len(text) - start > longest:
        limit = start + longest
        places = text.rfind(". ", start, limit) + 1, text.rfind(" ", start, limit)
        end = next((place for place in places if place > start), limit)
        yield start, end
        start = end + text.startswith(" ", end)
    yield start, len(text)
