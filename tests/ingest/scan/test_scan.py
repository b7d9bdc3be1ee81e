"""Scans: skewed, turned, sealed pages and ruled tables are read from their pictures."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageDraw

from ingest.door.errors import ReadError
from ingest.door.registry import SourceFile
from ingest.page.lines import to_lines
from ingest.page.placed import PlacedWord, ReadPage
from ingest.scan.pen.figure_shapes import Patterns, digit_height, glyphs_of
from ingest.scan.picture.ink import spots_of
from ingest.scan.picture.ink_lines import lines_of
from ingest.scan.picture.picture import Picture, at_readable_resolution, prepare, without_colour
from ingest.scan.picture.table_cells import check_numbering, check_sections, is_figure, told_mended
from ingest.scan.reader import read_image, read_picture
from ingest.scan.words.confusions import mended
from parsers.record.page_boxes import in_file
from schemas.document import Cell, Grid, PageInfo, Paragraph
from schemas.doubts import LOOK_AT
from tests.support.pictures import BODY, POINT, Sheet, letterhead, needs_ocr


def text(page: ReadPage) -> str:
    return " ".join(line.text for line in to_lines(page.content.words))


@needs_ocr
@pytest.mark.parametrize("skew", [-1.5, 0.0, 0.9])
def test_skew_is_found(skew: float) -> None:
    assert prepare(letterhead().picture(skew=skew)).skew == pytest.approx(skew, abs=0.11)


@needs_ocr
def test_marks_stay_with_their_line() -> None:
    sheet = Sheet()
    for place in range(3):
        sheet.write(90, 100 + 15 * place, "Quyết định về tổ chức, đề nghị kiểm điểm ở cơ sở")
    ready = prepare(sheet.picture())
    spots = spots_of(ready.ink, ready.dpi)
    lines = lines_of(spots)
    counts = {len(line.spots) for line in lines}
    assert len(lines) == 3
    assert max(counts) - min(counts) <= 3


def test_red_is_taken_off_and_black_below_it_stays() -> None:
    pixels = np.full((200, 200, 3), 255, np.uint8)
    pixels[10:50, 10:50] = (220, 40, 50)
    pixels[20:40, 28:32] = (70, 15, 20)
    grey, coloured = without_colour(pixels)
    assert grey[15, 15] > 200 and grey[30, 30] < 110
    assert coloured is not None and coloured[15, 15] > 0 and coloured[30, 30] == 0 and coloured[2, 2] == 0


def test_colour_is_taken_off_alike_all_over_the_page() -> None:
    pixels = np.full((600, 40, 3), 245, np.uint8)
    pixels[100:500, 8:32] = (220, 40, 50)
    grey, coloured = without_colour(pixels)
    assert coloured is not None
    assert (grey[99:501, 7:33] == 255).all() and (grey[502:] == 245).all()
    assert (coloured[100:500, 8:32] == 180).all() and coloured.sum() == 180 * 400 * 24


def test_resolution_is_brought_into_reach() -> None:
    page = np.full((100, 80), 255, np.uint8)
    assert at_readable_resolution(Picture(page, 100)).pixels.shape == (200, 160)
    assert at_readable_resolution(Picture(page, 600)).dpi == 300
    assert at_readable_resolution(Picture(page, 200)).dpi == 200


@needs_ocr
@pytest.mark.slow
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_boxes_find_back_to_the_page_of_the_file(turn: int) -> None:
    picture = letterhead().picture(skew=1.2, turn=turn)
    page = read_picture(picture, 1)
    words = [word for word in page.content.words if len(word.text) > 3]
    assert len(words) > 40
    for word in words:
        x0, top, x1, bottom = in_file((word.x0, word.top, word.x1, word.bottom), page.info)
        cut = picture.pixels[round(top * POINT) : round(bottom * POINT), round(x0 * POINT) : round(x1 * POINT)]
        # A word fills about a third of its box; elsewhere on the page is next to no ink.
        assert cut.size and (cut < 140).mean() > 0.08, word.text
    first = next(word for word in words if word.text == "CỘNG")
    x0, top, x1, bottom = in_file((first.x0, first.top, first.x1, first.bottom), page.info)
    assert (x1 - x0 > bottom - top) == (turn % 180 == 0)


def test_boxes_are_laid_back() -> None:
    upright = PageInfo(number=1, width=600, height=800)
    assert in_file((10, 10, 20, 20), upright) == (10, 10, 20, 20)
    x0, top, x1, bottom = in_file((590, 395, 600, 405), upright.model_copy(update={"skew": 1.0}))
    assert (top + bottom) / 2 == pytest.approx(405.2, abs=0.2)
    assert x1 - x0 == pytest.approx(10.2, abs=0.2)
    box = (100, 50, 150, 60)
    assert in_file(box, upright.model_copy(update={"turn": 90})) == (50, 450, 60, 500)
    assert in_file(box, upright.model_copy(update={"turn": 180})) == (450, 740, 500, 750)
    assert in_file(box, upright.model_copy(update={"turn": 270})) == (740, 100, 750, 150)


@needs_ocr
@pytest.mark.slow
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_pages_are_read(turn: int) -> None:
    page = read_picture(letterhead().picture(turn=turn, skew=0.4), 3)
    assert all(line in text(page) for line in BODY)
    assert page.steps == ((f"turn_page_3_{(360 - turn) % 360}",) if turn else ())
    assert (page.info.width or 0) < (page.info.height or 0)


@needs_ocr
@pytest.mark.slow
def test_a_seal_over_the_text_is_taken_off() -> None:
    sheet = letterhead()
    ink = Image.new("RGB", sheet.image.size, "white")
    pen = ImageDraw.Draw(ink)
    pen.ellipse([c * POINT for c in (250, 190, 352, 292)], outline="#e04050", width=8)
    pen.ellipse([c * POINT for c in (262, 202, 340, 280)], outline="#e04050", width=5)
    sheet.image = ImageChops.multiply(sheet.image, ink)
    assert all(line in text(read_picture(sheet.picture(grey=False), 1)) for line in BODY)


@needs_ocr
@pytest.mark.slow
def test_an_empty_page_and_a_drawing() -> None:
    assert read_picture(Sheet().picture(), 1).info.origin == "empty"
    sheet = Sheet()
    for step in range(12):
        sheet.line([(60 + 30 * step, 90), (100 + 10 * step, 500), (80 + 35 * step, 700)], width=3)
    page = read_picture(sheet.picture(), 2)
    assert not page.content.words
    assert [notice.code for notice in page.notices] == ["damaged_text"]


def table() -> Sheet:
    sheet = Sheet()
    rows = [("TT", "Tên đơn vị", "Chỉ tiêu", "Kết quả"), ("1", "Xã Tân Hòa", "25", "17")]
    rows += [("2", "Xã An Phú", "12", "9"), ("3", "Thị trấn Bình Lâm", "108", "64"), ("", "Tổng cộng", "145", "90")]
    lefts = (80, 115, 300, 390, 480)
    for place, row in enumerate(rows):
        for left, cell in zip(lefts, row, strict=False):
            sheet.write(left + 8, 150 + 24 * place + 17, cell)
    for place in range(len(rows) + 1):
        sheet.line([(80, 150 + 24 * place), (480, 150 + 24 * place)])
    for left in lefts:
        sheet.line([(left, 150), (left, 150 + 24 * len(rows))])
    sheet.write(80, 120, "Kết quả thực hiện chỉ tiêu của các đơn vị trong quý III năm 2024 như sau:")
    return sheet


@needs_ocr
@pytest.mark.slow
def test_a_ruled_table_is_read_cell_by_cell() -> None:
    page = read_picture(table().picture(skew=0.8), 1)
    (grid,) = page.content.grids
    assert (grid.n_rows, grid.n_columns) == (5, 4)
    rows = [[""] * 4 for _ in range(5)]
    for cell in grid.cells:
        rows[cell.row][cell.column] = cell.text
    assert rows[0] == ["TT", "Tên đơn vị", "Chỉ tiêu", "Kết quả"]
    assert rows[3] == ["3", "Thị trấn Bình Lâm", "108", "64"]
    assert rows[4] == ["", "Tổng cộng", "145", "90"]


def grid_of(texts: list[str], confidence: float = 0.4) -> Grid:
    cells = tuple(Cell(row=row, column=0, text=text, confidence=confidence) for row, text in enumerate(texts))
    return Grid(n_rows=len(texts), n_columns=2, cells=cells)


@pytest.mark.parametrize(
    ("seen", "mended"),
    [
        (["TT", "1", "S", "3"], ["TT", "1", "2", "3"]),
        (["TT", "l:", "Z", "3", "4"], ["TT", "1", "2", "3", "4"]),
        (["TT", "1", "7", "3"], ["TT", "1", "2", "3"]),
        (["I", "1", "2", "II", "1", "2"], ["I", "1", "2", "II", "1", "2"]),
        (["TT", "", "5", "6"], ["TT", "", "5", "6"]),
        (["1", "", "3"], ["1", "", "3"]),
    ],
)
def test_numbering(seen: list[str], mended: list[str]) -> None:
    assert [cell.text for cell in check_numbering(grid_of(seen)).cells] == mended


@pytest.mark.parametrize(
    ("seen", "mended"),
    [
        (["TT", "1", "1", "2", "H", "1", "IH", "1"], ["TT", "I", "1", "2", "II", "1", "III", "1"]),
        (["TT", "I.", "1", "H.", "1"], ["TT", "I.", "1", "II.", "1"]),
        (["TT", "I", "1", "M", "1"], ["TT", "I", "1", "II", "1"]),
        (["TT", "1", "2", "3"], ["TT", "1", "2", "3"]),
        (["TT", "1", "", "11", "", "111"], ["TT", "I", "", "II", "", "III"]),
        (["TT", "1", "10", "11", "12"], ["TT", "1", "10", "11", "12"]),
        (["1", "1", "2"], ["1", "1", "2"]),
    ],
)
def test_sections(seen: list[str], mended: list[str]) -> None:
    assert [cell.text for cell in check_sections(grid_of(seen)).cells] == mended


@pytest.mark.parametrize(
    ("seen", "wrong", "right"), [(["1", "S", "3"], "S", "2"), (["TT", "I", "1", "H", "1"], "H", "II")]
)
def test_a_number_put_right_by_the_count_is_told_with_both_readings(seen: list[str], wrong: str, right: str) -> None:
    before = grid_of(seen)
    after = check_sections(check_numbering(before))
    (told,) = told_mended(before, after)
    assert f"“{wrong}”" in told.message and f"“{right}”" in told.message
    (cell,) = (cell for cell in after.cells if cell.text == right and cell.doubts)
    assert (cell.trust or 1.0) < LOOK_AT


def test_the_row_that_numbers_the_columns_begins_no_section() -> None:
    numbered = [Cell(row=row, column=0, text=text, confidence=0.9) for row, text in enumerate(["1", "1", "11"])]
    grid = Grid(n_rows=3, n_columns=2, cells=(*numbered, Cell(row=0, column=1, text="2", confidence=0.9)))
    assert [cell.text for cell in check_sections(grid).cells] == ["1", "I", "II", "2"]


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("các chỉ bộ, đẳng bộ", "các chi bộ, đảng bộ"),
        ("437⁄SNV-TCCC", "437/SNV-TCCC"),
        ("không chỉ bộ phận này", "không chỉ bộ phận này"),
        ("Tống số", "Tổng số"),
        ("QUÝ HI", "QUÝ III"),
        ("Tên đảnø bộ", "Tên đảng bộ"),
        ("đảnơ viên, ngày 14 thána 9", "đảng viên, ngày 14 tháng 9"),
        ("cơ nà", "cơ nà"),
        ("I.MỤC LIÊU", "I.MỤC TIÊU"),
        ("- UBND tỉnh (b/©);", "- UBND tỉnh (b/c);"),
        ("- Eưu: VT.", "- Lưu: VT."),
        ("CHỈ LIÊU của tỉnh Bạc Liêu", "CHỈ TIÊU của tỉnh Bạc Liêu"),
        ("các khoản thu, chỉ đầu năm", "các khoản thu, chi đầu năm"),
        ("Bí thư chỉ đạo thu, chỉ đạo chi", "Bí thư chỉ đạo thu, chỉ đạo chi"),
        ("để Nghị quyết đi vào cuộc sống", "để Nghị quyết đi vào cuộc sống"),
        ("TM. BẠN THƯỜNG VỤ", "TM. BAN THƯỜNG VỤ"),
        ("chỉ tiêu", "chỉ tiêu"),
        ("Tố chức bâu cử đại biếu", "Tổ chức bầu cử đại biểu"),
        ("công tác phố biến; phố thông", "công tác phổ biến; phổ thông"),
        ("thành phố biến thành; thành phố thông qua", "thành phố biến thành; thành phố thông qua"),
        ("Các đồng chi Ủy viên", "Các đồng chí Ủy viên"),
        ("triệu đồng chi ủy thác", "triệu đồng chi ủy thác"),
        ("09/BC-UBNĐ", "09/BC-UBND"),
        ("UY BAN NHÂN DÂN", "ỦY BAN NHÂN DÂN"),
    ],
)
def test_confusions(seen: str, meant: str) -> None:
    words = mended([PlacedWord(text, 0, 0, 1, 1, 1, 1, confidence=0.95) for text in seen.split(" ")])
    assert " ".join(word.text for word in words) == meant
    assert all((word.trust == 0.95) for word in words) == (seen == meant)


@pytest.mark.parametrize("seen", ["kêt", "quyêt", "nhiệmm", "(câp)"])
def test_what_no_syllable_is_is_doubted(seen: str) -> None:
    (word,) = mended([PlacedWord(seen, 0, 0, 1, 1, 1, 1, confidence=0.95)])
    assert word.text == seen
    assert (word.trust or 0.0) < 0.9


@pytest.mark.parametrize("seen", ["kết", "QĐ-UBND", "LĐTBXH", "Vovinam", "45%", "ĐƯ"])
def test_what_may_be_written_so_is_not_doubted(seen: str) -> None:
    (word,) = mended([PlacedWord(seen, 0, 0, 1, 1, 1, 1, confidence=0.95)])
    assert word.trust == 0.95


def test_sure_numbers_are_not_mended() -> None:
    sure = grid_of(["1", "7", "3"], confidence=0.96)
    assert check_numbering(sure) == sure


@pytest.mark.parametrize("figure", ["5", "1.572", "50,00%", "3.", "-2", "12/15"])
def test_figures(figure: str) -> None:
    assert is_figure(figure)


@pytest.mark.parametrize("no_figure", ["", "S", "2)", "(4)", "7=(4)-(5)", "x"])
def test_no_figures(no_figure: str) -> None:
    assert not is_figure(no_figure)


FIGURES = ["1.572", "30,8%", "46", "2.970", "7", "13", "28", "61,5%", "903", "41,2%", "57", "8.640", "2", "75", "39"]


@needs_ocr
def test_figures_are_told_by_their_shapes() -> None:
    sheet = Sheet()
    for place, figure in enumerate(FIGURES):
        sheet.write(100 + 140 * (place % 3), 100 + 20 * (place // 3), figure)
    ready = prepare(sheet.picture(skew=0.4))
    spots = spots_of(ready.ink, ready.dpi)
    lines = sorted(lines_of(spots), key=lambda line: (round(line.baseline / 30), line.x0))
    assert len(lines) == len(FIGURES)
    height = digit_height(spots, lines)
    glyphs = [glyphs_of(ready, spots, line, height) for line in lines]
    # As OCR errs: 13 read as 18, and 2 as a letter.
    read = ["18" if text == "13" else text for text in FIGURES]
    patterns = Patterns([(text, shapes) for text, shapes in zip(read * 3, glyphs * 3, strict=True) if text != "2"])
    shaped = [patterns.read(shapes, text) for shapes, text in zip(glyphs, read, strict=True)]
    assert [one.text for one in shaped] == FIGURES
    assert sum(one.sure for one in shaped) >= len(FIGURES) - 1


@needs_ocr
@pytest.mark.slow
def test_a_tiff_of_two_pages() -> None:
    pages = [Image.fromarray(letterhead().picture(turn=turn).pixels) for turn in (0, 180)]
    file = io.BytesIO()
    pages[0].save(file, "TIFF", save_all=True, append_images=pages[1:], dpi=(200, 200))
    document = read_image(SourceFile(Path("a.tif"), "image/tiff", file.getvalue()))
    assert [page.number for page in document.pages] == [1, 2]
    assert document.source.steps[:3] == ("ocr_page_1", "ocr_page_2", "turn_page_2_180")
    assert document.source.ocr is not None and document.source.ocr.mean_confidence > 0.9
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in [paragraph.text for paragraph in paragraphs]
    assert {paragraph.column for paragraph in paragraphs} == {"left", "right", None}


def test_a_broken_picture() -> None:
    with pytest.raises(ReadError, match="cắt cụt"):
        read_image(SourceFile(Path("a.png"), "image/png", b"\x89PNG\r\n\x1a\nnothing"))
