"""What must not be called wrong although it looks so, found on reports of many offices, and what must still be."""

from __future__ import annotations

import pytest

from congvan.audit.audit import Audit, audit
from parsers.claims.claims import read_claims
from parsers.record.passage import Passage
from parsers.record.trail import Trail
from schemas.dispatch import Claim, Dispatch, Header
from schemas.document import Paragraph
from schemas.source import Source
from tests.support.grids import grid, tables_of

SOURCE = Source(name="a.txt", media_type="text/plain", size=1, sha256="0" * 64, reader="text")


def of_table(drawing: str) -> Audit:
    return audit(Dispatch(id="0" * 64, source=SOURCE, header=Header(), tables=tables_of(grid(drawing))))


def of_prose(text: str) -> Audit:
    paragraph = Paragraph(text=text)
    claims = read_claims([Passage.of([paragraph])], Trail())
    return audit(Dispatch(id="0" * 64, source=SOURCE, header=Header(), claims=claims))


def wrong(one: Audit) -> list[str]:
    return [finding.explanation for finding in one.findings if finding.verdict == "disagrees"]


@pytest.mark.parametrize(
    "text",
    [
        "Phường 5 đạt 97,5%.",
        "Tiêm đủ 2 mũi vắc xin đạt 97,5%.",
        "Hồ sơ mức độ 4 đạt 87,3%.",
        "Giai đoạn 1 đạt 97,6% kế hoạch.",
        "Khối 9 đạt 99,3%.",
        "Đề án 06 đạt 87,3%.",
        "Trường THPT số 2 đạt 97,1%.",
        "Có 3 xã đạt 97,1% kế hoạch.",
        "Lần 2 đạt 91,3%.",
        "Có 1.120 đảng viên hoàn thành xuất sắc nhiệm vụ (giảm 1,22%).",
        "Kết nạp 130 đảng viên, vượt 47,73% kế hoạch năm.",
    ],
)
def test_a_number_that_counts_nothing_gives_no_impossible_percentage(text: str) -> None:
    assert wrong(of_prose(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Có 37 đảng viên, chiếm 87,5%.",
        "Có 5 đồng chí là nữ, chiếm 37%.",
        "Có 15 tổ chức đảng hoàn thành tốt nhiệm vụ, chiếm 97,1%.",
        "Đã giải quyết 238/316 vụ việc, đạt tỷ lệ 88,9%.",
    ],
)
def test_things_counted_must_be_a_part_of_some_whole(text: str) -> None:
    assert len(wrong(of_prose(text))) == 1


def test_what_is_over_the_plan_is_told_of_the_whole_plan() -> None:
    made = of_prose("Kết nạp được 192 đảng viên, vượt 47,69% kế hoạch năm.")
    assert [(one.verdict, one.computed) for one in made.findings] == [("cannot_tell", "130")]


@pytest.mark.parametrize(("percent", "verdict"), [("60.9", "disagrees"), ("9.2", "cannot_tell")])
def test_a_whole_from_other_words_accuses_only_what_is_nearly_right(percent: str, verdict: str) -> None:
    claim = Claim(
        id="C1", text="32 đồng chí là nữ", kind="share", numerator=32, denominator=53, percent=percent, decimals=1
    )
    made = audit(Dispatch(id="0" * 64, source=SOURCE, header=Header(), claims=(claim,)))
    assert [one.verdict for one in made.findings] == [verdict]


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("Xảy ra 60 vụ, so với quý trước tăng 12 vụ (+25%).", ["agrees"]),  # 12/48
        ("Xảy ra 60 vụ, so với quý trước tăng 12 vụ (+26,1%).", ["disagrees"]),
        ("Thụ lý 1.900 việc, giảm 100 việc (giảm 5% so với cùng kỳ).", ["agrees"]),  # 100/2000
        ("Thụ lý 1.900 việc, giảm 100 việc (giảm 5,3% so với cùng kỳ).", ["disagrees"]),  # of what it is now
        ("Thụ lý 1.900 việc, giảm 100 việc (giảm 12% so với chỉ tiêu).", ["cannot_tell"]),  # of something else
        ("Có 45 hộ thoát nghèo, tăng 12,5% so với cùng kỳ (cùng kỳ là 40 hộ).", ["agrees"]),
        ("Có 45 hộ thoát nghèo, tăng 14,5% so với cùng kỳ (cùng kỳ là 40 hộ).", ["disagrees"]),
        ("Đã giải ngân 17 tỷ đồng/23 tỷ đồng, đạt 75,1%.", ["cannot_tell"]),  # 16,9/22,5: whole billions are rounded
        ("Đã giải ngân 17 tỷ đồng/23 tỷ đồng, đạt 65,1%.", ["disagrees"]),
        ("Đã cấy 512 ha/640 ha, đạt 85% kế hoạch, nhiều hơn vụ trước trên 20 ha.", ["disagrees"]),  # trên 20, not 85
        ("Kế hoạch vốn là 250 tỷ đồng. Đã giải ngân 150 tỷ đồng, đạt 62% kế hoạch.", ["cannot_tell"]),
    ],
)
def test_changes_wholes_beside_and_rounded_sums(text: str, verdicts: list[str]) -> None:
    assert [one.verdict for one in of_prose(text).findings if one.check == "prose_ratio"] == verdicts


