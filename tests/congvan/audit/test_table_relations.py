"""Tables: carried rows, ranks, products, named sums, printed formulas, per mille, tables against tables, counts."""

from __future__ import annotations

import pytest

from bench.planted.score import dispatch_of
from congvan.audit.audit import Audit, audit
from tests.congvan.audit.test_audit_caution import of_table, wrong


def told(one: Audit) -> set[tuple[str, str | None, str | None]]:
    return {(made.verdict, made.reported, made.computed) for made in one.findings if made.verdict != "agrees"}


CARRIED = """
TT | Đơn vị | Hộ nghèo
1 | Xã Đông | 64
2 | Xã Tây | 58
 | Cộng chuyển trang sau | {page}
 | {brought} | {page}
3 | Xã Nam | 71
 | Tổng cộng | 193
"""


@pytest.mark.parametrize("brought", ["Mang sang", "Trang trước chuyển sang", "Lũy kế trang trước", "Số mang sang"])
def test_a_sum_carried_over_the_page_is_no_row(brought: str) -> None:
    assert told(of_table(CARRIED.format(page="122", brought=brought))) == set()
    assert ("disagrees", "132", "122") in told(of_table(CARRIED.format(page="132", brought=brought)))


PEOPLE = """
TT | Đơn vị | Tổng số | Đảng viên | Nữ | Nam
1 | Phòng A | 31 | 20 | 13 | 18
2 | Phòng B | 27 | 15 | 12 | {men}
3 | Phòng C | 40 | 22 | 21 | 19
4 | Phòng D | 19 | 11 | 9 | 10
 | Tổng | 117 | 68 | 55 | {all}
"""


def test_men_and_women_are_all_though_other_columns_stand_between() -> None:
    assert told(of_table(PEOPLE.format(men="15", all="62"))) == set()
    made = told(of_table(PEOPLE.format(men="16", all="63")))
    assert ("disagrees", "27", "28") in made


def test_the_column_of_men_is_added_up() -> None:
    assert ("disagrees", "64", "62") in told(of_table(PEOPLE.format(men="15", all="64")))
    drawing = "TT | Lớp | Nữ | Nam sinh\n1 | 6A | 20 | 22\n2 | 6B | 18 | 21\n3 | 6C | 19 | 20\n | Tổng | 57 | 64"
    assert ("disagrees", "64", "63") in told(of_table(drawing))


def test_people_under_an_age_are_added_up() -> None:
    drawing = "TT | Xã | Trẻ dưới 5 tuổi\n1 | Đông | 120\n2 | Tây | 118\n3 | Nam | 131\n | Tổng | 379"
    assert ("disagrees", "379", "369") in told(of_table(drawing))


MILLE = """
TT | Xã | Dân số | Số trẻ sinh | Tỷ suất sinh ({sign})
1 | Đông | 5.000 | 70 | 14,0
2 | Tây | 6.000 | 72 | 12,0
3 | Nam | 4.000 | 50 | {odd}
4 | Bắc | 8.000 | 108 | 13,5
"""


@pytest.mark.parametrize("sign", ["‰", "%o", "0/00", "trên 1.000 dân"])
def test_parts_of_a_thousand_are_judged_and_told_as_such(sign: str) -> None:
    assert told(of_table(MILLE.format(sign=sign, odd="12,5"))) == set()
    assert told(of_table(MILLE.format(sign=sign, odd="15,2"))) == {("disagrees", "15,2", "12.5")}


def test_for_each_hundred_thousand_as_the_heading_says() -> None:
    drawing = """
TT | Huyện | Dân số | Số ca mắc | Số ca/100.000 dân
1 | Đông | 120.000 | 54 | 45,0
2 | Tây | 80.000 | 30 | 37,5
3 | Nam | 150.000 | 90 | {odd}
"""
    assert told(of_table(drawing.format(odd="60,0"))) == set()
    assert told(of_table(drawing.format(odd="66,0"))) == {("disagrees", "66,0", "60")}


