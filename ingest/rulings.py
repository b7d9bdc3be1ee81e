"""Straight lines drawn on a page, and the table frames that they form."""

from __future__ import annotations

from typing import NamedTuple


class Ruling(NamedTuple):
    """A horizontal (`top` == `bottom`) or vertical (`x0` == `x1`) line, in points from the page's top left."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def horizontal(self) -> bool:
        return self.x1 - self.x0 >= self.bottom - self.top
