"""Scans with what offices do to paper: stamps over text, pens, seals, letterheads whose halves nearly touch."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from form.ocr_doubts import is_stray, is_unsure
from form.spans import whole
from ingest.read import read_file
from parsers.parse import parse
from schemas.dispatch import Dispatch
from schemas.document import Document, Grid, Paragraph, Word
from tests.support.pictures import DPI, Sheet, letterhead, needs_ocr


def read(sheet: Sheet, folder: Path, *, grey: bool = True) -> Document:
    path = folder / "scan.png"
    Image.fromarray(np.asarray(sheet.picture(grey=grey).pixels)).save(path, dpi=(DPI, DPI))
    return read_file(path)


def record(sheet: Sheet, folder: Path, *, grey: bool = True) -> Dispatch:
    return parse(read(sheet, folder, grey=grey))


RESOLUTION = (
    "Ban Chấp hành Đảng bộ xã thảo luận và thống nhất giao các chi bộ quán triệt nghị",
    "quyết, xây dựng kế hoạch của chi bộ mình, gửi về Đảng ủy để theo dõi, hoàn thành",
)


def party(number: str) -> Sheet:
    sheet = Sheet()
    sheet.write(100, 60, "HUYỆN ỦY TÂN LẬP")
    sheet.write(92, 76, "ĐẢNG ỦY XÃ YÊN MỸ", style="Bold")
    sheet.write(150, 92, "*")
    sheet.write(115, 110, number)
    sheet.write(330, 60, "ĐẢNG CỘNG SẢN VIỆT NAM", style="Bold")
    sheet.write(320, 90, "Yên Mỹ, ngày 05 tháng 7 năm 2023", style="Italic")
    sheet.write(250, 150, "NGHỊ QUYẾT", style="Bold", size=14)
    sheet.write(190, 166, "về nhiệm vụ sáu tháng cuối năm 2023", style="Bold", size=14)
    for place, text in enumerate(RESOLUTION):
        sheet.write(85 if place else 110, 210 + 19 * place, text)
    sheet.write(85, 248, "trước 31/8/2023.")
    return sheet


@pytest.mark.slow
@needs_ocr
class TestScans:
    def test_printed_party_number_is_kept(self, tmp_path: Path) -> None:
        # Q reaches below the line in print too: it is no ink that stretches the blank.
        header = record(party("Số 46-NQ/ĐU"), tmp_path).header
        assert (header.number, header.so_hieu) == (46, "46-NQ/ĐU")
        assert header.date == dt.date(2023, 7, 5)

    def test_pen_in_party_number_leaves_the_symbol(self, tmp_path: Path) -> None:
        sheet = party("Số         -NQ/ĐU")
        sheet.pen(135, 109, "37")
        found = record(sheet, tmp_path)
        assert (found.header.number, found.header.so_hieu, found.header.symbol) == (None, None, "NQ/ĐU")
        assert "handwritten" in {warning.code for warning in found.warnings}

    def test_short_line_of_figures_goes_on_with_its_sentence(self, tmp_path: Path) -> None:
        blocks = read(party("Số 46-NQ/ĐU"), tmp_path).blocks
        assert any(isinstance(block, Paragraph) and "hoàn thành trước 31/8/2023." in block.text for block in blocks)

    def test_black_arrival_stamp_is_no_table(self, tmp_path: Path) -> None:
        sheet = letterhead()
        left, top, right, bottom = 15.0, 120.0, 150.0, 190.0
        for y in (top, top + 18, bottom):
            sheet.line([(left, y), (right, y)], width=1)
        for x in (left, left + 50, right):
            sheet.line([(x, top + (18 if x == left + 50 else 0)), (x, bottom)], width=1)
        sheet.write(28, 133, "VĂN PHÒNG HUYỆN", size=10, style="Bold")
        sheet.write(26, 165, "ĐẾN", size=11, style="Bold")
        for place, text in enumerate(("Số: 4711", "Ngày: 25/11", "Chuyển: TH")):
            sheet.write(70, 151 + 15 * place, text, size=10)
        document = read(sheet, tmp_path)
        assert not any(isinstance(block, Grid) for block in document.blocks)
        assert [piece.kind for piece in document.furniture] == ["arrival_stamp"]
        header = parse(document).header
        assert (header.number, header.date) == (45, dt.date(2025, 3, 5))

    def test_halves_of_a_letterhead_that_nearly_touch(self, tmp_path: Path) -> None:
        sheet = Sheet()
        sheet.write(150, 60, "TỔNG CỤC THỦY SẢN")
        sheet.write(91, 76, "CHI CỤC THỦY SẢN VÙNG ĐÔNG BẮC", style="Bold", size=12)
        sheet.write(130, 100, "Số: 118/CCTS-TH")
        sheet.write(308, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", style="Bold", size=11.5)
        sheet.write(360, 76, "Độc lập - Tự do - Hạnh phúc", style="Bold")
        sheet.write(340, 100, "Hạ Long, ngày 14 tháng 5 năm 2024", style="Italic")
        sheet.write(150, 150, "Kính gửi: Các trạm thủy sản.")
        sheet.write(110, 190, "Đề nghị các trạm báo cáo số lượng tàu cá về Chi cục trước ngày 20/6/2024.")
        header = record(sheet, tmp_path).header
        assert header.parent_body == "TỔNG CỤC THỦY SẢN"
        assert header.issuing_body == "CHI CỤC THỦY SẢN VÙNG ĐÔNG BẮC"
        assert (header.so_hieu, header.place) == ("118/CCTS-TH", "Hạ Long")
        assert header.recipients == ("Các trạm thủy sản",)


def scanned(text: str, *confidences: float) -> Paragraph:
    words, start = [], 0
    for word, confidence in zip(text.split(), confidences, strict=True):
        words.append(Word(start, start + len(word), 1, None, confidence, False, False))
        start += len(word) + 1
    return Paragraph(text=text, words=tuple(words))


def test_a_scrap_of_a_stamp_is_a_stray() -> None:
    assert is_stray(scanned("Ñ VĂN O.PHÒ.", 0.54, 0.87, 0.38))
    assert not is_stray(scanned("trên địa bàn tỉnh", 0.97, 0.9, 0.95, 0.6))
    assert not is_stray(Paragraph(text="trên địa bàn"))


def test_signs_among_letters_are_unsure() -> None:
    assert is_unsure(whole(scanned("Lưu: VT, Khth=«n2", 0.93, 0.9, 0.88)))
    assert is_unsure(whole(scanned("Ban nganr", 0.93, 0.41)))
    assert not is_unsure(whole(scanned("- Lưu: VT.", 0.4, 0.93, 0.9)))
