"""Printed numbers and days are kept, those written by pen are left blank with their place."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from ingest.door.registry import SourceFile
from ingest.page.lines import to_lines
from ingest.page.placed import ReadPage
from ingest.scan.pen.recogniser import recogniser
from ingest.scan.reader import read_image, read_picture
from parsers.parse import parse
from schemas.document import Document
from tests.support.pictures import DPI, POINT, Sheet, letterhead, needs_ocr

pytestmark = [pytest.mark.slow, needs_ocr]
needs_recogniser = pytest.mark.skipif(recogniser() is None, reason="onnxruntime or rapidocr is absent")


def slanted(sheet: Sheet, x: float, baseline: float, digits: str, lean: float = 0.4) -> None:
    """Writes printed figures on the line, each leaning by `lean` of its height."""
    size = (sheet.image.width, sheet.image.height)
    whole = Sheet()
    whole.write(x, baseline, digits)
    foot = baseline * POINT
    leaning = whole.image.transform(
        size, Image.Transform.AFFINE, (1, lean, -lean * foot, 0, 1, 0), Image.Resampling.BICUBIC, fillcolor="white"
    )
    sheet.image.paste(ImageChops.darker(sheet.image, leaning))


def document_of(sheet: Sheet) -> Document:
    kept = io.BytesIO()
    Image.fromarray(sheet.picture(grey=False).pixels).save(kept, "PNG", dpi=(DPI, DPI))
    return read_image(SourceFile(Path("a.png"), "image/png", kept.getvalue()))


def texts(page: ReadPage) -> str:
    return "\n".join(line.text for line in to_lines(page.content.words))


def test_print_is_kept() -> None:
    page = read_picture(letterhead().picture(skew=0.7), 1)
    assert "Số: 45/UBND-NV" in texts(page)
    assert "ngày 05 tháng 3 năm 2025" in texts(page)
    assert not page.content.furniture


@pytest.mark.parametrize("number", ["27a", "153b", "41a", "11", "7", "8c", "111d"])
def test_a_printed_letter_behind_the_number_and_narrow_figures_are_print(number: str) -> None:
    page = read_picture(letterhead(f"Số: {number}/UBND-NV").picture(), 1)
    assert f"Số: {number}/UBND-NV" in texts(page)
    assert not page.content.furniture


def test_figures_that_lean_as_no_print_beside_them_are_ink() -> None:
    """As high as print, on the line, of even strokes and plainly read: only their slant tells the pen."""
    sheet = letterhead("Số:            /UBND-NV")
    slanted(sheet, 117, 104, "648")
    page = read_picture(sheet.picture(), 1)
    assert "Số: /UBND-NV" in texts(page)
    assert [piece.blank for piece in page.content.furniture] == ["number"]


def test_print_in_italics_is_print() -> None:
    sheet = letterhead("")
    sheet.write(95, 104, "Số: 648/UBND-NV", style="Italic")
    page = read_picture(sheet.picture(), 1)
    assert "Số: 648/UBND-NV" in texts(page)
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


@needs_recogniser
def test_the_ink_of_the_day_is_no_number() -> None:
    """Where the line of the number is not to be found, what a pen wrote for a day is not offered for it."""
    sheet = letterhead("", "An Bình, ngày        tháng 3 năm 2025")
    sheet.pen(379, 103, "12")
    record = parse(document_of(sheet))
    [absent] = [notice for notice in record.warnings if notice.pointer == "/header/number"]
    assert record.header.number is None
    assert not [one for one in absent.suggestions if one.source == "pen"]


@pytest.mark.parametrize("colour", ["black", "#2233aa"])
def test_a_printed_day_struck_out_and_written_anew_is_never_taken_in_silence(colour: str) -> None:
    sheet = letterhead("Số: 45/UBND-NV", "An Bình, ngày 05        tháng 3 năm 2025")
    sheet.line([(376, 101), (384, 100), (396, 99)], width=1.1, colour=colour)
    sheet.pen(400, 103, "12", colour=colour)
    record = parse(document_of(sheet))
    told = [notice.code for notice in record.warnings if notice.pointer == "/header/date"]
    assert record.header.date is None or "handwritten" in told
    assert record.header.date != dt.date(2025, 3, 5)
