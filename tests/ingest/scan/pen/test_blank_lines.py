"""Which lines of a letterhead have the blanks of a date, whatever OCR made of the ink in them."""

from __future__ import annotations

import numpy as np
import pytest

from ingest.page.placed import PlacedWord
from ingest.scan.picture.ink import spots_of
from ingest.scan.picture.ink_lines import InkLine
from ingest.scan.picture.picture import Picture, as_it_is
from ingest.scan.words import read_lines as reading
from ingest.scan.words.blank_lines import parts_of
from ingest.scan.words.read_lines import ReadLine, read_lines


def line(text: str) -> ReadLine:
    nothing = np.zeros(0, np.intp)
    ink = InkLine(nothing, nothing, np.zeros(0, bool), 0, 0, 400, 20, 20.0, 12.0)
    words = [
        PlacedWord(word, 20.0 * place, 0.0, 20.0 * place + 18, 12.0, 12.0, 13.0)
        for place, word in enumerate(text.split())
    ]
    return ReadLine(ink, words, 0.1)


@pytest.mark.parametrize(
    "text",
    [
        "An Bình, ngày 05 tháng 3 năm 2025",
        "An Bình, ngày32 tháng 3 năm 2025",
        'An Bình, ngàyÁ"] tháng 3 năm 2025',
        "An Bình, ngày8$ tháng 3 năm 2025",
        "ngày 4b tháng 4Ô năm 2025",
        "Số: 0‡ /QĐ-BCĐ138",
        "Số: 4‡ /KHPH-CA-VHTT,TN",
    ],
)
def test_the_line_is_known_whatever_the_ink_was_read_as(text: str) -> None:
    whole = line(text)
    assert parts_of(whole, [whole], 12.0) == [whole]


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện Công văn số 53/SYT-NV ngày 20/9/2017 của Sở Y tế",
        "từ ngày 05 tháng 3 năm 2025 đến hết quý",
        "ngày 05 tháng 3 năm 2025 và các văn bản có liên quan",
        "Ngay sau khi nhận được văn bản này, các đơn vị báo cáo",
    ],
)
def test_a_sentence_of_the_body_is_no_such_line(text: str) -> None:
    whole = line(text)
    assert parts_of(whole, [whole], 12.0) == []


@pytest.mark.parametrize(("apart", "kept"), [(60, True), (160, False)])
def test_a_symbol_that_ink_ran_into_is_no_dirt_close_behind_the_label(
    apart: int, kept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What OCR is unsure of is a scrawl elsewhere: behind a lone `Số:` it is the number with its symbol."""
    nothing, none = np.zeros(0, np.intp), np.zeros(0, bool)
    seen = {"CỤC ĐẤT ĐAI": (0, 60, 0.9), "Số:": (0, 90, 0.9), "Ae2BC-CKT": (apart, 90, 0.3)}
    inks = [InkLine(nothing, nothing, none, x, low - 12, x + 30, low, low, 12.0) for x, low, _ in seen.values()]
    found = {
        ink.x0 * 1000 + ink.bottom: ReadLine(
            ink, [PlacedWord(text, ink.x0, ink.top, ink.x1, ink.bottom, ink.baseline, 13.0, confidence=sure)], 0.1
        )
        for ink, (text, (_, _, sure)) in zip(inks, seen.items(), strict=True)
    }
    monkeypatch.setattr(reading, "read_line_of", lambda sheet, spots, ink: found[ink.x0 * 1000 + ink.bottom])
    sheet = as_it_is(Picture(np.full((200, 300), 255, np.uint8), 100.0))
    lines = read_lines(sheet, spots_of(sheet.ink, 130.0), inks)
    assert ("Ae2BC-CKT" in [one.text for one in lines]) == kept
