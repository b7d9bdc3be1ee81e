"""Dispatches of State bodies in other hands than the corpus': each is read as its source says, as text and from Word.

The sources in `tests/cases/unseen_state` have the format of `docs/corpus.md`; offices, persons and sentences are
invented.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from congvan.scoring.score import score
from corpus.source import load
from corpus.write_docx import write_docx
from corpus.write_text import text_of
from ingest.read import read_file
from parsers.parse import parse
from schemas.dispatch import Deadline
from tests.support.sources import KNOWN

SOURCES = sorted((KNOWN / "unseen_state").glob("*.toml"))
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


TEXTS = tomllib.loads((KNOWN / "unseen_state_texts.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", TEXTS, ids=lambda case: case["name"])
def test_a_text_is_read_as_a_reader_would(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "dispatch.txt"
    path.write_text(case["text"], encoding="utf-8")
    record = parse(read_file(path))
    signer = record.header.signers[0]
    got = record.header.model_dump(mode="json") | {
        "recipients": list(record.header.recipients),
        "signer": f"{signer.title}|{signer.name}",
        "who": ["; ".join(item.assignees) for item in record.directives],
        "due": [_limit(one) for one in record.deadlines],
        "bound": ["; ".join(one.assignees) for one in record.deadlines],
        "cited": [one.so_hieu for one in record.references],
        "cited_issuers": [one.issuer for one in record.references],
    }
    told = {key: value for key, value in case.items() if key not in ("name", "text")}
    assert {key: got[key] for key in told} == told


def _limit(deadline: Deadline) -> str:
    """The last day, or how it recurs, with its hour."""
    return str(deadline.due) if deadline.due else f"{deadline.recurrence} {deadline.due_time}"
