"""Printed numbers and days are kept, those written by pen are left blank with their place."""

from __future__ import annotations

import pytest

from ingest.page.lines import to_lines
from ingest.page.placed import ReadPage
from ingest.scan.reader import read_picture
from tests.support.pictures import letterhead, needs_ocr

pytestmark = [pytest.mark.slow, needs_ocr]


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
