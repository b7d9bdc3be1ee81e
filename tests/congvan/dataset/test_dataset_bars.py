"""The dataset over real and written dispatches: each measure as a person reads it, each value its cell."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from typing import Any

from congvan.dataset.see.observe import observe
from congvan.dataset.words.headings import read_heading
from ingest.read import read_file
from parsers.parse import parse
from schemas.observation import Observation
from tests.support.sources import KNOWN, ROOT, SEEDS, needs_seeds
from vietnamese.fold import fold

CASES = tomllib.loads((KNOWN / "dataset_measures.toml").read_text(encoding="utf-8"))["table"]
FIGURES = ("integer", "decimal", "percent")
Read = dict[tuple[str, str], tuple[str, str, str]]


def _by_hand() -> Read:
    return {
        (table["caption"], heading): (measure, dimension, status)
        for table in CASES
        for heading, measure, dimension, status in table["columns"]
    }


def _columns() -> list[tuple[str, dict[str, Any]]]:
    found = []
    for path in sorted((ROOT / "corpus").glob("*/gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        for record in (gold, *gold["attached"]):
            for table in record["tables"]:
                columns = [column for column in table["columns"] if column["kind"] in FIGURES]
                found += [(table["caption"] or "", column) for column in columns]
    return found


def test_measures_of_the_corpus_are_those_that_a_person_reads() -> None:
    by_hand, columns = _by_hand(), _columns()
    right, wrong, unknown = 0, [], []
    for caption, column in columns:
        key = (caption, " / ".join(column["path"]))
        if key not in by_hand:
            unknown.append(key)
            continue
        measure, dimension, status = by_hand[key]
        meaning = read_heading(tuple(column["path"]), caption, column["kind"])
        got = (meaning.measure or "", "; ".join(meaning.dimensions), meaning.status)
        expected = (measure, dimension, status)
        if got == expected or got[0] == measure == "":
            right += 1
        elif got[0]:
            wrong.append((key, got))
    assert unknown == [] and wrong == []
    assert right >= 0.98 * len(columns), (right, len(columns))


@cache
def _observed(number: str) -> list[Observation]:
    assert SEEDS is not None
    record = parse(read_file(next(SEEDS.glob(f"{number}_*.txt"))))
    rows = observe(record)
    for row in rows:
        if row.row is None or row.column is None:
            continue
        place = int(row.pointer.split("/")[2])
        cell = record.tables[place].rows[row.row].cells[row.column]
        assert row.value == (None if cell.value is None else str(cell.value))
    return rows


@needs_seeds
def test_unit_rows_of_three_districts_and_prose_of_two_more_bodies() -> None:
    units: dict[str, int] = {}
    for number in ("000", "001", "002", "003", "004"):
        rows = _observed(number)
        count = len({(row.table, row.row) for row in rows if row.table and row.part == "unit"})
        units[number] = count
    assert sorted(units.values()) == [0, 0, 51, 55, 57], units
    without = [number for number, count in units.items() if count == 0]
    assert all(_observed(number) and all(row.table is None for row in _observed(number)) for number in without)
    districts = {row.district for number, count in units.items() if count for row in _observed(number)}
    assert len(districts) == 3 and None not in districts, districts


@needs_seeds
def test_no_total_is_a_unit() -> None:
    for number in ("000", "001", "002", "003", "004"):
        units = [fold(row.unit).split() for row in _observed(number) if row.table and row.unit]
        assert not [words for words in units if words in (["tong"], ["cong"], ["tong", "cong"], ["tong", "so"])]
