"""The PDF reader: pdfium's characters and lines, page by page, to a Document.

Each page is decided on its own: where its text layer is missing or not to be trusted, the scan reader reads its
picture, and all pages come out as one Document.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from typing import Any, Literal

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.door.errors import ReadError
from ingest.door.registry import SourceFile
from ingest.page.grid_text import fill_grids
from ingest.page.layout import assemble, lay_out
from ingest.page.margins import as_furniture
from ingest.page.placed import PageContent, PageLayout, ReadPage, line_of
from ingest.page.ruled_tables import ruled_tables
from ingest.page.stamps import take_stamps
from ingest.pdf.characters import Frame, PageText, read_words
from ingest.pdf.drawing import Drawing, read_drawing
from ingest.pdf.laid_over import LaidOver
from ingest.pdf.layer import layer_trouble
from ingest.pdf.ocr_layer import differences, is_ocr_layer, unread_layer
from ingest.pdf.struck import take_struck
from schemas.document import Document, Furniture, PageInfo
from schemas.source import Notice, Ocr

MAX_PAGES = 2000
"""A file with more pages is refused: no dispatch has so many, and it would hold up all others."""

# With more pages than this, boxes are kept by stretches of lines, so that memory stays flat.
_FINE_PAGES = 60
# The file is opened again after so many pages: pdfium keeps what it decoded for as long as a file is open.
_RENEWED = 50
_SCAN_READER = "ingest.scan.reader"


def read_pdf(source: SourceFile) -> Document:
    """A PDF file as a Document. Raises ReadError when it is no PDF, is damaged, encrypted or far too long."""
    start, end = 0, 1
    reader: _Pdf | None = None
    while start < end:
        with _opened(source) as pdf:
            end = len(pdf)
            reader = reader or _Pdf(coarse=end > _FINE_PAGES)
            for index in range(start, min(end, start + _RENEWED)):
                reader.read(pdf, index)
        start += _RENEWED
    assert reader is not None  # a PDF has a page, or it would not have opened
    return reader.document(source)


@contextmanager
def _opened(source: SourceFile) -> Iterator[Any]:
    if b"%PDF-" not in source.data[:1024]:
        raise ReadError("not_pdf", "Tệp không phải là PDF, dù tên hoặc kiểu tệp nói vậy.")
    try:
        pdf = pypdfium2.PdfDocument(source.data)
    except pypdfium2.PdfiumError as error:
        raise _reason(source, error) from error
    try:
        if len(pdf) == 0:
            raise ReadError("damaged", "Tệp PDF bị hỏng: không còn trang nào.")
        if len(pdf) > MAX_PAGES:
            raise ReadError("too_many_pages", f"Tệp PDF có {len(pdf)} trang, quá giới hạn {MAX_PAGES} trang.")
        yield pdf
    finally:
        pdf.close()


def _reason(source: SourceFile, error: pypdfium2.PdfiumError) -> ReadError:
    """Why pdfium could not open the file, in a clerk's words."""
    if getattr(error, "err_code", None) in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return ReadError("encrypted", "Tệp PDF được đặt mật khẩu; cần bỏ mật khẩu rồi nạp lại.")
    if b"%%EOF" not in source.data[-2048:]:
        return ReadError("truncated", "Tệp PDF bị cắt cụt (thiếu phần cuối); cần lấy lại tệp gốc.")
    return ReadError("damaged", "Tệp PDF bị hỏng, không mở được.")


