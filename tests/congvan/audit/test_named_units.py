"""Prose against the row of the unit that it names, verb behind the name or not, and against the total's row."""

from __future__ import annotations

import pytest

from bench.planted.score import dispatch_of
from congvan.audit.audit import audit

FILES = """
TT | Đơn vị | Số hồ sơ tiếp nhận | Số hồ sơ đã giải quyết | Tỷ lệ (%)
1 | Xã Đông Phú | 320 | 288 | 90,0
2 | Xã An Lạc | 250 | 235 | 94,0
3 | Xã Tân Mỹ | 410 | 369 | 90,0
4 | Thị trấn Đại Từ | 560 | 476 | 85,0
5 | Xã Bình Sơn | 180 | 81 | 45,0
 | Tổng cộng | 1.720 | 1.449 | 84,2
"""


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Xã An Lạc đã giải quyết 235/250 hồ sơ, đạt 94%.", "agrees"),
        ("Xã An Lạc đã giải quyết 225/250 hồ sơ, đạt 90%.", "disagrees"),
        ("Xã An Lạc tiếp nhận 250 hồ sơ.", "agrees"),
        ("Thị trấn Đại Từ tiếp nhận 650 hồ sơ.", "disagrees"),
        ("Xã Bình Sơn đạt thấp nhất 45,0%.", "agrees"),
        ("Xã Bình Sơn đạt thấp nhất 54,0%.", "disagrees"),
        ("Toàn huyện tiếp nhận 1.720 hồ sơ.", "agrees"),
        ("Toàn huyện tiếp nhận 1.702 hồ sơ.", "disagrees"),
        ("Xã An Lạc Đông đã giải quyết 225/300 hồ sơ, đạt 75%.", None),  # another unit
    ],
)
def test_a_unit_is_held_against_its_own_row_and_no_other(text: str, verdict: str | None) -> None:
    made = audit(dispatch_of({"text": text, "tables": [FILES]}))
    told = [one.verdict for one in made.findings if one.check == "prose_vs_table"]
    assert told == ([verdict] if verdict else [])


SCHOOLS = """
TT | Trường | Tổng số HS | Số HS giỏi | Tỷ lệ (%)
1 | THCS Đông Phú | 400 | 100 | 25,0
2 | THCS An Lạc | 350 | 70 | 20,0
3 | THCS Tân Mỹ | 250 | 50 | 20,0
 | Cộng | 1.000 | 220 | 22,0
"""


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Trường THCS An Lạc có 350 học sinh.", "agrees"),
        ("Trường THCS An Lạc có 530 học sinh.", "disagrees"),
        ("Trường THCS An Lạc có 12 học sinh dân tộc.", None),  # some of them
    ],
)
def test_what_a_unit_has_is_held_against_the_column_of_all_its_words(text: str, verdict: str | None) -> None:
    made = audit(dispatch_of({"text": text, "tables": [SCHOOLS]}))
    told = [one.verdict for one in made.findings if one.check == "prose_vs_table"]
    assert told == ([verdict] if verdict else [])
