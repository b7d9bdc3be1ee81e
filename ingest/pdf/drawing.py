"""What is drawn on a PDF page besides text: rulings, and how much of it a picture covers."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from ingest.page.rulings import Ruling
from ingest.pdf.characters import Frame
from schemas.base import Box

# Wider than this a filled bar is a shaded area, not a line.
_THICKEST = 3.0
_DEEPEST = 4
# A drawing (a map, a chart) may have a hundred thousand segments: no table has so many.
_MOST_SEGMENTS = 20000
_NEARLY_WHITE = 250
# A picture over so much of the page is the page.
_LARGE = 0.5

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass
class Drawing:
    """Rulings in points from the page's top left, and the boxes of pictures.

    `texts`: how many text objects are drawn; `below`: how many before the last large opaque picture.
    """

    rulings: list[Ruling] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    texts: int = 0
    below: int = 0

    @property
    def hides_text(self) -> bool:
        """Whether most of the text is drawn below a picture."""
        return self.below * 2 > self.texts

    def covered_share(self, width: float, height: float) -> float:
        """The share of the page that its pictures cover together; scans are often cut into strips."""
        return min(1.0, sum(_area(box, width, height) for box in self.pictures) / (width * height))

    def picture_share(self, width: float, height: float) -> float:
        """The share of the page that its largest picture covers."""
        if width <= 0 or height <= 0:
            return 0.0
        shares = [_area(box, width, height) / (width * height) for box in self.pictures]
        return min(1.0, max(shares, default=0.0))


def _area(box: Box, width: float, height: float) -> float:
    across = min(box[2], width) - max(box[0], 0.0)
    down = min(box[3], height) - max(box[1], 0.0)
    return max(0.0, across) * max(0.0, down)


def read_drawing(page: Any, frame: Frame, count: int) -> Drawing:
    """The rulings and pictures among the first `count` objects of a pdfium page, those inside form objects too."""
    reader = _Drawing(frame)
    reader.walk((pdfium.FPDFPage_GetObject(page, index) for index in range(count)), _IDENTITY, 0)
    return reader.drawing


class _Drawing:
    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.drawing = Drawing()
        self.segments = 0
        self.numbers = [ctypes.c_float() for _ in range(4)]

    def walk(self, objects: Iterator[Any], matrix: Matrix, depth: int) -> None:
        kind_of = pdfium.FPDFPageObj_GetType
        for item in objects:
            kind = kind_of(item)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                self.drawing.texts += 1
                continue
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._path(item, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self._picture(item, self._box(self._bounds(item), matrix))
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                count = pdfium.FPDFFormObj_CountObjects(item)
                inner = (pdfium.FPDFFormObj_GetObject(item, index) for index in range(count))
                self.walk(inner, _product(_matrix(item), matrix), depth + 1)

    def _picture(self, item: Any, box: Box) -> None:
        self.drawing.pictures.append(box)
        width, height = self.frame.size
        if _area(box, width, height) > _LARGE * width * height and not pdfium.FPDFPageObj_HasTransparency(item):
            self.drawing.below = self.drawing.texts

    def _bounds(self, item: Any) -> Box:
        pdfium.FPDFPageObj_GetBounds(item, *self.numbers)
        left, bottom, right, top = self.numbers
        return left.value, bottom.value, right.value, top.value

    def _box(self, bounds: Box, matrix: Matrix) -> Box:
        if matrix is _IDENTITY:
            return self.frame.box(*bounds)
        return self.frame.box(*_apply(matrix, bounds[0], bounds[1]), *_apply(matrix, bounds[2], bounds[3]))

    def _path(self, path: Any, matrix: Matrix) -> None:
        box = self._box(self._bounds(path), matrix)
        thin = min(box[2] - box[0], box[3] - box[1]) <= _THICKEST
        if thin:
            if max(box[2] - box[0], box[3] - box[1]) > _THICKEST and not _is_white(path):
                self._ruling(box)
            return
        if self.segments > _MOST_SEGMENTS:
            return
        stroked = ctypes.c_int()
        fill = ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(path, fill, stroked)
        count = pdfium.FPDFPath_CountSegments(path)
        self.segments += count
        if stroked.value and not _is_white(path):
            self._edges(path, count, _product(_matrix(path), matrix))
        elif fill.value and count > 5:
            self._bars(path, count, _product(_matrix(path), matrix))

    def _ruling(self, box: Box) -> None:
        x0, top, x1, bottom = box
        if x1 - x0 >= bottom - top:
            middle = (top + bottom) / 2
            self.drawing.rulings.append(Ruling(x0, middle, x1, middle))
        else:
            middle = (x0 + x1) / 2
            self.drawing.rulings.append(Ruling(middle, top, middle, bottom))

    def _edges(self, path: Any, count: int, matrix: Matrix) -> None:
        """The straight upright edges of a stroked path."""
        for ax, ay, bx, by in _lines(path, count):
            box = self.frame.box(*_apply(matrix, ax, ay), *_apply(matrix, bx, by))
            if min(box[2] - box[0], box[3] - box[1]) < 1.0 and max(box[2] - box[0], box[3] - box[1]) > _THICKEST:
                self._ruling(box)

    def _bars(self, path: Any, count: int, matrix: Matrix) -> None:
        """The thin bars among the figures of a filled path: some programs fill all borders at once."""
        figure: list[tuple[float, float]] = []
        for ax, ay, bx, by in [*_lines(path, count), (0.0, 0.0, 0.0, 0.0)]:
            if figure and (ax, ay) != figure[-1]:
                self._bar([_apply(matrix, *point) for point in figure])
                figure = []
            figure += [(bx, by)] if figure else [(ax, ay), (bx, by)]

    def _bar(self, points: list[tuple[float, float]]) -> None:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = self.frame.box(min(xs), min(ys), max(xs), max(ys))
        if min(box[2] - box[0], box[3] - box[1]) <= _THICKEST < max(box[2] - box[0], box[3] - box[1]):
            self._ruling(box)


def _lines(path: Any, count: int) -> Iterator[tuple[float, float, float, float]]:
    """The straight segments of a path, closing ones too."""
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = (x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield (*last, *point)
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment) and last != start:
            yield (*last, *start)
            last = start


def _matrix(item: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    """First `inner`, then `outer`."""
    if outer is _IDENTITY:
        return inner
    a, b, c, d, e, f = inner
    return (*_turn(outer, a, b), *_turn(outer, c, d), *_apply(outer, e, f))


def _turn(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    return matrix[0] * x + matrix[2] * y, matrix[1] * x + matrix[3] * y


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    return matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]


def _is_white(path: Any) -> bool:
    """Whether a path is drawn white on white: a border that nobody sees."""
    fill, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroked)
    colour = [ctypes.c_uint() for _ in range(4)]
    read = pdfium.FPDFPageObj_GetStrokeColor if stroked.value else pdfium.FPDFPageObj_GetFillColor
    if not read(path, *colour):
        return False
    red, green, blue, alpha = (part.value for part in colour)
    return min(red, green, blue) >= _NEARLY_WHITE or alpha == 0
