"""A line of the letterhead that has blanks in its form, letter by letter: where its blanks are, what is beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.scan.pen.pen_or_print import OtherReading
from ingest.scan.picture.ink import Indices, InkSpots
from ingest.scan.picture.ink_lines import InkLine, cut_out
from ingest.scan.picture.picture import ScannedSheet
from ingest.scan.words.blank_lines import DATE, NUMBER, SYMBOL
from ingest.scan.words.tesseract import Letter, read_letters
from schemas.document import PenBlank
from vietnamese.fold import fold

# The year of a legal act's số hiệu is printed with the symbol: only the number before it may be a pen's.
_LEGAL_YEAR = re.compile(r"/(?:19|20)\d\d$")
# Of the height of the capitals (or the year's figures) beside a blank: heights, their spread, that of the feet, offset.
_LOW, _HIGH, _SPREAD, _FEET, _OFFSET = 0.86, 1.12, 0.10, 0.075, 0.2
# A lone figure has no neighbour to be compared with: it must fit more closely.
_LONE_LOW, _LONE_HIGH, _LONE_OFFSET = 0.92, 1.08, 0.1
_STROKE_LOW, _STROKE_HIGH = 0.65, 1.32
_SURE = 0.9
_COLOURED, _FAINT = 0.01, 20
# A stamp over black print colours at most this share of the edges of its strokes.
_STAMPED = 0.25
# A letter this wide, in heights, has run into ink.
_TOO_WIDE = 1.35
# Signs of a symbol are at most so high and so far off the line; how far past its blank a number may be written.
_HIGH_SIGN, _FEET_SIGN, _STRETCH = 1.22, 0.14, 3.0
# Printed signs of a symbol that reach above or below the others, and how sure OCR must be of one.
_REACHING, _SURE_SIGN = frozenset("/QJ&(),;.ÊÔƠƯgpy"), 0.85


@dataclass(frozen=True)
class FormBlank:
    """A blank of a line: what belongs there, its letters as read (from, to) and its place across, in pixels."""

    kind: PenBlank
    first: int
    last: int
    x0: float
    x1: float


class FormLine:
    """A line of the letterhead, read letter by letter."""

    def __init__(self, sheet: ScannedSheet, spots: InkSpots, ink: InkLine) -> None:
        cut, self.left, self.top = cut_out(sheet.grey, spots, ink)
        self.sheet, self.spots, self.ink = sheet, spots, ink
        self.letters: list[Letter] = read_letters(cut, sheet.dpi)
        self.other = OtherReading(cut, sheet.dpi)
        self.text = "".join(letter.text[0] for letter in self.letters)
        self.folded, self.mended = fold(self.text), False

    def blanks(self) -> Iterator[FormBlank]:
        """The places in the form where number, day and month stand."""
        symbol = SYMBOL.search(self.folded)
        label = self.label_end()
        if label and symbol and label <= symbol.start():
            end = self._type_start(label, symbol.start())
            year = _LEGAL_YEAR.search(self.folded, label, end)
            yield self._widened(self.blank("number", label, year.start() if year else end))
            return
        date = DATE.search(self.folded)
        if date:
            yield self.blank("day", date.start(2), date.end(2))
            yield self.blank("month", date.start(4), date.end(4))

    def _type_start(self, label: int, end: int) -> int:
        """Where the letters of the type begin (`QĐ` of `/QĐ-UBND`) if ink swallowed the stroke before, else `end`."""
        start = end
        while start > label and self.letters[start - 1].text.isupper() and self.letters[start - 1].confidence > _SURE:
            start -= 1
        if end - start < 2:
            return end
        own = self.inside(self.blank("number", start, end))
        own = own[~self._is_reaching_sign(own)]
        return start if len(own) and self.is_regular(own) else end

    def label_end(self) -> int:
        """Behind which letter the word `Số` ends, 0 where the line does not begin with it."""
        number = NUMBER.match(self.folded)
        if number:
            return number.end()
        # Ink read as letters would make a longer word of it, were it not set apart.
        apart = self.folded.startswith("so") and len(self.letters) > 2 and self.letters[2].begins_word
        return 2 if apart else 0

    def blank(self, kind: PenBlank, first: int, last: int) -> FormBlank:
        """The blank between two letters: from which to before which."""
        wide = self.spots.letter
        x0, x1 = 0.0, float(self.ink.x1 - self.left)
        # A neighbour that ink has run into looks too wide: the rest of its box belongs to the blank.
        if first:
            before = self.letters[first - 1]
            x0 = before.x1 if before.x1 - before.x0 < _TOO_WIDE * wide else before.x0 + wide
        if last < len(self.letters):
            after = self.letters[last]
            x1 = after.x0 if after.x1 - after.x0 < _TOO_WIDE * wide else after.x1 - wide
        return FormBlank(kind, first, last, self.left + x0, self.left + max(x0, x1))

    def _widened(self, blank: FormBlank) -> FormBlank:
        """The blank of the number with the irregular ink beside it that OCR took for the first signs of the symbol."""
        own = self.ink.letters
        left, right = self.spots.boxes[own, 0], self.spots.right[own]
        height, feet = self.reference(np.array([], np.intp))
        irregular = self.spots.boxes[own, 3] > _HIGH_SIGN * height
        irregular |= abs(self.spots.bottom[own] - feet) > _FEET_SIGN * height
        irregular &= ~self._is_reaching_sign(own)
        near = irregular & (left > blank.x0) & (right < blank.x1 + _STRETCH * self.spots.letter)
        end = int(right[near].max()) - self.left if near.any() else 0
        last = blank.last
        while last < len(self.letters) - 2 and (self.letters[last].x0 + self.letters[last].x1) / 2 < end:
            last += 1
        return self.blank(blank.kind, blank.first, last) if last > blank.last else blank

    def _is_reaching_sign(self, own: Indices) -> NDArray[np.bool_]:
        """Which spots are surely read signs that are high or low in print too: `/`, `Q`, `Ô`."""
        middle = self.spots.boxes[own, 0] + self.spots.boxes[own, 2] / 2 - self.left
        signs = np.zeros(len(own), bool)
        for letter in self.letters:
            if letter.text in _REACHING and letter.confidence >= _SURE_SIGN:
                signs |= (middle > letter.x0 - 2) & (middle < letter.x1 + 2)
        return signs

    def is_regular(self, inside: Indices, glyphs: NDArray[np.int32] | None = None) -> bool:
        height, feet = self.reference(inside)
        if glyphs is None:
            glyphs = np.column_stack(
                (self.spots.boxes[inside, :2], self.spots.right[inside], self.spots.bottom[inside])
            )
        heights = (glyphs[:, 3] - glyphs[:, 1]) / height
        offsets = (glyphs[:, 3] - feet) / height
        one = len(glyphs) == 1
        low, high = (_LONE_LOW, _LONE_HIGH) if one else (_LOW, _HIGH)
        offset = _LONE_OFFSET if one else _OFFSET
        # A pixel more or less is no irregularity, however small the print.
        pixel = 1.0 / height
        stroke = self._stroke(inside) / max(self._stroke(self.outside(inside)), 0.1)
        return bool(
            heights.min() >= low - pixel / 2
            and heights.max() <= high + pixel / 2
            and np.ptp(heights) <= max(_SPREAD, 2 * pixel)
            and np.ptp(offsets) <= max(_FEET, 1.5 * pixel)
            and abs(offsets).max() <= offset + pixel / 2
            and _STROKE_LOW <= stroke <= _STROKE_HIGH
        )

    def reference(self, inside: Indices) -> tuple[float, float]:
        """Height and foot of the capitals of the symbol, or of the year's figures, beside a blank."""
        beside = self.print_beside(inside)
        return float(np.median(self.spots.boxes[beside, 3])), float(np.median(self.spots.bottom[beside]))

    def print_beside(self, inside: Indices) -> Indices:
        """The spots of the capitals of the symbol, or of the year's figures; of the whole line where there are none."""
        date = DATE.search(self.folded)
        symbol = SYMBOL.search(self.folded)
        first = date.start(6) if date else symbol.start() + 1 if symbol else len(self.letters)
        start = self.left + self.letters[first].x0 - 2 if first < len(self.letters) else self.ink.x1
        outside = self.outside(inside)
        middle = self.spots.boxes[outside, 0] + self.spots.boxes[outside, 2] / 2
        beside = outside[(middle > start) & (self.spots.boxes[outside, 3] > 0.6 * self.spots.letter)]
        return beside if len(beside) > 1 else outside

    def outside(self, inside: Indices) -> Indices:
        return np.asarray(np.setdiff1d(self.ink.letters, inside), np.intp)

    def inside(self, blank: FormBlank, *, strays: bool = False) -> Indices:
        """The spots in a blank that are no specks; with `strays` also those too large for letters."""
        boxes = self.spots.boxes
        middle = boxes[:, 0] + boxes[:, 2] / 2
        within = (middle > blank.x0 - 1) & (middle < blank.x1 + 1) & (boxes[:, 3] > 0.4 * self.spots.letter)
        mine = np.zeros(len(boxes), bool)
        mine[self.ink.spots] = True
        if strays:
            high, low = self.ink.baseline - 1.2 * self.spots.letter, self.ink.baseline
            mine |= (boxes[:, 1] < low) & (self.spots.bottom > high) & (boxes[:, 3] < 4 * self.spots.letter)
        within &= mine
        within[0] = False
        return np.nonzero(within)[0]

    def _stroke(self, chosen: Indices) -> float:
        ink = runs = 0
        for spot in chosen.tolist():
            x, y, width, height, _ = self.spots.boxes[spot]
            mask = np.pad(self.spots.labels[y : y + height, x : x + width] == spot, ((0, 0), (1, 0)))
            ink += int(mask.sum())
            runs += int((mask[:, 1:] & ~mask[:, :-1]).sum())
        return ink / max(runs, 1)

    def band(self, blank: FormBlank) -> tuple[slice, slice]:
        unit = self.spots.letter
        top, bottom = self.ink.baseline - 1.4 * unit, self.ink.baseline + 0.5 * unit
        return slice(max(0, int(top)), int(bottom)), slice(max(0, int(blank.x0)), int(blank.x1) + 1)

    def symbol(self, blank: FormBlank) -> str:
        """What is printed behind the number, without the stroke."""
        return self.text[blank.last :].lstrip("/-_ ") if blank.kind == "number" else ""

    def ends_with_stroke(self, blank: FormBlank) -> bool:
        """Whether a `/` stands behind the number, as in the State's form; the Party's has a dash."""
        sign = self.text[blank.last : blank.last + 1]
        symbol = self.symbol(blank)
        return sign == "/" or (sign != "-" and not ("/" in symbol and "-" not in symbol))

    @property
    def is_number(self) -> bool:
        """Whether this is the line of the number: its letters one by one are surer than its words as a whole."""
        return bool(self.label_end() and SYMBOL.search(self.folded))

    @property
    def is_misread(self) -> bool:
        """Whether OCR misread the words of the form in the line of the date."""
        date = DATE.search(self.folded)
        return bool(date and (date[1], date[3]) != ("ngay", "thang"))

    def is_coloured(self, blank: FormBlank, inside: Indices | None = None) -> bool:
        """Whether coloured ink stands in a blank; with black spots `inside`: whether it is these that are coloured.

        The edges of a dark pen's strokes are coloured all along; a stamp crosses black print here and there.
        """
        if self.sheet.coloured is None:
            return False
        rows, columns = self.band(blank)
        band = self.sheet.coloured[rows, columns] > _FAINT
        if not band.size or float(band.mean()) <= _COLOURED or inside is None:
            return band.size > 0 and float(band.mean()) > _COLOURED
        black = np.isin(self.spots.labels[rows, columns], inside).astype(np.uint8)
        edges = (cv2.dilate(black, np.ones((5, 5), np.uint8)) > 0) & (black == 0)
        return not edges.any() or float(band[edges].mean()) > _STAMPED
