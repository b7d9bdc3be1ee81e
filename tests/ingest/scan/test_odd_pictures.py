"""No picture, however odd, stops a step of the scan reader; and a step that fails costs only what it gives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from ingest.door.errors import ReadError
from ingest.door.steps import FAILED
from ingest.page.grid_text import fill_grids
from ingest.page.placed import PlacedWord
from ingest.page.rulings import COVER_OF_SCANS, TableFrame, table_frames
from ingest.page.stamp_frames import take_framed_stamps
from ingest.page.stamps import take_stamps
from ingest.read import read_file
from ingest.scan.colour import coloured_lines
from ingest.scan.covered import doubt_covered
from ingest.scan.cut_short import is_cut_short, whole_pages
from ingest.scan.field_reading import read_blank
from ingest.scan.pen.blanks import take_handwriting
from ingest.scan.pen.cuttings import Blank as PenBlank
from ingest.scan.pen.digit_reading import read_blank as read_between
from ingest.scan.pen.figure_readings import confirm_figures
from ingest.scan.pen.per_mille import tell_mille
from ingest.scan.pen.roman import count_strokes
from ingest.scan.pen.second_reader import second_reading
from ingest.scan.picture.cell_marks import cell_marks
from ingest.scan.picture.faint_rules import faint_rules
from ingest.scan.picture.frames import parted_across, parted_down
from ingest.scan.picture.ink import spots_of
from ingest.scan.picture.ink_lines import lines_of
from ingest.scan.picture.leaders import has_leaders
from ingest.scan.picture.picture import MOST_PIXELS, Picture, ScannedSheet, as_it_is, is_blank, prepare, turned
from ingest.scan.picture.rules import take_rules
from ingest.scan.picture.table_cells import cell_zones, check_numbering, check_sections, doubts
from ingest.scan.reader import read_picture
from ingest.scan.signs import tidy_cells
from ingest.scan.struck_by_pen import doubt_struck
from ingest.scan.unsure_figures import doubt_all_figures, doubt_figures
from ingest.scan.words.read_lines import read_line_of
from schemas.doubts import Doubt
from tests.support.pictures import BODY, DPI, letterhead, needs_ocr
from tests.support.poison import poison

LONG = [(1, 30_000), (30_000, 1), (20, 6_000), (6_000, 20)]
SIZES = [(1, 1), (1, 2), (2, 1), (3, 3), (7, 5), (1, 900), (900, 1), (15, 400), (40, 40), (400, 17), (30, 1200)]
FILLS: dict[str, Callable[[int, int], NDArray[np.uint8]]] = {
    "white": lambda high, wide: np.full((high, wide), 255, np.uint8),
    "black": lambda high, wide: np.zeros((high, wide), np.uint8),
    "noise": lambda high, wide: np.random.default_rng(7).integers(0, 256, (high, wide), np.uint8),
    "chequers": lambda high, wide: np.asarray(np.indices((high, wide)).sum(axis=0) // 3 % 2 * 255, np.uint8),
    "stripes": lambda high, wide: np.asarray(np.indices((high, wide))[1] // 2 % 4 * 85, np.uint8),
    "red": lambda high, wide: np.dstack([np.full((high, wide), each, np.uint8) for each in (230, 20, 20)]),
    "colours": lambda high, wide: np.random.default_rng(3).integers(0, 256, (high, wide, 3), np.uint8),
}
DPIS = [6.0, 72.0, 150.0, 1200.0]


def steps_on(picture: Picture) -> None:
    """Every step of reading one page, one after the other, without the net that a page has."""
    is_blank(turned(picture, 90))
    for sheet in (prepare(picture), as_it_is(picture)):
        faint_rules(sheet.grey, sheet.dpi, ())
        sheet, rulings = take_rules(sheet)
        spots = spots_of(sheet.ink, sheet.dpi)
        frames = parted_across(table_frames(rulings, COVER_OF_SCANS), spots, sheet.dpi)
        zones = cell_zones(frames, spots, sheet.dpi)
        lines = [read_line_of(sheet, spots, line) for line in lines_of(spots, zones.of_spot)[:1]]
        count_strokes(sheet, lines)
        lines = confirm_figures(sheet, spots, lines, zones)
        coloured_lines(sheet)
        doubt_struck(sheet, spots, [line for line in lines if line.words], rulings, 1)
        tell_mille(spots, lines, zones)
        marks = cell_marks(sheet, spots, zones, [line.ink.spots for line in lines])
        take_handwriting(sheet, spots, [line for line in lines if line.words], 1, rulings)
        content_steps([*(word for line in lines for word in line.words), *marks], frames)


def content_steps(words: list[PlacedWord], frames: list[TableFrame]) -> None:
    """The steps from the words of a page to its stamps and tables."""
    frames, words, framed, _ = take_framed_stamps(frames, words, 1)
    words, furniture = take_stamps(words, 1)
    words = doubt_covered(words, [*framed, *furniture])
    grids, words, _ = fill_grids(parted_down(frames, words), words, (), 1)
    for grid in grids:
        list(doubts(check_sections(check_numbering(tidy_cells(grid)))))
    words, _ = doubt_figures(words, 1)
    doubt_all_figures(words, grids)


def blanks_on(pixels: NDArray[np.uint8]) -> None:
    """What reads the small pictures of filled blanks, and pen strokes, shown this picture."""
    grey = pixels if pixels.ndim == 2 else np.asarray(pixels.max(axis=2), np.uint8)
    high, wide = grey.shape
    for kind in ("number", "day"):
        for unit in (1.0, high / 2):
            read_between(grey, PenBlank(0, wide, high, unit), kind, symbol="UBND")  # type: ignore[arg-type]  # a str
        read_blank(grey, kind)  # type: ignore[arg-type]  # one of its kinds
    has_leaders(grey, (0, wide), high, high / 2)
    second_reading(grey)


@pytest.mark.parametrize("fill", FILLS)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_step_bears_every_picture(size: tuple[int, int], fill: str) -> None:
    for dpi in DPIS:
        steps_on(Picture(FILLS[fill](*size), dpi))
    blanks_on(FILLS[fill](*size))


@pytest.mark.slow
@pytest.mark.parametrize("fill", ["white", "black", "red"])
@pytest.mark.parametrize("size", LONG, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_step_bears_a_picture_as_long_as_a_roll(size: tuple[int, int], fill: str) -> None:
    steps_on(Picture(FILLS[fill](*size), 200.0))
    blanks_on(FILLS[fill](*size))


@pytest.mark.slow
@pytest.mark.parametrize("paper", [0, 255])
def test_a_huge_picture_is_a_page_without_words(paper: int) -> None:
    high, wide = 8000, int(MOST_PIXELS / 8000) + 500
    page = read_picture(Picture(np.full((high, wide), paper, np.uint8), 300.0), 1)
    assert not page.content.words and not page.failed


def test_an_oversized_page_of_a_pdf_is_told_in_words(tmp_path: Path) -> None:
    """Five metres square: at the resolution of a scan it would have 900 million pixels."""
    path = tmp_path / "kho-lon.pdf"
    Image.new("L", (600, 600), 255).save(path, "PDF", resolution=3.0)
    told = [notice for notice in read_file(path).warnings if "khổ quá lớn" in notice.message]
    assert [notice.page for notice in told] == [1]


def test_a_picture_with_too_many_dots_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "anh.png"
    path.write_bytes(dict(poison())["anh-bom.png"])
    with pytest.raises(ReadError, match="quá nhiều điểm ảnh") as caught:
        read_file(path)
    assert caught.value.code == "too_large"


@pytest.mark.parametrize("shape", [(0, 0), (0, 5), (5, 0), (0, 5, 3)])
def test_an_empty_picture_is_a_page_without_words(shape: tuple[int, ...]) -> None:
    page = read_picture(Picture(np.zeros(shape, np.uint8), 300.0), 1)
    assert not page.content.words and not page.failed


STEPS = (
    "prepare",
    "take_rules",
    "table_frames",
    "cell_zones",
    "count_strokes",
    "confirm_figures",
    "tell_mille",
    "cell_marks",
    "coloured_lines",
    "take_handwriting",
    "doubt_struck",
    "take_framed_stamps",
    "take_stamps",
    "doubt_covered",
    "fill_grids",
    "doubt_figures",
)


def _stumble(*_: object, **__: object) -> None:
    raise ZeroDivisionError("of a library")


@needs_ocr
@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_fails_costs_what_it_gives(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = letterhead()
    for row, line in enumerate(BODY):
        sheet.write(85, 260 + 20 * row, line)
    monkeypatch.setattr(f"ingest.scan.reader.{step}", _stumble)
    page = read_picture(sheet.picture(), 3)
    notices = [notice for notice in page.notices if notice.code == FAILED]
    assert len(notices) == 1 and notices[0].page == 3 and notices[0].message.startswith("Trang 3: bước ")
    assert "library" not in notices[0].message and "Zero" not in notices[0].message
    assert set(BODY[0].split()) & {word.text for word in page.content.words}
    figures = [word for word in page.content.words if any(each.isdigit() for each in word.text)]
    assert all(Doubt.MIXED_FIGURES in word.doubts for word in figures)


@needs_ocr
def test_a_page_that_fails_costs_that_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "quet.tif"
    first, second = (letterhead().image.convert("L") for _ in range(2))
    first.save(path, save_all=True, append_images=[second], dpi=(DPI, DPI))

    def only_the_first(sheet: ScannedSheet, *others: object) -> object:
        if only_the_first.called:
            raise IndexError("of a library")
        only_the_first.called = True
        return spots_of(sheet, *others)

    only_the_first.called = False  # type: ignore[attr-defined]  # a flag on a function of this test
    monkeypatch.setattr("ingest.scan.reader.spots_of", only_the_first)
    document = read_file(path)
    assert document.text and document.source.pages == 2
    assert [(notice.code, notice.page) for notice in document.warnings if notice.code == FAILED] == [(FAILED, 2)]
    monkeypatch.setattr("ingest.scan.reader.spots_of", _stumble)
    with pytest.raises(ReadError, match="mọi trang đều gặp lỗi"):
        read_file(path)


@needs_ocr
def test_a_picture_cut_short_is_called_so(tmp_path: Path) -> None:
    path = tmp_path / "quet.tif"
    pages = [letterhead().image.convert("L") for _ in range(2)]
    pages[0].save(path, save_all=True, append_images=pages[1:], dpi=(DPI, DPI), compression="tiff_lzw")
    data = path.read_bytes()
    assert whole_pages(data) == [True, True] and not is_cut_short(data)
    path.write_bytes(data[:-400])
    assert whole_pages(path.read_bytes()) == [True, False]
    document = read_file(path)
    assert document.text
    assert [notice.page for notice in document.warnings if "cắt cụt" in notice.message] == [2]
    for kind in ("tiff", "png", "jpeg"):
        pages[0].save(path, kind)
        path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
        with pytest.raises(ReadError, match="cắt cụt") as caught:
            read_file(path)
        assert caught.value.code == "truncated"
