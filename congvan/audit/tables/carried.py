"""Rows that carry a sum over the page: `Cộng chuyển trang sau`, `Mang sang`, `Lũy kế trang trước`."""

from __future__ import annotations

from collections.abc import Sequence

from congvan.audit.read.audit_words import has_word
from congvan.audit.read.sheet import Sheet
from vietnamese.fold import fold


def is_carried(sheet: Sheet, row: int) -> bool:
    """Does this row say over what stands above it, so that no total adds it?"""
    return sheet.rows[row].kind in ("subtotal", "total") and has_word(_label(sheet, row), "rows", "carried")


def _label(sheet: Sheet, row: int) -> str:
    return fold(next((cell.text for cell in sheet.rows[row].cells if cell.text), ""))


def ways_of_carried(sheet: Sheet, row: int) -> list[list[int]]:
    """The rows that a carried sum may add up: those of its page, all so far, what was brought over with those since;
    or the carried sum before it alone, which it repeats."""
    before = [one for one in range(row) if sheet.has_figures(one)]
    data = [one for one in before if sheet.rows[one].kind == "data"]
    carried = [one for one in before if is_carried(sheet, one)]
    last = carried[-1] if carried else -1
    since = [one for one in data if one > last]
    ways: Sequence[list[int]] = ([last], []) if carried and not since else (since, data)
    brought = [[last, *since]] if carried and since else []
    return [way for way in (*brought, *ways) if way]
