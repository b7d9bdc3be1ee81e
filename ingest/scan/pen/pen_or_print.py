"""What tells worn print from a pen: how many figures ink makes, how they lean, and what another reading says of it."""

from __future__ import annotations

from collections.abc import Sequence
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
# How the ink of each upright figure leans of itself (moments, as `lean_of` measures them): the same in all faces.
_OWN_LEANS = dict(zip("0123456789", (0.0, -0.06, 0.08, -0.01, 0.08, -0.1, -0.06, 0.1, 0.0, -0.05), strict=True))
# How print leans that is italic; between which leans of the print beside (an N leans back of itself) it may be either.
_ITALIC, _UPRIGHT_TO, _ITALIC_FROM = 0.17, 0.04, 0.11
# How far print may seem to lean otherwise than the print beside it: its figures together, and one of them.
_MEAN_LEAN, _ONE_LEAN = 0.11, 0.18


def glyph_count(glyphs: NDArray[np.int32], height: float) -> int:
    """How many figures boxes (x0, top, x1, bottom) hold, figures that run into each other counted by their width."""
    widths = (glyphs[:, 2] - glyphs[:, 0]) / max(height, 1.0)
    return int(np.maximum(1, np.round((widths + _GAP) / _ADVANCE)).sum())


def lean_of(spots: InkSpots, spot: int) -> float:
    """How a spot leans to the right, for a height of 1: the shear that its second moments show."""
    x, y, width, height, _ = spots.boxes[spot]
    rows, columns = np.nonzero(spots.labels[y : y + height, x : x + width] == spot)
    up, across = rows.mean() - rows, columns - columns.mean()
    return float((up * across).mean() / max(float((up * up).mean()), 1e-6))


def leans_alike(spots: InkSpots, figures: Sequence[tuple[str, int]], beside: Indices) -> bool:
    """Whether figures (each with its spot) lean as the print `beside` them, upright or italic: a pen's seldom do."""
    leans = np.array([lean_of(spots, spot) - _OWN_LEANS[figure] for figure, spot in figures])
    if not len(leans) or not len(beside):
        return True
    usual = float(np.median([lean_of(spots, spot) for spot in beside.tolist()]))
    least = _ITALIC if usual > _ITALIC_FROM else 0.0
    most = _ITALIC if usual > _UPRIGHT_TO else 0.0
    together = least - _MEAN_LEAN <= leans.mean() <= most + _MEAN_LEAN
    return bool(together and least - _ONE_LEAN <= leans.min() and leans.max() <= most + _ONE_LEAN)


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
        return "".join(character for character in self.text_between(left, right) if character.isdigit())

    def text_between(self, left: float, right: float) -> str:
        """All that it sees between two places across."""
        return "".join(letter.text for letter in self._letters if left <= (letter.x0 + letter.x1) / 2 / _SCALE <= right)


def clipped(spots: InkSpots, chosen: Indices, end: float) -> NDArray[np.int32]:
    """The boxes (x0, top, x1, bottom) of those parts of spots that stand left of a place across."""
    boxes = []
    for spot in chosen.tolist():
        x, y, _, height, _ = spots.boxes[spot]
        rows, columns = np.nonzero(spots.labels[y : y + height, x : int(end)] == spot)
        boxes.append((x, y + rows.min(), x + columns.max() + 1, y + rows.max() + 1))
    return np.array(boxes, np.int32).reshape(-1, 4)
