"""The report: one self-contained HTML page with tables and SVG charts, for people without any program but a browser."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from importlib.resources import files
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from jinja2 import Environment, select_autoescape

from congvan.dataset.ask.questions import CONTRADICTIONS, GAPS, PROGRESS, SUMMARY, UNMAPPED, Answer, Dataset
from congvan.dataset.see.vocabulary import dimension_labels, measures

_MOST_ROWS = 500
_BAR_WIDTH = 420
_TREND = (640, 210)
_SEPARATORS = str.maketrans(",.", ".,")


def write_report(out: Path, path: Path, made: dt.date) -> None:
    """Write the report of the dataset in `out`."""
    environment = Environment(autoescape=select_autoescape(default=True), trim_blocks=True, lstrip_blocks=True)
    environment.filters["day"] = lambda day: f"{day:%d/%m/%Y}" if day else ""
    environment.filters["figure"] = _figure
    template = environment.from_string(files(__package__).joinpath("report.html").read_text(encoding="utf-8"))
    dataset = Dataset(out)
    progress = _dicts(dataset.ask(PROGRESS))
    gaps = _dicts(dataset.ask(GAPS))
    page = template.render(
        made=made,
        summary=next(iter(_dicts(dataset.ask(SUMMARY))), {}),
        progress=[_bar(row) for row in progress],
        ranking=_ranking(progress),
        trend=_trend(progress),
        matrix=_matrix(gaps),
        contradictions=_dicts(dataset.ask(CONTRADICTIONS, most=_MOST_ROWS)),
        contradiction_count=dataset.count(CONTRADICTIONS),
        unmapped=_dicts(dataset.ask(UNMAPPED, most=_MOST_ROWS)),
        labels={key: measure.label for key, measure in measures().items()},
        dimensions=dimension_labels(),
        bar_width=_BAR_WIDTH,
    )
    path.write_text(page, encoding="utf-8")


def _dicts(answer: Answer) -> list[dict[str, Any]]:
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def _figure(value: float | None) -> str:
    """A figure the Vietnamese way: `1.234,5`; whole numbers without decimals."""
    if value is None:
        return ""
    text = f"{value:,.1f}".rstrip("0").rstrip(".")
    return text.translate(_SEPARATORS)


def _bar(row: dict[str, Any]) -> dict[str, Any]:
    share = 100 * row["result"] / row["plan"] if row["plan"] and row["result"] is not None else None
    width = None if share is None else min(share, 150) / 150 * _BAR_WIDTH
    return {**row, "share": share, "width": width}


def _ranking(progress: list[dict[str, Any]]) -> list[tuple[int, list[dict[str, Any]]]]:
    """Of each year, the latest first, the districts by how much of their plan they have reached."""
    rows = [row for row in map(_bar, progress) if row["share"] is not None]
    rows.sort(key=lambda row: (-row["year"], -row["share"], row["district"]))
    return [(year, list(group)) for year, group in groupby(rows, key=itemgetter("year"))]


def _trend(progress: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The results of all districts by year, as points of a line, each with how many districts it is the sum of."""
    by_year: dict[int, list[float]] = {}
    for row in progress:
        if row["result"] is not None:
            by_year.setdefault(row["year"], []).append(row["result"])
    if len(by_year) < 2:
        return None
    width, height = _TREND
    sums = {year: sum(results) for year, results in sorted(by_year.items())}
    most, step = max(sums.values()) or 1, (width - 120) / (len(sums) - 1)
    points = [
        {
            "x": 60 + place * step,
            "y": height - 45 - value / most * (height - 75),
            "year": year,
            "value": value,
            "districts": len(by_year[year]),
        }
        for place, (year, value) in enumerate(sums.items())
    ]
    return {"width": width, "height": height, "points": points}


def _matrix(gaps: list[dict[str, Any]]) -> dict[str, Any]:
    """Which district reported which measure in which year; what others reported and it did not is missing."""
    order = list(measures())
    columns = sorted({(row["measure"], row["year"]) for row in gaps}, key=lambda one: (order.index(one[0]), one[1]))
    districts = sorted({(row["province"] or "", row["district"]) for row in gaps})
    counts = {(row["province"] or "", row["district"], row["measure"], row["year"]): row["dispatches"] for row in gaps}
    rows = [
        {
            "province": province,
            "district": district,
            "cells": [counts.get((province, district, *column)) for column in columns],
        }
        for province, district in districts
    ]
    reporting = Counter((row["measure"], row["year"]) for row in gaps)
    return {
        "years": [year for _, year in columns],
        "measures": Counter(measure for measure, _ in columns),
        "rows": rows,
        "reporting": [reporting[column] for column in columns],
    }
