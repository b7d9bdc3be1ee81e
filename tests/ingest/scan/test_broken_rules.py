"""Rules with holes are whole again, and dotted ones are seen; merged cells stay merged, two tables two."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from bench.scanned_tables import KINDS, score, worn
from ingest.page.rulings import COVER_OF_SCANS, Ruling, table_frames
from ingest.scan.picture.broken_rules import bridged, holes
from ingest.scan.picture.picture import prepare
from ingest.scan.picture.rules import take_rules
from tests.support.pictures import needs_ocr


def flat(top: float, x0: float, x1: float) -> Ruling:
    return Ruling(x0, top, x1, top)


def upright(x: float, top: float, bottom: float) -> Ruling:
    return Ruling(x, top, x, bottom)


def test_holes_are_closed_and_those_at_crossings() -> None:
    rulings = [flat(100, 50, 120), flat(100.5, 128, 300), upright(306, 92, 200)]
    assert bridged(rulings) == [flat(100.5, 50, 306), upright(306, 92, 200)]


def test_the_holes_of_a_rule_are_where_no_piece_lies() -> None:
    pieces = [flat(100, 50, 120), flat(101, 128, 300), upright(60, 90, 400)]
    assert holes(pieces, [flat(100.5, 50, 306)]) == [flat(100.5, 120, 128), flat(100.5, 300, 306)]
    assert holes(pieces, [upright(60, 90, 400)]) == []


def test_what_parts_merged_cells_and_tables_stays_open() -> None:
    rulings = [upright(90, 100, 140), upright(90, 156, 300), flat(100, 50, 200), flat(100, 230, 400)]
    assert sorted(bridged(rulings)) == sorted(rulings)


def _pages() -> Iterator[pytest.ParameterSet]:
    for kind, shape in (("broken", (23, 5)), ("dotted", (23, 5)), ("double", (23, 5)), ("slanted", (23, 5))):
        for bilevel in (False, True):
            yield pytest.param(kind, bilevel, [shape], id=f"{kind}-{'bilevel' if bilevel else 'grey'}")
    yield pytest.param("two", False, [(11, 5), (11, 5)], id="two-grey")
    yield pytest.param("levels", False, [(21, 5)], id="levels-grey")


@needs_ocr
@pytest.mark.parametrize(("kind", "bilevel", "shapes"), list(_pages()))
def test_the_grid_of_each_kind_of_rules_is_found(kind: str, bilevel: bool, shapes: list[tuple[int, int]]) -> None:
    _, rulings = take_rules(prepare(worn(KINDS[kind](random.Random(5)), bilevel=bilevel)))
    frames = table_frames(rulings, COVER_OF_SCANS)
    assert [(frame.n_rows, frame.n_columns) for frame in frames] == shapes


@needs_ocr
@pytest.mark.slow
def test_cells_between_dotted_rules_are_read() -> None:
    drawn = KINDS["dotted"](random.Random(5))
    marks = score(drawn, worn(drawn, bilevel=False))
    assert marks["figures"] == marks["all figures"]
    assert marks["silent"] == 0
