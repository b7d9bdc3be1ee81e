"""The scan reader: page pictures to words with places, whether they come in a PDF or as image files."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageSequence, UnidentifiedImageError

from ingest.door.errors import ReadError
from ingest.door.registry import SourceFile
from ingest.page.grid_text import fill_grids
from ingest.page.layout import assemble, lay_out
from ingest.page.placed import PageContent, PageLayout, PlacedWord, ReadPage
from ingest.page.rulings import COVER_OF_SCANS, table_frames
from ingest.page.stamp_frames import take_framed_stamps
from ingest.page.stamps import take_stamps
from ingest.scan.colour import coloured_lines
from ingest.scan.covered import doubt_covered
from ingest.scan.pen.blanks import take_handwriting
from ingest.scan.pen.figure_readings import confirm_figures
from ingest.scan.pen.roman import count_strokes
from ingest.scan.picture.frames import parted_across, parted_down
from ingest.scan.picture.ink import lines_of, spots_of
from ingest.scan.picture.picture import Picture, is_blank, prepare, turned
from ingest.scan.picture.rules import take_rules
from ingest.scan.picture.table_cells import cell_zones, check_numbering, check_sections, doubts
from ingest.scan.signs import tidy_cells
from ingest.scan.unsure_figures import doubt_figures
from ingest.scan.words.read_lines import NotUprightError, ReadLine, read_lines
from ingest.scan.words.tesseract import engine_name
from schemas.document import Document, PageInfo
from schemas.source import Notice, Ocr

MAX_PAGES = 500
"""A TIFF with more pages is refused."""

_POINTS = 72.0
_USUAL_DPI, _LEAST_DPI, _MOST_DPI = 300.0, 150.0, 300.0
_IMAGE = 3  # FPDF_PAGEOBJ_IMAGE
_TURNS = (0, 180, 270, 90)
# A picture without a stated resolution is taken for a whole A4 page, 210 mm wide.
_A4_WIDTH_INCHES = 8.27


def read_page(page: Any, number: int) -> ReadPage:
    """Page `number` of a PDF (a pypdfium2 page), read from its picture; annotations and form fields are not drawn."""
    return read_picture(_rendered(page), number)


def _rendered(page: Any) -> Picture:
    dpi = native_dpi(page)
    bitmap = page.render(scale=dpi / _POINTS, may_draw_forms=False, draw_annots=False, rev_byteorder=True)
    pixels = bitmap.to_numpy()
    return Picture(_plain(pixels[..., :3] if pixels.ndim == 3 else pixels), dpi)


def read_image(source: SourceFile) -> Document:
    """A JPEG, PNG or TIFF (of one or more pages) as a Document. Raises ReadError when it is no readable picture."""
    layouts: list[PageLayout] = []
    infos: list[PageInfo] = []
    pages: list[ReadPage] = []
    for number, picture in enumerate(_pictures(source), 1):
        page = read_picture(picture, number)
        layouts.append(lay_out(page.content, layouts[-1] if layouts else None))
        infos.append(page.info)
        pages.append(page)
    layout = assemble(layouts)
    steps = tuple(step for page in pages for step in (f"ocr_page_{page.info.number}", *page.steps))
    known = [info.confidence for info in infos if info.confidence is not None]
    mean = round(sum(known) / len(known), 3) if known else 0.0
    record = source.source("scan", pages=len(infos), steps=(*steps, *layout.steps))
    return Document(
        source=record.model_copy(update={"ocr": Ocr(engine=engine_name(), mean_confidence=mean)}),
        pages=tuple(infos),
        blocks=layout.blocks,
        footnotes=layout.footnotes,
        furniture=layout.furniture,
        warnings=tuple(notice for page in pages for notice in page.notices),
    )


def read_picture(picture: Picture, number: int) -> ReadPage:
    """One page picture, read: words in points of the page, upright and straightened."""
    for turn in _TURNS:
        try:
            return _read_turned(turned(picture, turn), number, turn)
        except NotUprightError:
            continue
    return _unread(picture, number)


def _read_turned(picture: Picture, number: int, turn: int) -> ReadPage:
    sheet, rulings = take_rules(prepare(picture))
    spots = spots_of(sheet.ink, sheet.dpi)
    frames = parted_across(table_frames(rulings, COVER_OF_SCANS), spots, sheet.dpi)
    zones = cell_zones(frames, spots, sheet.dpi)
    lines = read_lines(sheet, spots, lines_of(spots, zones.of_spot), zones.hold)
    count_strokes(sheet, lines)
    lines = confirm_figures(sheet, spots, lines, zones)
    lines += coloured_lines(sheet)
    lines, written = take_handwriting(sheet, spots, lines, number)
    frames, words, framed, covered = take_framed_stamps(frames, _words(lines), number)
    words, furniture = take_stamps(words, number)
    words = doubt_covered(words, [*framed, *furniture])
    confidence = _confidence(words)
    grids, words, _ = fill_grids(parted_down(frames, words), words, (), number)
    grids = [check_sections(check_numbering(tidy_cells(grid))) for grid in grids]
    words, unsure = doubt_figures(words, number)
    width, height = picture.points
    content = PageContent(number, width, height, words, rulings, grids, [*written, *framed, *furniture])
    notices = (*covered, *unsure, *(notice for grid in grids for notice in doubts(grid)))
    steps = (f"turn_page_{number}_{turn}",) if turn else ()
    info = _info(picture, number, confidence).model_copy(update={"turn": turn, "skew": round(sheet.skew, 3)})
    return ReadPage(content, info, notices, engine_name(), steps)


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


def _confidence(words: list[PlacedWord]) -> float | None:
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


def _pictures(source: SourceFile) -> Iterator[Picture]:
    try:
        with Image.open(io.BytesIO(source.data)) as image:
            count = getattr(image, "n_frames", 1)
            if count > MAX_PAGES:
                raise ReadError("too_many_pages", f"Tệp ảnh có {count} trang, quá giới hạn {MAX_PAGES} trang.")
            for frame in ImageSequence.Iterator(image):
                yield _picture(frame)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise ReadError("damaged", "Tệp ảnh bị hỏng hoặc quá lớn, không mở được.") from error


def _picture(frame: Image.Image) -> Picture:
    pixels = np.asarray(frame.convert("L" if frame.mode in ("1", "L", "I;16") else "RGB"), np.uint8)
    stated = frame.info.get("dpi", (0, 0))[0]
    dpi = float(stated) if 70 <= float(stated) <= 1300 else min(frame.size) / _A4_WIDTH_INCHES
    return Picture(_plain(pixels), dpi)


def _plain(pixels: np.ndarray[Any, np.dtype[np.uint8]]) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Pixels in one piece; a colour picture that holds no colour becomes a grey one."""
    pixels = np.ascontiguousarray(pixels)
    if pixels.ndim == 3:
        red, green, blue = cv2.split(np.ascontiguousarray(pixels[::7, ::7]))
        spread = cv2.subtract(cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue))
        if int(spread.max()) < 24:
            pixels = np.asarray(cv2.extractChannel(pixels, 1), np.uint8)
    return pixels
