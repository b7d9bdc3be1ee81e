"""The table of places against two independent packages, no dependencies of ours: each skipped where absent."""

from __future__ import annotations

import datetime as dt
import importlib.util
import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from congvan.dataset.see.places import Place, gazetteer
from vietnamese.fold import nfc
from vietnamese.tones import tone_key

AFTER = dt.date(2025, 7, 1)
BEFORE = dt.date(2025, 6, 30)
Units = dict[int, str]


def folder_of(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        pytest.skip(f"{package} is not installed")
    return Path(spec.origin).parent


def spoken(name: str) -> str:
    """A name without what the two packages and the decrees print differently: dashes, apostrophes, spaces, `tỉnh`."""
    plain = nfc(name).lower().replace("’", "'").replace("–", "-").replace(" - ", "-").replace("h' d", "h'd")
    return tone_key(" ".join(plain.split())).removeprefix("tỉnh ")


def ours(level: str, day: dt.date) -> Units:
    places: list[Place] = [place for place in gazetteer().by_id.values() if place.level == level and place.existed(day)]
    return {place.code: spoken(f"{place.kind} {place.name}") for place in places}


def theirs(rows: list[tuple[str, str]]) -> Units:
    return {int(code): spoken(name) for code, name in rows}


def test_the_units_of_today_are_those_of_vietnam_provinces() -> None:
    folder_of("vietnam_provinces")
    from vietnam_provinces import Province, Ward  # type: ignore[import-not-found,unused-ignore]  # not a dependency

    provinces = theirs([(str(int(one.code)), one.name) for one in Province.iter_all()])
    communes = theirs([(str(int(one.code)), one.name) for one in Ward.iter_all()])
    assert len(provinces) == 34 and ours("province", AFTER) == provinces
    assert len(communes) == 3321 and ours("commune", AFTER) == communes


def ask(statement: str) -> Units:
    path = folder_of("vietnamadminunits") / "data" / "dataset.db"
    with sqlite3.connect(path) as connection:
        return theirs(connection.execute(statement).fetchall())


def test_the_names_of_today_are_those_of_vietnamadminunits() -> None:
    """Its codes are of another list; its names must be the same."""
    assert ask("SELECT DISTINCT provinceCode, province FROM admin_units") == ours("province", AFTER)
    assert Counter(ask("SELECT wardCode, ward FROM admin_units").values()) == Counter(ours("commune", AFTER).values())


def test_the_units_before_the_reform_are_nearly_those_of_vietnamadminunits() -> None:
    """It spells some names otherwise (Sỹ, Sĩ) and holds a few units that had been merged by then, or not yet."""
    provinces = ask("SELECT DISTINCT provinceCode, province FROM admin_units_legacy")
    assert provinces == ours("province", BEFORE)
    districts = ask("SELECT DISTINCT districtCode, district FROM admin_units_legacy WHERE districtCode > ''")
    assert len(differences(districts, ours("district", BEFORE))) <= 0.03 * len(districts)
    communes = ask("SELECT wardCode, ward FROM admin_units_legacy WHERE wardCode > ''")
    assert len(differences(communes, ours("commune", BEFORE))) <= 0.04 * len(communes)


def differences(one: Units, other: Units) -> list[tuple[int, str | None, str | None]]:
    return [
        (code, one.get(code), other.get(code)) for code in sorted({*one, *other}) if one.get(code) != other.get(code)
    ]


def test_hue_is_a_city_of_its_own_since_january_2025() -> None:
    places = gazetteer()
    last, first = dt.date(2024, 12, 31), dt.date(2025, 1, 1)
    assert places.province("Huế", last) is None and places.province("Thừa Thiên Huế", first) is None
    before, after = places.province("Thừa Thiên Huế", last), places.province("Huế", first)
    assert before is not None and after is not None and before.place.successors == (after.place.id,)
    assert (before.place.kind, after.place.kind, after.place.successors) == ("tỉnh", "thành phố", ("n46",))
    for province, day, names in (
        (before.place, last, {"Huế": "thành phố", "Phong Điền": "huyện", "Quảng Điền": "huyện"}),
        (after.place, first, {"Thuận Hóa": "quận", "Phong Điền": "thị xã", "Quảng Điền": "huyện"}),
    ):
        found = {name: places.within(province, name, None, day) for name in names}
        assert {name: match and match.place.kind for name, match in found.items()} == names


def test_no_unit_of_one_code_is_there_twice_on_a_day() -> None:
    for day in (dt.date(2024, 12, 31), dt.date(2025, 1, 1), BEFORE, AFTER):
        codes = Counter((each.level, each.code) for each in gazetteer().by_id.values() if each.existed(day))
        assert not [code for code, count in codes.items() if count > 1]
