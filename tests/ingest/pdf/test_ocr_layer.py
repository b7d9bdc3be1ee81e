"""Words that OCR laid under a scan are compared with its picture; words that are seen upon a picture are print."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.door.registry import SourceFile
from ingest.page.placed import PageContent, PlacedWord, ReadPage
from ingest.pdf import reader as pdf_reader
from ingest.pdf.reader import read_pdf
from parsers.parse import parse
from schemas.document import Document, PageInfo
from tests.support.pdf_fields import BODY, FONTS, HEIGHT, Field, page_pdf, with_fields
from tests.support.pictures import BODY as LINES
from tests.support.pictures import letterhead

pytestmark = pytest.mark.skipif(not FONTS.exists(), reason="the Liberation fonts are absent")

LAYER = (
    (92, 60, "ỦY BAN NHÂN DÂN"),
    (92, 76, "HUYỆN AN BÌNH"),
    (95, 104, "Số: 46/UBND-NV"),
    (280, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (330, 76, "Độc lập - Tự do - Hạnh phúc"),
    (305, 104, "An Bình, ngày 05 tháng 3 năm 2025"),
    *((85 if place else 110, 200 + 19 * place, text) for place, text in enumerate(LINES)),
)
"""What a copier made of the picture, its number misread."""


def read(data: bytes) -> Document:
    return read_pdf(SourceFile(Path("a.pdf"), "application/pdf", data))


def scan_pdf(*, mode: int = 3, under: bool = False, white: bool = False) -> bytes:
    """A scan with a layer of words: invisible (`mode` 3), `under` the picture, or seen upon a `white` one."""
    sheet = letterhead()
    picture = ImageReader(sheet.image.convert("L").point(lambda level: 255) if white else sheet.image.convert("L"))

    def words(canvas: Canvas) -> None:
        for x, top, text in LAYER:
            line = canvas.beginText(x, HEIGHT - top)
            line.setTextRenderMode(mode)
            line.setFont(BODY, 13)
            line.textOut(text)
            canvas.drawText(line)

    def page(canvas: Canvas) -> None:
        if under:
            words(canvas)
        canvas.drawImage(picture, 0, 0, *A4)
        if not under:
            words(canvas)

    return page_pdf(page)


@pytest.mark.parametrize("under", [False, True])
def test_a_figure_that_differs_is_read_from_the_picture_and_both_are_told(under: bool) -> None:
    pytest.importorskip("tesserocr")
    record = parse(read(scan_pdf(mode=0 if under else 3, under=under)))
    assert (record.header.number, record.header.date) == (45, dt.date(2025, 3, 5))
    assert record.source.ocr is not None and "ocr_layer_1" in record.source.steps
    [notice] = [one for one in record.warnings if one.code == "readings_differ"]
    assert "46/UBND-NV" in notice.message and "45/UBND-NV" in notice.message
    assert [one.value for one in notice.suggestions] == ["46/UBND-NV"]
    assert notice.bbox is not None and 90 < notice.bbox[1] < 104
    assert notice.pointer == "/header/number"


def test_print_upon_a_picture_is_trusted() -> None:
    document = read(scan_pdf(mode=0, white=True))
    assert [page.origin for page in document.pages] == ["text_layer"]
    assert (document.source.ocr, parse(document).header.number) == (None, 46)


def test_without_an_engine_the_layer_is_taken_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "_scanned", lambda page, number: None)
    document = read(scan_pdf())
    assert parse(document).header.number == 46
    assert [(notice.code, notice.page) for notice in document.warnings] == [("other_text_layer", 1)]


def test_a_field_upon_a_scan_stands_in_the_line_that_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system numbers a paper that was signed by hand and scanned: its field is exact, the rest is OCR's."""

    def scanned(page: object, number: int) -> ReadPage:
        words = [
            PlacedWord(text, x, 91, x + 7 * len(text), 104, 104, 13, confidence=0.9)
            for x, text in ((95, "Số:"), (160, "/UBND-NV"))
        ]
        info = PageInfo(number=number, width=A4[0], height=A4[1], origin="ocr", confidence=0.9)
        return ReadPage(PageContent(number, *A4, words), info, engine="engine 1")

    monkeypatch.setattr(pdf_reader, "_scanned", scanned)
    picture = ImageReader(letterhead(number="").image.convert("L"))
    data = page_pdf(lambda canvas: canvas.drawImage(picture, 0, 0, *A4) and None)
    [line] = read(with_fields(data, [Field(122, 91, 30, 16, "318")])).blocks
    assert line.kind == "paragraph" and line.text == "Số: 318 /UBND-NV"
    assert [(word.origin, word.confidence) for word in line.words] == [(None, 0.9), ("field", None), (None, 0.9)]


def test_the_searchable_copy_of_a_scan_is_such_a_layer(tmp_path: Path) -> None:
    pytest.importorskip("tesserocr")
    from ingest.scan.invisible_text import write_searchable

    scan, copy = tmp_path / "scan.png", tmp_path / "copy.pdf"
    image = io.BytesIO()
    letterhead().image.convert("L").save(image, "PNG", dpi=(200, 200))
    scan.write_bytes(image.getvalue())
    write_searchable(scan, copy)
    document = read(copy.read_bytes())
    assert "ocr_layer_1" in document.source.steps and document.source.ocr is not None
    assert parse(document).header.number == 45
    assert not [notice for notice in document.warnings if notice.code == "readings_differ"]
