"""Flow: printed lines back to paragraphs. Lines of a letterhead stay lines; a sentence cut by a page break is joined.

A line is joined to the one before it only where that one is *full* (it reaches the right margin, so the sentence was
cut by it and not by its writer) and does not look finished.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from form.labels import distribution_names
from ingest.flowing.repair import Steps
from ingest.flowing.styled import Styled, paragraph_of
from schemas.document import Block, Grid
from vietnamese.fold import fold

Align = Literal["left", "center", "right", "justify"]
Column = Literal["left", "right"]


class FlowLine(NamedTuple):
    """One printed line. `gap`: blank lines, a rule or a page break stand before it. `indent`: columns of white space.

    `tail` is the width of the line as the file has it, markup and all; of several lines joined, that of the last.
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
_HALF = 40
"""Shorter lines belong to a letterhead, where a line may end with any word."""
_WRAPPED_AT_MOST = 140
_END = 200
"""So much of a paragraph's end, in characters, tells whether it is finished."""
_CENTRED = 6
"""A line of capitals indented by so much more than the one above, in characters, is centred under it."""
_RAGGED = 0.6
"""A wrapped line that is so full at least, and unfinished, runs on in a line that begins with a small letter."""
_ITEM = re.compile(
    r"(?:[-–—+•*●○▪]|\d{1,2}(?:\.\d{1,2})*[.)](?!\d)|\(\d{1,2}\)|[a-zđ][.)]|[IVXLC]{1,6}[.)-])(?:\s|$)"
    r"|(?:[-–+•])\S|\d{1,2}\s?[-–/]\s?(?=[A-ZÀ-ỸĐ][a-zà-ỹđ]*\s)|\d{1,2}(?:\.\d{1,2}){1,3}\s"
)
_OPENERS = re.compile(
    r"(?:dieu|khoan|chuong|phan|muc)\s+(?:\d+|[ivxlc]+)\b|can cu\b|kinh (?:g[uo]i|trinh)\b|phu luc\b"
    rf"|{distribution_names()}\b"
    r"|quyet dinh:|(?:t/m|tm\.|k/t|kt\.|t/l|tl\.|tuq\.|q\.)\s"
)
_BODY_OPENER = re.compile(
    r"(?:theo|thuc hien|trien khai|tiep theo|de|nham|ngay|qua|sau|trong|vua qua|hien nay|xet|tren co so|phuc dap) "
)
_CITED = re.compile(r"(?:dieu|khoan|chuong|phan|muc|can cu|phu luc)\b|\d{1,2}[.)]?\d")
_DASH = re.compile(r"[-–]\s*")
_FINISHED = re.compile(r"[.!?;:…/]\W*$")
# Words that no heading ends with, marks and all: "cơ sở" and "số" must stay apart.
_UNFINISHED = re.compile(
    r"\b(?:và|của|các|những|với|cho|theo|về|tại|là|được|để|trong|từ|đến|do|bởi|hoặc|như|bằng|vào|trên|dưới|giữa)$"
)
_BEFORE_NUMBER = re.compile(r"\b(?:số|ngày|tháng|năm|quý|điều|khoản|từ|đến|trước|vòng|hạn|đạt|được|hơn)$")
_BROKEN_WORD = re.compile(r"[^\W\d_]-$")


def wrap_width(lines: Sequence[FlowLine]) -> int | None:
    """The width in characters at which this text is broken into lines, or None where a paragraph is one line.

    Full lines that end with a full stop or a semicolon are no sign of it: they may as well be short paragraphs.
    """
    lengths = sorted(len(line.text.strip()) + line.indent for line in lines if len(line.text.strip()) >= 40)
    if len(lengths) < 6 or lengths[-1] > 2 * _WRAPPED_AT_MOST:
        return None
    width = lengths[int(len(lengths) * 0.95) - 1]
    measured = [(line, len(line.text.strip()) + line.indent) for line in lines]
    full = sum(length >= 0.85 * width for _, length in measured)
    long = [line for line, length in measured if length >= 0.7 * width]
    broken = sum(bool(line.indent) or not _FINISHED.search(line.text) for line in long)
    # Lines broken by the margin stop in mid sentence here and there, or are indented; paragraphs of one line are not.
    wrapped = width <= _WRAPPED_AT_MOST and full >= 0.4 * len(lengths) and broken >= 0.15 * full
    return width if wrapped else None


def join_lines(lines: Iterable[FlowLine], steps: Steps, width: int | None) -> list[FlowLine]:
    """Lines with those of one sentence joined; `steps` learns what kind of break was mended."""
    joined: list[FlowLine] = []
    growing: _Growing | None = None
    for line in lines:
        step = _join_step(growing, line, width) if growing is not None else None
        if growing is not None and step is not None:
            steps.add(step)
            growing.add(line, "" if step == "join_broken_word" else " ")
            continue
        if growing is not None:
            joined.append(growing.line())
        growing = _Growing(line)
    if growing is not None:
        joined.append(growing.line())
    return joined


class _Growing:
    """A paragraph that lines are being joined to: its last line, the end of its text, and what counts along."""

    def __init__(self, line: FlowLine) -> None:
        self.first = self.last = line
        self.parts = [line.styled]
        self.end = line.text.strip()
        self.length = len(self.end)
        self.open_brackets = self.end.count("(") - self.end.count(")")

    def add(self, line: FlowLine, glue: str) -> None:
        text = line.text.strip()
        self.parts[-1] = _right_stripped(self.parts[-1])
        self.parts.extend((Styled.plain(glue), _left_stripped(line.styled)))
        self.last = line
        self.end = text if len(text) >= _END else f"{self.end[-_END:]}{glue}{text}"
        self.length += len(glue) + len(text)
        self.open_brackets += text.count("(") - text.count(")")

    def line(self) -> FlowLine:
        if len(self.parts) == 1:
            return self.first
        return self.first._replace(styled=Styled.concat(self.parts), tail=self.last.tail or _width(self.last))


