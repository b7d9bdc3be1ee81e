"""Fields read from lines: a value over several printed lines, with the way back to where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from schemas.document import Paragraph

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


def starts_lower(text: str) -> bool:
    """Whether the first letter is a small one."""
    found = re.search(r"[^\W\d_]", text)
    return found is not None and found[0].islower()
