"""Cuttings of the ink in a blank: what the recogniser is shown, in several ways, so that its readings can be compared.

Lengths are in heights of the capitals beside the blank, places in pixels of the line's picture.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.scan.picture.picture import Grey

# How far ink of a line may reach above and below its foot.
_ABOVE, _BELOW = 2.1, 0.95
# Smaller, flatter and higher spots are no figures; how much of a spot stands in its blank, or has run into it.
_SPECK, _FLAT, _HIGHEST, _MINE, _RUN_IN = 0.012, 0.22, 2.8, 0.5, 0.3
# From which height on a spot is a figure of its own, where it does not stand over another by this share of its width.
_HIGH_PIECE, _OVER = 0.6, 0.2
# Spots that end above or begin below these heights are no figures on this line.
_LOW, _HIGH = 0.12, 1.25
_SMALLEST = 4
# Otsu's level lies between ink and paper: faint ends of a stroke lie a little above it.
_FAINTER, _PAPER = 0.35, 225.0
# The printed `/`: how it leans, how far before the letter behind it; how much more ink its line has than those beside
# it, how far aside these are, what a distance from its likely place counts against it, and half its width.
_LEANS, _FARTHEST, _NEAREST = (0.26, 0.32, 0.38, 0.46), 1.3, 0.4
_DRAWN, _BESIDE, _AWAY, _HALF = 0.6, 0.17, 0.15, 0.14


@dataclass(frozen=True)
class Blank:
    """A blank in a line's picture: from where to where, the foot of the print beside it, the height of its capitals."""

    x0: float
    x1: float
    foot: float
    height: float


@dataclass(frozen=True)
class Stroke:
    """The printed `/` that ends a blank: where it stands at half its height, and how far it leans for a height of 1."""

    x: float
    lean: float


class Ink(NamedTuple):
    """Ink alone on white, and how many figures it holds at least."""

    picture: Grey
    pieces: int


def band(line: Grey, blank: Blank, above: float, below: float, room: float) -> Grey:
    """What stands in a blank and `room` beside it, between two heights from its foot."""
    rows = _bounds(blank.foot - above * blank.height, blank.foot + below * blank.height, line.shape[0])
    columns = _bounds(blank.x0 - room * blank.height, blank.x1 + room * blank.height, line.shape[1])
    return line[rows, columns]


def stroke_before(line: Grey, blank: Blank, letter: float, about: float) -> Stroke | None:
    """The printed `/` before the letter of the symbol whose middle is at `letter`: the leaning line with most ink."""
    unit = blank.height
    rows = _bounds(blank.foot - 0.95 * unit, blank.foot, line.shape[0])
    if rows.stop - rows.start < _SMALLEST:
        return None
    dark = 255.0 - line[rows].astype(np.float32)
    dark = np.minimum(dark / max(float(dark.max()) * 0.5, 1.0), 1.0)
    up = (rows.start + rows.stop - 1) / 2 - np.arange(rows.start, rows.stop)
    best, found = 0.0, None
    first = min(letter - _FARTHEST * unit, about - _NEAREST * unit)
    for x in np.arange(first, letter - _NEAREST * unit, max(1.0, unit / 36)):
        for lean in _LEANS:
            columns = np.rint(x + lean * up).astype(int)
            drawn = _along(dark, columns) - _beside(dark, columns, _BESIDE * unit)
            score = drawn - _AWAY * abs(x - about) / unit
            if score > best and drawn > _DRAWN:
                best, found = score, Stroke(float(x), lean)
    return found


def _along(dark: NDArray[np.float32], columns: NDArray[np.int_]) -> float:
    """How much of a line (a column for each row) is ink; outside the picture there is none."""
    inside = (columns >= 0) & (columns < dark.shape[1])
    return float((dark[np.arange(len(columns)), np.where(inside, columns, 0)] * inside).mean())


def _beside(dark: NDArray[np.float32], columns: NDArray[np.int_], aside: float) -> float:
    """How much ink stands on the lines on both sides."""
    return (_along(dark, columns - round(aside)) + _along(dark, columns + round(aside))) / 2


