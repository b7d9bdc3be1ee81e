"""Worn print is told from a pen: broken, run together or crossed by a stamp it stays, and says that it is doubtful."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.page.lines import to_lines
from ingest.page.placed import PlacedWord, ReadPage
from ingest.scan.pen.pen_or_print import glyph_count
from ingest.scan.picture.ink_lines import InkLine
from ingest.scan.picture.picture import Picture
from ingest.scan.reader import read_picture
from ingest.scan.words.blank_lines import DATE, parts_of
from ingest.scan.words.read_lines import ReadLine
from tests.support.pictures import DPI, POINT, Sheet, letterhead, needs_ocr

_NONE = np.array([], np.intp)


def line(text: str, x0: int = 100, x1: int = 300, baseline: float = 104) -> ReadLine:
    ink = InkLine(_NONE, _NONE, np.array([], bool), x0, 90, x1, 110, baseline, 12)
    words = [PlacedWord(word, x0, 90, x1, 110, baseline, 13, confidence=0.9) for word in text.split()]
    return ReadLine(ink, words, 0.1)


class TestFormLines:
    def test_the_day_begins_behind_the_word_for_it_and_not_inside_a_place(self) -> None:
        found = DATE.search("thai nguyen,ngay thang10nam2021")
        assert found is not None and (found[1], found[2]) == ("ngay", " ")

    @pytest.mark.parametrize(
        "text",
        [
            "Số: 45/UBND-NV",
            "An Bình, ngày 05 tháng 3 năm 2025",
            "An Bình. naàv 14 thána 9 năm 2023",
            "TP. An Bình, ngày tháng 3 năm 2025",
            "Nguyên Bình, ngày tháng 3 năm 2025",
        ],
    )
    def test_lines_with_blanks_in_their_form(self, text: str) -> None:
        whole = line(text)
        assert parts_of(whole, [whole], 12) == [whole]

    @pytest.mark.parametrize(
        "text",
        [
            "Đối chiếu đảng phí với Văn phòng, ngày 20 tháng 11 năm 2022",
            "trước ngày 20 tháng 11 năm 2022",
            "Ban Chấp hành Đảng bộ xã họp kỳ thứ ba, ngày 05 tháng 3 năm 2025",
        ],
    )
    def test_a_date_in_a_sentence_is_none(self, text: str) -> None:
        whole = line(text)
        assert parts_of(whole, [whole], 12) == []

    def test_halves_of_a_figure_may_stand_one_over_the_other(self) -> None:
        left, right = line("Số: ¡", 100, 150), line("79/QĐ-UBND", 145, 300)
        assert parts_of(left, [left, right], 12) == [left, right]


def test_figures_that_run_together_are_counted_by_their_width() -> None:
    # Figures 10 high are 5 or 6 wide with 1 or 2 between them; the last box is 13 wide: two of them.
    assert glyph_count(np.array([[0, 0, 6, 10], [7, 0, 13, 10], [15, 0, 28, 10]], np.int32), 10) == 4


def read(pixels: NDArray[np.uint8]) -> tuple[str, float, ReadPage]:
    """The text of the number's line, how sure its least sure word is, and the page."""
    page = read_picture(Picture(pixels, DPI), 1)
    words = [word for word in page.content.words if 85 < word.x0 < 250 and 90 < word.baseline < 115]
    return " ".join(one.text for one in to_lines(words)), min(word.confidence or 0.0 for word in words), page


def crossed(sheet: Sheet, start: tuple[float, float], end: tuple[float, float]) -> NDArray[np.uint8]:
    """The page in colour with a straight red stroke from `start` to `end`, in points."""
    pixels = np.array(sheet.picture(grey=False).pixels)
    points = [(round(x * POINT), round(y * POINT)) for x, y in (start, end)]
    cv2.line(pixels, points[0], points[1], (210, 40, 50), 3, cv2.LINE_AA)
    return pixels


@pytest.mark.slow
@needs_ocr
class TestOnPaper:
    def test_number_of_a_legal_act_with_its_year_is_kept(self) -> None:
        text, _, page = read(np.asarray(letterhead("Số: 07/2022/NQ-HĐND").picture().pixels))
        assert text == "Số: 07/2022/NQ-HĐND"
        assert not page.content.furniture

    def test_pen_before_a_printed_year_is_left_blank(self) -> None:
        sheet = letterhead("Số:          /2022/NQ-HĐND")
        sheet.pen(117, 103, "27")
        text, _, page = read(np.asarray(sheet.picture().pixels))
        assert text == "Số: /2022/NQ-HĐND"
        assert [piece.kind for piece in page.content.furniture] == ["handwriting"]

    def test_print_run_together_by_a_dark_copy_stays_and_is_doubted(self) -> None:
        blurred = cv2.GaussianBlur(letterhead("Số: 779/QĐ-UBND").picture(skew=0.4).pixels, (0, 0), 0.8)
        text, sure, _ = read(np.where(blurred > 235, 255, 0).astype(np.uint8))
        assert text == "Số: 779/QĐ-UBND"
        assert sure < 0.9

    def test_a_figure_cut_by_a_stamp_makes_no_shorter_number(self) -> None:
        text, _, page = read(crossed(letterhead("Số: 779/QĐ-UBND"), (100, 90), (160, 112)))
        assert text == "Số: /QĐ-UBND"
        assert [piece.kind for piece in page.content.furniture] == ["handwriting"]

    def test_a_stamp_that_touches_the_line_leaves_the_number(self) -> None:
        text, _, page = read(crossed(letterhead("Số: 45/UBND-NV"), (90, 116), (190, 102)))
        assert "45/UBND-NV" in text
        assert not page.content.furniture
