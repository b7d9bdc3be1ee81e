"""An indicator as a grid that lies like the map: provinces by where they are, their districts as tiles beneath, darker
the larger the figure. Rows and columns in which nothing stands are left out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from congvan.dataset.ask.indicator import Reported
from vietnamese.fold import fold

SHADES = 5
_WIDE, _TALL, _HEAD, _GAP = 150.0, 26.0, 20.0, 6.0
Cell = tuple[int, int]


class PlaceTile(NamedTuple):
    """A district: where its tile stands, how dark it is (none where it has no figure), and its figure."""

    x: float
    y: float
    name: str
    shade: int | None
    one: Reported | None


class PlaceHead(NamedTuple):
    """The name of a province above its districts."""

    x: float
    y: float
    name: str


class PlaceMap(NamedTuple):
    """The grid: its size, that of a tile, the provinces' names and the tiles."""

    width: float
    height: float
    tile: tuple[float, float]
    heads: list[PlaceHead]
    tiles: list[PlaceTile]


def place_map(ranked: Sequence[Reported], absent: Sequence[tuple[str | None, str]]) -> PlaceMap | None:
    """The grid of figures ranked from the largest down, and of the districts that have none; None for no district."""
    shades = _shades(ranked)
    districts: dict[str, list[tuple[str, int | None, Reported | None]]] = {}
    for figure, dark in zip(ranked, shades, strict=True):
        districts.setdefault(figure.province or "", []).append((figure.district or "", dark, figure))
    for province, name in absent:
        districts.setdefault(province or "", []).append((name, None, None))
    if not districts:
        return None
    places = _packed({province: _cell(province) for province in districts})
    tops, bottom = _tops(places, {province: len(found) for province, found in districts.items()})
    heads, tiles = [], []
    for province, (column, row) in places.items():
        x, y = column * (_WIDE + _GAP), tops[row]
        heads.append(PlaceHead(x, y + _HEAD - 6, province))
        for number, (name, shade, one) in enumerate(sorted(districts[province], key=lambda each: fold(each[0]))):
            tiles.append(PlaceTile(x, y + _HEAD + number * _TALL, name, shade, one))
    width = (max(column for column, _ in places.values()) + 1) * (_WIDE + _GAP) - _GAP
    return PlaceMap(width, bottom, (_WIDE, _TALL - 2), heads, tiles)


@cache
def _cells() -> dict[str, Cell]:
    text = files("congvan.web.show").joinpath("place_map.toml").read_text(encoding="utf-8")
    return {fold(name): (column, row) for name, (column, row) in tomllib.loads(text)["cells"].items()}


def _cell(province: str) -> Cell:
    """The cell of a province; what is not known stands below all others."""
    lowest = max(row for _, row in _cells().values()) + 1
    return _cells().get(fold(province), (0, lowest))


def _packed(cells: Mapping[str, Cell]) -> dict[str, Cell]:
    """The same cells without the rows and columns that are empty; two provinces of one cell stand side by side."""
    columns = {column: place for place, column in enumerate(sorted({column for column, _ in cells.values()}))}
    rows = {row: place for place, row in enumerate(sorted({row for _, row in cells.values()}))}
    taken: set[Cell] = set()
    packed = {}
    for province, (column, row) in sorted(cells.items()):
        place = (columns[column], rows[row])
        while place in taken:
            place = (place[0] + 1, place[1])
        taken.add(place)
        packed[province] = place
    return packed


def _tops(places: Mapping[str, Cell], sizes: Mapping[str, int]) -> tuple[dict[int, float], float]:
    """Where each row begins, each as tall as its province with most districts; and where the last one ends."""
    tops, y = {}, 0.0
    for row in sorted({row for _, row in places.values()}):
        most = max(sizes[province] for province, place in places.items() if place[1] == row)
        tops[row] = y
        y += _HEAD + most * _TALL + _GAP
    return tops, y


def _shades(ranked: Sequence[Reported]) -> list[int]:
    """How dark each figure is: fifths of the ranking, the largest darkest; equal figures alike."""
    shades: list[int] = []
    for place, one in enumerate(ranked):
        same = place > 0 and ranked[place - 1].number == one.number
        shades.append(shades[-1] if same else SHADES - 1 - place * SHADES // len(ranked))
    return shades
