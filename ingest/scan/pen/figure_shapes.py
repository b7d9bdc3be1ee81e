"""Figures told by their shape: each digit of a page's tables is compared with the sure digits of the same page.

OCR errs on a lone digit, and two of its readings often err alike. But a table is set in one type: the hundred digits
on which the readings agree give a pattern of each, and a doubtful digit is like one pattern and unlike the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.scan.picture.ink import Indices, InkSpots
from ingest.scan.picture.ink_lines import InkLine
from ingest.scan.picture.picture import ScannedSheet

# The window that holds a character, in heights of a digit: above the baseline, below it, and across.
_ABOVE, _BELOW, _ACROSS = 1.15, 0.35, 1.3
_ROWS, _COLUMNS = 30, 26
# In heights of a digit: lower spots are points and commas; wider ones are several digits that touch (or a %).
_LOW, _WIDE, _ADVANCE = 0.45, 0.95, 0.75
_SPECK = 0.09
_FLAT = 0.22
_LEAST_LIKE, _LEAST_LIKE_OF_FEW, _LEAST_APART = 0.8, 0.9, 0.06
_LEAST_EXAMPLES = 3
_MOVES = ((1, 1), (0, 0), (0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1), (2, 2))

Picture = NDArray[np.float32]


@dataclass(frozen=True)
class Glyph:
    """A character as a picture of given size and level. A broad one is a `%` or several digits that touch: `parts`."""

    whole: Picture
    parts: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Shaped:
    """A figure as its shapes tell it; `sure` when each is plainly like one pattern and unlike the others."""

    text: str
    sure: bool


def digit_height(spots: InkSpots, lines: Sequence[InkLine]) -> float:
    """The height of a digit in pixels: that of the highest spot of most figures."""
    return float(np.median([spots.boxes[line.spots, 3].max() for line in lines]))


def glyphs_of(sheet: ScannedSheet, spots: InkSpots, line: InkLine, height: float) -> list[Glyph]:
    """The characters of a figure, specks left out; digits that touch are cut apart where they are set evenly."""
    boxes = [box for box in character_boxes(spots, line.spots, height, _SPECK) if not _is_dash(box, line, height)]
    tall = [box for box in boxes if box[3] - box[1] > 0.75 * height]
    baseline = float(np.median([box[3] for box in tall])) if tall else line.baseline
    glyphs = []
    for x0, top, x1, bottom in boxes:
        if bottom - top < _LOW * height and bottom < baseline - 0.25 * height and x1 - x0 < 0.3 * height:
            continue
        broad = x1 - x0 > _WIDE * height
        count = round((x1 - x0) / (_ADVANCE * height)) if broad else 0
        edges = np.linspace(x0, x1, count + 1).tolist()
        parts = [_picture(sheet, spots, line, cut, baseline, height) for cut in pairwise(edges)]
        glyphs.append(Glyph(_picture(sheet, spots, line, (x0, x1), baseline, height), tuple(parts)))
    return glyphs


def begins_with_dash(spots: InkSpots, line: InkLine, height: float) -> bool:
    """Whether a figure's first character is a dash: low and broad, above the line."""
    boxes = character_boxes(spots, line.spots, height, _SPECK)
    return len(boxes) > 1 and _is_dash(boxes[0], line, height)


def _is_dash(box: tuple[int, int, int, int], line: InkLine, height: float) -> bool:
    x0, top, x1, bottom = box
    flat = bottom - top < _FLAT * height and x1 - x0 > max(_FLAT * height, 1.5 * (bottom - top))
    return flat and 0.15 * height < line.baseline - bottom < 0.6 * height


def character_boxes(spots: InkSpots, own: Indices, height: float, speck: float) -> list[tuple[int, int, int, int]]:
    """Boxes (x0, top, x1, bottom) of characters `height` pixels high: spots one over the other are one.

    Spots smaller than the share `speck` of the height are none.
    """
    found: list[tuple[int, int, int, int]] = []
    members = own[np.argsort(spots.boxes[own, 0], kind="stable")]
    for x, y, width, high, area in spots.boxes[members].tolist():
        if max(width, high) < speck * height or area < 0.5 * (speck * height) ** 2:
            continue
        if found:
            x0, top, x1, bottom = found[-1]
            if min(x1, x + width) - x > 0.4 * min(x1 - x0, width):
                found[-1] = (min(x0, x), min(top, y), max(x1, x + width), max(bottom, y + high))
                continue
        found.append((x, y, x + width, y + high))
    return found


def _picture(
    sheet: ScannedSheet, spots: InkSpots, line: InkLine, across: tuple[float, float], baseline: float, height: float
) -> Picture:
    """What stands between two edges, in a window laid on the baseline; neighbours are left out."""
    left, right = int(across[0]), max(int(np.ceil(across[1])), int(across[0]) + 1)
    up, down, half = round(_ABOVE * height), round(_BELOW * height), round(_ACROSS * height / 2)
    foot = round(baseline)
    top = max(0, foot - up)
    part = np.s_[top : foot + down, left:right]
    dark = 255.0 - sheet.grey[part].astype(np.float32)
    own = np.isin(spots.labels[part], line.spots).astype(np.uint8)
    dark[cv2.dilate(own, np.ones((3, 3), np.uint8)) == 0] = 0
    window = np.zeros((up + down, 2 * half), np.float32)
    wide = min(dark.shape[1], 2 * half)
    x = half - wide // 2
    above = top - (foot - up)
    window[above : above + dark.shape[0], x : x + wide] = dark[:, :wide]
    small = cv2.resize(window, (_COLUMNS, _ROWS), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.GaussianBlur(small, (3, 3), 0), np.float32)


