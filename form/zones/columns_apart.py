"""Two columns that a reader gave as one line, taken apart: the letterhead's left half stands before its right half."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Literal

import regex

from form.closing import is_signature_line
from form.labels import LINE, distribution_names, is_heading, is_line, is_national_heading, is_upper
from form.zones.cut import slice_paragraph
from schemas.document import Block, Cell, Grid, Paragraph, Word
from vietnamese.fold import fold

# What opens a right half (or, for `so`, a left half behind it): the rest of the line belongs to another column.
_HALVES = re.compile(
    r"(?<=\S)\s*(?=cong\s+hoa\s+xa\s+hoi\s+chu\s+nghia)"
    r"|(?<=\S)\s+(?=c.ng\s+h.a\s+x.\s+h.i\s+ch.\s+ngh|dang\s+cong\s+san\s+viet\s+nam\W*$|doc\s+lap\s*\W\s*tu\s+do"
    rf"|(?<=[a-z0-9]\s)(?:tm|kt|tl|tuq)\.\s*[a-z]+\s+[a-z]+\W*$|t/m\s+ban\b|(?<=[;,.]\s){distribution_names()}\s*:)"
)
_NUMBER_THEN_PLACE = re.compile(
    r"\W{0,3}so\W{0,4}.{0,14}[/-]\s*[\w.&/-]{1,30}?(?:\s*-\s*[\w.&]{1,15})?(?P<gap>\s+)"
    r"(?=[^\d,;:]{2,40}(?:,\s*ngay\b|\sngay[\s.…_\d]+thang\b))"
)


_LEFT_BELOW = re.compile(rf"{distribution_names()}|doc lap")
_PLACE_AND_DAY = re.compile(r"[^\d,;:]{2,40},\s*ngay\b[\s.…_\d]+thang\b")
_CAPITALS = regex.compile(r"\p{Lu}{2}[\p{Lu}\s,–-]{4,}?(?P<gap>\s+)(?=(?:T[PX]\.\s*|\p{Lu}\s)?\p{Lu}\p{Ll})")
"""A body beside the place and day: `HUYỆN ỦY BẮC SƠN Bắc Sơn, ngày …`."""
_LABEL_THEN_OFFICE = re.compile(rf"(?P<label>\W{{0,4}}{distribution_names()}\s*:)\s+(?=[a-z])")
"""`Nơi nhận:` and the first line of the signature beside it."""
_BROKEN = re.compile(r"\W{0,3}(c.ng\s+h.a\s+x.\s+h.i\b|cong( hoa( xa)?)?$)")
"""A Quốc hiệu that a narrow column breaks over two lines."""
_LABEL_ALONE = re.compile(r"(nghi quyet |luat |phap lenh )?so\s*:?")
"""`Số:` on a line of its own, as some exports break it."""
_BARE_NUMBER = re.compile(r"\d{1,6}[a-zA-Z]?\s?[/–-]\s?[\wĐ][\w/.&–-]{1,30}$")
_GUTTER = 54.0
"""An empty stretch of this many points (19 mm) inside a short line is the gutter between two columns."""


def columns_apart(blocks: Iterable[Block]) -> Iterator[Block]:
    """The same blocks: lines that hold both columns of a letterhead or signature cut, a broken Quốc hiệu whole."""
    waiting: Paragraph | None = None
    for block in _cut_all(blocks):
        if waiting is not None:
            if isinstance(block, Paragraph) and _belong_together(waiting.text, block.text):
                yield _joined(waiting, block)
                waiting = None
                continue
            yield waiting
            waiting = None
        if isinstance(block, Paragraph) and _is_broken(block.text):
            waiting = block
        else:
            yield block
    if waiting is not None:
        yield waiting


def _is_broken(text: str) -> bool:
    """Whether a line may be the beginning of a broken one: of the Quốc hiệu, or a label without its number."""
    folded = fold(text)
    return (not is_heading(text) and bool(_BROKEN.match(folded))) or _LABEL_ALONE.fullmatch(folded) is not None


def _belong_together(first: str, second: str) -> bool:
    """Whether two lines are one: a Quốc hiệu in two pieces, or `Số:` and its number."""
    if _LABEL_ALONE.fullmatch(fold(first)):
        return _BARE_NUMBER.match(second) is not None
    return is_national_heading(f"{first} {second}")


def _joined(first: Paragraph, second: Paragraph) -> Paragraph:
    """Two lines as one paragraph."""
    offset = len(first.text) + 1
    words = tuple(Word(word.start + offset, word.end + offset, *word[2:]) for word in second.words)
    return first.model_copy(update={"text": f"{first.text} {second.text}", "words": (*first.words, *words)})


def _cut_all(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Grid) and _is_layout(block):
            for paragraph in _columns(block):
                yield from _cut(paragraph)
        elif isinstance(block, Paragraph) and len(block.text) <= LINE * 2:
            for half in _apart(block):
                yield from _cut(half)
        else:
            yield block


def _is_layout(grid: Grid) -> bool:
    """Whether a table only sets a letterhead or a signature block in columns."""
    if grid.n_columns > 4 or grid.n_rows > 12:
        return False
    lines = [line for cell in grid.cells for line in cell.text.splitlines() or [cell.text]]
    return any(is_heading(line) for line in lines) or any(
        is_line("distribution_label", cell.text) and cell.column < grid.n_columns - 1 for cell in grid.cells
    )


def _columns(grid: Grid) -> Iterator[Paragraph]:
    """The cells' lines, column by column."""
    for cell in sorted(grid.cells, key=lambda cell: (cell.column, cell.row)):
        for line in cell.text.splitlines():
            if line.strip():
                side: Literal["left", "right"] = "left" if cell.column == 0 else "right"
                words = _cell_words(cell, line)
                yield Paragraph(text=line.strip(), page=cell.page, words=words, bold=cell.bold or None, column=side)


