"""Tables of born-digital pages however they are ruled: whole grids, heads nested and turned, partial rules, none."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.door.registry import SourceFile
from ingest.pdf.reader import read_pdf
from parsers.parse import parse
from schemas.dispatch import Table
from schemas.document import Grid
from tests.support.table_pages import FONTS, Plan, Spot, page_of, rows_of

pytestmark = pytest.mark.skipif(not FONTS.exists(), reason="the Liberation fonts are absent")

_LEFTS = (85.0, 115, 255, 330, 405, 480, 540)
_HEAD = ("TT", "Đơn vị", "Kế hoạch", "Thực hiện", "Tỷ lệ (%)", "Xếp hạng")
_BODY = (
    "1 | Xã Thượng Lâm | 120 | 108 | 90,0 | 2",
    "2 | Xã Cẩm Đoài | 1.250 | 1.300 | 104,0 | 1",
    "3 | Thị trấn Vân Sơn | 80 | 60 | 75,0 | 4",
    "4 | Xã Bình Nghĩa | 95 | 76 | 80,0 | 3",
    "  | Tổng cộng | 1.545 | 1.544 | 99,9 | ",
)
_WRAPPED = (
    "1 | Trung tâm Dịch vụ//nông nghiệp | 120 | 108 | 90,0 | 2",
    "2 | Xã Cẩm Đoài | 1.250 | 1.300 | 104,0 | 1",
    "3 | Ban Quản lý rừng//phòng hộ Vân Sơn | 80 | 60 | 75,0 | 4",
    "4 | Xã Bình Nghĩa | 95 | 76 | 80,0 | 3",
)
_COLUMNS = [(one,) for one in _HEAD]


def _plain(rules: str, body: tuple[str, ...] = _BODY) -> Plan:
    heights = [24.0, *(32.0 if "//" in row else 18.0 for row in body)]
    spots = [Spot(text, 0, place) for place, text in enumerate(_HEAD)]
    return Plan(_LEFTS, heights, [*spots, *rows_of(*body, first=1)], 1, rules)


_DEEP_LEFTS = (60.0, 88, 200, 245, 290, 335, 380, 425, 470, 515, 560)
_DEEP = [
    Spot("TT", 0, 0, down=4),
    Spot("Đơn vị", 0, 1, down=4),
    Spot("Cán bộ, công chức", 0, 2, across=8),
    Spot("Tổng số", 1, 2, down=3),
    Spot("Trong đó", 1, 3, across=7),
    Spot("Theo giới tính", 2, 3, across=2),
    Spot("Theo trình độ", 2, 5, across=3),
    Spot("Theo ngạch", 2, 8, across=2),
    *(Spot(text, 3, 3 + place) for place, text in enumerate(("Nam", "Nữ", "ĐH", "CĐ", "TC", "CV", "CS"))),
    *rows_of(
        "1 | Xã Thượng Lâm | 20 | 12 | 8 | 10 | 6 | 4 | 9 | 11",
        "2 | Xã Cẩm Đoài | 22 | 10 | 12 | 12 | 7 | 3 | 10 | 12",
        "3 | Xã Bình Nghĩa | 18 | 9 | 9 | 8 | 5 | 5 | 6 | 12",
        "  | Cộng | 60 | 31 | 29 | 30 | 18 | 12 | 25 | 35",
        first=4,
    ),
]
_DEEP_COLUMNS = [
    ("TT",),
    ("Đơn vị",),
    ("Cán bộ, công chức", "Tổng số"),
    ("Cán bộ, công chức", "Trong đó", "Theo giới tính", "Nam"),
    ("Cán bộ, công chức", "Trong đó", "Theo giới tính", "Nữ"),
    ("Cán bộ, công chức", "Trong đó", "Theo trình độ", "ĐH"),
    ("Cán bộ, công chức", "Trong đó", "Theo trình độ", "CĐ"),
    ("Cán bộ, công chức", "Trong đó", "Theo trình độ", "TC"),
    ("Cán bộ, công chức", "Trong đó", "Theo ngạch", "CV"),
    ("Cán bộ, công chức", "Trong đó", "Theo ngạch", "CS"),
]
_TURNED_HEAD = ("TT", "Đơn vị", "Kế hoạch\nđược giao", "Thực hiện", "Tỷ lệ (%)", "Xếp hạng")
_TURNED = Plan(
    (85.0, 115, 255, 300, 340, 385, 420),
    [70.0, *(18.0 for _ in _BODY)],
    [
        *(Spot(text, 0, place, turned=place > 1) for place, text in enumerate(_TURNED_HEAD)),
        *rows_of(*_BODY, first=1),
    ],
    1,
)
_NESTED = Plan(
    _LEFTS,
    [18.0, 18, *(18.0 for _ in _BODY)],
    [
        Spot("TT", 0, 0, down=2),
        Spot("Đơn vị", 0, 1, down=2),
        Spot("Số hộ", 0, 2, across=2),
        Spot("Kết quả", 0, 4, across=2),
        *(Spot(text, 1, 2 + place) for place, text in enumerate(_HEAD[2:])),
        *rows_of(*_BODY, first=2),
    ],
    2,
    "head",
)
_NESTED_COLUMNS = [
    ("TT",),
    ("Đơn vị",),
    ("Số hộ", "Kế hoạch"),
    ("Số hộ", "Thực hiện"),
    ("Kết quả", "Tỷ lệ (%)"),
    ("Kết quả", "Xếp hạng"),
]
_THREE_LEVELS = Plan(
    (60.0, 88, 200, 260, 320, 380, 440, 500),
    [18.0] * 8,
    [
        Spot("TT", 0, 0, down=3),
        Spot("Đơn vị", 0, 1, down=3),
        Spot("Số trẻ được tiêm chủng", 0, 2, across=5),
        Spot("Tổng số", 1, 2, down=2),
        Spot("Trẻ dưới 1 tuổi", 1, 3, across=2),
        Spot("Trẻ trên 1 tuổi", 1, 5, across=2),
        *(Spot(text, 2, 3 + place) for place, text in enumerate(("Nam", "Nữ", "Nam", "Nữ"))),
        *rows_of(
            "1 | Xã Thượng Lâm | 100 | 20 | 25 | 27 | 28",
            "2 | Xã Cẩm Đoài | 90 | 22 | 18 | 26 | 24",
            "3 | Xã Bình Nghĩa | 85 | 21 | 19 | 20 | 25",
            "4 | Xã Vân Sơn | 70 | 15 | 15 | 22 | 18",
            "  | Cộng | 345 | 78 | 77 | 95 | 95",
            first=3,
        ),
    ],
    3,
    "head",
)
_CHILDREN = "Số trẻ được tiêm chủng"
_SECTIONS = (
    "I | Khối xã | 215 | 184 | 85,6 | ",
    "1 | Xã Thượng Lâm | 120 | 108 | 90,0 | 2",
    "2 | Xã Bình Nghĩa | 95 | 76 | 80,0 | 3",
    "II | Khối trường học |  |  |  | ",
    "1 | Trường THCS Vân Sơn | 80 | 60 | 75,0 | 4",
    "2 | Trường THPT Cẩm Đoài | 60 | 60 | 100,0 | 1",
)
_STACKED = (
    "1 | Xã Thượng Lâm//(xã điểm) | 120//(60%) | 108//(54%) | 90,0//(+5) | 2",
    "2 | Xã Cẩm Đoài//(xã điểm) | 150//(75%) | 130//(65%) | 86,7//(+2) | 3",
)
_TASKS = Plan(
    (70.0, 105, 330, 450, 540),
    [22.0, 120],
    [
        *(Spot(text, 0, place) for place, text in enumerate(("TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"))),
        Spot("1\n\n2\n3\n\n\n4", 1, 0),
        Spot(
            "Rà soát hồ sơ của các hộ\nbị ảnh hưởng\nNiêm yết công khai\nHọp dân lấy ý kiến về\nphương án và tiến độ\n"
            "chi trả\nTổng hợp báo cáo",
            1,
            1,
        ),
        Spot("Công chức địa chính\n\nVăn phòng\nChủ tịch xã\n\n\nVăn phòng", 1, 2),
        Spot("10/5\n\n15/5\n20/5\n\n\n30/5", 1, 3),
    ],
    1,
    numbers_from=9,
)
KINDS = {
    "whole": _plain("all"),
    "wrapped": _plain("all", _WRAPPED),
    "unruled": _plain("none"),
    "unruled_wrapped": _plain("none", _WRAPPED),
    "rows": _plain("rows"),
    "rows_wrapped": _plain("rows", _WRAPPED),
    "head": _plain("head"),
    "head_wrapped": _plain("head", _WRAPPED),
    "columns": _plain("columns"),
    "columns_wrapped": _plain("columns", _WRAPPED),
    "deep": Plan(_DEEP_LEFTS, [18.0, 18, 18, 18, 18, 18, 18, 18], _DEEP, 4),
    "turned": _TURNED,
    "nested_head_rules": _NESTED,
    "three_levels": _THREE_LEVELS,
    "sections": _plain("none", _SECTIONS),
    "section_columns": _plain("columns", _SECTIONS),
    "stacked": _plain("all", _STACKED),
    "tasks": _TASKS,
}


def table_of(plan: Plan) -> Table:
    document = read_pdf(SourceFile(Path("a.pdf"), "application/pdf", page_of(plan)))
    (table,) = parse(document).tables
    return table


def rows(table: Table) -> list[str]:
    return [" | ".join(cell.text for cell in row.cells) for row in table.rows]


def drawn(body: tuple[str, ...]) -> list[str]:
    """The rows as they were drawn."""
    return [" | ".join(cell.strip().replace("//", " ") for cell in row.split("|")) for row in body]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("whole", _BODY),
        ("wrapped", _WRAPPED),
        ("unruled", _BODY),
        ("unruled_wrapped", _WRAPPED),
        ("rows", _BODY),
        ("rows_wrapped", _WRAPPED),
        ("head", _BODY),
        ("head_wrapped", _WRAPPED),
        ("columns", _BODY),
        ("columns_wrapped", _WRAPPED),
        ("sections", _SECTIONS),
        ("section_columns", _SECTIONS),
        ("stacked", _STACKED),
    ],
)
def test_rows_are_read_however_they_are_ruled(kind: str, body: tuple[str, ...]) -> None:
    table = table_of(KINDS[kind])
    assert [column.path for column in table.columns] == _COLUMNS
    assert rows(table) == drawn(body)
    assert table.caption == "BẢNG TỔNG HỢP KẾT QUẢ THỰC HIỆN"


@pytest.mark.parametrize(
    ("kind", "columns", "last"),
    [
        ("deep", _DEEP_COLUMNS, " | Cộng | 60 | 31 | 29 | 30 | 18 | 12 | 25 | 35"),
        ("turned", [("Kế hoạch được giao",) if one == ("Kế hoạch",) else one for one in _COLUMNS], drawn(_BODY)[-1]),
        ("nested_head_rules", _NESTED_COLUMNS, drawn(_BODY)[-1]),
        (
            "three_levels",
            [
                ("TT",),
                ("Đơn vị",),
                (_CHILDREN, "Tổng số"),
                (_CHILDREN, "Trẻ dưới 1 tuổi", "Nam"),
                (_CHILDREN, "Trẻ dưới 1 tuổi", "Nữ"),
                (_CHILDREN, "Trẻ trên 1 tuổi", "Nam"),
                (_CHILDREN, "Trẻ trên 1 tuổi", "Nữ"),
            ],
            " | Cộng | 345 | 78 | 77 | 95 | 95",
        ),
    ],
)
def test_nested_and_turned_heads(kind: str, columns: list[tuple[str, ...]], last: str) -> None:
    table = table_of(KINDS[kind])
    assert [column.path for column in table.columns] == columns
    assert rows(table)[-1] == last


def test_tasks_whose_rows_no_rule_parts_are_told_apart_by_their_numbers() -> None:
    assert rows(table_of(_TASKS)) == [
        "1 | Rà soát hồ sơ của các hộ bị ảnh hưởng | Công chức địa chính | 10/5",
        "2 | Niêm yết công khai | Văn phòng | 15/5",
        "3 | Họp dân lấy ý kiến về phương án và tiến độ chi trả | Chủ tịch xã | 20/5",
        "4 | Tổng hợp báo cáo | Văn phòng | 30/5",
    ]


def test_lines_of_prose_with_figures_are_no_table() -> None:
    prose = [
        "Xã A có 1.250 hộ, 4.800 người và 12 thôn; đã trồng được 35 ha rừng, đạt 70% chỉ tiêu.",
        "Xã B có 980 hộ, 3.900 người và 9 thôn; đã trồng được 28 ha rừng, đạt 80% chỉ tiêu giao.",
        "Xã C có 1.100 hộ, 4.200 người và 10 thôn; đã trồng được 30 ha rừng, đạt 75% chỉ tiêu.",
        "Xã D có 870 hộ, 3.100 người và 8 thôn; đã trồng được 20 ha rừng, đạt 50% chỉ tiêu giao.",
    ]
    plan = Plan((85.0, 540), [17.0] * 4, [Spot(line, place, 0) for place, line in enumerate(prose)], 4, "none")
    document = read_pdf(SourceFile(Path("a.pdf"), "application/pdf", page_of(plan)))
    assert not [block for block in document.blocks if isinstance(block, Grid)]
