"""Tables of Word files: data tables become grids, the borderless ones that only place text become its lines.

Letterhead and signature block are set as tables without lines (Nghị định 30/2020 does not say how; offices do it so):
the left column is read down first, then the right one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from ingest.flowing.flow import Column, FlowLine
from ingest.flowing.halves import is_form_text, is_signer_text
from ingest.flowing.styled import Styled
from ingest.flowing.text_tables import make_cell
from ingest.word.element_properties import Properties, W, flag, number, properties, properties_in, value
from ingest.word.styles import Styles, has_lines
from schemas.document import Grid
from vietnamese.fold import fold

Element = FlowLine | Grid
ReadBlocks = Callable[[etree._Element], list[Element]]

_ROW = (f"{W}tr", f"{W}trPr", f"{W}del")
_CELL = (f"{W}tc", f"{W}tcPr", f"{W}cellDel")
_MERGE, _BORDERS = f"{W}vMerge", f"{W}tcBorders"
_WRAPPERS = {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}smartTag"}
_ADDRESS = re.compile(r"\s*kinh (?:g[uo]i|trinh)\b")
_WIDEST = 63
"""Word's own limit of columns; a file that says more is broken or means harm."""
_MOST_ROWS, _MOST_COLUMNS = 15, 5
_SIGNED_ROWS, _SIGNED_COLUMNS = 8, 4


class RawCell(NamedTuple):
    """A cell with its place in the grid, its spans and its content."""

    row: int
    column: int
    row_span: int
    column_span: int
    elements: tuple[Element, ...]

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.elements if isinstance(line, FlowLine))


def read_table(
    table: etree._Element, styles: Styles, read_blocks: ReadBlocks, struck: Callable[[], int] = lambda: 0
) -> list[Element]:
    """A table's content: one grid, or lines (and inner tables) where the table only places text.

    `struck` says how many stretches of struck-out words were met so far: a row that holds nothing else is left out.
    """
    rows = list(_children(table, _ROW))
    cells, count = _cells(rows, read_blocks, struck)
    if not cells:
        return []
    ruled = _is_ruled(table, styles)
    width = max(cell.column + cell.column_span for cell in cells)
    if _is_layout(cells, count, width, ruled):
        return list(_lines(cells))
    return [_grid(cells, count, width, ruled, _header_rows(rows))]


def _children(parent: etree._Element, names: tuple[str, str, str]) -> Iterator[tuple[etree._Element, Properties]]:
    """Rows of a table or cells of a row with what is said of them, those in content controls too, deleted ones not."""
    tag, properties_tag, deleted = names
    for child in parent:
        if child.tag == tag:
            said = properties_in(child, properties_tag)
            if deleted not in said:
                yield child, said
        elif child.tag in _WRAPPERS:
            yield from _children(child, names)


def _cells(
    rows: Sequence[tuple[etree._Element, Properties]], read_blocks: ReadBlocks, struck: Callable[[], int]
) -> tuple[list[RawCell], int]:
    """The cells of a table, and how many rows they stand in."""
    cells: list[RawCell] = []
    open_above: dict[int, int] = {}
    index = 0
    for row, row_said in rows:
        before = struck()
        found = list(_cells_of(row, row_said, read_blocks, open_above))
        if struck() > before and not any(_holds_text(elements) for _, _, elements in found):
            continue
        for column, span, elements in found:
            if elements is None:
                above = open_above[column]
                cells[above] = cells[above]._replace(row_span=index - cells[above].row + 1)
            else:
                cells.append(RawCell(index, column, 1, span, tuple(elements)))
                open_above[column] = len(cells) - 1
        index += 1
    return cells, index


def _cells_of(
    row: etree._Element, row_said: Properties, read_blocks: ReadBlocks, open_above: Container[int]
) -> Iterator[tuple[int, int, list[Element] | None]]:
    """The column, the span and the content of each cell of a row; no content where the cell above goes on."""
    column = min(max(number(row_said, "gridBefore") or 0, 0), _WIDEST)
    for cell, said in _children(row, _CELL):
        span = min(max(number(said, "gridSpan") or 1, 1), _WIDEST)
        merge = said.get(_MERGE)
        continued = merge is not None and merge.get(f"{W}val", "continue") == "continue"
        yield column, span, None if continued and column in open_above else read_blocks(cell)
        column += span


def _holds_text(elements: Sequence[Element] | None) -> bool:
    return any(not isinstance(element, FlowLine) or element.text.strip() for element in elements or ())


