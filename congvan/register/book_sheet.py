"""A book as a spreadsheet that is ready to print: a cover, A4 landscape, headings on every page, all text seen.

Days and numbers are cells of their kind, so that they sort, filter and sum whatever the computer's region is.
"""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from congvan.register.books import Book, Cell, show
from congvan.writing.cells import write_cell
from congvan.writing.spreadsheet import workbook

_A4 = 9
_FONT = {"font_name": "Times New Roman", "font_size": 12, "text_wrap": True}
_LINE = 16
"""Points that a line of the font takes."""

_MOST_HEIGHT = 409
"""A row of a spreadsheet is no higher."""

_CAPITAL = 1.35
"""The width of a capital letter beside that of the small ones, on the average."""

_LEAST_WIDTH, _MOST_WIDTH = 8, 46
_DOTS = "………………"


def write_xlsx(book: Book, path: Path) -> None:
    """Write a book. Rows are as high as their words need: not every program that opens the file would see to it."""
    widths = book.widths or _widths(book)
    with workbook(path) as made:
        if book.year is not None:
            _write_cover(made, book)
        sheet = made.add_worksheet("Sổ")
        sheet.activate()
        _set_page(sheet)
        _write_rows(made, sheet, book, widths)
        sheet.freeze_panes(3, 0)


def _write_rows(made: Any, sheet: Any, book: Book, widths: Sequence[int]) -> None:
    title = made.add_format({**_FONT, "bold": True, "font_size": 14, "align": "center", "text_wrap": False})
    heading = made.add_format({**_FONT, "bold": True, "border": 1, "align": "center", "valign": "vcenter"})
    cell = made.add_format({**_FONT, "border": 1, "valign": "top"})
    day = made.add_format({**_FONT, "border": 1, "valign": "top", "align": "left", "num_format": "dd/mm/yyyy"})
    heads, cells = {"text": heading}, {"text": cell, "number": cell, "day": day}
    plain = made.add_format({**_FONT, "text_wrap": False})
    sheet.merge_range(0, 0, 0, len(book.columns) - 1, book.title, title)
    sheet.set_row(0, 2 * _LINE)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    numbers = tuple(f"({place})" for place in range(1, len(book.columns) + 1))
    for line, row in enumerate((book.columns, numbers, *book.rows), start=1):
        sheet.set_row(line, height_of(row, widths))
        for place, value in enumerate(row):
            write_cell(sheet, (line, place), value, heads if line <= 2 else cells)
    last = 2 + len(book.rows)
    if book.rows:
        sheet.autofilter(2, 0, last, len(book.columns) - 1)
    sheet.write_string(last + 1, 0, f"Tổng số: {len(book.rows)} văn bản." if book.rows else book.empty or "", plain)
    if book.year is not None:
        sheet.write_string(last + 3, 0, "Người lập sổ", plain)
        sheet.write_string(last + 3, max(2, len(book.columns) - 3), "Thủ trưởng đơn vị", plain)


def _write_cover(made: Any, book: Book) -> None:
    """The first page (Nghị định 30/2020, Phụ lục IV): whose book, of which year, from which number and day to which."""
    small = made.add_format({**_FONT, "font_size": 14, "align": "center", "text_wrap": False})
    large = made.add_format({**_FONT, "font_size": 22, "bold": True, "align": "center", "text_wrap": False})
    sheet = made.add_worksheet("Bìa")
    _set_paper(sheet)
    sheet.set_column(0, 0, 110)
    first, last = book.numbers or (_DOTS, _DOTS)
    days = tuple(map(show, book.days)) if book.days else (_DOTS, _DOTS)
    title = book.title.removesuffix(f" NĂM {book.year}")
    lines = [
        (3, (book.unit or "(TÊN CƠ QUAN, TỔ CHỨC)").upper(), small),
        (9, title, large),
        (12, f"Năm: {book.year}", small),
        (15, f"Từ số {first} đến số {last}", small),
        (16, f"Từ ngày {days[0]} đến ngày {days[1]}", small),
        (20, f"Quyển số: {_DOTS}", small),
    ]
    for row, words, form in lines:
        sheet.write_string(row, 0, words, form)


def _set_paper(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)  # inches
    sheet.fit_to_pages(1, 0)


def _set_page(sheet: Any) -> None:
    _set_paper(sheet)
    sheet.repeat_rows(1, 2)
    sheet.set_footer("&C&P/&N")


def height_of(row: Sequence[Cell], widths: Sequence[int]) -> int:
    """Points that the words of a row need in columns of these widths (letters)."""
    lines = max(_lines(_words(value), width) for value, width in zip(row, widths, strict=True))
    return min(_MOST_HEIGHT, lines * _LINE)


def _words(value: Cell) -> str:
    if isinstance(value, dt.date):
        return show(value)
    return "" if value is None else str(value)


def _lines(text: str, width: int) -> int:
    capitals = sum(letter.isupper() for letter in text)
    wider = 1 + (_CAPITAL - 1) * capitals / max(1, len(text))
    return sum(max(1, len(textwrap.wrap(line, max(1, int(width / wider))))) for line in text.split("\n"))


def _widths(book: Book) -> tuple[int, ...]:
    columns = zip(book.columns, *([_words(value) for value in row] for row in book.rows), strict=True)
    return tuple(min(_MOST_WIDTH, max(_LEAST_WIDTH, *(len(text) + 2 for text in column))) for column in columns)
