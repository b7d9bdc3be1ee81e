"""A relation between columns: which makes which, and how each row stands to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from congvan.audit.read.formula import FormulaNode
from congvan.audit.read.judge import Custom, Span, judge_ratio, judge_spans
from congvan.audit.read.sheet import Sheet, SheetEntry

CUSTOMS = (Custom.ROUNDED, Custom.TRUNCATED, Custom.CEILED)


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