def _moved(picture: Picture) -> Picture:
    """A row for each way of moving a picture by up to a pixel (the first: not at all), of mean 0 and length 1."""
    wide = np.pad(picture, 1)
    rows = np.stack([wide[y : y + _ROWS, x : x + _COLUMNS].ravel() for y, x in _MOVES])
    return _even(rows)


class Patterns:
    """The pattern of each character, gathered from the figures whose text is likely."""

    def __init__(self, likely: Sequence[tuple[str, Sequence[Glyph]]]) -> None:
        examples: dict[str, list[Picture]] = defaultdict(list)
        for text, glyphs in likely:
            for character, glyph in zip(text, glyphs, strict=True) if len(text) == len(glyphs) else ():
                if bool(glyph.parts) == (character == "%"):
                    examples[character].append(glyph.whole)
        self.sums = _without_strangers(examples)
        self.characters = sorted(self.sums)
        rows = [self.sums[name] for name in self.characters] or [np.zeros(_ROWS * _COLUMNS, np.float32)]
        self.patterns = _even(np.stack(rows))
        self.complete = set("0123456789") <= self.sums.keys()

    def read(self, glyphs: Sequence[Glyph], own: str) -> Shaped:
        """The figure that these shapes are most like. `own`: the text under which they may themselves be examples."""
        if not self.characters or not glyphs:
            return Shaped("", sure=False)
        counted = own if len(own) == len(glyphs) else " " * len(glyphs)
        seen = [one for glyph, name in zip(glyphs, counted, strict=True) for one in self._character(glyph, name)]
        return Shaped("".join(name for name, _ in seen), all(sure for _, sure in seen))

    def _character(self, glyph: Glyph, own: str) -> list[tuple[str, bool]]:
        whole = self._most_like(glyph.whole, own)
        if not glyph.parts or whole == ("%", True):
            return [whole]
        return [self._most_like(part, "") for part in glyph.parts]

    def _most_like(self, picture: Picture, own: str) -> tuple[str, bool]:
        likes = self._likeness(picture, own)
        best = int(np.argmax(likes))
        apart = likes[best] - np.delete(likes, best).max(initial=0.0)
        # A digit of which the page has no pattern is like another one: then only a very like one counts.
        least = _LEAST_LIKE if self.complete else _LEAST_LIKE_OF_FEW
        return self.characters[best], bool(likes[best] >= least and apart >= _LEAST_APART)

    def _likeness(self, picture: Picture, own: str) -> Picture:
        """How like each pattern a picture is (1: the same), itself not counted in where it is an example."""
        if own not in self.sums:
            return _like(picture, self.patterns)
        patterns = self.patterns.copy()
        place = self.characters.index(own)
        patterns[place] = _even(self.sums[own] - _even(picture.ravel()))
        return _like(picture, patterns)


def _without_strangers(examples: dict[str, list[Picture]]) -> dict[str, Picture]:
    """The sum of the examples of each character, without those that are more like another one."""
    kept = {name: pictures for name, pictures in examples.items() if len(pictures) >= _LEAST_EXAMPLES}
    for _ in range(2):
        sums = {name: _sum(pictures) for name, pictures in kept.items()}
        names = list(sums)
        patterns = _even(np.stack([sums[name] for name in names])) if names else np.zeros((0, 1), np.float32)
        for place, name in enumerate(names):
            stays = []
            for picture in kept[name]:
                patterns[place] = _even(sums[name] - _even(picture.ravel()))
                if int(np.argmax(_like(picture, patterns))) == place:
                    stays.append(picture)
            patterns[place] = _even(sums[name])
            kept[name] = stays
        kept = {name: pictures for name, pictures in kept.items() if len(pictures) >= _LEAST_EXAMPLES}
    return {name: _sum(pictures) for name, pictures in kept.items()}


def _sum(pictures: Sequence[Picture]) -> Picture:
    return np.asarray(np.sum([_even(picture.ravel()) for picture in pictures], axis=0), np.float32)


def _even(rows: Picture) -> Picture:
    """The same rows with a mean of 0 and a length of 1."""
    level = rows - rows.mean(axis=-1, keepdims=True)
    return np.asarray(level / np.maximum(np.linalg.norm(level, axis=-1, keepdims=True), 1e-6), np.float32)


def _like(picture: Picture, patterns: Picture) -> Picture:
    """The best correlation of a picture with each pattern, moved by up to one pixel."""
    return np.asarray((_moved(picture) @ patterns.T).max(axis=0), np.float32)
