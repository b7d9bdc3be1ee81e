"""Numbers as they are printed: digits with either separator, words up to thousands of millions, Roman numerals."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from vietnamese.fold import fold


class Numeral(NamedTuple):
    """A printed number: its exact value (in percent or per mille where `unit` says so) and how many decimals.

    `ambiguous` is true where a comma before three digits could also be a decimal comma (`1,234`).
    """

    value: Decimal
    decimals: int
    unit: str | None = None
    ambiguous: bool = False


_TOKEN = re.compile(r"([+\-−–]?)\s*(\d[\d.,]*\d|\d)\s*([%‰])?")
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")


def read_numeral(text: str) -> Numeral | None:
    """The number that a token prints, or None if it is no number.

    Which separator is the decimal one is decided token by token, since one table may print `33,30%` beside `160.00%`:
    of two different separators the last; else a separator before one, two or more than three digits, before a percent
    sign or after a lone 0; a separator before exactly three digits groups thousands.

    >>> read_numeral("1.776.725").value, read_numeral("160.00%").value, read_numeral("06").value
    (Decimal('1776725'), Decimal('160.00'), Decimal('6'))
    """
    match = _TOKEN.fullmatch(text.strip())
    if match is None:
        return None
    sign, digits, unit = match.groups()
    split = _split(digits, unit)
    if split is None:
        return None
    whole, part = split
    value = Decimal(f"{whole}.{part}" if part else whole)
    ambiguous = not part and digits.count(",") == 1 and "." not in digits
    return Numeral(-value if sign and sign != "+" else value, len(part), unit, ambiguous)


def _split(digits: str, unit: str | None) -> tuple[str, str] | None:
    """The digits before and after the decimal separator, without separators."""
    separators = re.sub(r"\d", "", digits)
    if not separators:
        return digits, ""
    if len(set(separators)) == 1:
        decimal = len(separators) == 1 and _is_decimal(digits, separators, unit)
        if not decimal:
            return (re.sub(r"[.,]", "", digits), "") if _GROUPED.fullmatch(digits) else None
    elif separators.count(separators[-1]) > 1:
        return None
    whole, _, part = digits.rpartition(separators[-1])
    if re.search(r"[.,]", whole) and not _GROUPED.fullmatch(whole):
        return None
    return re.sub(r"[.,]", "", whole), part


def _is_decimal(digits: str, separator: str, unit: str | None) -> bool:
    whole, _, part = digits.partition(separator)
    return len(part) != 3 or unit is not None or whole == "0" or len(whole) > 3


_DIGITS = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8,
    "chin": 9,
}  # fmt: skip
_SCALES = {"nghin": 1_000, "ngan": 1_000, "trieu": 1_000_000, "ty": 1_000_000_000, "ti": 1_000_000_000}
_FILLERS = {"linh", "le"}


class _Words:
    """Adds number words one by one; any word out of place makes the whole None."""

    def __init__(self) -> None:
        self.total = Fraction(0)
        self.group = 0
        self.unit = 0
        """The weight of the last word, of which `rưỡi` is half and below which the next digit must stay."""
        self.expects_unit = False
        self.done = False

    def take(self, word: str) -> bool:
        """Add a word; False if it cannot stand here."""
        if self.done:
            return False
        if word in _DIGITS:
            return self._digit(_DIGITS[word])
        if word == "ruoi":
            return self._half()
        if word in _FILLERS:
            fits = self.unit in (100, *_SCALES.values()) and not self.expects_unit
            self.expects_unit = True
            return fits
        return self._multiplier(word)

    def _digit(self, value: int) -> bool:
        if self.unit == 1:
            return False
        self.group, self.unit, self.expects_unit = self.group + value, 1, False
        return True

    def _multiplier(self, word: str) -> bool:
        if word in ("muoi", "chuc"):
            return self._tens(2 if self.unit == 1 else 1)
        if word == "ham":
            self.group += 20
            fits, self.unit = self.unit != 1 and not self.expects_unit, 10
            return fits
        if word == "tram":
            fits = self.unit in (0, 1) and self.group < 10
            self.group, self.unit = (self.group or 1) * 100 if self.unit == 0 else self.group * 100, 100
            return fits
        return word in _SCALES and self._scale(_SCALES[word])

    def _tens(self, words: int) -> bool:
        digit = self.group % 10 if words == 2 else 1
        fits = self.unit != 10 and not self.expects_unit and digit > 0
        self.group += digit * 9 if words == 2 else 10
        self.unit = 10
        return fits

    def _scale(self, scale: int) -> bool:
        fits = self.unit > 0 and not self.expects_unit
        self.total += self.group * scale
        self.group, self.unit = 0, scale
        return fits

    def _half(self) -> bool:
        self.total += Fraction(self.unit, 2)
        self.done = True
        return self.unit > 0 and not self.expects_unit


def read_words(text: str) -> Fraction | None:
    """The number that Vietnamese words say, or None. Knows mốt, tư, lăm, linh/lẻ, mươi, hăm, chục, rưỡi, and ngàn.

    >>> read_words("hai mươi mốt"), read_words("một trăm linh năm"), read_words("ba rưỡi")
    (Fraction(21, 1), Fraction(105, 1), Fraction(7, 2))
    """
    words = fold(text).split()
    reader = _Words()
    if not words or not all(reader.take(word) for word in words) or reader.expects_unit:
        return None
    return reader.total + reader.group


WORD_PATTERN = (
    r"(?:(?:mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin|muoi|ham|chuc|tram|linh|le)"
    r"(?: (?:mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin|muoi|chuc|tram|linh|le)){0,5})"
)
"""Folded words that may be a number under a thousand; `read_words` decides. The longest has five (`chín trăm linh chín`
has four); a run without an end (`tư tư tư …`) is not read to it from each of its words."""
_SPELT_WORD = "(?:một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín|mười|mươi|mốt|tư|lăm)"
SPELT = re.compile(rf"(?!(?:mươi|mốt|tư|lăm)$){_SPELT_WORD}(?: {_SPELT_WORD})*")
"""Number words with their marks: `từ ngày`, `sau tháng` and `bà` fold to number words too."""


_ROMAN = re.compile(r"(?=[IVXLCDM])(M{0,3})(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def read_roman(text: str) -> int | None:
    """The value of a well-formed Roman numeral in capitals (up to 3999), else None.

    >>> read_roman("XIV"), read_roman("IIII")
    (14, None)
    """
    if _ROMAN.fullmatch(text) is None:
        return None
    values = [_ROMAN_VALUES[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))
