"""Whether a blank holds print: figures as high as the capitals beside them, on one line, read without doubt."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ingest.scan.pen.figure_shapes import character_boxes
from ingest.scan.pen.form_line import FormBlank, FormLine
from ingest.scan.pen.pen_or_print import clipped, glyph_count
from ingest.scan.picture.ink import Indices

_SURE = 0.9
# Smaller spots than this share of a letter are no pieces of one. How sure print is that is worn, or read in two ways.
_PIECE, _WORN, _DOUBTED = 0.15, 0.88, 0.8
_FIGURES_LIKE = str.maketrans({"I": "1", "l": "1", "|": "1", "O": "0", "o": "0"})


def is_printed(line: FormLine, blank: FormBlank) -> bool:
    """Whether a blank holds regular print and nothing else.

    Print that is worn (broken, run together) or read otherwise at another scale stays, with a confidence that
    asks for a look.
    """
    text = line.text[blank.first : blank.last].translate(_FIGURES_LIKE)
    letters = line.letters[blank.first : blank.last]
    inside = line.inside(blank)
    if len(inside) == len(text) + 1 and line.text[blank.last : blank.last + 1] == "/":
        # The box of the stroke is known to half a letter only: it may have been counted in.
        inside = inside[np.argsort(line.spots.boxes[inside, 0])][:-1]
    glyphs = _glyphs(line, inside, blank)
    if len(inside) < len(text):
        astride = _astride(line, blank)
        inside, glyphs = np.union1d(inside, astride), np.vstack((glyphs, clipped(line.spots, astride, blank.x1)))
    if not text.isdigit() or not len(glyphs) or line.is_coloured(blank, inside):
        return False
    count = glyph_count(glyphs, line.reference(inside)[0])
    if count != len(text) or min(letter.confidence for letter in letters) < _SURE:
        return False
    if not line.is_regular(inside, glyphs):
        return False
    worn = len(glyphs) != len(text) or len(inside) != len(text)
    agreed = line.other.digits_between(blank.x0 - line.left, blank.x1 - line.left) == text
    if worn and not agreed:
        return False
    most = _WORN if worn else 1.0 if agreed else _DOUBTED
    for index, figure in enumerate(text, blank.first):
        letter = line.letters[index]
        line.mended |= letter.text != figure or most < 1.0
        line.letters[index] = letter._replace(text=figure, confidence=min(letter.confidence, most))
    return True


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
