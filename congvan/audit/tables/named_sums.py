"""Sums that the headings name though other columns stand between: `Tổng số` of `Nữ` and `Nam`, of done and not done."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction
from itertools import combinations

from congvan.audit.read.audit_words import has_word
from congvan.audit.read.formula import FormulaNode, column
from congvan.audit.read.sheet import Head, Sheet
from congvan.audit.tables.relation import Relation
from congvan.audit.tables.relations import ACCEPTED, fitting

_OPPOSITES = (
    ("nam", "nu"),
    ("dat", "khong dat"),
    ("dat", "chua dat"),
    ("dung han", "qua han"),
    ("dung han", "tre han"),
    ("truoc va dung han", "qua han"),
    ("da giai quyet", "dang giai quyet"),
    ("da giai quyet", "chua giai quyet"),
    ("thanh thi", "nong thon"),
    ("cong lap", "ngoai cong lap"),
    ("chinh thuc", "du bi"),
    ("da nop", "chua nop"),
    ("trong tinh", "ngoai tinh"),
    ("co", "khong"),
)


def named_sums(sheet: Sheet, taken: Collection[int]) -> Iterator[Relation]:
    """Columns that are the sum of two which are opposites by name. `taken`: those that are sums already."""
    heads = [head for head in sheet.heads if head.numeric and not head.percent]
    for one, other in combinations(heads, 2):
        if not _opposite(one, other) or one.column.path[:-1] != other.column.path[:-1]:
            continue
        both = FormulaNode("+", column(one.place), column(other.place))
        for target in heads:
            if target.place in (*taken, one.place, other.place) or not _is_whole(target, one):
                continue
            relation = Relation(target.place, both, Fraction(1), kind="sum")
            fits, judged = fitting(sheet, relation, sheet.of_kind("data"))
            if fits >= 2 and fits >= ACCEPTED * judged:
                yield relation
                break


def _opposite(one: Head, other: Head) -> bool:
    names = (one.leaf.strip(" .:-"), other.leaf.strip(" .:-"))
    return names in _OPPOSITES or names[::-1] in _OPPOSITES


def _is_whole(target: Head, part: Head) -> bool:
    """May this column be all of them: named a total, or the number of the things themselves?"""
    totals = has_word(target.leaf, "columns", "totals") or target.leaf.startswith(("so ", "tong "))
    return totals and (
        target.column.path[:-1] == part.column.path[:-1] or len(target.column.path) <= len(part.column.path)
    )
