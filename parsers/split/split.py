"""Documents into dispatches, and each dispatch into the parts of the form.

A letterhead of its own starts a new dispatch; the head of a form or of an appendix does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from form.closing import closing_span
from form.heading import head_length
from form.labels import is_line
from form.letterhead import find_starts
from parsers.record.passage import LONGEST, stretches
from parsers.record.zones import Parts
from parsers.split.untangle import slice_paragraph, untangle
from schemas.document import Block, Document, Footnote, Furniture, Paragraph
from schemas.packed import Packed


def split_dispatches(document: Document) -> list[Parts]:
    """The dispatches of a document in reading order, at least one; each divided into the parts of the form."""
    in_order = _in_page_order(document.blocks)
    parted = (part for block in untangle(in_order) if not _is_blank(block) for part in _bounded(block))
    by_page = (page for _, page in groupby(parted, lambda block: block.page))
    blocks: Sequence[Block] = Packed.of(by_page) if isinstance(document.blocks, Packed) else tuple(parted)
    starts = find_starts(blocks)
    ends = [*starts[1:], len(blocks)]
    pieces = [blocks[start:end] for start, end in zip(starts, ends, strict=True)]
    pages = _page_ranges(blocks, starts, ends)
    notes = _share_footnotes(document.footnotes, pieces, pages)
    furniture = _share_furniture(document.furniture, pages)
    return [divide(piece, notes[index], furniture[index]) for index, piece in enumerate(pieces)]


def _in_page_order(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks page by page, on each in their order.

    A reader may carry a column over a page break; a dispatch that begins on the next page must not be cut into.
    """
    pages = [block.page for block in blocks]
    return (blocks[place] for place in sorted(range(len(pages)), key=pages.__getitem__))


def divide(
    blocks: Sequence[Block], footnotes: tuple[Footnote, ...] = (), furniture: tuple[Furniture, ...] = ()
) -> Parts:
    """One dispatch's blocks by their place in the form."""
    head_end = head_length(blocks)
    closing_start, closing_end = closing_span(blocks, head_end)
    return Parts(
        head=_paragraphs(blocks[:head_end]),
        body=blocks[head_end:closing_start],
        closing=_paragraphs(blocks[closing_start:closing_end]),
        appendices=blocks[closing_end:],
        footnotes=footnotes,
        furniture=furniture,
    )


def _paragraphs(blocks: Sequence[Block]) -> tuple[Paragraph, ...]:
    return tuple(block for block in blocks if isinstance(block, Paragraph))


def _bounded(block: Block) -> Iterator[Block]:
    """A paragraph far longer than any of a dispatch (a whole file on one line), in parts: no rule grinds on it."""
    if isinstance(block, Paragraph) and len(block.text) > LONGEST:
        yield from (slice_paragraph(block, start, end) for start, end in stretches(block.text))
    else:
        yield block


def _is_blank(block: Block) -> bool:
    return isinstance(block, Paragraph) and (not block.text.strip() or _is_rule(block.text))


def _is_rule(text: str) -> bool:
    return is_line("rule", text) and not any(character.isalpha() for character in text)


def _page_ranges(blocks: Sequence[Block], starts: Sequence[int], ends: Sequence[int]) -> list[range]:
    """The pages on which each dispatch stands."""
    pages = [block.page for block in blocks]
    spans = (pages[start:end] for start, end in zip(starts, ends, strict=True))
    return [range(min(span, default=1), max(span, default=1) + 1) for span in spans]


def _share_footnotes(
    footnotes: Sequence[Footnote], pieces: Sequence[Sequence[Block]], pages: Sequence[range]
) -> list[tuple[Footnote, ...]]:
    """Each footnote to the dispatch on whose pages it stands; where pages are unknown, to the one with its mark."""
    shares: list[list[Footnote]] = [[] for _ in pieces]
    for footnote in footnotes:
        holders = [i for i, of_piece in enumerate(pages) if footnote.paragraph.page in of_piece]
        marked = [i for i in holders if len(holders) > 1 and _has_mark(pieces[i], footnote.mark)]
        shares[(marked or holders or [0])[0]].append(footnote)
    return [tuple(share) for share in shares]


def _share_furniture(furniture: Sequence[Furniture], pages: Sequence[range]) -> list[tuple[Furniture, ...]]:
    """Each piece of furniture to every dispatch that stands on its page (a page may close one and open another)."""
    shares: list[list[Furniture]] = [[] for _ in pages]
    for item in furniture:
        for index in [i for i, of_piece in enumerate(pages) if item.page in of_piece] or [0]:
            shares[index].append(item)
    return [tuple(share) for share in shares]


def _has_mark(blocks: Sequence[Block], mark: str) -> bool:
    return any(mark == found for block in blocks if isinstance(block, Paragraph) for _, found in block.note_marks)
