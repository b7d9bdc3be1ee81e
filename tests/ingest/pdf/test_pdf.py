"""The PDF reader on files made here: fonts out of order, tables, overlays, stamps, turned pages, unreadable files."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from ingest.door.errors import ReadError
from ingest.door.registry import SourceFile
from ingest.page.placed import PageContent, PlacedWord, ReadPage
from ingest.pdf import reader as pdf_reader
from ingest.pdf.reader import read_pdf
from parsers.record.passage import enclosing_box
from schemas.document import Document, Grid, PageInfo, Paragraph

FONTS = Path("/usr/share/fonts/truetype/liberation2")
BODY, BOLD, OTHER = "Serif", "SerifBold", "Sans"
WIDTH, HEIGHT = A4

pytestmark = pytest.mark.skipif(not FONTS.exists(), reason="the Liberation fonts are absent")


@pytest.fixture(scope="module", autouse=True)
def fonts() -> None:
    for name, file in (
        (BODY, "LiberationSerif-Regular"),
        (BOLD, "LiberationSerif-Bold"),
        (OTHER, "LiberationSans-Regular"),
    ):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{file}.ttf")))


def drawn(*pages: Callable[[Canvas], None], rotation: int = 0) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for page in pages:
        if rotation:
            canvas.setPageRotation(rotation)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def read(data: bytes) -> Document:
    return read_pdf(SourceFile(Path("a.pdf"), "application/pdf", data))


def put(canvas: Canvas, text: str, x: float, top: float, size: float = 13, font: str = BODY) -> None:
    canvas.setFont(font, size)
    canvas.drawString(x, HEIGHT - top, text)


def middle(canvas: Canvas, text: str, x: float, top: float, size: float = 13, font: str = BODY) -> None:
    canvas.setFont(font, size)
    canvas.drawCentredString(x, HEIGHT - top, text)


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


LINES = [
    "Thực hiện Kế hoạch công tác năm, Ban Thường vụ Huyện ủy yêu cầu các chi bộ, đảng bộ",
    "trực thuộc nghiêm túc triển khai những nội dung sau đây, báo cáo kết quả về Văn phòng",
    "trước ngày quy định.",
]


def prose(canvas: Canvas, top: float = 300) -> None:
    for index, line in enumerate(LINES):
        put(canvas, line, 85 + (28 if index == 0 else 0), top + 18 * index)


def test_text_and_style() -> None:
    def page(canvas: Canvas) -> None:
        right = 113 + pdfmetrics.stringWidth(LINES[0], BODY, 13)
        middle(canvas, "QUYẾT ĐỊNH", (85 + right) / 2, 200, 14, BOLD)
        prose(canvas)

    document = read(drawn(page))
    title, body = (block for block in document.blocks if isinstance(block, Paragraph))
    assert (title.text, title.bold, title.align, title.size) == ("QUYẾT ĐỊNH", True, "center", 14.0)
    assert (body.text, body.bold) == (" ".join(LINES), False)
    assert document.pages[0].origin == "text"
    first = body.words[0].box
    assert first is not None and first[0] == pytest.approx(113, abs=1) and 285 < first[1] < 300 < first[3] < 306


def test_letters_of_two_fonts_out_of_order() -> None:
    """First all plain letters of a line, then those with marks from another font, as a fall-back font leaves them."""

    def page(canvas: Canvas) -> None:
        for index, line in enumerate(LINES):
            places, x = [], 85.0
            for letter in line:
                font = OTHER if ord(letter) > 0x7F else BODY
                places.append((letter, x, font))
                x += pdfmetrics.stringWidth(letter, font, 13)
            for chosen in (BODY, OTHER):
                for letter, at, font in places:
                    if font == chosen and letter != " ":
                        put(canvas, letter, at, 300 + 20 * index, 13, font)

    assert texts(read(drawn(page))) == [" ".join(LINES)]


def test_a_page_that_writes_no_spaces() -> None:
    def page(canvas: Canvas) -> None:
        for index, line in enumerate(LINES):
            x = 85.0
            for word in line.split():
                put(canvas, word, x, 300 + 20 * index)
                x += pdfmetrics.stringWidth(word + " ", BODY, 13)

    assert texts(read(drawn(page))) == [" ".join(LINES)]


def frame(canvas: Canvas, xs: list[float], tops: list[float]) -> None:
    for top in tops:
        canvas.line(xs[0], HEIGHT - top, xs[-1], HEIGHT - top)
    for x in xs:
        canvas.line(x, HEIGHT - tops[0], x, HEIGHT - tops[-1])


def test_table_cells_are_no_paragraphs() -> None:
    def page(canvas: Canvas) -> None:
        prose(canvas, 100)
        frame(canvas, [85, 125, 300, 500], [200, 220, 260])
        for x, top, text in ((90, 214, "TT"), (130, 214, "Tên đơn vị"), (305, 214, "Kết quả"), (90, 234, "1")):
            put(canvas, text, x, top)
        put(canvas, "Đảng bộ xã", 130, 234)
        put(canvas, "Hòa Bình", 130, 250)
        put(canvas, "1.776.725", 305, 234)
        prose(canvas, 300)

    document = read(drawn(page))
    assert [block.kind for block in document.blocks] == ["paragraph", "table", "paragraph"]
    (grid,) = grids(document)
    assert (grid.n_rows, grid.n_columns) == (2, 3)
    assert [cell.text for cell in grid.cells] == [
        "TT",
        "Tên đơn vị",
        "Kết quả",
        "1",
        "Đảng bộ xã Hòa Bình",
        "1.776.725",
    ]


def test_merged_cells_have_spans() -> None:
    def page(canvas: Canvas) -> None:
        for top in (200, 280, 320):
            canvas.line(85, HEIGHT - top, 405, HEIGHT - top)
        canvas.line(205, HEIGHT - 240, 405, HEIGHT - 240)
        for x, top in ((85, 200), (205, 200), (305, 240), (405, 200)):
            canvas.line(x, HEIGHT - top, x, HEIGHT - 320)
        for x, top, text in ((90, 230, "Tên"), (210, 225, "Chia ra"), (210, 265, "Quý I"), (310, 265, "Quý II")):
            put(canvas, text, x, top)
        for x, text in ((90, "A"), (210, "3"), (310, "4")):
            put(canvas, text, x, 305)

    (grid,) = grids(read(drawn(page)))
    assert (grid.n_rows, grid.n_columns) == (3, 3)
    found = {cell.text: (cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells}
    assert found == {
        "Tên": (0, 0, 2, 1),
        "Chia ra": (0, 1, 1, 2),
        "Quý I": (1, 1, 1, 1),
        "Quý II": (1, 2, 1, 1),
        "A": (2, 0, 1, 1),
        "3": (2, 1, 1, 1),
        "4": (2, 2, 1, 1),
    }


def test_word_broken_by_a_narrow_column() -> None:
    def page(canvas: Canvas) -> None:
        frame(canvas, [85, 112, 140, 170], [200, 240, 280])
        for x, top, text in ((92, 214, "ST"), (95, 230, "T"), (113.5, 214, "Cộn"), (118, 230, "g"), (146, 214, "Ghi")):
            put(canvas, text, x, top)
        put(canvas, "chú", 146, 230)
        for x in (92, 120, 150):
            put(canvas, "1", x, 260)

    (grid,) = grids(read(drawn(page)))
    assert [cell.text for cell in grid.cells][:3] == ["STT", "Cộng", "Ghi chú"]


def test_framed_text_is_no_table() -> None:
    def page(canvas: Canvas) -> None:
        canvas.rect(85, HEIGHT - 130, 80, 30)
        put(canvas, "HỎA TỐC", 95, 120, 13, BOLD)
        prose(canvas)

    assert texts(read(drawn(page))) == ["HỎA TỐC", " ".join(LINES)]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_turned_page_reads_as_it_is_shown(rotation: int) -> None:
    def page(canvas: Canvas) -> None:
        # The media box of a page turned by a quarter lies on its side; shown, the page stands upright again.
        canvas.translate(*{90: (HEIGHT, 0), 180: (WIDTH, HEIGHT), 270: (0, WIDTH)}[rotation])
        canvas.rotate(rotation)
        for index, line in enumerate(LINES):
            put(canvas, line, 85, 100 + 18 * index)

    document = read(drawn(page, rotation=rotation))
    assert texts(document) == [" ".join(LINES)]
    (block,) = document.blocks
    assert isinstance(block, Paragraph)
    box = block.words[0].box
    assert box is not None and box[0] == pytest.approx(85, abs=1) and 85 < box[1] < 100


def test_text_of_a_signature_is_set_apart() -> None:
    def page(canvas: Canvas) -> None:
        for index, line in enumerate(
            ("Ký bởi: Ủy ban nhân dân huyện A", "Cơ quan: Tỉnh B", "Thời gian ký: 05/01/2024 08:15:24 +07:00")
        ):
            put(canvas, line, 420, 30 + 9 * index, 7, OTHER)
        prose(canvas)

    document = read(drawn(page))
    assert texts(document) == [" ".join(LINES)]
    (stamp,) = document.furniture
    assert stamp.kind == "signature_stamp" and stamp.text.startswith("Ký bởi: Ủy ban nhân dân huyện A Cơ quan")


def test_a_stamp_without_a_word_of_signing_is_known_by_its_shape() -> None:
    """Who published a letter, the address, the time to the second: small lines flush left, over any office's name."""

    def page(canvas: Canvas) -> None:
        for index, line in enumerate(
            ("VĂN PHÒNG XUẤT BẢN ĐỒNG LẠC", "xuatban@donglac.example", "17.06.2025 10:21:11 +07:00")
        ):
            put(canvas, line, 430, 30 + 7 * index, 6)
        middle(canvas, "CÔNG TY CẤP NƯỚC ĐỒNG LẠC", 180, 70, 12, BOLD)
        middle(canvas, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 420, 70, 12, BOLD)
        prose(canvas)

    document = read(drawn(page))
    [stamp] = document.furniture
    assert stamp.kind == "signature_stamp"
    assert stamp.text == "VĂN PHÒNG XUẤT BẢN ĐỒNG LẠC xuatban@donglac.example 17.06.2025 10:21:11 +07:00"
    assert "XUẤT BẢN" not in " ".join(texts(document)) and "CẤP NƯỚC" in texts(document)[0]


