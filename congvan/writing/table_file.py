"""A dispatch's table as it is printed: Markdown, CSV, or a spreadsheet with its headings one above the other."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import groupby
from pathlib import Path
from typing import Any

from congvan.writing.cells import Value, write_cell
from congvan.writing.csv_file import write_csv
from congvan.writing.spreadsheet import workbook
from schemas.dispatch import Table, TableCell

_WIDTH = 16


def table_markdown(table: Table) -> str:
    """The table in Markdown, its name above it and its note below."""
    heads = [" / ".join(_levels(path)) for path in (column.path for column in table.columns)]
    lines = [_line(heads), _line(["---"] * len(heads))]
    lines += [_line([cell.text for cell in _padded(row.cells, len(heads))]) for row in table.rows]
    name = ". ".join(part for part in (table.label, table.caption) if part)
    parts = [f"**{_escaped(name)}**" if name else "", "\n".join(lines), _escaped(table.note or "")]
    return "\n\n".join(part for part in parts if part) + "\n"


def _levels(path: tuple[str, ...]) -> list[str]:
    return [words for words, _ in groupby(path)]


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(_escaped(cell) for cell in cells) + " |"


def _escaped(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def _padded(cells: tuple[TableCell, ...], count: int) -> list[TableCell]:
    return [*cells, *[TableCell(text="")] * (count - len(cells))][:count]


def write_table(table: Table, path: Path, kind: str) -> None:
    """Write the table as `csv` (words as printed) or `xlsx` (figures as numbers)."""
    if kind == "csv":
        heads = [" / ".join(_levels(column.path)) for column in table.columns]
        write_csv(heads, ([cell.text for cell in row.cells] for row in table.rows), path)
        return
    with workbook(path) as book:
        forms = {
            "text": book.add_format({"text_wrap": True, "valign": "top", "border": 1}),
            "number": book.add_format({"valign": "top", "border": 1}),
            "day": book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "border": 1}),
        }
        head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"})
        sheet = book.add_worksheet("Bảng")
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_column(0, len(table.columns), _WIDTH)
        levels = max((len(column.path) for column in table.columns), default=1)
        _write_heads(sheet, table, levels, head)
        for line, row in enumerate(table.rows, start=levels):
            for place, cell in enumerate(row.cells):
                write_cell(sheet, (line, place), _value(cell), forms)
        sheet.freeze_panes(levels, 0)
        sheet.repeat_rows(0, levels - 1)


def _write_heads(sheet: Any, table: Table, levels: int, head: Any) -> None:
    """Headings one above the other; equal neighbours of one level under one heading are joined."""
    for level in range(levels):
        for words, first, last in _runs(table, level):
            if last > first:
                sheet.merge_range(level, first, level, last, words, head)
            else:
                sheet.write_string(level, first, words, head)


def _runs(table: Table, level: int) -> Iterator[tuple[str, int, int]]:
    paths = [column.path for column in table.columns]
    for key, group in groupby(enumerate(paths), key=lambda pair: pair[1][: level + 1]):
        places = [place for place, _ in group]
        if len(key) > level:
            yield key[level], places[0], places[-1]
        else:
            yield from (("", place, place) for place in places)


def _value(cell: TableCell) -> Value:
    """A figure as a number, where the printed words are nothing but the figure."""
    if isinstance(cell.value, int):
        return cell.value
    if isinstance(cell.value, str) and cell.text and cell.text[0].isdigit() and cell.text[-1].isdigit():
        try:
            return Decimal(cell.value)
        except InvalidOperation:
            return cell.text
    return cell.text or None
