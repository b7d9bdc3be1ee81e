"""`python -m bench.scanned_tables [KIND …]`: how well tables are read from pictures, by how their rules are drawn.

Tables are made on the fly, of names and figures drawn by chance from a fixed seed, so that the same ones come each
time: rules whole, broken, faint, dotted, slanted and double, a heading without rules, a landscape page, two tables in
one picture, a form whose cells are blank, a head of three levels, each on a worn grey picture and on a bilevel one.
Printed for each kind: whether grid and cells are right, the figures, and how many wrong figures carry no doubt.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ingest.scan.picture.picture import Picture
from ingest.scan.picture.table_cells import is_figure
from ingest.scan.reader import read_picture
from schemas.doubts import LOOK_AT

_FONTS = Path("/usr/share/fonts/truetype/liberation2")
DPI = 200
_POINT = DPI / 72
_PLACES = ("Thượng Lâm", "Cẩm Đoài", "Bình Nghĩa", "Phú Mỹ Hạ", "Vân Sơn", "Khánh Thiện", "Đồng Quế", "Yên Hưng")
_SORTS = ("Xã", "Phường", "Thị trấn", "Trạm y tế xã", "Trường THCS")
Line = Callable[[ImageDraw.ImageDraw, float, float, float, float], None]


@dataclass
class Drawn:
    """A page with its tables: for each one its rows of texts."""

    image: Image.Image
    tables: list[list[list[str]]] = field(default_factory=list)
    skew: float = 0.4


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads tables of each kind and prints how many cells came out right."""
    parser = argparse.ArgumentParser(prog="python -m bench.scanned_tables", description=__doc__.splitlines()[0])
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("--seed", type=int, default=18)
    parser.add_argument("-v", "--verbose", action="store_true", help="list the cells that came out wrong")
    options = parser.parse_args(arguments)
    whole: Counter[str] = Counter()
    for kind in options.kinds or KINDS:
        for bilevel in (False, True):
            drawn = KINDS[kind](random.Random(f"{options.seed} {kind}"))
            marks = score(drawn, worn(drawn, bilevel=bilevel), verbose=options.verbose)
            whole += marks
            print(f"{kind:>10} {'bilevel' if bilevel else 'grey':>8}  {_line(marks)}")
    print(f"{'all':>10} {'':>8}  {_line(whole)}")
    return 0


def _line(marks: Counter[str]) -> str:
    parts = (f"{name} {marks[name]}/{marks[f'all {name}']}" for name in ("grids", "cells", "figures"))
    return ", ".join([*parts, f"wrong without a doubt {marks['silent']}"])


def score(drawn: Drawn, picture: Picture, *, verbose: bool = False) -> Counter[str]:
    """What of the tables on a page is read right."""
    grids = read_picture(picture, 1).content.grids
    marks: Counter[str] = Counter()
    for place, rows in enumerate(drawn.tables):
        grid = grids[place] if place < len(grids) else None
        same = grid is not None and (grid.n_rows, grid.n_columns) == (len(rows), len(rows[0]))
        marks.update({"all grids": 1, "grids": int(same)})
        read = {(cell.row, cell.column): cell for cell in grid.cells} if grid is not None and same else {}
        for row, column, text in _cells(rows):
            cell = read.get((row, column))
            right = cell is not None and cell.text == text
            marks.update({"all cells": 1, "cells": int(right)})
            if is_figure(text):
                marks.update({"all figures": 1, "figures": int(right)})
            doubted = cell is None or not cell.text or (cell.trust or 0.0) < LOOK_AT
            marks["silent"] += not right and not doubted and is_figure(text)
            if verbose and not right and same:
                print(f"    row {row} column {column}: {text!r} read as {cell.text if cell else None!r}")
    return marks


def _cells(rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, int, str]]:
    """The cells that stand at their own place; `<` and `^` are covered by the ones on their left and over them."""
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if text not in ("<", "^"):
                yield row, column, text


