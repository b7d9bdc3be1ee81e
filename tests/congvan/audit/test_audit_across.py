"""Figures of one unit, measure and period in two dispatches: contradictions found, what only looks alike left alone."""

from __future__ import annotations

import datetime as dt

import pytest

from congvan.audit.across.batch import check_all
from schemas.dispatch import Dispatch, Header
from schemas.finding import Finding
from schemas.source import Source
from tests.support.grids import grid, tables_of

BODY = "HUYỆN ỦY SƠN HẢI"
LAST = """TT | Nội dung | Thực hiện 9 tháng
1 | Thuế trước bạ | 1.250
2 | Phí, lệ phí | 830"""
NOW = """TT | Nội dung | Thực hiện 9 tháng | Cùng kỳ năm trước | So với cùng kỳ (%)
1 | Thuế trước bạ | 1.400 | {} | 110,2
2 | Phí, lệ phí | 900 | 830 | 108,4"""
CAPTION = "KẾT QUẢ THU NGÂN SÁCH 9 THÁNG NĂM {}"
PLAN = """TT | Đơn vị | Chỉ tiêu kết nạp năm 2024
1 | Đảng bộ xã An Bình | 12
2 | Đảng bộ xã Kim Long | 9"""
RESULT = """TT | Đơn vị | Chỉ tiêu kết nạp năm 2024 | Kết nạp
1 | Đảng bộ xã An Bình | {} | 11
2 | Đảng bộ xã Kim Long | 9 | 9"""


def record(number: int, year: int, drawing: str, caption: str = "", body: str = BODY, parent: str = "") -> Dispatch:
    header = Header(so_hieu=f"{number}-BC/HU", issuing_body=body, parent_body=parent or None, date=dt.date(year, 10, 5))
    source = Source(name=f"{number}.txt", media_type="text/plain", size=1, sha256=str(number) * 64, reader="text")
    blocks = (caption, grid(drawing)) if caption else (grid(drawing),)
    return Dispatch(id=source.sha256, source=source, header=header, tables=tables_of(*blocks))


def across(*records: Dispatch) -> list[Finding]:
    checked = check_all([(None, one) for one in records])
    return [finding for one in checked for finding in one.audit.findings if finding.check == "cross_document"]


@pytest.mark.parametrize(("printed", "verdict"), [("1.250", "agrees"), ("1.270", "disagrees")])
def test_the_same_period_of_last_year_against_last_years_report(printed: str, verdict: str) -> None:
    found = across(
        record(1, 2023, LAST, CAPTION.format(2023)), record(2, 2024, NOW.format(printed), CAPTION.format(2024))
    )
    assert [(one.verdict, one.reported, one.computed) for one in found] == [
        (verdict, printed, "1.250"), ("agrees", "830", "830"),
    ]  # fmt: skip
    assert found[0].dispatch == "2" * 64 and found[0].pointers[1].startswith("1" * 64 + "#")
    assert "1-BC/HU" in found[0].explanation


@pytest.mark.parametrize(
    ("caption", "drawing", "body"),
    [
        (CAPTION.format(2022), LAST, BODY),  # another year
        ("KẾT QUẢ THU NGÂN SÁCH 6 THÁNG NĂM 2023", LAST.replace("9 tháng", "6 tháng"), BODY),  # another period
        ("KẾT QUẢ THU NGÂN SÁCH NĂM 2023", LAST, BODY),  # nine months under the caption of a whole year
        ("KẾT QUẢ CHI NGÂN SÁCH 9 THÁNG NĂM 2023", LAST, BODY),  # another matter
        (CAPTION.format(2023), LAST, "HUYỆN ỦY TAM QUAN"),  # another district
        (CAPTION.format(2023), LAST.replace("Thực hiện", "Ước"), BODY),  # an estimate
        (CAPTION.format(2023), LAST.replace("Phí, lệ phí", "Thuế trước bạ"), BODY),  # one name, two rows
    ],
)
def test_what_only_looks_like_the_same_period_is_left_alone(caption: str, drawing: str, body: str) -> None:
    found = across(record(1, 2023, drawing, caption, body), record(2, 2024, NOW.format("1.270"), CAPTION.format(2024)))
    assert [one for one in found if one.verdict == "disagrees"] == []


@pytest.mark.parametrize(("printed", "verdict"), [("12", "agrees"), ("15", "disagrees")])
def test_a_target_of_the_plan_against_the_report_of_another_body_of_the_district(printed: str, verdict: str) -> None:
    plan = record(1, 2023, PLAN)
    report = record(2, 2024, RESULT.format(printed), "", "BAN TỔ CHỨC", "HUYỆN ỦY SƠN HẢI")
    assert [(one.verdict, one.reported, one.computed) for one in across(plan, report)] == [
        (verdict, printed, "12"), ("agrees", "9", "9"),
    ]  # fmt: skip


def test_communes_of_one_name_in_two_districts_are_two_issuers() -> None:
    first = record(1, 2023, LAST, CAPTION.format(2023), "ỦY BAN NHÂN DÂN XÃ KIM LONG", "HUYỆN SƠN HẢI")
    other = record(2, 2024, NOW.format("9"), CAPTION.format(2024), "ỦY BAN NHÂN DÂN XÃ KIM LONG", "HUYỆN TAM QUAN")
    assert across(first, other) == []
