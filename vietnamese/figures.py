"""Printed figures read exactly: `1.776.725`, `100,85`, `33,30%`, `160.00%`, `06`, `5,2‰`. Never a binary float.

A point groups thousands and a comma starts decimals (the Vietnamese way), but offices also write `160.00%`, as the
spreadsheet set to English prints it. What follows the last separator tells: three digits may be a group, any
other number of digits is decimals. Where three digits follow, `style` (told from the figure's neighbours) decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal

Style = Literal[",", "."]
"""Which character starts the decimals."""

_FIGURE = re.compile(r"([-+−–]?)\s?(\d+(?:[.,]\d+)*|\d{1,3}(?: \d{3})+(?:[.,]\d+)?)\s?([%‰]?)")
MILLE = re.compile(r"‰|%\s?[oO0](?!\w)|0/00|phần nghìn|phần ngàn", re.IGNORECASE)
"""How parts of a thousand are told: the sign, how it is typed where the typeface lacks it, and in words."""

_GROUPED = {
    ".": re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?"),
    ",": re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?"),
}


@dataclass(frozen=True)
class Figure:
    """A printed figure: its exact value in the unit that is printed, decimals printed, and its sign of proportion."""

    value: Decimal
    decimals: int
    sign: Literal["", "%", "‰"] = ""

    @property
    def exact(self) -> Fraction:
        """The value as a fraction; a proportion in percent units (`5‰` is 1/2)."""
        return Fraction(self.value) / (10 if self.sign == "‰" else 1)

    @property
    def step(self) -> Fraction:
        """One unit of the last printed place, in the unit of `exact`."""
        return Fraction(1, 10**self.decimals) / (10 if self.sign == "‰" else 1)

    @property
    def text(self) -> str:
        """The value with a decimal point, printed decimals kept; a per mille in percent units."""
        return str(self.value.scaleb(-1) if self.sign == "‰" else self.value)


_DIGIT = re.compile(r"\d")


def has_figure(text: str) -> bool:
    """Whether any figure is printed in this text: most sentences have none, and then neither date nor count."""
    return _DIGIT.search(text) is not None


@lru_cache(maxsize=4096)
def read_figure(text: str, style: Style | None = None) -> Figure | None:
    """The figure that `text` is, wholly; None where it is anything else.

    >>> read_figure("1.776.725").text, read_figure("33,30%").text, read_figure("160.00%").text
    ('1776725', '33.30', '160.00')
    """
    match = _FIGURE.fullmatch(text.strip().replace("\u00a0", " "))
    if match is None:
        return None
    plain = _plain(match[2].replace(" ", ""), style or ",")
    if plain is None:
        return None
    value = Decimal(plain)
    sign: Literal["", "%", "‰"] = "%" if match[3] == "%" else "‰" if match[3] == "‰" else ""
    decimals = len(plain.partition(".")[2])
    return Figure(-value if match[1] and match[1] != "+" else value, decimals, sign)


def _plain(digits: str, style: Style) -> str | None:
    """Digits with separators as Python writes them: `1.234,5` is `1234.5`."""
    separators = [character for character in digits if character in ".,"]
    if not separators:
        return digits
    last = separators[-1]
    if len(separators) == 1 and (last == style or not _may_group(digits)):
        return digits.replace(last, ".")
    for grouping, decimal in ((".", ","), (",", ".")):
        if _GROUPED[grouping].fullmatch(digits):
            return digits.replace(grouping, "").replace(decimal, ".")
    return None


def _may_group(digits: str) -> bool:
    head, _, tail = digits.replace(",", ".").partition(".")
    return len(tail) == 3 and 1 <= len(head) <= 3 and not head.startswith("0")


def told_style(texts: Iterable[str]) -> Style | None:
    """Which character starts decimals in these figures: by the plain cases, the majority; None where none is plain."""
    votes = {",": 0, ".": 0}
    for text in texts:
        vote = _told_by(text)
        if vote:
            votes[vote] += 1
    if votes[","] == votes["."]:
        return None
    return "," if votes[","] > votes["."] else "."


@lru_cache(maxsize=4096)
def _told_by(text: str) -> Style | None:
    match = _FIGURE.fullmatch(text.strip())
    return _vote(match[2]) if match else None


def _vote(digits: str) -> Style | None:
    separators = [character for character in digits if character in ".,"]
    if not separators:
        return None
    last, other = separators[-1], "." if separators[-1] == "," else ","
    if len(separators) > 1 and len(set(separators)) == 1:
        return _as_style(other)
    if len(separators) > 1 or not _may_group(digits):
        return _as_style(last)
    return None


def _as_style(character: str) -> Style:
    return "," if character == "," else "."
