"""Figures whose base stands in other words than their own: behind a difference, before an aside, in a claim before."""

from __future__ import annotations

import pytest

from bench.planted.score import dispatch_of
from congvan.audit.audit import audit
from tests.congvan.audit.test_audit_caution import of_prose

Told = set[tuple[str, str | None, str | None]]


def told(text: str) -> Told:
    return {(one.verdict, one.reported, one.computed) for one in of_prose(text).findings}


@pytest.mark.parametrize(
    ("text", "reported", "computed"),
    [
        ("Xảy ra 30 vụ đuối nước, tăng 5 vụ so với năm 2022 (25 vụ), tăng 25%.", "25%", "20"),
        ("Thu quỹ 369 triệu đồng, giảm 41 triệu đồng so với quý I (410 triệu đồng), giảm 12%.", "12%", "10"),
        ("Số học viên là 2.400 người, trong đó học viên nữ 1.320 người, chiếm 58% tổng số học viên.", "58%", "55"),
        ("Thu phí đạt 459 tỷ đồng, bình quân 1,5 triệu đồng/xe, bằng 92% kế hoạch (510 tỷ đồng).", "92%", "90"),
        ("Có 8,4 điều dưỡng/10.000 dân (504 điều dưỡng trên 630.000 dân).", "8,4", "8"),
        ("Kế hoạch giao 900 triệu đồng, đến nay đã chi 360 triệu đồng, đạt 40%, còn lại 550 triệu đồng.", "550", "540"),
        ("Trả kết quả đúng hạn 470 hồ sơ trên tổng số 500 hồ sơ, đạt 94%; quá hạn 40 hồ sơ.", "40", "30"),
        ("Có 42/60 hợp tác xã hoạt động tốt (đạt 70%), còn lại 28 hợp tác xã yếu.", "28", "18"),
        ("Xử phạt 75 vụ, bằng 50% số vụ kiểm tra, gồm giá 31 vụ, nhãn 24 vụ, vệ sinh 30 vụ.", "75", "85"),
        ("Dư nợ đạt 972 tỷ đồng, tăng 8% so với đầu năm. Nợ xấu 9.720 triệu đồng, chiếm 1,2% tổng dư nợ.", "1.2%", "1"),
    ],
)  # fmt: skip
def test_a_figure_is_reckoned_from_the_base_that_stands_elsewhere(
    text: str, reported: str | None, computed: str | None
) -> None:
    wrong = {one for one in told(text) if one[0] == "disagrees"}
    assert wrong == {("disagrees", reported, computed)}


@pytest.mark.parametrize(
    "text",
    [
        "Xảy ra 30 vụ đuối nước, tăng 5 vụ so với năm 2022 (25 vụ), tăng 20%.",
        "Số học viên là 2.400 người, trong đó học viên nữ 1.320 người, chiếm 55% tổng số học viên.",
        "Thu phí đạt 45 tỷ đồng, bình quân 1,5 triệu đồng/xe, bằng 90% kế hoạch (50 tỷ đồng).",
        "Có 8,0 điều dưỡng/10.000 dân (504 điều dưỡng trên 630.000 dân).",
        "Kế hoạch giao 900 triệu đồng, đến nay đã chi 360 triệu đồng, đạt 40%, còn lại 540 triệu đồng.",
        "Trả kết quả đúng hạn 470 hồ sơ trên tổng số 500 hồ sơ, đạt 94%; quá hạn 30 hồ sơ.",
        "Xử phạt 85 vụ, bằng 50% số vụ kiểm tra, gồm giá 31 vụ, nhãn 24 vụ, vệ sinh 30 vụ.",
        "Có 20/25 xã đạt chuẩn (80%), còn 3 xã dưới 15 tiêu chí.",  # only some of the rest
        "So với chỉ tiêu 1.200 giấy đạt 103,5%, vượt 42 giấy.",  # the number is the plan itself
        "Gieo 1.500 ha ngô, đạt 125% kế hoạch (1.200 ha); năng suất 50 tạ/ha, sản lượng 7.500 tấn.",
        "Dư nợ đạt 972 tỷ đồng, tăng 8% so với đầu năm. Nợ xấu 9.720 triệu đồng, chiếm 1% tổng dư nợ.",
        "Dư nợ trung và dài hạn đạt 540 tỷ đồng, tăng 8%. Nợ xấu 6,2 tỷ đồng, chiếm 1% tổng dư nợ.",  # a part of it
    ],
)
def test_a_figure_that_follows_from_its_base_is_left_in_peace(text: str) -> None:
    assert not [one for one in told(text) if one[0] == "disagrees"]


MARKS = """
TT | Thôn | Hạ tầng | Kinh tế | Văn hóa | Tổng điểm | Xếp hạng
1 | Nà Bó | 31,0 | 22,5 | 18,0 | 71,5 | 2
2 | Phiêng Ban | 35,5 | 24,0 | 19,5 | 79,0 | 1
3 | Huổi Lặc | 28,0 | 20,5 | 17,0 | 65,5 | 3
4 | Bản Mòn | 26,5 | 18,0 | 15,5 | 60,0 | 4
5 | Tà Lạng | 24,0 | 16,0 | 12,5 | 25,5 | 5
"""


def of_marks(text: str, drawing: str = MARKS) -> Told:
    return {
        (one.check, one.reported, one.computed)
        for one in audit(dispatch_of({"text": text, "tables": [drawing]})).findings
        if one.verdict == "disagrees"
    }


def test_four_rows_of_large_figures_show_a_sum_that_the_fifth_contradicts() -> None:
    assert ("row_total", "25,5", "52.5") in of_marks("")


@pytest.mark.parametrize(("count", "right"), [("02", True), ("03", False)])
def test_bodies_are_counted_by_their_points(count: str, right: bool) -> None:
    wrong = {one for one in of_marks(f"Có {count} thôn đạt trên 70 điểm.") if one[0] == "prose_count"}
    assert wrong == (set() if right else {("prose_count", "3", "2")})


POOR = """
STT | Thôn | Tổng số hộ | Số hộ nghèo
1 | Nà Bó | 210 | 18
2 | Phiêng Ban | 175 | 12
3 | Huổi Lặc | 190 | 21
"""


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Cao nhất là thôn Huổi Lặc với 21 hộ nghèo.", False),
        ("Cao nhất là thôn Huổi Lặc với 12 hộ nghèo.", True),
        ("Nhiều nhất là thôn Huổi Lặc (31 hộ nghèo).", True),
    ],
)
def test_what_a_unit_is_said_to_have_is_held_against_its_row(text: str, wrong: bool) -> None:
    assert bool({one for one in of_marks(text, POOR) if one[0] == "prose_vs_table"}) is wrong


def test_a_change_is_no_total_and_a_base_names_no_column() -> None:
    table = "TT | Hành vi | Quý I | Quý II\n1 | Lấn chiếm | 30 | 21\n2 | Khác | 10 | 7\n | Tổng số | 40 | 28"
    assert not of_marks("Phát hiện 28 vụ vi phạm, giảm 12 vụ so với quý I (40 vụ), giảm 30%.", table)
    lent = "TT | Lĩnh vực | Dư nợ (tỷ đồng)\n1 | Nông nghiệp | 600\n2 | Khác | 300\n | Tổng dư nợ | 900"
    assert not of_marks("Nguồn vốn đạt 660 tỷ đồng, tăng 60 tỷ đồng, tăng 10% so với cuối năm.", lent)
