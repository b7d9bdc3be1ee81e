"""The layout engine: positioned words of pages to paragraphs in reading order. It knows no file format.

A reader calls `lay_out` for each page, giving it the margins of the page before, and `assemble` once for all pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from ingest.door.steps import PageSteps
from ingest.page.assembly import build, coarsen
from ingest.page.columns import find_bands
from ingest.page.lines import margins_of, to_lines
from ingest.page.margins import take_footer, take_notes, take_page_number, take_running_heads
from ingest.page.pages import carry_columns, closing_columns, join_pages
from ingest.page.paragraphs import to_drafts
from ingest.page.placed import (
    Column,
    Margins,
    PageBlock,
    PageContent,
    PageLayout,
    ParagraphDraft,
    PlacedLine,
    ReadPage,
)
from schemas.document import Block, Footnote, Furniture, Grid
from schemas.packed import Packed

_SAME = 10.0
"""Pages whose widths differ by less, in points, have the same margins."""
# So many blocks at the top of a page may be the rest of a signature block.
_TOP_LINES = 12
# A line drawn with characters, or a blank to be filled in.
_DRAWN = re.compile(r"[-–—=_*]{3,}|_{2,}|[._…]{4,}|…{2,}")


@dataclass(frozen=True)
class Layout:
    """The text of a document: what `Document` holds under the same names, and the repairs made."""

    blocks: Sequence[Block]
    footnotes: tuple[Footnote, ...]
    furniture: tuple[Furniture, ...]
    steps: tuple[str, ...]


def lay_out(page: PageContent, before: PageLayout | None = None, *, coarse: bool = False) -> PageLayout:
    """The blocks of one page in reading order. `before`: the page before.

    With `coarse`, for documents of very many pages, one box stands for a stretch of a line instead of a word, and
    what no later step touches is packed.
    """
    lines = to_lines([word for word in page.words if not _DRAWN.fullmatch(word.text)])
    layout = PageLayout(page.number, page.width, page.height, None, furniture=list(page.furniture))
    layout.furniture += take_page_number(lines, page)
    like = before.margins if before is not None and abs(before.width - page.width) < _SAME else None
    margins = margins_of(lines, page.width, like)
    layout.margins = margins
    if margins is not None:
        layout.notes = take_notes(lines, page, margins)
        layout.furniture += take_footer(lines, page, margins)
        layout.blocks = _blocks(lines, page, margins)
    else:
        layout.blocks = list(page.grids)
    layout.indents = _indents(layout.blocks)
    if coarse:
        _settle(layout, before)
    return layout


def lay_out_read(page: ReadPage, before: PageLayout | None, *, coarse: bool = False) -> tuple[ReadPage, PageLayout]:
    """A page that was read and its layout; where that fails, its lines as they stand, with a notice on the page."""
    steps = PageSteps(page.content.number)
    layout = steps.take(
        "dựng đoạn văn", lambda: lay_out(page.content, before, coarse=coarse), lambda: _line_by_line(page.content)
    )
    return replace(page, notices=(*page.notices, *steps.notices)) if steps.failed else page, layout


def _line_by_line(page: PageContent) -> PageLayout:
    """A page's lines, a paragraph each, and its tables behind them."""
    lines = [ParagraphDraft([line], page.number) for line in to_lines(list(page.words))]
    blocks: list[PageBlock] = [*lines, *page.grids]
    return PageLayout(page.number, page.width, page.height, None, blocks=blocks, furniture=list(page.furniture))


def assemble(pages: Sequence[PageLayout], *, coarse: bool = False) -> Layout:
    """All pages as one: running heads set apart, paragraphs joined over page breaks; `coarse` as for `lay_out`."""
    take_running_heads(pages)
    carry_columns(pages)
    joined = join_pages(pages)
    built = (_built(_let_go(page)) for page in pages)
    blocks: Sequence[Block] = Packed.of(built) if coarse else tuple(chain.from_iterable(built))
    notes = [Footnote(mark=note.mark, paragraph=build(note.draft)) for page in pages for note in page.notes]
    furniture = [piece for page in pages for piece in page.furniture]
    steps = ("join_page_break",) if joined else ()
    return Layout(blocks, tuple(notes), tuple(furniture), steps)


