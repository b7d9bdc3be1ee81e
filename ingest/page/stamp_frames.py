"""The arrival stamp of a black and white scan: its frame looks like a small table, and it may lie over the text.

By Phụ lục IV of Nghị định 30/2020 the stamp measures 35 x 50 mm, is ruled, and holds ĐẾN, Số, Ngày and Chuyển.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.page.placed import PlacedWord
from ingest.page.rulings import TableFrame
from schemas.document import Furniture
from schemas.source import Notice
from vietnamese.fold import fold

# In points: greatest width and height of a stamp's frame, how near a word cut by it stands, how level two words are.
_WIDE, _HIGH, _NEAR, _LEVEL = 200.0, 130.0, 14.0, 3.0
_ARRIVED, _ENTRY = re.compile(r"\bden\b"), re.compile(r"\b(?:so|ngay|chuyen)\b")


def take_framed_stamps(
    frames: Sequence[TableFrame], words: Sequence[PlacedWord], page: int
) -> tuple[list[TableFrame], list[PlacedWord], list[Furniture], list[Notice]]:
    """The frames and words of a page without its framed arrival stamps, these, and a warning where one covers text."""
    kept: list[TableFrame] = []
    rest, stamps, notices = list(words), list[Furniture](), list[Notice]()
    for frame in frames:
        inside = [word for word in rest if _holds(frame, word)]
        if not _is_stamp(frame, inside):
            kept.append(frame)
            continue
        rest = [word for word in rest if not any(word is other for other in inside)]
        text = " ".join(word.text for word in sorted(inside, key=lambda word: (word.baseline, word.x0)))
        stamps.append(Furniture(kind="arrival_stamp", text=text, page=page, box=frame.box))
        if any(_is_cut(frame, inside, word) for word in rest):
            message = f"Trang {page}: dấu đến đóng đè lên chữ, phần chữ bị che cần xem lại trên ảnh."
            notices.append(Notice(code="under_stamp", message=message, page=page, bbox=frame.box))
    return kept, rest, stamps, notices


def _holds(frame: TableFrame, word: PlacedWord) -> bool:
    x0, top, x1, bottom = frame.box
    return x0 <= (word.x0 + word.x1) / 2 <= x1 and top <= (word.top + word.bottom) / 2 <= bottom


def _is_stamp(frame: TableFrame, inside: Sequence[PlacedWord]) -> bool:
    x0, top, x1, bottom = frame.box
    text = fold(" ".join(word.text for word in inside))
    small = x1 - x0 <= _WIDE and bottom - top <= _HIGH
    marked = any(_ARRIVED.search(fold(word.text)) and word.text[:1].isupper() for word in inside)
    return small and marked and _ENTRY.search(text) is not None


def _is_cut(frame: TableFrame, inside: Sequence[PlacedWord], word: PlacedWord) -> bool:
    """Whether a word stands close beside the stamp on a line that begins under it."""
    beside = 0 <= word.x0 - frame.box[2] < _NEAR
    return beside and any(abs(word.baseline - other.baseline) < _LEVEL for other in inside)
