"""Places as they lie in the file: a scanned page is straightened and turned upright before it is read, the file is not.

Evidence and warnings must be shown on the page that a person sees, so their boxes are laid back at the very end.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from schemas.base import Box
from schemas.dispatch import Evidence
from schemas.document import PageInfo
from schemas.source import Notice


def evidence_in_file(
    evidence: Mapping[str, tuple[Evidence, ...]], pages: Mapping[int, PageInfo]
) -> Mapping[str, tuple[Evidence, ...]]:
    """The evidence with its boxes as they lie on the pages of the file."""
    if not any(page.turn or page.skew for page in pages.values()):
        return evidence
    return {
        pointer: tuple(one.model_copy(update={"bbox": _laid_back(one.bbox, one.page, pages)}) for one in shown)
        for pointer, shown in evidence.items()
    }


def notice_in_file(notice: Notice, pages: Mapping[int, PageInfo]) -> Notice:
    """A warning with its box as it lies on the page of the file."""
    return notice.model_copy(update={"bbox": _laid_back(notice.bbox, notice.page, pages)}) if notice.bbox else notice


def _laid_back(box: Box | None, number: int | None, pages: Mapping[int, PageInfo]) -> Box | None:
    page = pages.get(number) if number is not None else None
    return box if box is None or page is None else in_file(box, page)


def in_file(box: Box, page: PageInfo) -> Box:
    """A box of the straightened, upright page, as it lies on the page of the file; in points from the top left."""
    if page.width is None or page.height is None or not (page.turn or page.skew):
        return box
    tilted = _tilted(box, page.skew, page.width, page.height) if page.skew else box
    x0, top, x1, bottom = _turned_back(tilted, page.turn, page.width, page.height)
    return round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2)


def _tilted(box: Box, degrees: float, width: float, height: float) -> Box:
    """The upright box around a box that is turned about the middle of the page."""
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    x, y = (box[0] + box[2] - width) / 2, (box[1] + box[3] - height) / 2
    middle_x, middle_y = width / 2 + x * cosine - y * sine, height / 2 + x * sine + y * cosine
    half_x, half_y = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
    wide, high = half_x * cosine + half_y * abs(sine), half_y * cosine + half_x * abs(sine)
    return middle_x - wide, middle_y - high, middle_x + wide, middle_y + high


def _turned_back(box: Box, turn: int, width: float, height: float) -> Box:
    """The box on the page as it was before it was turned clockwise by `turn` degrees to this width and height."""
    x0, top, x1, bottom = box
    if turn == 90:
        return top, width - x1, bottom, width - x0
    if turn == 180:
        return width - x1, height - bottom, width - x0, height - top
    if turn == 270:
        return height - bottom, x0, height - top, x1
    return box