class _Pdf:
    """Reads pages one after the other and keeps only what the layout makes of them."""

    def __init__(self, *, coarse: bool) -> None:
        self.coarse = coarse
        self.layouts: list[PageLayout] = []
        self.infos: list[PageInfo] = []
        self.notices: list[Notice] = []
        self.steps: list[str] = []
        self.engine: str | None = None

    def read(self, pdf: Any, index: int) -> None:
        """Reads page `index` (from 0) and lays it out."""
        page = self._page(pdf, index)
        before = self.layouts[-1] if self.layouts else None
        self.layouts.append(lay_out(page.content, before, coarse=self.coarse))
        self.infos.append(page.info)
        self.notices += page.notices
        if page.engine is not None:
            self.engine = page.engine
            self.steps += [f"ocr_page_{index + 1}", *page.steps]

    def _page(self, pdf: Any, index: int) -> ReadPage:
        """Page `index` (from 0), by its text layer or its picture."""
        try:
            page = pdf[index]
        except pypdfium2.PdfiumError:
            return _unreadable(index + 1)
        left, bottom, right, top = page.get_bbox()
        frame = Frame(left, bottom, right, top, page.get_rotation())
        over = LaidOver.on(pdf, page, index + 1, frame)
        page = over.page
        textpage = page.get_textpage()
        text = read_words(textpage.raw, frame, over.texts)
        textpage.close()
        over.take(text.over)
        drawing = read_drawing(page.raw, frame, over.objects)
        read = self._of_layer(over, index + 1, frame, text, drawing)
        page.close()
        return read

    def _of_layer(self, over: LaidOver, number: int, frame: Frame, text: PageText, drawing: Drawing) -> ReadPage:
        width, height = frame.size
        share = drawing.picture_share(width, height)
        page = over.page
        ocr = is_ocr_layer(text, drawing, width, height)
        trouble = layer_trouble(" ".join([word.text for word in text.words]), picture_share=share, seen=not ocr)
        if trouble is None:
            return _read_anew(over, number, text, drawing) if ocr else _read_layer(over, number, text, drawing)
        if not (text.words or drawing.pictures or drawing.rulings):
            content = PageContent(number, width, height, (), furniture=over.put_into(())[1])
            return ReadPage(content, PageInfo(number=number, width=width, height=height, origin="empty"))
        scanned = _scanned(page, number)
        if scanned is not None:
            return _with_furniture(over.put_into_page(scanned), take_stamps(text.words, number)[1])
        read = _read_layer(over, number, text, drawing)
        notice = Notice(
            code="damaged_text",
            message=f"Trang {number} không có lớp chữ dùng được và chưa được nhận dạng từ ảnh.",
            page=number,
        )
        return replace(read, notices=(*read.notices, notice))

    def document(self, source: SourceFile) -> Document:
        """All that was read, as one Document."""
        layout = assemble(self.layouts, coarse=self.coarse)
        if not layout.blocks and not self.notices:
            self.notices.append(Notice(code="damaged_text", message="Tệp PDF không có chữ nào đọc được."))
        record = source.source("pdf", pages=len(self.infos), steps=(*self.steps, *layout.steps))
        if self.engine is not None:
            known = [info.confidence for info in self.infos if info.confidence is not None]
            mean = sum(known) / len(known) if known else 0.0
            record = record.model_copy(update={"ocr": Ocr(engine=self.engine, mean_confidence=mean)})
        return Document(
            source=record,
            pages=tuple(self.infos),
            blocks=layout.blocks,
            footnotes=layout.footnotes,
            furniture=layout.furniture,
            warnings=tuple(self.notices),
        )


def _scanned(page: Any, number: int) -> ReadPage | None:
    """The page read from its picture, or None where OCR is not installed."""
    try:
        scan = import_module(_SCAN_READER)
    except ImportError:
        return None
    read: ReadPage = scan.read_page(page, number)
    return read


def _unreadable(number: int) -> ReadPage:
    """A page whose object is missing from the file, as in one cut short."""
    notice = Notice(code="damaged_text", message=f"Trang {number} của tệp PDF bị hỏng, không đọc được.", page=number)
    return ReadPage(PageContent(number, 0.0, 0.0, ()), PageInfo(number=number, origin="empty"), (notice,))


def _read_anew(over: LaidOver, number: int, text: PageText, drawing: Drawing) -> ReadPage:
    """A page whose layer was made by OCR: read from its picture, with what the two have otherwise."""
    try:
        read = _scanned(over.page, number)
    except ReadError:  # the engine has no Vietnamese here: the layer is all there is
        read = None
    if read is None or not read.content.words:
        layer = _read_layer(over, number, text, drawing)
        return replace(layer, notices=(*layer.notices, unread_layer(number)))
    notices = (*read.notices, *differences(text.words, read))
    return replace(over.put_into_page(read), notices=notices, steps=(f"ocr_layer_{number}", *read.steps))


def _read_layer(over: LaidOver, number: int, text: PageText, drawing: Drawing) -> ReadPage:
    """A page by its text layer."""
    width, height = over.frame.size
    words, furniture = take_stamps(text.words, number)
    words, struck = take_struck(words, [*drawing.rulings, *over.strikes], number)
    frames = ruled_tables(drawing.rulings)
    words, laid_over = over.put_into(words, frames)
    furniture += laid_over
    grids, words, turned = fill_grids(frames, words, text.turned, number)
    furniture += [as_furniture("watermark", [line_of(turned)], number)] if turned else []
    content = PageContent(number, width, height, words, drawing.rulings, grids, furniture)
    under_picture = drawing.picture_share(width, height) > 0.5 or (text.hidden * 2 > text.characters > 0)
    origin: Literal["text", "text_layer"] = "text_layer" if under_picture else "text"
    return ReadPage(content, PageInfo(number=number, width=width, height=height, origin=origin), tuple(struck))


def _with_furniture(read: ReadPage, furniture: list[Furniture]) -> ReadPage:
    content = read.content
    return replace(read, content=replace(content, furniture=[*content.furniture, *furniture]))
