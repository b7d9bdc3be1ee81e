"""Small pictures that an issuing system puts into the blanks of a letterhead: a number, a day, a month, a year.

Called by `ingest/pdf` for the appearance of a field that shows a picture, or its text as outlines.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import cv2
import numpy as np

from ingest.page.slots import BlankKind
from ingest.scan.pen.digit_reading import read_alone
from ingest.scan.picture.picture import Grey, scaled
from ingest.scan.words.tesseract import read_line
from schemas.document import PEN_SURE, PenValue

# How digits are read: how many pixels high, as digits only, past Tesseract's own look at the line. Of some twenty ways
# these are the best on pictures of 120 numbers in four faces; the errors of one are seldom those of another.
_WAYS = ((36, True, False), (56, True, True), (24, True, False), (36, False, True))
_AGREE = 3
# So many suffice where the recogniser of pen strokes, another engine altogether, surely reads the same.
_WITNESSED = 2
# Of 500 numbers whose readings agreed so, with the surest of all among them above this, none was wrong.
_SURE = 0.65
# How high a whole số hiệu or day is read.
_HEIGHTS = (34, 46)
_BORDER = 14
_DPI = 300.0
# Wider than this many heights, the picture holds more than digits: the whole số hiệu.
_WIDE = 3.4
# Nothing is written lower than so many pixels, or over more than so many heights.
_SMALLEST, _WIDEST = 4, 60.0
_MOST: dict[BlankKind, int] = {"number": 99999, "day": 31, "month": 12, "year": 2100}
_LEAST: dict[BlankKind, int] = {"number": 1, "day": 1, "month": 1, "year": 1945}
_SIGN = re.compile(r"\d{1,5}[a-zđ]?\s?[/-]\s?[A-ZĐ][\w&.]*(?:[-/][\w&.]+)*")
_DATE = re.compile(r"\d{1,2}\s?[/.-]\s?\d{1,2}(?:\s?[/.-]\s?(?:19|20)\d\d)?")
_LIKE_DIGITS = str.maketrans("OolI|", "00111")


class FieldReading(NamedTuple):
    """What a picture may say, and how sure the engine is; `agreed`: enough readings say the same to be trusted."""

    text: str
    confidence: float
    agreed: bool


def read_blank(picture: Grey, kind: BlankKind) -> list[FieldReading]:
    """What the picture of a filled blank says, the likeliest first; empty where nothing that fits the blank is seen.

    `picture`: dark on white, cut closely around the ink.
    """
    if min(picture.shape) < _SMALLEST or picture.shape[1] > _WIDEST * picture.shape[0]:
        return []
    wide = picture.shape[1] > _WIDE * picture.shape[0]
    whole = _whole(picture, _SIGN if kind == "number" else _DATE) if wide else []
    witness = () if whole else read_strokes(picture, kind) or ()
    sure = {one.value.lstrip("0") for one in witness[:1] if one.confidence >= PEN_SURE}
    readings = whole or _numbers(picture, kind, sure)
    votes: dict[str, list[tuple[float, str]]] = {}
    for text, confidence in readings:
        votes.setdefault(text.lstrip("0"), []).append((confidence, text))
    surest = max((confidence for _, confidence in readings), default=0.0)
    found = []
    for value, seen in sorted(votes.items(), key=lambda vote: (-len(vote[1]), -max(vote[1])[0])):
        confidence, text = max(seen)
        enough = len(_HEIGHTS) if whole else _WITNESSED if value in sure else _AGREE
        agreed = len(seen) >= enough and confidence > _SURE and (confidence == surest or value in sure)
        found.append(FieldReading(text, round(confidence, 3), agreed and sure <= {value}))
    others = (one for one in witness if one.value.lstrip("0") not in votes)
    found += [FieldReading(one.value, one.confidence, agreed=False) for one in others]
    return sorted(found, key=lambda reading: not reading.agreed)


def read_strokes(picture: Grey, kind: BlankKind) -> tuple[PenValue, ...] | None:
    """What the recogniser of pen strokes makes of the ink in a blank; None where there is none."""
    return read_alone(picture, kind) if kind != "year" else ()


def _numbers(picture: Grey, kind: BlankKind, sure: set[str]) -> list[tuple[str, float]]:
    """Readings as digits, those that this blank may hold; no more of them once a `sure` value is witnessed enough."""
    found = []
    for height, figures, raw in _WAYS:
        text, confidence = _line(_at_height(picture, height), figures=figures, raw=raw)
        digits = text.translate(_LIKE_DIGITS).strip(" .,:;_-/")
        if re.fullmatch(r"\d{1,5}", digits) and _LEAST[kind] <= int(digits) <= _MOST[kind]:
            found.append((digits, confidence))
        witnessed = [other for value, other in found if value.lstrip("0") in sure]
        if len(witnessed) >= _WITNESSED and max(witnessed) > _SURE:
            break
    return found


def _whole(picture: Grey, pattern: re.Pattern[str]) -> list[tuple[str, float]]:
    """Readings as more than a number: a whole số hiệu, `11/TB-UBND`, or a whole day, `20/6/2025`."""
    found = []
    for height in _HEIGHTS:
        text, confidence = _line(_at_height(picture, height), figures=False)
        whole = pattern.search(text)
        if whole is not None:
            found.append((whole[0].replace(" ", ""), confidence))
    return found


def _line(picture: Grey, *, figures: bool, raw: bool = False) -> tuple[str, float]:
    words = read_line(picture, _DPI, figures=figures, raw=raw)
    return " ".join(word.text for word in words), min((word.confidence for word in words), default=0.0)


def _at_height(picture: Grey, height: int) -> Grey:
    scale = height / picture.shape[0]
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    bordered = cv2.copyMakeBorder(scaled(picture, scale, way), *(_BORDER,) * 4, cv2.BORDER_CONSTANT, value=255)
    return np.asarray(bordered, np.uint8)
