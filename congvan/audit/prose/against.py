"""Claims against the tables, by the unit and the measure that they name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from congvan.audit.prose.grand import grand_total
from congvan.audit.prose.measures import (
    DULL,
    TELLS_OF,
    counts_as_headed,
    in_units_of,
    measure_column,
    pairs_of,
)
from congvan.audit.prose.slips import OF_ALL, is_slip, slipped_totals
from congvan.audit.prose.views import TableView, ends, named_rows, other_period
from congvan.audit.read.finding_draft import FindingDraft
from congvan.audit.read.judge import Printed, Span
from congvan.audit.read.sheet import Head, Sheet, SheetEntry
from congvan.audit.tables.relation import CUSTOMS
from schemas.dispatch import Claim
from vietnamese.fold import fold

_PART_OF = re.compile(r"(?<![a-z])(?:trong do|nu|doan vien|dan toc|ton giao|doanh nghiep|nong thon|hoc sinh)(?![a-z])")
_CHANGED_BY = re.compile(r"(?:va |tuong ung |tuc )?(?:tang|giam)(?: them)?")
_GRAND = re.compile(r"tong cong|tong so chung|cong chung")


def check_against(claims: Sequence[Claim], views: Sequence[TableView]) -> Iterator[FindingDraft]:
    """Each claim that names a unit of a table, or speaks of the whole of one."""
    for place, claim in enumerate(claims):
        if claim.qualifier in ("goal", "threshold") or (claim.kind == "total" and claim.scope):
            continue
        pointer = f"/claims/{place}"
        if claim.numerator is None:
            yield from _percentage_of_unit(claim, pointer, views)
            continue
        found = list(_of_units(claim, pointer, views))
        if _CHANGED_BY.fullmatch(fold(claim.subject or "")):
            continue  # `tăng 3.850 tỷ đồng` is no total
        if not found and claim.kind != "count" and not named_rows(claim.subject or "", views):
            found = list(_of_whole(claim, pointer, views))
        yield from found[:1] if claim.kind == "ratio" else found


def _of_units(claim: Claim, pointer: str, views: Sequence[TableView]) -> Iterator[FindingDraft]:
    """The claim against the row of each unit that its subject names."""
    if not claim.subject:
        return
    for name in _names(claim.subject):
        rows = named_rows(name, views)
        if len(rows) != 1:
            continue
        view, row = rows[0]
        draft = _ratio_in_row(claim, view, row) if claim.denominator is not None else _count_in_row(claim, view, row)
        if draft is not None:
            draft.pointers = (pointer, *draft.pointers)
            yield draft


def _names(subject: str) -> list[str]:
    """The units of a subject: `Đảng bộ xã Minh Tân, Vĩnh Hào` names two."""
    parts = re.split(r",\s+|\s+và\s+", subject)
    return [part for part in parts if part[:1].isupper() or part[:3].casefold() in ("xã ", "thị", "phư", "thô", "trư")]


def _ratio_in_row(claim: Claim, view: TableView, row: int) -> FindingDraft | None:
    """`17/12=141,67%` against the row's part, whole and percentage."""
    entries = view.sheet.entries[row]
    made = []
    for relation in view.ratios:
        part, whole = ends(relation)
        cells = [entries[part], entries[whole], entries[relation.target]]
        if cells[0] is not None and cells[1] is not None:
            made.append((_differences(claim, cells), cells))
    if not made or (len(made) > 1 and all(wrong for wrong, _ in made)):
        return None
    wrong, cells = min(made, key=lambda one: one[0])
    if wrong and _another_matter(claim, cells, view.sheet):
        return None
    return _row_draft(claim, view.sheet, row, [cell for cell in cells if cell is not None], bool(wrong))


