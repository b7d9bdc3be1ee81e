"""Tables and claims of the source dispatches, against their gold."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ingest.door.registry import SourceFile
from ingest.text.reader import read_text
from parsers.claims.claims import prose, read_claims
from parsers.record.trail import Trail
from parsers.split.split import split_dispatches
from parsers.tables.tables import read_tables
from schemas.dispatch import Claim, Table
from tests.support.sources import GOLD, SEEDS, needs_seeds

pytestmark = needs_seeds
NAMES = [path.stem[:3] for path in sorted(SEEDS.glob("*.txt"))] if SEEDS else []


@cache
def _read(name: str) -> tuple[tuple[Table, ...], tuple[Claim, ...]]:
    assert SEEDS is not None
    path = next(SEEDS.glob(f"{name}*.txt"))
    parts = split_dispatches(read_text(SourceFile(path, "text/plain", path.read_bytes())))[0]
    return read_tables(parts, Trail()), read_claims(prose(parts), Trail())


def _gold(name: str) -> dict[str, Any]:
    assert GOLD is not None
    gold: dict[str, Any] = json.loads((Path(GOLD) / f"{name}.json").read_text(encoding="utf-8"))
    return gold


@pytest.mark.parametrize("name", NAMES)
def test_tables_are_as_in_the_gold(name: str) -> None:
    found, _ = _read(name)
    expected = _gold(name).get("tables", [])
    assert len(found) == len(expected)
    for table, gold in zip(found, expected, strict=True):
        assert (table.label, table.caption, table.note) == (gold["label"], gold["caption"], gold["note"])
        assert [[list(one.path), one.kind] for one in table.columns] == [
            [c["path"], c["kind"]] for c in gold["columns"]
        ]
        assert [row.kind for row in table.rows] == [row["kind"] for row in gold["rows"]]
        assert [[cell.text for cell in row.cells] for row in table.rows] == [row["cells"] for row in gold["rows"]]


@pytest.mark.parametrize("name", NAMES)
def test_claims_are_as_in_the_gold(name: str) -> None:
    _, found = _read(name)
    keys = ("kind", "numerator", "percent", "decimals", "qualifier")
    wanted = [tuple(claim[key] for key in keys) for claim in _gold(name)["claims"]]
    got = [tuple(getattr(claim, key) for key in keys) for claim in found]
    assert sorted(map(repr, got)) == sorted(map(repr, wanted))
