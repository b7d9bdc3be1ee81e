"""The five source dispatches: all that their gold records hold, as text, and the same from Word and PDF."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import docx
import pytest

from bench.cases import Case, cases
from congvan.scoring.score import score
from corpus.build import convert
from corpus.write_docx import write_docx
from ingest.read import read_file
from parsers.parse import parse
from tests.support.sources import needs_seeds
from tests.support.typeset import typeset

SEEDS = cases("seeds")
AREAS = ("regime", "header_strict", "directives", "references", "tables", "cells", "deadlines")


def _record(path: Path) -> dict[str, Any]:
    return parse(read_file(path)).model_dump(mode="json")


def _wrong(case: Case, area: str) -> list[str]:
    marks = score(case.gold, _record(case.path))
    return [
        f"{mark.verdict} {mark.field}: {mark.expected!r} / {mark.got!r}"
        for mark in marks
        if mark.area == area and mark.verdict != "right"
    ]


@needs_seeds
@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("case", SEEDS, ids=lambda case: case.path.stem[:3])
def test_everything_in_the_gold_is_found(case: Case, area: str) -> None:
    assert _wrong(case, area) == []


@needs_seeds
@pytest.mark.slow
@pytest.mark.parametrize("case", SEEDS, ids=lambda case: case.path.stem[:3])
def test_word_and_pdf_give_the_record_of_the_text(case: Case, tmp_path: Path) -> None:
    expected = _comparable(_record(case.path))
    word = tmp_path / "dispatch.docx"
    text = case.path.read_text(encoding="utf-8")
    write_docx(typeset(text, case.gold), word)
    _add_last_line(word, text)
    convert([word], "pdf")
    for path in (word, word.with_suffix(".pdf")):
        assert _differences(expected, _comparable(_record(path)), path.suffix) == []


def _add_last_line(word: Path, text: str) -> None:
    """What one of them prints below its last table."""
    last = text.strip().splitlines()[-1]
    if "\t" not in last:
        document = docx.Document(str(word))
        document.add_paragraph(last)
        document.save(str(word))


def _comparable(record: dict[str, Any]) -> dict[str, Any]:
    """The record without what tells of the file: its id, source, evidence, warnings and pages."""
    kept = {key: value for key, value in record.items() if key not in ("id", "source", "evidence", "warnings")}
    # Whether a space stood behind a hyphen cannot be told where a line ends with it.
    loaded: dict[str, Any] = json.loads(json.dumps(kept, ensure_ascii=False).replace("- ", "-"))
    for table in loaded["tables"]:
        table["pages"], table["note"] = [], (table["note"] or "").strip("()")
        for row in table["rows"]:
            row["page"] = None
    return loaded


def _differences(expected: Any, got: Any, at: str) -> list[str]:
    if isinstance(expected, dict) and isinstance(got, dict):
        return [line for key in expected for line in _differences(expected[key], got.get(key), f"{at}/{key}")]
    if isinstance(expected, list) and isinstance(got, list) and len(expected) == len(got):
        pairs = enumerate(zip(expected, got, strict=True))
        return [line for place, (one, other) in pairs for line in _differences(one, other, f"{at}/{place}")]
    return [] if expected == got else [f"{at}: {expected!r} != {got!r}"]
