"""The corpus: every form of every dispatch is there, its gold is made from its source, and the bars hold."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from bench.cases import Case, cases, cases_in
from congvan.scoring.compared import Compared
from congvan.scoring.score import score
from corpus.build import build_second, slug, sources
from corpus.gold_header import so_hieu
from corpus.markup import read
from corpus.source import load
from corpus.write_pdf import fonts_are_there
from corpus.write_text import text_of
from ingest.read import read_file
from parsers.parse import parse

FOLDERS = sources()
_needs_fonts = pytest.mark.skipif(not fonts_are_there(), reason="fonts-liberation2 and fonts-dejavu are not installed")
FORMS = ("text", "docx", "pdf", pytest.param("second", marks=_needs_fonts))
"""`second`: PDFs of another kind, whose letters with two marks stand out of order."""


@cache
def _marks(form: str) -> dict[str, list[Compared]]:
    if form != "second":
        return {case.name: _score(case) for case in cases("corpus") if case.form == form}
    with tempfile.TemporaryDirectory() as scratch:
        build_second(FOLDERS, Path(scratch))
        return {case.name: _score(case) for case in cases_in(Path(scratch), "second", "pdf")}


def _score(case: Case) -> list[Compared]:
    return score(case.gold, parse(read_file(case.path)).model_dump(mode="json"))


def _wrong(form: str, area: str) -> list[str]:
    """What is not right, told so that it can be found."""
    return [
        f"{name} {mark.verdict} {mark.field}: expected {mark.expected!r}, got {mark.got!r}"
        for name, marks in _marks(form).items()
        for mark in marks
        if mark.area == area and mark.verdict != "right"
    ]


def test_the_corpus_is_as_large_and_varied_as_it_must_be() -> None:
    dispatches = [load(folder / "dispatch.toml") for folder in FOLDERS]
    types = {one.header["doc_type"] for one in dispatches}
    regimes = Counter(one.header["regime"] for one in dispatches)
    assert len(dispatches) >= 40 and len(types) >= 12 and min(regimes.values()) >= 15
    assert any(one.attached for one in dispatches)
    assert any(one.header.get("is_draft") for one in dispatches)
    assert any(one.form.get("letterhead") == "none" for one in dispatches)
    assert any(len(table.columns) >= 11 and table.index for one in dispatches for table in one.tables)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_form_is_there_and_as_its_source_says(folder: Path) -> None:
    dispatch = load(folder / "dispatch.toml")
    assert json.loads((folder / "gold.json").read_text(encoding="utf-8")) == dispatch.gold()
    assert (folder / f"{slug(folder)}.txt").read_text(encoding="utf-8") == text_of(dispatch)
    for suffix in (".docx", ".pdf"):
        assert 0 < (folder / f"{slug(folder)}{suffix}").stat().st_size < 200_000


@pytest.mark.parametrize("form", FORMS)
def test_header_fields_are_all_right(form: str) -> None:
    assert _wrong(form, "header_soft") == []
    assert _wrong(form, "regime") == []
    assert _wrong(form, "attached") == []


@pytest.mark.parametrize("form", FORMS)
def test_tables_are_exact(form: str) -> None:
    assert _wrong(form, "tables") == []


@pytest.mark.parametrize("form", FORMS)
def test_deadlines_are_found_and_nothing_else(form: str) -> None:
    wrong = _wrong(form, "deadlines")
    right = sum(
        mark.area == "deadlines" and mark.verdict == "right" for marks in _marks(form).values() for mark in marks
    )
    assert right and 2 * right / (2 * right + len(wrong)) >= 0.99, wrong
    assert not [line for line in wrong if "DECOY" in line]


def test_markup_nests_and_leaves_the_text() -> None:
    marked = read("Gửi {d before due=2024-10-29 who=Các_xã|trước {b|ngày 30/10/2024}}{n 1}, {x|cuối năm}.")
    assert marked.text == "Gửi trước ngày 30/10/2024, cuối năm."
    (deadline,) = marked.of("d")
    assert marked.words_of(deadline) == "trước ngày 30/10/2024"
    assert deadline.words == ["before"] and deadline.named == {"due": "2024-10-29", "who": "Các xã"}
    assert [mark for *_, mark in marked.runs() if mark] == ["1"]


@pytest.mark.parametrize(
    ("number", "symbol", "written"),
    [(5, "KH/ĐU", "05-KH/ĐU"), (15, "KH-UBND", "15/KH-UBND"), (None, "CV/HU", None)],
)
def test_so_hieu_is_written_as_each_form_has_it(number: int | None, symbol: str, written: str | None) -> None:
    assert so_hieu({"number": number, "symbol": symbol}) == written
