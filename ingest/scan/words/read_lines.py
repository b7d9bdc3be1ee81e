"""Lines of ink to words with their places: what OCR reads in each line, its baseline, size and weight, in points."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

import cv2
import numpy as np

from form.offices import is_office
from ingest.page.placed import PlacedWord
from ingest.scan.picture.ink import InkSpots, percentile
from ingest.scan.picture.ink_lines import InkLine, cut_out
from ingest.scan.picture.picture import POINTS_PER_INCH, Grey, ScannedSheet
from ingest.scan.words.confusions import mended
from ingest.scan.words.tesseract import SeenWord, read_line
from schemas.doubts import Doubt
from vietnamese.fold import fold
from vietnamese.syllables import is_syllable

# Of the font size: the height of capitals and figures, and of small letters (Times and its kin).
_CAPITALS, _SMALL_LETTERS = 0.66, 0.46
# Strokes of bold type are wider than the page's usual ones by this factor.
_BOLD = 1.32
# Lines that OCR is less sure of than this, and that hold no Vietnamese, are dirt or a scrawl.
_DIRT, _DOUBTFUL = 0.35, 0.62
# Lines up to so many times as long as high may be read in the other way, if the first was less sure than this.
_SHORT, _SURE = 8, 0.8
# A word is read again below this confidence, on the line at this scale, where OCR errs otherwise.
_UNSURE, _OTHER_SCALE = 0.8, 0.8
_DASH = re.compile(r"[—–_~¬=•·‒―]+")
_NUMBER_LINE = re.compile(r"so\b.*[/-]|.*\bngay\b.*\bnam\b")
# Ink of a seal this many letters' heights beside a line may have taken a word of it.
_BESIDE = 3.0
# How many lines tell whether a page stands upright, and how sure OCR must be of a word to count.
_PROBES, _GOOD_WORD = 5, 0.6
_SIGN = re.compile(r"[/-][A-ZĐ]{2,}")
_LONE_SIGNS = ("-", "+", "*")
# The label of the number alone, and what may follow it, up to so many letters' heights away: ink run into the symbol.
_LABEL, _SYMBOL_LIKE, _BEHIND_LABEL = re.compile(r"\W*s[o06]\W*"), re.compile(r"[A-ZĐ]{2}"), 10.0
# A scrawl before an office: how high, how wide, how far off its foot and how far before it, in letters' heights.
_SCRAWL, _WIDEST, _OFF_LINE, _BEFORE = (0.8, 2.5), 6.0, 0.6, 4.0
_UNREAD = "~"
"""Stands in the text for a scrawl in which OCR saw no letter."""
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass
class ReadLine:
    """A line of ink with its words. `stroke` is the mean width of its strokes as a share of its size."""

    ink: InkLine
    words: list[PlacedWord]
    stroke: float

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def confidence(self) -> float:
        return sum(word.trust or 0.0 for word in self.words) / len(self.words) if self.words else 0.0


def read_lines(
    sheet: ScannedSheet,
    spots: InkSpots,
    lines: Sequence[InkLine],
    in_cell: Callable[[InkLine], bool] = lambda line: False,
) -> list[ReadLine]:
    """The lines that hold print, read; dirt and scrawls are left out.

    The longest lines are read first: where they say that the page does not stand upright, `NotUprightError` is raised.
    """
    ordered = sorted(lines, key=lambda line: line.x0 - line.x1)
    read = [read_line_of(sheet, spots, line) for line in ordered[:_PROBES]]
    if not _is_language(read):
        raise NotUprightError
    read += [read_line_of(sheet, spots, line) for line in ordered[_PROBES:]]
    labels = [line.ink for line in read if _LABEL.fullmatch(fold(line.text))]
    offices = [line.ink for line in read if line.text.isupper() and is_office(line.text)]
    kept = [
        line
        for line in read
        if in_cell(line.ink)
        or (line.words and (not is_dirt(line) or _ends_number(line, labels, spots.letter)))
        or _precedes_office(line, offices, spots.letter)
    ]
    for line in kept:
        if not line.text.strip() and not in_cell(line.ink):
            line.words = [word._replace(text=_UNREAD) for word in line.words]
    kept.sort(key=lambda line: (line.ink.baseline, line.ink.x0))
    _even_sizes(kept)
    _mark_bold(kept)
    return kept


class NotUprightError(Exception):
    """What OCR made of a page's longest lines is no language: the page is turned, or no text."""


