"""A stroke through words of a scan: the words stay, doubted, and the stroke is told with its place."""

from __future__ import annotations

import pytest

from ingest.page.lines import to_lines
from ingest.scan.reader import read_picture
from schemas.doubts import Doubt
from tests.support.pictures import Sheet, letterhead, needs_ocr

pytestmark = [pytest.mark.slow, needs_ocr]


def wavy(sheet: Sheet, x0: float, x1: float, baseline: float, colour: str = "black", slope: float = 0.0) -> None:
    """A stroke as a hand draws it through the middle of small letters."""
    steps = 12
    points = [
        (x0 + (x1 - x0) * step / steps, baseline - 3.2 + 0.4 * (step % 2) + slope * (step - steps / 2))
        for step in range(steps + 1)
    ]
    sheet.line(points, width=1.0, colour=colour)


@pytest.mark.parametrize("colour", ["black", "#2233aa", "#b02030"])
@pytest.mark.parametrize("slope", [0.0, 0.15])
def test_words_that_a_pen_struck_are_doubted_and_told(colour: str, slope: float) -> None:
    sheet = letterhead()
    sheet.write(85, 330, "Phòng Nông nghiệp chủ trì thực hiện.")
    wavy(sheet, 83, 190, 330, colour, slope)
    page = read_picture(sheet.picture(grey=False), 1)
    told = [notice.bbox for notice in page.notices if notice.code == "struck_out" and notice.bbox]
    assert told and all(80 < box[0] < box[2] < 195 and 305 < box[1] < box[3] < 345 for box in told)
    if colour != "black":  # of a black stroke pieces may be known only, as letters hang on it
        [(x0, _, x1, _)] = told
        assert x0 < 90 and x1 > 180
        under = [word for word in page.content.words if 320 < word.baseline < 336 and word.x1 < 185]
        assert all(Doubt.UNDER_INK in word.doubts for word in under)
    after = [word for word in page.content.words if 320 < word.baseline < 336 and word.x0 > 190]
    assert after and all(Doubt.UNDER_INK not in word.doubts for word in after)


def test_a_straight_line_through_words() -> None:
    sheet = letterhead()
    sheet.write(85, 330, "Phòng Nông nghiệp chủ trì thực hiện.")
    sheet.line([(84, 326.5), (180, 326.5)])
    page = read_picture(sheet.picture(), 1)
    assert [notice.code for notice in page.notices if notice.code == "struck_out"] == ["struck_out"]


@pytest.mark.parametrize("style", ["Regular", "Bold", "Italic", "BoldItalic"])
def test_print_underlines_and_dashes_are_no_strokes(style: str) -> None:
    sheet = letterhead()
    sheet.write(85, 330, "Phòng Nông nghiệp ——— chủ trì – thực hiện; HỘI ĐỒNG NHÂN DÂN XÃ.", style=style)
    sheet.line([(84, 333), (190, 333)])
    page = read_picture(sheet.picture(skew=0.4), 1)
    assert not [notice for notice in page.notices if notice.code == "struck_out"]
    assert "thực hiện" in "\n".join(line.text for line in to_lines(page.content.words))
