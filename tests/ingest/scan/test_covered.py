"""What an arrival stamp touches is doubted; what stands clear of it is not."""

from __future__ import annotations

from ingest.page.placed import PlacedWord
from ingest.scan.covered import doubt_covered
from schemas.document import Furniture
from schemas.doubts import Doubt


def word(text: str, x0: float, top: float) -> PlacedWord:
    return PlacedWord(text, x0, top, x0 + 20, top + 10, top + 9, 13, confidence=0.96)


STAMP = Furniture(kind="arrival_stamp", text="ĐẾN Số: 12", page=1, box=(60, 110, 150, 160))


def test_a_number_that_a_stamp_touches_is_doubted() -> None:
    words = doubt_covered([word("47", 100, 96), word("-BC/HU", 165, 96), word("BÁO", 250, 130)], [STAMP])
    assert [one.trust for one in words] == [0.6, 0.6, 0.96]
    assert [one.confidence for one in words] == [0.96, 0.96, 0.96], "the score stays OCR's own"
    assert words[0].doubts == (Doubt.UNDER_STAMP,)
    assert [one.text for one in words] == ["47", "-BC/HU", "BÁO"]


def test_other_furniture_covers_nothing() -> None:
    number = STAMP.model_copy(update={"kind": "page_number"})
    assert doubt_covered([word("47", 100, 96)], [number]) == [word("47", 100, 96)]
