"""Flow: printed lines back to paragraphs. Lines of a letterhead stay lines; a sentence cut by a page break is joined.

A line is joined to the one before it only where that one is *full* (it reaches the right margin, so the sentence was
cut by it and not by its writer) and does not look finished.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ingest.repair import Steps
from ingest.styled import Styled, paragraph_of
from schemas.document import Block, Grid
from vietnamese.fold import fold

Align = Literal["left", "center", "right", "justify"]
Column = Literal["left", "right"]


@dataclass(frozen=True)
class Line:
    """One printed line. `gap`: blank lines, a rule or a page break stand before it. `indent`: columns of white space.

    `tail` is the width of the last of several lines joined into one.
    """

    styled: Styled
    page: int = 1
    gap: bool = False
    indent: int = 0
    column: Column | None = None
    heading: bool = False
    tail: int | None = None
    align: Align | None = None
    size: float | None = None

    @property
    def text(self) -> str:
        return self.styled.text


_FULL = 70
"""A line of unwrapped text at least so long (characters) has filled a printed line of A4 at 13-14 points."""
_WRAPPED_AT_MOST = 140
_ITEM = re.compile(
    r"(?:[-–—+•*●○▪]|\d{1,2}(?:\.\d{1,2})*[.)](?!\d)|\(\d{1,2}\)|[a-zđ][.)]|[IVXLC]{1,6}[.)-])(?:\s|$)"
    r"|(?:[-–+•])\S|\d{1,2}(?:\.\d{1,2}){1,3}\s"
)
_OPENERS = re.compile(
    r"(?:dieu|khoan|chuong|phan|muc)\s+(?:\d+|[ivxlc]+)\b|can cu\b|noi nhan\b|kinh (?:gui|trinh)\b|phu luc\b"
    r"|quyet dinh:|(?:t/m|tm\.|k/t|kt\.|t/l|tl\.|tuq\.|q\.)\s"
)
_FINISHED = re.compile(r"[.!?;:…/]\W*$")
# Words that no heading ends with, marks and all: "cơ sở" and "số" must stay apart.
_UNFINISHED = re.compile(
    r"(?:,|\b(?:và|của|các|những|với|cho|theo|về|tại|là|được|để|trong|từ|đến|do|bởi|hoặc|như|bằng|vào|trên|dưới|giữa))$"
)
_BEFORE_NUMBER = re.compile(r"\b(?:số|ngày|tháng|năm|quý|điều|khoản|từ|đến|trước)$")
_BROKEN_WORD = re.compile(r"[^\W\d_]-$")


def wrap_width(lines: Sequence[Line]) -> int | None:
    """The width in characters at which this text is broken into lines, or None where a paragraph is one line."""
    lengths = sorted(len(line.text.strip()) + line.indent for line in lines if len(line.text.strip()) >= 40)
    if len(lengths) < 6 or lengths[-1] > 2 * _WRAPPED_AT_MOST:
        return None
    width = lengths[int(len(lengths) * 0.95) - 1]
    full = sum(1 for length in lengths if length >= 0.85 * width)
    return width if width <= _WRAPPED_AT_MOST and full >= 0.4 * len(lengths) else None


def join_lines(lines: Iterable[Line], steps: Steps, width: int | None) -> list[Line]:
    """Lines with those of one sentence joined; `steps` learns what kind of break was mended."""
    joined: list[Line] = []
    for line in lines:
        step = _join_step(joined[-1], line, width) if joined else None
        if step is None:
            joined.append(line)
            continue
        steps.add(step)
        glue = "" if step == "join_broken_word" else " "
        last = joined[-1]
        parts = (_right_stripped(last.styled), Styled.plain(glue), _left_stripped(line.styled))
        joined[-1] = replace(last, styled=Styled.concat(parts), tail=_width(line))
    return joined


def _right_stripped(styled: Styled) -> Styled:
    return styled.cut(0, len(styled.text.rstrip()))


def _left_stripped(styled: Styled) -> Styled:
    return styled.cut(len(styled.text) - len(styled.text.lstrip()), len(styled.text))


def _join_step(before: Line, line: Line, width: int | None) -> str | None:
    """The name of the mending that joins `line` to the one before it, or None where a new paragraph begins."""
    upper, lower = before.text.strip(), line.text.strip()
    if before.column != line.column or before.heading or line.heading or _opens_paragraph(lower):
        return None
    if _BROKEN_WORD.search(upper) and lower[0].isalpha() and not line.gap:
        return "join_broken_word"
    if line.gap or width is None:
        full = len(upper) >= _FULL if width is None else (before.tail or _width(before)) >= 0.85 * width
        return "join_page_break" if full and _cut_in_two(upper, lower) else None
    return "join_lines" if _wrapped(before, upper, line, width) else None


def _opens_paragraph(text: str) -> bool:
    return not text or _ITEM.match(text) is not None or _OPENERS.match(fold(text)) is not None


def _cut_in_two(upper: str, lower: str) -> bool:
    """Whether a sentence runs over a gap: unfinished above, and below a small letter or what must follow."""
    if _FINISHED.search(upper) or upper.isupper():
        return False
    if lower[0].islower():
        return True
    if lower[0].isdigit():
        return _BEFORE_NUMBER.search(upper.lower()) is not None
    return _UNFINISHED.search(upper.lower()) is not None and not lower.isupper()


def _wrapped(before: Line, upper: str, line: Line, width: int) -> bool:
    """Whether the next word would not have fitted at the end of the line before."""
    first_word = line.text.split(maxsplit=1)[0]
    lowered = line.text.strip()[0].islower()
    if (before.tail or _width(before)) + 1 + len(first_word) < 0.92 * width:
        return False
    if upper[-1] in ";:" and not lowered:
        return False
    return lowered or line.indent <= before.indent or not _FINISHED.search(upper)


def _width(line: Line) -> int:
    return len(line.text.strip()) + line.indent


def blocks_of(elements: Iterable[Line | Grid | None], steps: Steps) -> Iterator[Block]:
    """Paragraphs and tables of these lines and tables, in order; a None (a rule on the page) is left out."""
    elements = list(elements)
    width = wrap_width([element for element in elements if isinstance(element, Line)])
    run: list[Line] = []
    for element in elements:
        if isinstance(element, Line):
            run.append(element)
        elif element is not None:
            yield from _paragraphs(run, steps, width)
            run = []
            yield element
    yield from _paragraphs(run, steps, width)


def _paragraphs(run: list[Line], steps: Steps, width: int | None) -> Iterator[Block]:
    for line in join_lines(run, steps, width):
        paragraph = paragraph_of(line.styled, line.page, column=line.column, align=line.align, size=line.size)
        if paragraph.text:
            yield paragraph
