"""Dots or a rule printed in a blank to be written on: they run through the figures and change them.

A form's blank is often set with dots (`Số: ......../QĐ-UBND`) or with a rule. A dot at the foot of a 1 makes a 4 of it,
a rule hides what stands low, and all readings of the same ink then err alike, as sure of it as of clean ink.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.scan.picture.picture import Grey

# In heights of the capitals: how far above and below the foot leaders stand; the length of a rule (also as a share of
# its blank) and how thick it is at most; how large a dot is, and how far the dots of a row lie apart in height.
_ABOVE, _BELOW = 0.3, 0.4
_RULE, _CROSSED, _THICK = 1.5, 0.6, 0.3
_SMALLEST, _LARGEST, _ROW, _FULL = 0.06, 0.3, 0.08, 0.55
_DOTS = 3
_PIXELS = 4
# Nothing as light as this is ink.
_PAPER = 225.0


def has_leaders(line: Grey, across: tuple[float, float], foot: float, unit: float) -> bool:
    """Whether a row of dots or a rule runs along the foot of a blank; `unit`: the height of the capitals beside it."""
    top, left = max(0, round(foot - _ABOVE * unit)), max(0, round(across[0]))
    strip = line[top : max(top, round(foot + _BELOW * unit)), left : max(left, round(across[1]))]
    if min(strip.shape, default=0) < _PIXELS:
        return False
    level, dark = cv2.threshold(strip, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    ink = np.asarray(dark, np.uint8)
    return level < _PAPER and (_has_rule(ink, unit) or _has_dots(ink, unit))


def _has_rule(ink: NDArray[np.uint8], unit: float) -> bool:
    """Whether a thin line crosses most of the blank: strokes of figures run into each other over less of it."""
    length = max(_PIXELS, round(max(_RULE * unit, _CROSSED * ink.shape[1])))
    if length > ink.shape[1]:
        return False
    whole = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    runs = cv2.morphologyEx(whole, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    return 0 < int(runs.any(axis=1).sum()) <= max(_PIXELS, _THICK * unit)


def _has_dots(ink: NDArray[np.uint8], unit: float) -> bool:
    """Whether three and more full specks stand in one row, none cut by the edge: pieces of faint strokes are not so."""
    _, _, spots, centres = cv2.connectedComponentsWithStats(ink, connectivity=8)
    _, top, width, height, area = spots[1:].T
    small = (np.maximum(width, height) <= _LARGEST * unit) & (np.minimum(width, height) >= _SMALLEST * unit)
    small &= (area >= _FULL * width * height) & (top > 0) & (top + height < ink.shape[0])
    rows = np.sort(centres[1:][small, 1])
    return bool((rows[_DOTS - 1 :] - rows[: max(0, len(rows) - _DOTS + 1)] <= max(1.0, _ROW * unit)).any())
