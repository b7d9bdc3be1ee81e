"""Which columns of a table make which: told by the formula row, else found from the figures and the headings together.

Candidates are tried on a few rows first and the survivors on all, so that the work grows with the number of rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, permutations, product
from math import comb

from congvan.audit.read.audit_words import has_word
from congvan.audit.read.formula import FormulaNode, column, number_places, parse_formula, without_factor
from congvan.audit.read.judge import Custom, Span, judge_ratio, judge_spans
from congvan.audit.read.sheet import Head, Sheet, SheetEntry

CUSTOMS = (Custom.ROUNDED, Custom.TRUNCATED, Custom.CEILED)
_SAMPLE = 14
ACCEPTED = Fraction(3, 5)
_PLAIN_WORDS = 3
"""So many hints of the headings stand for a relation that few rows could show."""

_CHANCE = Fraction(1, 1000)
_HUNDREDWEIGHT = re.compile(r"(?<![a-z])ta\s?/\s?ha(?![a-z])")
_SO_MANY = re.compile(
    r"(?:(?<![\d.])(1(?:\.?000)(?:\.?000)?|100(?:\.?000)?|10\.?000)\s(?:dan|nguoi|ho|tre|ca|phu nu|ba me|lao dong)"
    r"|(?:/|tren|tinh tren)\s?(1\.?000\.?000|100\.?000|10\.?000|1\.?000)(?![\d.]))|van dan"
)
_OF_A_THOUSAND = re.compile(r"(?<![a-z])ty suat(?![a-z])")
"""A rate that is told in thousandths, even where the heading's ‰ was typed or read as %."""

_RISING = re.compile(r"(?<![a-z])(?:tang|tang them|phat sinh|bo sung|cho vay|nhap|chuyen den|ket nap)(?![a-z])")
_FALLING = re.compile(r"(?<![a-z])(?:giam|thoat|thu no|xuat|chuyen di|da chi)(?![a-z])")
_TOLD_BY = 4
"""A printed formula is taken at its word where one row in so many follows it; else it is misprinted or misread."""

_SCALES = (Fraction(100), Fraction(1), Fraction(1000), Fraction(10))


def _hull(entry: SheetEntry) -> Span:
    return entry.hull


@dataclass(frozen=True)
class Relation:
    """Column `target` is `scale` times the formula. `told`: by the file's own formula row."""

    target: int
    formula: FormulaNode
    scale: Fraction
    told: bool = False
    kind: str = "ratio"

    @property
    def columns(self) -> frozenset[int]:
        """The columns that it ties together."""
        return self.formula.places() | {self.target}

    def judge(self, sheet: Sheet, row: int) -> Custom | None:
        """The customs under which a row agrees; None where it cannot be judged (a blank, a divisor of zero)."""
        printed = sheet.entries[row][self.target]
        if printed is None:
            return None
        exact = self._plain_ratio(sheet, row, printed)
        if exact is not None:
            return exact
        value, step = printed.printed.value, printed.printed.step
        widest = self._made(sheet, row, _hull)
        if widest is not None and not widest.meets(Span(value - step, value + step)):
            return Custom.NONE
        spans = {custom: self.span(sheet, row, custom) for custom in CUSTOMS}
        return None if all(span is None for span in spans.values()) else judge_spans(spans, printed.bounds)

    def _plain_ratio(self, sheet: Sheet, row: int, printed: SheetEntry) -> Custom | None:
        """The short way for a percentage of two exact whole numbers."""
        left, right = self.formula.left, self.formula.right
        if self.formula.operation != "/" or self.scale != 100 or left is None or right is None:
            return None
        if left.place is None or right.place is None:
            return None
        one, other = sheet.entries[row][left.place], sheet.entries[row][right.place]
        if one is None or other is None or one.rounded or other.rounded or other.printed.units <= 0:
            return None
        return judge_ratio(one.printed.units, other.printed.units, printed.printed)

    def span(self, sheet: Sheet, row: int, custom: Custom = Custom.ROUNDED) -> Span | None:
        """What the row's other cells make, under one custom of printing them."""
        return self._made(sheet, row, lambda entry: entry.span(custom))

    def _made(self, sheet: Sheet, row: int, read: Callable[[SheetEntry], Span]) -> Span | None:
        def cell(place: int) -> Span | None:
            entry = sheet.entries[row][place]
            return self._blank(sheet, row, place) if entry is None else read(entry)

        span = self.formula.span(cell)
        return None if span is None else span.scaled(self.scale)

    def _blank(self, sheet: Sheet, row: int, place: int) -> Span | None:
        """A blank adds nothing to a sum of parts; anything else cannot be judged over it."""
        return Span.exactly(0) if self.kind == "sum" and sheet.blank(row, place) else None

    def exact(self, sheet: Sheet, row: int) -> Fraction | None:
        """What the printed values of the row's other cells make, taken as exact."""

        def cell(place: int) -> Span | None:
            entry = sheet.entries[row][place]
            return self._blank(sheet, row, place) if entry is None else Span.exactly(entry.value)

        span = self.formula.span(cell)
        return None if span is None or span.low is None else span.low * self.scale


