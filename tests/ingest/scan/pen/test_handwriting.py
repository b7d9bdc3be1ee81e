"""Printed numbers and days are kept, those written by pen are left blank with their place."""

from __future__ import annotations

import pytest

from ingest.page.lines import to_lines
from ingest.page.placed import ReadPage
from ingest.scan.pen.recogniser import recogniser
from ingest.scan.reader import read_picture
from tests.support.pictures import letterhead, needs_ocr

pytestmark = [pytest.mark.slow, needs_ocr]
needs_recogniser = pytest.mark.skipif(recogniser() is None, reason="onnxruntime or rapidocr is absent")


def texts(page: ReadPage) -> str:
    return "\n".join(line.text for line in to_lines(page.content.words))


def test_print_is_kept() -> None:
    page = read_picture(letterhead().picture(skew=0.7), 1)
    assert "Số: 45/UBND-NV" in texts(page)
    assert "ngày 05 tháng 3 năm 2025" in texts(page)
    assert not page.content.furniture


def test_pen_is_left_blank() -> None:
    sheet = letterhead("Số:          /UBND-NV", "An Bình, ngày        tháng 3 năm 2025")
    sheet.pen(117, 103, "273")
    sheet.pen(379, 103, "12")
    page = read_picture(sheet.picture(), 1)
    assert "Số: /UBND-NV" in texts(page)
    assert "ngày tháng 3 năm 2025" in texts(page)
    number, day = sorted(page.content.furniture, key=lambda piece: piece.box or ())
    assert number.kind == day.kind == "handwriting"
    assert number.box is not None and 105 < number.box[0] < 120 < number.box[2] < 160
    assert day.box is not None and day.box[0] > 360


def test_coloured_pen_is_left_blank() -> None:
    sheet = letterhead("Số:          /UBND-NV")
    sheet.pen(117, 103, "71", colour="#2233aa")
    page = read_picture(sheet.picture(grey=False), 1)
    assert "Số: /UBND-NV" in texts(page)
    assert [piece.kind for piece in page.content.furniture] == ["handwriting"]


def test_blank_without_ink_is_no_handwriting() -> None:
    page = read_picture(letterhead("Số:          /UBND-NV").picture(), 1)
    assert "Số: /UBND-NV" in texts(page)
    assert not page.content.furniture


@needs_recogniser
@pytest.mark.parametrize("colour", ["black", "#2233aa", "#b02030"])
def test_what_a_pen_wrote_is_read_in_any_colour(colour: str) -> None:
    sheet = letterhead("Số:          /UBND-NV", "An Bình, ngày        tháng 3 năm 2025")
    sheet.pen(117, 103, "273", colour=colour)
    sheet.pen(379, 103, "12", colour=colour)
    page = read_picture(sheet.picture(grey=False, skew=0.6), 1)
    found = {piece.blank: [value.value for value in piece.readings or ()] for piece in page.content.furniture}
    assert "273" in found["number"][:3]
    assert "12" in found["day"][:3]


@needs_recogniser
def test_figures_by_pen_close_behind_the_word_are_not_taken_for_print() -> None:
    sheet = letterhead("Số: 45/UBND-NV", "An Bình, ngày      tháng 3 năm 2025")
    sheet.pen(375, 103, "21")
    page = read_picture(sheet.picture(), 1)
    assert "ngày tháng 3 năm 2025" in texts(page)
    assert [piece.blank for piece in page.content.furniture] == ["day"]
