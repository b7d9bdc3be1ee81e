"""A book as a spreadsheet that is ready to print: A4 landscape, headings repeated on every page, all text seen."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from congvan.archive.truth.files import write_atomic
from congvan.register.books import Book

_A4 = 9
_FONT = {"font_name": "Times New Roman", "font_size": 12, "text_wrap": True}
_LINE = 16
"""Points that a line of the font takes."""

_MOST_HEIGHT = 409
"""A row of a spreadsheet is no higher."""

_CAPITAL = 1.35
"""The width of a capital letter beside that of the small ones, on the average."""

_LEAST_WIDTH, _MOST_WIDTH = 8, 46


def write_xlsx(book: Book, path: Path) -> None:
    """Write a book; every cell is text, never a formula. Rows are as high as their words need: not every program
    that opens the file would see to it.
    """
    import xlsxwriter

    whole = io.BytesIO()  # nothing half-written is seen, whatever happens
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    widths = book.widths or _widths(book)
    with xlsxwriter.Workbook(whole, options) as workbook:
        title = workbook.add_format({**_FONT, "bold": True, "font_size": 14, "align": "center", "text_wrap": False})
        heading = workbook.add_format({**_FONT, "bold": True, "border": 1, "align": "center", "valign": "vcenter"})
        cell = workbook.add_format({**_FONT, "border": 1, "valign": "top"})
        sheet = workbook.add_worksheet("Sổ")
        _set_page(sheet)
        sheet.merge_range(0, 0, 0, len(book.columns) - 1, book.title, title)
        sheet.set_row(0, 2 * _LINE)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        numbers = tuple(f"({place})" for place in range(1, len(book.columns) + 1))
        for line, row in enumerate((book.columns, numbers, *book.rows), start=1):
            sheet.set_row(line, height_of(row, widths))
            for place, text in enumerate(row):
                sheet.write_string(line, place, text, heading if line <= 2 else cell)
        sheet.freeze_panes(3, 0)
    write_atomic(path, whole.getvalue())


def _set_page(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)  # inches
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1, 2)
    sheet.set_footer("&C&P/&N")


def height_of(row: Sequence[str], widths: Sequence[int]) -> int:
    """Points that the words of a row need in columns of these widths (letters)."""
    lines = max(_lines(text, width) for text, width in zip(row, widths, strict=True))
    return min(_MOST_HEIGHT, lines * _LINE)


def _lines(text: str, width: int) -> int:
    capitals = sum(letter.isupper() for letter in text)
    wider = 1 + (_CAPITAL - 1) * capitals / max(1, len(text))
    return sum(max(1, len(textwrap.wrap(line, max(1, int(width / wider))))) for line in text.split("\n"))


def _widths(book: Book) -> tuple[int, ...]:
    columns = zip(book.columns, *book.rows, strict=True)
    return tuple(min(_MOST_WIDTH, max(_LEAST_WIDTH, *(len(text) + 2 for text in column))) for column in columns)
