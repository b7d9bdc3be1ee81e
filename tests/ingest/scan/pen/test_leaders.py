"""Dots and rules printed in a blank make what a pen wrote on them doubtful: shown to a person, never taken."""

from __future__ import annotations

import numpy as np
import pytest

from ingest.scan.pen.recogniser import recogniser
from ingest.scan.picture.leaders import has_leaders
from ingest.scan.picture.picture import Grey
from ingest.scan.reader import read_picture
from schemas.document import PEN_SURE
from tests.support.pictures import Sheet, letterhead, needs_ocr

ACROSS, FOOT, UNIT = (40.0, 200.0), 60.0, 30.0


def strip(*marks: tuple[int, int, int, int]) -> Grey:
    """A strip of paper with dark boxes (x0, top, x1, bottom) on it."""
    paper = np.full((90, 240), 250, np.uint8)
    for x0, top, x1, bottom in marks:
        paper[top:bottom, x0:x1] = 30
    return paper


FIGURE = (90, 25, 96, 62)
DOTS = [(x, 56, x + 4, 60) for x in range(45, 200, 14)]


@pytest.mark.parametrize(
    ("marks", "printed"),
    [
        ([FIGURE], False),
        ([FIGURE, *DOTS], True),
        ([FIGURE, (40, 60, 200, 63)], True),
        ([FIGURE, (80, 60, 130, 63)], False),
        ([FIGURE, *((x, y, x + 4, y + 4) for x, y in ((50, 30), (110, 40), (150, 62)))], False),
        ([FIGURE, *((x, 86, x + 4, 90) for x in (50, 110, 150))], False),
        ([], False),
    ],
)
def test_dots_and_rules_along_the_foot_of_a_blank(marks: list[tuple[int, int, int, int]], printed: bool) -> None:
    assert has_leaders(strip(*marks), ACROSS, FOOT, UNIT) is printed


@pytest.mark.parametrize(
    ("across", "foot", "unit"), [((0, 0), 0, 0), ((300, 400), 60, 30), ((40, 200), 900, 30), ((200, 40), 60, 30)]
)
def test_a_blank_outside_its_picture_has_none(across: tuple[float, float], foot: float, unit: float) -> None:
    assert not has_leaders(strip(FIGURE), across, foot, unit)


def written(line: str) -> Sheet:
    """A letterhead with 41 written by pen into the blank of its number."""
    sheet = letterhead(line)
    sheet.line([(117, 91), (113, 100), (120, 99)], width=0.9)
    sheet.line([(119, 95), (119, 106)], width=0.9)
    sheet.line([(127, 98), (130, 89), (129, 107)], width=0.9)
    return sheet


@pytest.mark.slow
@needs_ocr
@pytest.mark.skipif(recogniser() is None, reason="onnxruntime or rapidocr is absent")
@pytest.mark.parametrize("line", ["Số: ................/UBND-NV", "Số: ________/UBND-NV"])
def test_a_number_on_leaders_is_suggested_and_never_sure(line: str) -> None:
    page = read_picture(written(line).picture(), 1)
    ink = next(piece for piece in page.content.furniture if piece.blank == "number")
    assert ink.readings
    assert max(value.confidence for value in ink.readings) < PEN_SURE