def worn(drawn: Drawn, *, bilevel: bool) -> Picture:
    """The page as a scanner gives it."""
    turned = drawn.image.rotate(-drawn.skew, fillcolor=255, resample=Image.Resampling.BICUBIC)
    noise = np.random.default_rng(7).normal(0, 6, (turned.height, turned.width))
    pixels = np.clip(np.asarray(turned, np.float64) * 0.96 + noise, 0, 255)
    levels = np.where(pixels < 150, 0, 255) if bilevel else pixels
    return Picture(levels.astype(np.uint8), DPI)


def _page(*, landscape: bool = False) -> Drawn:
    width, height = (842, 595) if landscape else (595, 842)
    return Drawn(Image.new("L", (round(width * _POINT), round(height * _POINT)), 255))


def _write(drawn: Drawn, x: float, baseline: float, text: str, *, bold: bool = False) -> None:
    font = ImageFont.truetype(str(_FONTS / f"LiberationSerif-{'Bold' if bold else 'Regular'}.ttf"), round(12 * _POINT))
    ImageDraw.Draw(drawn.image).text((x * _POINT, baseline * _POINT), text, font=font, fill=20, anchor="ls")


def _whole(width: float = 0.7, colour: int = 30) -> Line:
    def line(draw: ImageDraw.ImageDraw, x0: float, y0: float, x1: float, y1: float) -> None:
        thick = max(1, round(width * _POINT))
        draw.line([(x0 * _POINT, y0 * _POINT), (x1 * _POINT, y1 * _POINT)], fill=colour, width=thick)

    return line


def _dashed(on: float, off: float, shift: float = 0.0, width: float = 0.7) -> Line:
    """Pieces of `on` points, `off` points apart; `shift` moves where they begin from line to line."""

    def line(draw: ImageDraw.ImageDraw, x0: float, y0: float, x1: float, y1: float) -> None:
        along = max(x1 - x0, y1 - y0)
        start = -((shift * (x0 + y0)) % (on + off))
        while start < along:
            first, last = max(start, 0.0) / along, min(start + on, along) / along
            if last > first:
                ends = [(x0 + share * (x1 - x0), y0 + share * (y1 - y0)) for share in (first, last)]
                _whole(width)(draw, *ends[0], *ends[1])
            start += on + off

    return line


def _double(draw: ImageDraw.ImageDraw, x0: float, y0: float, x1: float, y1: float) -> None:
    flat = x1 - x0 > y1 - y0
    for away in (-1.1, 1.1):
        dx, dy = (0.0, away) if flat else (away, 0.0)
        _whole(0.5)(draw, x0 + dx, y0 + dy, x1 + dx, y1 + dy)


def _ruled(
    drawn: Drawn, rows: list[list[str]], top: float, lefts: Sequence[float], line: Line, *, bare_head: bool = False
) -> None:
    """Draws a table; `bare_head`: no rules around its first row."""
    draw, step = ImageDraw.Draw(drawn.image), 24.0
    for row in range(len(rows) + 1):
        for column in range(len(rows[0])):
            y, (left, right) = top + step * row, lefts[column : column + 2]
            if not (bare_head and row == 0) and not (row < len(rows) and rows[row][column] == "^"):
                line(draw, left, y, right, y)
    for column in range(len(rows[0]) + 1):
        covered = [column < len(rows[0]) and texts[column] == "<" for texts in rows]
        for row in range(int(bare_head), len(rows)):
            if not covered[row]:
                line(draw, lefts[column], top + step * row, lefts[column], top + step * (row + 1))
    for row, column, text in _cells(rows):
        deep = 1 + sum(
            1 for below in range(row + 1, len(rows)) if all(rows[r][column] == "^" for r in range(row + 1, below + 1))
        )
        _write(drawn, lefts[column] + 6, top + step * (row + deep / 2) + 4.5, text, bold=row == 0)
    drawn.tables.append(rows)