BLOCKS = """
Chỉ tiêu | Năm 2022 | Năm 2023 | Năm 2024
Giá trị (triệu đồng) | | |
TỔNG SỐ | {total} | 1.100 | 1.200
Công nghiệp | 600 | 650 | 700
Xây dựng | 400 | 450 | 500
Cơ cấu (%) | | |
TỔNG SỐ | 100 | 100 | 100
Công nghiệp | 60 | 59,1 | 58,3
Xây dựng | 40 | 40,9 | 41,7
"""


def test_a_total_that_opens_a_part_of_a_table_adds_up_what_is_under_it() -> None:
    made = of_table(BLOCKS.format(total="1.000"))
    assert wrong(made) == []
    assert [one.verdict for one in made.findings if one.check == "column_total"] == ["agrees"] * 6
    assert len(wrong(of_table(BLOCKS.format(total="1.010")))) == 1


NESTED = """
Loại đất | Diện tích (ha)
TỔNG SỐ | 900,5
Đất nông nghiệp | 700,3
Đất trồng lúa | 400,2
Đất trồng cây lâu năm | 300,1
Đất phi nông nghiệp | 200,2
Đất ở | 120,1
Đất chuyên dùng | 80,1
"""


def test_rows_within_rows_that_no_number_tells_apart_are_not_added_against_a_total() -> None:
    assert wrong(of_table(NESTED)) == []


def test_a_total_near_its_rows_is_wrong_without_running_numbers_too() -> None:
    made = of_table("Đơn vị | Số hộ\nXã An Bình | 120\nXã Kim Long | 95\nXã Tam Quan | 143\nTổng cộng | 368")
    assert len(wrong(made)) == 1


def test_a_section_that_adds_up_nowhere_is_no_sum() -> None:
    drawing = """
TT | Nội dung | Tổng số | Khối 6 | Khối 7
I | Số học sinh | 100 | 52 | 48
1 | Nam | 55 | 30 | 25
2 | Nữ | 45 | 22 | 23
II | Khen thưởng | 100 | 52 | 48
1 | Học sinh giỏi | 21 | 11 | 10
2 | Học sinh tiên tiến | 33 | 18 | 15
"""
    assert wrong(of_table(drawing)) == []


RATES = """
TT | Đơn vị | Dân số | Bác sĩ | Bác sĩ/10.000 dân
1 | Xã An Bình | 4.213 | 4 | 9,5
2 | Xã Kim Long | 6.105 | 5 | 8,2
3 | Xã Tam Quan | 8.450 | 9 | {rate}
4 | Xã Đông Sơn | 5.016 | 4 | 8,0
5 | Xã Gia Hòa | 7.302 | 6 | 8,2
6 | Xã Phú Lâm | 3.911 | 5 | 12,8
 | Tổng | 34.997 | 33 | 9,4
"""


def test_so_many_for_each_ten_thousand_is_found_and_never_added_up() -> None:
    made = of_table(RATES.format(rate="10,7"))
    assert wrong(made) == []
    assert sum(1 for one in made.findings if one.check == "row_ratio" and one.verdict == "agrees") == 7
    assert len(wrong(of_table(RATES.format(rate="17,0")))) == 1


YIELDS = """
TT | Đơn vị | Diện tích (ha) | Năng suất (tạ/ha) | Sản lượng (tấn)
1 | Xã An Bình | 412,5 | 62,1 | 2.561,6
2 | Xã Kim Long | 305,0 | 60,4 | 1.842,2
3 | Xã Tam Quan | 518,2 | 64,9 | {output}
4 | Xã Đông Sơn | 276,4 | 58,8 | 1.625,2
5 | Xã Gia Hòa | 388,0 | 61,0 | 2.366,8
6 | Xã Phú Lâm | 450,7 | 63,3 | 2.852,9
"""


def test_output_is_area_times_yield() -> None:
    assert wrong(of_table(YIELDS.format(output="3.363,1"))) == []
    assert len(wrong(of_table(YIELDS.format(output="3.633,1")))) == 1


def test_output_that_is_not_area_times_yield_anywhere_accuses_nobody() -> None:
    grown = YIELDS.replace("2.561,6", "2.401,0").replace("1.842,2", "1.733,5").replace("1.625,2", "1.590,3")
    assert wrong(of_table(grown.format(output="3.200,8"))) == []


def test_a_figure_that_cannot_be_read_leaves_its_total_open() -> None:
    drawing = "TT | Đơn vị | Tăng, giảm\n1 | Xã A | 12\n2 | Xã B | (5)\n3 | Xã C | 7\n4 | Xã D | 9\n | Tổng | 23"
    assert wrong(of_table(drawing)) == []