def _right_stripped(styled: Styled) -> Styled:
    return styled.cut(0, len(styled.text.rstrip()))


def _left_stripped(styled: Styled) -> Styled:
    return styled.cut(len(styled.text) - len(styled.text.lstrip()), len(styled.text))


def _join_step(above: _Growing, line: FlowLine, width: int | None) -> str | None:
    """The name of the mending that joins `line` to the paragraph above, or None where a new paragraph begins."""
    upper, lower, last = above.end, line.text.strip(), above.last
    if last.column != line.column or last.heading or line.heading or not lower or not upper:
        return None
    full = width is not None and not line.gap and _is_full(last, lower, width)
    if not line.gap and above.open_brackets > 0 and ")" in lower and not _ITEM.match(lower):
        return "join_lines"
    if _opens_body(above.first.text, lower):
        return None
    if opens_paragraph(lower) and not (full and _goes_on(upper, lower)):
        return None
    if line.gap:
        return "join_page_break" if above.length >= _FULL and _cut_in_two(upper, lower) else None
    return _step_without_gap(above, line, width, full=full)


def _step_without_gap(above: _Growing, line: FlowLine, width: int | None, *, full: bool) -> str | None:
    upper, lower = above.end, line.text.strip()
    if _BROKEN_WORD.search(upper[-3:]) and lower[0].isalpha():
        return "join_broken_word"
    if full:
        return "join_lines" if _wrapped(above.last, upper, line) else None
    if above.length >= _HALF and _needs_more(upper, lower):
        return "join_lines"
    if width is None:
        return "join_page_break" if above.length >= _FULL and _cut_in_two(upper, lower) else None
    ragged = above.length >= _RAGGED * width and lower[0].islower() and not _FINISHED.search(upper)
    return "join_lines" if ragged else None


def opens_paragraph(text: str) -> bool:
    """Whether a line begins like an item, a heading or a part of the form, which never run on from a line above."""
    return _ITEM.match(text) is not None or _OPENERS.match(fold(text)) is not None


def _opens_body(first: str, lower: str) -> bool:
    """Whether the body begins behind an addressee without a point: `Kính gửi: Các sở` above `Theo Công văn số …`."""
    if first.lstrip()[:1] not in ("K", "k") or not lower[0].isupper():
        return False
    return fold(first.lstrip()).startswith(("kinh gui", "kinh goi")) and _BODY_OPENER.match(fold(lower)) is not None


def _goes_on(upper: str, lower: str) -> bool:
    """Whether what looks like an opening is the rest of a wrapped sentence: `… tại | Điều 5`, `2020 | - 2025`."""
    if _FINISHED.search(upper):
        return False
    dash = _DASH.match(lower)
    if dash is None:
        return _CITED.match(fold(lower)) is not None
    rest = lower[dash.end() :]
    return rest[:1].islower() or (upper[-1:].isdigit() and rest[:1].isdigit())


def _cut_in_two(upper: str, lower: str) -> bool:
    """Whether a sentence runs over a gap: unfinished above, and below a small letter or what must follow."""
    if _FINISHED.search(upper) or upper.isupper():
        return False
    if lower[0].islower():
        return True
    return _needs_more(upper, lower)


def _needs_more(upper: str, lower: str) -> bool:
    """Whether the upper line ends with a word that needs a number, or another word, behind it."""
    if lower[0].isdigit():
        return _BEFORE_NUMBER.search(upper.lower()) is not None
    return _UNFINISHED.search(upper.lower()) is not None and not lower.isupper()


def _is_full(before: FlowLine, lower: str, width: int) -> bool:
    """Whether the next word would not have fitted at the end of the line before."""
    first_word = lower.split(maxsplit=1)[0]
    return (before.tail or _width(before)) + 1 + len(first_word) >= 0.92 * width


def _wrapped(before: FlowLine, upper: str, line: FlowLine) -> bool:
    """Whether a full line runs on in the next one; behind a lead-in and before an indented line it does not."""
    lowered = not line.text.strip()[0].isupper()
    if (upper[-1] == ":" and not lowered) or (line.text.isupper() and not upper.isupper()):
        return False
    if line.text.isupper() and line.indent >= before.indent + _CENTRED:
        return False  # another line of a title, centred under the first
    return lowered or line.indent <= before.indent or not _FINISHED.search(upper)


def _width(line: FlowLine) -> int:
    return len(line.text.strip()) + line.indent


def blocks_of(elements: Iterable[FlowLine | Grid | None], steps: Steps) -> Iterator[Block]:
    """Paragraphs and tables of these lines and tables, in order; a None (a rule on the page) is left out."""
    elements = list(elements)
    width = wrap_width([element for element in elements if isinstance(element, FlowLine)])
    run: list[FlowLine] = []
    for element in elements:
        if isinstance(element, FlowLine):
            run.append(element)
        elif element is not None:
            yield from _paragraphs(run, steps, width)
            run = []
            yield element
    yield from _paragraphs(run, steps, width)


def _paragraphs(run: list[FlowLine], steps: Steps, width: int | None) -> Iterator[Block]:
    for line in join_lines(run, steps, width):
        paragraph = paragraph_of(line.styled, line.page, column=line.column, align=line.align, size=line.size)
        if paragraph.text:
            yield paragraph
