"""The zones of a document: each dispatch in it, from its letterhead to its appendices.

A letterhead of its own starts a new dispatch; the head of a form or of an appendix does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, groupby, pairwise

from form.closing import closing_span
from form.heading import head_length
from form.labels import is_line
from form.letterhead import find_starts
from form.zones.abreast import signers_abreast
from form.zones.columns_apart import columns_apart
from form.zones.cut import LONGEST, slice_paragraph, stretches
from form.zones.stamp_lines import without_stamps
from schemas.document import Block, Document, Furniture, LetterZones, Paragraph
from schemas.packed import Packed


def with_zones(document: Document) -> Document:
    """The document with its columns taken apart and its zones decided; as it is, where they are decided already.

    Blank lines and rules are left out, the lines of stamps are furniture, and a paragraph longer than any of a
    dispatch stands in parts.
    """
    if document.letters:
        return document
    packed = isinstance(document.blocks, Packed)
    stamps: list[Furniture] = []
    blocks = _kept(without_stamps(_lines(document.blocks), stamps), packed)
    starts = find_starts(blocks)
    pieces = [_laid(blocks[start:end]) for start, end in pairwise([*starts, len(blocks)])]
    if any(letter.signers for _, letter in pieces):
        blocks = _kept(chain.from_iterable(piece for piece, _ in pieces), packed)
    places = accumulate((letter.end for _, letter in pieces), initial=0)
    letters = tuple(letter.moved(place) for (_, letter), place in zip(pieces, places, strict=False))
    furniture = (*document.furniture, *stamps)
    return document.model_copy(update={"blocks": blocks, "letters": letters, "furniture": furniture})


def _kept(blocks: Iterable[Block], packed: bool) -> Sequence[Block]:
    return Packed.of(page for _, page in groupby(blocks, lambda block: block.page)) if packed else tuple(blocks)


def _lines(blocks: Sequence[Block]) -> Iterator[Block]:
    """What has something to read, in page order, columns apart, no paragraph too long for the rules."""
    for block in columns_apart(_in_page_order(blocks)):
        if not isinstance(block, Paragraph):
            yield block
        elif len(block.text) > LONGEST:
            yield from (slice_paragraph(block, start, end) for start, end in stretches(block.text))
        elif not _is_blank(block.text):
            yield block


def _in_page_order(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks page by page, on each in their order.

    A reader may carry a column over a page break; a dispatch that begins on the next page must not be cut into.
    """
    pages = [block.page for block in blocks]
    return (blocks[place] for place in sorted(range(len(pages)), key=pages.__getitem__))


def _is_blank(text: str) -> bool:
    """Whether a line is empty or no more than a printed rule."""
    return not text.strip() or (is_line("rule", text) and not any(map(str.isalpha, text)))


def _laid(blocks: Sequence[Block]) -> tuple[Sequence[Block], LetterZones]:
    """One dispatch's blocks and its zones in them; signers who stand abreast one after the other, behind the rest."""
    body = head_length(blocks)
    closing, appendices = closing_span(blocks, body)
    lines = blocks[closing:appendices]
    found = signers_abreast([line for line in lines if isinstance(line, Paragraph)])
    if not found.signers:
        return blocks, LetterZones(0, body, closing, (), appendices, len(blocks))
    others = [line for line in lines if not isinstance(line, Paragraph)]
    laid = [*blocks[:closing], *others, *found.rest, *chain(*found.signers), *blocks[appendices:]]
    *signers, end = accumulate(map(len, found.signers), initial=closing + len(others) + len(found.rest))
    return laid, LetterZones(0, body, closing, tuple(signers), end, len(laid))
