"""Printing a list: a table for people, JSON, CSV or a spreadsheet for programs."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from congvan.archive.truth.files import write_atomic
from congvan.commands.options import Format
from congvan.register.books import show
from congvan.writing.cells import harmless

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
            _write_csv(headings, rows, out)
        case Format.XLSX:
            _write_xlsx(headings, rows, out or Path("danh-sach.xlsx"), title)


def _print_table(headings: Sequence[str], rows: Sequence[Sequence[Value]], title: str) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    lines = [[_text(value) for value in row] for row in rows]
    for place, heading in enumerate(headings):
        short = all(len(part) <= _SHORT for line in lines for part in line[place].split("\n"))
        table.add_column(heading, overflow="fold", no_wrap=short)
    for line in lines:
        table.add_row(*line)
    Console().print(table)


def _text(value: Value) -> str:
    if isinstance(value, dt.date):
        return show(value)
    return "" if value is None else str(value)


def _write(text: str, out: Path | None) -> None:
    if out is None:
        sys.stdout.write(text)
    else:
        write_atomic(out, text.encode())


def _write_csv(headings: Sequence[str], rows: Sequence[Sequence[Value]], out: Path | None) -> None:
    """CSV with a byte order mark in a file, so that Excel takes it for UTF-8."""
    lines = [headings, *([_csv_cell(value) for value in row] for row in rows)]
    if out is None:
        csv.writer(sys.stdout, lineterminator="\n").writerows(lines)
        return
    text = io.StringIO(newline="")
    csv.writer(text).writerows(lines)
    write_atomic(out, text.getvalue().encode("utf-8-sig"))


def _csv_cell(value: Value) -> str:
    """Words must run nothing in a spreadsheet; a negative number is none."""
    return harmless(value) if isinstance(value, str) else _text(value)


def _write_xlsx(headings: Sequence[str], rows: Sequence[Sequence[Value]], out: Path, title: str) -> None:
    from congvan.register.book_sheet import write_xlsx
    from congvan.register.books import Book

    write_xlsx(Book(title or "Danh sách", tuple(headings), [tuple(row) for row in rows]), out)
    sys.stderr.write(f"Đã ghi {out}\n")
