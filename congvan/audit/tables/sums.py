"""Columns that are the sum of the columns beside them (quarters of a year, men and women), told by the figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from congvan.audit.read.audit_words import has_word
from congvan.audit.read.formula import FormulaNode, column
from congvan.audit.read.sheet import Sheet
from congvan.audit.tables.relation import Relation
from congvan.audit.tables.relations import ACCEPTED, fitting, spread
from vietnamese.fold import fold

_SURE = Fraction(4, 5)
_SMALL = 10
"""Figures under this add up by chance."""

_SUM_ROWS, _FEW_ROWS = 5, 3
"""A sum that some row contradicts is shown by so many others; by fewer where its parts have like headings."""

_PERIOD = re.compile(r"(?<![a-z])(?:quy|thang|nua)(?![a-z])")


def sums(sheet: Sheet) -> list[Relation]:
    """Columns that are the sum of the columns beside them (quarters of a year, men and women), by the figures."""
    rows = [row for row in sheet.of_kind("data", "subtotal", "total") if sheet.has_figures(row)]
    amounts = [head.place for head in sheet.heads if head.numeric and not head.percent]
    found: list[Relation] = []
    for target in amounts:
        best = _best_sum(sheet, rows, target, amounts)
        if best is not None:
            found.append(best)
    return _outermost(found)


def _best_sum(sheet: Sheet, rows: list[int], target: int, amounts: list[int]) -> Relation | None:
    lines = [row for row in rows if (entry := sheet.entries[row][target]) is not None and entry.value != 0]
    sample = spread(lines)
    if len(sample) < 2:
        return None
    for parts in _windows(target, amounts):
        formula = column(parts[0])
        for place in parts[1:]:
            formula = FormulaNode("+", formula, column(place))
        relation = Relation(target, formula, Fraction(1), kind="sum")
        if _named(sheet, target, parts):
            data = sheet.of_kind("data")
            fits, judged = fitting(sheet, relation, data)
            if fits >= ACCEPTED * judged and _shown(sheet, relation, data, parts):
                return relation
        needed = ACCEPTED if _divided(sheet, target, parts) or _alike(sheet, parts) else _SURE
        fits, judged = fitting(sheet, relation, sample)
        if judged < 2 or fits < needed * judged:
            continue
        fits, judged = fitting(sheet, relation, lines)
        proven = fits >= (_FEW_ROWS if _alike(sheet, parts) else _SUM_ROWS) or fits == judged
        proven = proven or _shown(sheet, relation, lines, parts, _SUM_ROWS - 1)
        if fits >= needed * judged and proven and _adds_something(sheet, lines, parts):
            return relation
    return None


def _alike(sheet: Sheet, parts: Sequence[int]) -> bool:
    """Are the parts the same thing (`SL`) under the headings of several groups, which one number is divided into?"""
    heads = [sheet.heads[place].column.path for place in parts]
    return len({path[-1:] for path in heads}) == 1 and len({path[:-1] for path in heads}) == len(heads) > 1


def _divided(sheet: Sheet, target: int, parts: Sequence[int]) -> bool:
    """Do the headings say so: `Tổng số` beside all the columns of a group `Chia ra`?"""
    groups = [sheet.heads[place].column.path[:1] for place in parts]
    beside = [head.column.path[:1] for head in sheet.heads if head.place not in (target, *parts)]
    divided = has_word(fold(" ".join(groups[0])), "columns", "divided")
    said = divided and has_word(sheet.heads[target].leaf, "columns", "totals")
    return said and len(set(groups)) == 1 and groups[0] not in beside


def _named(sheet: Sheet, target: int, parts: Sequence[int]) -> bool:
    """Does the heading name what is added up: this month and before it, a total beside two or three parts?"""
    leaf = sheet.heads[target].leaf
    total = has_word(leaf, "columns", "totals") or has_word(leaf, "columns", "cumulative")
    total = total or (
        has_word(leaf, "columns", "years") and all(_PERIOD.search(sheet.heads[one].leaf) for one in parts)
    )
    return total and len(parts) <= 4 and not sheet.heads[target].average


def _shown(sheet: Sheet, relation: Relation, rows: Sequence[int], parts: Sequence[int], wanted: int = 2) -> bool:
    """Do two (or more) rows show the sum by figures that are no small numbers, each of more than one part?"""
    told = set()
    for row in rows:
        entry = sheet.entries[row][relation.target]
        if entry is None or entry.value < _SMALL or not relation.judge(sheet, row):
            continue
        if sum(1 for place in parts if _positive(sheet, row, place)) > 1:
            told.add(entry.value)
    return len(told) >= wanted


def _windows(target: int, amounts: list[int]) -> Iterator[list[int]]:
    """Runs of two and more columns right after the target, then right before it, the longest first."""
    at = amounts.index(target)
    after, before = amounts[at + 1 :], amounts[:at]
    for size in range(len(after), 1, -1):
        yield after[:size]
    for size in range(len(before), 1, -1):
        yield before[-size:]


def _adds_something(sheet: Sheet, rows: Sequence[int], parts: Sequence[int]) -> bool:
    """Is more than one part ever over zero in the same row? Else the sum is only a copy."""
    return any(sum(1 for place in parts if _positive(sheet, row, place)) > 1 for row in rows)


def _positive(sheet: Sheet, row: int, place: int) -> bool:
    entry = sheet.entries[row][place]
    return entry is not None and entry.value > 0


def _outermost(found: list[Relation]) -> list[Relation]:
    """Without relations that say the same columns over in another order."""
    kept: list[Relation] = []
    for relation in found:
        if all(relation.columns != other.columns for other in kept):
            kept.append(relation)
    return kept
