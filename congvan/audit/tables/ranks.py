"""Columns of ranks (`Xếp thứ`, `Thứ hạng`) against the column that they rank."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from congvan.audit.read.audit_words import has_word
from congvan.audit.read.finding_draft import FindingDraft
from congvan.audit.read.sheet import Sheet

_FEWEST = 4
_ACCEPTED = Fraction(1, 2)
_MOST_RANKS = 200


def check_ranks(sheet: Sheet) -> Iterator[FindingDraft]:
    """Each rank against the number of rows that are better; equal figures may share a rank in either way."""
    for head in sheet.heads:
        if head.numeric and has_word(head.leaf, "columns", "ranks"):
            yield from _ranked(sheet, head.place)


def _ranked(sheet: Sheet, target: int) -> Iterator[FindingDraft]:
    rows = [row for row in sheet.of_kind("data") if sheet.entries[row][target] is not None]
    if not _FEWEST <= len(rows) <= _MOST_RANKS or not _are_ranks(sheet, rows, target):
        return
    whole = [place for place in sheet.numeric if place != target and _is_whole(sheet, rows, place)]
    ways = product(whole, (True, False))
    ranked = [(_fits(sheet, rows, place, target, falling), place, falling) for place, falling in ways]
    # Of two columns that fit alike the total of the marks is meant, and else the first.
    best = max(ranked, key=lambda one: (one[0], has_word(sheet.heads[one[1]].leaf, "columns", "totals")), default=None)
    if best is None or not _plausible(sheet, rows, target, best):
        return
    for row in rows:
        yield _draft(sheet, rows, row, best[1], target, best[2])


def _is_whole(sheet: Sheet, rows: list[int], place: int) -> bool:
    """Has each of the rows a figure in this column?"""
    return all(sheet.entries[row][place] is not None for row in rows)


def _fits(sheet: Sheet, rows: list[int], place: int, target: int, falling: bool) -> int:
    """How many ranks this column explains."""
    return sum(1 for row in rows if _allowed(sheet, rows, row, place, target, falling))


def _plausible(sheet: Sheet, rows: list[int], target: int, best: tuple[int, int, bool]) -> bool:
    """Is it this column that is ranked: every row but one fits, or but two whose ranks changed places?"""
    fits, place, falling = best
    odd = [row for row in rows if not _allowed(sheet, rows, row, place, target, falling)]
    if fits <= _ACCEPTED * len(rows):
        return False
    if len(odd) != 2:
        return len(odd) < 2
    wanted = [Fraction(_better(sheet, rows, row, place, falling)[0] + 1) for row in odd]
    return [_value(sheet, row, target) for row in odd] == wanted[::-1]


def _are_ranks(sheet: Sheet, rows: list[int], target: int) -> bool:
    """Do these figures count from 1 to no more than there are rows?"""
    values = [entry.value for entry in sheet.column_entries(target, rows)]
    return min(values) == 1 and max(values) <= len(rows) and len(set(values)) * 2 > len(values)


def _value(sheet: Sheet, row: int, place: int) -> Fraction:
    entry = sheet.entries[row][place]
    return entry.value if entry is not None else Fraction(0)


def _better(sheet: Sheet, rows: list[int], row: int, place: int, falling: bool) -> tuple[int, int, int]:
    """How many rows are better, how many are equal (itself counted), and how many better figures there are."""
    own = _value(sheet, row, place)
    values = [_value(sheet, one, place) for one in rows]
    over = [value for value in values if (value > own if falling else value < own)]
    return len(over), values.count(own), len(set(over))


def _allowed(sheet: Sheet, rows: list[int], row: int, place: int, target: int, falling: bool) -> bool:
    over, equal, steps = _better(sheet, rows, row, place, falling)
    rank = _value(sheet, row, target)
    return over + 1 <= rank <= over + equal or rank == steps + 1


def _draft(sheet: Sheet, rows: list[int], row: int, place: int, target: int, falling: bool) -> FindingDraft:
    entry, measured = sheet.entries[row][target], sheet.entries[row][place]
    assert entry is not None and measured is not None
    right = _allowed(sheet, rows, row, place, target, falling)
    computed = str(_better(sheet, rows, row, place, falling)[0] + 1)
    return FindingDraft(
        check="row_ratio",
        verdict="agrees" if right else "disagrees",
        message="rank_agrees" if right else "rank_disagrees",
        values={
            "row": sheet.name(row),
            "column": sheet.heads[target].title,
            "reported": entry.text,
            "computed": entry.text if right else computed,
            "other": sheet.heads[place].title,
            "cells": measured.text,
        },
        reported=entry.text,
        computed=entry.text if right else computed,
        pointers=(entry.pointer, measured.pointer),
        doubted=entry.doubted or measured.doubted,
    )