def test_a_time_in_a_sentence_is_no_stamp() -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, "Mất điện toàn huyện lúc", 85, 200)
        put(canvas, "17.06.2025 10:21", 85, 215, 11)
        prose(canvas)

    document = read(drawn(page))
    assert document.furniture == () and "17.06.2025 10:21" in " ".join(texts(document))


def test_arrival_stamp_is_set_apart_from_the_letterhead() -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, "ĐẾN", 40, 40, 11, BOLD)
        put(canvas, "Số: 4767", 75, 34, 9, OTHER)
        put(canvas, "Ngày: 12/03/2024", 75, 46, 9, OTHER)
        middle(canvas, "UBND TỈNH B", 160, 80)
        middle(canvas, "Số: 12/UBND-NV", 160, 96)
        middle(canvas, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 400, 80, 12, BOLD)
        middle(canvas, "Độc lập - Tự do - Hạnh phúc", 400, 96, 13, BOLD)
        prose(canvas)

    document = read(drawn(page))
    assert texts(document)[:4] == [
        "UBND TỈNH B",
        "Số: 12/UBND-NV",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]
    assert [(piece.kind, "4767" in piece.text) for piece in document.furniture] == [("arrival_stamp", True)]


def with_annotation(data: bytes, **keys: object) -> bytes:
    """The PDF with one annotation on its first page."""
    pdf = pikepdf.open(io.BytesIO(data))
    entry = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Annot, F=4, **keys))
    pdf.pages[0].Annots = pikepdf.Array([entry])
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def test_free_text_in_the_blank_of_the_number_is_part_of_its_line() -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, "Số:        /QĐ-UBND", 100, 100)
        prose(canvas)

    note = {"Subtype": pikepdf.Name.FreeText, "Contents": "779", "DA": "/Helv 12 Tf"}
    document = read(with_annotation(drawn(page), Rect=[122, HEIGHT - 104, 150, HEIGHT - 90], **note))
    line = next(block for block in document.blocks if isinstance(block, Paragraph))
    assert line.text == "Số: 779 /QĐ-UBND"
    assert [word.origin for word in line.words] == [None, "field", None]
    assert document.furniture == ()


