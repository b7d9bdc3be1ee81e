"""What people put on paper after printing: digits by pen, a red seal over the signer, an arrival stamp."""

from __future__ import annotations

import math
import random
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

Page = np.ndarray
"""RGB, uint8."""
Box = tuple[int, int, int, int]
_FONT = Path("/usr/share/fonts/truetype/liberation2/LiberationSerif-Bold.ttf")
_RED, _BLUE = (205, 35, 45), (28, 40, 140)
# Strokes of the digits in a unit square, y down.
_STROKES: dict[str, list[list[tuple[float, float]]]] = {
    "0": [[(0.5, 0.0), (0.15, 0.25), (0.1, 0.7), (0.45, 1.0), (0.85, 0.7), (0.85, 0.25), (0.5, 0.0)]],
    "1": [[(0.3, 0.25), (0.55, 0.0), (0.5, 1.0)]],
    "2": [[(0.15, 0.25), (0.45, 0.0), (0.8, 0.2), (0.6, 0.55), (0.1, 1.0), (0.9, 0.95)]],
    "3": [[(0.15, 0.1), (0.6, 0.0), (0.75, 0.25), (0.4, 0.45), (0.85, 0.7), (0.5, 1.0), (0.1, 0.9)]],
    "4": [[(0.6, 0.0), (0.1, 0.65), (0.95, 0.6)], [(0.65, 0.3), (0.6, 1.0)]],
    "5": [[(0.85, 0.0), (0.25, 0.05), (0.2, 0.45), (0.75, 0.5), (0.8, 0.85), (0.4, 1.0), (0.1, 0.9)]],
    "6": [[(0.75, 0.0), (0.25, 0.4), (0.15, 0.8), (0.5, 1.0), (0.8, 0.75), (0.5, 0.5), (0.2, 0.7)]],
    "7": [[(0.1, 0.05), (0.9, 0.0), (0.4, 1.0)]],
    "8": [[(0.8, 0.15), (0.4, 0.0), (0.2, 0.25), (0.8, 0.7), (0.5, 1.0), (0.15, 0.75), (0.8, 0.15)]],
    "9": [[(0.8, 0.25), (0.45, 0.0), (0.15, 0.3), (0.45, 0.5), (0.8, 0.25), (0.7, 1.0)]],
}


def write_by_pen(page: Page, box: Box, digits: str, chance: random.Random) -> None:
    """Rub out what is printed in the box and write the digits there by pen, a little too large and slanted."""
    x0, top, x1, bottom = box
    page[top - 2 : bottom + 2, x0 - 1 : x1 + 2] = 255
    height = (bottom - top) * 1.25
    width = (x1 - x0) / max(1, len(digits)) * 0.95
    for place, digit in enumerate(digits):
        left = x0 + place * (x1 - x0) / len(digits) + chance.uniform(0, 2)
        base = top - height * 0.15 + chance.uniform(-2, 2)
        for stroke in _STROKES.get(digit, []):
            points = [
                (left + (x + 0.15 * (1 - y)) * width + chance.gauss(0, 0.4), base + y * height + chance.gauss(0, 0.4))
                for x, y in stroke
            ]
            smooth = np.array(_smooth(points), dtype=np.int32)
            cv2.polylines(page, [smooth], False, _BLUE, max(2, int(height / 16)), cv2.LINE_AA)


def _smooth(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Corners rounded off by Chaikin's cutting, twice."""
    for _ in range(2):
        cut = [points[0]]
        for (x0, y0), (x1, y1) in pairwise(points):
            cut += [(0.75 * x0 + 0.25 * x1, 0.75 * y0 + 0.25 * y1), (0.25 * x0 + 0.75 * x1, 0.25 * y0 + 0.75 * y1)]
        points = [*cut, points[-1]]
    return points


def seal(page: Page, centre: tuple[int, int], dpi: int, text: str) -> None:
    """A round red seal of 36 mm, half transparent, with its text around a star."""
    radius = int(18 / 25.4 * dpi)
    size = 2 * radius + 8
    ink = Image.new("L", (size, size), 0)
    draw = ImageDraw.Draw(ink)
    middle = size // 2
    for share, width in ((1.0, 5), (0.68, 2)):
        reach = radius * share
        draw.ellipse((middle - reach, middle - reach, middle + reach, middle + reach), outline=170, width=width)
    _star(draw, middle, radius * 0.3)
    _ring(ink, text, middle, radius)
    _blend(page, np.array(ink), (centre[0] - middle, centre[1] - middle), _RED)


def _star(draw: ImageDraw.ImageDraw, middle: int, reach: float) -> None:
    corners = [
        (middle + reach * share * math.sin(turn), middle - reach * share * math.cos(turn))
        for turn, share in ((math.pi * i / 5, 1.0 if i % 2 == 0 else 0.4) for i in range(10))
    ]
    draw.polygon(corners, fill=150)


def _ring(ink: Image.Image, text: str, middle: int, radius: int) -> None:
    font = _font(int(radius * 0.2))
    for place, letter in enumerate(text):
        turn = 2 * math.pi * place / len(text)
        tile = Image.new("L", (radius // 2, radius // 2), 0)
        ImageDraw.Draw(tile).text((radius // 4, radius // 4), letter, fill=170, font=font, anchor="mm")
        tile = tile.rotate(-math.degrees(turn))
        reach = radius * 0.84
        corner = (
            int(middle + reach * math.sin(turn)) - radius // 4,
            int(middle - reach * math.cos(turn)) - radius // 4,
        )
        ink.paste(tile, corner, tile)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.truetype(str(_FONT), size) if _FONT.exists() else ImageFont.load_default(size)


def arrival_stamp(page: Page, corner: tuple[int, int], dpi: int, chance: random.Random) -> None:
    """The stamp ĐẾN of the office that received it: its number and day are not the dispatch's."""
    width, height = int(42 / 25.4 * dpi), int(24 / 25.4 * dpi)
    ink = Image.new("L", (width, height), 0)
    draw = ImageDraw.Draw(ink)
    draw.rectangle((2, 2, width - 3, height - 3), outline=200, width=3)
    lines = ["ĐẾN", f"Số: {chance.randint(100, 9000)}", f"Ngày: {chance.randint(10, 28)}/{chance.randint(10, 12)}/2024"]
    for place, line in enumerate(lines):
        draw.text((width // 2, int(height * (0.2 + 0.3 * place))), line, fill=200, font=_font(height // 5), anchor="mm")
    _blend(page, np.array(ink), corner, _RED)


def _blend(page: Page, ink: np.ndarray, corner: tuple[int, int], colour: tuple[int, int, int]) -> None:
    """Lay ink over the page, as far as it is on the page."""
    x, y = max(0, corner[0]), max(0, corner[1])
    part = page[y : y + ink.shape[0], x : x + ink.shape[1]]
    alpha = (ink[: part.shape[0], : part.shape[1], None] / 255.0).astype(np.float32)
    part[:] = (part * (1 - alpha) + np.array(colour, dtype=np.float32) * alpha).astype(np.uint8)
