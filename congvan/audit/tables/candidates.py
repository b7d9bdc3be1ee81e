"""Relations that the kind of a column and the words of its heading make worth trying."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise, permutations, product

from congvan.audit.read.audit_words import has_word
from congvan.audit.read.formula import FormulaNode, column
from congvan.audit.read.sheet import Head, Sheet
from congvan.audit.tables.relation import Relation
from vietnamese.fold import fold

_HUNDREDWEIGHT = re.compile(r"(?<![a-z])ta\s?/\s?ha(?![a-z])")


_SO_MANY = re.compile(
    r"(?:(?<![\d.])(1(?:\.?000)(?:\.?000)?|100(?:\.?000)?|10\.?000)\s(?:dan|nguoi|ho|tre|ca|phu nu|ba me|lao dong)"
    r"|(?:/|tren|tinh tren)\s?(1\.?000\.?000|100\.?000|10\.?000|1\.?000)(?![\d.]))|van dan"
)


_OF_A_THOUSAND = re.compile(r"(?<![a-z])ty suat(?![a-z])")
"""A rate that is told in thousandths, even where the heading's ‰ was typed or read as %."""


_RISING = re.compile(r"(?<![a-z])(?:tang|tang them|phat sinh|bo sung|cho vay|nhap|chuyen den|ket nap)(?![a-z])")


_FALLING = re.compile(r"(?<![a-z])(?:giam|thoat|thu no|xuat|chuyen di|da chi)(?![a-z])")


def rate_scales(head: Head) -> list[Fraction]:
    """So many for each one, for each so many (`/10.000 dân`), in the larger unit (`tạ/ha` of tonnes and hectares)."""
    told = [
        Fraction(re.sub(r"\D", "", match[1] or match[2] or "") or "10000") for match in _SO_MANY.finditer(head.words)
    ]
    if told:
        return told
    return [Fraction(1), Fraction(1000), *([Fraction(10)] if _HUNDREDWEIGHT.search(head.words) else [])]


def is_rate(head: Head) -> bool:
    """Do the words of a column of amounts speak of so much for each (`bình quân`, `tạ/ha`)?"""
    return head.average


def _may_be_percentage(head: Head) -> bool:
    """Is this no plain count? A group's heading (`Giảm trong kỳ`) makes no percentages of the counts under it."""
    return head.percent or head.column.kind == "decimal" or is_rate(head) or has_word(head.leaf, "columns", "growth")


def is_product(head: Head) -> bool:
    """Do they speak of so many times so much (`Thành tiền`)?"""
    return head.numeric and not head.percent and has_word(head.words, "columns", "products")


def is_rest(head: Head) -> bool:
    """Do they speak of a difference (`tăng, giảm`), or of what is left at the end (`còn lại`, `cuối kỳ`)?"""
    return has_word(head.words, "columns", "growth") or has_word(head.words, "columns", "rests")


def candidates(sheet: Sheet, target: int) -> Iterator[Relation]:
    """Ratios, growth rates and differences of other columns that might make this one."""
    head = sheet.heads[target]
    amounts = [place for place in sheet.numeric if place != target and not sheet.heads[place].percent]
    if head.average:
        yield from _means(target, amounts)
    rates = [place for place in sheet.numeric if place != target and sheet.heads[place].percent]
    yield from _shares(sheet, target, amounts)
    if _may_be_percentage(head):
        yield from _quotients(sheet, target, amounts)
    for (one, beside), other in product(pairwise(amounts) if head.percent else (), amounts):
        both = FormulaNode("+", column(one), column(beside))
        within = other in (one, beside)
        yield Relation(
            target, FormulaNode("/", *((column(other), both) if within else (both, column(other)))), Fraction(100)
        )
    if head.percent or is_rest(head):
        for one, other in permutations(rates if head.percent else amounts, 2):
            yield Relation(target, FormulaNode("-", column(one), column(other)), Fraction(1), kind="points")
    if is_product(head):
        yield from _products(sheet, target, amounts)
    if not head.percent and has_word(head.words, "columns", "rests"):
        yield from _balances(sheet, target, amounts)


