"""A dash, strokes for "as above" and ‰ in the cells of scanned tables: told by their ink."""

from __future__ import annotations

import pytest

from ingest.page.rulings import COVER_OF_SCANS, table_frames
from ingest.scan.picture.cell_marks import cell_marks
from ingest.scan.picture.ink import spots_of
from ingest.scan.picture.ink_lines import lines_of
from ingest.scan.picture.picture import prepare
from ingest.scan.picture.rules import take_rules
from ingest.scan.picture.table_cells import cell_zones
from ingest.scan.reader import read_picture
from tests.support.pictures import Sheet, needs_ocr

_LEFTS, _TOP, _STEP = (70, 110, 290, 360, 440, 520), 150, 24


def table(rows: list[tuple[str, ...]], *, style: str = "Regular") -> Sheet:
    """A ruled table of five columns, with a sentence over it."""
    sheet = Sheet()
    bottom = _TOP + _STEP * len(rows)
    for row in range(len(rows) + 1):
        sheet.line([(_LEFTS[0], _TOP + _STEP * row), (_LEFTS[-1], _TOP + _STEP * row)])
    for left in _LEFTS:
        sheet.line([(left, _TOP), (left, bottom)])
    for row, texts in enumerate(rows):
        for left, text in zip(_LEFTS, texts, strict=False):
            sheet.write(left + 6, _TOP + _STEP * row + 17, text, size=12, style=style)
    sheet.write(80, 120, "Kết quả thực hiện các chỉ tiêu dân số của thị trấn trong năm như sau:")
    return sheet


ROWS = [
    ("TT", "Chỉ tiêu", "Đơn vị", "Kế hoạch", "Kết quả"),
    ("1", "Tỷ suất sinh thô", "‰", "14,62", "13,83"),
    ("2", "Tỷ lệ hộ có nước sạch", "%", "92,50", "-"),
    ("3", "Số trẻ sinh ra", "Trẻ", "318", "305"),
    ("4", "Trong đó trẻ em gái", '"', "150", "-"),
    ("5", "Mức giảm tỷ suất sinh", "‰", "0,20", "-0,59"),
]


def marks(rows: list[tuple[str, ...]]) -> list[str]:
    sheet, rulings = take_rules(prepare(table(rows).picture(skew=0.3)))
    spots = spots_of(sheet.ink, sheet.dpi)
    zones = cell_zones(table_frames(rulings, COVER_OF_SCANS), spots, sheet.dpi)
    lines = lines_of(spots, zones.of_spot)
    return [word.text for word in cell_marks(sheet, spots, zones, [line.spots for line in lines])]


@needs_ocr
@pytest.mark.parametrize(
    ("printed", "seen"),
    [("-", ["-"]), ("–", ["-"]), ('"', ['"']), ("”", ['"']), (".", []), (",", []), ("", []), ("12", [])],
)
def test_marks_that_stand_alone(printed: str, seen: list[str]) -> None:
    assert marks([*ROWS[:2], ("3", "Số trẻ sinh ra", "Trẻ", "318", printed)]) == seen


@needs_ocr
@pytest.mark.slow
def test_marks_and_signs_are_read_in_their_cells() -> None:
    (grid,) = read_picture(table(ROWS).picture(skew=0.3), 1).content.grids
    texts = {(cell.row, cell.column): cell.text for cell in grid.cells}
    assert [texts[row, 2] for row in range(1, 6)] == ["‰", "%", "Trẻ", '"', "‰"]
    assert [texts[row, 4] for row in range(1, 6)] == ["13,83", "-", "305", "-", "-0,59"]