def test_brackets_of_accounts_are_below_zero() -> None:
    drawing = """
TT | Đơn vị | Năm 2023 | Năm 2024 | Tăng, giảm (%)
1 | Xã A | 4.000 | 3.500 | (12,5%)
2 | Xã B | 5.000 | 5.500 | 10,0%
3 | Xã C | 2.000 | 1.900 | (5,0%)
4 | Xã D | 1.000 | 1.300 | 30,0%
"""
    (table,) = tables_of(grid(drawing))
    assert [row.cells[4].value for row in table.rows] == ["-12.5", "10.0", "-5.0", "30.0"]
    made = of_table(drawing)
    assert [one.verdict for one in made.findings] == ["agrees"] * 4


def test_a_total_divided_by_its_heading_is_checked_though_several_rows_are_wrong() -> None:
    drawing = """
TT | Nội dung | Tổng số^2 | Chia ra<3 | < | <
^ | ^ | ^ | Khối 6 | Khối 7 | Khối 8
1 | Sĩ số | 300 | 110 | 100 | 90
2 | Giỏi | 75 | 30 | 25 | 20
3 | Khá | 125 | 45 | 40 | 40
4 | Đạt | 90 | 30 | 30 | 28
5 | Chưa đạt | 10 | 5 | 5 | 2
6 | Lên lớp | 291 | 106 | 96 | 89
7 | Thi lại | 9 | 4 | 4 | 1
""".replace("TT |", "TT^2 |", 1).replace("| Nội dung |", "| Nội dung^2 |", 1)
    made = of_table(drawing)
    accused = [one for one in made.findings if one.verdict == "disagrees"]
    assert [(one.check, one.reported) for one in accused] == [("row_total", "90"), ("row_total", "10")]


def test_a_rate_of_a_thousand_under_a_percent_sign_is_found_all_the_same() -> None:
    made = of_table("""TT | Xã | Dân số | Số sinh | Tỷ suất sinh (%)
1 | Xã A | 10.000 | 152 | 15,20
2 | Xã B | 8.000 | 100 | 12,50
3 | Xã C | 12.000 | 171 | 14,25
4 | Xã D | 9.000 | 130 | 14,54""")
    assert [one.verdict for one in made.findings if one.check == "row_ratio"] == ["agrees"] * 3 + ["disagrees"]


def test_one_figure_shows_no_custom_of_the_whole_dispatch() -> None:
    (one,) = of_prose("Đã giải quyết 176/221 đơn, đạt 79,63%.").findings  # 79,638…
    assert (one.verdict, "Cả văn bản" in one.explanation) == ("truncated", False)
    (one,) = of_prose("Đã giải quyết 10/12 đơn, đạt 83,4%.").findings  # 83,33…: only when rounded up
    assert one.verdict == "cannot_tell"
    several = of_prose("Đã giải quyết 10/12 đơn, đạt 83,4%. Đã hòa giải 13/31 vụ, đạt 42%; xử lý 5/11 vụ, đạt 46%.")
    assert [one.verdict for one in several.findings] == ["agrees"] * 3


@pytest.mark.parametrize(
    ("text", "verdict", "computed"),
    [
        ("Trong tổng số 2.596 bà mẹ sinh con, tỷ lệ được quản lý thai đạt 98,61%.", "cannot_tell", "2560"),  # 98,613
        ("Trong tổng số 40 xã, tỷ lệ đạt chuẩn là 62,5%.", "cannot_tell", "25"),
        ("Trong tổng số 40 xã, tỷ lệ đạt chuẩn là 63,2%.", "cannot_tell", "25.28"),  # 25 are 62,5 and 26 are 65,0
        ("Trong tổng số 40 xã, tỷ lệ đạt chuẩn là khoảng 63,2%.", None, None),
        ("Trong tổng số 25.960 hộ, tỷ lệ dùng nước sạch đạt 98,6%.", None, None),  # 26 numbers of households do
    ],
)
def test_a_share_of_a_printed_whole_must_be_some_number_of_it(
    text: str, verdict: str | None, computed: str | None
) -> None:
    found = [(one.verdict, one.computed) for one in of_prose(text).findings if one.check == "prose_ratio"]
    assert found == ([] if verdict is None else [(verdict, computed)])


@pytest.mark.parametrize(("thing", "verdict"), [("xã", "disagrees"), ("ha", "cannot_tell")])
def test_only_things_counted_one_by_one_have_no_broken_part(thing: str, verdict: str) -> None:
    text = f"đạt 63,2% trong tổng số 40 {thing}"
    claim = Claim(id="C1", text=text, kind="share", denominator=40, percent="63.2", decimals=1)
    made = audit(Dispatch(id="0" * 64, source=SOURCE, header=Header(), claims=(claim,)))
    assert [one.verdict for one in made.findings] == [verdict]
