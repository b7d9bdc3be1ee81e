"""Judgement of printed percentages: intervals, customs of printing, implied wholes. Exact, by hand and by chance."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.audit.read.judge import (
    Custom,
    Printed,
    Span,
    judge_ratio,
    judge_spans,
    prevailing,
    wholes,
    wholes_rounded,
)

CUSTOMS = (Custom.ROUNDED, Custom.TRUNCATED, Custom.CEILED)


def printed_by(value: Fraction, decimals: int, custom: Custom) -> Printed:
    """A value (0 or more) as an author of this custom prints it."""
    scaled = value * 10**decimals
    floor = scaled.numerator // scaled.denominator
    if custom is Custom.TRUNCATED:
        return Printed(floor, decimals)
    if custom is Custom.CEILED:
        return Printed(floor if floor == scaled else floor + 1, decimals)
    return Printed((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator), decimals)


@pytest.mark.parametrize(
    ("part", "whole", "text", "fits"),
    [
        (17, 12, "141.67", Custom.ROUNDED | Custom.CEILED),
        (9, 8, "112", Custom.TRUNCATED),
        (9, 8, "113", Custom.ROUNDED | Custom.CEILED),
        (11, 10, "112", Custom.NONE),
        (1, 3, "33.30", Custom.NONE),
        (1, 3, "33.3", Custom.ROUNDED | Custom.TRUNCATED),
        (1, 3, "33.4", Custom.CEILED),
        (2, 3, "66.6", Custom.TRUNCATED),
        (1, 2, "50", Custom.ROUNDED | Custom.TRUNCATED | Custom.CEILED),
        (161, 256, "62.89", Custom.ROUNDED | Custom.TRUNCATED),
    ],
)
def test_which_customs_fit(part: int, whole: int, text: str, fits: Custom) -> None:
    assert judge_ratio(part, whole, Printed.of(text)) == fits


@given(
    part=st.integers(0, 10**6), whole=st.integers(1, 10**6), decimals=st.integers(0, 4), custom=st.sampled_from(CUSTOMS)
)
def test_honest_printing_of_any_custom_fits_it(part: int, whole: int, decimals: int, custom: Custom) -> None:
    printed = printed_by(Fraction(100 * part, whole), decimals, custom)
    assert judge_ratio(part, whole, printed) & custom


@given(
    part=st.integers(0, 10**6),
    whole=st.integers(1, 10**6),
    decimals=st.integers(0, 4),
    slip=st.integers(2, 10**6),
    up=st.booleans(),
)
def test_a_slip_out_of_every_interval_never_fits(part: int, whole: int, decimals: int, slip: int, up: bool) -> None:
    right = printed_by(Fraction(100 * part, whole), decimals, Custom.TRUNCATED)
    wrong = Printed(right.units + slip if up else right.units - slip, decimals)
    assert judge_ratio(part, whole, wrong) == Custom.NONE


@given(
    part=st.integers(-(10**4), 10**4),
    whole=st.integers(1, 10**4),
    units=st.integers(-(10**6), 10**6),
    d=st.integers(0, 3),
)
def test_the_short_way_and_the_way_over_intervals_say_the_same(part: int, whole: int, units: int, d: int) -> None:
    if part * units < 0:
        return
    exact = Span.exactly(Fraction(100 * part, whole))
    printed = Printed(units, d)
    if units == 0:
        printed = Printed(abs(units), d)
        exact = Span.exactly(abs(Fraction(100 * part, whole)))
        part = abs(part)
    if part == 0 and units < 0:
        return
    long = judge_spans(dict.fromkeys(CUSTOMS, exact), printed.all_bounds())
    short = judge_ratio(part, whole, printed)
    if units == 0:
        long &= ~Custom.CEILED
        short &= ~Custom.CEILED
        if exact.low == printed.step / 2:
            return
    assert long == short


@given(part=st.integers(1, 5000), units=st.integers(2, 3000), decimals=st.integers(0, 2))
def test_the_wholes_that_fit_are_the_ones_that_fit_one_by_one(part: int, units: int, decimals: int) -> None:
    printed = Printed(units, decimals)
    middle = 100 * part * 10**decimals // units
    near = range(max(1, middle - 200), middle + 200)
    least, greatest = wholes_rounded(part, printed)
    if near[0] < least and greatest < near[-1]:
        fitting = [whole for whole in near if judge_ratio(part, whole, printed) & Custom.ROUNDED]
        assert fitting == list(range(least, greatest + 1))
    low, high = wholes(part, printed)
    if near[0] < low and high < near[-1]:
        assert [whole for whole in near if judge_ratio(part, whole, printed)] == list(range(low, high + 1))


@pytest.mark.parametrize(
    ("part", "text", "least", "greatest"),
    [(437, "85.4", 512, 512), (45, "36.3", 124, 124), (53, "48.2", 110, 110), (6, "300", 2, 2), (37, "87.5", 43, 42)],
)
def test_the_whole_that_a_percentage_forces(part: int, text: str, least: int, greatest: int) -> None:
    assert wholes_rounded(part, Printed.of(text)) == (least, greatest)


def test_rounded_parts_that_xbrl_once_called_inconsistent_meet() -> None:
    total = Printed.of("57.6").bounds(Custom.ROUNDED)
    parts = Printed.of("12.1").bounds(Custom.ROUNDED).plus(Printed.of("45.4").bounds(Custom.ROUNDED))
    assert parts.meets(total)
    assert not parts.meets(Printed.of("57.8").bounds(Custom.ROUNDED))


def test_an_author_who_always_cuts_off_is_known_by_it() -> None:
    cut = [judge_ratio(2, 3, Printed.of("66.6")), judge_ratio(5, 6, Printed.of("83.3")), Custom.TRUNCATED]
    assert prevailing(cut) is Custom.TRUNCATED
    assert prevailing([]) is Custom.ROUNDED
