"""Figures in the cells of scanned tables: read, told by their shapes, and settled by a vote where the two differ.

How sure each is goes into its confidence: below 0.9 a person is asked to look. Nothing is ever reckoned into a figure.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from ingest.scan.pen.figure_shapes import Glyph, Patterns, Shaped, begins_with_dash, digit_height, glyphs_of
from ingest.scan.pen.second_reader import second_reading
from ingest.scan.picture.ink import InkSpots
from ingest.scan.picture.ink_lines import cut_out
from ingest.scan.picture.picture import Grey, ScannedSheet
from ingest.scan.picture.table_cells import DOUBTFUL, CellZones, is_figure
from ingest.scan.words.read_lines import ReadLine
from ingest.scan.words.tesseract import read_line
from schemas.doubts import NO_DOUBT

_ROMAN = re.compile(r"[IVXLMH]+[.)]?")
_FIGURE_COLUMN = 0.45
# First readings from here on give the patterns.
_LIKELY = 0.7
_YEAR = re.compile(r"(?:19|20)\d\d")
_SIGNS = str.maketrans(",", ".")
_LONE_SIGNS = ("-", "+", "*")
_MINUS = "-–—"
# How sure the second reader must be of each sign.
_SECOND_SURE = 0.6
# Signs that OCR makes of a figure in a column of figures: to be read again as figures.
_LONG, _A_WORD = 12, 0.85
# The last reading is of the picture at this scale: it makes other errors than the first.
_OTHER_SCALE = 0.72
# How sure a figure is: its shapes and a reading agree, the shapes stand against the first readings, or only readings.
_SHAPED, _SHAPED_LATE, _AGREED, _SHAPED_ALONE = 0.97, 0.92, 0.85, 0.7


@dataclass
class _Figure:
    """A line that is a figure or may be one: what the readings say, and its characters as pictures."""

    line: ReadLine
    first: str
    glyphs: list[Glyph]
    dash: bool
    """Whether a dash stands before its digits."""

    def settle(self, text: str, confidence: float) -> None:
        """Makes the line say `text`, with the minus sign that the ink shows; one that OCR did not see is a doubt."""
        read = self.line.text.startswith(tuple(_MINUS))
        if self.dash != read and is_figure(text):
            confidence = min(confidence, DOUBTFUL)
        sign = "-" if self.dash and read and is_figure(text) else ""
        _settle(self.line, f"{sign}{text}", confidence)


def confirm_figures(
    sheet: ScannedSheet, spots: InkSpots, lines: Sequence[ReadLine], zones: CellZones
) -> list[ReadLine]:
    """Reads the figures in the cells again, notes how sure they are, and gives the lines that hold text."""
    chosen = [line for number, column in _columns(lines, zones) for line in _candidates(column, counts=number == 0)]
    if chosen:
        height = digit_height(spots, [line.ink for line in chosen])
        figures = [_figure(sheet, spots, line, height) for line in chosen]
        patterns = Patterns([(one.first, one.glyphs) for one in figures if _is_likely(one)])
        for one in figures:
            shaped = patterns.read(one.glyphs, one.first if _is_likely(one) else "")
            _decide(sheet, spots, one, shaped, patterns)
    return [line for line in lines if _says_something(line.text)]


def _figure(sheet: ScannedSheet, spots: InkSpots, line: ReadLine, height: float) -> _Figure:
    first = line.text.replace(" ", "")
    dash = begins_with_dash(spots, line.ink, height)
    bare = first if first in _LONE_SIGNS else first.lstrip(_MINUS)
    return _Figure(line, bare, glyphs_of(sheet, spots, line.ink, height), dash)


def _is_likely(figure: _Figure) -> bool:
    return is_figure(figure.first) and figure.line.confidence >= _LIKELY


def _columns(lines: Sequence[ReadLine], zones: CellZones) -> Iterator[tuple[int, list[ReadLine]]]:
    """The number of each column of each table, and its lines without those of the heading."""
    tables: dict[int, dict[int, list[ReadLine]]] = defaultdict(lambda: defaultdict(list))
    for line in lines:
        table, column = zones.places[int(zones.of_spot[line.ink.letters[0]])]
        if column >= 0:
            tables[table][column].append(line)
    for columns in tables.values():
        top = _first_row(columns)
        for number, column_lines in columns.items():
            yield number, [line for line in column_lines if line.ink.baseline >= top]


def _first_row(columns: Mapping[int, Sequence[ReadLine]]) -> float:
    """Where the rows of figures begin: the first height at which two columns hold one; years stand in headings."""
    seen = sorted(
        (line.ink.baseline, column, line.ink.letter)
        for column, lines in columns.items()
        for line in lines
        if is_figure(line.text) and not _YEAR.fullmatch(line.text)
    )
    for (upper, column, letter), (lower, other, _) in pairwise(seen):
        if column != other and lower - upper < letter:
            return upper - letter
    return seen[0][0] - seen[0][2] if seen else math.inf


def _candidates(column: Sequence[ReadLine], *, counts: bool) -> list[ReadLine]:
    """The lines of a column that are figures or, in a column of figures, may be; `counts`: it numbers the rows."""
    figures = sum(is_figure(line.text) for line in column)
    in_figures = figures > _FIGURE_COLUMN * len(column)
    return [line for line in column if is_figure(line.text) or (in_figures and _may_be_figure(line, counts=counts))]


def _says_something(text: str) -> bool:
    return any(map(str.isalnum, text)) or "%" in text or text in _LONE_SIGNS


def _may_be_figure(line: ReadLine, *, counts: bool) -> bool:
    """Whether OCR may have made these letters of a figure; sections are numbered with Roman ones."""
    if len(line.text) > _LONG or (counts and _ROMAN.fullmatch(line.text)):
        return False
    return not any(sign in line.text for sign in "(=")


def _decide(sheet: ScannedSheet, spots: InkSpots, figure: _Figure, shaped: Shaped, patterns: Patterns) -> None:
    """Settles a figure: by its shapes where a reading says the same, else by a vote of more readings."""
    sure = shaped.sure and is_figure(shaped.text)
    if sure and shaped.text == figure.first:
        figure.settle(shaped.text, max(_SHAPED, figure.line.confidence))
        return
    if not sure and len(figure.first) > 1 and figure.first.isalpha() and figure.line.confidence >= _A_WORD:
        return
    cut, _, _ = cut_out(sheet.grey, spots, figure.line.ink)
    second = _second(cut)
    if is_figure(second) and second in (figure.first, shaped.text if sure else ""):
        # Shapes that are plainly something else than both readers say leave a doubt.
        figure.settle(second, _SHAPED_ALONE if sure and second != shaped.text else _SHAPED_LATE)
        return
    more = [_figures(cut, sheet.dpi, raw=True), _figures(_smaller(cut), sheet.dpi * _OTHER_SCALE, raw=False)]
    if sure and shaped.text in more:
        figure.settle(shaped.text, _SHAPED_ALONE if is_figure(second) else _SHAPED_LATE)
        return
    if sure and patterns.complete and not _unknown_sign(shaped.text, figure.first, patterns.characters):
        figure.settle(shaped.text, _SHAPED_ALONE)
        return
    _vote(figure, (second, figure.first, *more), shaped.text, second)


def _vote(figure: _Figure, readings: Sequence[str], shaped: str, second: str) -> None:
    """Settles a figure whose shapes tell nothing sure by what most readings say; the second reader's wins a tie."""
    votes = Counter(text for text in readings if is_figure(text))
    if not votes:
        kept = any(map(str.isalnum, figure.first)) or figure.first in _LONE_SIGNS
        figure.settle(figure.line.text if kept else "", DOUBTFUL)
        return
    text, count = votes.most_common(1)[0]
    alike = text.translate(_SIGNS) == shaped.translate(_SIGNS)
    sure = count > 1 + (not alike or (is_figure(second) and text != second))
    figure.settle(text, (_SHAPED_LATE if alike else _AGREED) if sure else DOUBTFUL)


def _second(cut: Grey) -> str:
    """What the second reader says, a minus sign in front left out; empty where there is none or it sees no figure."""
    seen = second_reading(cut)
    return seen.text.lstrip(_MINUS) if seen is not None and seen.confidence >= _SECOND_SURE else ""


def _unknown_sign(shaped: str, read: str, known: Collection[str]) -> bool:
    """Whether shapes and reading differ by a point for a comma, and the page has no pattern to tell the two."""
    return shaped.translate(_SIGNS) == read.translate(_SIGNS) and not {".", ","} <= set(known)


def _figures(cut: Grey, dpi: float, *, raw: bool) -> str:
    return "".join(word.text for word in read_line(cut, dpi, raw=raw, figures=True))


def _smaller(cut: Grey) -> Grey:
    reduced = cv2.resize(cut, None, fx=_OTHER_SCALE, fy=_OTHER_SCALE, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.copyMakeBorder(reduced, 4, 4, 6, 6, cv2.BORDER_CONSTANT, value=255), np.uint8)


def _settle(line: ReadLine, text: str, confidence: float) -> None:
    first, last = line.words[0], line.words[-1]
    line.words = [first._replace(text=text, x1=last.x1, confidence=round(confidence, 3), doubts=NO_DOUBT)]
