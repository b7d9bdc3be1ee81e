"""Across dispatches: plans of two levels, cumulative figures of two months, two editions of one table."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from congvan.audit.across.batch import check_all
from schemas.dispatch import Dispatch, Header
from schemas.finding import Finding
from schemas.source import Source
from tests.support.grids import grid, tables_of


def letter(
    number: int, body: str, parent: str, drawing: str, caption: str, subject: str = "", month: int = 1
) -> tuple[Path, Dispatch]:
    source = Source(name=f"{number}.txt", media_type="text/plain", size=1, sha256=f"{number}" * 64, reader="text")
    header = Header(issuing_body=body, parent_body=parent, so_hieu=f"{number}/KH-UBND", subject=subject,
                    date=dt.date(2025, month, 10))  # fmt: skip
    tables = tuple(table.model_copy(update={"caption": caption}) for table in tables_of(grid(drawing)))
    return Path(f"{number}.txt"), Dispatch(id=f"{number}" * 64, source=source, header=header, tables=tables)


def across(*letters: tuple[Path, Dispatch]) -> list[Finding]:
    return [one for checked in check_all(letters) for one in checked.audit.findings if one.check == "cross_document"]


PROVINCE = """
TT | Địa phương | Chỉ tiêu trồng cây năm 2025 (nghìn cây)
1 | Huyện Sông Lô | 120
2 | Huyện Lập Thạch Đông | 95
 | Toàn tỉnh | 215
"""
DISTRICT = """
TT | Xã | Chỉ tiêu trồng cây năm 2025 (nghìn cây)
1 | Xã Đồng Quế | {one}
2 | Xã Nhạo Sơn | 50
3 | Xã Tân Lập | 30
 | Toàn huyện | {all}
"""
CAPTION = "GIAO CHỈ TIÊU NĂM 2025"


def province() -> tuple[Path, Dispatch]:
    return letter(1, "ỦY BAN NHÂN DÂN TỈNH TAM SƠN", "", PROVINCE, CAPTION)


def district(one: int, total: int, parent: str = "TỈNH TAM SƠN") -> tuple[Path, Dispatch]:
    drawing = DISTRICT.format(one=one, all=total)
    return letter(2, "ỦY BAN NHÂN DÂN HUYỆN SÔNG LÔ", parent, drawing, CAPTION)


def test_what_a_district_hands_on_is_held_against_what_it_was_given() -> None:
    assert [one.verdict for one in across(province(), district(40, 120))] == ["agrees"]
    (one,) = across(province(), district(30, 110))
    assert (one.verdict, one.reported, one.computed) == ("disagrees", "110", "120")
    assert "1/KH-UBND ghi cho «Huyện Sông Lô» là 120" in one.explanation


def test_a_district_of_another_province_is_left_alone() -> None:
    assert across(province(), district(30, 110, parent="TỈNH BA VÌ")) == []


MONTH = """
TT | Đơn vị | Số hộ phát sinh trong tháng | Lũy kế từ đầu năm
1 | Xã Đồng Quế | {came} | {so_far}
2 | Xã Nhạo Sơn | 4 | {other}
"""


def month(number: int, came: int, so_far: int, other: int) -> tuple[Path, Dispatch]:
    drawing = MONTH.format(came=came, so_far=so_far, other=other)
    subject = f"Kết quả cấp nước tháng {number} năm 2025"
    return letter(number, "PHÒNG KINH TẾ", "UBND HUYỆN SÔNG LÔ", drawing, "CẤP NƯỚC NÔNG THÔN", subject, number)


def test_last_month_and_this_month_make_what_is_counted_so_far() -> None:
    assert {one.verdict for one in across(month(3, 9, 31, 14), month(4, 12, 43, 18))} == {"agrees"}
    wrong = [one for one in across(month(3, 9, 31, 14), month(4, 12, 34, 18)) if one.verdict == "disagrees"]
    assert [(one.reported, one.computed) for one in wrong] == [("34", "43")]


def test_months_that_do_not_follow_each_other_are_left_alone() -> None:
    assert [one for one in across(month(3, 9, 31, 14), month(5, 12, 34, 18)) if "tháng trước" in one.explanation] == []
