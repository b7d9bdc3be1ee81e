"""What fields, annotations and signatures show in the blanks of a page is part of its lines; the rest is not."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.door.registry import SourceFile
from ingest.pdf.reader import read_pdf
from ingest.scan import field_reading
from ingest.scan.pen.recogniser import recogniser
from parsers.parse import parse
from schemas.dispatch import Dispatch
from schemas.document import Document, Paragraph
from tests.support.pdf_fields import (
    FONTS,
    HEIGHT,
    Draw,
    Field,
    end_of,
    letter,
    on_a_turned_page,
    page_pdf,
    with_fields,
    write,
)

needs_recogniser = pytest.mark.skipif(recogniser() is None, reason="onnxruntime or rapidocr is absent")
pytestmark = pytest.mark.skipif(not FONTS.exists(), reason="the Liberation fonts are absent")

NUMBER = Field(112, 87, 28, 16, "274")
DAY, MONTH = Field(408, 87, 18, 16, "17"), Field(464, 87, 18, 16, "06")
UNTIL = end_of("1. Các xã nạo vét kênh mương nội đồng xong trước ngày", 110) + 3


def read(data: bytes) -> Document:
    return read_pdf(SourceFile(Path("a.pdf"), "application/pdf", data))


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def dispatch(*fields: Field, rotation: int = 0, draw: Draw = letter) -> Dispatch:
    return parse(read(with_fields(page_pdf(draw, rotation=rotation), fields)))


def assert_issued(record: Dispatch) -> None:
    header = record.header
    assert (header.number, header.so_hieu, header.date) == (274, "274/UBND-NV", dt.date(2025, 6, 17))
    assert not header.is_draft
    assert [record.evidence[f"/header/{name}"][0].origin for name in ("number", "so_hieu", "date")] == ["field"] * 3
    assert record.evidence["/header/place"][0].origin == "letterhead"
    assert not [notice for notice in record.warnings if notice.pointer in ("/header/number", "/header/date")]


@pytest.mark.parametrize("kind", ["Sig", "Tx", "FreeText", "Stamp"])
@pytest.mark.parametrize("layered", [False, True])
def test_number_and_day_put_into_their_blanks(kind: str, layered: bool) -> None:
    assert_issued(dispatch(*(replace(one, kind=kind, layered=layered) for one in (NUMBER, DAY, MONTH))))


@pytest.mark.parametrize("change", [{"lift": 7}, {"lift": 1}, {"size": 11}, {"size": 15}, {"ground": True}])
def test_a_field_a_little_off_its_line(change: dict[str, float]) -> None:
    assert_issued(dispatch(*(replace(one, **change) for one in (NUMBER, DAY, MONTH))))


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_an_appearance_whose_matrix_turns_it(turn: int) -> None:
    """Drawn lying or upside down and turned by its matrix: what counts is how it stands on the page."""
    record = dispatch(replace(NUMBER, turn=turn), DAY, MONTH)
    assert record.header.date == dt.date(2025, 6, 17)
    assert record.header.number is None  # it lies across the line, or upside down: no part of it


@pytest.mark.parametrize("rotation", [90, 180, 270])
@pytest.mark.parametrize("picture", [False, True])
def test_a_turned_page(rotation: int, picture: bool) -> None:
    if picture:
        pytest.importorskip("tesserocr")
    data = with_fields(page_pdf(letter), [replace(one, picture=picture) for one in (NUMBER, DAY, MONTH)])
    record = parse(read(on_a_turned_page(data, rotation)))
    assert_issued(record)
    box = record.evidence["/header/number"][0].bbox
    assert box is not None and 110 < box[0] < box[2] < 142 and 85 < box[1] < box[3] < 106


def test_fields_of_viewers_that_leave_no_appearance() -> None:
    assert_issued(dispatch(*(replace(one, kind="Tx", bare=True) for one in (NUMBER, DAY, MONTH))))


def test_dots_under_a_field() -> None:
    def dotted(canvas: Canvas) -> None:
        letter(canvas, "Số:............./UBND-NV", "ngày......... tháng......... năm 2025")

    fields = (replace(NUMBER, top=86), Field(414, 86, 18, 16, "17"), Field(478, 86, 18, 16, "06"))
    assert_issued(dispatch(*fields, draw=dotted))


def test_a_whole_number_in_one_field_and_the_print_it_repeats() -> None:
    whole = Field(107, 87, 120, 16, "274/UBND-NV", size=12, ground=True)
    assert_issued(dispatch(whole, DAY, MONTH))
    assert_issued(dispatch(replace(whole, ground=False), DAY, MONTH))


def test_a_whole_line_in_a_field_where_none_is_printed() -> None:
    def without(canvas: Canvas) -> None:
        letter(canvas, number="")

    assert_issued(dispatch(Field(90, 87, 150, 16, "S\\363: 274/UBND-NV", size=12), DAY, MONTH, draw=without))


def test_a_field_that_hides_print_is_what_counts() -> None:
    def printed(canvas: Canvas) -> None:
        letter(canvas, "Số: 199 /UBND-NV")

    assert_issued(dispatch(replace(NUMBER, x=111, ground=True), DAY, MONTH, draw=printed))


def test_a_deadline_in_a_form_field() -> None:
    record = dispatch(NUMBER, DAY, MONTH, Field(UNTIL, 177, 60, 16, "30/6/2025", kind="Tx", size=12))
    [deadline] = record.deadlines
    assert (deadline.due, deadline.phrase) == (dt.date(2025, 6, 29), "xong trước ngày 30/6/2025")
    assert record.evidence["/deadlines/0"][0].origin == "field"


def test_a_filled_blank_with_its_full_stop_behind() -> None:
    def page(canvas: Canvas) -> None:
        letter(canvas)
        write(canvas, "2. Phòng Nông nghiệp kiểm tra trước ngày", 110, 226)
        write(canvas, ".", 420, 226)

    field = Field(end_of("2. Phòng Nông nghiệp kiểm tra trước ngày", 110) + 3, 213, 72, 16, "05/7/2025", kind="Tx")
    document = read(with_fields(page_pdf(page), [field]))
    assert "2. Phòng Nông nghiệp kiểm tra trước ngày 05/7/2025." in texts(document)


@pytest.mark.parametrize("clear", [True, False])
@pytest.mark.parametrize("how", ["picture", "outlines"])
def test_a_small_picture_of_digits_is_read(how: str, clear: bool) -> None:
    pytest.importorskip("tesserocr")
    assert_issued(dispatch(*(replace(one, **{how: True, "clear": clear}) for one in (NUMBER, DAY, MONTH))))


def test_a_picture_that_cannot_be_read_for_sure_is_told_and_no_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    tesseract_reads(monkeypatch, "274", "214", "274", "")
    monkeypatch.setattr(field_reading, "read_alone", lambda *_: ())
    record = dispatch(replace(NUMBER, picture=True), DAY, MONTH)
    assert (record.header.number, record.header.so_hieu, record.header.is_draft) == (None, None, False)
    [notice] = [notice for notice in record.warnings if notice.pointer == "/header/number"]
    assert [(one.value, one.source) for one in notice.suggestions] == [("274", "field"), ("214", "field")]
    assert notice.bbox is not None and 87 < notice.bbox[1] < 103


def tesseract_reads(monkeypatch: pytest.MonkeyPatch, *texts: str) -> None:
    """Tesseract's readings of a picture, one after the other, each rather sure."""
    readings = iter([(text, 0.8 if text else 0.0) for text in texts])
    monkeypatch.setattr(field_reading, "_line", lambda *_, **__: next(readings))


