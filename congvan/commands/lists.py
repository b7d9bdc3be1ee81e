"""Printing a list: a table for people, JSON, CSV or a spreadsheet for programs."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from congvan.archive.truth.files import write_atomic
from congvan.commands.options import Format
from congvan.register.books import show
from congvan.writing.csv_file import PEOPLE, write_csv
from congvan.writing.screen import fold_lines, screen_width

_SHORT = 21
"""A column of no longer cells (dates, ids, numbers) keeps each on one line, so that it can be copied."""

Value = str | int | bool | dt.date | None


def print_list(
    headings: Sequence[str],
    keys: Sequence[str],
    rows: Sequence[Sequence[Value]],
    form: Format,
    out: Path | None = None,
    title: str = "",
) -> None:
    """Print rows under Vietnamese headings (table, CSV, XLSX) or with plain keys (JSON: an object a line)."""
    match form:
        case Format.TABLE:
            _print_table(headings, rows, title)
        case Format.JSON:
            lines = (json.dumps(dict(zip(keys, row, strict=True)), ensure_ascii=False, default=str) for row in rows)
            _write("".join(f"{line}\n" for line in lines), out)
        case Format.CSV:
            write_csv(headings, rows, out, PEOPLE)
        case Format.XLSX:
            _write_xlsx(headings, rows, out or Path("danh-sach.xlsx"), title)


def _print_table(headings: Sequence[str], rows: Sequence[Sequence[Value]], title: str) -> None:
    from rich.console import Console
    from rich.table import Table

    lines = [[_text(value) for value in row] for row in rows]
    columns = [_needed(heading, [line[place] for line in lines]) for place, heading in enumerate(headings)]
    if 1 + sum(3 + wide for wide, _ in columns) > screen_width():
        _print_paragraphs(headings, lines, title)
        return
    table = Table(title=title, title_justify="left")
    for heading, (wide, short) in zip(headings, columns, strict=True):
        table.add_column(heading, overflow="fold", no_wrap=short, min_width=wide)
    for line in lines:
        table.add_row(*line)
    Console().print(table)


def _needed(heading: str, cells: Sequence[str]) -> tuple[int, bool]:
    """The letters that a column needs to keep every word whole, and whether its cells are so short that each stays on
    one line.
    """
    parts = [part for cell in cells for part in cell.split("\n")]
    short = all(len(part) <= _SHORT for part in parts)
    whole = [heading, *parts] if short else [word for part in (heading, *parts) for word in part.split()]
    return max(map(len, whole), default=0), short


def _print_paragraphs(headings: Sequence[str], lines: Sequence[Sequence[str]], title: str) -> None:
    """A row as a paragraph, each value behind its heading: what no table of this width can show."""
    for line in lines:
        told = [f"{heading}: {' '.join(value.split())}" for heading, value in zip(headings, line, strict=True) if value]
        sys.stdout.write(fold_lines(" · ".join(told), "", "    ") + "\n")
    sys.stdout.write(f"{title}\n" if title else "")


def _text(value: Value) -> str:
    if isinstance(value, dt.date):
        return show(value)
    return "" if value is None else str(value)


def _write(text: str, out: Path | None) -> None:
    if out is None:
        sys.stdout.write(text)
    else:
        write_atomic(out, text.encode())


def _write_xlsx(headings: Sequence[str], rows: Sequence[Sequence[Value]], out: Path, title: str) -> None:
    from congvan.register.book_sheet import write_xlsx
    from congvan.register.books import Book

    write_xlsx(Book(title or "Danh sách", tuple(headings), [tuple(row) for row in rows]), out)
    sys.stderr.write(f"Đã ghi {out}\n")
