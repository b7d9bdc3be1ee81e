"""The report: one self-contained HTML page with tables and SVG charts, for people without any program but a browser."""

from __future__ import annotations

import datetime as dt
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, select_autoescape

from congvan.dataset.questions import CONTRADICTIONS, GAPS, PROGRESS, SUMMARY, UNMAPPED, Answer, Dataset
from congvan.dataset.vocabulary import measures

_MOST_ROWS = 500
_BAR_WIDTH = 420
_TREND = (640, 180)
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
        ranking=sorted((row for row in map(_bar, progress) if row["share"] is not None), key=lambda row: -row["share"]),
        trend=_trend(progress),
        matrix=_matrix(gaps),
        contradictions=_dicts(dataset.ask(CONTRADICTIONS, most=_MOST_ROWS)),
        contradiction_count=dataset.count(CONTRADICTIONS),
        unmapped=_dicts(dataset.ask(UNMAPPED, most=_MOST_ROWS)),
        labels={key: measure.label for key, measure in measures().items()},
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


def _trend(progress: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The results of all districts by year, as points of a line."""
    by_year: dict[int, float] = {}
    for row in progress:
        if row["result"] is not None:
            by_year[row["year"]] = by_year.get(row["year"], 0) + row["result"]
    if len(by_year) < 2:
        return None
    width, height = _TREND
    years, most = sorted(by_year), max(by_year.values()) or 1
    step = (width - 80) / (len(years) - 1)
    points = [
        {
            "x": 40 + place * step,
            "y": height - 30 - by_year[year] / most * (height - 60),
            "year": year,
            "value": by_year[year],
        }
        for place, year in enumerate(years)
    ]
    return {"width": width, "height": height, "points": points}


def _matrix(gaps: list[dict[str, Any]]) -> dict[str, Any]:
    """Which district reported which measure in which year; what others reported and it did not is missing."""
    columns = sorted({(row["measure"], row["year"]) for row in gaps})
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
    return {"columns": columns, "rows": rows}
