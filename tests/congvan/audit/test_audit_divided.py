"""Indicators that headings of their own divide: `Phân theo giới tính`, `Chia ra`."""

from __future__ import annotations

import pytest

from congvan.audit.audit import Audit, audit
from schemas.dispatch import Dispatch, Header
from schemas.source import Source
from tests.support.grids import grid, tables_of

SOURCE = Source(name="a.txt", media_type="text/plain", size=1, sha256="0" * 64, reader="text")

SCHOOLS = """Chỉ tiêu | Năm 2020 | Năm 2021 | Năm 2022 | Năm 2023
Số trường | 40 | 41 | 41 | 42
Phân theo loại hình | | | |
Công lập | 33 | 34 | 33 | {}
Ngoài công lập | 7 | 7 | 8 | 8
Số giáo viên | 812 | 825 | 830 | 846
Phân theo giới tính | | | |
Nam | 301 | 300 | 304 | 311
Nữ | 511 | 525 | 526 | 535
Chia theo trình độ | | | |
Đại học | 700 | 715 | 722 | 741
Trình độ khác | 112 | 110 | 108 | {}
Số lớp | 390 | 395 | 401 | 402"""

UNLIKE = """Chỉ tiêu | Năm 2020 | Năm 2021 | Năm 2022 | Năm 2023
Số hộ | 412 | 431 | 466 | 490
Trong đó chia theo | | | |
Hộ có xe máy | 400 | 420 | 450 | 480
Hộ có máy tính | 120 | 150 | 180 | 230"""


def of_table(drawing: str) -> Audit:
    return audit(Dispatch(id="0" * 64, source=SOURCE, header=Header(), tables=tables_of(grid(drawing))))


def wrong(one: Audit) -> list[tuple[str | None, str | None]]:
    return [(finding.reported, finding.computed) for finding in one.findings if finding.verdict == "disagrees"]


@pytest.mark.parametrize(
    ("public", "other", "told"),
    [("34", "105", []), ("32", "105", [("42", "40")]), ("34", "150", [("846", "891")])],
)
def test_parts_under_a_heading_make_the_row_above_it(
    public: str, other: str, told: list[tuple[str | None, str | None]]
) -> None:
    made = of_table(SCHOOLS.format(public, other))
    assert wrong(made) == told
    assert made.counts["unchecked"] == 4  # the row behind the last group belongs to none


def test_rows_that_add_up_in_no_year_are_no_parts() -> None:
    assert of_table(UNLIKE).findings == ()