def test_filled_form_field_is_a_widget() -> None:
    field = {"Subtype": pikepdf.Name.Widget, "FT": pikepdf.Name.Tx, "T": "so", "V": "255"}
    document = read(with_annotation(drawn(prose), Rect=[122, 700, 150, 714], **field))
    assert [(piece.kind, piece.text) for piece in document.furniture] == [("widget", "255")]


def test_watermark_across_the_page() -> None:
    def page(canvas: Canvas) -> None:
        prose(canvas)
        canvas.saveState()
        canvas.translate(200, 400)
        canvas.rotate(45)
        canvas.setFont(BOLD, 60)
        canvas.drawString(0, 0, "DỰ THẢO")
        canvas.restoreState()

    document = read(drawn(page))
    assert texts(document) == [" ".join(LINES)]
    assert [piece.kind for piece in document.furniture] == ["watermark"]


def test_paragraph_cut_by_a_page_break() -> None:
    def first(canvas: Canvas) -> None:
        prose(canvas, 200)
        prose(canvas, 700)

    def second(canvas: Canvas) -> None:
        middle(canvas, "2", WIDTH / 2, 40)
        put(canvas, "và đúng yêu cầu.", 85, 90)
        prose(canvas, 120)

    document = read(drawn(first, second))
    whole = " ".join(LINES)
    assert texts(document) == [whole, whole, "và đúng yêu cầu.", whole]

    def cut(canvas: Canvas) -> None:
        prose(canvas, 200)
        put(canvas, LINES[0], 113, 700)
        put(canvas, LINES[1], 85, 718)

    document = read(drawn(cut, second))
    assert texts(document) == [whole, f"{LINES[0]} {LINES[1]} và đúng yêu cầu.", whole]
    assert document.source.steps == ("join_page_break",)


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "not_pdf"), (b"PK\x03\x04 a Word file", "not_pdf"), (b"%PDF-1.4\nnothing\n%%EOF", "damaged")],
)
def test_what_is_no_pdf_says_so(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(data)
    assert caught.value.code == code


def test_truncated_file_says_so() -> None:
    with pytest.raises(ReadError) as caught:
        read(drawn(prose)[:400])
    assert caught.value.code == "truncated"
    assert "cắt cụt" in caught.value.message


def test_encrypted_file_says_so() -> None:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn(prose))) as pdf:
        pdf.save(buffer, encryption=pikepdf.Encryption(user="khoa", owner="khoa"))
    with pytest.raises(ReadError) as caught:
        read(buffer.getvalue())
    assert caught.value.code == "encrypted"
    assert "mật khẩu" in caught.value.message


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "MAX_PAGES", 2)
    with pytest.raises(ReadError) as caught:
        read(drawn(prose, prose, prose))
    assert caught.value.code == "too_many_pages"


