"""What a column counts: its heading and the table's caption read with the vocabulary.

A heading is understood only when every word of it is: it is covered without rest by phrases of the vocabulary. What
does not fit has no measure, so that no figure is put under one that it is not; its concept is kept all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from congvan.dataset.words.concepts import RATIO, concept_of, read_concept
from congvan.dataset.words.vocabulary import (
    Phrase,
    cover,
    is_of_something_else,
    marked_words,
    measure_in_caption,
    measures,
    plain_words,
    plainly,
    ratio_of,
    units_of_value,
    words_of_giving,
)
from congvan.dataset.words.when import without_times
from schemas.dispatch import ColumnKind
from schemas.observation import Status

_BRACKETS = re.compile(r"\(([^()]*)\)")
_LAST_YEAR = "cung_ky"


@dataclass(frozen=True)
class Meaning:
    """What a heading says: `measure` is None where it fits none; `last_year` for `cùng kỳ năm trước`."""

    measure: str | None
    dimensions: tuple[str, ...] = ()
    status: Status | None = None
    unit: str | None = None
    last_year: bool = False
    concept: str = ""


@cache
def read_heading(path: tuple[str, ...], caption: str, kind: ColumnKind, told: str | None = None) -> Meaning:
    """The meaning of a column by its heading levels, the table's caption and what it holds.

    `told` is the unit that the table gives to all its figures.
    """
    heading = " ".join(path)
    own = _unit_in_brackets(heading)
    unit, concept = own or told, concept_of(path, caption)
    covered = cover(plain_words(without_times(_BRACKETS.sub(" ", heading))))
    percent = kind == "percent" or unit == "%"
    if covered is None:
        said = read_concept(path)
        dimensions, last_year = _dimensions(said.dimensions)
        unit = _percent(heading) if percent else unit
        return Meaning(None, dimensions, said.status or _begun(path), unit, last_year, concept)
    dimensions, last_year = _dimensions(phrase.key for phrase in covered if phrase.role == "dimension")
    measure = _measure(covered, caption, percent)
    if percent and not concept.endswith(RATIO) and not any(phrase.role == "measure" for phrase in covered):
        concept = f"{concept} / {RATIO}"  # `Kết quả` of a column of percentages
    return Meaning(
        measure=measure,
        dimensions=dimensions,
        status=_status(covered, caption, percent),
        unit=_percent(heading) if percent else unit or (measures()[measure].unit if measure else None),
        last_year=last_year,
        concept=concept,
    )


def _percent(heading: str) -> str:
    """The unit of a share; one of a thousand is not taken for one of a hundred."""
    return "‰" if "‰" in heading else "%"


def _begun(path: tuple[str, ...]) -> Status | None:
    """The status that the first words of a heading tell."""
    words = f"{plainly(path[-1])} " if path else ""
    statuses: tuple[Status, ...] = ("plan", "result")
    return next(
        (each for each in statuses if any(words.startswith(f"{one} ") for one in marked_words("begins", each))), None
    )


def of_things(meaning: Meaning, path: tuple[str, ...]) -> Meaning:
    """The meaning of a column of a table whose rows are what is counted: a heading that says only plan or result names
    no measure, though the caption does."""
    own = read_concept(path)
    unit = meaning.unit if meaning.unit == "%" or _unit_in_brackets(" ".join(path)) else None
    if own.words and own.words != RATIO:
        return replace(meaning, concept=own.words)
    return replace(meaning, measure=None, concept=own.words, unit=unit)


def _dimensions(keys: Iterable[str]) -> tuple[tuple[str, ...], bool]:
    """The breakdowns, each once, and whether the figures are of the year before."""
    found = dict.fromkeys(keys)
    return tuple(key for key in found if key != _LAST_YEAR), _LAST_YEAR in found


def _measure(covered: Sequence[Phrase], caption: str, percent: bool) -> str | None:
    named = list(dict.fromkeys(phrase.key for phrase in covered if phrase.role == "measure"))
    measure = _innermost(named) if named else measure_in_caption(caption)
    if measure is None or is_of_something_else(caption):
        return None
    needs = measures()[measure].needs
    if needs and not any(" ".join(plain_words(text)) in " ".join(plain_words(caption)) for text in needs):
        return None
    if percent and measures()[measure].kind != "ratio":
        return ratio_of(measure)
    return measure


def _innermost(named: list[str]) -> str | None:
    """Of several measures the one that is a part or a ratio of the others; None where they are unrelated."""
    for key in named:
        parents = {key, *_parents(key)}
        if all(other in parents for other in named):
            return key
    return None


def _parents(key: str) -> list[str]:
    found = []
    parent = measures()[key].parent
    while parent is not None:
        found.append(parent)
        parent = measures()[parent].parent
    return found


def _status(covered: Sequence[Phrase], caption: str, percent: bool) -> Status | None:
    roles = {phrase.role for phrase in covered}
    if percent:
        return "result"
    for status in ("plan", "estimate", "result"):
        if status in roles:
            return status
    words = f" {' '.join(plain_words(caption))} "
    gives = any(f" {' '.join(phrase)} " in words for phrase in words_of_giving())
    return "plan" if gives and " ket qua " not in words else "result"


def _unit_in_brackets(heading: str) -> str | None:
    for inside in _BRACKETS.findall(heading):
        unit = units_of_value().get(plain_words(inside))
        if unit:
            return unit
    return "%" if "%" in heading else None
