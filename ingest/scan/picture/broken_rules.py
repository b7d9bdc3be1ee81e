"""Rules of a scanned table that are broken into pieces, and dotted ones.

Print that is worn leaves holes in a rule; where a rule of the other direction meets a hole, the table would fall apart.
Pieces that lie on one line, parted by less than the lowest row of a table is high, are one rule. Dotted rules are rows
of spots smaller than letters; they are only taken where they form a table, since blanks to write on are dotted too.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from ingest.page.rulings import Ruling
from ingest.scan.picture.picture import Mask

# In points: how far apart pieces of one rule lie along it, and across it.
_HOLE, _LEVEL = 11.0, 1.6
# In inches: spots so wide and high are no letters. Where rows of dots cross, some run together into a thin cross.
_DOT, _CROSS, _THIN = 0.036, 0.085, 0.42
_FEWEST_DOTS = 150


def bridged(rulings: Sequence[Ruling]) -> list[Ruling]:
    """The rules with their holes closed, those at crossings too; `rulings` in points."""
    flat = _joined([(one.top, one.x0, one.x1) for one in rulings if one.horizontal])
    upright = _joined([(one.x0, one.top, one.bottom) for one in rulings if not one.horizontal])
    flat, upright = [_reaching(one, upright) for one in flat], [_reaching(one, flat) for one in upright]
    return [Ruling(start, at, end, at) for at, start, end in flat] + [
        Ruling(at, start, at, end) for at, start, end in upright
    ]


def holes(pieces: Sequence[Ruling], whole: Sequence[Ruling]) -> list[Ruling]:
    """The stretches of the `whole` rules on which none of the `pieces` lies."""
    found = []
    for rule in whole:
        flat = rule.horizontal
        at, start, end = (rule.top, rule.x0, rule.x1) if flat else (rule.x0, rule.top, rule.bottom)
        for first, last in _drawn_on(rule, pieces):
            if first > start:
                found.append(Ruling(start, at, first, at) if flat else Ruling(at, start, at, first))
            start = max(start, last)
        if end > start:
            found.append(Ruling(start, at, end, at) if flat else Ruling(at, start, at, end))
    return found


def _drawn_on(rule: Ruling, pieces: Sequence[Ruling]) -> list[tuple[float, float]]:
    """Where along a rule pieces of its direction lie on it, from its start on."""
    if rule.horizontal:
        return sorted(
            (one.x0, one.x1)
            for one in pieces
            if one.horizontal and abs(one.top - rule.top) <= 2 * _LEVEL and one.x1 > rule.x0 and one.x0 < rule.x1
        )
    return sorted(
        (one.top, one.bottom)
        for one in pieces
        if not one.horizontal
        and abs(one.x0 - rule.x0) <= 2 * _LEVEL
        and one.bottom > rule.top
        and one.top < rule.bottom
    )


def _joined(pieces: Sequence[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Pieces (place, start, end) put together; the place is that of the longest piece."""
    found: list[list[tuple[float, float, float]]] = []
    for piece in sorted(pieces, key=lambda one: one[1]):
        for group in found:
            last = max(group, key=lambda one: one[2])
            if abs(last[0] - piece[0]) <= _LEVEL and piece[1] - last[2] <= _HOLE:
                group.append(piece)
                break
        else:
            found.append([piece])
    return [
        (max(group, key=lambda one: one[2] - one[1])[0], group[0][1], max(one[2] for one in group)) for group in found
    ]


def _reaching(
    piece: tuple[float, float, float], crossing: Sequence[tuple[float, float, float]]
) -> tuple[float, float, float]:
    """A piece whose ends stop short of a line that crosses there, drawn as far as that line."""
    at, start, end = piece
    lines = [place for place, first, last in crossing if first - _HOLE <= at <= last + _HOLE]
    before = [place for place in lines if start - _HOLE <= place < start]
    behind = [place for place in lines if end < place <= end + _HOLE]
    return at, max(before, default=start), min(behind, default=end)


def dots(ink: Mask, dpi: float) -> Mask | None:
    """The spots of ink that are smaller than letters; None where there are too few for a dotted table."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    most = round(_DOT * dpi)
    width, height, area = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_AREA]
    longest = np.maximum(width, height)
    small = (longest <= most) | ((longest <= _CROSS * dpi) & (area <= _THIN * width * height))
    small[0] = False
    if count < _FEWEST_DOTS or small.sum() < _FEWEST_DOTS:
        return None
    return np.asarray(small.astype(np.uint8)[labels], np.uint8)
