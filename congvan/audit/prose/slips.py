"""Slips of the pen: figures that differ in a digit, and the totals of tables that are meant all the same."""

from __future__ import annotations

import re
from collections.abc import Sequence

from congvan.audit.prose.views import TableView, other_period
from congvan.audit.read.sheet import Head, Sheet
from schemas.dispatch import Claim
from vietnamese.fold import fold

_SLIPPING = 1000
OF_ALL = re.compile(r"(?<![a-z])(?:toan|tong)(?![a-z])")
_MONEY = re.compile(r"(?<![a-z])(?:ty|trieu|nghin|ngan)(?![a-z])")


def slipped_totals(claim: Claim, told: str, views: Sequence[TableView]) -> list[tuple[Sheet, int]]:
    """The one total that is the claimed number but for one digit or two that changed places, in a table that may be
    meant: told of all units, in the unit of the column."""
    if not isinstance(claim.numerator, int) or claim.numerator < _SLIPPING or not OF_ALL.search(told):
        return []
    found = []
    for view in views:
        rows = view.sheet.of_kind("total")
        for head in view.sheet.heads if len(rows) == 1 else ():
            entry = view.sheet.entries[rows[0]][head.place] if head.numeric and not head.percent else None
            same = entry is not None and is_slip(str(claim.numerator), entry.printed.value_text)
            if same and not other_period(told, view.sheet) and _same_unit(told, head):
                found.append((view.sheet, head.place))
    return found if len(found) == 1 else []


def _same_unit(told: str, head: Head) -> bool:
    """Is money told in the unit of the column, and nothing else of a column of money?"""
    unit = f"{head.words} {fold(head.column.measure or '')}"
    return set(_MONEY.findall(told)) == set(_MONEY.findall(unit))


def is_slip(one: str, other: str) -> bool:
    """Do two figures differ in one digit, or in two neighbours that changed places?

    >>> is_slip("1735", "1745"), is_slip("1754", "1745"), is_slip("1700", "1745")
    (True, True, False)
    """
    left, right = one.rstrip("0") if "." in one else one, other.rstrip("0") if "." in other else other
    if len(left.partition(".")[0]) != len(right.partition(".")[0]):
        return False
    width = max(len(left), len(right))
    pairs = [
        (place, a, b)
        for place, (a, b) in enumerate(zip(left.ljust(width, "0"), right.ljust(width, "0"), strict=True))
        if a != b
    ]
    if len(pairs) == 1:
        return width > 2
    return len(pairs) == 2 and pairs[1][0] - pairs[0][0] == 1 and pairs[0][1:] == pairs[1][:0:-1]
