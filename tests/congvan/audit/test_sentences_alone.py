"""Sentences that print all their numbers: what is wrong is told with both numbers, what is right is left alone."""

from __future__ import annotations

import pytest

from bench.planted.score import dispatch_of
from congvan.audit.audit import audit

WRONG = [
    ("Đã trả 34/40 hồ sơ, còn lại 8 hồ sơ đang thẩm định.", "8", "6"),
    ("Quỹ tiếp nhận 960 triệu đồng, đã chi trả 815 triệu đồng, còn lại 155 triệu đồng.", "155", "145"),
    ("Doanh thu đạt 480 tỷ đồng, gấp 1,8 lần so với cùng kỳ (300 tỷ đồng).", "1,8", "1.6"),
    ("Tỷ suất tử vong mẹ là 0,6‰ (3 bà mẹ trên 6.000 ca đẻ).", "0.6‰", "0.5"),
    ("Cơ quan thụ lý 80 vụ, đã xét xử 72 vụ, đạt 92%.", "92%", "90"),
    ("Nợ xấu 450 triệu đồng, chiếm 3% tổng dư nợ (150 tỷ đồng).", "3%", "0.3"),
    ("Cấp phát cho 120 hội viên, mức 300.000 đồng/người, tổng số tiền 34 triệu đồng.", "34", "36"),
    ("Xảy ra 12 vụ cháy, tăng 4 vụ, tăng 33,3% so với năm trước.", "33.3%", "50"),
    ("Xảy ra 9 vụ tai nạn, làm bị thương 11 người; so với năm trước giảm 3 vụ (giảm 33,3%).", "33.3%", "25"),
    ("Tổng số học sinh 900 em, gồm nội trú bắt buộc 350 em và ngoại trú 560 em.", "900", "910"),
    ("Đã khám 1.200 con lợn, bò trên tổng số 1.500 con trong diện, đạt 85%.", "85%", "80"),
    ("Toàn tỉnh có 200 trạm bơm, trong đó có 120 trạm điện (chiếm 60%), 50 trạm dầu (chiếm 20%).", "20%", "25"),
]  # fmt: skip
RIGHT = [
    "Nợ thuế giảm từ 12,6 tỷ đồng xuống còn 9,1 tỷ đồng, giảm 3,5 tỷ đồng.",
    "Diện tích 120 ha, năng suất bình quân 48 tạ/ha, sản lượng 576 tấn.",
    "Có 8/10 chỉ tiêu đạt và vượt kế hoạch (80%).",
    "Khách quốc tế 300.000 lượt, chiếm 20%; khách nội địa 1.200.000 lượt, chiếm 80% tổng số 1,5 triệu lượt khách.",
    "Đã trả 34/40 hồ sơ, còn lại 6 hồ sơ đang thẩm định.",
    "Lượng khách gấp hơn 2 lần so với cùng kỳ (40 nghìn lượt).",
    "Tiếp nhận 60 đơn, đã giải quyết 45 đơn, đạt 75%.",
    "Thu 300 triệu đồng tiền phạt, đã nộp 200 triệu đồng.",
    "Xảy ra 12 vụ cháy, tăng 4 vụ, tăng 50% so với năm trước.",
    "Tỷ suất sinh là 14,2‰ (71 trẻ trên 5.000 dân).",
]


def disagreeing(text: str) -> list[tuple[str | None, str | None]]:
    made = audit(dispatch_of({"text": text}))
    return [(one.reported, one.computed) for one in made.findings if one.verdict == "disagrees"]


@pytest.mark.parametrize(("text", "printed", "computed"), WRONG)
def test_a_wrong_figure_is_told_with_the_right_one(text: str, printed: str, computed: str) -> None:
    assert disagreeing(text) == [(printed, computed)]


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert disagreeing(text) == []


def test_a_bracket_that_was_opened_in_the_line_before_is_an_aside() -> None:
    assert disagreeing("(24.000 tấn), tăng 4% so với cùng kỳ năm 2023 (9.000 tấn).") == []
