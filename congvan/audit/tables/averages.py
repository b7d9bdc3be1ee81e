"""Rows of averages (`Bình quân chung`) against the rows over them, where the row shows that it is a mean."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from congvan.audit.read.finding_draft import FindingDraft, added, plain
from congvan.audit.read.judge import Span
from congvan.audit.read.sheet import Sheet, SheetEntry
from congvan.audit.tables.relation import CUSTOMS

_NEAR = Fraction(1, 10)
"""A mean further off than this is one of other rows, or weighed by something."""


def check_averages(sheet: Sheet, taken: set[int]) -> Iterator[FindingDraft]:
    """Each cell of the rows of averages. `taken`: columns made from others, whose average is no mean of them."""
    for row in sheet.of_kind("average"):
        rows = [one for one in sheet.of_kind("data") if one < row]
        columns = [place for place in sheet.numeric if place not in taken and sheet.entries[row][place] is not None]
        made = [(place, sheet.column_entries(place, rows)) for place in columns]
        made = [(place, parts) for place, parts in made if len(parts) > 1]
        fitting = [place for place, parts in made if _is_mean(sheet.entries[row][place], parts)]
        for place, parts in made:
            entry = sheet.entries[row][place]
            if entry is not None:
                yield _draft(sheet, (row, place), entry, parts, shown=bool(fitting) or not sheet.heads[place].average)


def _mean(parts: list[SheetEntry]) -> Fraction:
    return sum((one.value for one in parts), Fraction(0)) / len(parts)


def _is_mean(entry: SheetEntry | None, parts: list[SheetEntry]) -> bool:
    exact = Span.exactly(_mean(parts))
    return entry is not None and any(exact.meets(entry.printed.bounds(custom)) for custom in CUSTOMS)


def _draft(
    sheet: Sheet, place: tuple[int, int], entry: SheetEntry, parts: list[SheetEntry], shown: bool
) -> FindingDraft:
    row, column = place
    exact, right = _mean(parts), _is_mean(entry, parts)
    wrong = shown and not sheet.heads[column].percent and abs(exact - entry.value) <= _NEAR * abs(exact)
    computed = plain(exact, max(entry.printed.decimals, 0 if right else 2))
    return FindingDraft(
        check="column_total",
        verdict="agrees" if right else "disagrees" if wrong else "cannot_tell",
        message="average_agrees" if right else "average_disagrees" if wrong else "average_weighed",
        values={
            "row": sheet.name(row),
            "column": sheet.heads[column].title,
            "reported": entry.text,
            "count": str(len(parts)),
            "formula": f"({added([one.text for one in parts])}) / {len(parts)}",
            "computed": computed,
        },
        reported=entry.text,
        computed=computed,
        pointers=(entry.pointer, *(one.pointer for one in parts)),
        doubted=entry.doubted or any(one.doubted for one in parts),
    )
