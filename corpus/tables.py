"""Tables of a source: columns by their heading path, rows one a line, cells between `|`.

Rows begin with `§` (section heading), `~` (subtotal) or `=` (total); all others are data. A heading path is written
`Chia ra > Quý I`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

_KINDS = {"§": "section", "~": "subtotal", "=": "total"}


@dataclass
class SourceTable:
    """One table. `index`: the row of numbers or formulas under the headings, which is no data."""

    columns: list[tuple[list[str], str]]
    rows: list[tuple[str, list[str]]]
    label: str | None = None
    caption: str | None = None
    note: str | None = None
    index: list[str] = field(default_factory=list)
    landscape: bool = False
    widths: list[float] = field(default_factory=list)
    split: int = 0
    repeat: bool = True
    merge_sections: bool = False
    after: str | None = None
    caption_first: bool = True

    @property
    def depth(self) -> int:
        """How many levels of headings."""
        return max(len(path) for path, _ in self.columns)

    def heading_rows(self) -> list[list[str]]:
        """The heading, a row a level; a cell that is covered by a merged one is empty."""
        rows = []
        for level in range(self.depth):
            row, before = [], None
            for path, _ in self.columns:
                own = path[: level + 1] if len(path) > level else None
                row.append("" if own is None or own == before else path[level])
                before = own
            rows.append(row)
        return rows

    def heading_cells(self) -> list[tuple[tuple[int, int], tuple[int, int], str]]:
        """The heading's cells, merged: first (level, column), last (level, column), text."""
        paths = [path for path, _ in self.columns]
        cells = []
        for level in range(self.depth):
            for column, path in enumerate(paths):
                own = path[: level + 1]
                if len(path) <= level or (column and paths[column - 1][: level + 1] == own):
                    continue
                last = max(i for i, other in enumerate(paths) if i >= column and other[: level + 1] == own)
                bottom = self.depth - 1 if len(path) == level + 1 else level
                cells.append(((level, column), (bottom, last), path[level]))
        return cells

    def gold(self) -> dict[str, Any]:
        """The table of the gold record."""
        return {
            "label": self.label,
            "caption": self.caption.replace("|", " ") if self.caption else None,
            "note": self.note,
            "columns": [{"path": path, "kind": kind} for path, kind in self.columns],
            "rows": [{"kind": kind, "cells": cells} for kind, cells in self.rows],
        }


def read_tables(raw: list[dict[str, Any]]) -> list[SourceTable]:
    """The tables of a source. A row that is too short or too long is an error."""
    return [_table(one) for one in raw]


def _table(raw: dict[str, Any]) -> SourceTable:
    columns = [(heading.split(" > "), kind) for heading, kind in raw["columns"]]
    rows = [_row(line) for line in filter(None, (one.strip() for one in raw["rows"].splitlines()))]
    for _, cells in rows:
        if len(cells) != len(columns):
            raise ValueError(f"{len(cells)} cells for {len(columns)} columns: {cells}")
    extra = {key: value for key, value in raw.items() if key not in ("columns", "rows")}
    return SourceTable(columns=columns, rows=rows, **extra)


def _row(line: str) -> tuple[str, list[str]]:
    kind = _KINDS.get(line[0], "data")
    cells = line[1:] if line[0] in _KINDS else line
    return kind, [cell.strip() for cell in cells.split("|")]
