"""What is printed in coloured ink and belongs to the dispatch: marks of urgency, and a signer's name from a stamp.

Coloured ink is taken off before reading, since it is seals and pens for the most part. It is looked at once more here,
by itself, and only what reads without doubt as one of the two is given back.
"""

from __future__ import annotations

import re
from dataclasses import replace

import cv2
import numpy as np

from ingest.scan.picture.ink import spots_of
from ingest.scan.picture.ink_lines import lines_of
from ingest.scan.picture.picture import Grey, Mask, ScannedSheet
from ingest.scan.words.read_lines import ReadLine, read_line_of
from vietnamese.fold import fold
from vietnamese.syllables import is_syllable

# NĐ 30/2020, Phụ lục I, items 10a and 10b; HD 36-HD/VPTW has the same marks.
_MARKS = re.compile(r"(thuong |hoa |toi |tuyet )?(khan|toc|mat)( hen gio)?")
_MARK_SURE, _NAME_SURE = 0.7, 0.85
_MOST_LINES = 60
# Ink weaker than this share of the usual is the blur round a letter.
_STRONG = 0.6
_LETTER = 0.12
# In inches: the shortest mark (`KHẨN`) is wider than that; most words in the ring of a seal are not.
_NARROWEST = 0.4
# A name stamped in colour stands in the lower part of a page and is two to five words long.
_LOWER_PART = 0.35


def coloured_lines(sheet: ScannedSheet) -> list[ReadLine]:
    """The lines in coloured ink that are marks of urgency or secrecy, or a name; none on a grey picture."""
    if sheet.coloured is None:
        return []
    strong = sheet.coloured[sheet.coloured > 0]
    full = max(float(np.percentile(strong, 80)), 1.0)
    ink = (sheet.coloured > _STRONG * full).astype(np.uint8)
    alone = replace(sheet, grey=_as_grey(sheet.coloured, full), ink=ink, coloured=None)
    # Most coloured spots are a seal's, so that the usual height says nothing: letters of 13 points are looked for.
    spots = replace(spots_of(ink, sheet.dpi), letter=_LETTER * sheet.dpi)
    least = _NARROWEST * sheet.dpi
    lines = [line for line in lines_of(spots) if line.x1 - line.x0 > max(2 * (line.bottom - line.top), least)]
    if len(lines) > _MOST_LINES:
        return []
    lower = _LOWER_PART * sheet.grey.shape[0]
    read = [read_line_of(alone, spots, line) for line in lines]
    return [line for line in read if _is_mark(line) or (line.ink.top > lower and _is_name(line))]


def _as_grey(coloured: Mask, full: float) -> Grey:
    """Coloured ink as a grey picture: black where it is as strong as `full`."""
    strengths = 255 - np.clip(np.arange(256) * (255 / full), 0, 255)
    return np.asarray(cv2.LUT(coloured, strengths.astype(np.uint8)), np.uint8)


def _is_mark(line: ReadLine) -> bool:
    words = fold(line.text).strip(" .|[]_-")
    return line.confidence > _MARK_SURE and line.text.isupper() and bool(_MARKS.fullmatch(words))


def _is_name(line: ReadLine) -> bool:
    words = line.text.split()
    proper = all(word.istitle() and is_syllable(word) for word in words)
    return 2 <= len(words) <= 5 and proper and line.confidence > _NAME_SURE
