"""Documents into dispatches, by their zones: each with the parts of its form, its footnotes and furniture."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from form.zones.letters import with_zones
from parsers.record.zones import Parts
from schemas.document import Block, Document, Footnote, Furniture, LetterZones, Paragraph


def split_dispatches(document: Document) -> list[Parts]:
    """The dispatches of a document in reading order, at least one; each divided into the parts of the form."""
    document = with_zones(document)  # where it was made by hand, or is read anew from the archive
    pieces = [document.blocks[letter.start : letter.end] for letter in document.letters]
    pages = [_pages_of(piece) for piece in pieces]
    notes = _share_footnotes(document.footnotes, pieces, pages)
    furniture = _share_furniture(document.furniture, pages)
    return [
        _parts(document.blocks, letter, notes[index], furniture[index]) for index, letter in enumerate(document.letters)
    ]


def _parts(
    blocks: Sequence[Block], letter: LetterZones, footnotes: tuple[Footnote, ...], furniture: tuple[Furniture, ...]
) -> Parts:
    """One dispatch's blocks by their place in the form."""
    signers = [*letter.signers, letter.appendices]
    return Parts(
        head=_paragraphs(blocks[letter.start : letter.body]),
        body=blocks[letter.body : letter.closing],
        closing=_paragraphs(blocks[letter.closing : signers[0]]),
        signers=tuple(_paragraphs(blocks[start:end]) for start, end in pairwise(signers)),
        appendices=blocks[letter.appendices : letter.end],
        footnotes=footnotes,
        furniture=furniture,
    )


def _paragraphs(blocks: Sequence[Block]) -> tuple[Paragraph, ...]:
    return tuple(block for block in blocks if isinstance(block, Paragraph))


def _pages_of(blocks: Sequence[Block]) -> range:
    """The pages on which a dispatch stands."""
    pages = [block.page for block in blocks]
    return range(min(pages, default=1), max(pages, default=1) + 1)


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
