"""Printed days and periods."""

from __future__ import annotations

import datetime as dt

import pytest

from vietnamese.dates import find_dates, make_date, read_date
from vietnamese.fold import fold
from vietnamese.periods import find_periods, read_period, span, timex


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("ngày 05 tháng 8 năm 2024", "2024-08-05"),
        ("ngày 5 tháng 12/2024", "2024-12-05"),
        ("ngày 15, tháng 8, năm 2024", "2024-08-15"),
        ("15/8/2024", "2024-08-15"),
        ("ngày 15-8-2024", "2024-08-15"),
        ("ngày 15.8.2024", "2024-08-15"),
        ("ngày 23 / 3 /2022", "2022-03-23"),
        ("ngày 15/8/24", "2024-08-15"),
        ("mồng 5 tháng 9 năm 2024", "2024-09-05"),
        ("ngày mùng 1 tháng 9 năm 2024", "2024-09-01"),
        ("ngày 26 tháng Ba năm 2024", "2024-03-26"),
        ("ngày 20 tháng mười một năm 2025", "2025-11-20"),
        ("29/02/2024", "2024-02-29"),
        ("ngày 22/1 1/2017", "2017-11-22"),
        ("ngày 31/12/2024", "2024-12-31"),
    ],
)
def test_full_dates(text: str, iso: str) -> None:
    assert read_date(text) == dt.date.fromisoformat(iso)


@pytest.mark.parametrize(
    "text", ["31/9/2024", "29/2/2023", "29/02/2100", "ngày 32/8/2024", "ngày 15/13/2024", "ngày 0/8/2024", "30/02/2024"]
)
def test_impossible_dates_are_refused(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("text", "day", "month"),
    [("ngày 15/8", 15, 8), ("ngày 15 tháng 8", 15, 8), ("mùng 5", 5, None), ("ngày 25", 25, None)],
)
def test_parts_that_are_not_printed_are_none(text: str, day: int, month: int | None) -> None:
    (date,) = find_dates(fold(text))
    assert (date.day, date.month, date.year) == (day, month, None)
    assert date.within(3, 2024) == dt.date(2024, month or 3, day)


@pytest.mark.parametrize(
    "text",
    [
        "9/40 đảng bộ",
        "đạt 8/7=114%",
        "ngày tháng 3 năm 2018",
        "ngày tháng năm 2024",
        "ngày 10/3 âm lịch",
        "1.15.8.2024",
        "mùng 4 Tết",
        "ngày l5/8/2024",
        "ngày 3O/11/2024",
        "ngày 22/1 1 /8",
    ],
)
def test_no_date(text: str) -> None:
    assert find_dates(fold(text)) == []


def test_dates_in_a_sentence_keep_their_places() -> None:
    text = "từ ngày 26/11 đến hết ngày 20/12/2022"
    assert [text[one.start : one.end] for one in find_dates(fold(text))] == ["ngày 26/11", "ngày 20/12/2022"]


def test_make_date_wants_all_parts() -> None:
    assert make_date(None, 1, 1) is None
    assert make_date(2024, 2, 30) is None
    assert make_date(2926, 3, 23) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("tháng 10/2024", "2024-10-01", "2024-10-31"),
        ("tháng 02 năm 2024", "2024-02-01", "2024-02-29"),
        ("tháng 2/2023", "2023-02-01", "2023-02-28"),
        ("tháng 11-2017", "2017-11-01", "2017-11-30"),
        ("tháng mười hai năm 2024", "2024-12-01", "2024-12-31"),
        ("quý III/2024", "2024-07-01", "2024-09-30"),
        ("qúy 4 năm 2024", "2024-10-01", "2024-12-31"),
        ("Quý I, II năm 2024", "2024-01-01", "2024-06-30"),
        ("quý 1-2024", "2024-01-01", "2024-03-31"),
        ("6 tháng đầu năm 2024", "2024-01-01", "2024-06-30"),
        ("06 tháng cuối năm 2024", "2024-07-01", "2024-12-31"),
        ("9 tháng đầu năm 2024", "2024-01-01", "2024-09-30"),
        ("03 tháng cuối năm 2024", "2024-10-01", "2024-12-31"),
        ("tháng 8, 9/2024", "2024-08-01", "2024-09-30"),
        ("tháng 8 và tháng 9 năm 2024", "2024-08-01", "2024-09-30"),
        ("tháng 9 - 10/2024", "2024-09-01", "2024-10-31"),
        ("tháng 8 đến tháng 10/2024", "2024-08-01", "2024-10-31"),
        ("năm 2024", "2024-01-01", "2024-12-31"),
    ],
)
def test_periods(text: str, first: str, last: str) -> None:
    period = read_period(text)
    assert period is not None
    assert period.within(None) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize(
    "text",
    ["năm học 2024-2025", "giai đoạn 2020-2025", "ngày 5 tháng 8", "03 tháng 5", "tháng 13", "quý V", "năm 2020-2025",
     "quý khách", "trong tháng", "tháng năm 2024", "quý vị"],
)  # fmt: skip
def test_no_period(text: str) -> None:
    assert find_periods(fold(text)) == []


def test_a_count_after_a_month_is_not_a_month() -> None:
    text = "trong tháng 8, 9 đơn vị"
    assert [text[one.start : one.end] for one in find_periods(fold(text))] == ["tháng 8"]


def test_year_is_taken_from_outside_only_if_not_printed() -> None:
    period = read_period("quý IV")
    assert period is not None
    assert period.within(None) is None
    assert period.within(2023) == span(2023, "quarter", 4)


@pytest.mark.parametrize(
    ("unit", "number", "value"),
    [("month", 3, "2024-03"), ("quarter", 3, "2024-Q3"), ("half", 2, "2024-H2"), ("year", 1, "2024")],
)
def test_timex(unit: str, number: int, value: str) -> None:
    assert timex(unit, number, 2024) == value  # type: ignore[arg-type]  # parametrized over the literals
