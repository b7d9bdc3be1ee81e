"""Where the values of a dispatch stand on its pages, for lighting them up; and its text where there are no pictures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from congvan.archive.index.index import with_attached
from congvan.web.show.page_drawing import PrintedFile
from congvan.web.show.page_pictures import has_pictures
from schemas.base import Box
from schemas.dispatch import Dispatch
from schemas.document import Document, Grid, PageInfo, Paragraph

PAGES_AT_ONCE = 20
_MOST_PLACES = 600
_SHORTEST_QUOTE = 2


class LitPlace(NamedTuple):
    """A value's place on a page: its pointer and its box in points."""

    pointer: str
    x: float
    y: float
    width: float
    height: float


class ShownPage(NamedTuple):
    """A page with its size in points and the places on it."""

    number: int
    width: float
    height: float
    places: list[LitPlace]


class ShownPiece(NamedTuple):
    """A piece of text, with the pointer of the value that it is, or none."""

    text: str
    pointer: str | None = None


class Within(NamedTuple):
    """A dispatch and the pointer under which it stands in its file's record."""

    dispatch: Dispatch
    prefix: str


def within(record: Dispatch, dispatch_id: str) -> Within | None:
    """One of the dispatches of a file, or None."""
    return next((one for one in _walk(record, "") if one.dispatch.id == dispatch_id), None)


def _walk(record: Dispatch, prefix: str) -> Iterator[Within]:
    yield Within(record, prefix)
    for number, attached in enumerate(record.attached):
        yield from _walk(attached, f"{prefix}/attached/{number}")


def siblings(record: Dispatch) -> list[Dispatch]:
    """All dispatches of a file."""
    return list(with_attached(record))


def shown_pages(dispatch: Dispatch, document: Document, first: int, cells: bool = False) -> list[ShownPage]:
    """The pages from `first` on that hold the dispatch, with the places of its values; cells of tables if asked."""
    if not has_pictures(document.source.media_type):
        return []
    by_page = _places(dispatch, cells)
    infos = [info for info in document.pages if info.width and info.height and info.number >= first]
    return [_page(info, by_page.get(info.number, [])) for info in infos[:PAGES_AT_ONCE]]


def _page(info: PageInfo, places: list[LitPlace]) -> ShownPage:
    return ShownPage(info.number, info.width or 1, info.height or 1, places[:_MOST_PLACES])


def _places(dispatch: Dispatch, cells: bool) -> dict[int, list[LitPlace]]:
    found: dict[int, list[LitPlace]] = defaultdict(list)
    for pointer, shown in dispatch.evidence.items():
        if not cells and pointer.startswith("/tables/"):
            continue
        for one in shown:
            if one.page and one.bbox:
                found[one.page].append(_lit(pointer, one.bbox))
    for number, notice in enumerate(dispatch.warnings):
        if notice.page and notice.bbox and not (notice.pointer and notice.pointer in dispatch.evidence):
            found[notice.page].append(_lit(notice.pointer or f"/warnings/{number}", notice.bbox))
    # Larger places first, so that smaller ones lie above them and can be pointed at.
    return {page: sorted(places, key=lambda place: -place.width * place.height) for page, places in found.items()}


def _lit(pointer: str, box: Box) -> LitPlace:
    x0, top, x1, bottom = box
    return LitPlace(pointer, *(round(each, 1) for each in (x0, top, x1 - x0, bottom - top)))


def shown_text(dispatch: Dispatch, document: Document) -> Iterator[list[ShownPiece] | list[list[str]]]:
    """The text of a file without pictures, block by block: pieces of a paragraph, or the rows of a table."""
    quotes = quotes_of(dispatch)
    for block in document.blocks:
        if isinstance(block, Grid):
            yield _rows(block)
        elif isinstance(block, Paragraph):
            yield _pieces(block.text, quotes)


def printed_pages(printed: PrintedFile) -> list[ShownPage]:
    """The pages of a printed Word file, with the places at which its values were found."""
    return [
        ShownPage(one.number, one.width, one.height, [_lit(pointer, box) for pointer, box in one.found][:_MOST_PLACES])
        for one in printed.pages
    ]


def quotes_of(dispatch: Dispatch) -> list[tuple[str, str]]:
    """The values of a dispatch, tables left out, by pointer and as they are quoted; the longest first."""
    found = [
        (pointer, one.quote)
        for pointer, shown in dispatch.evidence.items()
        if not pointer.startswith("/tables/")
        for one in shown
        if one.quote and len(one.quote) >= _SHORTEST_QUOTE
    ]
    return sorted(found, key=lambda pair: -len(pair[1]))


def _pieces(text: str, quotes: list[tuple[str, str]]) -> list[ShownPiece]:
    """A paragraph cut at the first value that it quotes and has not been shown yet; each quotation is shown once."""
    for place, (pointer, quote) in enumerate(quotes):
        start = text.find(quote)
        if start >= 0:
            del quotes[place]
            end = start + len(quote)
            before = _pieces(text[:start], quotes) if start else []
            after = _pieces(text[end:], quotes) if end < len(text) else []
            return [*before, ShownPiece(quote, pointer), *after]
    return [ShownPiece(text)]


def _rows(grid: Grid) -> list[list[str]]:
    rows = [[""] * grid.n_columns for _ in range(grid.n_rows)]
    for cell in grid.cells:
        rows[cell.row][cell.column] = cell.text
    return rows
