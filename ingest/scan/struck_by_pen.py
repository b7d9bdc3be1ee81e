"""Strokes through the words of a scan from end to end: struck out by a pen, perhaps, and so doubted and told.

Whether a stroke strikes out or belongs to a signature only a person can say: what was read of the words stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np

from ingest.page.placed import PlacedWord, rounded
from ingest.page.rulings import Ruling
from ingest.scan.picture.ink import InkSpots
from ingest.scan.picture.picture import POINTS_PER_INCH, Mask, ScannedSheet
from ingest.scan.words.read_lines import ReadLine
from schemas.base import Box
from schemas.doubts import Doubt
from schemas.source import Notice

# In heights of a letter: how long a stroke is at the least, how high it is with the letters that hang on it, how high
# alone, and how far above and below it there is print.
_LONG, _LOW, _HIGH, _ALONE, _PRINT = 3.0, 0.8, 2.4, 0.9, 0.5
# One run covers this share of a stroke; it may rise by this share of its length; this strong it counts as coloured.
_RUN, _SLOPE, _FAINT = 0.6, 0.1, 20
# This share of what is above and below a stroke is ink.
_INKED = 0.05
# In ems above the baseline: between which heights a straight line strikes letters out; the share of a word it covers.
_LOWEST, _HIGHEST, _OF_WORD = 0.12, 0.5, 0.75

_Place = tuple[int, int, int, int]
"""x, y, width, height in pixels."""


def doubt_struck(
    sheet: ScannedSheet, spots: InkSpots, lines: Sequence[ReadLine], rulings: Iterable[Ruling], page: int
) -> tuple[list[ReadLine], list[Notice]]:
    """The lines of a page, the words doubted that a stroke runs through, and a warning for each stroke."""
    points = POINTS_PER_INCH / sheet.dpi
    room = _PRINT * spots.letter
    boxes = [
        (x * points, (y - room) * points, (x + wide) * points, (y + high + room) * points)
        for x, y, wide, high in (*_black(sheet, spots), *_coloured(sheet, spots.letter))
    ]
    words = [word for line in lines for word in line.words]
    boxes += [_box(word) for rule in rulings if rule.horizontal for word in words if _strikes(rule, word)]
    boxes = _joined(boxes, 2 * spots.letter * points)
    if not boxes:
        return list(lines), []
    found = [replace(line, words=[_doubted(word, boxes) for word in line.words]) for line in lines]
    return found, [_told(box, words, page) for box in boxes]


def _black(sheet: ScannedSheet, spots: InkSpots) -> Iterator[_Place]:
    """Strokes in black: each makes one spot of the letters that it runs through, and hides what is between them."""
    wide, high = spots.boxes[:, 2], spots.boxes[:, 3]
    likely = (wide > _LONG * spots.letter) & (high > _LOW * spots.letter) & (high < _HIGH * spots.letter)
    likely[0] = False
    for spot in np.nonzero(likely)[0].tolist():
        x, y, width, height, _ = spots.boxes[spot].tolist()
        own = (spots.labels[y : y + height, x : x + width] == spot).astype(np.uint8)
        if _has_run(own):
            yield x, y, width, height


def _coloured(sheet: ScannedSheet, letter: float) -> Iterator[_Place]:
    """Strokes in colour, which is taken off the picture: with print above and below them."""
    if sheet.coloured is None:
        return
    mask = (sheet.coloured > _FAINT).astype(np.uint8)
    _, _, boxes, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    for x, y, width, height, _ in boxes[1:][boxes[1:, 2] > _LONG * letter].tolist():
        if height > _ALONE * letter + _SLOPE * width or not _has_run(mask[y : y + height, x : x + width]):
            continue
        room = round(_PRINT * letter)
        above = sheet.ink[max(0, y - room) : y, x : x + width]
        below = sheet.ink[y + height : y + height + room, x : x + width]
        if min((float(part.mean()) if part.size else 0.0) for part in (above, below)) > _INKED:
            yield x, y, width, height


def _has_run(ink: Mask) -> bool:
    """Whether one nearly level stroke goes on over most of a picture: print leaves white between its letters."""
    height, width = ink.shape
    length = round(_RUN * width)
    thick = 2 * min(round(_SLOPE * length / 2), height // 4) + 1
    closed = cv2.dilate(ink, np.ones((thick, 1), np.uint8))
    runs = cv2.erode(closed, np.ones((1, length), np.uint8), borderType=cv2.BORDER_CONSTANT, borderValue=(0,))
    return bool(runs.any())


def _strikes(rule: Ruling, word: PlacedWord) -> bool:
    """Whether a straight line is drawn through a word."""
    lift = (word.baseline - rule.top) / word.size
    common = min(word.x1, rule.x1) - max(word.x0, rule.x0)
    through = _LOWEST < lift < _HIGHEST and common > _OF_WORD * (word.x1 - word.x0)
    return through and len(word.text) > 1 and any(map(str.isalnum, word.text))


def _joined(boxes: Iterable[Box], gap: float) -> list[Box]:
    """Pieces of one stroke put together: level with each other and no further apart than `gap`."""
    found: list[Box] = []
    for box in sorted(boxes):
        near = next((one for one in found if box[0] - one[2] < gap and box[1] < one[3] and box[3] > one[1]), None)
        if near is not None:
            found.remove(near)
            box = (near[0], min(near[1], box[1]), max(near[2], box[2]), max(near[3], box[3]))
        found.append(box)
    return found


def _box(word: PlacedWord) -> Box:
    return word.x0, word.top, word.x1, word.bottom


def _under(word: PlacedWord, box: Box) -> bool:
    level = box[1] < (word.top + word.bottom) / 2 < box[3] or word.top < (box[1] + box[3]) / 2 < word.bottom
    return level and word.x0 < box[2] and word.x1 > box[0]


def _doubted(word: PlacedWord, boxes: Sequence[Box]) -> PlacedWord:
    if not any(_under(word, box) for box in boxes):
        return word
    return word.doubted(Doubt.UNDER_INK)


def _told(box: Box, words: Sequence[PlacedWord], page: int) -> Notice:
    text = " ".join(word.text for word in words if _under(word, box))
    message = "Có nét gạch qua chữ, có thể đã bị gạch bỏ; cần người xem bản gốc."
    return Notice(code="struck_out", message=message, page=page, bbox=rounded(box), quote=text or None)
