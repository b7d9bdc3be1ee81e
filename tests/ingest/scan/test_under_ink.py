"""Words that the black ring of a seal runs into are doubted, and those beside it in whose place one may be lost."""

from __future__ import annotations

import pytest

from ingest.page.placed import PlacedWord
from ingest.scan.reader import read_picture
from tests.support.pictures import Sheet, letterhead, needs_ocr


def sealed(left: float) -> Sheet:
    """A page with a grey ring of 28 mm whose left edge is at `left`, across the line of a name at 350 to 450 points."""
    sheet = letterhead()
    sheet.write(350, 400, "Đàm Văn Khoát", style="Bold")
    place = [round(edge * 200 / 72) for edge in (left, 360, left + 80, 440)]
    sheet.draw.ellipse(place, outline="#555555", width=5)
    return sheet


def sure(sheet: Sheet) -> dict[str, float]:
    words: list[PlacedWord] = list(read_picture(sheet.picture(), 1).content.words)
    return {word.text: word.confidence or 0.0 for word in words if word.top > 380 and word.top < 405}


@pytest.mark.slow
@needs_ocr
def test_a_ring_across_a_name_makes_it_doubtful() -> None:
    clear = sure(sealed(100))
    assert min(clear[word] for word in ("Đàm", "Văn", "Khoát")) > 0.9
    crossed = sure(sealed(290))
    assert crossed
    assert min(crossed.values()) < 0.9
