"""Ruled tables on scans: the grid first, then each cell on its own; figures are read twice, numbering is checked.

A figure on which the two readings differ keeps the surer one with a low confidence and a warning, never in silence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.ocr import read_line
from ingest.picture import POINTS_PER_INCH, Grey, Sheet
from ingest.picture_lines import InkLine, InkSpots, cut_out
from ingest.rulings import TableFrame
from ingest.scan_words import ReadLine, mean_confidence
from schemas.document import Cell, Grid
from schemas.source import Notice

_FIGURE = re.compile(r"[-+]?\d[\d.,/]*%?\.?")
_ROMAN = re.compile(r"[IVXLMH]+[.)]?")
_FIGURE_COLUMN = 0.45
_IN_COMPANY = 10
_LONE_SIGNS = ("-", "+", "*")
_ORDINAL = re.compile(r"(\d{1,3})([.)]?)")
# Signs that OCR makes of a lone figure in a column of figures: to be read again as figures.
_SHORT, _LONGEST_ORDINAL = 6, 4
# The second reading is of the picture at this scale: it makes other errors than the first.
_OTHER_SCALE = 0.72
DOUBTFUL = 0.5
"""The confidence of a figure on which the readings differ."""
_AGREED = 0.85


@dataclass(frozen=True)
class CellZones:
    """For each spot of ink the cell that it lies in (0: none), and for each cell its table and column."""

    of_spot: NDArray[np.int32]
    places: list[tuple[int, int]]

    def hold(self, line: InkLine) -> bool:
        """Whether a line stands in a cell."""
        return bool(self.of_spot[line.letters[0]] > 0)


def cell_zones(frames: Sequence[TableFrame], spots: InkSpots, dpi: float) -> CellZones:
    """Deals the spots of a page to the cells of its tables, by their middle."""
    scale = dpi / POINTS_PER_INCH
    x = spots.boxes[:, 0] + spots.boxes[:, 2] / 2
    y = spots.boxes[:, 1] + spots.boxes[:, 3] / 2
    zones = np.zeros(len(spots.boxes), np.int32)
    places = [(-1, -1)]
    for table, frame in enumerate(frames):
        for cell in frame.cells:
            x0, top, x1, bottom = (edge * scale for edge in cell.box)
            zones[(x >= x0) & (x < x1) & (y >= top) & (y < bottom)] = len(places)
            places.append((table, cell.column if cell.column_span == 1 else -1 - cell.column))
    return CellZones(zones, places)


def confirm_figures(sheet: Sheet, spots: InkSpots, lines: Sequence[ReadLine], zones: CellZones) -> list[ReadLine]:
    """Reads the figures in the cells again, notes how sure they are, and gives the lines that hold text."""
    columns: dict[tuple[int, int], list[ReadLine]] = {}
    for line in lines:
        zone = int(zones.of_spot[line.ink.letters[0]])
        if zone > 0 and zones.places[zone][1] >= 0:
            columns.setdefault(zones.places[zone], []).append(line)
    for column in columns.values():
        figures = sum(is_figure(line.text) for line in column)
        in_figures = figures > _FIGURE_COLUMN * len(column)
        chosen = [line for line in column if is_figure(line.text) or (in_figures and _may_be_figure(line.text))]
        for line, together in zip(chosen, _read_together(sheet, spots, chosen), strict=True):
            _read_again(sheet, spots, line, together)
    return [line for line in lines if _says_something(line.text)]


def _says_something(text: str) -> bool:
    return any(map(str.isalnum, text)) or text in _LONE_SIGNS


def _may_be_figure(text: str) -> bool:
    return len(text) <= _SHORT and "(" not in text and not _ROMAN.fullmatch(text)


def is_figure(text: str) -> bool:
    """Whether a text is a figure as tables print it: `12`, `1.572`, `50,00%`, `3.`."""
    return bool(_FIGURE.fullmatch(text.replace(" ", "")))


def _read_again(sheet: Sheet, spots: InkSpots, line: ReadLine, together: str | None) -> None:
    """Settles a figure by a vote: as first read, among the others of its column, alone as figures, and reduced."""
    cut, _, _ = cut_out(sheet.grey, spots, line.ink)
    first = line.text.replace(" ", "")
    readings = [_figures(cut, sheet.dpi, raw=True), _figures(_smaller(cut), sheet.dpi * _OTHER_SCALE, raw=False)]
    sure = dict(sorted(readings, key=lambda reading: reading[1]))
    votes = Counter(text for text, _ in readings if is_figure(text))
    if is_figure(first):
        votes[first] += 1
        sure[first] = max(line.confidence, sure.get(first, 0.0))
    if together is not None and is_figure(together):
        votes[together] += 1
        sure.setdefault(together, _AGREED)
    if not votes:
        _settle(line, first if any(map(str.isalnum, first)) else "", DOUBTFUL)
        return
    text, count = max(votes.items(), key=lambda vote: (vote[1], sure[vote[0]]))
    agreed = max(sure[text], 0.9) if count > 2 else _AGREED if count == 2 else DOUBTFUL
    _settle(line, text, agreed)


def _read_together(sheet: Sheet, spots: InkSpots, lines: Sequence[ReadLine]) -> list[str | None]:
    """The figures of a column read as one line, side by side: a lone figure is read better in company."""
    read: list[str | None] = []
    for start in range(0, len(lines), _IN_COMPANY):
        part = lines[start : start + _IN_COMPANY]
        cuts = [cut_out(sheet.grey, spots, line.ink)[0] for line in part]
        height = max(cut.shape[0] for cut in cuts)
        gap = round(spots.letter)
        strip = np.concatenate([_on_strip(cut, height, gap) for cut in cuts], axis=1)
        seen = read_line(strip, sheet.dpi, figures=True)
        read += [word.text for word in seen] if len(seen) == len(part) else [None] * len(part)
    return read


def _on_strip(cut: Grey, height: int, gap: int) -> Grey:
    above = (height - cut.shape[0]) // 2
    edges = ((above, height - cut.shape[0] - above), (gap // 2, gap - gap // 2))
    return np.asarray(np.pad(cut, edges, constant_values=255), np.uint8)


def _figures(cut: Grey, dpi: float, *, raw: bool) -> tuple[str, float]:
    seen = read_line(cut, dpi, raw=raw, figures=True)
    return "".join(word.text for word in seen), mean_confidence(seen)


def _smaller(cut: Grey) -> Grey:
    reduced = cv2.resize(cut, None, fx=_OTHER_SCALE, fy=_OTHER_SCALE, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.copyMakeBorder(reduced, 4, 4, 6, 6, cv2.BORDER_CONSTANT, value=255), np.uint8)


def _settle(line: ReadLine, text: str, confidence: float) -> None:
    first, last = line.words[0], line.words[-1]
    line.words = [first._replace(text=text, x1=last.x1, confidence=round(confidence, 3))]


def check_numbering(grid: Grid) -> Grid:
    """Mends misread numbers in a first column that counts 1, 2, 3 …, where the numbers around leave one reading only.

    Either both neighbours agree on it, or the count begins above: before 3 and 4 stand 1 and 2.
    """
    column = sorted((cell for cell in grid.cells if cell.column == 0 and cell.column_span == 1), key=lambda c: c.row)
    numbers = [int(found[1]) if (found := _ORDINAL.fullmatch(cell.text)) else None for cell in column]
    mended: dict[int, Cell] = {}
    for place, number in _expected(column, numbers).items():
        cell = column[place]
        unsure = numbers[place] is None or (cell.confidence or 0.0) <= DOUBTFUL
        if numbers[place] != number and unsure and 0 < len(cell.text) <= _LONGEST_ORDINAL:
            tail = "." if sum(cell.text.endswith(".") for cell in column) * 2 > len(mended) + 2 else ""
            text = f"{number}{tail}"
            mended[column[place].row] = column[place].model_copy(update={"text": text, "confidence": _AGREED})
    cells = tuple(mended.get(cell.row, cell) if cell.column == 0 else cell for cell in grid.cells)
    return grid.model_copy(update={"cells": cells}) if mended else grid


def _expected(column: Sequence[Cell], numbers: Sequence[int | None]) -> dict[int, int]:
    """What the numbers at some places must be, by the ones around them."""
    expected: dict[int, int] = {}
    for place in range(1, len(column) - 1):
        before, after = numbers[place - 1], numbers[place + 1]
        if before is not None and after == before + 2:
            expected[place] = before + 1
    for place in range(len(column) - 1):
        number, following = numbers[place], numbers[place + 1]
        if number is None or following != number + 1 or not 1 < number <= place + 1:
            continue
        above = range(place - number + 1, place)
        if all(numbers[other] is None for other in above):
            expected.update({other: other - above.start + 1 for other in above})
    return expected


def doubts(grid: Grid) -> list[Notice]:
    """A warning for each figure on which the readings differ."""
    return [
        Notice(
            code="low_confidence",
            message=f"Trang {grid.page}: số “{cell.text}” trong bảng (hàng {cell.row + 1}, cột {cell.column + 1}) "
            "đọc hai lần không giống nhau, cần đối chiếu với ảnh.",
            page=grid.page,
            bbox=cell.box,
        )
        for cell in grid.cells
        if cell.confidence is not None and cell.confidence <= DOUBTFUL and is_figure(cell.text)
    ]
