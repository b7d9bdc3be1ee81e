"""Roman numbers of strokes on scans: what is printed counts, whatever OCR made of it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ingest.page.placed import PlacedWord
from ingest.scan.pen.roman import count_strokes
from ingest.scan.picture.ink_lines import InkLine
from ingest.scan.picture.picture import POINTS_PER_INCH, ScannedSheet
from ingest.scan.words.read_lines import ReadLine

_DPI, _HEIGHT, _STEP = 200.0, 26, 16
_NO_SPOTS = np.zeros(0, np.intp)


def _word(text: str, strokes: int, *, slash: bool = False, hyphen: bool = False) -> tuple[ScannedSheet, ReadLine]:
    """A line that OCR read as `text`, and its ink: so many stems, their serifs touching; perhaps a slash and a V."""
    ink = np.zeros((80, 200), np.uint8)
    for place in range(strokes):
        x = 20 + place * _STEP
        ink[30 : 30 + _HEIGHT, x : x + 4] = 1
        ink[30:33, x - 6 : x + 10] = ink[27 + _HEIGHT : 30 + _HEIGHT, x - 6 : x + 10] = 1
    end = 30 + strokes * _STEP
    if slash:
        cv2.line(ink, (end, 30 + _HEIGHT), (end + 8, 30), 1, 3)
        cv2.line(ink, (end + 16, 30), (end + 24, 30 + _HEIGHT), 1, 3)
        end += 30
    if hyphen:
        ink[46:49, end : end + 10] = 1
        end += 12
    scale = POINTS_PER_INCH / _DPI
    baseline, size = (29 + _HEIGHT) * scale, _HEIGHT * scale / 0.66
    word = PlacedWord(text, 12 * scale, 30 * scale, end * scale, baseline, baseline, size, confidence=0.95)
    line = InkLine(_NO_SPOTS, _NO_SPOTS, np.zeros(0, np.bool_), 12, 30, end, 30 + _HEIGHT, 29.0 + _HEIGHT, _HEIGHT)
    return ScannedSheet(255 - 255 * ink, ink, None, _DPI, 0.0), ReadLine(line, [word], 0.1)


@pytest.mark.parametrize(
    ("read", "strokes", "slash", "meant"),
    [
        ("II.", 3, False, "III."),
        ("IIL", 2, False, "II"),
        ("H", 2, False, "II"),
        ("II/2026.", 3, True, "III/2026."),
        ("H1/2023.", 3, True, "III/2023."),
        ("1HII.", 3, False, "III."),
        ("I", 2, False, "II"),
    ],
)
def test_the_strokes_in_print_count(read: str, strokes: int, slash: bool, meant: str) -> None:
    sheet, line = _word(read, strokes, slash=slash)
    count_strokes(sheet, [line])
    assert line.words[0].text == meant
    assert line.words[0].trust is not None and line.words[0].trust < 0.9


@pytest.mark.parametrize(("read", "strokes", "meant"), [("I1-", 1, "I-"), ("II-", 3, "III-"), ("II-", 2, "II-")])
def test_a_hyphen_ends_the_strokes(read: str, strokes: int, meant: str) -> None:
    sheet, line = _word(read, strokes, hyphen=True)
    count_strokes(sheet, [line])
    assert line.words[0].text == meant


def test_any_letters_before_the_year_of_a_quarter_are_its_number() -> None:
    sheet, line = _word("TH/2026.", 3, slash=True)
    word = line.words[0]
    count_strokes(sheet, [line])
    assert line.words == [word]
    line.words = [word._replace(text="quý"), word]
    count_strokes(sheet, [line])
    assert [one.text for one in line.words] == ["quý", "III/2026."]


@pytest.mark.parametrize(("read", "meant"), [("HỆ", "II"), ("TT", "TT"), ("U", "U"), ("nu", "nu")])
def test_capitals_that_cannot_be_bare_strokes_are(read: str, meant: str) -> None:
    sheet, line = _word(read, 2)
    count_strokes(sheet, [line])
    assert line.words[0].text == meant


@pytest.mark.parametrize(
    ("read", "strokes", "slash"),
    [
        ("II.", 2, False),
        ("III/2026", 3, True),
        ("II", 2, True),
        ("IV", 3, False),
        ("I.MỤC", 2, False),
        ("11.", 2, False),
        ("l.", 1, False),
        ("II", 4, False),
    ],
)
def test_what_agrees_or_does_not_tell_is_left_alone(read: str, strokes: int, slash: bool) -> None:
    sheet, line = _word(read, strokes, slash=slash)
    before = list(line.words)
    count_strokes(sheet, [line])
    assert line.words == before
