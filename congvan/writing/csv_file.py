"""CSV by one policy: UTF-8 that Excel takes for UTF-8, words that run nothing, never half a file."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from congvan.archive.truth.files import replaced
from congvan.writing.cells import Value, csv_cell

PEOPLE, PROGRAMS = "%d/%m/%Y", "%Y-%m-%d"
"""How days are written, by who reads the file."""


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[Value]], path: Path | None, day: str = PROGRAMS) -> int:
    """Write a table; to the terminal, without a byte order mark, where `path` is None. Gives how many rows it has."""
    if path is None:
        return _write(csv.writer(sys.stdout, lineterminator="\n"), headings, rows, day)
    with replaced(path) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
        return _write(csv.writer(file), headings, rows, day)


def _write(writer: object, headings: Sequence[str], rows: Iterable[Sequence[Value]], day: str) -> int:
    put = writer.writerow  # type: ignore[attr-defined]  # the type of a csv writer has no name
    put(headings)
    count = 0
    for row in rows:
        put([csv_cell(value, day) for value in row])
        count += 1
    return count
