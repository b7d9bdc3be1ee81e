"""Indicators down the page, plan and result across: a rate is checked against the rows that it is made of."""

from __future__ import annotations

import pytest

from congvan.audit.audit import Audit, audit
from schemas.dispatch import Dispatch, Header
from schemas.source import Source
from tests.support.grids import grid, tables_of

SOURCE = Source(name="a.txt", media_type="text/plain", size=1, sha256="0" * 64, reader="text")

CROPS = """TT | Chỉ tiêu | ĐVT | Thực hiện 2022 | Kế hoạch 2023 | Thực hiện 2023
1 | Lúa đông xuân | | | |
 | - Diện tích | Ha | 1.200 | 1.180 | 1.190
 | - Năng suất | Tạ/ha | 62,0 | 63,5 | {}
 | - Sản lượng | Tấn | 7.440 | 7.493 | 7.354
2 | Dân số trung bình | Người | 41.200 | 41.500 | 41.480
3 | Số xã | Xã | 12 | 12 | 12"""

POOR = """Chỉ tiêu | Năm 2020 | Năm 2021 | Năm 2022 | Năm 2023
Tổng số hộ (hộ) | 8.120 | 8.204 | 8.311 | 8.402
Hộ nghèo (hộ) | 512 | 433 | 371 | 298
Tỷ lệ hộ nghèo (%) | 6,31 | 5,28 | {} | 3,55
Số trạm y tế | 11 | 11 | 12 | 12"""


def of_table(drawing: str) -> Audit:
    return audit(Dispatch(id="0" * 64, source=SOURCE, header=Header(), tables=tables_of(grid(drawing))))


@pytest.mark.parametrize(
    ("printed", "verdict", "computed"),
    [("61,8", "agrees", "61.8"), ("61,7", "truncated", "61.8"), ("68,1", "disagrees", "61.8")],
)
def test_yield_is_output_over_area_down_the_page(printed: str, verdict: str, computed: str) -> None:
    found = [one for one in of_table(CROPS.format(printed)).findings if one.pointers[0] == "/tables/0/rows/2/cells/5"]
    assert [(one.verdict, one.computed) for one in found] == [(verdict, computed)]
    assert found[0].pointers[1:] == ("/tables/0/rows/1/cells/5", "/tables/0/rows/3/cells/5")


@pytest.mark.parametrize(("printed", "verdict"), [("4,46", "agrees"), ("4,64", "disagrees")])
def test_a_rate_is_one_row_over_another_in_every_year(printed: str, verdict: str) -> None:
    made = of_table(POOR.format(printed))
    found = [one for one in made.findings if one.pointers[0] == "/tables/0/rows/2/cells/3"]
    assert [one.verdict for one in found] == [verdict]
    assert "«Tỷ lệ hộ nghèo (%)»" in found[0].explanation and "cột «Năm 2022»" in found[0].explanation
    assert len([one for one in made.findings if one.verdict == "disagrees"]) == (verdict == "disagrees")


def test_a_rate_that_no_rows_make_accuses_nobody() -> None:
    drawing = """Chỉ tiêu | ĐVT | Kế hoạch | Thực hiện | Cùng kỳ
Tỷ lệ che phủ rừng | % | 41,8 | 42,0 | 41,5
Số dự án | Dự án | 12 | 14 | 11
Tỷ lệ dân dùng nước sạch | % | 95 | 96,2 | 94,1
Số khách du lịch | Lượt | 120.000 | 131.500 | 98.700
Thu nhập bình quân đầu người | Triệu đồng | 62 | 63,4 | 58,9"""
    made = of_table(drawing)
    assert [one for one in made.findings if one.check == "row_ratio" and one.verdict != "agrees"] == []
