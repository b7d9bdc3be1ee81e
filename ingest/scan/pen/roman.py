"""Roman numbers of nothing but strokes, counted in the ink: OCR drops and adds strokes of I, II and III unawares.

A wrong `quý II` for `quý III` would be a wrong date in silence, and a second `II.` hides a section. The strokes stand
apart in the middle of the line, where no serif joins them, and each is as high as the line of capitals.
"""

from __future__ import annotations

import re

import numpy as np

from ingest.page.placed import PlacedWord
from ingest.scan.picture.picture import POINTS_PER_INCH, Mask, ScannedSheet
from ingest.scan.words.read_lines import ReadLine
from schemas.doubts import Doubt
from vietnamese.fold import fold

_ROMAN = re.compile(r"(?P<before>[(\"“'.,]?)(?P<strokes>[IH]|(?!1+\b|L)[HIl|1L]{2,5})(?P<after>/.*|[,.;:)-]{0,2})")
_OF_QUARTER = re.compile(r"(?P<before>)(?P<strokes>[^\W\d_]{1,4})(?P<after>/\d.*)")
_NOT_STROKES = re.compile("[habekrs]{1,3}")
"""Capitals that are never printed as bare strokes, as T, L and U may be: `HỆ` over two strokes is II."""
_CAPITALS = 0.7  # the height of capitals, as a share of the size
_MIDDLE = (0.3, 0.7)
# Of its height: how much of a stroke's best column is ink, and how wide a stroke is at most.
_FULL, _WIDEST = 0.85, 0.3
_LEAST_HEIGHT = 12
_MOST_STROKES = 3


def count_strokes(sheet: ScannedSheet, lines: list[ReadLine]) -> None:
    """Put the strokes that are printed into the words of `lines` where OCR read other ones."""
    before = ""
    for line in lines:
        words = []
        for word in line.words:
            words.append(_counted(sheet, word, before))
            before = fold(word.text)
        line.words = words


def _counted(sheet: ScannedSheet, word: PlacedWord, before: str) -> PlacedWord:
    roman = _ROMAN.fullmatch(word.text) or (_OF_QUARTER.fullmatch(word.text) if before == "quy" else None)
    if roman is not None:
        count = _strokes(_ink_of(sheet, word), followed=roman["after"].startswith(("/", "-")))
        text = f"{roman['before']}{'I' * count}{roman['after']}"
    elif word.text.isupper() and _NOT_STROKES.fullmatch(fold(word.text)):
        count = _strokes(_ink_of(sheet, word), followed=False)
        text = "I" * count if count > 1 else word.text
    else:
        return word
    if not count or text == word.text:
        return word
    return word._replace(text=text).doubted(Doubt.MENDED)


def _ink_of(sheet: ScannedSheet, word: PlacedWord) -> Mask:
    scale = sheet.dpi / POINTS_PER_INCH
    top, bottom = (word.baseline - _CAPITALS * word.size) * scale, word.baseline * scale + 1
    ink = sheet.ink[max(0, int(top)) : int(bottom), max(0, int(word.x0 * scale) - 1) : int(word.x1 * scale) + 2]
    rows = np.flatnonzero(ink.any(axis=1))
    return ink[rows[0] : rows[-1] + 1] if len(rows) else ink[:0]


def _strokes(ink: Mask, *, followed: bool) -> int:
    """How many strokes the word begins with; 0 where the ink does not tell. `followed`: by more than a sign."""
    height = len(ink)
    if height < _LEAST_HEIGHT:
        return 0
    middle = ink[int(_MIDDLE[0] * height) : int(_MIDDLE[1] * height)].any(axis=0).astype(np.int8)
    edges = np.flatnonzero(np.diff(middle, prepend=0, append=0)).reshape(-1, 2)
    count = 0
    for left, right in edges.tolist():
        is_stroke = right - left <= _WIDEST * height and ink[:, left:right].mean(axis=0).max() >= _FULL
        if not is_stroke:
            return count if followed and count <= _MOST_STROKES else 0
        count += 1
    return count if not followed and count <= _MOST_STROKES else 0
