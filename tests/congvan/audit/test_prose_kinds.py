"""Kinds of errors in prose whose base stands in a list, an aside, a claim before or in what flows in and out."""

from __future__ import annotations

import pytest

from tests.congvan.audit.test_audit_caution import of_prose

WRONG = [
    ("Bị thương 16 người; giảm 04 người bị thương (20 người), giảm 25%.", "25%", "20"),
    (
        "Chi bộ kết nạp 40 đảng viên, đạt 80% chỉ tiêu. Trong số đảng viên mới có 16 nữ (40%), 10 đoàn viên (25%), "
        "6 người dân tộc thiểu số (18%).",
        "18%",
        "15",
    ),
    (
        "Tổng kinh phí thực hiện là 24,5 tỷ đồng, đạt 98% dự toán. Về nguồn: trung ương 12,25 tỷ đồng (50%), "
        "tỉnh 7,35 tỷ đồng (33%), xã hội hóa 4,9 tỷ đồng (20%).",
        "33%",
        "30",
    ),
    ("Tổ chức 24 đợt kiểm tra với 168 lượt cán bộ tham gia, bình quân mỗi đợt 9 cán bộ.", "9", "7"),
    ("Trao 40 suất quà trị giá 24 triệu đồng, bình quân mỗi suất 700.000 đồng.", "700.000", "600000"),
    ("Giải ngân đạt 62% kế hoạch, cao hơn cùng kỳ 3 điểm phần trăm (cùng kỳ đạt 57%).", "3", "5"),
    ("Đầu năm xã có 48 hộ nghèo; trong năm có 13 hộ thoát nghèo, phát sinh mới 02 hộ, cuối năm còn 35 hộ.", "35", "37"),
    (
        "Dư nợ cho vay đạt 84 tỷ đồng cho 2.000 hộ, bình quân 42 triệu đồng/hộ; nợ quá hạn 84 triệu đồng, chiếm 1,0% "
        "tổng dư nợ.",
        "1.0%",
        "0.1",
    ),
]  # fmt: skip
RIGHT = [
    "Bị thương 16 người; giảm 04 người bị thương (20 người), giảm 20%.",
    "Xảy ra 16 vụ, giảm 04 vụ (16 vụ), giảm 20%.",  # the bracket tells what there is now
    "Chi bộ kết nạp 40 đảng viên, đạt 80% chỉ tiêu. Trong số đảng viên mới có 16 nữ (40%), 10 đoàn viên (25%), "
    "6 người dân tộc thiểu số (15%).",
    "Xã có 300 đảng viên. Trong năm biểu dương 16 nữ (40%), 10 đoàn viên (25%), 6 cán bộ (5%).",  # no whole is printed
    "Tổ chức 24 đợt kiểm tra với 168 lượt cán bộ tham gia, bình quân mỗi đợt 7 cán bộ.",
    "Tổ chức 24 đợt kiểm tra với 186 lượt cán bộ tham gia, bình quân mỗi đợt 7 cán bộ.",  # 7,75 cut off
    "Giải ngân đạt 62% kế hoạch, cao hơn cùng kỳ 5 điểm phần trăm (cùng kỳ đạt 57%).",
    "Đầu năm xã có 48 hộ nghèo; trong năm có 13 hộ thoát nghèo, phát sinh mới 02 hộ, cuối năm còn 37 hộ.",
    "Dư nợ cho vay đạt 84 tỷ đồng cho 2.000 hộ, bình quân 42 triệu đồng/hộ; nợ quá hạn 84 triệu đồng, chiếm 0,1% "
    "tổng dư nợ.",
]


@pytest.mark.parametrize(("text", "printed", "computed"), WRONG)
def test_a_wrong_figure_is_told_with_the_right_one(text: str, printed: str, computed: str) -> None:
    told = [(one.reported, one.computed) for one in of_prose(text).findings if one.verdict == "disagrees"]
    assert told == [(printed, computed)]


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert not [one.explanation for one in of_prose(text).findings if one.verdict == "disagrees"]


def test_shares_of_a_list_are_checked_by_the_whole_before_it() -> None:
    made = of_prose("Kết nạp 40 đảng viên, đạt 80% chỉ tiêu. Có 16 nữ (40%), 10 đoàn viên (25%), 6 cán bộ thôn (15%).")
    assert [one.verdict for one in made.findings if (one.reported or "") in ("40%", "25%", "15%")] == ["agrees"] * 3


def test_a_mean_that_is_cut_off_is_told_as_cut_off() -> None:
    made = of_prose("Tổ chức 24 đợt kiểm tra với 186 lượt cán bộ tham gia, bình quân mỗi đợt 7 cán bộ.")
    assert [one.verdict for one in made.findings] == ["truncated"]