def relations(sheet: Sheet, summed: Sequence[Relation] = ()) -> list[Relation]:
    """The relations of a table, at most one for each column. `summed`: its sums, which no difference says over."""
    found = {relation.target: relation for relation in _told(sheet)}
    known = [relation.columns for relation in (*found.values(), *summed)]
    rows = [row for row in sheet.of_kind("data", "subtotal", "total", "section") if sheet.has_figures(row)]
    for head in sorted(sheet.heads, key=lambda head: not is_product(head)):
        if head.place not in found and _may_be_ratio(sheet, head.place):
            best = _best(sheet, rows, head.place, known)
            if best is not None:
                found[head.place] = best
                known.append(best.columns)
    return [found[place] for place in sorted(found)]


def _may_be_ratio(sheet: Sheet, place: int) -> bool:
    head = sheet.heads[place]
    return (
        head.percent
        or head.column.kind == "decimal"
        or (head.numeric and (_is_rate(head) or is_rest(head) or is_product(head)))
    )


def _is_rate(head: Head) -> bool:
    """Do the words of a column of amounts speak of so much for each (`bình quân`, `tạ/ha`)?"""
    return head.average


def rate_scales(head: Head) -> list[Fraction]:
    """So many for each one, for each so many (`/10.000 dân`), in the larger unit (`tạ/ha` of tonnes and hectares)."""
    told = [
        Fraction(re.sub(r"\D", "", match[1] or match[2] or "") or "10000") for match in _SO_MANY.finditer(head.words)
    ]
    if told:
        return told
    return [Fraction(1), Fraction(1000), *([Fraction(10)] if _HUNDREDWEIGHT.search(head.words) else [])]


def _may_be_percentage(head: Head) -> bool:
    """Is this no plain count? A group's heading (`Giảm trong kỳ`) makes no percentages of the counts under it."""
    return head.percent or head.column.kind == "decimal" or _is_rate(head) or has_word(head.leaf, "columns", "growth")


def is_product(head: Head) -> bool:
    """Do they speak of so many times so much (`Thành tiền`)?"""
    return head.numeric and not head.percent and has_word(head.words, "columns", "products")


def is_rest(head: Head) -> bool:
    """Do they speak of a difference (`tăng, giảm`), or of what is left at the end (`còn lại`, `cuối kỳ`)?"""
    return has_word(head.words, "columns", "growth") or has_word(head.words, "columns", "rests")


def _told(sheet: Sheet) -> Iterator[Relation]:
    """Relations by the formula row."""
    numbers = [head.column.number for head in sheet.heads]
    places = number_places(numbers)
    for place, printed in enumerate(numbers):
        formula = parse_formula(printed, places) if printed and sheet.heads[place].numeric else None
        if formula is None or place in formula.places() or not formula.places() <= set(sheet.numeric):
            continue
        relation = _best_scale(sheet, place, formula)
        fits, judged = fitting(sheet, relation, range(len(sheet.rows)))
        if judged < 2 or (fits and _TOLD_BY * fits >= judged):
            yield relation


def _best_scale(sheet: Sheet, place: int, formula: FormulaNode) -> Relation:
    """A told formula with the factor (100 for a percentage) under which most rows agree, its own first."""
    formula, own = without_factor(formula)
    rows = [row for row in range(len(sheet.rows)) if sheet.entries[row][place] is not None]
    scales = (own, *_SCALES) if own != 1 else _SCALES if sheet.heads[place].percent else (Fraction(1), *_SCALES)
    made = [Relation(place, formula, scale, told=True, kind=_kind(formula)) for scale in scales]
    return max(made, key=lambda relation: fitting(sheet, relation, rows[: 4 * _SAMPLE])[0])


def _kind(formula: FormulaNode) -> str:
    return "ratio" if formula.operation == "/" or (formula.left and formula.left.operation == "/") else "sum"


def fitting(sheet: Sheet, relation: Relation, rows: Sequence[int], stop: bool = False) -> tuple[int, int]:
    """Of these rows, how many agree and how many could be judged; `stop`: give up (0) once too many do not."""
    fits = judged = 0
    allowed = len(rows) * (1 - ACCEPTED)
    for row in rows:
        custom = relation.judge(sheet, row)
        if custom is None:
            continue
        judged += 1
        fits += bool(custom)
        if stop and judged - fits > allowed:
            return 0, judged
    return fits, judged


