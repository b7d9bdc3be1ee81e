"""Printed numbers: digits, words, Roman numerals."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from vietnamese.numerals import Numeral, read_numeral, read_roman, read_words


@pytest.mark.parametrize(
    ("text", "value", "decimals", "unit"),
    [
        ("1.776.725", "1776725", 0, None),
        ("100,85", "100.85", 2, None),
        ("33,30%", "33.30", 2, "%"),
        ("160.00%", "160.00", 2, "%"),
        ("06", "6", 0, None),
        ("1.234,5", "1234.5", 1, None),
        ("1,234.56", "1234.56", 2, None),
        ("12.5", "12.5", 1, None),
        ("12,345%", "12.345", 3, "%"),
        ("0,125", "0.125", 3, None),
        ("1234,567", "1234.567", 3, None),
        ("1,7‰", "1.7", 1, "‰"),
        ("100 %", "100", 0, "%"),
        ("-3,2", "-3.2", 1, None),
    ],
)
def test_digits(text: str, value: str, decimals: int, unit: str | None) -> None:
    assert read_numeral(text) == Numeral(Decimal(value), decimals, unit)


def test_comma_before_three_digits_is_marked_ambiguous() -> None:
    assert read_numeral("1,234") == Numeral(Decimal(1234), 0, None, ambiguous=True)


@pytest.mark.parametrize("text", ["", "-", "1.2.3", "1.23.456", "1.234.56", "15/8", "12a", "%", "1..2"])
def test_no_number(text: str) -> None:
    assert read_numeral(text) is None


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("không", 0),
        ("năm", 5),
        ("mười", 10),
        ("mười lăm", 15),
        ("hai mươi mốt", 21),
        ("hăm mốt", 21),
        ("ba mươi tư", 34),
        ("bảy mươi", 70),
        ("chục", 10),
        ("hai chục", 20),
        ("một trăm linh năm", 105),
        ("hai trăm lẻ ba", 203),
        ("chín trăm chín mươi chín", 999),
        ("trăm rưỡi", 150),
        ("một nghìn hai trăm", 1200),
        ("hai nghìn không trăm hai mươi bốn", 2024),
        ("một triệu rưỡi", 1_500_000),
        ("ba rưỡi", Fraction(7, 2)),
    ],
)
def test_words(words: str, value: int | Fraction) -> None:
    assert read_words(words) == value


@pytest.mark.parametrize("words", ["", "mười mười", "một hai", "trăm linh", "rưỡi", "mươi trăm nghìn linh", "ngày"])
def test_no_words_of_number(words: str) -> None:
    assert read_words(words) is None


def test_all_words_under_a_hundred_are_read() -> None:
    units = ["", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
    for ten in range(2, 10):
        for unit in range(10):
            after = {1: "mốt", 4: "tư", 5: "lăm"}.get(unit, units[unit])
            assert read_words(f"{units[ten]} mươi {after}") == ten * 10 + unit


@pytest.mark.parametrize(
    ("text", "value"), [("I", 1), ("IV", 4), ("IX", 9), ("XIV", 14), ("XXVI", 26), ("MMXXIV", 2024)]
)
def test_roman(text: str, value: int) -> None:
    assert read_roman(text) == value


@pytest.mark.parametrize("text", ["", "IIII", "VX", "iv", "IL", "ABC"])
def test_no_roman(text: str) -> None:
    assert read_roman(text) is None