def without_stroke(line: Grey, blank: Blank, stroke: Stroke) -> tuple[Grey, Blank]:
    """The line with the stroke and all behind it painted over, and the blank as far as it."""
    foot = blank.foot - 0.47 * blank.height
    edges = stroke.x - _HALF * blank.height + stroke.lean * (foot - np.arange(line.shape[0]))
    behind = np.arange(line.shape[1])[None, :] >= edges[:, None]
    return np.where(behind, np.uint8(255), line), replace(blank, x1=stroke.x + 0.3 * blank.height)


def ink_of(line: Grey, blank: Blank, *, run_in: bool) -> Ink | None:
    """The ink of a blank alone on white, cut close; print and other lines' ink is painted over. None without ink.

    A spot belongs to the blank when half of it stands in it; with `run_in` also what stands in it of another one, as of
    a figure that touches the colon. (Beside `ngày` that would be the tail of its y.)
    """
    strip = band(line, replace(blank, x0=0, x1=line.shape[1]), _ABOVE, _BELOW, 0)
    if min(strip.shape) < _SMALLEST:
        return None
    foot = min(blank.foot, _ABOVE * blank.height)
    level, _ = cv2.threshold(strip, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    dark = (strip < min(level + (255 - level) * _FAINTER, _PAPER)).astype(np.uint8)
    _, labels, spots, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    x, y, width, height, area = spots.T
    shared = np.minimum(x + width, blank.x1) - np.maximum(x, blank.x0)
    fits = (y < foot - _LOW * blank.height) & (y + height > foot - _HIGH * blank.height)
    fits &= (area > _SPECK * blank.height**2) & (height > _FLAT * blank.height) & (height < _HIGHEST * blank.height)
    fits[0] = False
    whole = fits & (shared > _MINE * width)
    mask = whole[labels]
    if run_in:
        cut = (fits & ~whole & (shared > _RUN_IN * blank.height))[labels]
        cut[:, : max(0, int(blank.x0))], cut[:, int(blank.x1) :] = False, False
        mask |= cut
    if not mask.any():
        return None
    kept = np.where(cv2.dilate(mask.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0, strip, 255).astype(np.uint8)
    rows, columns = np.nonzero(mask.any(axis=1))[0], np.nonzero(mask.any(axis=0))[0]
    box = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return Ink(kept[box], _pieces(mask[box], blank.height))


def _pieces(mask: NDArray[np.bool_], unit: float) -> int:
    """How many figures ink holds at least: its high spots that stand side by side."""
    _, _, spots, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    found: list[tuple[int, int]] = []
    for x, _, width, height, _ in sorted(spots[1:].tolist()):
        if height < _HIGH_PIECE * unit:
            continue
        if found and min(found[-1][1], x + width) - x > _OVER * min(found[-1][1] - found[-1][0], width):
            found[-1] = (found[-1][0], max(found[-1][1], x + width))
        else:
            found.append((x, x + width))
    return len(found)


def framed(ink: Grey, room: float, wider: float = 1.0) -> Grey:
    """Ink with white around it (`room`: a share of its height), drawn out to be `wider`."""
    edge = max(2, round(room * ink.shape[0]))
    white = cv2.copyMakeBorder(ink, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=(255,))
    if wider == 1.0:
        return np.asarray(white, np.uint8)
    return np.asarray(cv2.resize(white, None, fx=wider, fy=1.0, interpolation=cv2.INTER_LINEAR), np.uint8)


def upright(picture: Grey, lean: float) -> Grey:
    """A picture slanted to the left by `lean` of its height: most hands lean right."""
    height, width = picture.shape
    move = np.array([[1.0, lean, 0.0], [0.0, 1.0, 0.0]], np.float32)
    wide = (width + round(lean * height), height)
    return np.asarray(cv2.warpAffine(picture, move, wide, borderMode=cv2.BORDER_CONSTANT, borderValue=(255,)), np.uint8)


def _bounds(first: float, last: float, most: int) -> slice:
    start = min(max(0, round(first)), max(most - 1, 0))
    return slice(start, min(most, max(start + 1, round(last))))
