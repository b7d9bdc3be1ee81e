"""Ruled lines of a page picture: found by their length, measured, and rubbed out so that letters stand free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from ingest.page.rulings import COVER_OF_SCANS, Ruling, table_frames
from ingest.scan.picture.broken_rules import bridged, dots, holes
from ingest.scan.picture.faint_rules import faint_rules
from ingest.scan.picture.picture import POINTS_PER_INCH, Mask, ScannedSheet, laid_level
from ingest.scan.picture.stray_rules import strays

# In inches: shortest rule across and down, greatest thickness, greatest gap in one rule.
_ACROSS, _DOWN, _THICK, _GAP = 0.3, 0.24, 0.035, 0.06
# In inches: the steps and breaks of a whole rule, the shortest dotted rule across and down, how far apart its dots are.
_STEP, _DOTTED, _BETWEEN_DOTS = 0.015, (0.4, 0.25), 0.045
_CRUMB = 0.012
"""In inches: how thick the rests of a worn rule are."""


def take_rules(sheet: ScannedSheet) -> tuple[ScannedSheet, list[Ruling]]:
    """The sheet without its straight lines, and these in points of the page."""
    across = _long_runs(sheet.ink, round(_ACROSS * sheet.dpi), 1, sheet.dpi)
    down = laid_level(_long_runs(laid_level(sheet.ink), round(_DOWN * sheet.dpi), 1, sheet.dpi))
    rulings = _rulings(sheet, across, down)
    solid = bool(table_frames(rulings, COVER_OF_SCANS))
    faint, mask = faint_rules(sheet.grey, sheet.dpi, rulings)
    rulings += faint
    drawn = cv2.bitwise_or(across, down) if mask is None else cv2.bitwise_or(cv2.bitwise_or(across, down), mask)
    if not solid:
        dotted, mask = _dotted(sheet, rulings)
        rulings += dotted
        drawn = drawn if mask is None else cv2.bitwise_or(drawn, mask)
    if not rulings:
        return sheet, []
    pieces, rulings = rulings, bridged(rulings)
    drawn = _with_rests(np.asarray(drawn, np.uint8), pieces, rulings, sheet.dpi)
    drawn = cv2.dilate(drawn, np.ones((3, 3), np.uint8))
    _, white = cv2.threshold(drawn, 0, 255, cv2.THRESH_BINARY)
    grey, ink = cv2.bitwise_or(sheet.grey, white), cv2.subtract(sheet.ink, drawn)
    return replace(sheet, grey=np.asarray(grey, np.uint8), ink=np.asarray(ink, np.uint8)), rulings


def _rulings(sheet: ScannedSheet, across: Mask, down: Mask) -> list[Ruling]:
    """The rules in the masks of what runs across and down; strokes that are no rules of their table leave the masks."""
    points = POINTS_PER_INCH / sheet.dpi
    flat = _straight(across, sheet.dpi, flat=True)
    upright = _straight(down, sheet.dpi, flat=False)
    rulings = [Ruling(x, y + high / 2, x + wide, y + high / 2) for x, y, wide, high in flat]
    rulings += [Ruling(x + wide / 2, y, x + wide / 2, y + high) for x, y, wide, high in upright]
    rulings = [Ruling(*(edge * points for edge in ruling)) for ruling in rulings]
    lost = strays(rulings)
    for place in lost:
        mask = across if place < len(flat) else down
        x, y, wide, high = [*flat, *upright][place]
        mask[max(y - 1, 0) : y + high + 1, max(x - 1, 0) : x + wide + 1] = 0
    return [ruling for place, ruling in enumerate(rulings) if place not in lost]


def _with_rests(drawn: Mask, pieces: Sequence[Ruling], rulings: Sequence[Ruling], dpi: float) -> Mask:
    """The mask with what stands on a table's rules between their pieces: crumbs that would be read as letters.

    Nothing is rubbed out along the pieces themselves: the marks of capitals stand close under them.
    """
    scale = dpi / POINTS_PER_INCH
    boxes = [frame.box for frame in table_frames(rulings, COVER_OF_SCANS)]
    marked = drawn.copy()
    for one in holes(pieces, rulings):
        x, y = (one.x0 + one.x1) / 2, (one.top + one.bottom) / 2
        if not any(x0 - 1 <= x <= x1 + 1 and top - 1 <= y <= bottom + 1 for x0, top, x1, bottom in boxes):
            continue
        ends = [(round(x * scale), round(y * scale)) for x, y in ((one.x0, one.top), (one.x1, one.bottom))]
        cv2.line(marked, ends[0], ends[1], 1, max(1, round(_CRUMB * dpi)))
    return marked


def _dotted(sheet: ScannedSheet, known: Sequence[Ruling]) -> tuple[list[Ruling], Mask | None]:
    """The dotted rules of a table, and a mask of where they are; none where they form no table."""
    spots = dots(sheet.ink, sheet.dpi)
    if spots is None:
        return [], None
    long, high = (round(length * sheet.dpi) for length in _DOTTED)
    across = _long_runs(spots, long, 1, sheet.dpi, _BETWEEN_DOTS)
    down = laid_level(_long_runs(laid_level(spots), high, 1, sheet.dpi, _BETWEEN_DOTS))
    rulings = _rulings(sheet, across, down)
    if not table_frames([*known, *rulings], COVER_OF_SCANS):
        return [], None
    return rulings, np.asarray(cv2.bitwise_or(across, down), np.uint8)


def _long_runs(ink: Mask, length: int, spread: int, dpi: float, bridge: float = _STEP) -> Mask:
    """The parts of the ink that run straight for `length` pixels and are thin; breaks of `bridge` inches are closed."""
    reach = max(3, round(bridge * dpi))
    bridged = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))
    bridged = cv2.dilate(bridged, np.ones((1 + 2 * spread, 1), np.uint8))
    runs = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    thick = cv2.morphologyEx(runs, cv2.MORPH_OPEN, np.ones((round(_THICK * dpi) + 2 * spread + 1, 1), np.uint8))
    thin = cv2.subtract(runs, thick)
    return np.asarray(cv2.erode(thin, np.ones((1 + 2 * (spread - 1), 1), np.uint8)), np.uint8)


def _straight(runs: Mask, dpi: float, *, flat: bool) -> list[tuple[int, int, int, int]]:
    """The boxes (x, y, width, height) of the rules in a mask; pieces parted by a small gap are one."""
    gap = round(_GAP * dpi) | 1
    joined = cv2.dilate(runs, np.ones((3, gap) if flat else (gap, 3), np.uint8))
    # On a page with few lines their outlines are found in a fifth of the time that its connected spots take.
    outlines, parents = cv2.findContours(joined, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    rules = []
    for place, outline in enumerate(outlines):
        if parents[0][place][3] >= 0:  # the edge of a hole
            continue
        x, y, wide, high = cv2.boundingRect(outline)
        long, thick = (wide, high) if flat else (high, wide)
        if long - gap >= (_ACROSS if flat else _DOWN) * dpi * 0.95 and thick <= 3 * _THICK * dpi + 0.012 * long:
            trim = gap // 2
            rules.append((x + trim, y, wide - 2 * trim, high) if flat else (x, y + trim, wide, high - 2 * trim))
    return rules