def _another_matter(claim: Claim, cells: Sequence[SheetEntry | None], sheet: Sheet) -> bool:
    """Do part and whole both differ, and no words of the table stand in the claim? Then it tells of something else."""
    part, whole = cells[0], cells[1]
    same = (part is not None and part.value == Fraction(claim.numerator or 0)) or (
        whole is not None and whole.value == Fraction(claim.denominator or 0)
    )
    return not same and not _speaks_of(claim, sheet)


def _speaks_of(claim: Claim, sheet: Sheet) -> bool:
    """Does the claim share a pair of words with the table's caption or the headings of its numbers?"""
    heads = [head.words for head in sheet.heads if head.numeric]
    pairs = {pair for words in (*heads, fold(sheet.table.caption or "")) for pair in pairs_of(words)}
    return bool(pairs_of(fold(claim.text)) & pairs - DULL)


def _percentage_of_unit(claim: Claim, pointer: str, views: Sequence[TableView]) -> Iterator[FindingDraft]:
    """`xã A đạt 85%` against the one percentage of the unit's row; a difference needs the table's own words."""
    if claim.percent is None or not claim.subject or claim.kind == "comparison":
        return
    rows = named_rows(claim.subject, views)
    if not rows and OF_ALL.search(fold(claim.text)):
        rows = [(view, totals[0]) for view in views if len(totals := view.sheet.of_kind("total")) == 1]
    columns = [head.place for head in rows[0][0].sheet.heads if head.percent] if len(rows) == 1 else []
    if len(columns) != 1:
        return
    sheet, row = rows[0][0].sheet, rows[0][1]
    entry = sheet.entries[row][columns[0]]
    if entry is None:
        return
    wrong = not may_be_same(Printed.of(claim.percent), entry.printed)
    whole = sheet.rows[row].kind == "total"
    sure = (not whole and _speaks_of(claim, sheet)) or is_slip(claim.percent, entry.printed.value_text)
    if not wrong or sure:
        draft = _row_draft(claim, sheet, row, [entry], wrong)
        draft.reported = f"{claim.percent}%"
        draft.pointers = (pointer, *draft.pointers)
        yield draft


def _differences(claim: Claim, cells: Sequence[SheetEntry | None]) -> int:
    """How many of part, whole and percentage differ from the row's."""
    part, whole, percent = cells
    wrong = int(part is None or part.value != Fraction(claim.numerator or 0))
    wrong += int(whole is None or whole.value != Fraction(claim.denominator or 0))
    if claim.percent is not None and percent is not None:
        wrong += int(not may_be_same(Printed.of(claim.percent), percent.printed))
    return wrong


def may_be_same(one: Printed, other: Printed) -> bool:
    """Can two printed figures, at whatever precision, stand for one value?"""
    return any(one.bounds(custom).meets(other.bounds(twin)) for custom in CUSTOMS for twin in CUSTOMS)


def _row_draft(claim: Claim, sheet: Sheet, row: int, cells: Sequence[SheetEntry], wrong: bool) -> FindingDraft:
    printed = " · ".join(cell.text for cell in cells)
    return FindingDraft(
        check="prose_vs_table",
        verdict="disagrees" if wrong else "agrees",
        message="against_disagrees" if wrong else "against_agrees",
        values={"text": claim.text, "row": sheet.name(row), "cells": printed},
        reported=_said(claim),
        computed=printed,
        pointers=tuple(cell.pointer for cell in cells),
        doubted=any(cell.doubted for cell in cells),
    )


def _said(claim: Claim) -> str:
    """The claim's figures in short."""
    whole = f"/{claim.denominator}" if claim.denominator is not None else ""
    percent = f"={claim.percent}%" if claim.percent is not None else ""
    return f"{claim.numerator}{whole}{percent}"


