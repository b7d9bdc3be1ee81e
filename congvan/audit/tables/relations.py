"""Which columns of a table make which: told by the formula row, else found from the figures and the headings together.

Candidates are tried on a few rows first and the survivors on all, so that the work grows with the number of rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import comb

from congvan.audit.read.audit_words import has_word
from congvan.audit.read.formula import FormulaNode, number_places, parse_formula, without_factor
from congvan.audit.read.sheet import Sheet
from congvan.audit.tables.candidates import candidates, is_product, is_rate, is_rest
from congvan.audit.tables.relation import Relation

_SAMPLE = 14
ACCEPTED = Fraction(3, 5)
_PLAIN_WORDS = 3
"""So many hints of the headings stand for a relation that few rows could show."""

_CHANCE = Fraction(1, 1000)
_TOLD_BY = 4
"""A printed formula is taken at its word where one row in so many follows it; else it is misprinted or misread."""

_SCALES = (Fraction(100), Fraction(1), Fraction(1000), Fraction(10))


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
        or (head.numeric and (is_rate(head) or is_rest(head) or is_product(head)))
    )


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
    tried = [one for one in candidates(sheet, target) if not _says_over(sheet, one, known)]
    for relation in tried:
        fits, judged = fitting(sheet, relation, sample, stop=True)
        if judged and fits >= ACCEPTED * judged and 2 * judged >= len(sample):
            ranked.append((fits, hints(sheet, relation), -_distance(relation), relation))
    for _, hinted, _, relation in sorted(ranked, key=lambda one: one[:3], reverse=True)[:6]:
        fits, judged = fitting(sheet, relation, lines)
        by_words = hinted >= _PLAIN_WORDS and (fits > 1 or fits == judged)
        if fits >= ACCEPTED * judged and (by_words or no_chance(sheet, target, fits, judged, len(tried))):
            return relation
    return None


def _says_over(sheet: Sheet, one: Relation, known: Sequence[frozenset[int]]) -> bool:
    """Does a difference, or the price for each, only say over how other columns hang together?"""
    over = one.kind in ("points", "balance", "product") or (one.kind == "ratio" and sheet.heads[one.target].average)
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
    if relation.kind in ("product", "balance"):
        return _PLAIN_WORDS
    grows = is_rest(target)
    return score + (1 if grows == (relation.kind in ("growth", "points")) else -1)


def _shared(leaf: str, words: str) -> set[str]:
    return {word for word in leaf.split() if len(word) > 2} & set(words.split()) - {"nam", "ty", "le", "tong", "den"}