def _built(blocks: Iterable[PageBlock]) -> Iterator[Block]:
    """The blocks of a page as the Document holds them."""
    for block in blocks:
        if isinstance(block, Packed):
            yield from block
        else:
            yield build(block) if isinstance(block, ParagraphDraft) else block


def _let_go(page: PageLayout) -> list[PageBlock]:
    blocks, page.blocks = page.blocks, []
    return blocks


def _indents(blocks: Sequence[PageBlock]) -> bool:
    """Whether paragraphs begin with an indent, so that a line without one goes on with the one before."""
    long = [
        block for block in blocks if isinstance(block, ParagraphDraft) and len(block.lines) > 1 and not block.column
    ]
    return sum(1 for block in long if block.indented) * 2 > len(long)


def _settle(layout: PageLayout, before: PageLayout | None) -> None:
    """Gives a page few boxes, and packs what no other page touches: grids, and drafts away from its edges."""
    blocks, layout.blocks = layout.blocks, []
    top = _TOP_LINES if before is not None and closing_columns(before.blocks) else 1
    bottom = len(blocks) - max(1, len(closing_columns(blocks)))
    run: list[Block] = []
    for index, block in enumerate(blocks):
        if isinstance(block, ParagraphDraft):
            coarsen(block)
        if isinstance(block, ParagraphDraft) and not top <= index < bottom:
            layout.blocks += [*_packed(run), block]
            run = []
        else:
            run += map(_lean, _built([block]))
    layout.blocks += _packed(run)


def _lean(block: Block) -> Block:
    """A table with its cells packed by themselves: whoever looks for paragraphs only need not unpack them."""
    return block.model_copy(update={"cells": Packed.of([block.cells])}) if isinstance(block, Grid) else block


def _packed(run: list[Block]) -> list[PageBlock]:
    return [Packed.of([run])] if run else []


def _blocks(lines: list[PlacedLine], page: PageContent, margins: Margins) -> list[PageBlock]:
    """Lines and grids of a page as blocks: grids part the page into stretches of lines."""
    blocks: list[PageBlock] = []
    grids = sorted(page.grids, key=lambda grid: grid.box[1] if grid.box else 0.0)
    rest = lines
    for grid in grids:
        top = grid.box[1] if grid.box else 0.0
        above = [line for line in rest if (line.top + line.bottom) / 2 < top]
        rest = rest[len(above) :]
        blocks += _stretch(above, page.number, margins)
        blocks.append(grid)
    blocks += _stretch(rest, page.number, margins)
    return blocks


def _stretch(lines: Sequence[PlacedLine], page: int, margins: Margins) -> Iterator[ParagraphDraft]:
    """The paragraphs of lines between two grids, side-by-side columns read one after the other."""
    place = 0
    for band in find_bands(lines, margins):
        yield from _numbered(to_drafts(lines[place : band.start], margins), page)
        yield from _column(band.left, "left", page)
        yield from _column(band.right, "right", page)
        place = band.end
    yield from _numbered(to_drafts(lines[place:], margins), page)


def _numbered(drafts: Iterable[ParagraphDraft], page: int) -> Iterator[ParagraphDraft]:
    for draft in drafts:
        draft.page = page
        yield draft


def _column(lines: Sequence[PlacedLine], column: Column, page: int) -> Iterator[ParagraphDraft]:
    """Each line of a column is a paragraph of its own."""
    starts = [line.x0 for line in lines]
    even = len(lines) > 1 and max(starts) - min(starts) < 0.5 * lines[0].size
    for line in lines:
        yield ParagraphDraft([line], page, column, "left" if even else "center")