def test_long_file_keeps_text_with_fewer_boxes(monkeypatch: pytest.MonkeyPatch) -> None:
    fine = read(drawn(prose, prose, prose))
    monkeypatch.setattr(pdf_reader, "_FINE_PAGES", 2)
    monkeypatch.setattr(pdf_reader, "_RENEWED", 2)
    coarse = read(drawn(prose, prose, prose))
    assert texts(coarse) == texts(fine)
    block, same = coarse.blocks[0], fine.blocks[0]
    assert isinstance(block, Paragraph) and isinstance(same, Paragraph) and len(same.words) > 10
    # All lines of the paragraph share one box, since they stand on one page in one style.
    assert [(word.start, word.end) for word in block.words] == [(0, len(block.text))]
    assert block.words[0].box == enclosing_box(word.box for word in same.words)


def test_empty_page_is_named_empty() -> None:
    document = read(drawn(prose, lambda canvas: None))
    assert [page.origin for page in document.pages] == ["text", "empty"]


def test_file_without_any_text_says_so() -> None:
    document = read(drawn(lambda canvas: None))
    assert document.blocks == ()
    assert [notice.code for notice in document.warnings] == ["damaged_text"]


def test_page_without_text_is_taken_by_the_scan_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Page by page: a picture page between text pages comes out in its place, and the record names it."""

    def scanned(page: object, number: int) -> ReadPage:
        word = PlacedWord("Ảnh.", 85, 290, 110, 303, 300, 13, confidence=0.9)
        info = PageInfo(number=number, width=WIDTH, height=HEIGHT, origin="ocr", confidence=0.9)
        return ReadPage(PageContent(number, WIDTH, HEIGHT, [word]), info, engine="engine 1")

    def picture(canvas: Canvas) -> None:
        canvas.rect(0, 0, WIDTH, HEIGHT, fill=1)

    monkeypatch.setattr(pdf_reader, "_scanned", scanned)
    document = read(drawn(prose, picture, prose))
    assert texts(document) == [" ".join(LINES), "Ảnh.", " ".join(LINES)]
    assert [page.origin for page in document.pages] == ["text", "ocr", "text"]
    assert document.source.steps == ("ocr_page_2",)
    assert document.source.ocr is not None and document.source.ocr.engine == "engine 1"


def test_page_without_text_and_without_ocr_gives_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "_scanned", lambda page, number: None)
    document = read(drawn(lambda canvas: canvas.rect(100, 100, 300, 300, fill=1), prose))
    assert [(notice.code, notice.page) for notice in document.warnings] == [("damaged_text", 1)]
    assert texts(document) == [" ".join(LINES)]
