"""Whether a blank holds print: figures as high as the capitals beside them, on one line, read without doubt."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ingest.scan.pen.figure_shapes import character_boxes
from ingest.scan.pen.form_line import FormBlank, FormLine
from ingest.scan.pen.pen_or_print import clipped, glyph_count, leans_alike
from ingest.scan.picture.ink import Indices

_SURE = 0.9
# Smaller spots than this share of a letter are no pieces of one. How sure print is that is worn, or read in two ways.
_PIECE, _WORN, _DOUBTED = 0.15, 0.88, 0.8
_FIGURES_LIKE = str.maketrans({"I": "1", "l": "1", "|": "1", "O": "0", "o": "0"})
# How high the letter behind a number is, in heights of a figure: a small one, one that reaches up; and how far off.
_LETTERS = "abcd"
_SMALL, _TALL, _OFF = (0.6, 0.84), (0.9, 1.15), 0.1


def is_printed(line: FormLine, blank: FormBlank) -> bool:
    """Whether a blank holds regular print and nothing else: figures and, behind a number, a letter (`27a`).

    Print that is worn (broken, run together) or read otherwise at another scale stays, with a confidence that
    asks for a look.
    """
    figures = blank
    if blank.kind == "number" and blank.last - blank.first > 1 and line.text[blank.last - 1] in _LETTERS:
        figures = line.blank("number", blank.first, blank.last - 1)
        if not _is_printed_letter(line, blank, figures):
            return False
    text = line.text[figures.first : figures.last].translate(_FIGURES_LIKE)
    most = _sureness(line, figures, text)
    if most is None:
        return False
    for index, sign in enumerate(text + line.text[figures.last : blank.last], blank.first):
        letter = line.letters[index]
        line.mended |= letter.text != sign or most < 1.0
        line.letters[index] = letter._replace(text=sign, confidence=min(letter.confidence, most))
    return True


def _sureness(line: FormLine, blank: FormBlank, text: str) -> float | None:
    """How sure figures are that are regular print; None where they are not."""
    inside = line.inside(blank)
    if len(inside) == len(text) + 1 and line.text[blank.last : blank.last + 1] == "/":
        # The box of the stroke is known to half a letter only: it may have been counted in.
        inside = inside[np.argsort(line.spots.boxes[inside, 0])][:-1]
    glyphs = _glyphs(line, inside, blank)
    if len(inside) < len(text):
        astride = _astride(line, blank)
        inside, glyphs = np.union1d(inside, astride), np.vstack((glyphs, clipped(line.spots, astride, blank.x1)))
    if not text.isdigit() or not len(glyphs) or line.is_coloured(blank, inside):
        return None
    count = glyph_count(glyphs, line.reference(inside)[0])
    if count != len(text) or min(letter.confidence for letter in line.letters[blank.first : blank.last]) < _SURE:
        return None
    if not line.is_regular(inside, glyphs):
        return None
    whole = len(glyphs) == len(text) == len(inside)
    ordered = inside[np.argsort(line.spots.boxes[inside, 0])].tolist()
    if whole and not leans_alike(line.spots, list(zip(text, ordered, strict=True)), line.print_beside(inside)):
        return None
    agreed = line.other.digits_between(blank.x0 - line.left, blank.x1 - line.left) == text
    if not whole:
        return _WORN if agreed else None
    return 1.0 if agreed else _DOUBTED


def _is_printed_letter(line: FormLine, blank: FormBlank, figures: FormBlank) -> bool:
    """Whether the last letter read in a blank stands on the line, as high as a printed one, and is read twice."""
    letter = line.letters[blank.last - 1]
    own = FormBlank("number", blank.last - 1, blank.last, figures.x1, blank.x1)
    glyphs = _glyphs(line, line.inside(own), own)
    height, foot = line.reference(line.inside(blank))
    if letter.confidence < _SURE or len(glyphs) != 1:
        return False
    low, high = _SMALL if letter.text in "ac" else _TALL
    high_enough = low - 0.5 / height <= (glyphs[0, 3] - glyphs[0, 1]) / height <= high + 0.5 / height
    stands = abs(glyphs[0, 3] - foot) <= _OFF * height + 1
    seen = line.other.text_between(own.x0 - line.left, own.x1 - line.left)
    return bool(high_enough and stands and seen.strip("/") in (letter.text, ""))


def _glyphs(line: FormLine, inside: Indices, blank: FormBlank) -> NDArray[np.int32]:
    """The boxes (x0, top, x1, bottom) of the characters in a blank, pieces of broken ones put together."""
    if not len(inside):
        return np.zeros((0, 4), np.int32)
    unit, own = line.spots.letter, line.ink.spots
    left, right = line.spots.boxes[inside, 0].min(), line.spots.right[inside].max()
    middle = line.spots.boxes[own, 0] + line.spots.boxes[own, 2] / 2
    near = (middle > left) & (middle < right) & (line.spots.boxes[own, 1] > line.ink.baseline - 1.5 * unit)
    near &= line.spots.bottom[own] < line.ink.baseline + 0.3 * unit
    found = character_boxes(line.spots, np.union1d(inside, own[near]), unit, _PIECE)
    boxes = np.array(found, np.int32).reshape(-1, 4)
    return np.asarray(boxes[boxes[:, 3] - boxes[:, 1] > 0.4 * unit])


def _astride(line: FormLine, blank: FormBlank) -> Indices:
    """The spots of the line that begin in a blank and reach past its end: figures that run into the stroke."""
    own, wide = line.ink.spots, line.spots.boxes[line.ink.spots, 2]
    left, end = line.spots.boxes[own, 0], blank.x1 - 0.3 * line.spots.letter
    chosen = (left > blank.x0 - 1) & (left < end) & (left + wide / 2 >= blank.x1 + 1)
    return np.asarray(own[chosen & (line.spots.boxes[own, 3] > 0.4 * line.spots.letter)], np.intp)
