"""Tables on scans whose rules are thin, pale or broken: the grid is found all the same, and nothing else is."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.page.placed import PlacedWord
from ingest.page.rulings import COVER_OF_SCANS, FrameCell, Ruling, TableFrame, table_frames
from ingest.scan.picture.faint_rules import faint_rules
from ingest.scan.picture.frames import parted_across, parted_down
from ingest.scan.picture.ink import spots_of
from ingest.scan.picture.picture import POINTS_PER_INCH, prepare
from ingest.scan.picture.rules import take_rules
from ingest.scan.reader import read_picture
from tests.support.pictures import BODY, DPI, POINT, Sheet, letterhead, needs_ocr

_LEFTS, _TOPS = (80, 120, 320, 420, 520), tuple(range(120, 361, 24))
_PALE = "#a0a0a0"


def table(colour: str, *, broken: bool = False) -> Sheet:
    """Ten rows of four columns; `broken` leaves a hole in every rule, where two of them meet nothing."""
    sheet = Sheet()
    for row, top in enumerate(_TOPS):
        hole = 330 if row % 2 else 230
        for start, end in ((_LEFTS[0], hole), (hole + 14, _LEFTS[-1])) if broken else ((_LEFTS[0], _LEFTS[-1]),):
            sheet.line([(start, top), (end, top)], width=0.5, colour=colour)
    for column, left in enumerate(_LEFTS):
        hole = 150 + 30 * column
        for start, end in ((_TOPS[0], hole), (hole + 6, _TOPS[-1])) if broken else ((_TOPS[0], _TOPS[-1]),):
            sheet.line([(left, start), (left, end)], width=0.5, colour=colour)
    for row, top in enumerate(_TOPS[:-1], 1):
        for left, text in zip(_LEFTS, (f"{row}", "Đảng bộ xã Yên Mỹ", f"{17 * row}", f"{9 * row + 4}"), strict=False):
            sheet.write(left + 8, top + 17, text, size=12)
    return sheet


def frame_of(sheet: Sheet, skew: float = 0.4) -> TableFrame:
    _, rulings = take_rules(prepare(sheet.picture(skew=skew)))
    frames = table_frames(rulings, COVER_OF_SCANS)
    assert len(frames) == 1
    return frames[0]


@needs_ocr
@pytest.mark.parametrize("broken", [False, True])
@pytest.mark.parametrize("colour", ["black", _PALE])
def test_grid_is_found(colour: str, broken: bool) -> None:
    frame = frame_of(table(colour, broken=broken))
    assert (frame.n_rows, frame.n_columns) == (10, 4)
    assert len(frame.cells) == 40


@needs_ocr
@pytest.mark.slow
def test_cells_between_pale_and_broken_rules_are_read() -> None:
    page = read_picture(table(_PALE, broken=True).picture(skew=0.4), 1)
    (grid,) = page.content.grids
    texts = {(cell.row, cell.column): cell.text for cell in grid.cells}
    assert [texts[row, 2] for row in range(10)] == [f"{17 * row}" for row in range(1, 11)]
    assert [texts[row, 3] for row in range(10)] == [f"{9 * row + 4}" for row in range(1, 11)]


@needs_ocr
def test_columns_of_figures_and_lines_of_text_are_no_rules() -> None:
    sheet = letterhead()
    for row in range(20):
        sheet.write(100, 300 + 14 * row, "11.111,11")
        sheet.write(300, 300 + 14 * row, BODY[0][:30])
    picture = prepare(sheet.picture())
    assert faint_rules(picture.grey, picture.dpi, ()) == ([], None)


def test_letters_one_under_another_are_no_rule() -> None:
    """The stem of `ị` between its two dots fills a row almost as a rule would, but ends in paper again and again."""
    grey: NDArray[np.uint8] = np.full((round(842 * POINT), round(595 * POINT)), 225, np.uint8)
    tops, lefts = range(300, 701, 40), (250, 350, 1400)
    for top in tops:
        grey[top : top + 2, lefts[0] : lefts[-1]] = 60
    for left in lefts:
        grey[tops[0] : tops[-1], left : left + 2] = 60
    for top in tops[:-1]:
        grey[top + 6 : top + 35, 400:404] = 40
    rulings, _ = faint_rules(np.asarray(cv2.GaussianBlur(grey, (0, 0), 1.0), np.uint8), DPI, ())
    assert sorted({round(rule.x0 * POINT / 10) * 10 for rule in rulings if not rule.horizontal}) == sorted(lefts)


def test_what_shines_through_from_the_back_is_no_rule() -> None:
    grey: NDArray[np.uint8] = np.full((round(842 * POINT), round(595 * POINT)), 250, np.uint8)
    for top in range(300, 1200, 60):
        grey[top : top + 3, 250:1400] = 240
    for left in range(250, 1401, 230):
        grey[300:1200, left : left + 3] = 240
    assert faint_rules(grey, DPI, ()) == ([], None)


def test_cells_parted_by_what_stands_in_them() -> None:
    merged = FrameCell(1, 1, 1, 2, (50.0, 20.0, 150.0, 40.0))
    cells = (FrameCell(0, 1, 1, 1, (50.0, 0.0, 100.0, 20.0)), FrameCell(0, 2, 1, 1, (100.0, 0.0, 150.0, 20.0)), merged)
    frame = TableFrame((50.0, 0.0, 150.0, 40.0), 2, 3, cells)
    apart, across = (np.zeros((round(60 * POINT), round(200 * POINT)), np.uint8) for _ in range(2))
    for ink, starts in ((apart, (60, 120)), (across, (80, 98))):
        for start in starts:
            for letter in range(2):
                left = round((start + 8 * letter) * POINT)
                ink[round(26 * POINT) : round(34 * POINT), left : left + round(6 * POINT)] = 1
    assert POINT == DPI / POINTS_PER_INCH
    assert len(parted_across([frame], spots_of(apart, DPI), DPI)[0].cells) == 4
    assert len(parted_across([frame], spots_of(across, DPI), DPI)[0].cells) == 3


def test_figures_one_under_the_other_are_two_cells() -> None:
    tall = FrameCell(0, 1, 2, 1, (50.0, 0.0, 100.0, 40.0))
    frame = TableFrame(
        (0.0, 0.0, 100.0, 40.0),
        2,
        2,
        (*(FrameCell(r, 0, 1, 1, (0.0, 20.0 * r, 50.0, 20.0 * r + 20)) for r in (0, 1)), tall),
    )

    def word(text: str, top: float) -> PlacedWord:
        return PlacedWord(text, 60, top, 80, top + 10, top + 10, 12)

    whole = tuple(sorted(frame.cells))
    parted = parted_down([frame], [word("12", 5), word("7", 25)])[0]
    assert [cell.row_span for cell in parted.cells] == [1, 1, 1, 1]
    assert parted_down([frame], [word("Số", 5), word("dân", 25)])[0].cells == whole
    assert parted_down([frame], [word("12", 15)])[0].cells == whole


def test_a_rule_drawn_in_part_parts_cells_of_a_scan_only() -> None:
    rules = [Ruling(0, y, 100, y) for y in (0, 20, 40)] + [Ruling(x, 0, x, 40) for x in (0, 100)]
    rules += [Ruling(50, 0, 50, 20), Ruling(50, 20, 50, 28)]
    assert len(table_frames(rules)[0].cells) == 3
    assert len(table_frames(rules, COVER_OF_SCANS)[0].cells) == 4


def _edge_table(left: int, right: int, top: int, bottom: int) -> NDArray[np.uint8]:
    """A pale table of three columns and ten rows on a small page, its outer rules where they are told to stand."""
    grey: NDArray[np.uint8] = np.full((900, 700), 240, np.uint8)
    for row in range(11):
        y = top + (bottom - top) * row // 10
        grey[y : y + 2, left : right + 2] = 150
    for column in range(4):
        x = left + (right - left) * column // 3
        grey[top : bottom + 2, x : x + 2] = 150
    return grey


@pytest.mark.parametrize("edge", [0, 1, 2, 3, 4, 6, 9, 14])
@pytest.mark.parametrize("side", ["left", "right", "top", "bottom"])
def test_rules_at_the_edges_of_the_picture(edge: int, side: str) -> None:
    places = {"left": 100, "right": 600, "top": 100, "bottom": 800}
    places[side] = {"left": edge, "right": 698 - edge, "top": edge, "bottom": 898 - edge}[side]
    grey = _edge_table(**places)
    rulings, _ = faint_rules(grey, 150.0, ())
    upright = [rule for rule in rulings if not rule.horizontal]
    inner = {places["left"] + (places["right"] - places["left"]) * column // 3 for column in (1, 2)}
    found = {round(rule.x0 * 150 / POINTS_PER_INCH) for rule in upright}
    if edge or side in ("left", "right"):  # a rule that is the picture's last row has no paper beside it
        assert all(any(abs(one - x) <= 2 for one in found) for x in inner)
    if edge > 6:  # with paper on both sides a rule at the edge is one like any other
        assert len(upright) == 4
    height, width = (side * POINTS_PER_INCH / 150 for side in grey.shape)
    assert all(0 <= rule.x0 <= rule.x1 <= width and 0 <= rule.top <= rule.bottom <= height for rule in rulings)


def test_letters_at_the_left_edge_are_no_rule() -> None:
    """A column of stems two points from the edge: the strip on its left is the margin, not the rest of the page."""
    grey = _edge_table(200, 600, 100, 800)
    for top in range(110, 800, 14):
        grey[top : top + 9, 2:4] = 40
    rulings, _ = faint_rules(grey, 150.0, ())
    assert min(rule.x0 for rule in rulings if not rule.horizontal) * 150 / POINTS_PER_INCH > 190
