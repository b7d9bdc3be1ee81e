"""What tells worn print from a pen: how many figures the ink of a blank makes, and what another reading of it says."""

from __future__ import annotations

from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.scan.picture.ink import Indices, InkSpots
from ingest.scan.picture.picture import Grey
from ingest.scan.words.tesseract import Letter, read_letters

# In heights of a figure: how far apart printed figures begin (Times: half of the size), and the gap between two.
_ADVANCE, _GAP = 0.76, 0.12
# The other reading is of the line at this scale, at which broken strokes close.
_SCALE = 0.75


def glyph_count(glyphs: NDArray[np.int32], height: float) -> int:
    """How many figures boxes (x0, top, x1, bottom) hold, figures that run into each other counted by their width."""
    widths = (glyphs[:, 2] - glyphs[:, 0]) / max(height, 1.0)
    return int(np.maximum(1, np.round((widths + _GAP) / _ADVANCE)).sum())


class OtherReading:
    """A second reading of a line, made where it is first asked for."""

    def __init__(self, cut: Grey, dpi: float) -> None:
        self._cut, self._dpi = cut, dpi

    @cached_property
    def _letters(self) -> list[Letter]:
        small = np.asarray(cv2.resize(self._cut, None, fx=_SCALE, fy=_SCALE, interpolation=cv2.INTER_AREA), np.uint8)
        return read_letters(small, self._dpi * _SCALE)

    def digits_between(self, left: float, right: float) -> str:
        """The digits that it sees between two places across, in pixels of the line's picture."""
        inside = [letter.text for letter in self._letters if left <= (letter.x0 + letter.x1) / 2 / _SCALE <= right]
        return "".join(character for text in inside for character in text if character.isdigit())


def clipped(spots: InkSpots, chosen: Indices, end: float) -> NDArray[np.int32]:
    """The boxes (x0, top, x1, bottom) of those parts of spots that stand left of a place across."""
    boxes = []
    for spot in chosen.tolist():
        x, y, _, height, _ = spots.boxes[spot]
        rows, columns = np.nonzero(spots.labels[y : y + height, x : int(end)] == spot)
        boxes.append((x, y + rows.min(), x + columns.max() + 1, y + rows.max() + 1))
    return np.array(boxes, np.int32).reshape(-1, 4)
