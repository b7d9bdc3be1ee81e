"""How a dispatch and each of its columns round is told, and a figure is judged by its column before the whole."""

from __future__ import annotations

from tests.congvan.audit.test_audit_caution import of_table

_TWO_WAYS = """
TT | Đơn vị        | Kế hoạch | Quý I | Đạt (%) | Quý II | Đạt quý II (%)
1  | Xã Bình Minh  | 300      | 200   | 66,7    | 80     | 26,6
2  | Xã Hòa Lạc    | 700      | 500   | 71,4    | 200    | 28,5
3  | Xã Nam Sơn    | 900      | 800   | 88,9    | 500    | 55,5
4  | Xã Tân Tiến   | 600      | 500   | 83,3    | 400    | 66,6
5  | Xã Vĩnh Thịnh | 450      | 400   | 88,9    | 250    | 55,5
"""


def test_a_column_that_cuts_off_is_told_beside_a_dispatch_that_rounds() -> None:
    made = of_table(_TWO_WAYS)
    cut = [one for one in made.findings if one.verdict == "truncated"]
    assert len(cut) == 5 and all("Cả cột đều cắt bớt" in one.explanation for one in cut)
    assert made.customs == (
        "Các tỷ lệ được cắt bớt chữ số, không làm tròn.",
        "Riêng bảng 1, cột «Đạt (%)» làm tròn theo cách thông thường.",
    )


def test_a_figure_that_is_cut_off_in_a_column_that_rounds_is_told_as_odd_there() -> None:
    drawing = _TWO_WAYS.replace("66,7    |", "66,6    |")
    odd = [one for one in of_table(drawing).findings if one.reported == "66,6" and "Quý I»" not in one.explanation]
    told = [one.explanation for one in odd if "cột «Đạt (%)»" in one.explanation]
    assert len(told) == 1 and "khác cách làm tròn của các số khác trong cột" in told[0]


def test_a_dispatch_whose_figures_come_out_even_shows_no_custom() -> None:
    even = """
    TT | Đơn vị       | Kế hoạch | Kết quả | Tỷ lệ (%)
    1  | Xã Bình Minh | 200      | 100     | 50
    2  | Xã Hòa Lạc   | 400      | 100     | 25
    """
    assert of_table(even).customs == ()