def _figures(chance: random.Random, count: int, *, blank: bool = False) -> list[list[str]]:
    rows = []
    for number in range(1, count + 1):
        plan, done = chance.randint(60, 4200), chance.randint(60, 4200)
        share = f"{done / plan * 100:.1f}".replace(".", ",")
        unit = f"{chance.choice(_SORTS)} {chance.choice(_PLACES)}"
        figures = ["", "", ""] if blank else [_grouped(plan), _grouped(done), f"{share}%"]
        rows.append([str(number), unit, *figures])
    return rows


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


_HEAD = ["TT", "Đơn vị", "Kế hoạch", "Kết quả", "Tỷ lệ"]
_LEFTS = (60, 95, 260, 345, 430, 520)


def _plain(chance: random.Random, line: Line, **options: bool) -> Drawn:
    drawn = _page()
    _write(drawn, 80, 100, "Kết quả thực hiện chỉ tiêu năm của các đơn vị trên địa bàn như sau:")
    _ruled(drawn, [_HEAD, *_figures(chance, 22)], 130, _LEFTS, line, **options)
    return drawn


def _slanted(chance: random.Random) -> Drawn:
    drawn = _plain(chance, _whole())
    drawn.skew = 2.4
    return drawn


def _landscape(chance: random.Random) -> Drawn:
    drawn = _page(landscape=True)
    _write(drawn, 200, 60, "BIỂU TỔNG HỢP KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU NĂM")
    rows = [[*one, *other[2:]] for one, other in zip(_figures(chance, 18), _figures(chance, 18), strict=True)]
    head = [*_HEAD, "Kế hoạch sau", "Ước cả năm", "Tỷ lệ sau"]
    _ruled(drawn, [head, *rows], 80, (40, 75, 240, 320, 400, 480, 580, 680, 780), _whole(0.5))
    return drawn


def _two(chance: random.Random) -> Drawn:
    drawn = _page()
    for top, title in ((110, "Biểu 1. Thu ngân sách của các đơn vị"), (450, "Biểu 2. Chi ngân sách của các đơn vị")):
        _write(drawn, 150, top - 14, title)
        _ruled(drawn, [_HEAD, *_figures(chance, 10)], top, _LEFTS, _whole(0.5))
    return drawn


def _form(chance: random.Random) -> Drawn:
    drawn = _page()
    _write(drawn, 80, 100, "Đề nghị các đơn vị điền số liệu vào biểu sau và gửi về Văn phòng:")
    _ruled(drawn, [_HEAD, *_figures(chance, 8), *_figures(chance, 8, blank=True)], 130, _LEFTS, _whole(0.5))
    return drawn


def _levels(chance: random.Random) -> Drawn:
    drawn = _page()
    _write(drawn, 80, 100, "Kết quả thực hiện chỉ tiêu năm của các đơn vị trên địa bàn như sau:")
    head = [
        ["TT", "Đơn vị", "Thực hiện trong năm", "<", "<"],
        ["^", "^", "Kế hoạch", "Kết quả", "<"],
        ["^", "^", "^", "Số hộ", "Tỷ lệ"],
    ]
    _ruled(drawn, [*head, *_figures(chance, 18)], 130, _LEFTS, _whole())
    return drawn


KINDS: dict[str, Callable[[random.Random], Drawn]] = {
    "whole": lambda chance: _plain(chance, _whole()),
    "faint": lambda chance: _plain(chance, _whole(0.4, 165)),
    "broken": lambda chance: _plain(chance, _dashed(55, 9, shift=0.7)),
    "dotted": lambda chance: _plain(chance, _dashed(1.2, 1.6, width=0.8)),
    "slanted": _slanted,
    "double": lambda chance: _plain(chance, _double),
    "bare head": lambda chance: _plain(chance, _whole(), bare_head=True),
    "landscape": _landscape,
    "two": _two,
    "form": _form,
    "levels": _levels,
}


if __name__ == "__main__":
    raise SystemExit(main())
