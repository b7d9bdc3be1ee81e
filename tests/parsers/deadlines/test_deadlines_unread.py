"""Times in what is asked that no rule takes: told of where they may be limits, passed over where they are events."""

from __future__ import annotations

import pytest

from tests.parsers.deadlines.test_deadline_phrases import read

TOLD = [
    ("Thông tin đăng qua Internet, email hoặc zalo ngày 20/9/2024.", "ngày 20/9/2024"),
    ("Hoàn tất thủ tục kiểm định cầu phao quý IV/2024.", "quý IV/2024"),
    ("Rà soát các dự án nhà ở khởi công trước ngày 06/9/2024.", "ngày 06/9/2024"),
    ("Tổ trực báo sĩ số về Phòng trước 14 giờ cùng ngày.", "trước 14 giờ cùng ngày"),
    ("Tổng hợp, báo cáo Sở trước giờ hành chính ngày 06/9/2024.", "ngày 06/9/2024"),
    ("Dọn vệ sinh quanh trường vào 6h30 sáng thứ Sáu, 06/9/2024.", "06/9/2024"),
    ("Hoàn tất cân đối kỹ thuật và thông xe cầu Bến Mới dịp ngày 06/9/2024.", "ngày 06/9/2024"),
]
PASSED_OVER = [
    "Chuẩn bị báo cáo tham luận tại hội nghị ngày 06/9/2024.",
    "Gửi giấy mời dự lễ khánh thành ngày 06/9/2024.",
    "Từ ngày 06/9/2024, gửi văn bản qua hệ thống mới.",
    "Báo cáo kết quả xử lý vụ việc ngày 06/7/2024.",
    "Trồng 200 cây bàng vào dịp 06/9/2024.",
    "Hoàn thành trước ngày 06/9/2024.",
    "Xem xét kỹ hồ sơ trước khi trình ký.",
]


@pytest.mark.parametrize(("text", "words"), TOLD)
def test_what_may_be_a_limit_is_told_of(text: str, words: str) -> None:
    found, trail = read(text, "2024-08-12")
    assert found == ()
    (notice,) = trail.warnings
    assert (notice.code, notice.pointer, notice.page) == ("unread_time", "/directives/0", 1)
    assert f"«{words}»" in notice.message


@pytest.mark.parametrize("text", PASSED_OVER)
def test_an_event_and_a_limit_that_was_read_are_not(text: str) -> None:
    _, trail = read(text, "2024-08-12")
    assert not trail.warnings


def test_outside_what_is_asked_nothing_is_told_of() -> None:
    _, trail = read("Tổ thu nợ gửi bảng đối chiếu ngày 06/9/2024.", "2024-08-12", directive=False)
    assert not trail.warnings
