"""Judgement: does a printed figure follow from exact ones? All arithmetic in integers and fractions.

A printed figure is an interval at its printed precision. Three customs of printing are known: rounding half up,
cutting off, rounding up. What follows under any of them is never called wrong; which one held is said, and the
custom of the whole dispatch tells whether a single odd figure is worth a word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntFlag
from fractions import Fraction

from vietnamese.figures import Figure


class Custom(IntFlag):
    """How a figure may have been printed; a judgement holds all customs that fit."""

    NONE = 0
    ROUNDED = 1
    TRUNCATED = 2
    CEILED = 4


def has(customs: Custom, one: Custom) -> bool:
    """Is this one among the customs? Flags are slow to combine, and this is asked of every figure."""
    return int.__and__(customs, one) != 0


_CUSTOMS = tuple(Custom(bits) for bits in range(8))
"""All combinations, made once: combining flags anew is the dearest step of a short judgement."""

_ORDER = (Custom.ROUNDED, Custom.TRUNCATED, Custom.CEILED)


@dataclass(frozen=True)
class Printed:
    """A printed figure: `units` of its last printed place, `decimals` of them behind the point. 62.89 is (6289, 2)."""

    units: int
    decimals: int = 0

    @classmethod
    def of(cls, text: str) -> Printed:
        """From a decimal string as records have it (`"62.89"`, `"-3.5"`)."""
        whole, _, decimals = text.partition(".")
        return cls(int(whole + decimals), len(decimals))

    @classmethod
    def figure(cls, figure: Figure) -> Printed:
        """From a printed figure; a per mille in percent units."""
        return cls.of(figure.text)

    @property
    def value(self) -> Fraction:
        return Fraction(self.units, 10**self.decimals)

    @property
    def value_text(self) -> str:
        """The figure as a decimal string: `62.89`."""
        digits = str(abs(self.units)).rjust(self.decimals + 1, "0")
        whole, rest = (digits[: -self.decimals], digits[-self.decimals :]) if self.decimals else (digits, "")
        return ("-" if self.units < 0 else "") + (f"{whole}.{rest}" if rest else whole)

    @property
    def step(self) -> Fraction:
        """One unit of the last printed place."""
        return Fraction(1, 10**self.decimals)

    def bounds(self, custom: Custom) -> Span:
        """The values that are printed so under one custom; the side of zero is kept (rounding is symmetric)."""
        value, step = self.value, self.step
        if custom is Custom.ROUNDED:
            low, high = value - step / 2, value + step / 2
            return Span(low, high, open_low=value < 0, open_high=value > 0)
        away = custom is Custom.CEILED
        if value == 0:
            return Span(value, value) if away else Span(-step, step, True, True)
        outward = (value > 0) != away
        return Span(value, value + step, open_high=True) if outward else Span(value - step, value, open_low=True)

    def all_bounds(self) -> dict[Custom, Span]:
        """The same under each of the customs."""
        return {custom: self.bounds(custom) for custom in _ORDER}


@dataclass(frozen=True)
class Span:
    """An interval of exact values. The flags say which end does not belong to it; None is without end."""

    low: Fraction | None
    high: Fraction | None
    open_low: bool = False
    open_high: bool = False

    @classmethod
    def exactly(cls, value: int | Fraction) -> Span:
        return cls(Fraction(value), Fraction(value))

    def meets(self, other: Span) -> bool:
        """Do the two share a value?"""
        return self._starts_by(other) and other._starts_by(self)

    def _starts_by(self, other: Span) -> bool:
        """Does this one start no later than the other ends?"""
        if self.low is None or other.high is None:
            return True
        if self.low == other.high:
            return not (self.open_low or other.open_high)
        return self.low < other.high

    def scaled(self, factor: int | Fraction) -> Span:
        """Each value times a positive factor."""
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        return Span(low, high, self.open_low, self.open_high)

    def plus(self, other: Span) -> Span:
        """Sums of one value of each."""
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Span(low, high, self.open_low or other.open_low, self.open_high or other.open_high)

    def minus(self, other: Span) -> Span:
        """Differences."""
        return self.plus(other.negative())

    def negative(self) -> Span:
        low = None if self.high is None else -self.high
        high = None if self.low is None else -self.low
        return Span(low, high, self.open_high, self.open_low)

    def over(self, other: Span) -> Span | None:
        """Quotients; None where the divisor may be zero or negative."""
        if other.low is None or other.low <= 0 or other.high is None or self.low is None or self.high is None:
            return None
        low = self.low / (other.high if self.low >= 0 else other.low)
        high = self.high / (other.low if self.high >= 0 else other.high)
        return Span(low, high)

    def times(self, other: Span) -> Span:
        """Products of two bounded spans."""
        if self.low is None or self.high is None or other.low is None or other.high is None:
            return Span(None, None)
        corners = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Span(min(corners), max(corners))


def judge_ratio(numerator: int, denominator: int, printed: Printed) -> Custom:
    """The customs under which 100·numerator/denominator is printed so; whole numbers, denominator over 0.

    Integers only: this is the way that every claim of a large archive goes.
    """
    exact = 200 * numerator * 10**printed.decimals
    twice, step = 2 * printed.units * denominator, denominator
    if printed.units < 0 or numerator < 0:
        exact, twice = -exact, -twice
    bits = int(twice - step <= exact < twice + step)
    if twice <= exact < twice + 2 * step:
        bits += 2
    if twice - 2 * step < exact <= twice:
        bits += 4
    return _CUSTOMS[bits]


def judge_spans(computed: dict[Custom, Span | None], printed: dict[Custom, Span]) -> Custom:
    """The customs under which the computed span and the printed figure's share a value."""
    found = Custom.NONE
    for custom, span in computed.items():
        if span is not None and span.meets(printed[custom]):
            found |= custom
    return found


def prevailing(judgements: Iterable[Custom]) -> Custom:
    """The custom that explains most figures of a dispatch; half up where none explains more."""
    return most_told(Counter(map(int, judgements)))


def most_told(tally: Counter[int]) -> Custom:
    """The same, of how many figures were judged in each way."""
    votes: Counter[Custom] = Counter()
    for bits, times in tally.items():
        for custom in _ORDER:
            if bits & custom and bits != 7:
                votes[custom] += times
    return max(_ORDER, key=lambda custom: (votes[custom], -_ORDER.index(custom)))


def wholes(part: int, printed: Printed) -> tuple[int, int]:
    """The least and greatest whole number of which `part` is the printed percentage, under any custom; empty if least
    is greater than greatest. `part` and the percentage over 0."""
    scale = 100 * part * 10**printed.decimals
    least = -(-scale // (printed.units + 1))
    if scale % (printed.units + 1) == 0:
        least += 1
    greatest = scale // (printed.units - 1) if printed.units > 1 else scale * 10
    if printed.units > 1 and scale % (printed.units - 1) == 0:
        greatest -= 1
    return least, greatest


def wholes_rounded(part: int, printed: Printed) -> tuple[int, int]:
    """The same under rounding half up alone."""
    scale = 200 * part * 10**printed.decimals
    least = scale // (2 * printed.units + 1) + 1
    return least, scale // (2 * printed.units - 1)
