"""A table as claims are held against it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from congvan.audit.read.names import Directory
from congvan.audit.read.sheet import Sheet
from congvan.audit.tables.relation import Relation
from vietnamese.fold import fold

PERIOD = re.compile(r"(?<![a-z])(?:\d+ thang|quy (?:[ivx]+|\d)|thang \d+|nam \d{4}|6 thang|9 thang)(?![a-z0-9])")


@dataclass
class TableView:
    """A table with its relations and the units of its rows."""

    sheet: Sheet
    relations: list[Relation]
    units: Directory

    @property
    def ratios(self) -> list[Relation]:
        """Percentages of one column in another."""
        return [one for one in self.relations if one.kind == "ratio" and one.scale == 100 and len(ends(one)) == 2]


def ends(relation: Relation) -> list[int]:
    nodes = (relation.formula.left, relation.formula.right)
    return [node.place for node in nodes if node is not None and node.place is not None]


def other_period(told: str, sheet: Sheet) -> bool:
    """Does the claim speak of a period that the table does not name, while the table names another?"""
    caption = fold(" ".join([sheet.table.caption or "", *(head.words for head in sheet.heads)]))
    own, shown = set(PERIOD.findall(told)), set(PERIOD.findall(caption))
    return bool(own) and bool(shown) and not own & shown


def named_rows(subject: str, views: Sequence[TableView]) -> list[tuple[TableView, int]]:
    """The rows of the unit that a subject names, verb behind it or not: `Xã An Hòa đã giải quyết`."""
    words = subject.split()
    for length in range(len(words), 0, -1):
        follows = words[length][:1] if length < len(words) else ""
        if length < len(words) and (length < 2 or follows.isupper() or not words[length - 1][:1].isupper()):
            continue
        name = " ".join(words[:length])
        rows = [(view, row) for view in views if (row := view.units.find(name)) is not None]
        if rows:
            return rows
    return []
