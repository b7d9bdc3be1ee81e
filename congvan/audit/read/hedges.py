"""Hedges: gần, khoảng, trên, ít nhất widen the interval of the figure behind them, on their own side."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

from congvan.audit.read.audit_words import table
from congvan.audit.read.judge import Printed, Span
from schemas.dispatch import Claim
from vietnamese.figures import read_figure
from vietnamese.fold import fold

_WIDTH = Fraction(1, 20)
"""How far `gần` and `khoảng` reach, as a share of the figure: a twentieth, at least one printed unit."""

_NUMBER = re.compile(r"[^\d]*(\d+(?:[.,]\d+)*)")
_FRACTION = re.compile(r"\d/(10|[2-9])(?!\d)")


@cache
def _pattern() -> re.Pattern[str]:
    groups = []
    for name, words in table()["hedges"].items():
        choices = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
        groups.append(rf"(?P<{name}>{choices})")
    return re.compile(rf"(?<![a-z])(?:{'|'.join(groups)})\s+(?=[\d(]*[\d.,]*\s?[\d%])")


def hedge_of(text: str) -> str | None:
    """The hedge right before a figure of these words: `below`, `around`, `above` or `from`; None where there is none.

    >>> hedge_of("chiếm khoảng 5,3% tổng số"), hedge_of("đạt 5,3%")
    ('around', None)
    """
    folded = fold(text)
    matches = _pattern().finditer(folded)
    return next((match.lastgroup for match in matches if not _FRACTION.match(folded, match.end())), None)


def hedged_fraction(text: str) -> Span | None:
    """How far, in percent, from a common fraction with a hedge (`hơn 2/3 số xã`) the ratio may lie: less than one
    part more or fewer, so that more than two thirds are fewer than three.

    >>> hedged_fraction("đạt hơn 2/3 số xã, chiếm 75%").high, hedged_fraction("đạt hơn 80%, 25/30 xã")
    (Fraction(100, 3), None)
    """
    folded = fold(text)
    for match in _pattern().finditer(folded):
        fraction = _FRACTION.match(folded, match.end())
        if fraction is not None and match.lastgroup in ("above", "below"):
            part = Fraction(100, int(fraction[1]))
            return Span(Fraction(0), part) if match.lastgroup == "above" else Span(-part, Fraction(0))
    return None


def own_hedge(claim: Claim) -> str | None:
    """The hedge before one of the claim's own figures: one before another figure of its sentence widens nothing."""
    folded = fold(claim.text)
    own = {str(figure) for figure in (claim.numerator, claim.denominator, claim.percent) if figure is not None}
    for match in _pattern().finditer(folded):
        number = _NUMBER.match(folded, match.end())
        figure = read_figure(number[1]) if number else None
        if not _FRACTION.match(folded, match.end()) and (figure is None or figure.text in own):
            return match.lastgroup
    return None


def hedged_span(claim: Claim, printed: Printed) -> Span | None:
    """The values that a hedged percentage covers; None where nothing is hedged."""
    hedge = own_hedge(claim)
    if hedge is None:
        return None
    value = printed.value
    wide = max(value * _WIDTH, printed.step)
    half = printed.step / 2
    if hedge == "below":
        return Span(value - wide, value + half)
    if hedge in ("above", "from"):
        return Span(value - half, value + _reach(value, printed.step))
    if value % 10 == 0:
        wide = max(wide, Fraction(5))  # a round ten stands for what lies around it
    return Span(value - wide, value + wide)


def _reach(value: Fraction, step: Fraction) -> Fraction:
    """How far above its figure `trên` reaches: to the next round ten or five of a round one (`trên 90%` ends at 100),
    else as far as `gần`. What lies further up is told of no more, true though it be."""
    for round_step in (10, 5):
        if value % round_step == 0:
            return Fraction(round_step)
    return max(value * _WIDTH, step)
