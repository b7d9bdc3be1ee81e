"""Specks in cells are taken off; figures against their table's custom are doubted, none is changed."""

from __future__ import annotations

import pytest

from ingest.scan.signs import tidy_cells
from schemas.document import Cell, Grid


def grid_of(*rows: list[str]) -> Grid:
    cells = tuple(
        Cell(row=row, column=column, text=text, page=1, confidence=0.96)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
    return Grid(page=1, box=(0, 0, 9, 9), n_rows=len(rows), n_columns=len(rows[0]), cells=cells)


def column(grid: Grid, number: int) -> list[str]:
    return [cell.text for cell in grid.cells if cell.column == number]


def doubted(grid: Grid) -> list[str]:
    return [cell.text for cell in grid.cells if (cell.trust or 0.0) < 0.9]


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("'Vượt chỉ tiêu", "Vượt chỉ tiêu"),
        ("Tân Khánh .", "Tân Khánh"),
        ("`12|", "12"),
        ("_ Xã An Hạ ’", "Xã An Hạ"),
        ("- Xã An Hạ", "- Xã An Hạ"),
        ("Xã An Hạ.", "Xã An Hạ."),
        ("“Dân vận khéo”", "“Dân vận khéo”"),
        ("Dân số trung bình :", "Dân số trung bình :"),
        ("(*)", "(*)"),
        ("50%", "50%"),
    ],
)
def test_specks_are_taken_off(seen: str, meant: str) -> None:
    assert column(tidy_cells(grid_of([seen])), 0) == [meant]


def test_a_point_behind_one_number_of_many_is_a_speck() -> None:
    tidied = tidy_cells(grid_of(["1"], ["2."], ["3"], ["4"]))
    assert column(tidied, 0) == ["1", "2", "3", "4"]
    assert doubted(tidied) == ["2"]
    assert column(tidy_cells(grid_of(["1."], ["2."], ["3"], ["4."])), 0) == ["1.", "2.", "3", "4."]


def test_a_lost_sign_between_thousands_is_doubted() -> None:
    tidied = tidy_cells(grid_of(["1.572"], ["5366"], ["2.004"], ["1.871.225"], ["2024"], ["812"]))
    assert column(tidied, 0)[1] == "5366"
    assert doubted(tidied) == ["5366"]


def test_another_decimal_sign_than_the_tables_is_doubted() -> None:
    assert doubted(tidy_cells(grid_of(["94.0%"], ["91,5%"], ["88,25"], ["90,0%"], ["1.204"]))) == ["94.0%"]


def test_no_custom_no_doubt() -> None:
    assert doubted(tidy_cells(grid_of(["5366"], ["1.572"], ["4120"], ["94.0%"], ["91,5%"]))) == []


def test_two_figures_in_one_cell_are_doubted() -> None:
    assert doubted(tidy_cells(grid_of(["98 212"], ["98"], ["12/15"]))) == ["98 212"]
