"""Which tables hold data, which of their columns count something, and whether their rows are things or units."""

from __future__ import annotations

from functools import cache

from congvan.dataset.see.facts import ColumnFacts, Columns
from congvan.dataset.words.vocabulary import marked_words, plainly

_FIGURES = ("integer", "decimal", "percent")


def figure_columns(columns: Columns) -> tuple[int, ...]:
    """The numbers of the columns whose figures count something; none in a table of styles or a list of persons.

    How a text is to look stands in such tables of Nghị định 30/2020 (phụ lục I) and Hướng dẫn 36-HD/VPTW: sizes of
    letters are no data. In a list of persons the figures are years of birth, numbers of papers and of houses.
    """
    return _figure_columns(columns.each)


@cache
def _figure_columns(columns: tuple[ColumnFacts, ...]) -> tuple[int, ...]:
    levels = [level for each in columns for level in each.path]
    if any(_begins(level, "no_data", name) for level in levels for name in ("styles", "persons")):
        return ()
    return tuple(
        number for number, column in enumerate(columns) if column.kind in _FIGURES and not _is_uncounted(column.path)
    )


def _begins(heading: str, section: str, name: str) -> bool:
    words = f"{plainly(heading)} "
    return any(words.startswith(f"{phrase} ") for phrase in marked_words(section, name))


def _is_uncounted(path: tuple[str, ...]) -> bool:
    """Whether a heading is of days, numbers of papers, telephones and the like."""
    last = plainly(path[-1]) if path else ""
    return last in marked_words("uncounted", "whole") or _begins(last, "uncounted", "begins")


@cache
def rows_are_things(columns: Columns) -> bool:
    """Whether the rows name what is counted (`Chỉ tiêu | ĐVT | Kế hoạch | Thực hiện`) and not who reports it."""
    if columns.of_names is None:
        return False
    path = columns.each[columns.of_names].path
    return columns.of_units is not None or any(_begins(level, "rows", "things") for level in path)
