"""The PDF reader: pdfium's characters and lines, page by page, to a Document.

Each page is decided on its own: where its text layer is missing or not to be trusted, the scan reader reads its
picture, and all pages come out as one Document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from typing import Any, Literal

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.door.containers.expand import files_inside
from ingest.door.errors import ReadError
from ingest.door.notices import attachment_notices
from ingest.door.registry import SourceFile
from ingest.door.steps import PageSteps, failed_page, whole_page
from ingest.page.grid_text import fill_grids
from ingest.page.layout import assemble, lay_out_read
from ingest.page.margins import as_furniture
from ingest.page.placed import PageContent, PageLayout, PlacedWord, ReadPage, failed_read, line_of
from ingest.page.ruled_tables import ruled_tables
from ingest.page.rulings import Ruling, TableFrame
from ingest.page.stamps import take_stamps
from ingest.page.unruled.aligned_tables import aligned_tables
from ingest.page.unruled.split_rows import by_height, split_rows
from ingest.pdf.characters import Frame, PageText, read_words
from ingest.pdf.drawing import Drawing, read_drawing
from ingest.pdf.laid_over import LaidOver
from ingest.pdf.layer import LayerTrouble, layer_trouble
from ingest.pdf.ocr_layer import differences, is_ocr_layer, unread_layer
from ingest.pdf.struck_words import take_struck
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
        self.unread = 0

    def read(self, pdf: Any, index: int) -> None:
        """Reads page `index` (from 0) and lays it out."""
        number = index + 1
        page = whole_page(number, lambda: self._page(pdf, index), lambda: failed_read(number, failed_page(number)))
        before = self.layouts[-1] if self.layouts else None
        page, layout = lay_out_read(page, before, coarse=self.coarse)
        self.layouts.append(layout)
        self.unread += page.failed
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
        steps = PageSteps(index + 1)
        over = steps.take(
            "tìm chú thích và ô biểu mẫu",
            lambda: LaidOver.on(pdf, page, index + 1, frame),
            lambda: LaidOver.without(pdf, index + 1, frame),
        )
        text = steps.take("đọc lớp chữ", lambda: _text_of(over), lambda: PageText([], [], 0, 0))
        steps.take("đọc chú thích và ô biểu mẫu", lambda: over.take(text.over), lambda: None)
        drawing = steps.take("tìm đường kẻ và ảnh", lambda: read_drawing(over.page.raw, frame, over.objects), Drawing)
        read = self._of_layer(over, steps, text, drawing)
        over.page.close()
        return replace(read, notices=(*read.notices, *steps.notices))

    def _of_layer(self, over: LaidOver, steps: PageSteps, text: PageText, drawing: Drawing) -> ReadPage:
        number, (width, height) = steps.page, over.frame.size
        share = drawing.picture_share(width, height)
        words = " ".join([word.text for word in text.words])
        ocr = is_ocr_layer(text, drawing, width, height)
        # What cannot be judged is not trusted: the page's picture is read, where it can be.
        trouble = steps.take(
            "xét lớp chữ",
            lambda: layer_trouble(words, picture_share=share, seen=not ocr),
            lambda: LayerTrouble.UNMAPPED,
        )
        if trouble is None:
            return _read_anew(over, steps, text, drawing) if ocr else _read_layer(over, steps, text, drawing)
        if not (steps.failed or text.words or drawing.pictures or drawing.rulings):
            content = PageContent(number, width, height, (), furniture=_laid_over(over, steps, ())[1])
            return ReadPage(content, PageInfo(number=number, width=width, height=height, origin="empty"))
        scanned = steps.take("nhận dạng chữ từ ảnh của trang", lambda: _scanned(over.page, number), lambda: None)
        if scanned is not None:
            return _with_furniture(_with_fields(over, steps, scanned), take_stamps(text.words, number)[1])
        read = _read_layer(over, steps, text, drawing)
        notice = Notice(
            code="damaged_text",
            message=f"Trang {number} không có lớp chữ dùng được và chưa được nhận dạng từ ảnh.",
            page=number,
        )
        return replace(read, notices=(*read.notices, notice))

    def document(self, source: SourceFile) -> Document:
        """All that was read, as one Document. Raises ReadError where no page could be read."""
        if self.unread == len(self.infos):
            raise ReadError("unread_pages", "Không đọc được trang nào của tệp PDF này: mọi trang đều hỏng.")
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
            warnings=(*self.notices, *attachment_notices(member.name for member in files_inside(source).members)),
        )


def _scanned(page: Any, number: int) -> ReadPage | None:
    """The page read from its picture, or None where OCR is not installed."""
    try:
        scan = import_module(_SCAN_READER)
    except ImportError:
        return None
    read: ReadPage = scan.read_page(page, number)
    return read


def _text_of(over: LaidOver) -> PageText:
    textpage = over.page.get_textpage()
    text = read_words(textpage.raw, over.frame, over.texts)
    textpage.close()
    return text


def _unreadable(number: int) -> ReadPage:
    """A page whose object is missing from the file, as in one cut short."""
    message = f"Trang {number} của tệp PDF bị hỏng, không đọc được."
    return failed_read(number, Notice(code="damaged_text", message=message, page=number))


def _read_anew(over: LaidOver, steps: PageSteps, text: PageText, drawing: Drawing) -> ReadPage:
    """A page whose layer was made by OCR: read from its picture, with what the two have otherwise."""
    number = steps.page
    try:
        read = steps.take("nhận dạng chữ từ ảnh của trang", lambda: _scanned(over.page, number), lambda: None)
    except ReadError:  # the engine has no Vietnamese here: the layer is all there is
        read = None
    if read is None or not read.content.words:
        layer = _read_layer(over, steps, text, drawing)
        return replace(layer, notices=(*layer.notices, unread_layer(number)))
    notices = (*read.notices, *differences(text.words, read))
    return replace(_with_fields(over, steps, read), notices=notices, steps=(f"ocr_layer_{number}", *read.steps))


def _read_layer(over: LaidOver, steps: PageSteps, text: PageText, drawing: Drawing) -> ReadPage:
    """A page by its text layer."""
    number, (width, height) = steps.page, over.frame.size
    words, furniture = steps.take("tìm con dấu", lambda: take_stamps(text.words, number), lambda: (text.words, []))
    rules = [*drawing.rulings, *over.strikes]
    live, struck = steps.take("tìm chữ bị gạch", lambda: take_struck(words, rules, number), lambda: (words, []))
    frames = steps.take("tìm khung bảng", lambda: _frames(drawing.rulings, live), list[TableFrame])
    filled, laid_over = _laid_over(over, steps, live, frames)
    grids, words, turned = steps.take(
        "dựng bảng", lambda: fill_grids(frames, filled, text.turned, number), lambda: ([], filled, [])
    )
    furniture = [*furniture, *laid_over]
    furniture += [as_furniture("watermark", [line_of(turned)], number)] if turned else []
    content = PageContent(number, width, height, words, drawing.rulings, grids, furniture)
    under_picture = drawing.picture_share(width, height) > 0.5 or (text.hidden * 2 > text.characters > 0)
    origin: Literal["text", "text_layer"] = "text_layer" if under_picture else "text"
    return ReadPage(content, PageInfo(number=number, width=width, height=height, origin=origin), tuple(struck))


def _frames(rulings: Sequence[Ruling], words: Sequence[PlacedWord]) -> list[TableFrame]:
    """The tables of a page: those with rules, and those whose columns only the places of their words show."""
    frames = ruled_tables(rulings)
    placed = by_height(words) if frames else []
    ruled = [split_rows(frame, placed) for frame in frames]
    return [*ruled, *aligned_tables(words, rulings, ruled)]


def _laid_over(
    over: LaidOver, steps: PageSteps, words: Sequence[PlacedWord], frames: Sequence[TableFrame] = ()
) -> tuple[list[PlacedWord], list[Furniture]]:
    """Words with those of the page's fields among them, and what else is laid over it."""
    return steps.take("đặt chú thích và ô biểu mẫu", lambda: over.put_into(words, frames), lambda: (list(words), []))


def _with_fields(over: LaidOver, steps: PageSteps, read: ReadPage) -> ReadPage:
    """A page that was read from its picture, with what is laid over it."""
    return steps.take("đặt chú thích và ô biểu mẫu", lambda: over.put_into_page(read), lambda: read)


def _with_furniture(read: ReadPage, furniture: list[Furniture]) -> ReadPage:
    content = read.content
    return replace(read, content=replace(content, furniture=[*content.furniture, *furniture]))
