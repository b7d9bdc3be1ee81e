"""The report: one self-contained HTML page with tables and SVG charts, for people without any program but a browser."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from importlib.resources import files
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from jinja2 import Environment, select_autoescape

from congvan.dataset.ask.codebook import in_words
from congvan.dataset.ask.dataframes import Dataset, rows_of
from congvan.dataset.ask.questions import CONTRADICTIONS, PROGRESS, REPORTED, SUMMARY, UNMAPPED, Question

USUAL = "Đảng viên kết nạp"
"""The measure of a report for which none is named."""
_MOST_ROWS = 500
_BAR_WIDTH = 420
_TREND = (640, 210)
_SEPARATORS = str.maketrans(",.", ".,")


def write_report(out: Path, path: Path, made: dt.date, measure: str = USUAL) -> None:
    """Write the report of the dataset in `out`; progress, ranking and trend are of one measure."""
    environment = Environment(autoescape=select_autoescape(default=True), trim_blocks=True, lstrip_blocks=True)
    environment.filters["day"] = lambda day: f"{day:%d/%m/%Y}" if day else ""
    environment.filters["figure"] = _figure
    environment.filters["words"] = lambda value, name: in_words(name, value)
    template = environment.from_string(files(__package__).joinpath("report.html").read_text(encoding="utf-8"))
    dataset = Dataset(out)
    progress = _dicts(dataset, PROGRESS, [measure])
    page = template.render(
        made=made,
        measure=measure,
        summary=next(iter(_dicts(dataset, SUMMARY)), {}),
        progress=[_bar(row) for row in progress],
        ranking=_ranking(progress),
        trend=_trend(progress),
        matrix=_matrix(_dicts(dataset, REPORTED)),
        contradictions=_dicts(dataset, CONTRADICTIONS, most=_MOST_ROWS),
        contradiction_count=dataset.count(CONTRADICTIONS),
        unmapped=_dicts(dataset, UNMAPPED, most=_MOST_ROWS),
        bar_width=_BAR_WIDTH,
    )
    path.write_text(page, encoding="utf-8")


def _dicts(
    dataset: Dataset, question: Question, values: Sequence[object] = (), most: int | None = None
) -> list[dict[str, Any]]:
    frame = dataset.frame(question, values, most)
    return [dict(zip(frame.columns, row, strict=True)) for row in rows_of(frame)]


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
    """The results by year as points of a line, of the districts that report in each of the years, so that the sums of
    two years are of the same districts."""
    by_year: dict[int, dict[tuple[str | None, str], float]] = {}
    for row in progress:
        if row["result"] is not None:
            by_year.setdefault(row["year"], {})[row["province"], row["district"]] = row["result"]
    same = set.intersection(*(set(each) for each in by_year.values())) if by_year else set()
    if len(by_year) < 2 or not same:
        return None
    width, height = _TREND
    sums = {year: sum(results[each] for each in same) for year, results in sorted(by_year.items())}
    most, step = max(sums.values()) or 1, (width - 120) / (len(sums) - 1)
    points = [
        {"x": 60 + place * step, "y": height - 45 - value / most * (height - 75), "year": year, "value": value}
        for place, (year, value) in enumerate(sums.items())
    ]
    districts = sorted(district for _, district in same)
    return {"width": width, "height": height, "points": points, "districts": districts}


def _matrix(reported: list[dict[str, Any]]) -> dict[str, Any]:
    """Which district reported which measure in which year; what others reported and it did not is missing."""
    columns = sorted({(row["indicator"], row["year"]) for row in reported})
    districts = sorted({(row["province"] or "", row["district"]) for row in reported})
    counts = {
        (row["province"] or "", row["district"], row["indicator"], row["year"]): row["dispatches"] for row in reported
    }
    rows = [
        {
            "province": province,
            "district": district,
            "cells": [counts.get((province, district, *column)) for column in columns],
        }
        for province, district in districts
    ]
    reporting = Counter((row["indicator"], row["year"]) for row in reported)
    return {
        "years": [year for _, year in columns],
        "measures": Counter(indicator for indicator, _ in columns),
        "rows": rows,
        "reporting": [reporting[column] for column in columns],
    }
