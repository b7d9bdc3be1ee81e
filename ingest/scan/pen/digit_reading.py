"""What a pen wrote in a blank: readings of several cuttings of the ink, put together into ranked values.

One reading errs often and is sure of itself; several of the same ink, alone and between the print beside it, at several
scales and widths, err differently. How much of their sum one value has says how likely it is (`bench/pen.py` holds the
curve); a value that no reading gives is never made up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from ingest.scan.pen.beam import LETTERS, digit_chances, strings
from ingest.scan.pen.cuttings import Blank, Ink, band, framed, ink_of, stroke_before, without_stroke
from ingest.scan.pen.recogniser import Chances, Recogniser, recogniser
from ingest.scan.picture.picture import Grey
from schemas.document import PenBlank, PenValue
from vietnamese.fold import fold

_MOST: Mapping[PenBlank, int] = {"number": 99999, "day": 31, "month": 12}
_KEPT, _LEAST = 5, 0.01
# Of a day or a month the readings between print count half: there the recogniser passes over strange signs.
_BESIDE_WORDS = 0.5
# Ink behind which no printed stroke was found may have it as a last figure: its share counts so much less.
_STROKE_UNSEEN = 0.6
# The share of a value in the sum of the readings, and how often a value with this share was right.
_CURVE = ((0.0, 0.2, 0.45, 0.65, 0.8, 1.0), (0.0, 0.3, 0.7, 0.98, 0.99, 0.995))
# In heights of a capital: how far the print on both sides reaches that is shown with the ink, widely and closely.
_LEFT, _RIGHT, _NEAR = 5.0, 8.0, 2.5
_LINE, _TALL, _CLOSE = (1.85, 0.75), (2.0, 0.95), (1.5, 0.55)
# Around the ink alone: white at its edges, in shares of its height, and how far it is drawn out.
_FRAMES = ((0.08, 1.0), (0.25, 1.25), (0.5, 1.0))
# The end of the label `Số:`: its signs, how far past the blank's beginning they may seem to stand, how wide they are.
_COLONS, _VOWELS, _LABEL_REACH, _COLON, _VOWEL, _LABEL = frozenset(":;"), frozenset("oóôốo0"), 0.5, 0.2, 0.5, 0.3
# The last and first signs of the words around day and month; how far a box may err; how far their middle is inside.
_AROUND: Mapping[PenBlank, tuple[str, str]] = {"day": ("yýỳv", "t"), "month": ("g", "nm")}
_SWALLOWED, _EDGE = 1.6, 0.4
# How far before the symbol's first letter the stroke stands at most, and usually.
_FARTHEST, _USUAL = 2.2, 0.6
_SMALLEST, _KNOWN, _BROKEN = 4, 0.02, 0.15


@dataclass(frozen=True)
class _Seen:
    """What the recogniser saw in a picture: the chances of signs at each step across, and the likeliest sign there."""

    chances: Chances
    likeliest: tuple[str, ...]
    step: float

    def middle(self, step: int) -> float:
        return (step + 0.5) * self.step


@dataclass(frozen=True)
class _Place:
    """A blank with the print around it (`piece`), and without (`alone`); `letter`: where the symbol's first one stands.

    `bounded`: its end is known, so that no printed stroke can be taken for a figure.
    """

    piece: Grey
    alone: Grey
    blank: Blank
    seen: _Seen
    letter: float | None
    bounded: bool


def read_blank(
    line: Grey, blank: Blank, kind: PenBlank, *, symbol: str = "", stroke: bool = True
) -> tuple[PenValue, ...] | None:
    """The values that the ink in a blank of a line may be, the likeliest first; None where there is no recogniser.

    `symbol`: what is printed behind the number; `stroke`: whether a `/` stands between, as in the State's form.
    """
    reader = recogniser()
    if reader is None:
        return None
    if min(line.shape, default=0) < _SMALLEST or blank.height < 2 or blank.x1 <= blank.x0:
        return ()
    place = _place(reader, line, blank, kind, symbol, stroke and kind == "number")
    ink = ink_of(place.alone, place.blank, run_in=kind == "number") if place is not None else None
    if place is None or ink is None:
        return ()
    return _ranked(_readings(reader, place, ink, kind), kind, ink.pieces, 1.0 if place.bounded else _STROKE_UNSEEN)


def read_alone(ink: Grey, kind: PenBlank) -> tuple[PenValue, ...] | None:
    """The values that ink cut out of its blank may be, the likeliest first; None where there is no recogniser."""
    reader = recogniser()
    if reader is None:
        return None
    if min(ink.shape, default=0) < _SMALLEST:
        return ()
    pictures = [framed(ink, room, wider) for room, wider in _FRAMES]
    return _ranked(((1.0, _digits(reader, reader.chances(picture), kind)) for picture in pictures), kind, 0, 1.0)


def _ranked(
    found: Iterable[tuple[float, dict[str, float]]], kind: PenBlank, pieces: int, bounded: float
) -> tuple[PenValue, ...]:
    """Weighted readings put together; `bounded` is how much they count, less with the printed stroke in them."""
    readings = list(found)
    whole = sum(weight for weight, _ in readings) / bounded
    shares: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for weight, reading in readings:
        strings_of = _values(reading, kind, pieces)
        known = max(sum(strings_of.values()), _KNOWN)
        for text, chance in strings_of.items():
            shares[text.lstrip("0")][text] += weight * chance / known / whole
    ranked = sorted(shares.values(), key=lambda texts: -sum(texts.values()))[:_KEPT]
    return tuple(
        PenValue(max(texts, key=lambda text: texts[text]), confidence_of(sum(texts.values())))
        for texts in ranked
        if sum(texts.values()) >= _LEAST
    )


def confidence_of(share: float) -> float:
    """How often a value with this share of the readings is right."""
    return round(float(np.interp(share, *_CURVE)), 3)


def _values(found: Mapping[str, float], kind: PenBlank, pieces: int) -> dict[str, float]:
    """The strings of digits that can stand in the blank.

    A string with fewer signs than the ink has pieces side by side counts little: a figure hardly breaks in two.
    """
    values: dict[str, float] = {}
    for text, chance in found.items():
        digits = text.lstrip("0").rstrip(LETTERS)
        if digits and int(digits) <= _MOST[kind]:
            values[text] = chance * (1.0 if len(text) >= pieces else _BROKEN)
    return values


def _place(reader: Recogniser, line: Grey, blank: Blank, kind: PenBlank, symbol: str, stroke: bool) -> _Place | None:
    """The blank with its surroundings, cut where the print behind it begins as far as that is found."""
    unit = blank.height
    start = min(max(0, int(blank.x0 - _LEFT * unit)), line.shape[1] - 1)
    piece = line[:, start : max(start + _SMALLEST, int(blank.x1 + _RIGHT * unit))]
    blank = replace(blank, x0=blank.x0 - start, x1=blank.x1 - start)
    whole = band(piece, replace(blank, x0=0, x1=piece.shape[1]), *_LINE, 0)
    if min(whole.shape) < _SMALLEST:
        return None
    seen = _see(reader, whole)
    blank = _widened(seen, blank, kind)
    letter = _letter_behind(seen, blank, symbol)
    if letter is None:
        return _Place(piece, piece, blank, seen, None, not stroke)
    blank = replace(blank, x1=max(letter - 0.5 * unit, blank.x0 + 1))
    printed = stroke_before(piece, blank, letter, _stroke_seen(seen, letter, unit)) if stroke else None
    if printed is not None:
        return _Place(piece, *without_stroke(piece, blank, printed), seen, letter, True)
    alone = piece.copy()
    alone[:, int(letter - 0.45 * unit) :] = 255
    return _Place(piece, alone, blank, seen, letter, not stroke)


def _widened(seen: _Seen, blank: Blank, kind: PenBlank) -> Blank:
    """The blank as far as the words around it, where the box of one of them took in a part of the ink."""
    unit, middles = blank.height, [seen.middle(step) for step in range(len(seen.likeliest))]
    if kind == "number":
        label = _label_end(seen, blank)
        return blank if label is None else replace(blank, x0=min(blank.x0, label[1]))
    before, behind = _AROUND[kind]
    pairs = list(zip(middles, seen.likeliest, strict=True))
    ends = [x for x, sign in pairs if sign in before and blank.x0 - _SWALLOWED * unit < x < blank.x0 + 0.3 * unit]
    begins = [x for x, sign in pairs if sign in behind and blank.x1 - 0.3 * unit < x < blank.x1 + _SWALLOWED * unit]
    x0 = min([blank.x0, ends[-1] + _EDGE * unit]) if ends else blank.x0
    return replace(blank, x0=x0, x1=max([blank.x1, begins[0] - _EDGE * unit]) if begins else blank.x1)


def _see(reader: Recogniser, picture: Grey) -> _Seen:
    chances = reader.chances(picture)
    likeliest = tuple(reader.signs[sign] for sign in chances.argmax(axis=1).tolist())
    return _Seen(chances, likeliest, picture.shape[1] / len(likeliest))


def _readings(reader: Recogniser, place: _Place, ink: Ink, kind: PenBlank) -> Iterator[tuple[float, dict[str, float]]]:
    """Readings of the ink with the weight of each: between the print beside it, and alone."""
    unit, blank = place.blank.height, place.blank
    beside = 1.0 if kind == "number" else _BESIDE_WORDS
    yield beside, _digits(reader, _between(place.seen, blank, place.letter, kind), kind)
    left = max(0, int(blank.x0 - _NEAR * unit))
    near = band(place.piece, blank, *_LINE, _NEAR)
    closer = replace(blank, x0=blank.x0 - left, x1=blank.x1 - left)
    letter = None if place.letter is None else place.letter - left
    yield beside, _digits(reader, _between(_see(reader, near), closer, letter, kind), kind)
    pictures = [band(place.alone, blank, *_CLOSE, 0), band(place.alone, blank, *_TALL, 0.05)]
    pictures += [framed(ink.picture, room, wider) for room, wider in _FRAMES]
    for picture in pictures:
        if min(picture.shape) >= _SMALLEST:
            yield 1.0, _digits(reader, reader.chances(picture), kind)


def _digits(reader: Recogniser, chances: Chances, kind: PenBlank) -> dict[str, float]:
    """What a reading means as digits, as many as the blank holds at most."""
    figures = digit_chances(chances, reader.signs, letters=kind == "number")
    return strings(figures, longest=len(str(_MOST[kind])))


def _letter_behind(seen: _Seen, blank: Blank, symbol: str) -> float | None:
    """Where the symbol's first letter stands, told by its first two letters; None where they are not seen.

    Ink may have swallowed the true first letter from the symbol as it was read: it stands behind the stroke.
    """
    signs = [(sign, step) for step, sign in enumerate(seen.likeliest) if sign.strip()]
    signs = [one for place, one in enumerate(signs) if not place or signs[place - 1] != (one[0], one[1] - 1)]
    text = "".join(_plain(sign)[:1] or " " for sign, _ in signs)
    behind = next((n for n, (_, step) in enumerate(signs) if seen.middle(step) > blank.x0 + _LABEL * blank.height), 0)
    # OCR may have misread one of the letters: any two side by side tell where the others are.
    found = (text.find(pair, behind + skipped) - skipped for skipped, pair in enumerate(_pairs(symbol)))
    at = next((place for place in found if place >= behind), None)
    if at is None:
        return None
    stroke = text.rfind("/", max(0, at - 3), at)
    if stroke >= 0 and all(sign.isupper() for sign, _ in signs[stroke + 1 : at]):
        at = stroke + 1
    return seen.middle(signs[at][1])


def _pairs(symbol: str) -> list[str]:
    """The first pairs of letters side by side of a symbol."""
    plain = _plain(symbol)[:4]
    return [first + second for first, second in pairwise(plain)]


def _label_end(seen: _Seen, blank: Blank) -> tuple[int, float] | None:
    """The last step of the label `Số:` and where it ends: behind its colon, else behind the vowel that follows an S."""
    limit = blank.x0 + _LABEL_REACH * blank.height
    steps = [step for step in range(len(seen.likeliest)) if seen.middle(step) < limit]
    colons = [step for step in steps if seen.likeliest[step] in _COLONS]
    if colons:
        return colons[-1], seen.middle(colons[-1]) + _COLON * blank.height
    begun = next((step for step in steps if seen.likeliest[step] in ("S", "s")), None)
    vowels = [step for step in steps if begun is not None and step > begun and seen.likeliest[step] in _VOWELS]
    return (vowels[0], seen.middle(vowels[0]) + _VOWEL * blank.height) if vowels else None


def _plain(text: str) -> str:
    return fold(text).replace("đ", "d")


def _stroke_seen(seen: _Seen, letter: float, unit: float) -> float:
    """About where the printed `/` stands before a letter: where the recogniser saw it, else where it usually is."""
    begun = [one == "/" and before != "/" for before, one in pairwise(("", *seen.likeliest))]
    middles = [seen.middle(step) for step, begins in enumerate(begun) if begins]
    return max((x for x in middles if letter - _FARTHEST * unit < x < letter), default=letter - _USUAL * unit)


def _between(seen: _Seen, blank: Blank, letter: float | None, kind: PenBlank) -> Chances:
    """The steps of a reading that lie in the blank, without those of the print at its ends."""
    unit, count = blank.height, len(seen.likeliest)
    first = min(max(0, int(blank.x0 / seen.step)), count - 1)
    last = max(first + 1, min(count, int(np.ceil(blank.x1 / seen.step))))
    if kind == "number":
        label = _label_end(seen, blank)
        first = label[0] + 1 if label is not None else first
        if letter is not None:
            last = min(count, max(first + 1, int((letter - 0.45 * unit) / seen.step)))
            strokes = (step for step in range(first, last) if seen.likeliest[step] == "/")
            last = next((step for step in strokes if seen.middle(step) > letter - _FARTHEST * unit), last)
    else:
        while first < last and seen.likeliest[first].isalpha() and seen.middle(first) < blank.x0 + 0.4 * unit:
            first += 1
        while last > first and seen.likeliest[last - 1].isalpha() and seen.middle(last - 1) > blank.x1 - 0.6 * unit:
            last -= 1
    return seen.chances[min(first, count - 1) : max(last, first + 1)]
