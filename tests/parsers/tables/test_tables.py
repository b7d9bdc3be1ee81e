"""Tables: headings, pieces over pages, kinds of rows and columns, values."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.record.trail import Trail
from parsers.record.zones import Parts
from parsers.tables.tables import read_tables
from schemas.document import Cell, Grid
from tests.support.grids import appendix, grid, tables_of, texts
from vietnamese.figures import read_figure
from vietnamese.running import rank

HEAD = "TT | Đơn vị | Chỉ tiêu | Kết quả | Tỷ lệ (%)"


@pytest.mark.parametrize(
    ("text", "value", "decimals", "sign"),
    [
        ("1.776.725", "1776725", 0, ""),
        ("100,85", "100.85", 2, ""),
        ("33,30%", "33.30", 2, "%"),
        ("160.00%", "160.00", 2, "%"),
        ("06", "6", 0, ""),
        ("5,2‰", "0.52", 1, "‰"),
        ("1.234,5", "1234.5", 1, ""),
        ("1,234.5", "1234.5", 1, ""),
        ("393,469", "393.469", 3, ""),
        ("0.125", "0.125", 3, ""),
        ("1 776 725", "1776725", 0, ""),
        ("-3,5", "-3.5", 1, ""),
    ],
)
def test_figures_are_read_exactly(text: str, value: str, decimals: int, sign: str) -> None:
    figure = read_figure(text)
    assert figure is not None
    assert (figure.text, figure.decimals, figure.sign) == (value, decimals, sign)


@pytest.mark.parametrize("text", ["", "-", "12a", "1.2.3", "Hết nguồn", "22/7/2024", "17/12"])
def test_what_is_no_figure_is_not_read_as_one(text: str) -> None:
    assert read_figure(text) is None


@pytest.mark.parametrize(
    ("text", "level"), [("A", 0), ("II.", 1), ("07", 2), ("2.1", 3), ("a)", 8), ("-", 9), ("Xã", None), ("", None)]
)
def test_running_numbers_have_a_rank(text: str, level: int | None) -> None:
    assert rank(text) == level


def test_merged_headings_become_paths() -> None:
    (table,) = tables_of(
        grid(
            "TT^2 | Tên đảng bộ^2 | Tổng số^2 | Chia ra theo quý<2 | <\n"
            "^ | ^ | ^ | Quý I | Quý II\n"
            "1 | Xã A | 3 | 1 | 2\n"
        )
    )
    assert [column.path for column in table.columns][3:] == [
        ("Chia ra theo quý", "Quý I"),
        ("Chia ra theo quý", "Quý II"),
    ]
    assert texts(table) == [["1", "Xã A", "3", "1", "2"]]


def test_merged_headings_left_as_blanks_in_text_become_paths() -> None:
    (table,) = tables_of(
        grid(
            "TT | Tên | Tổng số | Nam | | Nữ | \n | | | Số lượng | Tỷ lệ (%) | Số lượng | Tỷ lệ (%)\n"
            "1 | Xã A | 4 | 1 | 25,0 | 3 | 75,0",
            ruled=False,
        )
    )
    assert [column.path for column in table.columns][2:] == [
        ("Tổng số",),
        ("Nam", "Số lượng"),
        ("Nam", "Tỷ lệ (%)"),
        ("Nữ", "Số lượng"),
        ("Nữ", "Tỷ lệ (%)"),
    ]
    assert [column.kind for column in table.columns][2:] == ["integer", "integer", "percent", "integer", "percent"]


def test_the_numbering_row_is_kept_with_its_formulas_and_is_no_data() -> None:
    (table,) = tables_of(grid(HEAD + "\nA | B | 1 | 2 | 3=2/1\n1 | Xã X | 4 | 2 | 50,0"))
    assert [column.number for column in table.columns] == ["A", "B", "1", "2", "3=2/1"]
    assert texts(table) == [["1", "Xã X", "4", "2", "50,0"]]


def test_a_numbering_row_that_the_file_marks_as_heading_is_no_heading() -> None:
    drawn = grid(HEAD + "\n(1) | (2) | (3) | (4) | (5)=(4)/(3)\n1 | Xã X | 4 | 2 | 50,0")
    (table,) = tables_of(drawn.model_copy(update={"header_rows": 2}))
    assert table.columns[4].path == ("Tỷ lệ (%)",)
    assert table.columns[4].number == "(5)=(4)/(3)"


def test_a_numbering_row_that_ocr_damaged_is_no_data() -> None:
    (table,) = tables_of(grid(HEAD + "\n | (2) | 3) | (4) | (5)=Œ)/(3)\n1 | Xã X | 4 | 2 | 50,0"))
    assert texts(table) == [["1", "Xã X", "4", "2", "50,0"]]


def test_a_numbering_row_of_which_ocr_left_three_numbers_is_no_data() -> None:
    rows = "đ) | (2) |  | (4) |  | (6) | (Œ7)=(4)-®)\n1 | Xã X | 4 | 2 | 3 | 1 | 1"
    (table,) = tables_of(grid("TT | Đơn vị | Nguồn | Chỉ tiêu | Kết quả | Nữ | Còn lại\n" + rows))
    assert texts(table) == [["1", "Xã X", "4", "2", "3", "1", "1"]]
    (losses,) = tables_of(grid("Khoản | Quý I | Quý II | Quý III\n(2) | (5) | (1) | (7)\n(3) | (6) | (1) | (2)"))
    assert len(losses.rows) == 2


def test_a_stray_sign_between_two_pieces_is_no_caption() -> None:
    first, second = (grid(f"{HEAD}\n{row} | Xã A | 4 | 2 | 50%", page=row) for row in (1, 2))
    assert len(tables_of("KẾT QUẢ THỰC HIỆN", first, "6)", second)) == 1
    assert len(tables_of("KẾT QUẢ THỰC HIỆN", first, "KẾT QUẢ KHÁC", grid(f"{HEAD}\n1 | Xã C | 4 | 2 | 50%"))) == 2


def test_rows_of_small_numbers_are_data_and_no_numbering_row() -> None:
    (table,) = tables_of(grid("TT | Tên | Nam | Nữ\n1 | Xã X | 2 | 3\n2 | Xã Y | 1 | 4"))
    assert len(table.rows) == 2


def test_pieces_with_a_repeated_heading_are_one_table() -> None:
    (table,) = tables_of(
        "Phụ lục 01",
        "KẾT QUẢ THỰC HIỆN",
        grid(HEAD + "\n1 | Xã A | 4 | 2 | 50%", page=1),
        grid(HEAD + "\n2 | Xã B | 4 | 3 | 75%\n | Tổng | 8 | 5 | 62,5%", page=2),
    )
    assert (table.label, table.caption, table.pages) == ("Phụ lục 01", "KẾT QUẢ THỰC HIỆN", (1, 2))
    assert [row.kind for row in table.rows] == ["data", "data", "total"]
    assert [row.page for row in table.rows] == [1, 2, 2]


def test_pieces_without_a_heading_are_one_table_when_the_numbers_go_on() -> None:
    (table,) = tables_of(grid("TT | Tên | Kết nạp\n1 | A | 1\n2 | B | 0"), grid("3 | C | 4\n4 | D | 5"))
    assert [cells[0] for cells in texts(table)] == ["1", "2", "3", "4"]


def test_an_appendix_heading_parts_tables_alike() -> None:
    body = HEAD + "\n1 | Xã A | 4 | 2 | 50%"
    found = tables_of("PHỤ LỤC I", grid(body, page=1), "PHỤ LỤC II", grid(body, page=2))
    assert [table.label for table in found] == ["PHỤ LỤC I", "PHỤ LỤC II"]


def test_two_tables_alike_that_each_close_with_a_total_are_two() -> None:
    body = HEAD + "\n1 | Xã A | 4 | 2 | 50%\n | Cộng | 4 | 2 | 50%"
    assert len(tables_of(grid(body, page=1), grid(body, page=2))) == 2


def test_a_row_torn_by_the_page_break_is_whole_again() -> None:
    (table,) = tables_of(
        grid("TT | Tên | Kết nạp\n1 | Trường Mầm non | 1\n2 | Trung tâm Giáo dục nghề nghiệp - | 4", page=1),
        grid(" | Giáo dục thường xuyên | \n3 | Trạm Y tế | 2", page=2),
    )
    assert texts(table)[1] == ["2", "Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên", "4"]
    assert len(table.rows) == 3


def test_sections_subtotals_and_totals_are_told_apart() -> None:
    (table,) = tables_of(
        grid(
            "TT | Tên | Số lượng | Ghi chú\nI | XÃ - THỊ TRẤN | | \n1 | Cộng Hoà | 1 | \n | Cộng mục I | 1 | \n"
            "II | CƠ QUAN | 2 | \n2 | Phòng Y tế | 2 | Hết nguồn\nTổng<2 | < | 3 | "
        )
    )
    assert [row.kind for row in table.rows] == ["section", "data", "subtotal", "section", "data", "total"]
    assert [cell.text for cell in table.rows[-1].cells] == ["Tổng", "", "3", ""]


def test_indicators_called_total_are_data() -> None:
    (table,) = tables_of(grid("TT | Nội dung | Số lượng\n1 | Tổng số | 5\n2 | Tổng lượng chất thải | 7"))
    assert [row.kind for row in table.rows] == ["data", "data"]


def test_a_total_row_that_slid_left_is_put_back() -> None:
    (table,) = tables_of(grid("TT | Tên | Kết nạp | Quý I\n1 | A | 3 | 1\n2 | B | 4 | 2\nCộng | 7 | 3 | ", ruled=False))
    assert texts(table)[-1] == ["Cộng", "", "7", "3"]


def test_values_are_typed_and_a_blank_is_not_zero() -> None:
    (table,) = tables_of(
        grid(
            "TT | Tên | Dân số | Diện tích (ha) | Tỷ lệ | Ngày\n"
            "1 | A | 12.345 | 1,5 | 33,30% | 22/7/2024\n2 | B | | 2 | 160.00% | \n3 | C | - | 0,25 | | 01/8/2024"
        )
    )
    assert [column.kind for column in table.columns] == ["ordinal", "text", "integer", "decimal", "percent", "date"]
    assert [cell.value for cell in table.rows[0].cells] == ["1", "A", 12345, "1.5", "33.30", "2024-07-22"]
    assert [cell.value for cell in table.rows[1].cells] == ["2", "B", None, "2", "160.00", None]
    assert table.rows[2].cells[2].value is None
    assert table.columns[3].measure == "ha"


def test_percentages_of_a_spreadsheet_do_not_turn_thousands_into_decimals() -> None:
    (table,) = tables_of(
        grid("TT | Xã | Dự toán | Thực hiện | Tỷ lệ\n1 | A | 1.324 | 900 | 67.98%\n2 | B | 2.000 | 1.213 | 60.65%")
    )
    assert [column.kind for column in table.columns][2:] == ["integer", "integer", "percent"]
    assert [cell.value for cell in table.rows[0].cells][2:] == [1324, 900, "67.98"]


@pytest.mark.parametrize(
    ("figures", "values"),
    [
        ("4.620 5.754 893 5.103 5.2392 6.556", [4620, 5754, 893, 5103, "5.2392", 6556]),  # a digit too many on a scan
        ("4.620 5.754 893 5,274 5,598 6.556 7.481", [4620, 5754, 893, "5.274", "5.598", 6556, 7481]),  # two commas
        ("4,620 5,754 893 5,274 6,556", [4620, 5754, 893, 5274, 6556]),
        ("4.62 5.754 0.893 5.274", ["4.62", "5.754", "0.893", "5.274"]),
    ],
)
def test_a_figure_or_two_in_other_print_do_not_turn_their_column(figures: str, values: list[int | str]) -> None:
    rows = "\n".join(f"{place} | Xã {place} | {text}" for place, text in enumerate(figures.split(), start=1))
    (table,) = tables_of(grid(f"TT | Đơn vị | Số thu\n{rows}"))
    assert [Decimal(row.cells[2].value or 0) for row in table.rows] == [Decimal(value) for value in values]


def test_per_mille_of_the_heading_is_given_in_percent() -> None:
    (table,) = tables_of(grid("TT | Xã | Tỷ suất sinh (‰)\n1 | A | 15,0\n2 | B | 13,1"))
    assert table.columns[2].kind == "percent"
    assert [row.cells[2].value for row in table.rows] == ["1.50", "1.31"]
    assert table.rows[0].cells[2].text == "15,0"


def test_a_figure_broken_in_a_narrow_cell_is_whole() -> None:
    (table,) = tables_of(grid("TT | Xã | Dân số\n1 | A | 1.776. 725\n2 | B | 2.345.678"))
    assert [row.cells[2].value for row in table.rows] == [1776725, 2345678]


def test_codes_stay_text() -> None:
    (table,) = tables_of(grid("TT | Họ tên | Điện thoại\n1 | An | 0912345678\n2 | Bình | 0987654321"))
    assert table.rows[0].cells[2].value == "0912345678"


def test_letterheads_and_signature_blocks_are_no_tables() -> None:
    assert tables_of(grid("UBND XÃ A | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 1 | Độc lập - Tự do - Hạnh phúc")) == ()


def test_the_note_is_apart_from_the_caption() -> None:
    (table,) = tables_of(
        "BIỂU TỔNG HỢP Giao chỉ tiêu năm 2022 (kèm theo Kế hoạch số 1-KH/HU ngày 02/01/2022)",
        "Đơn vị tính: triệu đồng",
        grid("TT | Tên | Thu\n1 | A | 5\n2 | B | 6"),
    )
    assert table.caption == "BIỂU TỔNG HỢP Giao chỉ tiêu năm 2022"
    assert table.note == "(kèm theo Kế hoạch số 1-KH/HU ngày 02/01/2022)"
    assert table.columns[2].measure == "triệu đồng"


def test_a_doubtful_figure_is_shown_to_a_person() -> None:
    cells = (
        Cell(row=0, column=0, text="TT", box=(0, 0, 1, 1)),
        Cell(row=0, column=1, text="Số lượng", box=(1, 0, 2, 1)),
        Cell(row=1, column=0, text="1", box=(0, 1, 1, 2)),
        Cell(row=1, column=1, text="17", box=(1, 1, 2, 2), confidence=0.4),
    )
    trail = Trail()
    read_tables(appendix(Grid(n_rows=2, n_columns=2, cells=cells)), trail)
    assert [(notice.code, notice.pointer) for notice in trail.warnings] == [
        ("unsure_reading", "/tables/0/rows/0/cells/1")
    ]
    assert trail.evidence["/tables/0/rows/0/cells/1"][0].bbox == (1, 1, 2, 2)
    assert trail.evidence["/tables/0/rows/0/cells/1"][0].confidence == 0.4


@pytest.mark.parametrize(("confidence", "doubted"), [(0.98, ["/tables/0/columns/2"]), (None, [])])
def test_two_columns_of_one_heading_are_doubted_on_a_scan_only(confidence: float | None, doubted: list[str]) -> None:
    rows = [["TT", "Quý II", "Quý II"], ["1", "17", "19"]]
    cells = tuple(
        Cell(row=row, column=column, text=text, confidence=confidence)
        for row, line in enumerate(rows)
        for column, text in enumerate(line)
    )
    trail = Trail()
    read_tables(appendix(Grid(n_rows=2, n_columns=3, cells=cells)), trail)
    assert [notice.pointer for notice in trail.warnings if notice.code == "same_heading"] == doubted


def test_half_a_row_under_a_repeated_heading_of_two_levels_is_no_heading() -> None:
    heading = [
        Cell(row=0, column=0, row_span=2, text="TT"),
        Cell(row=0, column=1, row_span=2, text="Đơn vị"),
        Cell(row=0, column=2, column_span=2, text="Chia ra"),
        Cell(row=1, column=2, text="Quý I"),
        Cell(row=1, column=3, text="Quý II"),
    ]

    def page(number: int, rows: list[list[str]]) -> Grid:
        cells = [
            Cell(row=line, column=place, text=text, page=number)
            for line, row in enumerate(rows, start=2)
            for place, text in enumerate(row)
        ]
        return Grid(page=number, n_rows=2 + len(rows), n_columns=4, cells=(*heading, *cells))

    first = page(1, [["1", "Trường A", "2", "3"], ["2", "Trường B", "4", "5"]])
    second = page(2, [["", "cơ sở 2", "", ""], ["3", "Trường C", "6", "7"]])
    parts = Parts(head=(), body=(), appendices=(first, second))
    [table] = read_tables(parts, Trail())
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["1", "Trường A", "2", "3"],
        ["2", "Trường B cơ sở 2", "4", "5"],
        ["3", "Trường C", "6", "7"],
    ]


def test_a_roman_one_that_a_scan_made_arabic_heads_its_section() -> None:
    rows = "1 | Giao thông | 30\n1 | Cầu An Bình | 10\n2 | Đường B | 20\nII | Giáo dục | 5\n1 | Trường Hòa An | 5"
    (table,) = tables_of(grid(f"TT | Danh mục | Vốn\n{rows}\n | Tổng số | 35"))
    assert [row.kind for row in table.rows] == ["section", "data", "data", "section", "data", "total"]


def test_a_sum_in_capitals_over_or_under_numbered_rows_closes_them() -> None:
    rows = "1 | Chi thường xuyên | 30\n2 | Chi đầu tư | 10"
    for drawing in (f"{rows}\n | TỔNG CHI NGÂN SÁCH | 40", f" | TỔNG CHI NGÂN SÁCH | 40\n{rows}"):
        (table,) = tables_of(grid(f"TT | Nội dung | Số tiền\n{drawing}"))
        assert sorted(row.kind for row in table.rows) == ["data", "data", "total"]


def _read(drawing: str, page: int, doubtful: tuple[str, ...] = ()) -> Grid:
    """A grid as OCR gives it, unsure of some of its texts."""
    drawn = grid(drawing, page)
    cells = (cell._replace(confidence=0.2 if cell.text in doubtful else 0.95) for cell in drawn.cells)
    return drawn.model_copy(update={"cells": tuple(cells)})


_UNDER_SEAL = """
TT^2 | Chỉ tiêu^2 | ĐVT^2 | Nrn6^2 | Năm 2025<2 | <
^ | ^ | ^ | ^ | Kỉ h | Ước cả năm
I | Dân số | Người | 1.205 | 1.310 | 1.305
II | Lao động | Người | 705 | 710 | 712
"""
_REPEATED = """
TT^2 | Chỉ tiêu^2 | ĐVT^2 | Thực hiện 2024^2 | Năm 2025<2 | <
^ | ^ | ^ | ^ | Kế hoạch | Ước cả năm
| - Nữ | Người | 301 | 305 | 310
III | Hộ | | | |
1 | Hộ nghèo | Hộ | 35 | 30 | 28
"""


def test_a_heading_under_a_seal_is_taken_from_its_repetition() -> None:
    (table,) = tables_of(_read(_UNDER_SEAL, 1, ("Nrn6", "Kỉ h")), _read(_REPEATED, 2))
    assert [column.path[-1] for column in table.columns[3:]] == ["Thực hiện 2024", "Kế hoạch", "Ước cả năm"]
    assert [row.cells[0].text for row in table.rows] == ["I", "II", "", "III", "1"]


def test_another_heading_that_was_read_surely_begins_another_table() -> None:
    other = _REPEATED.replace("Ước cả năm", "Số hộ thoát nghèo").replace("Năm 2025", "Nguyên nhân")
    assert len(tables_of(_read(_UNDER_SEAL, 1, ("Nrn6", "Kỉ h")), _read(other, 2))) == 2


def test_columns_of_one_heading_are_told_apart_by_their_formulas() -> None:
    (table,) = tables_of(
        grid("""
