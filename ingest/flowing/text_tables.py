"""Tables in plain text: rows of cells separated by tabs or by bars, and HTML tables in the midst of text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html.parser import HTMLParser

from ingest.flowing.flow import FlowLine
from ingest.flowing.halves import is_form_text
from ingest.flowing.markup import parse_markup
from ingest.flowing.styled import BOLD, Styled
from schemas.document import Cell, Grid

_BAR_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?")
_BAR = re.compile(r"(?<!\\)\|")


def is_bar_row(line: str) -> bool:
    """Whether this line is a row of a Markdown table: it begins with a bar, or holds two of them."""
    bars = len(_BAR.findall(line))
    return bars >= 2 and (line.lstrip().startswith("|") or line.rstrip().endswith("|") or " | " in line)


def is_tab_row(line: str) -> bool:
    """Whether this line has cells separated by tabs: a tab behind a word, with at least one more cell or two tabs."""
    body = line.strip("\r\n")
    inner = body.strip(" ").rstrip("\t ")
    return "\t" in inner or body.count("\t") >= 2


Table = Grid | tuple[FlowLine, ...]
"""A grid, or the lines of a table that only sets a letterhead or a signature block side by side."""

_MOST_FORM_ROWS, _MOST_FORM_COLUMNS = 15, 4


def bar_table(lines: list[str], page: int) -> Table:
    """A table of Markdown rows; what stands above the rule of dashes is its heading."""
    rows: list[list[str]] = []
    header_rows = None
    for line in lines:
        if _BAR_RULE.fullmatch(line.strip()):
            header_rows = header_rows or len(rows) or None
            continue
        rows.append([cell.replace("\\|", "|") for cell in _bar_cells(line)])
    return form_lines(rows, page) or make_grid(rows, page, header_rows)


def form_lines(rows: Sequence[Sequence[str]], page: int) -> tuple[FlowLine, ...]:
    """The lines of a letterhead or a signature block set as a table, its left column first; none for a real table."""
    width = max((len(row) for row in rows), default=0)
    if len(rows) > _MOST_FORM_ROWS or width > _MOST_FORM_COLUMNS:
        return ()
    columns = [[row[column] for row in rows if column < len(row)] for column in range(width)]
    parsed = [[parse_markup(cell.strip()) for cell in cells if cell.strip()] for cells in columns]
    filled = [cells for cells in parsed if cells]
    if not any(is_form_text(cell.text) for cells in filled for cell in cells):
        return ()
    return tuple(
        FlowLine(piece, page, column=None if len(filled) == 1 else "left" if index == 0 else "right")
        for index, cells in enumerate(filled)
        for cell in cells
        for piece in cell.split("\n")
        if piece.text.strip()
    )


def _bar_cells(line: str) -> list[str]:
    return _BAR.split(line.strip().removeprefix("|").removesuffix("|"))


def tab_grid(lines: list[str], page: int) -> Grid:
    """A grid of tab-separated rows. A line without a tab goes on with the last cell of an unfinished row."""
    rows: list[list[str]] = []
    width = max(line.count("\t") + 1 for line in lines)
    for line in lines:
        cells = line.split("\t")
        if rows and len(cells) < width and len(rows[-1]) + len(cells) - 1 <= width and len(rows[-1]) < width:
            rows[-1][-1] += " " + cells[0]
            rows[-1].extend(cells[1:])
        else:
            rows.append(cells)
    return make_grid(rows, page)


def make_grid(rows: list[list[str]], page: int, header_rows: int | None = None) -> Grid:
    """A grid of these rows, short ones filled with blanks; markup inside the cells is removed."""
    width = max((len(row) for row in rows), default=0)
    cells = [
        make_cell(parse_markup(text), row, column, page)
        for row, texts in enumerate(rows)
        for column, text in enumerate([*texts, *[""] * (width - len(texts))])
    ]
    return Grid(page=page, n_rows=len(rows), n_columns=width, cells=tuple(cells), header_rows=header_rows, ruled=False)


def make_cell(styled: Styled, row: int, column: int, page: int, spans: tuple[int, int] = (1, 1)) -> Cell:
    """One cell; `spans` are its rows and columns."""
    folded = styled.folded()
    return Cell(
        row=row,
        column=column,
        row_span=spans[0],
        column_span=spans[1],
        text=folded.text,
        page=page,
        bold=bool(folded.has(BOLD)),
    )


class _TableParser(HTMLParser):
    """Collects the rows of one HTML table: `(text, row span, column span)` a cell, markup inside cells kept."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[tuple[str, int, int]]] = []
        self.head_rows = 0
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            values = dict(attrs)
            self.rows = self.rows or [[]]
            self.rows[-1].append(("", _span(values.get("rowspan")), _span(values.get("colspan"))))
            self._in_cell = True
        elif self._in_cell:
            self._append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._in_cell = False
        elif tag == "thead":
            self.head_rows = len(self.rows)
        elif self._in_cell:
            self._append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self._append(data)

    def _append(self, text: str) -> None:
        old, rows, columns = self.rows[-1][-1]
        self.rows[-1][-1] = (old + text, rows, columns)


def _span(value: str | None) -> int:
    return min(max(int(value), 1), 500) if value and value.isdigit() else 1


def html_table(text: str, page: int) -> Table:
    """One `<table>…</table>`, spans kept."""
    parser = _TableParser()
    parser.feed(text)
    lines = form_lines([[cell[0] for cell in row] for row in parser.rows], page)
    if lines:
        return lines
    cells = list(_placed(parser.rows, page))
    return Grid(
        page=page,
        n_rows=max((cell.row + cell.row_span for cell in cells), default=0),
        n_columns=max((cell.column + cell.column_span for cell in cells), default=0),
        cells=tuple(cells),
        header_rows=parser.head_rows or None,
        ruled=False,
    )


def _placed(rows: list[list[tuple[str, int, int]]], page: int) -> Iterable[Cell]:
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(rows):
        column = 0
        for text, row_span, column_span in cells:
            while (row, column) in taken:
                column += 1
            row_span = min(row_span, len(rows) - row)
            taken.update((row + down, column + right) for down in range(row_span) for right in range(column_span))
            yield make_cell(parse_markup(text), row, column, page, (row_span, column_span))
            column += column_span
