"""The header of the five source dispatches, as text: every field of the gold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.read import read_file
from parsers.header.header import read_header
from parsers.parse import parse
from parsers.record.trail import Trail
from parsers.split.split import split_dispatches
from tests.support.sources import GOLD, SEEDS, needs_seeds

FILES = sorted(SEEDS.glob("*.txt")) if SEEDS else []


@needs_seeds
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_header_is_the_gold(path: Path) -> None:
    assert GOLD is not None
    gold = json.loads((GOLD / f"{path.name[:3]}.json").read_text(encoding="utf-8"))
    gold["header"].pop("issuing_body_inferred")
    record = json.loads(parse(read_file(path)).model_dump_json())
    assert record["header"] == gold["header"]
    assert record["regime"] == gold["regime"]


@needs_seeds
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_value_shows_where_it_stands(path: Path) -> None:
    document = read_file(path)
    trail = Trail()
    _, header = read_header(split_dispatches(document)[0], trail)
    text = " ".join(document.text.split())
    for name, value in header:
        if value in (None, (), False):
            continue
        pointers = (
            [f"/header/{name}/{i}" for i in range(len(value))] if isinstance(value, tuple) else [f"/header/{name}"]
        )
        for pointer in pointers:
            assert trail.evidence[pointer], pointer
            for evidence in trail.evidence[pointer]:
                assert " ".join(evidence.quote.split()) in text
