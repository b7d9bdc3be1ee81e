"""Which lines of a letterhead have the blanks of a date, whatever OCR made of the ink in them."""

from __future__ import annotations

import numpy as np
import pytest

from ingest.page.placed import PlacedWord
from ingest.scan.picture.ink import InkLine
from ingest.scan.words.blank_lines import parts_of
from ingest.scan.words.read_lines import ReadLine


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