@needs_recogniser
def test_two_readings_suffice_where_another_engine_sees_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    tesseract_reads(monkeypatch, "274", "214", "274", "")
    record = dispatch(replace(NUMBER, picture=True), DAY, MONTH)
    assert (record.header.number, record.evidence["/header/number"][0].origin) == (274, "field")


@needs_recogniser
def test_readings_that_err_alike_are_told_where_another_engine_sees_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    tesseract_reads(monkeypatch, "214", "214", "214", "214")
    record = dispatch(replace(NUMBER, picture=True), DAY, MONTH)
    assert record.header.number is None
    [notice] = [notice for notice in record.warnings if notice.pointer == "/header/number"]
    assert [one.value for one in notice.suggestions][:2] == ["214", "274"]


@needs_recogniser
def test_what_a_pen_tool_drew_is_read_as_strokes_are() -> None:
    pytest.importorskip("tesserocr")
    document = read(with_fields(page_pdf(letter), [replace(NUMBER, kind="Ink", outlines=True), DAY, MONTH]))
    [ink] = document.furniture
    assert ink.readings is not None and ink.readings[0].value == "274"
    record = parse(document)
    assert (record.header.number, record.evidence["/header/number"][0].origin) == (274, "pen")
    assert "handwritten" in [notice.code for notice in record.warnings if notice.pointer == "/header/number"]


