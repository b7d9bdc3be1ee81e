"""What page breaks cut: paragraphs joined again, a signature block put back into its two columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ingest.page.paragraphs import LABEL, ends_sentence, goes_on_small, is_centred, would_fit
from ingest.page.placed import Margins, PageBlock, PageLayout, ParagraphDraft

# Share of the page's height within which the rest of a signature block may stand on the next page.
_TOP = 0.4


def carry_columns(pages: Sequence[PageLayout]) -> None:
    """Puts the rest of a signature block, at the top of the next page, into the columns that it began in."""
    for before, page in pairwise(pages):
        end = closing_columns(before.blocks)
        if not end or not page.margins or page.number != before.number + 1:
            continue
        rights = [draft for draft in end if draft.column == "right"]
        lefts = [draft for draft in end if draft.column == "left"]
        gutter = min(draft.lines[0].x0 for draft in rights)
        rest = _rest(page, page.margins, gutter)
        if not rest:
            continue
        del page.blocks[: len(rest)]
        ordered = [*lefts, *(draft for draft in rest if draft.column == "left")]
        ordered += [*rights, *(draft for draft in rest if draft.column == "right")]
        before.blocks[-len(end) :] = ordered


def closing_columns(blocks: Sequence[PageBlock]) -> list[ParagraphDraft]:
    """The columns that a page ends with, if it does and both are there."""
    end: list[ParagraphDraft] = []
    for block in reversed(blocks):
        if not isinstance(block, ParagraphDraft) or block.column is None:
            break
        end.insert(0, block)
    return end if {draft.column for draft in end} == {"left", "right"} else []


def _rest(page: PageLayout, margins: Margins, gutter: float) -> list[ParagraphDraft]:
    """The drafts at the top of the page that stand in the columns parted by `gutter`."""
    rest: list[ParagraphDraft] = []
    for block in page.blocks:
        if not isinstance(block, ParagraphDraft) or len(block.lines) > 1:
            break
        line = block.lines[0]
        middle = abs(line.centre - (margins.left + margins.right) / 2) < 0.02 * page.width
        inside = line.x0 > gutter - 3 * line.size or line.x1 < gutter
        if line.bottom > _TOP * page.height or middle or not inside:
            break
        block.column = "right" if line.x0 > gutter - 3 * line.size else "left"
        rest.append(block)
    return rest


def join_pages(pages: Sequence[PageLayout]) -> bool:
    """Joins a paragraph that a page break cut in two; whether there was one."""
    joined = False
    last: tuple[PageLayout, ParagraphDraft] | None = None
    for page in pages:
        first = page.blocks[0] if page.blocks else None
        if last and isinstance(first, ParagraphDraft) and page.margins and _goes_over(last, first, page):
            draft = last[1]
            draft.turns.append(len(draft.lines))
            draft.lines += first.lines
            page.blocks.pop(0)
            joined = True
            last = (page, draft) if not page.blocks else last
        if page.blocks:
            end = page.blocks[-1]
            last = (page, end) if isinstance(end, ParagraphDraft) and not end.column else None
    return joined


def _goes_over(last: tuple[PageLayout, ParagraphDraft], first: ParagraphDraft, page: PageLayout) -> bool:
    before, draft = last
    if not before.margins or not page.margins or first.column or page.number != before.number + 1:
        return False
    end, start = draft.lines[-1], first.lines[0]
    if abs(end.size - start.size) > 0.15 * end.size:
        return False
    if (is_centred(end, before.margins) and draft.align == "center") or first.align == "center":
        return False
    closed = ends_sentence(end.text)
    if not closed and goes_on_small(start.text):
        return True
    if would_fit(end, start, before.margins.right) or LABEL.match(start.text) or first.indented:
        return False
    return not closed or before.indents
