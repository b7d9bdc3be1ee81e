"""Tables: columns that add up going down, rows of averages, means and balances of a row, two units of money, sums told
by `Cộng`, two tables of one file; prose against them by unit, tick and unit of money."""

from __future__ import annotations

import pytest

from bench.planted.score import dispatch_of
from congvan.audit.audit import audit

Pairs = set[tuple[str | None, str | None]]


def disagreeing(*tables: str, text: str = "") -> Pairs:
    made = audit(dispatch_of({"text": text, "tables": list(tables)}))
    return {(one.reported, one.computed) for one in made.findings if one.verdict == "disagrees"}


RUNNING = """
Tháng | Số vụ trong tháng | Lũy kế từ đầu năm
Tháng 1 | 21 | 21
Tháng 2 | 17 | 38
Tháng 3 | 26 | {third}
Tháng 4 | 19 | 83
Tháng 5 | 30 | 113
"""
AVERAGE = """
TT | Xã | Số tiêu chí đạt | Số thôn đạt chuẩn
1 | Xã Bình Khê | 14 | 6
2 | Xã Tràng An | 18 | 9
3 | Xã Hồng Thái | 16 | 6
 | Bình quân chung | {mean} | 7
"""
MARKS = """
TT | Họ và tên | Lý thuyết | Thực hành | Điểm trung bình
1 | Vi Thị Hằng | 80 | 91 | 85,5
2 | Lù Văn Sáng | 72 | 79 | {mark}
3 | Nông Thị Lệ | 88 | 75 | 81,5
4 | Ma Đình Quế | 90 | 94 | 92,0
"""
STORE = """
TT | Vật tư | Tồn đầu kỳ | Nhập trong kỳ | Xuất trong kỳ | Tồn cuối kỳ
1 | Xi măng | 120 | 400 | 380 | 140
2 | Thép | 60 | 90 | 110 | {left}
3 | Gạch | 500 | 900 | 1.050 | 350
"""
UNITS = """
TT | Dự án | Kế hoạch vốn (tỷ đồng) | Giải ngân (triệu đồng) | Tỷ lệ (%)
1 | Cầu Nà Mạ | 12,50 | 10.000 | 80,0
2 | Kè Bản Lầu | 8,00 | 6.000 | {rate}
3 | Đường Nà Khoa | 20,00 | 13.000 | 65,0
"""
CLUSTERS = """
TT | Trường | Số lớp | Số học sinh
I | Cụm Đông | |
1 | Trường Sơn Đông | 12 | 420
2 | Trường Hà Đông | 9 | 315
 | Cộng cụm Đông | 21 | 735
II | Cụm Tây | |
3 | Trường Sơn Tây | 10 | 350
4 | Trường Hà Tây | 8 | 280
 | Cộng cụm Tây | 18 | {west}
 | Tổng cộng | 39 | 1.365
"""
CLASSES = """
TT^2 | Lớp^2 | Sĩ số^2 | Giỏi<2 | < | Khá<2 | < | Đạt<2 | <
^ | ^ | ^ | SL | % | SL | % | SL | %
1 | 8A | 40 | 10 | 25,0 | 20 | 50,0 | 10 | 25,0
2 | 8B | {size} | 9 | 22,5 | 16 | 40,0 | 14 | 35,0
3 | 9A | 50 | 15 | 30,0 | 20 | 40,0 | 15 | 30,0
4 | 9B | 25 | 5 | 20,0 | 10 | 40,0 | 10 | 40,0
"""
SUMMARY = """
TT | Khối trường | Số lớp học | Số học sinh
1 | Cụm Đông | 21 | 735
2 | Cụm Tây | 18 | {west}
 | Tổng cộng | 39 | {all}
"""
DETAIL = CLUSTERS.format(west="630").replace("Số lớp |", "Số lớp học |")


