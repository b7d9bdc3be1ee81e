"""Where letterheads stand in a document, and which of them open a dispatch of their own."""

from __future__ import annotations

from collections.abc import Sequence

from form.labels import LINE, is_heading, is_line, is_name, is_state_heading, is_upper, type_title
from schemas.document import Block, Paragraph
from vietnamese.fold import fold

_BACK = 14
"""How many lines of a left half may stand before the Quốc hiệu, at most."""
_AHEAD = 14
"""How many lines below the Quốc hiệu the number, the date and the title may stand."""


def find_starts(blocks: Sequence[Block]) -> list[int]:
    """The index of each dispatch's first block; the first dispatch starts at 0, with a letterhead or without."""
    starts = [0]
    headings = [index for index, block in enumerate(blocks) if isinstance(block, Paragraph) and _heads(block.text)]
    for order, index in enumerate(headings):
        top = _top(blocks, index, starts[-1])
        if _is_first(blocks, top, starts[-1]) or (order == 0 and not _anything_closed(blocks[:top])):
            continue
        following = headings[order + 1] if order + 1 < len(headings) else len(blocks)
        if _opens_dispatch(blocks, top, index, min(following, index + _AHEAD)):
            starts.append(top)
    return starts


def _heads(text: str) -> bool:
    """The right half's first line: Quốc hiệu, the Party's heading, or the Youth Union's name in their place."""
    return is_heading(text) or (is_upper(text) and is_line("union_heading", text))


def _is_first(blocks: Sequence[Block], top: int, start: int) -> bool:
    """Whether only letterhead lines (urgency, a draft mark, a stamp) stand between this letterhead and the start."""
    return top - start <= 3 and all(
        isinstance(block, Paragraph) and len(block.text) < 60 for block in blocks[start:top]
    )


def _anything_closed(blocks: Sequence[Block]) -> bool:
    """Whether a Nơi nhận or a signature stands before: a dispatch without letterhead may lead the file."""
    lines = [block.text for block in blocks if isinstance(block, Paragraph) and len(block.text) <= LINE]
    return any(is_line("distribution_label", line) or (is_line("authority", line) and is_upper(line)) for line in lines)


def _top(blocks: Sequence[Block], heading: int, floor: int) -> int:
    """The first line of the letterhead whose right half begins at `heading`: its left half may precede it."""
    top = heading
    index = heading - 1
    while index >= max(floor, heading - _BACK):
        block = blocks[index]
        if not isinstance(block, Paragraph) or len(block.text) > LINE or _ends_dispatch(block.text):
            break
        if _is_left_half(block.text):
            top = index
        index -= 1
    return top


def _is_left_half(text: str) -> bool:
    return is_line("number_line", text) or (
        is_upper(text) and not is_line("appendix", text) and not is_line("authority", text) and type_title(text) is None
    )


def _ends_dispatch(text: str) -> bool:
    """Lines that belong to the dispatch before: Nơi nhận's items, the end of a sentence, authority marks."""
    folded = fold(text)
    return (
        text.startswith(("-", "+", "*", "•"))
        or folded.endswith(("./.", ".", ";"))
        or is_line("distribution_label", text)
        or is_line("appendix", text)
        or (is_line("authority", text) and is_upper(text))
        or is_name(text)
    )


def _opens_dispatch(blocks: Sequence[Block], top: int, heading: int, limit: int) -> bool:
    """Whether a letterhead behind the first is a dispatch's own and not the head of a form or an appendix."""
    before = [block.text for block in blocks[max(0, top - 3) : top] if isinstance(block, Paragraph)]
    if any(is_line("appendix_form", text) for text in before):
        return False
    lines = [block.text for block in blocks[top:limit] if isinstance(block, Paragraph)]
    numbered = titled = False
    for text in lines:
        if is_line("appendix_form", text):
            return False
        numbered = numbered or is_line("number_line", text)
        titled = titled or type_title(text) is not None
        if is_line("recipients_label", text):
            return numbered
        if is_line("appendix", text) and not titled:
            return False
    return (numbered or titled) and not _is_blank_form(lines)


def _is_blank_form(lines: Sequence[str]) -> bool:
    """A form's letterhead has dots or `TÊN CƠ QUAN` where a dispatch names its issuer."""
    left = [text for text in lines[:5] if not is_state_heading(text) and not is_heading(text)]
    return any(
        "ten co quan" in fold(text) or "ten don vi" in fold(text) or text.count("…") + text.count("..") > 2
        for text in left
    )