def _count_in_row(claim: Claim, view: TableView, row: int) -> FindingDraft | None:
    """`kết nạp 10 đồng chí` against the row's cell under the measure that the verb names."""
    column = measure_column(claim, view.sheet)
    entry = view.sheet.entries[row][column] if column is not None else None
    if entry is None:
        return None
    wrong = not _same_number(claim, entry, view.sheet.heads[column or 0])
    if wrong and not counts_as_headed(claim, view.sheet.heads[column or 0]):
        return None  # `có 5 hộ nghèo dân tộc thiểu số` are some of those under `Hộ nghèo`
    return _row_draft(claim, view.sheet, row, [entry], wrong)


def _same_number(claim: Claim, entry: SheetEntry, head: Head) -> bool:
    money = in_units_of(claim, head)
    if money is not None:
        return may_be_same(money, entry.printed)
    if entry.value == Fraction(claim.numerator or 0):
        return True
    if not isinstance(claim.numerator, str) and not entry.printed.decimals:
        return False
    return may_be_same(Printed.of(str(claim.numerator)), entry.printed)


def _of_whole(claim: Claim, pointer: str, views: Sequence[TableView]) -> Iterator[FindingDraft]:
    """A claim about all units against the closing row of the one table that has its measure."""
    told = fold(claim.text)
    if _GRAND.match(told) and len(views) > 1:
        yield from grand_total(claim, pointer, views)
        return
    if _PART_OF.search(TELLS_OF.sub("", told)) or _names_one(claim.subject or ""):
        return
    found = [place for place in (_equal_total(claim, view.sheet) for view in views) if place is not None]
    if not found:
        named = [(view.sheet, column) for view in views if (column := measure_column(claim, view.sheet)) is not None]
        found = [] if len(named) != 1 or other_period(told, named[0][0]) else named
    found = found or slipped_totals(claim, told, views)
    for sheet, column in found[:1]:
        rows = sheet.of_kind("total")
        entry = sheet.entries[rows[0]][column] if len(rows) == 1 else None
        if entry is not None:
            wrong = not _same_number(claim, entry, sheet.heads[column]) or _other_percentage(
                claim, views, sheet, (rows[0], column)
            )
            draft = _row_draft(claim, sheet, rows[0], [entry], wrong)
            draft.values["row"] = sheet.heads[column].title
            draft.message = "whole_disagrees" if draft.verdict == "disagrees" else "whole_agrees"
            draft.pointers = (pointer, *draft.pointers)
            yield draft


_ONE = re.compile(r"(?:xã|phường|thị trấn|thôn|trường|chi bộ|tổ dân phố|trạm)\s+(\w)", re.IGNORECASE)


def _names_one(subject: str) -> bool:
    """Does a subject begin with the name of one unit, of whichever table?"""
    match = _ONE.match(subject)
    return match is not None and match[1].isupper()


def _other_percentage(claim: Claim, views: Sequence[TableView], sheet: Sheet, place: tuple[int, int]) -> bool:
    """Does the closing row have one percentage of this measure, and the claim another one?"""
    row, column = place
    ratios = [one for view in views if view.sheet is sheet for one in view.ratios if ends(one)[0] == column]
    printed = sheet.entries[row][ratios[0].target] if len(ratios) == 1 else None
    if claim.kind != "achievement" or claim.percent is None or printed is None:
        return False
    own = Printed.of(claim.percent)
    exact = ratios[0].exact(sheet, row)
    follows = exact is not None and any(Span.exactly(exact).meets(own.bounds(custom)) for custom in CUSTOMS)
    return not follows and not may_be_same(own, printed.printed)


def _equal_total(claim: Claim, sheet: Sheet) -> tuple[Sheet, int] | None:
    """The column of a measure that the claim may mean whose total is just the claimed number."""
    pairs = pairs_of(TELLS_OF.sub("", fold(claim.text)))
    rows = sheet.of_kind("total")
    for head in sheet.heads:
        entry = sheet.entries[rows[0]][head.place] if len(rows) == 1 and head.numeric and not head.percent else None
        if entry is not None and _same_number(claim, entry, head) and pairs & pairs_of(head.words):
            return sheet, head.place
    return None
