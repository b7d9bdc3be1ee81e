"""Rows that number the columns, and the formulas in them, as offices type them."""

from __future__ import annotations

import pytest

from congvan.audit.read.formula import number_places, parse_formula
from parsers.tables.grid_lines import GridLine, Slot
from parsers.tables.table_heading import column_numbers, is_numbering


def line(texts: list[str]) -> GridLine:
    return GridLine(tuple(Slot(text) for text in texts), 1)


@pytest.mark.parametrize(
    ("row", "place", "formula"),
    [
        ("A|B|1|2|3=2/1", 4, "«3» / «2»"),
        ("(1)|(2)|(3)|(4)|(5)=(4)/(3)*100", 4, "«3» / «2» * 100"),
        ("1|2|3|4|=4:3", 4, "«3» / «2»"),
        ("1|2|3|4|(5=4/3)", 4, "«3» / «2»"),
        ("1|2|3|4|5=4/3x100", 4, "«3» / «2» * 100"),
        ("1|2|3|4|5=4 x 100 / 3", 4, "«3» * 100 / «2»"),
        ("1|2|3|4|5=4/3*1.000", 4, "«3» / «2» * 1000"),
        ("1|2|3|4|5=4/3%", 4, "«3» / «2»"),
        ("1|2|3|4|5=4/3;|6", 4, "«3» / «2»"),
        ("1|2|3|4|5 = 4/3 (lần)", 4, "«3» / «2»"),
        ("1|2|3|4| 5=4/3 |6=4/cột 3", 5, "«3» / «2»"),
        ("Cột 1|Cột 2|Cột 3|Cột 4=3/2", 3, "«2» / «1»"),
        ("1|2|3=4+5+…+7|4|5|6|7", 2, "«3» + «4» + «5» + «6»"),
        ("1|2|(3)=(4)+...+(7)|4|5|6|7", 2, "«3» + «4» + «5» + «6»"),
        ("1|2|3=4->7|4|5|6|7", 2, "«3» + «4» + «5» + «6»"),
        ("1|2|3|4a|4b|5=4b/3", 5, "«4» / «2»"),
        ("1|2|3|3.1|3.2|4=3.2/3", 5, "«4» / «2»"),
        ("I|II|III|IV|V=IV/III", 4, "«3» / «2»"),
        ("a|b|c|d=c/b", 3, "«2» / «1»"),
        ("1|2|3=4+5|4|5|6=5/3||8|9=8/4|10", 8, "«7» / «3»"),
    ],
)
def test_a_formula_row_is_no_data_and_says_which_columns_make_which(row: str, place: int, formula: str) -> None:
    texts = row.split("|")
    assert is_numbering(line(texts))
    found = parse_formula(texts[place], number_places(list(texts)))
    assert found is not None
    assert found.words(str) == formula


@pytest.mark.parametrize("row", ["-1|-2|-3|-4|-5", "1|2|3|4|%", "1|2|3|4|TH/KH", "1|2|3|4|5=4÷3"])
def test_rows_that_number_the_columns_in_other_ways(row: str) -> None:
    assert is_numbering(line(row.split("|")))


@pytest.mark.parametrize(
    "row", ["1|Xã An Bình|3|4|5", "1|2,5|3,5|4,2", "1|2.5|3.5|4.2", "Xã Kim Long|1|2|4", "1|12|2|16|3|75%"]
)
def test_rows_of_data_number_nothing(row: str) -> None:
    assert not is_numbering(line(row.split("|")))


@pytest.mark.parametrize(
    ("row", "numbers"),
    [
        ("A|B|1|2|3|4|541|6=3/1|742|8", "A|B|1|2|3|4|5|6=3/1|7|8"),  # 5=4/1, 7=4/2
        ("1|2|3|4516|5|6|78910|8|9", "1|2|3|4|5|6|7|8|9"),  # 4=5+6, 7=8+9+10
        ("1|2|3|4|82/1|6|742100|8|9", "1|2|3|4|82/1|6|7|8|9"),  # 5=2/1 lost its head, 7=4/2*100
    ],
)
def test_formulas_that_a_scan_made_numbers_of_still_count_the_columns(row: str, numbers: str) -> None:
    assert is_numbering(line(row.split("|")))
    assert column_numbers(line(row.split("|"))) == numbers.split("|")


def test_a_row_in_brackets_of_which_a_scan_lost_half_still_counts_the_columns() -> None:
    assert is_numbering(line(["q)", "(2)", "(3)", "(4)", "(5)=(Œ)/ (3)", "Œ)", "(7)", "q0)", "(9)=42)/ (7)"]))
    assert not is_numbering(line(["1", "Xã Hòa An", "(3)", "(4)", "(5)", "(6)", "(7)", "12", "15", "18"]))


@pytest.mark.parametrize("row", ["1|Xã Hòa An|3|4|5|6|7", "1|2|13|24|15|36|47|28", "1|12|13|14|150|160|170"])
def test_figures_that_do_not_count_their_columns_are_data(row: str) -> None:
    assert not is_numbering(line(row.split("|")))