def _header_rows(rows: Sequence[tuple[etree._Element, Properties]]) -> int | None:
    count = 0
    for _, said in rows:
        if not flag(said, "tblHeader"):
            break
        count += 1
    return count or None


def _is_ruled(table: etree._Element, styles: Styles) -> bool:
    """Whether the table draws lines, itself, by its style or in its cells."""
    own = table.find(f"{W}tblPr/{W}tblBorders")
    if own is not None and len(own):
        if has_lines(own):
            return True
    elif styles.table_has_borders(value(properties(table.find(f"{W}tblPr")), "tblStyle")):
        return True
    cells = table.findall(f"{W}tr/{W}tc")
    lined = sum(1 for cell in cells if _has_box(properties_in(cell, _CELL[1]).get(_BORDERS)))
    return lined * 2 > len(cells)


def _has_box(borders: etree._Element | None) -> bool:
    """Lines on two sides at least: a single one underlines a name in a letterhead."""
    return borders is not None and sum(1 for side in borders if side.get(f"{W}val") not in (None, "none", "nil")) >= 2


def _is_layout(cells: Sequence[RawCell], rows: int, width: int, ruled: bool) -> bool:
    if width == 1 or (rows == 1 and len(cells) == 1):
        return True
    if rows > _MOST_ROWS or width > _MOST_COLUMNS * 2 or len(cells) > _MOST_ROWS * _MOST_COLUMNS:
        return False
    if any(is_form_text(cell.text) for cell in cells):
        return True
    if ruled:
        return False
    columns = len({cell.column for cell in cells})
    if rows <= _SIGNED_ROWS and columns <= _SIGNED_COLUMNS and any(is_signer_text(cell.text) for cell in cells):
        return True
    return columns <= 2 and rows <= 3


def _grid(cells: Sequence[RawCell], rows: int, width: int, ruled: bool, header_rows: int | None) -> Grid:
    made = tuple(
        make_cell(_flat(cell.elements), cell.row, cell.column, 1, (cell.row_span, cell.column_span)) for cell in cells
    )
    return Grid(n_rows=rows, n_columns=width, cells=made, header_rows=header_rows, ruled=ruled)


def _flat(elements: Sequence[Element]) -> Styled:
    """The content of a cell on one line, an inner table's cells one after the other."""
    if len(elements) == 1 and isinstance(elements[0], FlowLine):
        return elements[0].styled
    parts: list[Styled] = []
    for element in elements:
        if isinstance(element, FlowLine):
            parts.append(element.styled)
        else:
            parts.extend(Styled.plain(cell.text) for cell in element.cells if cell.text)
    spaced = [piece for part in parts for piece in (Styled.plain(" "), part)]
    return Styled.concat(spaced) if spaced else Styled.plain("")


def _lines(cells: Sequence[RawCell]) -> Iterator[Element]:
    """The lines of a layout table: column by column, but row by row where a row is one cell or says Kính gửi."""
    sided = any(is_form_text(cell.text) or is_signer_text(cell.text) for cell in cells)
    group: list[RawCell] = []
    for row in sorted({cell.row for cell in cells}):
        in_row = [cell for cell in cells if cell.row == row]
        filled = [cell for cell in in_row if cell.elements]
        whole = len(in_row) == 1 and len({cell.column for cell in cells}) > 1 and not _inside_merge(cells, row)
        if whole or not sided or (filled and _ADDRESS.match(fold(filled[0].text))):
            yield from _columns(group)
            group = []
            for cell in in_row:
                yield from cell.elements
        else:
            group.extend(in_row)
    yield from _columns(group)


def _inside_merge(cells: Sequence[RawCell], row: int) -> bool:
    return any(cell.row < row < cell.row + cell.row_span for cell in cells)


def _columns(cells: Sequence[RawCell]) -> Iterator[Element]:
    """The cells of some rows, the leftmost filled column first; all others stand on the right."""
    columns = sorted({cell.column for cell in cells if cell.elements})
    for column in columns:
        side: Column = "left" if column == columns[0] and len(columns) > 1 else "right"
        for cell in cells:
            if cell.column == column:
                yield from (_sided(element, side, alone=len(columns) == 1) for element in cell.elements)


def _sided(element: Element, side: Column, *, alone: bool) -> Element:
    if isinstance(element, Grid) or element.column is not None or alone:
        return element
    return element._replace(column=side)
