"""Whether a heading on the next page is the same one again, and which of the two OCR read better."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from parsers.tables.grid_lines import GridLine
from vietnamese.fold import fold

_READ = 0.5
"""From this confidence on OCR has read a heading, if with a wrong letter."""


def same_heading(one: Sequence[GridLine], other: Sequence[GridLine]) -> bool:
    """Do two headings say the same, a letter that OCR misread aside?"""
    left = "\t".join(text for line in one for text in line.texts)
    right = "\t".join(text for line in other for text in line.texts)
    return left == right or _alike(left, right, 0.9) or _same_but_for_doubts(one, other)


def _alike(one: str, other: str, least: float) -> bool:
    return SequenceMatcher(None, fold(one), fold(other), autojunk=False).ratio() >= least


def _same_but_for_doubts(one: Sequence[GridLine], other: Sequence[GridLine]) -> bool:
    """Do two headings that OCR read agree in all cells but those that it is unsure of (under a seal), and in enough?"""
    left, right = _headings_by_place(one), _headings_by_place(other)
    sure = [place for place in left.keys() & right.keys() if min(left[place].sure, right[place].sure) >= _READ]
    agreeing = sum(1 for place in sure if _alike(left[place].text, right[place].text, 0.85))
    most = max(len(left), len(right))
    return agreeing >= 3 and agreeing == len(sure) and 2 * agreeing >= most


class _Heading(NamedTuple):
    text: str
    sure: float


def _headings_by_place(heading: Sequence[GridLine]) -> dict[tuple[int, int], _Heading]:
    """The cells of a heading by line and column, none where the file says itself what stands in them."""
    return {
        (depth, column): _Heading(slot.text, slot.cells[0].confidence)
        for depth, line in enumerate(heading)
        for column, slot in enumerate(line.slots)
        if slot.text and slot.cells and slot.cells[0].confidence is not None
    }


def surer_heading(one: Sequence[GridLine], other: Sequence[GridLine]) -> tuple[GridLine, ...]:
    """Of a heading and its repetition the one that OCR read better; the first where nothing tells."""
    better = len(one) == len(other) and _least_sure(other) > _least_sure(one)
    return tuple(other if better else one)


def _least_sure(heading: Sequence[GridLine]) -> float:
    return min((cell.sure for cell in _headings_by_place(heading).values()), default=1.0)
