"""The grid of districts: provinces lie as on the map, the largest figure is darkest, gaps are shown."""

from __future__ import annotations

from pathlib import Path

from congvan.dataset.ask.indicator import Reported
from congvan.dataset.keep.build import build
from congvan.web.show.place_map import SHADES, place_map
from tests.support.desks import open_desk, put_report, visit


def figure(province: str | None, district: str, number: float) -> Reported:
    return Reported(province, district, None, "result", None, None, None, str(number), number, None, None, None,
                    "0" * 64, "/claims/0", False)  # fmt: skip


def test_provinces_lie_as_on_the_map_and_the_largest_is_darkest() -> None:
    ranked = [figure("Cà Mau", "Cái Nước", 9), figure("Hà Giang", "Bắc Mê", 5), figure("Hà Giang", "Vị Xuyên", 5)]
    made = place_map(ranked, [("Quảng Ninh", "Ba Chẽ")])
    assert made is not None
    at = {head.name: (head.x, head.y) for head in made.heads}
    assert at["Hà Giang"][1] < at["Quảng Ninh"][1] < at["Cà Mau"][1]
    assert at["Cà Mau"][0] < at["Hà Giang"][0] < at["Quảng Ninh"][0]
    shade = {tile.name: tile.shade for tile in made.tiles}
    assert shade["Cái Nước"] == SHADES - 1 and shade["Bắc Mê"] == shade["Vị Xuyên"] < SHADES - 1
    assert shade["Ba Chẽ"] is None


def test_no_two_tiles_lie_over_each_other_and_all_lie_within() -> None:
    names = ("Huế", "Thừa Thiên Huế", "Hà Nội", None, "Tỉnh không có")
    ranked = [figure(name, f"Huyện {number}", number) for name in names for number in range(3)]
    made = place_map(sorted(ranked, key=lambda one: -(one.number or 0)), [])
    assert made is not None
    places = [(tile.x, tile.y) for tile in made.tiles]
    assert len(set(places)) == len(places) == 15
    wide, tall = made.tile
    assert all(x + wide <= made.width and y + tall <= made.height for x, y in places)


def test_nothing_is_drawn_of_nothing() -> None:
    assert place_map([], []) is None


def test_indicators_and_units_are_named_as_they_are_printed(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, dataset=tmp_path / "dataset")
    put_report(desk.archive)
    build(desk.archive, tmp_path / "dataset", None, False)
    shown = visit(desk).get("/so-lieu").text
    assert ">Chỉ tiêu hộ thoát nghèo (4)</option>" in shown
    assert "<td>Xã Kim Anh</td>" in shown
