"""Scores tables: whole tables, rows, cells, figures (cells of number columns) and column headings."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from congvan.scoring.compared import Compared
from congvan.scoring.likeness import soft, strict
from congvan.scoring.silence import is_doubted

Entry = dict[str, Any]
_FIGURES = ("integer", "decimal", "percent")


def score_tables(gold: Entry, record: Entry) -> Iterator[Compared]:
    """Marks of all tables; tables meet in the order that shares most cells."""
    if gold.get("tables") is None or any("rows" not in table for table in gold["tables"]):
        return  # a gold record may tell of tables in words only
    expected, found = list(gold["tables"]), list(record.get("tables") or ())
    partner = _partners(expected, found)
    for place, table in enumerate(expected):
        other = found[partner[place]] if place in partner else None
        if table.get("optional"):
            continue
        yield from _table(f"tables/{place}", table, other)
        if other:
            yield from _silent(record, table, other, partner[place])
    for place, table in enumerate(found):
        if place not in partner.values():
            yield Compared(
                "tables", "extra", f"tables/{place}", None, f"{table.get('caption')} ({len(table['rows'])} rows)"
            )


def _silent(record: Entry, gold: Entry, found: Entry, place: int) -> Iterator[Compared]:
    """Of the wrong figures that the record gives, which it doubts itself (`right`) and which it does not."""
    wanted, got = _rows(gold), _rows(found)
    kinds = [column.get("kind") for column in gold["columns"]]
    for row, other in _aligned(wanted, got).items():
        for column, text in enumerate(wanted[row]):
            value = got[other][column] if column < len(got[other]) else ""
            if value in (text, "") or kinds[column] not in _FIGURES:
                continue
            pointer = f"/tables/{place}/rows/{other}/cells/{column}"
            yield Compared("silent", "right" if is_doubted(record, pointer) else "missed", pointer, text, value)


def _partners(expected: list[Entry], found: list[Entry]) -> dict[int, int]:
    shared = [
        (len(set(map(tuple, _rows(one))) & set(map(tuple, _rows(other)))) + 0.5 * (i == j), -abs(i - j), i, j)
        for i, one in enumerate(expected)
        for j, other in enumerate(found)
    ]
    partner: dict[int, int] = {}
    for value, _, i, j in sorted(shared, reverse=True):
        if value > 0 and i not in partner and j not in partner.values():
            partner[i] = j
    return partner


def _rows(table: Entry) -> list[list[str]]:
    return [[_cell(cell) for cell in row["cells"]] for row in table["rows"]]


def _cell(cell: Any) -> str:
    text = cell["text"] if isinstance(cell, dict) else cell
    return " ".join(str(strict(text or "")).split())


def _table(name: str, gold: Entry, record: Entry | None) -> Iterator[Compared]:
    rows = list(_row_marks(name, gold, record))
    columns = list(_column_marks(name, gold, record))
    yield from rows
    yield from columns
    exact = record is not None and all(mark.verdict == "right" for mark in rows + columns)
    got = f"{len(record['rows'])} rows" if record else None
    expected = f"{gold.get('caption')} ({len(gold['rows'])} rows)"
    yield Compared("tables", "right" if exact else "missed", name, expected, got)


def _column_marks(name: str, gold: Entry, record: Entry | None) -> Iterator[Compared]:
    found = list(record["columns"]) if record else []
    for place, column in enumerate(gold["columns"]):
        other = found[place] if place < len(found) else None
        wanted = (list(column["path"]), column.get("kind"))
        got = (list(other["path"]), other.get("kind")) if other else None
        right = got is not None and soft(wanted) == soft(got)
        yield Compared("columns", "right" if right else "missed", f"{name}/columns/{place}", wanted, got)


def _row_marks(name: str, gold: Entry, record: Entry | None) -> Iterator[Compared]:
    wanted, got = _rows(gold), _rows(record) if record else []
    kinds = [column.get("kind") for column in gold["columns"]]
    partner = _aligned(wanted, got)
    for place, cells in enumerate(wanted):
        other = got[partner[place]] if place in partner else None
        kind = record["rows"][partner[place]]["kind"] if record and place in partner else None
        row = f"{name}/rows/{place}"
        right = cells == other and kind == gold["rows"][place]["kind"]
        yield Compared(
            "rows", "right" if right else "missed", row, [gold["rows"][place]["kind"], *cells], other and [kind, *other]
        )
        yield from _cell_marks(row, cells, other, kinds)
    for place in sorted(set(range(len(got))) - set(partner.values())):
        yield Compared("rows", "extra", f"{name}/rows", None, got[place])


def _cell_marks(row: str, cells: list[str], other: list[str] | None, kinds: list[Any]) -> Iterator[Compared]:
    for column, text in enumerate(cells):
        found = other[column] if other and column < len(other) else None
        right = text == found
        yield Compared("cells", "right" if right else "missed", f"{row}/cells/{column}", text, found)
        if kinds[column : column + 1] and kinds[column] in _FIGURES and text:
            yield Compared("figures", "right" if right else "missed", f"{row}/cells/{column}", text, found)


def _aligned(wanted: list[list[str]], got: list[list[str]]) -> dict[int, int]:
    """Which record row answers which gold row: equal rows first, then what stands between equal rows, in order."""
    matcher = SequenceMatcher(None, ["\t".join(row) for row in wanted], ["\t".join(row) for row in got], autojunk=False)
    partner: dict[int, int] = {}
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag in ("equal", "replace"):
            partner |= dict(zip(range(i1, i2), range(j1, j2), strict=False))
    return partner
