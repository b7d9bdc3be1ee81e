"""No picture, however odd, stops a step of the scan reader; and a step that fails costs only what it gives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.door.errors import ReadError
from ingest.door.steps import FAILED
from ingest.page.rulings import COVER_OF_SCANS, table_frames
from ingest.read import read_file
from ingest.scan.colour import coloured_lines
from ingest.scan.cut_short import is_cut_short, whole_pages
from ingest.scan.pen.blanks import take_handwriting
from ingest.scan.pen.figure_readings import confirm_figures
from ingest.scan.pen.roman import count_strokes
from ingest.scan.picture.faint_rules import faint_rules
from ingest.scan.picture.frames import parted_across
from ingest.scan.picture.ink import lines_of, spots_of
from ingest.scan.picture.picture import Picture, ScannedSheet, as_it_is, is_blank, prepare, turned
from ingest.scan.picture.rules import take_rules
from ingest.scan.picture.table_cells import cell_zones
from ingest.scan.reader import read_picture
from ingest.scan.struck_by_pen import doubt_struck
from ingest.scan.words.read_lines import read_line_of
from schemas.doubts import Doubt
from tests.support.pictures import BODY, DPI, letterhead, needs_ocr

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
        take_handwriting(sheet, spots, [line for line in lines if line.words], 1)


@pytest.mark.parametrize("fill", FILLS)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_step_bears_every_picture(size: tuple[int, int], fill: str) -> None:
    for dpi in DPIS:
        steps_on(Picture(FILLS[fill](*size), dpi))


@pytest.mark.parametrize("shape", [(0, 0), (0, 5), (5, 0), (0, 5, 3)])
def test_an_empty_picture_is_a_page_without_words(shape: tuple[int, ...]) -> None:
    page = read_picture(Picture(np.zeros(shape, np.uint8), 300.0), 1)
    assert not page.content.words and not page.failed


STEPS = (
    "prepare",
    "take_rules",
    "table_frames",
    "count_strokes",
    "confirm_figures",
    "coloured_lines",
    "take_handwriting",
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
