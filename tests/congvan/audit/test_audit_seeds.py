"""The audit of the source dispatches: the errors of the gold are reported with their numbers, and nothing fine is."""

from __future__ import annotations

from functools import cache

import pytest

from congvan.audit.audit import Audit, audit
from ingest.door.registry import SourceFile
from ingest.text.reader import read_text
from parsers.parse import parse
from schemas.finding import Finding
from tests.support.sources import SEEDS, needs_seeds

pytestmark = needs_seeds


@cache
def _audit(name: str) -> Audit:
    assert SEEDS is not None
    path = next(SEEDS.glob(f"{name}*.txt"))
    return audit(parse(read_text(SourceFile(path, "text/plain", path.read_bytes()))))


def _wrong(name: str) -> set[tuple[str, str | None, str | None]]:
    return {(one.check, one.reported, one.computed) for one in _audit(name).findings if one.verdict == "disagrees"}


def test_every_error_of_the_report_is_found_and_nothing_else() -> None:
    assert _wrong("000") == {
        ("column_total", "521", "519"),
        ("column_total", "251", "255"),
        ("column_total", "174", "181"),
        ("column_total", "69,3%", "70.98"),
        ("prose_ratio", "112%", "110"),
        ("prose_vs_table", "11/10=112%", "11 · 10 · 110.00%"),
        ("prose_count", "9", "11"),
        ("prose_count", "10", "11"),
        ("row_ratio", "33,30%", "33.33"),
    }


def test_the_one_figure_that_was_cut_off_is_explained_by_the_custom_of_the_rest() -> None:
    (cut,) = [one for one in _audit("000").findings if one.verdict == "truncated"]
    assert (cut.check, cut.reported, cut.computed) == ("prose_ratio", "112%", "112.5")
    assert "cắt bớt" in cut.explanation


@pytest.mark.parametrize("name", ["001", "002", "003", "004"])
def test_dispatches_without_errors_raise_no_disagreement(name: str) -> None:
    assert _wrong(name) == set()


def test_implied_wholes_and_grand_totals_are_given() -> None:
    implied = {one.reported: one.computed for one in _audit("001").findings if one.check == "prose_ratio"}
    assert implied["48.2%"] == "110"
    (grand,) = [one for one in _audit("004").findings if one.check == "grand_total"]
    assert (grand.verdict, grand.computed) == ("agrees", "220")


def test_an_absent_appendix_is_named_and_accuses_nobody() -> None:
    (absent,) = [one for one in _audit("002").findings if one.check == "missing_appendix"]
    assert absent.verdict == "cannot_tell"


@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_every_figure_is_counted_once(name: str) -> None:
    counts = _audit(name).counts
    keys = ("checked", "cannot_tell", "operands", "unchecked")
    assert counts["figures"] == sum(value for key in keys if isinstance(value := counts[key], int))


def test_explanations_are_one_sentence_with_the_numbers() -> None:
    wrong: list[Finding] = [one for one in _audit("000").findings if one.verdict == "disagrees"]
    for finding in wrong:
        assert "\n" not in finding.explanation
        assert (finding.reported or "").split("=")[0].rstrip("%") in finding.explanation.replace(",", ".") or (
            finding.reported or ""
        ) in finding.explanation
