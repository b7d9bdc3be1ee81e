"""The layout engine: positioned words of pages to paragraphs in reading order. It knows no file format.

A reader calls `lay_out` for each page, giving it the margins of the page before, and `assemble` once for all pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.layout_build import build, coarsen
from ingest.layout_columns import find_bands
from ingest.layout_lines import margins_of, to_lines
from ingest.layout_margins import take_footer, take_notes, take_page_number, take_running_heads
from ingest.layout_pages import carry_columns, join_pages
from ingest.layout_paragraphs import to_drafts
from ingest.placed import Column, Draft, Line, Margins, PageContent, PageLayout
from schemas.document import Block, Footnote, Furniture, Grid, Paragraph

# So many single lines at the top of a page may be the rest of a signature block.
_TOP_LINES = 12
# A line drawn with characters, or a blank to be filled in.
_DRAWN = re.compile(r"[-–—=_*]{3,}|_{2,}|[._…]{4,}|…{2,}")


@dataclass(frozen=True)
class Layout:
    """The text of a document: what `Document` holds under the same names, and the repairs made."""

    blocks: tuple[Block, ...]
    footnotes: tuple[Footnote, ...]
    furniture: tuple[Furniture, ...]
    steps: tuple[str, ...]


def lay_out(page: PageContent, before: Margins | None = None, *, coarse: bool = False) -> PageLayout:
    """The blocks of one page in reading order. `before`: margins of the page before, if it has the same size.

    With `coarse`, for documents of very many pages, one box stands for a stretch of a line instead of a word.
    """
    lines = to_lines([word for word in page.words if not _DRAWN.fullmatch(word.text)])
    layout = PageLayout(page.number, page.width, page.height, None, furniture=list(page.furniture))
    layout.furniture += take_page_number(lines, page)
    margins = margins_of(lines, page.width, before)
    layout.margins = margins
    if margins is not None:
        layout.notes = take_notes(lines, page, margins)
        layout.furniture += take_footer(lines, page, margins)
        layout.blocks = _blocks(lines, page, margins)
    else:
        layout.blocks = list(page.grids)
    layout.indents = _indents(layout.blocks)
    if coarse:
        _settle(layout)
    return layout


def assemble(pages: Sequence[PageLayout]) -> Layout:
    """All pages as one: running heads set apart, paragraphs joined over page breaks."""
    take_running_heads(pages)
    carry_columns(pages)
    joined = join_pages(pages)
    blocks: list[Block] = []
    for page in pages:
        for block in page.blocks:
            blocks.append(build(block) if isinstance(block, Draft) else block)
        page.blocks = []
    notes = [Footnote(mark=note.mark, paragraph=build(note.draft)) for page in pages for note in page.notes]
    furniture = [piece for page in pages for piece in page.furniture]
    steps = ("join_page_break",) if joined else ()
    return Layout(tuple(blocks), tuple(notes), tuple(furniture), steps)


def _indents(blocks: Sequence[Draft | Paragraph | Grid]) -> bool:
    """Whether paragraphs begin with an indent, so that a line without one goes on with the one before."""
    long = [block for block in blocks if isinstance(block, Draft) and len(block.lines) > 1 and not block.column]
    return sum(1 for block in long if block.indented) * 2 > len(long)


def _settle(layout: PageLayout) -> None:
    """Makes paragraphs, with few boxes, of all drafts that the next pages leave alone: those away from the edges."""
    blocks = layout.blocks
    for index, block in enumerate(blocks):
        if not isinstance(block, Draft):
            continue
        coarsen(block)
        at_top = index == 0 or (index < _TOP_LINES and len(block.lines) == 1)
        if not at_top and index < len(blocks) - 1 and block.column is None:
            blocks[index] = build(block)


def _blocks(lines: list[Line], page: PageContent, margins: Margins) -> list[Draft | Paragraph | Grid]:
    """Lines and grids of a page as blocks: grids part the page into stretches of lines."""
    blocks: list[Draft | Paragraph | Grid] = []
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


def _stretch(lines: Sequence[Line], page: int, margins: Margins) -> Iterator[Draft]:
    """The paragraphs of lines between two grids, side-by-side columns read one after the other."""
    place = 0
    for band in find_bands(lines, margins):
        yield from _numbered(to_drafts(lines[place : band.start], margins), page)
        yield from _column(band.left, "left", page)
        yield from _column(band.right, "right", page)
        place = band.end
    yield from _numbered(to_drafts(lines[place:], margins), page)


def _numbered(drafts: Iterable[Draft], page: int) -> Iterator[Draft]:
    for draft in drafts:
        draft.page = page
        yield draft


def _column(lines: Sequence[Line], column: Column, page: int) -> Iterator[Draft]:
    """Each line of a column is a paragraph of its own."""
    starts = [line.x0 for line in lines]
    even = len(lines) > 1 and max(starts) - min(starts) < 0.5 * lines[0].size
    for line in lines:
        yield Draft([line], page, column, "left" if even else "center")