def test_without_a_recogniser_nothing_is_made_of_a_pen_tool_s_strokes(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("tesserocr")
    monkeypatch.setattr(field_reading, "read_alone", lambda *_: None)
    record = dispatch(replace(NUMBER, kind="Ink", outlines=True), DAY, MONTH)
    [notice] = [notice for notice in record.warnings if notice.pointer == "/header/number"]
    assert (record.header.number, notice.code, notice.suggestions) == (None, "handwritten", ())


def test_a_day_as_a_picture_in_the_body() -> None:
    pytest.importorskip("tesserocr")
    [deadline] = dispatch(NUMBER, DAY, MONTH, Field(UNTIL, 177, 70, 16, "30/6/2025", picture=True)).deadlines
    assert deadline.due == dt.date(2025, 6, 29)


def test_what_was_drawn_with_a_pen_tool_is_no_print() -> None:
    pytest.importorskip("tesserocr")
    document = read(with_fields(page_pdf(letter), [replace(NUMBER, kind="Ink", outlines=True), DAY, MONTH]))
    assert [(piece.kind, piece.blank) for piece in document.furniture] == [("handwriting", "number")]
    assert parse(document).header.date == dt.date(2025, 6, 17)


@pytest.mark.parametrize("x", [104, 130])
def test_a_number_that_touches_the_print_beside_it(x: float) -> None:
    assert_issued(dispatch(replace(NUMBER, x=x), DAY, MONTH))


def test_a_picture_where_no_number_is_wanted_is_not_read() -> None:
    """Initials beside a line, as those who drafted a letter put them."""
    record = dispatch(NUMBER, DAY, MONTH, Field(365, 147, 30, 16, "4", picture=True))
    assert record.header.recipients == ("Ủy ban nhân dân các xã",)
    assert_issued(record)


def test_what_signs_is_no_part_of_a_line() -> None:
    lines = "Ky boi: Phong Thuy loi\nEmail: a@donglac.example\nThoi gian ky: 17.06.2025"
    block = Field(300, 112, 160, 40, lines, size=8)
    document = read(with_fields(page_pdf(letter), [NUMBER, DAY, MONTH, block]))
    assert [piece.kind for piece in document.furniture] == ["signature_stamp"]
    assert_issued(parse(document))


@pytest.mark.parametrize(
    "remark",
    [
        Field(560, 177, 30, 16, "12", kind="FreeText", size=10),  # in the margin
        Field(20, 195, 60, 16, "xem 15/8", kind="FreeText", size=10),
        Field(300, 400, 60, 16, "30/6/2025", kind="FreeText"),  # in white space
        Field(120, 195, 200, 16, "30/6/2025", kind="Stamp"),  # over print
        Field(250, 60, 60, 40, "SAO Y\n12", kind="Stamp"),
        Field(255, 87, 50, 16, "MAT", kind="Stamp"),
    ],
    ids=lambda one: str(one.text),
)
def test_remarks_and_stamps_stay_outside(remark: Field) -> None:
    document = read(with_fields(page_pdf(letter), [NUMBER, DAY, MONTH, remark]))
    assert remark.text.replace("\n", " ") in [piece.text for piece in document.furniture]
    assert remark.text.split()[-1] not in " ".join(texts(document)).split()
    assert_issued(parse(document))


def test_a_field_drawn_elsewhere_in_the_stream_than_it_stands() -> None:
    """The last print of the page and the first field are on one line, so that pdfium takes them for one run."""

    def page(canvas: Canvas) -> None:
        write(canvas, "trước ngày", 200, 300)
        write(canvas, "để tổng hợp", 340, 300)

    document = read(with_fields(page_pdf(page), [Field(265, 287, 70, 16, "30/6/2025")]))
    assert texts(document) == ["trước ngày 30/6/2025 để tổng hợp"]


def test_check_boxes() -> None:
    def page(canvas: Canvas) -> None:
        letter(canvas)
        write(canvas, "Đồng ý với nội dung dự thảo.", 110, 360)

    data = with_fields(page_pdf(page), [NUMBER, DAY, MONTH])
    assert "☒ Đồng ý với nội dung dự thảo." in texts(read(with_tick(data, on=True)))
    assert "☐ Đồng ý với nội dung dự thảo." in texts(read(with_tick(data, on=False)))


def with_tick(data: bytes, *, on: bool) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        mark = pdf.make_stream(b"BT /ZaDb 10 Tf 1 1 Td (4) Tj ET" if on else b"")
        mark.Type, mark.Subtype, mark.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 10, 10]
        state = pikepdf.Name.Yes if on else pikepdf.Name.Off
        box = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Btn, T="chon", F=4, AS=state, V=state
        )
        box.Rect = [96, HEIGHT - 362, 106, HEIGHT - 352]
        box.AP = pikepdf.Dictionary(N=pikepdf.Dictionary({str(state): mark}))
        pdf.pages[0].Annots.append(pdf.make_indirect(box))
        buffer = io.BytesIO()
        pdf.save(buffer)
    return buffer.getvalue()


