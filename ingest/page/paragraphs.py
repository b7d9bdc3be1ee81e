"""Printed lines to paragraphs: which line goes on where the one before ended.

The strongest sign of a new paragraph is that the first word of the next line would have fitted on the line before it.
Then come an indent, a label, a wider space, a change of size. Centred lines always stay lines of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.page.placed import Align, Margins, ParagraphDraft, PlacedLine

LABEL = re.compile(
    r"(?:\(?\d{1,2}(?:\.\d{1,2}){0,4}[.)](?=\s|[A-ZĐ])|\d{1,2}(?:\.\d{1,2}){1,4}\s|\(?[a-zđ]\d?[.)](?:\s|$)|"
    r"\d{1,2}\s?[-–/]\s?(?-i:[A-ZÀ-ỸĐ][a-zà-ỹđ]*\s)|"
    r"[-–—+•●▪*◦](?:\s|$|(?=[A-ZĐ]))|[IVX]{1,5}\s?[.\-–)](?:\s|$)|"
    r"(?:điều|chương|phần|mục|phụ lục|khoản)\s+(?:\d|[ivx]+\b))",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.:;!?…/](?:[”\"')\]]|/)*$")


def ends_sentence(text: str) -> bool:
    """Whether a line ends with a mark that closes a sentence or an item."""
    return bool(_ENDS.search(text.rstrip()))


def goes_on_small(text: str) -> bool:
    """Whether a line begins with a small letter, as only the middle of a sentence does."""
    return text[:1].islower() and not LABEL.match(text)


def to_drafts(lines: Sequence[PlacedLine], margins: Margins) -> list[ParagraphDraft]:
    """The paragraphs of a stretch of body lines that have the width of `margins`."""
    drafts: list[ParagraphDraft] = []
    for line in lines:
        if drafts and _continues(drafts[-1].lines, line, margins):
            drafts[-1].lines.append(line)
        else:
            drafts.append(ParagraphDraft([line], indented=_indented(line, margins)))
    indents = [draft.lines[0].x0 for draft in drafts if len(draft.lines) > 1 and draft.indented]
    for draft in drafts:
        draft.align = _align(draft.lines, margins, indents)
    return drafts


def would_fit(above: PlacedLine, below: PlacedLine, right: float) -> bool:
    """Whether the first word of `below` would have fitted at the end of `above`: then the break was meant."""
    word = below.words[0]
    return above.x1 + 0.45 * above.size + (word.x1 - word.x0) < right


def is_centred(line: PlacedLine, margins: Margins) -> bool:
    """Whether a line stands in the middle, clear of both margins."""
    left, right = line.x0 - margins.left, margins.right - line.x1
    return min(left, right) > 1.5 * line.size and abs(left - right) < 0.06 * margins.width


def _indented(line: PlacedLine, margins: Margins) -> bool:
    return line.x0 - margins.left > 0.9 * margins.size


def _continues(lines: list[PlacedLine], line: PlacedLine, margins: Margins) -> bool:
    above = lines[-1]
    gap = (line.baseline - above.baseline) / margins.pitch
    if gap > 1.9 or abs(line.size - above.size) > 0.2 * max(line.size, above.size):
        return False
    if is_centred(above, margins) or is_centred(line, margins):
        return gap < 1.5 and (_in_brackets(lines) or _only_looks_centred(above, line, margins))
    open_sentence = not ends_sentence(above.text)
    runs_on = open_sentence and goes_on_small(line.text)
    if would_fit(above, line, margins.right):
        return runs_on and gap < 1.25 and above.x1 - above.x0 > 0.6 * margins.width and not _indented(line, margins)
    if runs_on:
        return True
    if gap > 1.3 or (_is_heading(above) != _is_heading(line) and open_sentence and gap > 1.1):
        return False
    if line.text[0].isupper() and _is_bold(lines) and not _is_bold([line]):
        return False
    if LABEL.match(line.text) and (_indented(line, margins) or not open_sentence):
        return False
    if not open_sentence and _indented(line, margins) and lines[0].x0 - line.x0 > 0.9 * line.size:
        return False  # back from a deep indent (Kính gửi) to that of a first line; what goes on stands at the margin
    return not _steps_in(lines, line, margins, open_sentence)


def _only_looks_centred(above: PlacedLine, line: PlacedLine, margins: Margins) -> bool:
    """Whether a line is a first one with an indent, short because the next word, a small one, did not fit: the next
    begins at the margin."""
    if is_centred(line, margins) or _indented(line, margins) or ends_sentence(above.text):
        return False
    return goes_on_small(line.text) and not would_fit(above, line, margins.right)


def _is_bold(lines: Sequence[PlacedLine]) -> bool:
    return all(word.bold for line in lines for word in line.words)


def _is_heading(line: PlacedLine) -> bool:
    return len(line.words) > 1 and line.text.isupper()


def _in_brackets(lines: Sequence[PlacedLine]) -> bool:
    """Whether a bracket stands open, as in a caption `(Kèm theo …` that runs over two centred lines."""
    text = " ".join(line.text for line in lines)
    return text.startswith("(") and text.count("(") > text.count(")")


def _steps_in(lines: list[PlacedLine], line: PlacedLine, margins: Margins, open_sentence: bool) -> bool:
    """Whether `line` begins further right than the lines of the paragraph go on."""
    first, above = lines[0], lines[-1]
    step = 0.9 * line.size
    if len(lines) > 1:
        return line.x0 - above.x0 > step
    if LABEL.match(first.text) and first.x0 + 0.5 * line.size < line.x0 < first.x0 + 4 * line.size:
        return False
    if line.x0 - first.x0 > step:
        return True
    same_indent = _indented(first, margins) and abs(line.x0 - first.x0) < 0.5 * line.size
    return same_indent and not open_sentence


def _align(lines: Sequence[PlacedLine], margins: Margins, indents: Sequence[float]) -> Align:
    first = lines[0]
    if len(lines) == 1:
        at_indent = any(abs(first.x0 - indent) < 0.2 * first.size for indent in indents)
        if is_centred(first, margins) and not at_indent:
            return "center"
        far = first.x0 - margins.left > 0.4 * margins.width
        return "right" if far and margins.right - first.x1 < 2 * first.size else "left"
    even = all(abs(line.x1 - margins.right) < 0.25 * line.size for line in lines[:-1])
    return "justify" if even else "left"
