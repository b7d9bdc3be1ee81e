"""Number and day written by pen in the blanks of `Số: …/…` and `ngày … tháng … năm …`.

Print is regular: its figures are as high as the capitals beside them, stand on one line, have strokes of one width and
are read without doubt. Ink in a blank that is not so is taken for handwriting: it leaves the text, which keeps the
blank, and becomes furniture with its box. In doubt it is handwriting: a number made up is worse than one left to a
person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.page.placed import PlacedWord
from ingest.scan.pen.figure_shapes import character_boxes
from ingest.scan.pen.pen_or_print import OtherReading, clipped, glyph_count
from ingest.scan.picture.ink import Indices, InkLine, InkSpots, cut_out, merged
from ingest.scan.picture.picture import POINTS_PER_INCH, ScannedSheet
from ingest.scan.words.blank_lines import DATE, NUMBER, SYMBOL, parts_of
from ingest.scan.words.confusions import mended
from ingest.scan.words.read_lines import ReadLine
from ingest.scan.words.tesseract import Letter, read_letters
from schemas.document import Furniture
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
# Smaller spots than this share of a letter are no pieces of one. How sure print is that is worn, or read in two ways.
_PIECE, _WORN, _DOUBTED = 0.15, 0.88, 0.8
# Ink in a blank, in squares of a letter's height, from which it is no speck; a letter this wide has run into ink.
_INK, _TOO_WIDE = 0.06, 1.35
# Signs of a symbol are at most so high and so far off the line; how far past its blank a number may be written.
_HIGH_SIGN, _FEET_SIGN, _STRETCH = 1.22, 0.14, 3.0
# Printed signs of a symbol that reach above or below the others, and how sure OCR must be of one.
_REACHING, _SURE_SIGN = frozenset("/QJ&(),;.ÊÔƠƯgpy"), 0.85
_LETTERHEAD_SHARE = 0.45
_FIGURES_LIKE = str.maketrans({"I": "1", "l": "1", "|": "1", "O": "0", "o": "0"})


@dataclass(frozen=True)
class _Blank:
    """A blank of a line: its letters as read (from, to) and its place across, in pixels."""

    first: int
    last: int
    x0: float
    x1: float


def take_handwriting(
    sheet: ScannedSheet, spots: InkSpots, lines: list[ReadLine], page: int
) -> tuple[list[ReadLine], list[Furniture]]:
    """The lines of a page with the blanks of the letterhead emptied of handwriting, and what was written there."""
    found: list[Furniture] = []
    limit = _LETTERHEAD_SHARE * sheet.grey.shape[0]
    for line in [line for line in lines if line.ink.top < limit]:
        parts = parts_of(line, lines, spots.letter)
        if not parts:
            continue
        whole = merged([part.ink for part in parts])
        reading = _Reading(sheet, spots, whole)
        written = [blank for blank in reading.blanks() if not reading.is_printed(blank)]
        inked = [blank for blank in written if reading.has_ink(blank)]
        if not (inked or reading.has_text(written) or reading.mended or reading.is_number or reading.is_misread):
            continue
        words = reading.words_without(written, parts[0])
        lines = [other for other in lines if not any(other is part for part in parts)]
        lines.append(replace(parts[0], ink=whole, words=words))
        found += [reading.furniture(blank, page) for blank in inked]
    return lines, found


class _Reading:
    """A line of the letterhead, read letter by letter."""

    def __init__(self, sheet: ScannedSheet, spots: InkSpots, ink: InkLine) -> None:
        cut, self.left, self.top = cut_out(sheet.grey, spots, ink)
        self.sheet, self.spots, self.ink = sheet, spots, ink
        self.letters: list[Letter] = read_letters(cut, sheet.dpi)
        self.other = OtherReading(cut, sheet.dpi)
        self.text = "".join(letter.text[0] for letter in self.letters)
        self.folded, self.mended = fold(self.text), False

    def blanks(self) -> Iterator[_Blank]:
        """The places in the form where number, day and month stand."""
        symbol = SYMBOL.search(self.folded)
        label = self._label_end()
        if label and symbol and label <= symbol.start():
            end = self._type_start(label, symbol.start())
            year = _LEGAL_YEAR.search(self.folded, label, end)
            yield self._widened(self._blank(label, year.start() if year else end))
            return
        date = DATE.search(self.folded)
        if date:
            yield self._blank(date.start(2), date.end(2))
            yield self._blank(date.start(4), date.end(4))

    def _type_start(self, label: int, end: int) -> int:
        """Where the letters of the type begin (`QĐ` of `/QĐ-UBND`) if ink swallowed the stroke before, else `end`."""
        start = end
        while start > label and self.letters[start - 1].text.isupper() and self.letters[start - 1].confidence > _SURE:
            start -= 1
        if end - start < 2:
            return end
        own = self._inside(self._blank(start, end))
        own = own[~self._is_reaching_sign(own)]
        return start if len(own) and self._is_regular(own) else end

    def _label_end(self) -> int:
        """Behind which letter the word `Số` ends, 0 where the line does not begin with it."""
        number = NUMBER.match(self.folded)
        if number:
            return number.end()
        # Ink read as letters would make a longer word of it, were it not set apart.
        apart = self.folded.startswith("so") and len(self.letters) > 2 and self.letters[2].begins_word
        return 2 if apart else 0

    def _blank(self, first: int, last: int) -> _Blank:
        wide = self.spots.letter
        x0, x1 = 0.0, float(self.ink.x1 - self.left)
        # A neighbour that ink has run into looks too wide: the rest of its box belongs to the blank.
        if first:
            before = self.letters[first - 1]
            x0 = before.x1 if before.x1 - before.x0 < _TOO_WIDE * wide else before.x0 + wide
        if last < len(self.letters):
            after = self.letters[last]
            x1 = after.x0 if after.x1 - after.x0 < _TOO_WIDE * wide else after.x1 - wide
        return _Blank(first, last, self.left + x0, self.left + max(x0, x1))

    def _widened(self, blank: _Blank) -> _Blank:
        """The blank of the number with the irregular ink beside it that OCR took for the first signs of the symbol."""
        own = self.ink.letters
        left, right = self.spots.boxes[own, 0], self.spots.right[own]
        height, feet = self._reference(np.array([], np.intp))
        irregular = self.spots.boxes[own, 3] > _HIGH_SIGN * height
        irregular |= abs(self.spots.bottom[own] - feet) > _FEET_SIGN * height
        irregular &= ~self._is_reaching_sign(own)
        near = irregular & (left > blank.x0) & (right < blank.x1 + _STRETCH * self.spots.letter)
        end = int(right[near].max()) - self.left if near.any() else 0
        last = blank.last
        while last < len(self.letters) - 2 and (self.letters[last].x0 + self.letters[last].x1) / 2 < end:
            last += 1
        return self._blank(blank.first, last) if last > blank.last else blank

    def _is_reaching_sign(self, own: Indices) -> NDArray[np.bool_]:
        """Which spots are surely read signs that are high or low in print too: `/`, `Q`, `Ô`."""
        middle = self.spots.boxes[own, 0] + self.spots.boxes[own, 2] / 2 - self.left
        signs = np.zeros(len(own), bool)
        for letter in self.letters:
            if letter.text in _REACHING and letter.confidence >= _SURE_SIGN:
                signs |= (middle > letter.x0 - 2) & (middle < letter.x1 + 2)
        return signs

    def is_printed(self, blank: _Blank) -> bool:
        """Whether a blank holds regular print and nothing else.

        Print that is worn (broken, run together) or read otherwise at another scale stays, with a confidence that
        asks for a look.
        """
        text = self.text[blank.first : blank.last].translate(_FIGURES_LIKE)
        letters = self.letters[blank.first : blank.last]
        inside = self._inside(blank)
        if len(inside) == len(text) + 1 and self.text[blank.last : blank.last + 1] == "/":
            # The box of the stroke is known to half a letter only: it may have been counted in.
            inside = inside[np.argsort(self.spots.boxes[inside, 0])][:-1]
        glyphs = self._glyphs(inside, blank)
        if len(inside) < len(text):
            astride = self._astride(blank)
            inside, glyphs = np.union1d(inside, astride), np.vstack((glyphs, clipped(self.spots, astride, blank.x1)))
        if not text.isdigit() or not len(glyphs) or self._is_coloured(blank, inside):
            return False
        count = glyph_count(glyphs, self._reference(inside)[0])
        if count != len(text) or min(letter.confidence for letter in letters) < _SURE:
            return False
        if not self._is_regular(inside, glyphs):
            return False
        worn = len(glyphs) != len(text) or len(inside) != len(text)
        agreed = self.other.digits_between(blank.x0 - self.left, blank.x1 - self.left) == text
        if worn and not agreed:
            return False
        most = _WORN if worn else 1.0 if agreed else _DOUBTED
        for index, figure in enumerate(text, blank.first):
            letter = self.letters[index]
            self.mended |= letter.text != figure or most < 1.0
            self.letters[index] = letter._replace(text=figure, confidence=min(letter.confidence, most))
        return True

    def _glyphs(self, inside: Indices, blank: _Blank) -> NDArray[np.int32]:
        """The boxes (x0, top, x1, bottom) of the characters in a blank, pieces of broken ones put together."""
        if not len(inside):
            return np.zeros((0, 4), np.int32)
        unit, own = self.spots.letter, self.ink.spots
        left, right = self.spots.boxes[inside, 0].min(), self.spots.right[inside].max()
        middle = self.spots.boxes[own, 0] + self.spots.boxes[own, 2] / 2
        near = (middle > left) & (middle < right) & (self.spots.boxes[own, 1] > self.ink.baseline - 1.5 * unit)
        near &= self.spots.bottom[own] < self.ink.baseline + 0.3 * unit
        found = character_boxes(self.spots, np.union1d(inside, own[near]), unit, _PIECE)
        boxes = np.array(found, np.int32).reshape(-1, 4)
        return np.asarray(boxes[boxes[:, 3] - boxes[:, 1] > 0.4 * unit])

    def _astride(self, blank: _Blank) -> Indices:
        """The spots of the line that begin in a blank and reach past its end: figures that run into the stroke."""
        own, wide = self.ink.spots, self.spots.boxes[self.ink.spots, 2]
        left, end = self.spots.boxes[own, 0], blank.x1 - 0.3 * self.spots.letter
        chosen = (left > blank.x0 - 1) & (left < end) & (left + wide / 2 >= blank.x1 + 1)
        return np.asarray(own[chosen & (self.spots.boxes[own, 3] > 0.4 * self.spots.letter)], np.intp)

    def _is_regular(self, inside: Indices, glyphs: NDArray[np.int32] | None = None) -> bool:
        height, feet = self._reference(inside)
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
        stroke = self._stroke(inside) / max(self._stroke(self._outside(inside)), 0.1)
        return bool(
            heights.min() >= low - pixel / 2
            and heights.max() <= high + pixel / 2
            and np.ptp(heights) <= max(_SPREAD, 2 * pixel)
            and np.ptp(offsets) <= max(_FEET, 1.5 * pixel)
            and abs(offsets).max() <= offset + pixel / 2
            and _STROKE_LOW <= stroke <= _STROKE_HIGH
        )

    def _reference(self, inside: Indices) -> tuple[float, float]:
        """Height and foot of the capitals of the symbol, or of the year's figures, beside a blank."""
        date = DATE.search(self.folded)
        symbol = SYMBOL.search(self.folded)
        first = date.start(6) if date else symbol.start() + 1 if symbol else len(self.letters)
        start = self.left + self.letters[first].x0 - 2 if first < len(self.letters) else self.ink.x1
        outside = self._outside(inside)
        middle = self.spots.boxes[outside, 0] + self.spots.boxes[outside, 2] / 2
        beside = outside[(middle > start) & (self.spots.boxes[outside, 3] > 0.6 * self.spots.letter)]
        beside = beside if len(beside) > 1 else outside
        return float(np.median(self.spots.boxes[beside, 3])), float(np.median(self.spots.bottom[beside]))

    def _outside(self, inside: Indices) -> Indices:
        return np.asarray(np.setdiff1d(self.ink.letters, inside), np.intp)

    def _inside(self, blank: _Blank, *, strays: bool = False) -> Indices:
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

    def _band(self, blank: _Blank) -> tuple[slice, slice]:
        unit = self.spots.letter
        top, bottom = self.ink.baseline - 1.4 * unit, self.ink.baseline + 0.5 * unit
        return slice(max(0, int(top)), int(bottom)), slice(max(0, int(blank.x0)), int(blank.x1) + 1)

    def _is_coloured(self, blank: _Blank, inside: Indices | None = None) -> bool:
        """Whether coloured ink stands in a blank; with black spots `inside`: whether it is these that are coloured.

        The edges of a dark pen's strokes are coloured all along; a stamp crosses black print here and there.
        """
        if self.sheet.coloured is None:
            return False
        rows, columns = self._band(blank)
        band = self.sheet.coloured[rows, columns] > _FAINT
        if not band.size or float(band.mean()) <= _COLOURED or inside is None:
            return band.size > 0 and float(band.mean()) > _COLOURED
        black = np.isin(self.spots.labels[rows, columns], inside).astype(np.uint8)
        edges = (cv2.dilate(black, np.ones((5, 5), np.uint8)) > 0) & (black == 0)
        return not edges.any() or float(band[edges].mean()) > _STAMPED

    @property
    def is_number(self) -> bool:
        """Whether this is the line of the number: its letters one by one are surer than its words as a whole."""
        return bool(self._label_end() and SYMBOL.search(self.folded))

    @property
    def is_misread(self) -> bool:
        """Whether OCR misread the words of the form in the line of the date."""
        date = DATE.search(self.folded)
        return bool(date and (date[1], date[3]) != ("ngay", "thang"))

    def has_ink(self, blank: _Blank) -> bool:
        """Whether anything higher than a row of dots stands in a blank."""
        _, columns = self._band(blank)
        unit = self.spots.letter
        rows = slice(max(0, int(self.ink.baseline - 1.3 * unit)), int(self.ink.baseline - 0.3 * unit))
        ink = int(self.sheet.ink[rows, columns].sum())
        return ink > _INK * unit * unit or self._is_coloured(blank)

    def has_text(self, blanks: Sequence[_Blank]) -> bool:
        return any(blank.last > blank.first for blank in blanks)

    def words_without(self, blanks: Sequence[_Blank], like: ReadLine) -> list[PlacedWord]:
        """The words of the line with the blanks left empty."""
        self._restore_form()
        emptied = {index for blank in blanks for index in range(blank.first, blank.last)}
        breaks = {blank.last for blank in blanks}
        words: list[list[Letter]] = []
        previous = -1
        for index, letter in enumerate(self.letters):
            if index in emptied:
                continue
            if letter.begins_word or index in breaks or previous != index - 1 or not words:
                words.append([])
            words[-1].append(letter)
            previous = index
        words = self._with_stroke(words, blanks)
        return mended([self._word(word, like) for word in words])

    def _with_stroke(self, words: list[list[Letter]], blanks: Sequence[_Blank]) -> list[list[Letter]]:
        """Gives back the stroke before the symbol that ink swallowed: `/` in the State's form, `-` in the Party's."""
        if not self.is_number or not blanks or len(words) < 2:
            return words
        after = words[1][0]
        if after.text == "_":
            return [words[0], [after._replace(text="-"), *words[1][1:]], *words[2:]]
        if after.text in "/-":
            return words
        symbol = "".join(letter.text for word in words[1:] for letter in word)
        stroke = "-" if "/" in symbol and "-" not in symbol else "/"
        return [words[0], [after._replace(text=stroke, x1=after.x0), *words[1]], *words[2:]]

    def _restore_form(self) -> None:
        """Gives back the words of the form that ink ran into: the form has `Số` and `ngày` at these places."""
        date = DATE.search(self.folded)
        if self._label_end() and not date:
            self._put(self.folded.index("s"), "Số")
        elif date:
            self._put(date.start(1), "ngày"[: date.end(1) - date.start(1)])
            if date.end(3) - date.start(3) == len("tháng"):
                self._put(date.start(3), "tháng")
            if date.end(1) - date.start(1) < len("ngày"):
                last = self.letters[date.end(1) - 1]
                self.letters[date.end(1) - 1] = last._replace(text="ngày"[date.end(1) - date.start(1) - 1 :])

    def _put(self, first: int, word: str) -> None:
        for index, text in enumerate(word, first):
            self.letters[index] = self.letters[index]._replace(text=text)

    def _word(self, letters: Sequence[Letter], like: ReadLine) -> PlacedWord:
        points = POINTS_PER_INCH / self.sheet.dpi
        left, right = (float(self.left + edge) for edge in (letters[0].x0, letters[-1].x1))
        # Under a stamp's ink two letters may be one: nothing there is sure.
        most = _DOUBTED if self._is_coloured(_Blank(0, 0, left, right)) else 1.0
        return like.words[0]._replace(
            text="".join(letter.text for letter in letters),
            x0=(self.left + min(letter.x0 for letter in letters)) * points,
            x1=(self.left + max(letter.x1 for letter in letters)) * points,
            top=(self.top + min(letter.top for letter in letters)) * points,
            bottom=(self.top + max(letter.bottom for letter in letters)) * points,
            confidence=round(min(most, *(letter.confidence for letter in letters)), 3),
        )

    def furniture(self, blank: _Blank, page: int) -> Furniture:
        points = POINTS_PER_INCH / self.sheet.dpi
        inside = self._inside(blank, strays=True)
        rows, _ = self._band(blank)
        top = min([rows.start, *self.spots.boxes[inside, 1].tolist()])
        bottom = max([rows.stop, *self.spots.bottom[inside].tolist()])
        letters = self.letters[blank.first : blank.last]
        box = (blank.x0 * points, top * points, blank.x1 * points, bottom * points)
        return Furniture(
            kind="handwriting",
            text="".join(letter.text for letter in letters).strip(),
            page=page,
            box=(round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2)),
            confidence=round(min(letter.confidence for letter in letters), 3) if letters else None,
        )