def test_a_hidden_field_shows_nothing() -> None:
    with pikepdf.open(io.BytesIO(with_fields(page_pdf(letter), [NUMBER]))) as pdf:
        pdf.pages[0].Annots[0].F = 2
        buffer = io.BytesIO()
        pdf.save(buffer)
    record = parse(read(buffer.getvalue()))
    assert record.header.number is None


def test_a_field_in_a_cell_of_a_table_is_told_as_such() -> None:
    """A table of the body with one figure filled in through a form field, the other printed."""

    def page(canvas: Canvas) -> None:
        letter(canvas)
        rows = [("Xã", "Số mét kênh"), ("An Lạc", "1250"), ("Bình Lạc", "")]
        for place, row in enumerate(rows):
            for column, text in enumerate(row):
                write(canvas, text, 105 + 150 * column, 396 + 22 * place, 12)
        for line in range(4):
            canvas.line(100, HEIGHT - 380 - 22 * line, 400, HEIGHT - 380 - 22 * line)
        for x in (100, 250, 400):
            canvas.line(x, HEIGHT - 380, x, HEIGHT - 446)

    record = dispatch(NUMBER, DAY, MONTH, Field(256, 427, 60, 15, "3400", kind="Tx", size=12), draw=page)
    [table] = record.tables
    assert [row.cells[1].value for row in table.rows] == [1250, 3400]
    cells = [record.evidence[f"/tables/0/rows/{row}/cells/1"][0] for row in (0, 1)]
    assert [(cell.origin, cell.quote) for cell in cells] == [("body", "1250"), ("field", "3400")]