def _best(sheet: Sheet, rows: list[int], target: int, known: Sequence[frozenset[int]]) -> Relation | None:
    """The relation that explains a column best, where one explains most of it."""
    lines = [row for row in rows if _telling(sheet, row, target)]
    sample = spread(lines)
    if not sample:
        return None
    ranked = []
    candidates = [one for one in _candidates(sheet, target) if not _says_over(sheet, one, known)]
    for relation in candidates:
        fits, judged = fitting(sheet, relation, sample, stop=True)
        if judged and fits >= ACCEPTED * judged and 2 * judged >= len(sample):
            ranked.append((fits, hints(sheet, relation), -_distance(relation), relation))
    for _, hinted, _, relation in sorted(ranked, key=lambda one: one[:3], reverse=True)[:6]:
        fits, judged = fitting(sheet, relation, lines)
        by_words = hinted >= _PLAIN_WORDS and (fits > 1 or fits == judged)
        if fits >= ACCEPTED * judged and (by_words or no_chance(sheet, target, fits, judged, len(candidates))):
            return relation
    return None


def _says_over(sheet: Sheet, one: Relation, known: Sequence[frozenset[int]]) -> bool:
    """Does a difference, or the price for each, only say over how other columns hang together?"""
    over = one.kind in ("points", "product") or (one.kind == "ratio" and sheet.heads[one.target].average)
    return over and any(one.columns <= tied for tied in known)


def no_chance(sheet: Sheet, target: int, fits: int, judged: int, tried: int) -> bool:
    """Would so many rows hardly agree with any of the candidates by chance? Few rows or coarse figures may."""
    decimals = max(
        (entry.printed.decimals for entry in sheet.column_entries(target, list(range(len(sheet.rows))))), default=0
    )
    single = Fraction(3, 100 * 10**decimals)
    return tried * comb(judged, fits) * single**fits <= _CHANCE


def _telling(sheet: Sheet, row: int, target: int) -> bool:
    """Could this row tell one relation from another: its figure is there and neither 0 nor 100?"""
    entry = sheet.entries[row][target]
    return entry is not None and entry.value not in (0, 100)


def spread(rows: list[int]) -> list[int]:
    """At most a sample of these rows, from all over the table."""
    step = max(1, len(rows) // _SAMPLE)
    return rows[::step][:_SAMPLE]


def _distance(relation: Relation) -> int:
    return sum(abs(relation.target - place) for place in relation.formula.places())


def _candidates(sheet: Sheet, target: int) -> Iterator[Relation]:
    """Ratios, growth rates and differences of other columns that might make this one."""
    head = sheet.heads[target]
    amounts = [place for place in sheet.numeric if place != target and not sheet.heads[place].percent]
    rates = [place for place in sheet.numeric if place != target and sheet.heads[place].percent]
    yield from _shares(sheet, target, amounts)
    for one, other in permutations(amounts if _may_be_percentage(head) else (), 2):
        ratio = FormulaNode("/", column(one), column(other))
        yield Relation(target, ratio, Fraction(100))
        if head.percent and _OF_A_THOUSAND.search(head.words):
            yield Relation(target, ratio, Fraction(1000))
        if not head.percent and (_is_rate(head) or head.column.kind == "decimal"):
            yield from (Relation(target, ratio, scale) for scale in rate_scales(head))
        growth = FormulaNode("/", FormulaNode("-", column(one), column(other)), column(other))
        yield Relation(target, growth, Fraction(100), kind="growth")
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
            yield Relation(target, formula, Fraction(1), kind="points")


def hints(sheet: Sheet, relation: Relation) -> int:
    """How many words of the headings speak for a relation."""
    formula, target = relation.formula, sheet.heads[relation.target]
    divisor = formula.right.place if formula.right is not None else None
    part = formula.left.place if formula.left is not None else None
    score = 0
    if divisor is not None:
        score += has_word(sheet.heads[divisor].words, "columns", "wholes")
        score += 2 * bool(_shared(sheet.heads[divisor].leaf, target.words))
    if part is not None:
        score += has_word(sheet.heads[part].words, "columns", "parts")
        score += len(set(sheet.heads[part].column.path[:-1]) & set(target.column.path[:-1]))
    if relation.kind == "product":
        return _PLAIN_WORDS
    grows = is_rest(target)
    return score + (1 if grows == (relation.kind in ("growth", "points")) else -1)


def _shared(leaf: str, words: str) -> set[str]:
    return {word for word in leaf.split() if len(word) > 2} & set(words.split()) - {"nam", "ty", "le", "tong", "den"}