def _cell_words(cell: Cell, line: str) -> tuple[Word, ...]:
    """The line as one word with the cell's box, so that its evidence can be shown."""
    if cell.box is None:
        return ()
    return (Word(0, len(line.strip()), cell.page, cell.box, cell.confidence, cell.bold, doubts=cell.doubts),)


def _apart(paragraph: Paragraph) -> Iterator[Paragraph]:
    """A line of two columns taken apart where an empty stretch stands between two words."""
    words = paragraph.words
    if paragraph.column is None and len(paragraph.text) <= LINE and len(words) > 1:
        for before, after in pairwise(words):
            if _is_label(paragraph.text[: before.end]):
                continue  # behind it is the blank for a number
            if _gap(before, after) > _GUTTER and not _is_filler(paragraph.text):
                for side, start, end in (("left", 0, before.end), ("right", after.start, len(paragraph.text))):
                    yield slice_paragraph(paragraph, start, end).model_copy(update={"column": side})
                return
    yield paragraph


def _is_label(text: str) -> bool:
    return _LABEL_ALONE.fullmatch(fold(text)) is not None and "Ở" not in text.upper()


def _gap(before: Word, after: Word) -> float:
    """The empty stretch between two words of one line, in points; 0 where they stand on different lines."""
    if before.box is None or after.box is None or after.box[1] > before.box[3] or after.box[3] < before.box[1]:
        return 0.0
    return after.box[0] - before.box[2]


def _is_filler(text: str) -> bool:
    """Lines with dots to fill in, and items: their gaps are blanks, not gutters."""
    return ".." in text or "…" in text or "__" in text or text.lstrip().startswith(("-", "+"))


def _cut(paragraph: Paragraph) -> Iterator[Paragraph]:
    folded = fold(paragraph.text)
    label = _LABEL_THEN_OFFICE.match(folded)
    if (
        label is not None
        and is_upper(paragraph.text[label.end() :])
        and is_signature_line(paragraph.text[label.end() :])
    ):
        yield slice_paragraph(paragraph, 0, label.end("label"))
        yield slice_paragraph(paragraph, label.end(), len(paragraph.text))
        return
    both = _NUMBER_THEN_PLACE.match(folded)
    gaps = [both.span("gap")] if both else _before_place(paragraph.text, folded)
    gaps = gaps or [g.span() for g in _HALVES.finditer(folded) if _opens_half(paragraph.text[g.end() :])]
    start = 0
    for gap_start, gap_end in gaps:
        if gap_start > start:
            yield slice_paragraph(paragraph, start, gap_start)
            start = gap_end
    if start == 0:
        yield paragraph
    else:
        yield slice_paragraph(paragraph, start, len(paragraph.text))


def _before_place(text: str, folded: str) -> list[tuple[int, int]]:
    """The gap between a body in capitals and the place and day, where a line has both."""
    found = _CAPITALS.match(text)
    if found is None or not _PLACE_AND_DAY.match(folded, found.end()):
        return []
    return [found.span("gap")]


def _opens_half(rest: str) -> bool:
    """Whether the rest of a line, in its own capitals, reads as the other column and not as the end of a sentence."""
    return is_upper(rest) or (rest[:1].isupper() and _LEFT_BELOW.match(fold(rest)) is not None)
