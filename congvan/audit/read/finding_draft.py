"""A finding before the custom of its dispatch is known and before it is put into words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from congvan.audit.read.judge import Custom, has
from schemas.finding import Check, Verdict


@dataclass(slots=True)
class FindingDraft:
    """One check of one figure. `message` is a key of the catalogues, `values` what it says; `custom`: how it fits."""

    check: Check
    verdict: Verdict
    message: str
    values: dict[str, str] = field(default_factory=dict)
    reported: str | None = None
    computed: str | None = None
    pointers: tuple[str, ...] = ()
    custom: Custom | None = None
    doubted: bool = False
    near: bool = True
    """Is the reported figure near the computed one, as a slip of the pen is?"""
    close: bool = False
    """Is it within a tenth of it?"""
    fits: bool = False
    """Of a sum: do the rows make it, exactly or within what rounding hides?"""


def verdict_of(custom: Custom) -> Verdict:
    """The verdict of a judgement: half up agrees, cutting off is truncated, rounding up waits for the custom."""
    if has(custom, Custom.ROUNDED):
        return "agrees"
    if has(custom, Custom.TRUNCATED):
        return "truncated"
    return "cannot_tell" if custom else "disagrees"


def plain(value: Fraction, decimals: int) -> str:
    """A value as a decimal string with at most so many decimals, rounded half up, closing zeros left off.

    >>> plain(Fraction(18100, 255), 2), plain(Fraction(519), 2), plain(Fraction(-5, 2), 0)
    ('70.98', '519', '-3')
    """
    return plain_quotient(value.numerator, value.denominator, decimals)


def plain_quotient(top: int, bottom: int, decimals: int) -> str:
    """The same of a quotient, `bottom` over 0, without making a fraction of it."""
    units = (2 * abs(top) * 10**decimals + bottom) // (2 * bottom)
    digits = str(units).rjust(decimals + 1, "0")
    whole, rest = (digits[:-decimals], digits[-decimals:].rstrip("0")) if decimals else (digits, "")
    sign = "-" if top < 0 and units else ""
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"


def added(values: Sequence[str], most: int = 6) -> str:
    """Figures joined by plus signs, the middle ones left out where there are many."""
    if len(values) <= most:
        return " + ".join(values)
    return " + ".join([*values[: most - 2], "…", values[-1]])
