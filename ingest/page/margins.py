"""What stands around the text: page numbers, running heads, the address at the foot, footnotes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.page.lines import NOTE_MARK
from ingest.page.placed import Margins, NoteDraft, PageContent, PageLayout, ParagraphDraft, PlacedLine, line_of
from schemas.document import Furniture, FurnitureKind
from vietnamese.fold import fold

_PAGE_NUMBER = re.compile(r"(?:trang\s*)?[-–—.|]{0,2}\s?(?:\d{1,4}|[ivx]{1,5})\s?(?:/\s?\d{1,4})?\s?[-–—.|]{0,2}")
_NOTE_START = re.compile(r"[(\[]?(?:\d{1,3}|\*{1,3})[)\]]?[.:]?$")
_MISREAD_MARK = re.compile(r"[†‡'’!?\"ˆ°¹|]")
"""What OCR makes of a small raised number."""
_DIGITS = re.compile(r"\d+")
# Share of the page's height in which page numbers and running heads stand.
_EDGE = 0.095


def take_page_number(lines: list[PlacedLine], page: PageContent) -> list[Furniture]:
    """Removes the page number, the first or last line, from `lines` and gives it as furniture."""
    for index in (0, -1):
        if not lines:
            break
        line = lines[index]
        near_edge = line.bottom < _EDGE * page.height if index == 0 else line.top > (1 - _EDGE) * page.height
        aside = len(lines) < 2 or abs(lines[index].baseline - lines[1 if index == 0 else -2].baseline) > line.size
        if near_edge and aside and _PAGE_NUMBER.fullmatch(fold(line.text)):
            lines.pop(index)
            return [as_furniture("page_number", [line], page.number)]
    return []


def as_furniture(kind: FurnitureKind, lines: Sequence[PlacedLine], page: int) -> Furniture:
    """Lines of a page as one piece of furniture."""
    box = (
        round(min(line.x0 for line in lines), 2),
        round(min(line.top for line in lines), 2),
        round(max(line.x1 for line in lines), 2),
        round(max(line.bottom for line in lines), 2),
    )
    return Furniture(kind=kind, text=" ".join(line.text for line in lines), page=page, box=box)


def take_notes(lines: list[PlacedLine], page: PageContent, margins: Margins) -> list[NoteDraft]:
    """Removes the footnotes, which stand under a short rule or in small type after a raised mark."""
    start = _note_start(lines, page, margins)
    if start is None:
        return []
    notes: list[NoteDraft] = []
    for line in lines[start:]:
        mark = _leading_mark(line, margins)
        if mark is not None and len(line.words) > 1:
            rest = line_of([word._replace(raised=False) for word in line.words[1:]])
            notes.append(NoteDraft(mark, ParagraphDraft([rest], page.number)))
        elif notes:
            notes[-1].draft.lines.append(line)
    if notes:
        del lines[start:]
    return notes


def _note_start(lines: Sequence[PlacedLine], page: PageContent, margins: Margins) -> int | None:
    rules = [
        rule.top
        for rule in page.rulings
        if rule.horizontal
        and 0.12 * margins.width < rule.x1 - rule.x0 < 0.5 * margins.width
        and abs(rule.x0 - margins.left) < 2 * margins.size
        and rule.top > 0.2 * page.height
    ]
    for index, line in enumerate(lines):
        if _leading_mark(line, margins) is None:
            continue
        above = lines[index - 1].baseline if index else 0.0
        if any(above - 1 <= rule <= line.top + 0.6 * line.size for rule in rules):
            return index
        if line.words[0].raised and line.size < 0.93 * margins.size and _small_to_end(lines[index:], margins):
            return index
    return None


def _small_to_end(lines: Sequence[PlacedLine], margins: Margins) -> bool:
    return all(line.size < 0.93 * margins.size for line in lines)


def _leading_mark(line: PlacedLine, margins: Margins) -> str | None:
    """The mark that begins a footnote: raised, or a number in type smaller than the body's."""
    first = line.words[0]
    if first.raised and NOTE_MARK.fullmatch(first.text):
        return first.text.strip("()[]")
    if line.size <= 0.95 * margins.size and _NOTE_START.match(first.text):
        return first.text.strip("()[].:")
    if line.size <= 0.95 * margins.size and first.confidence is not None and _MISREAD_MARK.fullmatch(first.text):
        return first.text
    return None


def take_footer(lines: list[PlacedLine], page: PageContent, margins: Margins) -> list[Furniture]:
    """Removes the address lines under a long rule at the foot of a page (NĐ 30/2020, component 13)."""
    rules = [
        rule.top
        for rule in page.rulings
        if rule.horizontal and rule.x1 - rule.x0 > 0.75 * margins.width and rule.top > 0.86 * page.height
    ]
    below = [line for line in lines if rules and line.top > min(rules) - 1]
    if not below or len(below) > 4 or any(line.size > 0.95 * margins.size for line in below):
        return []
    del lines[-len(below) :]
    return [as_furniture("footer", below, page.number)]


def take_running_heads(pages: Sequence[PageLayout]) -> None:
    """Moves a first or last paragraph that returns on most pages at the same place into the furniture."""
    for index, kind in ((0, "running_head"), (-1, "footer")):
        found = [(page, draft) for page in pages if (draft := _edge_draft(page, index)) is not None]
        counts: dict[str, int] = {}
        for _, draft in found:
            key = _repeat_key(draft)
            counts[key] = counts.get(key, 0) + 1
        for page, draft in found:
            if counts[_repeat_key(draft)] >= max(3, len(pages) // 3):
                page.blocks.pop(index)
                page.furniture.append(as_furniture(_kind(kind), draft.lines, page.number))


def _kind(name: str) -> FurnitureKind:
    return "running_head" if name == "running_head" else "footer"


def _edge_draft(page: PageLayout, index: int) -> ParagraphDraft | None:
    block = page.blocks[index] if page.blocks else None
    if not isinstance(block, ParagraphDraft) or block.column or len(block.lines) > 2:
        return None
    line = block.lines[index]
    near_edge = line.bottom < _EDGE * page.height if index == 0 else line.top > (1 - _EDGE) * page.height
    return block if near_edge else None


def _repeat_key(draft: ParagraphDraft) -> str:
    return _DIGITS.sub("#", fold(" ".join(line.text for line in draft.lines)))
