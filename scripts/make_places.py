"""Makes `congvan/dataset/see/places.csv` from the facts in two packages: `python scripts/make_places.py FOLDER`.

FOLDER holds the unpacked wheels of vietnam-provinces 0.5.0 (units of 2023), 0.6.0 (of January 2025) and 2025.10.1
(since 1 July 2025), and of vietnamadminunits 1.0.4 (which new commune an old one went into). Only facts are taken:
names, codes, what belongs to what, what became of it. Not part of the program; run again only when the units change.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from pathlib import Path
from typing import Any

from vietnamese.fold import fold, nfc

KINDS = ("thành phố", "thị xã", "thị trấn", "quận", "huyện", "phường", "xã", "đặc khu", "tỉnh")
OLD_END, NEW_START = "2025-06-30", "2025-07-01"
MERGERS_END, MERGERS_START = "2024-12-31", "2025-01-01"
LEVELS = ("commune", "district", "province")
FIELDS = ("id", "code", "level", "kind", "name", "parent", "valid_from", "valid_to", "successors")
Row = dict[str, str]


def load(folder: Path, wheel: str, name: str) -> Any:
    return json.loads(next(folder.glob(f"{wheel}*/*/data/{name}.json")).read_text(encoding="utf-8"))


def split_kind(name: str) -> tuple[str, str]:
    for kind in KINDS:
        if fold(name).startswith(fold(kind) + " "):
            return kind, name[len(kind) + 1 :].strip()
    return "tỉnh", name


def row(id_: str, code: int, level: str, name: str, parent: str, valid: tuple[str, str]) -> Row:
    kind, short = split_kind(nfc(name))
    return dict(zip(FIELDS, (id_, str(code), level, kind, short, parent, *valid, ""), strict=True))


def key(*names: str) -> str:
    return "_".join(re.sub(r"[^a-z0-9]", "", fold(nfc(name))) for name in names)


def one_key(unit: Row) -> str:
    return key(unit["kind"] + unit["name"])


def new_units(folder: Path) -> dict[str, Row]:
    units = {}
    for province in load(folder, "vietnam_provinces-2025", "nested-divisions"):
        id_ = f"n{province['code']:02}"
        units[id_] = row(id_, province["code"], "province", province["name"], "", (NEW_START, ""))
        for ward in province["wards"]:
            id_ward = f"n{ward['code']:05}"
            units[id_ward] = row(id_ward, ward["code"], "commune", ward["name"], id_, (NEW_START, ""))
    return units


def old_units(folder: Path) -> dict[str, Row]:
    """Units before July 2025; one that has another name in January 2025 than in 2023 stands once for each."""
    before = load(folder, "vietnam_provinces-0.5", "flat-divisions")
    after = load(folder, "vietnam_provinces-0.6", "flat-divisions")
    units: dict[str, Row] = {}
    for flat, mark in ((before, ""), (after, "b")):
        for unit in flat:
            add_old(units, unit, mark)
    later = {name for unit in after for name in names_of(unit)}
    for id_, unit in units.items():
        is_later = (unit["code"], full_name(units, unit)) in later and f"{id_}b" not in units
        if unit["valid_from"] == "" and not is_later:
            unit["valid_to"] = MERGERS_END
    return units


def names_of(unit: dict[str, Any]) -> list[tuple[str, tuple[str, str, str]]]:
    """The codes and full names of a unit and what it belongs to."""
    province, district, ward = (key(unit[f"{level}_name"]) for level in ("province", "district", "ward"))
    names = (province, "", ""), (province, district, ""), (province, district, ward)
    return list(zip((str(unit[f"{level}_code"]) for level in ("province", "district", "ward")), names, strict=True))


def full_name(units: dict[str, Row], unit: Row) -> tuple[str, str, str]:
    names = [one_key(unit)]
    while unit["parent"]:
        unit = units[unit["parent"]]
        names.insert(0, one_key(unit))
    province, district, ward = (*names, "", "")[:3]
    return province, district, ward


def add_old(units: dict[str, Row], unit: dict[str, Any], mark: str) -> None:
    days = (MERGERS_START if mark else "", OLD_END)
    province, district = unit["province_code"], unit["district_code"]
    above = add_one(units, mark, row(f"{province:02}", province, "province", unit["province_name"], "", days))
    id_ = add_one(units, mark, row(f"{district:03}", district, "district", unit["district_name"], above, days))
    if ward := unit["ward_code"]:
        add_one(units, mark, row(f"{ward:05}", ward, "commune", unit["ward_name"], id_, days))


def add_one(units: dict[str, Row], mark: str, made: Row) -> str:
    """Add a unit; one that is there already under another name or parent is added beside it, marked."""
    known = units.get(made["id"])
    if known and any(known[name] != made[name] for name in ("kind", "name", "parent")):
        made["id"] += mark
    units.setdefault(made["id"], made)
    return made["id"]


def add_successors(folder: Path, old: dict[str, Row], new: dict[str, Row]) -> None:
    table = load(folder, "vietnamadminunits", "converter_2025")
    provinces = {one_key(unit): unit for unit in new.values() if unit["level"] == "province"}
    into_province = {source: target for target, sources in table["DICT_PROVINCE"].items() for source in sources}
    into: dict[str, set[str]] = {}
    for target, wards in table["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, sources in wards.items():
            for source in sources:
                into.setdefault(source, set()).add(f"{target}_{ward}")
    for target, sources in table["DICT_PROVINCE_WARD_DIVIDED"].items():
        for source, parts in sources.items():
            into.setdefault(source, set()).update(f"{target}_{part['newWardKey']}" for part in parts)
    communes = [unit for unit in new.values() if unit["level"] == "commune"]
    ids = {f"{one_key(new[unit['parent']])}_{one_key(unit)}": unit["id"] for unit in communes}
    for unit in old.values():
        if unit["level"] == "province":
            name = one_key(unit)
            renamed, merged = f"{unit['id']}b", provinces.get(into_province.get(name, name))
            unit["successors"] = renamed if renamed in old else merged["id"] if merged else ""
        elif unit["level"] == "commune":
            found = into.get("_".join(full_name(old, unit)), set())
            unit["successors"] = " ".join(sorted(ids[name] for name in found if name in ids))


def main(folder: Path, target: Path) -> None:
    old, new = old_units(folder), new_units(folder)
    add_successors(folder, old, new)
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(
            sorted([*old.values(), *new.values()], key=lambda unit: (-LEVELS.index(unit["level"]), unit["id"]))
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path("congvan/dataset/see/places.csv"))
