"""Prose by itself: totals with their parts, changes with both ends, shares of one list, products, means, balances."""

from __future__ import annotations

import pytest

from tests.congvan.audit.test_audit_caution import of_prose


def told(text: str) -> set[tuple[str, str | None, str | None]]:
    return {(one.verdict, one.reported, one.computed) for one in of_prose(text).findings}


@pytest.mark.parametrize(
    ("text", "reported", "computed"),
    [
        ("Huy động 62,5 tỷ đồng, gồm ngân sách 40,2 tỷ đồng, dân góp 12,8 tỷ đồng, vay 8,5 tỷ đồng.", "62,5", "61.5"),
        ("Tổng vốn là 1,5 tỷ đồng, gồm 900 triệu đồng của tỉnh và 450 triệu đồng của xã.", "1,5", "1.35"),
        ("Lớp có 68 học viên (nam 41 học viên, nữ 29 học viên).", "68", "70"),
        ("Tuyển 74 người, trong đó nam 40 người, nữ 35 người.", "74", "75"),
        ("Rà soát 90 hồ sơ, hợp lệ 71 hồ sơ, không hợp lệ 20 hồ sơ.", "90", "91"),
        ("Quý I thu 140 triệu đồng, quý II thu 155 triệu đồng, tổng cộng 305 triệu đồng.", "305", "295"),
        ("Thu quỹ 84 triệu đồng, chi 61 triệu đồng, còn lại 32 triệu đồng.", "32", "23"),
        ("Hỗ trợ 60 hộ, mỗi hộ 2,5 triệu đồng, tổng số tiền 160 triệu đồng.", "160", "150"),
        ("Cấp phát cho 8 trường số tiền 96 triệu đồng, bình quân 14 triệu đồng/trường.", "14", "12"),
        ("Gieo 350 ha ngô, năng suất 48 tạ/ha, sản lượng 1.860 tấn.", "1.860", "1680"),
        ("Khiếu kiện giảm từ 30 vụ xuống còn 21 vụ, giảm 32%.", "32%", "30"),
        ("Số vụ cháy tăng 4 vụ (9 → 12).", "4", "3"),
        ("Cháy rừng 12 vụ, tăng 4 vụ so với năm trước (9 vụ).", "4", "3"),
        ("Tỷ lệ hộ nghèo giảm từ 6,4% xuống còn 5,1%, giảm 1,5%.", "1,5", "1.3"),
        ("Tỷ lệ thất nghiệp là 2,9%, giảm 0,8% so với năm trước (3,4%).", "0,8", "0.5"),
        ("Đã hòa giải 52 vụ trên tổng số 65 vụ, đạt 82%.", "82%", "80"),
        ("Được giao 50 nhiệm vụ, đã hoàn thành 35 nhiệm vụ (72%), đang thực hiện 15 nhiệm vụ (30%).", "72%", "70"),
        ("Trồng 66 ha, đạt 110% kế hoạch, vượt 12% kế hoạch.", "12%", "10"),
        ("Xử lý ba giải pháp sau: (1) kiểm tra; (2) nhắc nhở.", "3", "2"),
        ("Thu 2.345 tỷ đồng, bằng 104,2% cùng kỳ (2.250 tỷ đồng), đạt 54,1% kế hoạch (4.500 tỷ).", "54.1%", "52.11"),
    ],
)  # fmt: skip
def test_what_prose_says_of_its_own_numbers_is_reckoned(text: str, reported: str, computed: str) -> None:
    assert ("disagrees", reported, computed) in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Huy động 61,5 tỷ đồng, gồm ngân sách 40,2 tỷ đồng, dân góp 12,8 tỷ đồng và vốn vay 8,5 tỷ đồng.",
        "Tổng thu 1.250 tỷ đồng, trong đó thu nội địa 1.000 tỷ đồng, thu xuất khẩu 200 tỷ đồng.",  # and others
        "Có 40 cán bộ, trong đó nữ 22 cán bộ, đảng viên 19 cán bộ.",  # some are both
        "Bổ nhiệm 12 đồng chí, trong đó cấp phòng 5 đồng chí, cấp đội 8 đồng chí.",  # no money
        "Giai đoạn này giảm từ 8,5% xuống còn 4,5%, bình quân mỗi năm giảm 1%.",
        "Tỷ lệ tăng từ 40% lên 50%, tăng 25%.",  # as a part of what was
        "Trong tháng thu 12 tỷ đồng, lũy kế 95 tỷ đồng.",
        "Thu 2.345 tỷ đồng, bằng 104,2% so với cùng kỳ (2.250 tỷ đồng), đạt 52,1% kế hoạch năm (4.500 tỷ đồng).",
        "Có 45 hộ nghèo, chiếm 3% tổng số hộ (giảm 12 hộ).",
        "Thu 560 tỷ đồng, đạt 112% dự toán tỉnh giao (500 tỷ đồng) và 107,7% dự toán huyện giao (520 tỷ đồng).",
        "Cả hai đợt 12 tỷ đồng và 9 tỷ đồng, tổng cộng 22 tỷ đồng.",  # rounded: 12,4 and 9,4 are 21,8
    ],
)
def test_what_may_be_right_is_not_called_wrong(text: str) -> None:
    assert not [one for one in told(text) if one[0] == "disagrees"]


def test_a_sum_at_the_limit_of_rounding_is_left_open_and_says_why() -> None:
    (one,) = of_prose(
        "Huy động 61,6 tỷ đồng, gồm ngân sách 40,2 tỷ đồng, dân góp 12,8 tỷ đồng, vay 8,5 tỷ đồng."
    ).findings
    assert one.verdict == "cannot_tell" and "làm tròn" in one.explanation


def test_what_agrees_shows_its_numbers() -> None:
    for text in ("Kết nạp 49 đoàn viên, đạt 61,25% kế hoạch.", "Trong tổng số 2.596 người, tỷ lệ tham gia đạt 98,61%."):
        (one,) = of_prose(text).findings
        assert one.verdict == "cannot_tell" and "không in" in one.explanation
