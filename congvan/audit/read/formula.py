"""Formulas over columns: `9=7/4`, `(5)=(4)/(3)*100`, `7=5+6`, and their values as spans."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from congvan.audit.read.judge import Span
from vietnamese.fold import fold

_TOKEN = re.compile(r"\s*(?:(\d+[a-z](?![a-z])|\d+(?:[.,]\d+)?|[ivx]{1,4}(?![a-z])|[a-z](?![a-z]))(%?)|([-+*/:()]))")
_UNIT = re.compile(r"\(\s*(?:%|‰|lan|\+\s*[/,;]\s*-|%\s*,?\s*lan)\s*\)|\s+%\s*$|[;.]\s*$|(?<![a-z])cot(?![a-z])")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+")
_TIMES = re.compile(r"(?<=[\d)%])\s*[x×]\s*(?=[\d(])")
_RUN = re.compile(r"\(?(\d{1,2})\)?\s*(?:\+\s*(?:…|\.{2,})\s*\+?|\.{2,}\s*\+|->|→)\s*\(?(\d{1,2})\)?")
"""`4+5+…+9`, `4->9`: the columns from one to another."""
Cell = Callable[[int], Span | None]
"""The span of the cell in a column, None where it is blank."""


@dataclass(frozen=True)
class FormulaNode:
    """A column (`place`), a constant, or an operation on two nodes."""

    operation: str = ""
    left: FormulaNode | None = None
    right: FormulaNode | None = None
    place: int | None = None
    constant: Fraction | None = None

    def places(self) -> frozenset[int]:
        """The columns that it reads."""
        own = frozenset() if self.place is None else frozenset({self.place})
        return own.union(*(node.places() for node in (self.left, self.right) if node))

    def span(self, cell: Cell) -> Span | None:
        """Its values over one row; None where a cell is blank or a divisor may be zero."""
        if self.place is not None:
            return cell(self.place)
        if self.constant is not None:
            return Span.exactly(self.constant)
        left = self.left.span(cell) if self.left else None
        right = self.right.span(cell) if self.right else None
        if left is None or right is None:
            return None
        if self.operation == "/":
            return left.over(right)
        return {"+": left.plus, "-": left.minus, "*": left.times}[self.operation](right)

    def words(self, title: Callable[[int], str]) -> str:
        """The formula with the columns' headings in it."""
        if self.place is not None:
            return f"«{title(self.place)}»"
        if self.constant is not None:
            return str(self.constant)
        left, right = (node.words(title) if node else "" for node in (self.left, self.right))
        inner = [
            f"({text})" if node and node.operation in "+-" and node.operation else text
            for node, text in ((self.left, left), (self.right, right))
        ]
        return f" {self.operation} ".join(inner if self.operation in "*/" else [left, right])


def column(place: int) -> FormulaNode:
    """The node of a column."""
    return FormulaNode(place=place)


def without_factor(formula: FormulaNode) -> tuple[FormulaNode, Fraction]:
    """A formula without its constant factor, and the factor: `7/4*100` is 7/4 and 100."""
    if formula.operation == "*" and formula.left is not None and formula.right is not None:
        for node, other in ((formula.left, formula.right), (formula.right, formula.left)):
            if other.constant is not None:
                inner, factor = without_factor(node)
                return inner, factor * other.constant
    if formula.operation == "/" and formula.left is not None:
        inner, factor = without_factor(formula.left)
        return FormulaNode("/", inner, formula.right), factor
    return formula, Fraction(1)


def number_places(numbers: list[str | None]) -> dict[str, int]:
    """Which column a number of the numbering row stands for: `(4)` and `4`, and the left side of `9=7/4`."""
    found: dict[str, int] = {}
    for place, printed in enumerate(numbers):
        own = re.sub("^cot ", "", fold(printed or "").partition("=")[0].strip(" ()[]-;."))
        if re.fullmatch(r"\d{1,2}[a-z]?|\d{1,2}\.\d|[a-z]|[ivx]{1,4}", own):
            found.setdefault(own, place)
    return found


def parse_formula(printed: str, places: Mapping[str, int]) -> FormulaNode | None:
    """The right side of a printed formula; None where it is none, or names a column that there is not."""
    text = _UNIT.sub("", fold(printed).replace("[", "(").replace("]", ")")).strip()
    text = _TIMES.sub("*", _RUN.sub(_spelled, text))
    if text.startswith("(") and text.endswith(")") and "=" in text and ")" not in text[:-1]:
        text = text[1:-1]
    _, sign, right = text.partition("=")
    if not sign and not re.search(r"\d[a-z]?\s*\)?\s*[-+*x×/:]", text):
        return None
    tokens = _tokens(right if sign else text)
    if tokens is None:
        return None
    try:
        node, rest = _sum(tokens, places)
    except (ValueError, IndexError):
        return None
    return node if not rest else None


def _spelled(run: re.Match[str]) -> str:
    """A run of columns as a sum of each of them."""
    return "+".join(str(number) for number in range(int(run[1]), int(run[2]) + 1))


def _tokens(text: str) -> list[str] | None:
    tokens: list[str] = []
    at = 0
    text = text.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            return None
        tokens.append(match[3] or match[1] + match[2])
        at = match.end()
    return tokens


def _sum(tokens: list[str], places: Mapping[str, int]) -> tuple[FormulaNode, list[str]]:
    node, tokens = _product(tokens, places)
    while tokens and tokens[0] in "+-":
        operation = tokens[0]
        right, tokens = _product(tokens[1:], places)
        node = FormulaNode(operation, node, right)
    return node, tokens


def _product(tokens: list[str], places: Mapping[str, int]) -> tuple[FormulaNode, list[str]]:
    node, tokens = _factor(tokens, places)
    while tokens and tokens[0] in "*/:":
        operation = "/" if tokens[0] in "/:" else "*"
        right, tokens = _factor(tokens[1:], places)
        node = FormulaNode(operation, node, right)
    return node, tokens


def _factor(tokens: list[str], places: Mapping[str, int]) -> tuple[FormulaNode, list[str]]:
    head = tokens[0]
    if head == "(":
        node, rest = _sum(tokens[1:], places)
        if rest[0] != ")":
            raise ValueError(head)
        return node, rest[1:]
    named = head.rstrip("%")  # `5=4/3%` says that the result is a percentage
    if named in places and not (head.endswith("%") and named == "100"):
        return column(places[named]), tokens[1:]
    value = Fraction(named.replace(".", "") if _GROUPED.fullmatch(named) else named.replace(",", "."))
    if head.endswith("%") or value in (1, 10, 100, 1000, 10000, 100000):
        return FormulaNode(constant=value / 100 if head.endswith("%") else value), tokens[1:]
    raise ValueError(head)
