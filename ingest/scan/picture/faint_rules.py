"""Faint, thin and broken rules of a table, which leave too little ink to be found as lines of ink.

A rule is a narrow dark ridge with paper on both sides, and goes on so over most of its length. That shows in the greys
of a picture long before each of its points counts as ink. Such rules are only taken where they form a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np

from ingest.page.rulings import COVER_OF_SCANS, Ruling, TableFrame, table_frames
from ingest.scan.picture.picture import POINTS_PER_INCH, Grey, Mask, laid_level, scaled

# Ridges are looked for at this resolution, at which a hairline is about one point wide.
_DPI = 150.0
# In points of that picture: over what length greys are averaged, how far off the paper beside a rule is.
_ALONG, _BESIDE, _FAR_BESIDE = 5, 3, 7
# In greys: how much darker a ridge is than its sides, and how dark paper may be.
_DEPTH, _PAPER = 15, 45
# In inches: over which length a rule must go on, and by what share of it.
_ACROSS, _DOWN, _SHARE = 0.9, 0.9, 0.78
# In inches: the shortest piece of such a rule, the widest gap in a piece, how thick it is, how far it bends.
_PIECE, _GAP, _THICK, _BENT = 0.2, 0.06, 0.035, 0.012
_FEWEST_ROWS = 3
# In inches: what is longer is no page, and would be enlarged beyond all memory.
_LONGEST = 80.0
# By what share of its length an upright rule is darker than what stands beside it: letters leave paper in every row.
_WHOLE = 0.88
# In points: how far apart two finds of one rule are, and how far a rule runs over the edge of its table.
_NEAR, _OVER = 3.0, 6.0


class _FoundRule(NamedTuple):
    """A rule in points of the page, and its box (x, y, width, height) in the small picture."""

    ruling: Ruling
    box: tuple[int, int, int, int]


def faint_rules(grey: Grey, dpi: float, known: Sequence[Ruling]) -> tuple[list[Ruling], Mask | None]:
    """The rules of tables that are missing among the `known` ones, and a mask of where they are drawn."""
    scale = _DPI / dpi
    if not _ACROSS * _DPI <= max(grey.shape) * scale <= _LONGEST * _DPI:
        return [], None
    small = scaled(grey, scale)
    paper = int(np.median(small[::8, ::8]))
    across = _ridges(small, paper, (_BESIDE,), _ACROSS)
    rows = [_found(box, flat=True) for box in _boxes(across, flat=True)]
    if len(rows) + sum(rule.horizontal for rule in known) < _FEWEST_ROWS:
        return [], None
    down = laid_level(_ridges(laid_level(small), paper, (_BESIDE, _FAR_BESIDE), _DOWN))
    upright = _boxes(down, flat=False)
    columns = [_found(box, flat=False) for box in upright if _is_whole(small, box)]
    new = [one for one in (*rows, *columns) if not _is_known(one.ruling, known)]
    frames = table_frames([*known, *(one.ruling for one in new)], COVER_OF_SCANS) if new else []
    taken = [one for one in new if any(_is_of(one.ruling, frame) for frame in frames)]
    if not taken:
        return [], None
    mask = np.zeros_like(small)
    for _, (x, y, wide, high) in taken:
        part = np.s_[y : y + high, x : x + wide]
        mask[part] = np.maximum(across[part], down[part])
    full = cv2.resize(mask, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_NEAREST)
    return [one.ruling for one in taken], np.asarray(full, np.uint8)


def _ridges(small: Grey, paper: int, beside: Sequence[int], least: float) -> Mask:
    """1 where a level ridge runs that is at least so many inches long."""
    smooth = cv2.blur(small, (_ALONG, 1))
    height, most = len(smooth), max(beside)
    wide = cv2.copyMakeBorder(smooth, most, most, 0, 0, cv2.BORDER_REPLICATE)
    sides = [wide[most + way * far : most + way * far + height] for far in beside for way in (-1, 1)]
    side = sides[0]
    for other in sides[1:]:
        side = cv2.min(side, other)
    _, deep = cv2.threshold(cv2.subtract(side, smooth), _DEPTH, 255, cv2.THRESH_BINARY)
    _, free = cv2.threshold(side, max(paper - _PAPER, 0), 255, cv2.THRESH_BINARY)
    ridge = cv2.dilate(cv2.bitwise_and(deep, free), np.ones((3, 1), np.uint8))
    length = round(least * _DPI)
    _, long = cv2.threshold(cv2.blur(ridge, (length, 1)), round(_SHARE * 255), 1, cv2.THRESH_BINARY)
    return np.asarray(cv2.bitwise_and(cv2.dilate(long, np.ones((1, length), np.uint8)), ridge), np.uint8)


def _boxes(mask: Mask, *, flat: bool) -> list[tuple[int, int, int, int]]:
    """The boxes of the lines in a mask; pieces parted by a small gap are one."""
    gap = round(_GAP * _DPI) | 1
    trim = gap // 2
    # With room at both ends, a rule that reaches the picture's edge grows by as much as is taken off it again.
    room = (0, 0, trim, trim) if flat else (trim, trim, 0, 0)
    wider = cv2.copyMakeBorder(mask, *room, cv2.BORDER_CONSTANT, value=0)
    joined = cv2.dilate(wider, np.ones((1, gap) if flat else (gap, 1), np.uint8))
    boxes = []
    for outline in cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
        x, y, wide, high = cv2.boundingRect(outline)
        long, thick = (wide, high) if flat else (high, wide)
        if long > _PIECE * _DPI and thick <= 3 * _THICK * _DPI + _BENT * long:
            boxes.append((x, y, wide - 2 * trim, high) if flat else (x, y, wide, high - 2 * trim))
    return boxes


def _is_whole(small: Grey, box: tuple[int, int, int, int]) -> bool:
    """Whether an upright ridge is one all along: letters that stand one under another leave paper, or lie aslant."""
    x, y, wide, high = box
    reach = wide + 5
    # Beyond the picture's edge its last column goes on, as in `_ridges`: a strip there is never empty nor another one.
    beyond = cv2.copyMakeBorder(small[y : y + high], 0, 0, reach, reach, cv2.BORDER_REPLICATE)
    rows = beyond.astype(np.int16)[:, x:]
    left, ridge, right = (rows[:, at : at + wide + 2].min(axis=1) for at in (0, reach - 1, reach + wide + 3))
    return float((np.minimum(left, right) - ridge > _DEPTH / 2).mean()) > _WHOLE


def _found(box: tuple[int, int, int, int], *, flat: bool) -> _FoundRule:
    points = POINTS_PER_INCH / _DPI
    x, y, wide, high = (edge * points for edge in box)
    if flat:
        return _FoundRule(Ruling(x, y + high / 2, x + wide, y + high / 2), box)
    return _FoundRule(Ruling(x + wide / 2, y, x + wide / 2, y + high), box)


def _is_known(one: Ruling, known: Sequence[Ruling]) -> bool:
    """Whether most of a rule lies on rules that are known already."""
    drawn = 0.0
    for other in known:
        if other.horizontal != one.horizontal:
            continue
        if one.horizontal and abs(other.top - one.top) < _NEAR:
            drawn += max(0.0, min(one.x1, other.x1) - max(one.x0, other.x0))
        elif not one.horizontal and abs(other.x0 - one.x0) < _NEAR:
            drawn += max(0.0, min(one.bottom, other.bottom) - max(one.top, other.top))
    return drawn > 0.8 * max(one.x1 - one.x0, one.bottom - one.top)


def _is_of(one: Ruling, frame: TableFrame) -> bool:
    x0, top, x1, bottom = frame.box
    across = x0 - _OVER < one.x0 and one.x1 < x1 + _OVER
    return across and top - _OVER < one.top and one.bottom < bottom + _OVER
