"""Spreadsheets (XLSX) by one policy: no formulas, real days and numbers, frozen headings, filters, no half files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from congvan.archive.truth.files import replaced
from congvan.writing.cells import Value, write_cell

MOST_ROWS = 1_048_575
"""Rows that a sheet holds besides its headings."""
_WIDTH = 14
_WRAPPED = {"text_wrap": True, "valign": "top"}
_STYLES: Mapping[str, dict[str, Any]] = {
    "head": {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#E8EEF7", "border": 1},
    "text": _WRAPPED,
    "number": {"valign": "top"},
    "day": {"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"},
    "time": {"num_format": "dd/mm/yyyy hh:mm", "valign": "top", "align": "left"},
    "link": {"font_color": "#1155CC", "underline": 1, "valign": "top"},
}
_MARKED = {"bg_color": "#F8D7DA"}


@dataclass(frozen=True)
class Worksheet:
    """A worksheet to write: headings, rows, widths by column (letters), and which rows are marked.

    `frozen` columns stay in sight at the left; `marked` gives the numbers (from 0) of rows shown in another colour.
    """

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Value]]
    widths: Sequence[int] = ()
    frozen: int = 0
    marked: frozenset[int] = field(default_factory=frozenset)


@contextmanager
def workbook(path: Path, *, long: bool = False) -> Iterator[Any]:
    """An XlsxWriter workbook that is put at `path` once it is whole. `long`: row by row, in little memory."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": long}
    with replaced(path) as part:
        book = xlsxwriter.Workbook(os.fspath(part), options)
        yield book
        book.close()


def write_sheets(path: Path, sheets: Iterable[Worksheet], *, long: bool = False) -> int:
    """Write sheets into one file; gives how many rows found no room in theirs."""
    left_out = 0
    with workbook(path, long=long) as book:
        formats = {name: book.add_format(style) for name, style in _STYLES.items()}
        marked = {name: book.add_format({**style, **_MARKED}) for name, style in _STYLES.items()}
        for sheet in sheets:
            left_out += _write_sheet(book.add_worksheet(sheet.title[:31]), sheet, formats, marked)
    return left_out


def _write_sheet(target: Any, sheet: Worksheet, formats: dict[str, Any], marked: dict[str, Any]) -> int:
    target.freeze_panes(1, sheet.frozen)
    target.set_landscape()
    target.set_paper(9)  # A4
    target.fit_to_pages(1, 0)
    target.repeat_rows(0)
    target.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    target.set_footer("&L&A&R&P / &N")
    for column, heading in enumerate(sheet.headings):
        target.set_column(column, column, sheet.widths[column] if column < len(sheet.widths) else _WIDTH)
        target.write_string(0, column, heading, formats["head"])
    count = 0
    for count, row in enumerate(sheet.rows, start=1):
        if count > MOST_ROWS:
            continue
        styles = marked if count - 1 in sheet.marked else formats
        for column, value in enumerate(row):
            write_cell(target, (count, column), value, styles)
    target.autofilter(0, 0, max(1, min(count, MOST_ROWS)), len(sheet.headings) - 1)
    return max(0, count - MOST_ROWS)
