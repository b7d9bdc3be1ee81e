"""Drafts to paragraphs: text on one line, words with their boxes, footnote marks taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.page.lines import NOTE_MARK
from ingest.page.placed import ParagraphDraft, PlacedLine, PlacedWord, rounded
from schemas.base import Box
from schemas.document import Paragraph, Word, WordOrigin
from vietnamese.fold import nfc

# A số hiệu broken at the line's end: `43/NQ-` + `CP`, `CT-` + `XH`, `126/` + `2024/NĐ-CP`.
_OPEN_SIGN = re.compile(r"(?:[0-9A-ZĐƯ]-|/\S*\w-|\w/)$")
_CLOSING_SIGN = re.compile(r"[0-9A-ZĐƯ]")
_HELD_SIGN = re.compile(r"[-/][A-ZĐƯ]{2,}")
_SIGN_END = re.compile(r"[0-9A-ZĐƯ]{2}$")
# Dots or underscores to be written over: `Số:……/KH-UBND` is a number left blank.
_BLANK = re.compile(r"[._…]{4,}|_{2,}|…{2,}")
_UNIT = re.compile(r"(?:^|[\d(])(?:k|c|d|m|h)?m$")
_SUPERSCRIPT = re.compile(r"(?<=\S)[⁰¹²³⁴-⁹]+(?=[.,;:)”\"]*$)")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


# Where the last footnote mark ended, when there was none.
_NOWHERE = -1000.0


class _Builder:
    """Collects the text of a paragraph and where its words stand in it."""

    def __init__(self) -> None:
        self.text = ""
        self.words: list[Word] = []
        self.marks: list[tuple[int, str]] = []
        self.glue = True
        self.mark_end = _NOWHERE

    def add(self, word: PlacedWord, page: int) -> None:
        text = _BLANK.sub(" ", nfc(word.text)).strip()
        if word.raised and NOTE_MARK.fullmatch(text):
            if text in "23" and _UNIT.search(self.text.rsplit(" ", 1)[-1]):
                self.glue = True
            else:
                self.marks.append((len(self.text), text.strip("()[]")))
                self.mark_end = word.x1
                return
        self.glue = self.glue or -1 < word.x0 - self.mark_end < 0.1 * word.size
        self.mark_end = _NOWHERE
        text = self._take_mark(text)
        start = len(self.text) if self.glue else len(self.text) + 1
        self.text = self.text + text if self.glue else f"{self.text} {text}"
        box = rounded((word.x0, word.top, word.x1, word.bottom))
        style = word.bold, word.italic, word.origin, word.doubts
        self.words.append(Word(start, len(self.text), page, box, word.confidence, *style))
        self.glue = False

    def _take_mark(self, text: str) -> str:
        """Takes the footnote mark out of `huyện¹`, but leaves `m²`."""
        found = _SUPERSCRIPT.search(text)
        if found is None or _UNIT.search(text[: found.start()]):
            return text
        space = 0 if self.glue else 1
        self.marks.append((len(self.text) + space + found.start(), found.group().translate(_PLAIN)))
        return text[: found.start()] + text[found.end() :]


def build(draft: ParagraphDraft) -> Paragraph:
    """The paragraph of a draft."""
    builder = _Builder()
    for line, page in _paged(draft):
        builder.glue = not builder.text or _joins(builder.text, line.words[0].text)
        builder.mark_end = _NOWHERE
        for word in line.words:
            builder.add(word, page)
    return _paragraph(draft, builder)


def coarsen(draft: ParagraphDraft) -> None:
    """Makes one word of all neighbours in a line that have one style; `build` joins the lines.

    The boxes of a long document would take more memory than all else in it. The first word of all stays as it is, for
    joining over the page break looks at it.
    """
    draft.coarse = True
    for place, line in enumerate(draft.lines):
        kept = 0 if place else 1
        line.words = [*line.words[:kept], *_runs(line.words[kept:])]


def _runs(words: Sequence[PlacedWord]) -> Iterator[PlacedWord]:
    run: list[PlacedWord] = []
    for word in words:
        plain = not word.raised and not _SUPERSCRIPT.search(word.text)
        if run and plain and _style(word) == _style(run[0]):
            run.append(word)
            continue
        if run:
            yield _run(run)
        run = [word] if plain else []
        if not plain:
            yield word
    if run:
        yield _run(run)


def _style(word: PlacedWord | Word) -> tuple[bool, bool, WordOrigin | None]:
    return word.bold, word.italic, word.origin


def _run(words: Sequence[PlacedWord]) -> PlacedWord:
    return words[0]._replace(
        text=" ".join([word.text for word in words]),
        top=min(word.top for word in words),
        x1=max(word.x1 for word in words),
        bottom=max(word.bottom for word in words),
    )


def _paged(draft: ParagraphDraft) -> Iterator[tuple[PlacedLine, int]]:
    page = draft.page
    for index, line in enumerate(draft.lines):
        page += index in draft.turns
        yield line, page


def _joins(text: str, word: str) -> bool:
    """Whether a line break fell inside a số hiệu, so that no space belongs there."""
    if _OPEN_SIGN.search(text) and not text.endswith("./"):
        return bool(_CLOSING_SIGN.match(word)) or (text.endswith("/") and word[:1].isalpha())
    return bool(_HELD_SIGN.match(word) and _SIGN_END.search(text))


def _stretches(words: Sequence[Word]) -> list[Word]:
    """Words with their neighbours of the same page and style, as one."""
    found: list[Word] = []
    for word in words:
        last = found[-1] if found else None
        if last is None or (last.page, *_style(last)) != (word.page, *_style(word)):
            found.append(word)
        else:
            found[-1] = last._replace(end=word.end, box=_around(last.box, word.box))
    return found


def _around(one: Box | None, other: Box | None) -> Box | None:
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _paragraph(draft: ParagraphDraft, builder: _Builder) -> Paragraph:
    words = _stretches(builder.words) if draft.coarse else builder.words
    letters = sum(word.end - word.start for word in words) or 1
    bold = sum(word.end - word.start for word in words if word.bold)
    italic = sum(word.end - word.start for word in words if word.italic)
    return Paragraph.made(
        text=builder.text,
        page=draft.page,
        words=tuple(words),
        bold=bold > 0.8 * letters,
        italic=italic > 0.8 * letters,
        size=round(draft.lines[0].size, 1),
        align=draft.align,
        column=draft.column,
        note_marks=tuple(builder.marks),
    )
