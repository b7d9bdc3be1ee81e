"""Styled text: characters with bold and italic, and the footnote marks that stood between them.

Readers of text and of Word files build paragraphs from it; a style is one byte a character, so cutting and joining
keep text, style and marks together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from schemas.document import Paragraph, Word

BOLD = 1
ITALIC = 2

_SPACE_RUN = re.compile(r"\s+")
_TO_FOLD = re.compile(r"  |[^\S ]")
_WORD = re.compile(r"\S+")
_LETTER = re.compile(r"\w")


class Styled(NamedTuple):
    """`style[i]` holds the flags of `text[i]`; `marks` are `(offset, footnote mark)` in order."""

    text: str
    style: bytes
    marks: tuple[tuple[int, str], ...] = ()

    @classmethod
    def plain(cls, text: str, style: int = 0) -> Styled:
        """This text, all of it in one style."""
        return cls(text, bytes([style]) * len(text))

    @classmethod
    def concat(cls, parts: Iterable[Styled]) -> Styled:
        """All parts, one behind the other."""
        parts = list(parts)
        if len(parts) == 1:
            return parts[0]
        marks: list[tuple[int, str]] = []
        offset = 0
        for part in parts:
            marks.extend((offset + at, mark) for at, mark in part.marks)
            offset += len(part.text)
        return cls("".join(part.text for part in parts), b"".join(part.style for part in parts), tuple(marks))

    def cut(self, start: int, end: int) -> Styled:
        """Characters `start:end`, with the marks that stand in or right behind them."""
        marks = tuple((at - start, mark) for at, mark in self.marks if start <= at <= end)
        return Styled(self.text[start:end], self.style[start:end], marks)

    def split(self, separator: str) -> list[Styled]:
        """The pieces between single-character separators; a mark at a border belongs to the piece before it."""
        if separator not in self.text:
            return [self]
        pieces: list[Styled] = []
        start = 0
        for text in self.text.split(separator):
            pieces.append(self.cut(start, start + len(text)))
            start += len(text) + 1
        return pieces

    def folded(self) -> Styled:
        """White space at the ends removed, each run of it inside made one space."""
        text = self.text.strip()
        if text == self.text and not _TO_FOLD.search(text):
            return self
        start = len(self.text) - len(self.text.lstrip())
        end = start + len(text)
        texts: list[str] = []
        styles: list[bytes] = []
        moved: list[tuple[int, int]] = [(0, start)]
        dropped = start
        for run in _SPACE_RUN.finditer(self.text, start, end):
            texts.extend((self.text[start : run.start()], " "))
            styles.extend((self.style[start : run.start()], self.style[run.start() : run.start() + 1]))
            start = run.end()
            dropped += len(run[0]) - 1
            moved.append((run.start() + 1, dropped))
        texts.append(self.text[start:end])
        styles.append(self.style[start:end])
        return Styled("".join(texts), b"".join(styles), tuple(_moved(self.marks, moved, len("".join(texts)))))

    def has(self, flag: int) -> bool | None:
        """Whether all letters have this flag; None for a text without letters."""
        if len(set(self.style)) == 1:
            return bool(self.style[0] & flag) if _LETTER.search(self.text) else None
        letters = [self.style[match.start()] & flag for match in _LETTER.finditer(self.text)]
        return all(letters) if letters else None


def _moved(marks: Iterable[tuple[int, str]], dropped: list[tuple[int, int]], length: int) -> Iterator[tuple[int, str]]:
    """Marks where they stand in the folded text; `dropped`: from an offset on, so many characters went before it."""
    index = 0
    for at, mark in marks:
        while index + 1 < len(dropped) and dropped[index + 1][0] <= at:
            index += 1
        yield min(max(at - dropped[index][1], 0), length), mark


def paragraph_of(styled: Styled, page: int = 1, **fields: Any) -> Paragraph:
    """A paragraph of this text, folded; words are given only where their style is not the same throughout."""
    folded = styled.folded()
    return Paragraph.made(
        text=folded.text,
        page=page,
        words=_words(folded, page),
        bold=folded.has(BOLD),
        italic=folded.has(ITALIC),
        note_marks=folded.marks,
        **fields,
    )


def _words(folded: Styled, page: int) -> tuple[Word, ...]:
    if len(set(folded.style)) < 2:
        return ()
    return tuple(
        Word(
            match.start(),
            match.end(),
            page,
            bold=bool(folded.style[match.start()] & BOLD),
            italic=bool(folded.style[match.start()] & ITALIC),
        )
        for match in _WORD.finditer(folded.text)
    )
