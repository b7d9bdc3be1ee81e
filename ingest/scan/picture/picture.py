"""Page pictures: what a scanner gives, made fit for reading - colour taken off, straightened, black ink found.

Lengths here are pixels of the picture; `Picture.dpi` tells how many make an inch.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

# One thread a worker: with more, OpenCV's threads wait for each other beside the other workers.
cv2.setNumThreads(1)

Grey = NDArray[np.uint8]
Mask = NDArray[np.uint8]
POINTS_PER_INCH = 72.0

# Ink counts as coloured when its channels differ by this share of the brightest one, and that one is not dark.
_COLOUR_SHARE = 0.30
_COLOUR_BRIGHTNESS = 100
# Less coloured ink than this share of the page is dust.
_COLOURLESS = 0.00002
# Pictures are brought to a resolution between these two before reading.
_LEAST_DPI, _MOST_DPI, _USUAL_DPI = 140.0, 330.0, 300.0
_BLANK, _EVEN = 0.0008, 4.0
# Fewer rows or columns hold no line: letters that can be read are ten pixels high. A page of A2 at 300 dpi has fewer
# pixels than the most; a larger picture is reduced to so many.
_FEWEST_PIXELS, MOST_PIXELS = 16, 40_000_000
_LEAST_SKEW, _MOST_SKEW = 0.05, 6.0
# From this strength on a point counts as coloured where a pen is looked for.
_FAINT = 20
# Colour is looked at in so many rows at a time: a page of 300 dpi holds 26 MB, and each step on it as much again.
_STRIP = 256


@dataclass(frozen=True)
class Picture:
    """A page as pixels, `(height, width)` grey or `(height, width, 3)` RGB, and its resolution."""

    pixels: NDArray[np.uint8]
    dpi: float

    @property
    def points(self) -> tuple[float, float]:
        """Width and height in points."""
        height, width = self.pixels.shape[:2]
        return width * POINTS_PER_INCH / self.dpi, height * POINTS_PER_INCH / self.dpi


@dataclass(frozen=True)
class ScannedSheet:
    """A picture ready to be read: `grey` without coloured ink, `ink` (1 where black ink is).

    `coloured` is how strongly each point is coloured (0: not at all), None for a page without colour; of such a page
    `pixels` are those before it was straightened.

    `skew` is the angle in degrees by which the picture was turned back, about its centre.
    """

    grey: Grey
    ink: Mask
    coloured: Mask | None
    dpi: float
    skew: float
    pixels: NDArray[np.uint8] | None = None


def prepare(picture: Picture) -> ScannedSheet:
    """Brings a picture to a readable resolution, takes coloured ink off, straightens it and finds its ink."""
    picture = at_readable_resolution(picture)
    grey, coloured = without_colour(picture.pixels)
    skew = skew_of(black_ink(grey))
    grey = turned_back(grey, skew)
    if coloured is not None:
        coloured = turned_back(coloured, skew, paper=0)
    return ScannedSheet(
        grey, black_ink(grey), coloured, picture.dpi, skew, None if coloured is None else picture.pixels
    )


def as_it_is(picture: Picture) -> ScannedSheet:
    """A picture as it came, where `prepare` fails on it: grey, not straightened, ink by one threshold."""
    pixels = picture.pixels
    grey = pixels if pixels.ndim == 2 else np.asarray(pixels.max(axis=2), np.uint8)
    return ScannedSheet(grey, (grey < 128).astype(np.uint8), None, picture.dpi, 0.0)


def is_no_page(picture: Picture) -> bool:
    """Whether a picture is too small, in either direction, to hold a line of letters."""
    return bool(min(picture.pixels.shape[:2]) < _FEWEST_PIXELS)


def turned(picture: Picture, degrees: int) -> Picture:
    """The picture turned by a multiple of 90 degrees, clockwise."""
    return picture if not degrees else Picture(np.rot90(picture.pixels, -degrees // 90).copy(), picture.dpi)


def is_blank(picture: Picture) -> bool:
    """Whether a page holds next to no ink."""
    if not picture.pixels.size:
        return True
    picture = at_readable_resolution(picture)
    grey, coloured = without_colour(picture.pixels)
    share = float(black_ink(grey).mean()) if grey.std() > _EVEN else 0.0
    return share < _BLANK and (coloured is None or float((coloured > 0).mean()) < _BLANK)


def at_readable_resolution(picture: Picture) -> Picture:
    """The picture enlarged where it is too coarse for letters to be told apart, reduced where finer than any print."""
    height, width = picture.pixels.shape[:2]
    most = (MOST_PIXELS / max(height * width, 1)) ** 0.5
    if _LEAST_DPI <= picture.dpi <= _MOST_DPI and most >= 1:
        return picture
    wanted = 2.0 if picture.dpi < _LEAST_DPI else min(_USUAL_DPI / picture.dpi, 1.0)
    scale = max(min(wanted, most), 1 / max(min(height, width), 1))
    way = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    return Picture(scaled(picture.pixels, scale, way), picture.dpi * scale)


def scaled(pixels: NDArray[np.uint8], scale: float, way: int = cv2.INTER_AREA) -> NDArray[np.uint8]:
    """Pixels enlarged or reduced; however small, a row and a column are left."""
    height, width = pixels.shape[:2]
    if round(height * scale) and round(width * scale):
        return np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=way), np.uint8)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(pixels, size, interpolation=way), np.uint8)


def without_colour(pixels: NDArray[np.uint8]) -> tuple[Grey, Mask | None]:
    """A grey picture without coloured ink (seals, pens), and how strong that ink is; None for a grey picture.

    The brightest channel is taken: a red seal is bright in red, so it fades while the black text below it stays.
    """
    if pixels.ndim == 2:
        return pixels, None
    least = _least_spreads(pixels[::16, ::16])
    grey, coloured = np.empty(pixels.shape[:2], np.uint8), np.empty(pixels.shape[:2], np.uint8)
    for top in range(0, len(pixels), _STRIP):
        rows = slice(top, top + _STRIP)
        red, green, blue = cv2.split(pixels[rows])
        brightest = cv2.max(cv2.max(red, green), blue)
        spread = cv2.subtract(brightest, cv2.min(cv2.min(red, green), blue))
        grey[rows] = brightest
        coloured[rows] = np.where(spread > cv2.LUT(brightest, least), spread, 0)
    if cv2.countNonZero(coloured) < _COLOURLESS * coloured.size:
        return grey, None
    wide = cv2.dilate(coloured, np.ones((3, 3), np.uint8))
    for top in range(0, len(grey), _STRIP):
        strip = grey[top : top + _STRIP]
        strip[(wide[top : top + _STRIP] > 0) & (strip > _COLOUR_BRIGHTNESS)] = 255
    return grey, coloured


def _least_spreads(sample: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """By brightness, how far apart the channels of coloured ink are at least, on paper tinted like the sample's."""
    paper = int(np.median(sample.max(axis=2) - sample.min(axis=2)))
    brightness = np.arange(256)
    least = np.minimum((_COLOUR_SHARE * brightness).astype(np.int64) + paper, 255)
    return np.where(brightness > _COLOUR_BRIGHTNESS, least, 255).astype(np.uint8)