def _is_language(lines: Sequence[ReadLine]) -> bool:
    words = [word for line in lines for word in line.words if len(word.text) > 1]
    good = sum(len(word.text) for word in words if _is_good(word))
    return 2 * good > sum(len(word.text) for word in words)


def _is_good(word: PlacedWord) -> bool:
    if (word.trust or 0.0) < _GOOD_WORD:
        return False
    letters = _LETTERS.findall(word.text)
    return all(is_syllable(part) or part.isupper() for part in letters) if letters else word.text[0].isdigit()


def is_dirt(line: ReadLine) -> bool:
    """Whether a line is no print: OCR is unsure of it and its words are none."""
    letters = _LETTERS.findall(line.text)
    if (_SIGN.search(line.text) and line.confidence > _DIRT) or _NUMBER_LINE.match(fold(line.text)):
        return not letters and not any(character.isdigit() for character in line.text)
    if sum(map(len, letters)) < 2 and not any(character.isdigit() for character in line.text):
        return line.text not in _LONE_SIGNS
    proper = [word for word in letters if len(word) > 1 and is_syllable(word)]
    if line.confidence < _DIRT:
        return len(proper) < 3
    if line.confidence >= _DOUBTFUL:
        return False
    return not any(character.isdigit() for character in line.text) and 2 * len(proper) < max(1, len(letters))


def _ends_number(line: ReadLine, labels: Sequence[InkLine], unit: float) -> bool:
    """Whether a line stands close behind a lone `Số:` and holds capitals: the symbol, with a pen's number before it."""
    near = any(
        abs(label.baseline - line.ink.baseline) < unit and -unit < line.ink.x0 - label.x1 < _BEHIND_LABEL * unit
        for label in labels
    )
    return near and _SYMBOL_LIKE.search(line.text) is not None


def _precedes_office(line: ReadLine, offices: Sequence[InkLine], unit: float) -> bool:
    """Whether a scrawl as high as letters stands close before an office in capitals: `KT.` or `PHÓ` written by pen."""
    high, wide = line.ink.bottom - line.ink.top, line.ink.x1 - line.ink.x0
    return (_SCRAWL[0] * unit < high < _SCRAWL[1] * unit and wide < _WIDEST * unit) and any(
        abs(office.baseline - line.ink.baseline) < _OFF_LINE * unit and 0 < office.x0 - line.ink.x1 < _BEFORE * unit
        for office in offices
    )


def read_line_of(sheet: ScannedSheet, spots: InkSpots, line: InkLine) -> ReadLine:
    """One line of ink, read."""
    cut, x0, top = cut_out(sheet.grey, spots, line)
    # What OCR saw nothing in keeps its place: in a cell it may yet prove a figure.
    seen = read_surely(cut, sheet.dpi) or [SeenWord("", 0, 0, cut.shape[1], cut.shape[0], 0.0)]
    ink = sheet.ink[line.top : line.bottom, line.x0 : line.x1]
    runs = int(np.count_nonzero(ink[:, 1:] > ink[:, :-1])) + 1
    size = _size(line, seen, spots) * POINTS_PER_INCH / sheet.dpi
    stroke = float(ink.sum()) / runs * POINTS_PER_INCH / sheet.dpi / size
    words = mended(placed(seen, (x0, top), line, sheet.dpi, size))
    return ReadLine(line, _doubted_under_ink(words, spots, line, sheet.dpi), stroke)


def _doubted_under_ink(words: list[PlacedWord], spots: InkSpots, line: InkLine, dpi: float) -> list[PlacedWord]:
    """The words; those that black ink of a seal or a stamp runs into are doubted, as some of their letters went to it.

    The first and the last word too where it stands close by, in whose place a further word may have been.
    """
    if not words or not spots.large.any():
        return words
    reach = round(_BESIDE * spots.letter)
    left = max(0, line.x0 - reach)
    part = spots.labels[line.top : line.bottom, left : line.x1 + reach]
    columns = np.nonzero(spots.large[part].any(axis=0))[0] + left
    if not len(columns):
        return words
    scale = dpi / POINTS_PER_INCH
    ends = [(word.x0 * scale, word.x1 * scale) for word in words]
    ends[0] = (left, ends[0][1])
    ends[-1] = (ends[-1][0], line.x1 + reach)
    return [
        word.doubted(Doubt.UNDER_INK) if ((columns >= x0) & (columns <= x1)).any() else word
        for word, (x0, x1) in zip(words, ends, strict=True)
    ]