TT | Chỉ tiêu | Năm 2023 | Năm 2024 | Năm 2025 | So sánh (%)<2 | <
1 | 2 | 3 | 4 | 5 | 6=4/3 | 7=5/4
1 | Số hộ | 200 | 210 | 231 | 105,0 | 110,0
2 | Số xã | 10 | 10 | 12 | 100,0 | 120,0
""")
    )
    assert [column.path for column in table.columns[5:]] == [("So sánh (%)", "6=4/3"), ("So sánh (%)", "7=5/4")]
    assert {column.kind for column in table.columns[5:]} == {"percent"}
    assert table.columns[2].path == ("Năm 2023",)


def test_a_number_and_a_name_over_rows_of_figures_head_a_section() -> None:
    (table,) = tables_of(
        grid("""
TT | Chỉ tiêu | ĐVT | Kế hoạch | Kết quả
1 | Chương trình phòng lao | | |
 | Số ca mới | Ca | 12 | 15
2 | Chương trình tiêm chủng | Trẻ | |
 | Tiêm đủ liều | Trẻ | 310 | 305
3 | Số trạm y tế | Trạm | 5 | 5
 | (Theo tiêu chí mới) | | |
4 | Số giường bệnh | Giường | |
""")
    )
    assert [row.kind for row in table.rows] == ["section", "data", "section", "data", "data", "data", "data"]