def _quotients(sheet: Sheet, target: int, amounts: Sequence[int]) -> Iterator[Relation]:
    """One column in percent of another, in thousandths, for each; and by how much one is over the other."""
    head = sheet.heads[target]
    for one, other in permutations(amounts, 2):
        ratio = FormulaNode("/", column(one), column(other))
        units = _in_one_unit(sheet.heads[one], sheet.heads[other])
        yield Relation(target, ratio, 100 * units)
        if head.percent and _OF_A_THOUSAND.search(head.words):
            yield Relation(target, ratio, Fraction(1000))
        if not head.percent and (is_rate(head) or head.column.kind == "decimal"):
            yield from (Relation(target, ratio, scale) for scale in rate_scales(head))
        growth = FormulaNode("/", FormulaNode("-", column(one), column(other)), column(other))
        if units == 1:
            yield Relation(target, growth, Fraction(100), kind="growth")


_MONEY = {"ty": 10**9, "trieu": 10**6, "nghin": 1000, "ngan": 1000}
_MOST_AVERAGED = 8


def _in_one_unit(one: Head, other: Head) -> Fraction:
    """What a quotient of two columns of money is multiplied by where their headings name different units of it."""
    units = [_money_unit(head) for head in (one, other)]
    return Fraction(units[0], units[1]) if None not in units and units[0] and units[1] else Fraction(1)


def _money_unit(head: Head) -> int | None:
    """How many đồng a column counts in (`triệu đồng`); None where its heading does not say."""
    told = re.search(
        r"(?<![a-z])(?:(ty|trieu|nghin|ngan)\s)?(dong|vnd)(?![a-z])", f"{head.words} {fold(head.column.measure or '')}"
    )
    return _MONEY.get(told[1] or "", 1) if told else None


def _means(target: int, amounts: Sequence[int]) -> Iterator[Relation]:
    """The mean of the columns right before it (`Điểm trung bình` of several marks)."""
    before = [place for place in amounts if place < target][-_MOST_AVERAGED:]
    for first in range(len(before) - 1):
        run = before[first:]
        total = column(run[0])
        for place in run[1:]:
            total = FormulaNode("+", total, column(place))
        mean = FormulaNode("/", total, FormulaNode(constant=Fraction(len(run))))
        yield Relation(target, mean, Fraction(1), kind="mean")


def _shares(sheet: Sheet, target: int, amounts: Sequence[int]) -> Iterator[Relation]:
    """Percentages of the closing figure of a column."""
    for one in amounts if sheet.heads[target].percent else ():
        closing = sheet.column_entries(one, sheet.of_kind("total"))
        if len(closing) == 1 and closing[0].value > 0:
            whole = FormulaNode(constant=closing[0].value)
            yield Relation(target, FormulaNode("/", column(one), whole), Fraction(100), kind="share")


def _products(sheet: Sheet, target: int, amounts: Sequence[int]) -> Iterator[Relation]:
    """So many times so much each (`Số lượng × Đơn giá`), in units that may differ by a power of ten."""
    priced = [place for place in amounts if has_word(sheet.heads[place].words, "columns", "each")]
    for price, many in product(priced, amounts):
        if price != many:
            formula = FormulaNode("*", column(many), column(price))
            scales = (Fraction(1), Fraction(1, 1000), Fraction(1, 10), Fraction(1000))
            yield from (Relation(target, formula, scale, kind="product") for scale in scales)


def _balances(sheet: Sheet, target: int, amounts: Sequence[int]) -> Iterator[Relation]:
    """What was there, and what came, without what went, by the words of the headings: the end of a period."""
    rising = [place for place in amounts if _RISING.search(sheet.heads[place].words)]
    falling = [place for place in amounts if _FALLING.search(sheet.heads[place].words)]
    for first, come, gone in product(amounts, rising, falling):
        if len({first, come, gone}) == 3:
            formula = FormulaNode("-", FormulaNode("+", column(first), column(come)), column(gone))
            yield Relation(target, formula, Fraction(1), kind="balance")
