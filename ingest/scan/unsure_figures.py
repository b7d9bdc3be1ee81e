"""Pages whose figures OCR mixes up: where it doubts many of them, those it is sure of are no better.

On a copy so dark that a 0 is filled, 0, 6 and 9 are one; a year that no dispatch can name (`2926`) shows the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.page.placed import PlacedWord
from schemas.document import Grid
from schemas.doubts import Doubt, with_doubt
from schemas.source import Notice

_FIGURES = re.compile(r"\d.*\d")
_DIGIT = re.compile(r"\d")
_FAR_YEAR = re.compile(r"(?:^|[/.\-])2[1-9]\d\d[;,.)]*$")
# How sure of a figure OCR is as a rule, and how many of a page's figures, at least so many, it must doubt.
_SURE, _SHARE, _LEAST = 0.85, 0.25, 8


def doubt_figures(words: Sequence[PlacedWord], page: int) -> tuple[list[PlacedWord], list[Notice]]:
    """The words of a page outside its tables; where its figures are unsure all of them are doubted, and a warning."""
    figures = [word for word in words if _FIGURES.search(word.text)]
    weak = sum((word.trust or 0.0) < _SURE or _FAR_YEAR.search(word.text) is not None for word in figures)
    if len(figures) < _LEAST or weak < _SHARE * len(figures):
        return list(words), []
    chosen = {id(word) for word in figures}
    doubted = [word.doubted(Doubt.MIXED_FIGURES) if id(word) in chosen else word for word in words]
    message = f"Trang {page}: chữ số in mờ hoặc nhòe, ngày và số trên trang này cần đối chiếu với ảnh."
    return doubted, [Notice(code="unsure_figures", message=message, page=page)]


def doubt_all_figures(words: Sequence[PlacedWord], grids: Sequence[Grid]) -> tuple[list[PlacedWord], list[Grid]]:
    """The words and tables of a page on which a step of reading failed: nobody vouches for any of its figures."""
    doubted = [word.doubted(Doubt.MIXED_FIGURES) if _DIGIT.search(word.text) else word for word in words]
    return doubted, [
        grid.model_copy(
            update={
                "cells": tuple(
                    cell._replace(doubts=with_doubt(cell.doubts, Doubt.MIXED_FIGURES))
                    if _DIGIT.search(cell.text)
                    else cell
                    for cell in grid.cells
                )
            }
        )
        for grid in grids
    ]
