"""Lengths counted from a day, and the words that name it."""

from __future__ import annotations

import datetime as dt

import pytest

from vietnamese.dates import counted_from, day_in_figures, names_arrival, names_issue


@pytest.mark.parametrize(
    ("timex", "last"),
    [
        ("P1D", dt.date(2024, 2, 1)),
        ("P2W", dt.date(2024, 2, 14)),
        ("P1M", dt.date(2024, 2, 29)),
        ("P1Y", dt.date(2025, 1, 31)),
        ("PT24H", None),
        ("P9999Y", None),
    ],
)
def test_the_day_it_runs_from_does_not_count(timex: str, last: dt.date | None) -> None:
    assert counted_from(dt.date(2024, 1, 31), timex) == last


@pytest.mark.parametrize(
    ("anchor", "named"),
    [
        ("ngày ký", True),
        ("ngày ban hành văn bản này", True),
        ("ngày ký ban hành Kế hoạch này", True),
        ("ngày ra Công văn này", True),
        ("ngày Chỉ thị này được ban hành", True),
        ("hôm nay", True),
        ("ngày ký hợp đồng", False),
        ("ngày Quyết định này có hiệu lực", False),
        ("ngày ban hành Nghị định", False),
        ("ngày nhận được văn bản này", False),
    ],
)
def test_what_names_the_day_of_the_letter(anchor: str, named: bool) -> None:
    assert names_issue(anchor) is named


def test_arrival_and_printed_days() -> None:
    assert names_arrival("ngày nhận được văn bản này")
    assert not names_arrival("ngày nhận đủ hồ sơ")
    assert day_in_figures("ngày 01/9/2024") == dt.date(2024, 9, 1)
    assert day_in_figures("ngày 01/9/2024 đến nay") is None
