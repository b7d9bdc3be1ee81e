"""Digits written by pen: read where they are plain, ranked where not, nothing made up, no picture that breaks it."""

from __future__ import annotations

import random

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.scan_ink import write_by_pen
from ingest.scan.pen import digit_reading as reading
from ingest.scan.pen.beam import digit_chances, strings
from ingest.scan.pen.cuttings import Blank, ink_of, stroke_before, without_stroke
from ingest.scan.pen.digit_reading import read_blank
from ingest.scan.pen.recogniser import recogniser
from ingest.scan.picture.picture import Grey
from schemas.document import PEN_SURE, PenBlank
from tests.support.pictures import Sheet, needs_ocr

needs_recogniser = pytest.mark.skipif(recogniser() is None, reason="onnxruntime or rapidocr is absent")

_LEFT, _FOOT, _HEIGHT = 60, 90, 28


def line_with(digits: str, before: str, behind: str, seed: int = 5) -> tuple[Grey, Blank]:
    """A printed line with a blank in it, digits written there by pen, and where the blank is."""
    sheet = Sheet()
    points = 72 / 200
    wide = len(digits) * 22 + 16
    sheet.write(_LEFT * points, _FOOT * points, before, size=15)
    start = _LEFT + round(float(sheet.draw.textlength(before, font_size=15 * 200 / 72))) + 16
    sheet.write((start + wide + 8) * points, _FOOT * points, behind, size=15)
    page = np.asarray(sheet.image).copy()
    write_by_pen(page, (start + 8, _FOOT - _HEIGHT, start + wide - 8, _FOOT), digits, random.Random(seed))
    grey: NDArray[np.uint8] = page[..., 0]
    return np.ascontiguousarray(grey[: _FOOT + 60, : start + 500]), Blank(start, start + wide, _FOOT, _HEIGHT)


@needs_ocr
@needs_recogniser
@pytest.mark.parametrize("digits", ["125", "2047", "83", "6"])
def test_plain_digits_are_read(digits: str) -> None:
    line, blank = line_with(digits, "Số:", "/KH-UBND")
    values = read_blank(line, blank, "number", symbol="KH-UBND")
    assert values is not None
    assert values[0].value == digits
    assert [value.confidence for value in values] == sorted((value.confidence for value in values), reverse=True)


@needs_ocr
@needs_recogniser
def test_a_day_is_never_past_the_month_s_end() -> None:
    line, blank = line_with("38", "ngày", "tháng 3")
    values = read_blank(line, blank, "day")
    assert values is not None
    assert all(1 <= int(value.value) <= 31 for value in values)
    assert not values or values[0].confidence < PEN_SURE or values[0].value in ("3", "8")


@needs_ocr
@needs_recogniser
def test_a_blank_without_ink_has_no_value() -> None:
    line, blank = line_with("", "Số:", "/KH-UBND")
    assert read_blank(line, blank, "number", symbol="KH-UBND") == ()


def test_without_a_recogniser_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "recogniser", lambda: None)
    assert read_blank(np.full((60, 200), 255, np.uint8), Blank(20, 80, 50, 20), "number") is None


def _pictures() -> list[Grey]:
    noise = np.random.default_rng(3)
    sizes = [(0, 0), (1, 1), (1, 300), (300, 1), (3, 3), (60, 200), (5, 4000), (2500, 4000)]
    made = [np.full(size, shade, np.uint8) for size in sizes for shade in (0, 255)]
    return [*made, noise.integers(0, 256, (70, 400), np.uint8), noise.integers(0, 256, (9, 9), np.uint8)]


@needs_recogniser
@pytest.mark.parametrize("kind", ["number", "day", "month"])
def test_no_picture_and_no_place_breaks_it(kind: PenBlank) -> None:
    places = [Blank(0, 5, 3, 3), Blank(20, 80, 50, 20), Blank(-50, 9000, 40, 28), Blank(80, 20, 50, 20)]
    places += [Blank(10, 30, 5000, 30), Blank(10, 30, -400, 30), Blank(0, 10, 10, 0)]
    for picture in _pictures():
        for place in places:
            values = read_blank(picture, place, kind, symbol="KH-UBND")
            assert values is not None
            assert all(0.0 <= value.confidence <= 1.0 for value in values)


def test_the_printed_stroke_is_found_and_left_out() -> None:
    line = np.full((80, 300), 255, np.uint8)
    for row in range(30, 61):
        line[row, 146 - (row - 30) // 3 : 149 - (row - 30) // 3] = 0
    line[34:61, 90:94] = 0
    blank = Blank(60, 150, 60, 30)
    stroke = stroke_before(line, blank, letter=165, about=145)
    assert stroke is not None and 136 < stroke.x < 146
    rest, ended = without_stroke(line, blank, stroke)
    assert rest[30:61, 120:].min() == 255 and rest[34:61, 90:94].max() == 0
    ink = ink_of(rest, ended, run_in=True)
    assert ink is not None and (ink.pieces, ink.picture.shape) == (1, (27, 4))


def test_strange_signs_are_some_digit_and_a_letter_only_ends_a_number() -> None:
    signs = ("", *"0123456789abcdA/", " ")
    chances = np.full((5, len(signs)), 1e-6, np.float32)
    for step, sign in enumerate(("2", "", "A", "", "/")):
        chances[step, signs.index(sign)] = 0.9
    chances[2, signs.index("4")] = 0.02
    found = strings(digit_chances(chances, signs))
    assert max(found, key=lambda text: found[text]) == "24"
    lettered = np.full((3, len(signs)), 1e-6, np.float32)
    for step, sign in enumerate(("a", "7", "a")):
        lettered[step, signs.index(sign)] = 0.9
    texts = strings(digit_chances(lettered, signs, letters=True))
    assert max(texts, key=lambda text: texts[text]) == "7a"
    assert not any(text[:1].isalpha() for text in texts)
