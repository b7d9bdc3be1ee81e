"""The scan reader: page pictures to words with places, whether they come in a PDF or as image files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from ingest.door.errors import ReadError
from ingest.door.registry import SourceFile
from ingest.door.steps import PageSteps, failed_page, whole_page
from ingest.page.grid_text import fill_grids
from ingest.page.layout import assemble, lay_out_read
from ingest.page.placed import PageContent, PageLayout, PlacedWord, ReadPage, failed_read
from ingest.page.rulings import COVER_OF_SCANS, TableFrame, table_frames
from ingest.page.stamp_frames import take_framed_stamps
from ingest.page.stamps import take_stamps
from ingest.scan.colour import coloured_lines
from ingest.scan.covered import doubt_covered
from ingest.scan.image_files import pictures_in, plain
from ingest.scan.pen.blanks import take_handwriting
from ingest.scan.pen.figure_readings import confirm_figures
from ingest.scan.pen.per_mille import tell_mille
from ingest.scan.pen.roman import count_strokes
from ingest.scan.picture.cell_marks import cell_marks
from ingest.scan.picture.frames import parted_across, parted_down
from ingest.scan.picture.ink import spots_of
from ingest.scan.picture.ink_lines import lines_of
from ingest.scan.picture.picture import MOST_PIXELS, Picture, as_it_is, is_blank, is_no_page, prepare, turned
from ingest.scan.picture.rules import take_rules
from ingest.scan.picture.table_cells import (
    cell_zones,
    check_numbering,
    check_sections,
    doubts,
    no_zones,
    told_mended,
)
from ingest.scan.signs import tidy_cells
from ingest.scan.struck_by_pen import doubt_struck
from ingest.scan.unsure_figures import doubt_all_figures, doubt_figures
from ingest.scan.words.read_lines import NotUprightError, ReadLine, read_lines
from ingest.scan.words.tesseract import engine_name
from schemas.document import Document, Furniture, Grid, PageInfo
from schemas.source import Notice, Ocr

_POINTS = 72.0
_USUAL_DPI, _LEAST_DPI, _MOST_DPI = 300.0, 150.0, 300.0
_IMAGE = 3  # FPDF_PAGEOBJ_IMAGE
_TURNS = (0, 180, 270, 90)


def read_page(page: Any, number: int) -> ReadPage:
    """Page `number` of a PDF (a pypdfium2 page), read from its picture; annotations and form fields are not drawn."""
    dpi = min(native_dpi(page), _largest_dpi(page))
    read = read_picture(_rendered(page, dpi), number)
    if dpi >= _LEAST_DPI:
        return read
    message = f"Trang {number} có khổ quá lớn, chỉ đọc được ở độ phân giải thấp; cần người xem bản gốc."
    return replace(read, notices=(*read.notices, Notice(code="damaged_text", message=message, page=number)))


def _largest_dpi(page: Any) -> float:
    """The resolution at which a page has as many pixels as a picture that is read may have."""
    width, height = page.get_size()
    return float((MOST_PIXELS / max(width * height, 1.0)) ** 0.5 * _POINTS)


def _rendered(page: Any, dpi: float) -> Picture:
    bitmap = page.render(scale=dpi / _POINTS, may_draw_forms=False, draw_annots=False, rev_byteorder=True)
    pixels = bitmap.to_numpy()
    return Picture(plain(pixels[..., :3] if pixels.ndim == 3 else pixels), dpi)


def read_image(source: SourceFile) -> Document:
    """A JPEG, PNG or TIFF (of one or more pages) as a Document. Raises ReadError when no page of it can be read."""
    layouts: list[PageLayout] = []
    pages: list[ReadPage] = []
    reasons: list[ReadError] = []
    for number, picture in enumerate(pictures_in(source.data), 1):
        if isinstance(picture, ReadError):
            reasons.append(picture)
        page, layout = _laid_out(picture, number, layouts[-1] if layouts else None)
        layouts.append(layout)
        pages.append(page)
    if len(reasons) == len(pages):
        raise reasons[0] if reasons else ReadError("damaged", "Tệp ảnh không có trang nào.")
    if all(page.failed for page in pages):
        raise ReadError("unread_pages", "Không đọc được trang nào của tệp ảnh này (mọi trang đều gặp lỗi).")
    return _document(source, pages, layouts)


def _laid_out(picture: Picture | ReadError, number: int, before: PageLayout | None) -> tuple[ReadPage, PageLayout]:
    """A page of a picture file, read and laid out."""
    if isinstance(picture, ReadError):
        notice = Notice(code="damaged_text", message=f"Trang {number}: {picture.message}", page=number)
        page = failed_read(number, notice)
    else:
        failed = failed_read(number, failed_page(number))
        page = whole_page(number, lambda: read_picture(picture, number), lambda: failed)
    return lay_out_read(page, before)


def _document(source: SourceFile, pages: list[ReadPage], layouts: list[PageLayout]) -> Document:
    layout = assemble(layouts)
    steps = tuple(step for page in pages for step in (f"ocr_page_{page.info.number}", *page.steps))
    known = [page.info.confidence for page in pages if page.info.confidence is not None]
    mean = round(sum(known) / len(known), 3) if known else 0.0
    record = source.source("scan", pages=len(pages), steps=(*steps, *layout.steps))
    return Document(
        source=record.model_copy(update={"ocr": Ocr(engine=engine_name(), mean_confidence=mean)}),
        pages=tuple(page.info for page in pages),
        blocks=layout.blocks,
        footnotes=layout.footnotes,
        furniture=layout.furniture,
        warnings=tuple(notice for page in pages for notice in page.notices),
    )


def read_picture(picture: Picture, number: int) -> ReadPage:
    """One page picture, read: words in points of the page, upright and straightened."""
    if is_no_page(picture):
        return _unread(picture, number)
    for turn in _TURNS:
        try:
            return _read_turned(turned(picture, turn), number, turn)
        except NotUprightError:
            continue
    return _unread(picture, number)


def _read_turned(picture: Picture, number: int, turn: int) -> ReadPage:
    """The page, step by step: what finds the letters must succeed, any other step may fail and is told of."""
    steps = PageSteps(number, passing=(NotUprightError,))
    take = steps.take
    sheet = take("làm thẳng và làm sạch ảnh", lambda: prepare(picture), lambda: as_it_is(picture))
    sheet, rulings = take("tìm đường kẻ", lambda: take_rules(sheet), lambda: (sheet, []))
    spots = spots_of(sheet.ink, sheet.dpi)
    frames = take(
        "tìm khung bảng",
        lambda: parted_across(table_frames(rulings, COVER_OF_SCANS), spots, sheet.dpi),
        list[TableFrame],
    )
    zones = take("chia ô bảng", lambda: cell_zones(frames, spots, sheet.dpi), lambda: no_zones(spots))
    lines = read_lines(sheet, spots, lines_of(spots, zones.of_spot), zones.hold)
    take("đếm nét số La Mã", lambda: count_strokes(sheet, lines), lambda: None)
    lines = take("đọc lại chữ số", lambda: confirm_figures(sheet, spots, lines, zones), lambda: lines)
    take("xét dấu phần nghìn", lambda: tell_mille(spots, lines, zones), lambda: None)
    marks = take(
        "đọc dấu trong ô",
        lambda: cell_marks(sheet, spots, zones, [line.ink.spots for line in lines]),
        list[PlacedWord],
    )
    lines += take("đọc chữ màu", lambda: coloured_lines(sheet), list[ReadLine])
    lines, written = take(
        "tìm chữ viết tay",
        lambda: take_handwriting(sheet, spots, lines, number, rulings),
        lambda: (lines, list[Furniture]()),
    )
    lines, struck = take(
        "tìm nét gạch qua chữ",
        lambda: doubt_struck(sheet, spots, lines, rulings, number),
        lambda: (lines, list[Notice]()),
    )
    content, confidence, notices = _content(steps, picture, [*_words(lines), *marks], frames, number)
    content = replace(content, rulings=rulings, furniture=[*written, *content.furniture])
    ways = (f"turn_page_{number}_{turn}",) if turn else ()
    info = _info(picture, number, confidence).model_copy(update={"turn": turn, "skew": round(sheet.skew, 3)})
    return ReadPage(content, info, (*struck, *notices, *steps.notices), engine_name(), ways)


def _content(
    steps: PageSteps, picture: Picture, words: list[PlacedWord], frames: list[TableFrame], number: int
) -> tuple[PageContent, float | None, tuple[Notice, ...]]:
    """The words of a page, its stamps and its tables, and how sure OCR was of the words.

    Where a step failed, every figure is doubted.
    """
    take = steps.take
    frames, words, framed, covered = take(
        "tìm dấu đến có khung", lambda: take_framed_stamps(frames, words, number), lambda: (frames, words, [], [])
    )
    words, furniture = take("tìm con dấu", lambda: take_stamps(words, number), lambda: (words, []))
    words = take("xét chữ dưới con dấu", lambda: doubt_covered(words, [*framed, *furniture]), lambda: words)
    confidence = _confidence(words)
    grids, words, _ = take(
        "xếp chữ vào bảng", lambda: fill_grids(parted_down(frames, words), words, (), number), lambda: ([], words, ())
    )
    checked = [take("soát bảng", partial(_checked, grid), partial(_same, grid)) for grid in grids]
    grids = [grid for grid, _ in checked]
    words, unsure = take("xét chữ số mờ", lambda: doubt_figures(words, number), lambda: (words, []))
    if steps.failed:
        words, grids = doubt_all_figures(words, grids)
    width, height = picture.points
    content = PageContent(number, width, height, words, (), grids, [*framed, *furniture])
    told = [notice for grid, mended in checked for notice in (*mended, *doubts(grid))]
    return content, confidence, (*covered, *unsure, *told)


def _checked(grid: Grid) -> tuple[Grid, list[Notice]]:
    """A table with its numbering put right, and what was put right."""
    tidy = tidy_cells(grid)
    counted = check_sections(check_numbering(tidy))
    return counted, told_mended(tidy, counted)


def _same(grid: Grid) -> tuple[Grid, list[Notice]]:
    return grid, []


def _info(picture: Picture, number: int, confidence: float | None) -> PageInfo:
    width, height = picture.points
    return PageInfo(number=number, width=round(width, 2), height=round(height, 2), origin="ocr", confidence=confidence)


def _unread(picture: Picture, number: int) -> ReadPage:
    """A page on which OCR finds no language, whichever way it is turned: empty, a drawing, or too faint."""
    width, height = picture.points
    content = PageContent(number, width, height, ())
    if is_blank(picture):
        return ReadPage(content, _info(picture, number, None).model_copy(update={"origin": "empty"}))
    notice = Notice(
        code="damaged_text",
        message=f"Trang {number} là ảnh mà không nhận dạng được chữ; cần xem ảnh.",
        page=number,
    )
    return ReadPage(content, _info(picture, number, 0.0), (notice,), engine_name())


def _words(lines: list[ReadLine]) -> list[PlacedWord]:
    return [word for line in lines for word in line.words]


def _confidence(words: Sequence[PlacedWord]) -> float | None:
    """The mean confidence of a page, each word counted by its length."""
    letters = sum(len(word.text) for word in words)
    return round(sum(len(word.text) * (word.confidence or 0.0) for word in words) / letters, 3) if letters else None


def native_dpi(page: Any) -> float:
    """The resolution of the scan inside a page of pypdfium2, within what reads well; the usual one without a scan."""
    best, widest = _USUAL_DPI, 0.0
    for piece in page.get_objects(filter=(_IMAGE,), max_depth=3):
        left, _, right, _ = piece.get_bounds()
        across = max(right - left, 0.0)
        if across > max(widest, 0.4 * page.get_width()):
            widest = across
            best = piece.get_px_size()[0] / across * _POINTS
    return min(max(best, _LEAST_DPI), _MOST_DPI)
