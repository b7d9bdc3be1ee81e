"""What a column counts: its heading and the table's caption read with the vocabulary.

A heading is understood only when every word of it is: it is covered without rest by phrases of the vocabulary. What
does not fit is left open, so that no figure is put under a measure that it is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from congvan.dataset.see.vocabulary import (
    Phrase,
    Words,
    is_of_something_else,
    measure_in_caption,
    measures,
    phrases,
    plain_words,
    ratio_of,
    units_of_value,
    words_of_giving,
)
from schemas.dispatch import ColumnKind
from schemas.observation import Status
from vietnamese.dates import find_dates
from vietnamese.fold import fold, nfc
from vietnamese.periods import find_periods

_BRACKETS = re.compile(r"\(([^()]*)\)")
_BARE_TIMES = re.compile(r"\b\d{1,2}/\d{1,2}\b|\b20\d\d\b|\b\d{1,2} thang\b(?: (?:dau|cuoi) nam\b)?")
_LONGEST_PHRASE = 10
_LAST_YEAR = "cung_ky"


@dataclass(frozen=True)
class Meaning:
    """What a heading says: `measure` is None where it fits none; `last_year` for `cùng kỳ năm trước`."""

    measure: str | None
    dimensions: tuple[str, ...] = ()
    status: Status | None = None
    unit: str | None = None
    last_year: bool = False


@cache
def read_heading(path: tuple[str, ...], caption: str, kind: ColumnKind) -> Meaning:
    """The meaning of a column by its heading levels, the table's caption and what it holds."""
    heading = " ".join(path)
    unit = _unit_in_brackets(heading)
    cover = _cover(plain_words(_without_times(_BRACKETS.sub(" ", heading))))
    if cover is None:
        return Meaning(None, unit=unit)
    dimensions = tuple(dict.fromkeys(phrase.key for phrase in cover if phrase.role == "dimension"))
    percent = kind == "percent" or unit == "%"
    measure = _measure(cover, caption, percent)
    return Meaning(
        measure=measure,
        dimensions=tuple(key for key in dimensions if key != _LAST_YEAR),
        status=_status(cover, caption, percent),
        unit="%" if percent else unit or (measures()[measure].unit if measure else None),
        last_year=_LAST_YEAR in dimensions,
    )


def _measure(cover: Sequence[Phrase], caption: str, percent: bool) -> str | None:
    named = list(dict.fromkeys(phrase.key for phrase in cover if phrase.role == "measure"))
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


def _status(cover: Sequence[Phrase], caption: str, percent: bool) -> Status | None:
    roles = {phrase.role for phrase in cover}
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


def _without_times(heading: str) -> str:
    """The heading without its days and periods, which are read elsewhere."""
    folded = fold(nfc(heading))
    spans = [(day.start, day.end) for day in find_dates(folded)]
    spans += [match.span() for match in _BARE_TIMES.finditer(folded)]
    spans += [(period.start, period.end) for period in find_periods(folded)]
    letters = list(nfc(heading))
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    return "".join(letters)


@cache
def _cover(words: Words) -> tuple[Phrase, ...] | None:
    """The phrases that make up the words without rest, measures and long phrases preferred; None where there are none.

    `%` may stand anywhere.
    """
    words = tuple(word for word in words if word != "%")
    best: list[tuple[int, int, tuple[Phrase, ...]] | None] = [(0, 0, ())] + [None] * len(words)
    for end in range(1, len(words) + 1):
        for start in range(max(0, end - _LONGEST_PHRASE), end):
            before = best[start]
            for phrase in phrases().get(words[start:end], ()) if before is not None else ():
                assert before is not None
                covered = before[0] + (end - start if phrase.role == "measure" else 0)
                made = (covered, before[1] - 1, (*before[2], phrase))
                if best[end] is None or made[:2] > best[end][:2]:  # type: ignore[index]  # just tested
                    best[end] = made
    last = best[-1]
    return last[2] if last else None
