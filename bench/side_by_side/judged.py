"""What a reader got right of a file, against the file's gold.

A record must have the number and the day as such. Of a reader that gives a text they are asked for in the text,
wherever they stand there: that is all the help it is. Of a table, a cell of figures counts where it stands in its
column in a row with its row's name; of readers whose tables are in Markdown, these are read.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from vietnamese.fold import nfc

_FIGURES = ("integer", "decimal", "percent")


class Right(NamedTuple):
    """Of things asked for, those that are right: numbers, days, cells of figures; each with how many there were."""

    number: tuple[int, int] = (0, 0)
    date: tuple[int, int] = (0, 0)
    cells: tuple[int, int] = (0, 0)

    def plus(self, other: Right) -> Right:
        """Both together."""
        return Right(*((a + c, b + d) for (a, b), (c, d) in zip(self, other, strict=True)))


def judge(made: dict[str, Any], gold: dict[str, Any]) -> Right:
    """What is right of what a tool made of a file."""
    header, fields, text = gold["header"], made.get("fields"), plain(made.get("text", ""))
    number, day = header.get("so_hieu"), header.get("date")
    if fields is not None:
        has_number, has_day = fields["so_hieu"] == number, fields["date"] == day
    else:
        has_number = bool(number) and plain(number) in text
        has_day = bool(day) and any(one in text for one in _printed(day))
    tables = made.get("tables") or list(markdown_tables(made.get("text", "")))
    found = [[plain(str(cell or "")) for cell in row] for table in tables for row in table]
    asked = [pair for table in gold["tables"] for pair in _cells(table)]
    return Right(
        (int(has_number), 1) if number else (0, 0),
        (int(has_day), 1) if day else (0, 0),
        (sum(_stands(found, *pair) for pair in asked), len(asked)),
    )


def plain(text: str) -> str:
    """Without white space and marks of Markdown, in lower case: where lines break says nothing."""
    return re.sub(r"[\s*\\|]+", "", nfc(text)).lower()


def markdown_tables(text: str) -> Iterator[list[list[str]]]:
    """The tables that a text prints in Markdown."""
    rows: list[list[str]] = []
    for line in [*text.splitlines(), ""]:
        if line.lstrip().startswith("|"):
            rows.append(line.strip().strip("|").split("|"))
        elif rows:
            yield rows
            rows = []


def _printed(day: str) -> list[str]:
    date = dt.date.fromisoformat(day)
    months = {f"{date.month:02}", str(date.month)}
    return [plain(f"ngày {date.day:02} tháng {month} năm {date.year}") for month in months]


def _cells(table: dict[str, Any]) -> Iterator[tuple[str, str, int]]:
    """Of each cell of figures the name of its row, its text, and how many cells of the row come before it."""
    columns = table["columns"]
    names = [place for place, column in enumerate(columns) if column["kind"] == "text"]
    for row in table["rows"] if names else ():
        for place, column in enumerate(columns):
            text = plain(row["cells"][place] or "")
            if row["kind"] == "data" and column["kind"] in _FIGURES and text:
                yield plain(row["cells"][names[0]] or ""), text, place


def _stands(rows: list[list[str]], name: str, text: str, place: int) -> bool:
    """Whether a row has this name and, in this column, this figure."""
    return any(name in row and len(row) > place and row[place] == text for row in rows)