@pytest.mark.parametrize(
    ("drawing", "right", "wrong", "told"),
    [
        (RUNNING, {"third": "64"}, {"third": "46"}, ("46", "64")),
        (AVERAGE, {"mean": "16"}, {"mean": "15"}, ("15", "16")),
        (MARKS, {"mark": "75,5"}, {"mark": "77,5"}, ("77,5", "75.5")),
        (STORE, {"left": "40"}, {"left": "50"}, ("50", "40")),
        (UNITS, {"rate": "75,0"}, {"rate": "57,0"}, ("57,0", "75")),
        (CLUSTERS, {"west": "630"}, {"west": "603"}, ("603", "630")),
        (CLASSES, {"size": "39"}, {"size": "40"}, ("40", "39")),
    ],
)
def test_a_relation_is_held_and_its_breach_told(
    drawing: str, right: dict[str, str], wrong: dict[str, str], told: tuple[str, str]
) -> None:
    if drawing is not CLASSES:  # there the percentages of a class of 40 are printed
        assert disagreeing(drawing.format(**right)) == set()
    assert told in disagreeing(drawing.format(**wrong))


def test_a_summary_is_held_against_the_sums_of_its_details() -> None:
    assert disagreeing(SUMMARY.format(west="630", all="1.365"), DETAIL) == set()
    assert ("630", "603") in disagreeing(SUMMARY.format(west="603", all="1.338"), DETAIL)


def test_tables_of_two_years_are_not_held_against_each_other() -> None:
    one = SUMMARY.format(west="630", all="1.365").strip()
    other = SUMMARY.format(west="655", all="1.390").strip()
    made = dispatch_of({"tables": [one, other]})
    captions = ("Năm 2023", "Năm 2024")
    tables = tuple(
        table.model_copy(update={"caption": caption}) for table, caption in zip(made.tables, captions, strict=True)
    )
    findings = audit(made.model_copy(update={"tables": tables})).findings
    assert not [one for one in findings if one.verdict == "disagrees"]


SENT = """
TT | Xã | Số hộ | Đã gửi báo cáo
1 | Xã Bình Khê | 640 | x
2 | Xã Tràng An | 715 |
3 | Xã Hồng Thái | 580 |
4 | Xã Yên Đức | 690 | x
"""
FEES = """
TT | Đơn vị | Dự toán (triệu đồng) | Thu phí (triệu đồng)
1 | Xã Bình Khê | 1.250 | 1.310
2 | Xã Tràng An | 940 | 905
 | Tổng cộng | 2.190 | 2.215
"""


def test_bodies_without_a_tick_are_counted() -> None:
    assert disagreeing(SENT, text="Đến nay còn 02 xã chưa gửi báo cáo.") == set()
    assert disagreeing(SENT, text="Đến nay còn 03 xã chưa gửi báo cáo.") == {("3", "2")}


def test_money_is_compared_in_one_unit() -> None:
    assert disagreeing(FEES, text="Toàn huyện thu phí được 2,215 tỷ đồng.") == set()
    assert disagreeing(FEES, text="Toàn huyện thu phí được 2,22 tỷ đồng.") == set()
    assert disagreeing(FEES, text="Toàn huyện thu phí được 2,512 tỷ đồng.") == {("2.512", "2.215")}


def test_columns_without_a_heading_are_no_parts_that_are_alike() -> None:
    rows = ["1 | Xã Minh Tân | 4 | 6 | 10", "2 | Xã Minh Hải | 3 | 8 | 11", "3 | Xã Minh Lộc | 5 | 5 | 10"]
    record = dispatch_of({"tables": ["\n".join(["TT | Đơn vị | A | B | Cộng", *rows])]})
    bare = [
        one.model_copy(update={"path": ()}) if number in (2, 3) else one
        for number, one in enumerate(record.tables[0].columns)
    ]
    damaged = record.tables[0].model_copy(update={"columns": tuple(bare)})
    assert audit(record.model_copy(update={"tables": (damaged,)})) is not None
