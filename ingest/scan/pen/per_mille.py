"""The sign ‰, which OCR reads as `%`, `%o`, `So`: told by the three rings in its ink.

A `‰` taken for a `%` makes a rate ten times what it is. Both signs have a ring at the top left and one at the bottom
right; ‰ has two there, side by side.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import cv2
import numpy as np

from ingest.scan.picture.ink import InkSpots
from ingest.scan.picture.ink_lines import InkLine
from ingest.scan.picture.table_cells import CellZones
from ingest.scan.words.read_lines import ReadLine

_LIKE_MILLE = re.compile(r"[\[(]?(?:[%‰]\w?|\w?\W?[o0°])[\])]?")
# Of the height: how wide the sign is at least and at most, and how high and wide the rings are at least.
_WIDE, _RING = (1.05, 2.0), 0.15
_SURE, _DOUBTED = 0.92, 0.5


def tell_mille(spots: InkSpots, lines: Sequence[ReadLine], zones: CellZones) -> None:
    """Puts ‰ into the cells that hold nothing else; a `%` whose rings are neither two nor three is doubted."""
    for line in lines:
        bare = line.text.replace(" ", "")
        if not zones.hold(line.ink) or len(bare) > 4 or not _LIKE_MILLE.fullmatch(bare):
            continue
        rings = _rings(spots, line.ink)
        if rings == 3:
            _say(line, "‰", _SURE)
        elif (bare[-1:] in ("‰", "o", "°") and "%" in bare) or (bare == "%" and rings != 2):
            _say(line, line.text, min(line.confidence, _DOUBTED))


def _say(line: ReadLine, text: str, confidence: float) -> None:
    first, last = line.words[0], line.words[-1]
    line.words = [first._replace(text=text, x1=last.x1, confidence=confidence)]


def _rings(spots: InkSpots, line: InkLine) -> int:
    """How many rings the ink of a line has: 2 as `%` has them, 3 as ‰ has them, 0 where it is another shape."""
    own = np.isin(spots.labels[line.top : line.bottom, line.x0 : line.x1], line.spots).astype(np.uint8)
    height, width = own.shape
    if not _WIDE[0] * height <= width <= _WIDE[1] * height:
        return 0
    outlines, parents = cv2.findContours(own, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    boxes = [cv2.boundingRect(outline) for outline, parent in zip(outlines, parents[0], strict=True) if parent[3] >= 0]
    rings = [box for box in boxes if box[3] >= _RING * height and box[2] >= _RING * height / 2]
    upper = [box for box in rings if box[1] + box[3] / 2 < height / 2]
    lower = [box for box in rings if box[1] + box[3] / 2 >= height / 2]
    if len(upper) != 1 or len(lower) not in (1, 2):
        return 0
    return 1 + len(lower) if all(box[0] > upper[0][0] + upper[0][2] for box in lower) else 0
