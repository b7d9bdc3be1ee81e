"""Dispatches of State bodies in other hands than the corpus': each is read as its source says, as text and from Word.

The sources in `tests/cases/unseen_state` have the format of `docs/corpus.md`; offices, persons and sentences are
invented.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.score import score
from corpus.source import load
from corpus.write_docx import write_docx
from corpus.write_text import text_of
from ingest.read import read_file
from parsers.parse import parse

SOURCES = sorted((Path(__file__).parent / "cases" / "unseen_state").glob("*.toml"))
_NOT_ASKED = ("header_strict", "claims", "claim_kinds")
"""Figures are not annotated in these sources."""


@pytest.mark.parametrize("form", ["txt", "docx"])
@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_it_is_read_as_its_source_says(source: Path, form: str, tmp_path: Path) -> None:
    dispatch = load(source)
    path = tmp_path / f"dispatch.{form}"
    if form == "txt":
        path.write_text(text_of(dispatch), encoding="utf-8")
    else:
        write_docx(dispatch, path)
    marks = score(dispatch.gold(), parse(read_file(path)).model_dump(mode="json"))
    wrong = [mark for mark in marks if mark.verdict != "right" and mark.area not in _NOT_ASKED]
    assert wrong == []
