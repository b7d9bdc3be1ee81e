"""Strokes in a table that are none of its rules; rules that are short, broken or run over their border stay."""

from __future__ import annotations

import pytest

from ingest.page.rulings import Ruling
from ingest.scan.picture.stray_rules import strays

_ROWS, _COLUMNS = (100, 140, 160, 180, 200, 400), (50, 90, 250, 350, 450, 550)


def flat(top: float, x0: float, x1: float) -> Ruling:
    return Ruling(x0, top, x1, top)


def upright(x: float, top: float, bottom: float) -> Ruling:
    return Ruling(x, top, x, bottom)


def table() -> list[Ruling]:
    rows = [flat(top, _COLUMNS[0], _COLUMNS[-1]) for top in _ROWS]
    return rows + [upright(left, _ROWS[0], _ROWS[-1]) for left in _COLUMNS]


@pytest.mark.parametrize(
    "stroke",
    [
        pytest.param(upright(280, 92, 128), id="the side of a ring that runs out over the border"),
        pytest.param(upright(300, 104, 124), id="its other side, which ends in the cell"),
        pytest.param(flat(150, 258, 285), id="its foot"),
        pytest.param(flat(120, 56, 80), id="serifs in a row"),
        pytest.param(upright(120, 166, 176), id="a pen's stroke"),
    ],
)
def test_strokes_that_end_in_a_cell_are_no_rules(stroke: Ruling) -> None:
    rulings = [*table(), stroke]
    assert strays(rulings) == {len(rulings) - 1}


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param(flat(120, 250, 450), id="under a heading over two columns"),
        pytest.param(flat(120, 244, 456), id="the same, drawn a little too long"),
        pytest.param(upright(400, 121, 139), id="between two headings only"),
        pytest.param(upright(300, 160, 400), id="from the heading's foot down"),
        pytest.param(flat(120, 252, 424), id="a rule whose end is worn off"),
    ],
)
def test_short_and_worn_rules_stay(rule: Ruling) -> None:
    assert strays([*table(), flat(120, 250, 450), rule]) == set()


def test_pieces_of_a_broken_rule_stay_with_the_rest_of_it() -> None:
    rulings = [one for one in table() if not (one.horizontal and one.top == 200)]
    assert strays([*rulings, flat(200, 50, 120), flat(200.8, 160, 550)]) == set()


def test_lines_outside_tables_are_left_alone() -> None:
    assert strays([*table(), flat(60, 330, 490), upright(30, 500, 560)]) == set()
