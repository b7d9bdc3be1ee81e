"""A table of any measure: its figures one by one, or a pivot of them by district, unit or whatever they differ in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from congvan.dataset.ask.dataframes import Dataset
from congvan.dataset.ask.measure_rules import nearest
from congvan.dataset.ask.questions import MEASURES, TIDY
from congvan.dataset.words.concepts import asked_words
from congvan.dataset.words.vocabulary import dimension_labels
from vietnamese.fold import fold, nfc

BY = ("province", "district", "commune", "unit", "section", "body", "year")
"""What a pivot may have a row for."""
_STATUS = {"plan": "kế hoạch", "result": "thực hiện", "estimate": "ước"}
_PARTS = ("unit", "total", "subtotal")
_PERIOD = ["period_end", "as_of", "period_start"]


class Asked(NamedTuple):
    """The measures that were meant, none where nothing is called so; then the nearest that there are."""

    measures: list[str]
    nearest: list[str]


def meant_by(dataset: Dataset, text: str) -> Asked:
    """The measures that a person means: by name or by the words of a heading, whole; nothing is guessed."""
    known = dataset.frame(MEASURES)
    if known.empty:
        return Asked([], [])
    asked = {fold(nfc(text)).strip(), fold(asked_words(text))}
    alike = known["indicator"].map(_asked).isin(asked) | known["words"].fillna("").isin(asked)
    found = list(known[alike]["indicator"])
    return Asked(found, [] if found else nearest(fold(nfc(text)), known["indicator"].map(str)))


def _asked(indicator: str) -> str:
    return fold(nfc(str(indicator)))


def tidy(dataset: Dataset, measures: Sequence[str], year: int | None = None) -> pd.DataFrame:
    """The figures of some measures, a row each, with place, period, status, the audit's word, and where they stand."""
    return dataset.frame(TIDY, (list(measures), year))


def pivot(figures: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """One row for each district (or whatever `by` names), one column for each year, status and breakdown.

    Of several reports of one year the latest is taken, of its periods the last and longest. Units are summed, totals
    are not; a ratio is never summed: it is the unit's own, or the one that the total row prints.
    """
    kept = figures[figures["value_number"].notna()].copy()
    if kept.empty:
        return pd.DataFrame(columns=[*by])
    kept["column"] = [
        _column(row) for row in kept[["year", "status", "dimensions", "unit_of_value"]].itertuples(index=False)
    ]
    keys = [*dict.fromkeys((*by, "column"))]
    cells = [(*_tuple(key), _one_figure(group)) for key, group in kept.groupby(keys, dropna=False, sort=False)]
    made = pd.DataFrame(cells, columns=[*keys, "value"])
    wide = made.pivot_table(index=[*by], columns="column", values="value", aggfunc="first", dropna=False)
    wide = wide.dropna(how="all").reset_index()
    wide.columns.name = None
    return wide


def _tuple(key: object) -> tuple[object, ...]:
    return key if isinstance(key, tuple) else (key,)


def _column(row: tuple[object, ...]) -> str:
    year, status, dimensions, unit = (None if value is pd.NA or value is None else value for value in row)
    labels = dimension_labels()
    broken_down = "; ".join(labels.get(key, key) for key in str(dimensions or "").split("; ") if key)
    told = (str(year or "chưa rõ năm"), _STATUS.get(str(status), ""), broken_down, str(unit or ""))
    return ", ".join(part for part in told if part)


def _one_figure(group: pd.DataFrame) -> float | None:
    """The figure of a cell of the pivot, None where there is no honest one."""
    latest = group.sort_values(["period_end", "issued", "dispatch"], na_position="first").iloc[-1]
    same = group[group["dispatch"] == latest["dispatch"]]
    for name in _PERIOD[:2]:
        same = same[same[name].isna()] if same[name].isna().all() else same[same[name] == same[name].max()]
    if not same["period_start"].isna().all():
        same = same[same["period_start"] == same["period_start"].min()]
    for part in _PARTS:
        figures = same[same["part"] == part]["value_number"]
        ratio = (same["unit_of_value"] == "%").any()
        if len(figures) == 1 or (len(figures) > 1 and not ratio):
            return float(figures.sum())
    return None