def read_surely(cut: Grey, dpi: float) -> list[SeenWord]:
    """Reads a line; a short one that came out doubtful is read in the other way too, and the surer reading taken."""
    seen = read_line(cut, dpi)
    if cut.shape[1] > _SHORT * cut.shape[0] or mean_confidence(seen) >= _SURE:
        return _with_second_look(seen, cut, dpi)
    again = read_line(cut, dpi, raw=True)
    return again if mean_confidence(again) > mean_confidence(seen) else seen


def _with_second_look(seen: list[SeenWord], cut: Grey, dpi: float) -> list[SeenWord]:
    """The words of a line, those that OCR was unsure of replaced by a surer reading of the line at another scale."""
    if len(seen) < 2 or not any(word.confidence < _UNSURE and len(word.text) > 1 for word in seen):
        return seen
    reduced = cv2.resize(cut, None, fx=_OTHER_SCALE, fy=_OTHER_SCALE, interpolation=cv2.INTER_AREA)
    again = read_line(np.asarray(reduced, np.uint8), dpi * _OTHER_SCALE)
    if len(again) != len(seen):
        return seen
    return [
        word._replace(text=other.text, confidence=other.confidence)
        if word.confidence < min(_UNSURE, other.confidence)
        else word
        for word, other in zip(seen, again, strict=True)
    ]


def mean_confidence(seen: Sequence[SeenWord]) -> float:
    return sum(word.confidence for word in seen) / len(seen) if seen else 0.0


def placed(
    seen: Sequence[SeenWord], corner: tuple[int, int], line: InkLine, dpi: float, size: float
) -> list[PlacedWord]:
    """What was seen in a picture cut out at `corner`, as words on the page."""
    points = POINTS_PER_INCH / dpi
    baseline = line.baseline * points
    return [
        PlacedWord(
            _tidy(word, first=index == 0),
            (corner[0] + word.x0) * points,
            (corner[1] + word.top) * points,
            (corner[0] + word.x1) * points,
            (corner[1] + word.bottom) * points,
            baseline,
            size,
            confidence=round(word.confidence, 3),
        )
        for index, word in enumerate(seen)
    ]


def _tidy(word: SeenWord, *, first: bool) -> str:
    """The word's text; a flat stroke that begins a line is the dash of a list, whatever OCR calls it."""
    flat = word.x1 - word.x0 > 1.5 * (word.bottom - word.top)
    return "-" if first and flat and _DASH.fullmatch(word.text) else word.text


def _size(line: InkLine, seen: Sequence[SeenWord], spots: InkSpots) -> float:
    """The font size in pixels, from the letters' heights: capitals and small letters have known shares of it."""
    text = "".join(word.text for word in seen)
    letters = [character for character in text if character.isalnum()]
    heights = spots.boxes[line.letters, 3]
    small = sum(character.islower() and fold(character) not in "bdfhklpqgyt" for character in letters)
    if not letters or small < 0.3 * len(letters):
        return float(np.median(heights)) / _CAPITALS
    # The lowest of the heights are the small letters': the middle one of them, however many capitals stand between.
    return percentile(heights, 50 * small / len(letters)) / _SMALL_LETTERS


def _even_sizes(lines: Sequence[ReadLine]) -> None:
    """Sizes near the page's usual one are that size: measured on single lines they waver."""
    long = [line.words[0].size for line in lines if len(line.words) > 5] or [line.words[0].size for line in lines]
    if not long:
        return
    usual = median(long)
    for line in lines:
        size = line.words[0].size
        even = usual if abs(size - usual) < 0.2 * usual else min(max(size, 0.6 * usual), 1.6 * usual)
        line.words = [word._replace(size=even) for word in line.words]


def _mark_bold(lines: Sequence[ReadLine]) -> None:
    """Marks the lines in bold type: their strokes are wider than those of most of the page."""
    if not lines:
        return
    usual = median(line.stroke for line in lines for _ in line.words)
    for line in lines:
        if line.stroke > _BOLD * usual:
            line.words = [word._replace(bold=True) for word in line.words]