def black_ink(grey: Grey) -> Mask:
    """1 where a grey picture holds ink. The threshold follows the paper, which may be dull or shaded at an edge."""
    small = scaled(grey, 0.125)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 21)
    even = cv2.resize(np.maximum(paper, 60), (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    even = cv2.divide(grey, even, dst=even, scale=255)
    threshold, _ = cv2.threshold(even, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    ceiling = np.ceil(np.clip(threshold, 110, 200)) - 1
    _, ink = cv2.threshold(even, ceiling, 1, cv2.THRESH_BINARY_INV, dst=even)
    return np.asarray(ink, np.uint8)


def laid_level(picture: Grey) -> Grey:
    """The picture with rows and columns changed over, in one piece: numpy's own copy takes nine times as long."""
    return np.asarray(cv2.transpose(picture), np.uint8)


def skew_of(ink: Mask) -> float:
    """The angle in degrees of the printed lines, positive when they fall to the right; 0 where nothing tells."""
    small = scaled(ink * 255, 0.33) > 90
    height, width = small.shape
    rows, columns = np.nonzero(small)
    if len(rows) < 200:
        return 0.0
    step = max(1, len(rows) // 60_000)
    rows, columns = rows[::step].astype(np.float32), columns[::step].astype(np.float32) - width / 2

    def sharpness(angle: float) -> float:
        level = (rows - np.tan(np.radians(angle)) * columns).astype(np.int32) % height
        profile = np.bincount(level, minlength=height).astype(np.float64)
        return float(((profile[1:] - profile[:-1]) ** 2).sum())

    best = max(np.arange(-_MOST_SKEW, _MOST_SKEW + 0.1, 0.4), key=sharpness)
    for width_of_step in (0.2, 0.1, 0.05):
        best = max((best - width_of_step, best, best + width_of_step), key=sharpness)
    return 0.0 if abs(best) < _LEAST_SKEW or sharpness(best) < 1.02 * sharpness(0.0) else float(best)


def turned_back(grey: Grey, angle: float, paper: int = 255) -> Grey:
    """The picture turned about its centre by `angle` degrees against the skew; its size is kept."""
    if angle == 0.0:
        return grey
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turned = cv2.warpAffine(grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=paper)
    return np.asarray(turned, np.uint8)


def with_pens(sheet: ScannedSheet, rows: slice, columns: slice, *, channel: int = 0) -> Grey:
    """A part of a sheet with coloured pens as dark as black ones.

    Blue and violet are dark in the red channel (0), in which seals fade; red itself is dark in the green one (1).
    """
    grey = sheet.grey[rows, columns]
    if sheet.coloured is None or sheet.pixels is None or not grey.size:
        return grey
    inked = cv2.dilate((sheet.coloured[rows, columns] > _FAINT).astype(np.uint8), np.ones((5, 5), np.uint8))
    if not inked.any():
        return grey
    height, width = sheet.pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), sheet.skew, 1.0)
    matrix[:, 2] -= (columns.start, rows.start)
    size = (grey.shape[1], grey.shape[0])
    straight = cv2.warpAffine(sheet.pixels, matrix, size, flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))
    return np.where(inked > 0, np.minimum(grey, straight[..., channel]), grey)