def test_a_printed_formula_is_taken_at_its_word() -> None:
    drawing = """
TT | Đơn vị | Giao | Đạt | Tỷ lệ | Còn thiếu
(1) | (2) | (3) | (4) | (5)=(4)/(3) | (6)=(3)-(4)
1 | Xã Đông | 80 | 60 | 70 | 20
2 | Xã Tây | 50 | 40 | 85 | 10
3 | Xã Nam | 25 | 20 | 80 | 6
"""
    assert told(of_table(drawing)) == {("disagrees", "70", "75"), ("disagrees", "85", "80"), ("disagrees", "6", "5")}


GOODS = """
TT | Tên hàng | Số lượng | Đơn giá (đồng) | Thành tiền (đồng)
1 | Bàn | 14 | 1.850.000 | 25.900.000
2 | Ghế | 30 | 640.000 | 19.200.000
3 | Tủ | 5 | 2.900.000 | {chest}
"""


def test_so_many_times_so_much() -> None:
    assert told(of_table(GOODS.format(chest="14.500.000"))) == set()
    assert told(of_table(GOODS.format(chest="15.400.000"))) == {("disagrees", "15.400.000", "14500000")}


RANKS = """
TT | Đơn vị | Điểm | Xếp thứ
1 | Xã Đông | {east} | 2
2 | Xã Tây | 85,0 | {west}
3 | Xã Nam | 96,5 | 1
4 | Xã Bắc | 71,0 | 4
"""


def test_ranks_are_counted_and_equals_may_share_one() -> None:
    assert told(of_table(RANKS.format(east="90,5", west="3"))) == set()
    assert told(of_table(RANKS.format(east="85,0", west="2"))) == set()
    assert told(of_table(RANKS.format(east="90,5", west="4"))) == {("disagrees", "4", "3")}


TWICE = """
TT | Đơn vị | Số hộ nghèo | {other}
1 | Xã Đông | 64 | 80
2 | Xã Tây | 58 | 75
3 | Xã Nam | {south} | 90
"""


def test_two_tables_of_one_file_say_the_same() -> None:
    both = [TWICE.format(other="Số hộ cận nghèo", south="71"), TWICE.format(other="Tổng số khẩu", south="77")]
    made = audit(dispatch_of({"tables": both}))
    assert told(made) == {("disagrees", "77", "71")}
    other = TWICE.format(other="Tổng số khẩu", south="40").replace("64", "12").replace("58", "13")
    assert told(audit(dispatch_of({"tables": [both[0], other]}))) == set()  # of another year


PAID = """
TT | Đơn vị | Phải nộp | Đã nộp
1 | Xã Đông | 64 | 60
2 | Xã Tây | 58 | 0
3 | Xã Nam | 70 | 70
4 | Xã Bắc | 41 | -
"""


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("Có 02 xã chưa nộp.", ["agrees"]),
        ("Có 03 xã chưa nộp.", ["disagrees"]),
        ("Có 03 xã chưa nộp là: xã Tây, xã Bắc, xã Hạ.", ["cannot_tell"]),  # as the list says, not as the table does
    ],
)
def test_who_has_not_done_it_is_counted_in_the_table(text: str, verdicts: list[str]) -> None:
    made = audit(dispatch_of({"text": text, "tables": [PAID]}))
    assert [one.verdict for one in made.findings if one.check in ("prose_count", "list_length")] == verdicts


def test_a_sum_that_rounding_may_hide_is_left_open() -> None:
    drawing = "TT | Xã | Diện tích (ha)\n1 | Đông | 12,4\n2 | Tây | 10,3\n3 | Nam | 8,1\n | Tổng | {}"
    assert wrong(of_table(drawing.format("30,9"))) == []
    assert ("cannot_tell", "30,9", "30.8") in told(of_table(drawing.format("30,9")))
    assert ("disagrees", "31,8", "30.8") in told(of_table(drawing.format("31,8")))
