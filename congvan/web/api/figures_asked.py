"""The dataset as programs ask it: which indicators there are, and the figures of one by place and year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field

from congvan.archive.truth.archive_errors import PlainError
from congvan.dataset.ask.dataframes import Dataset, rows_of
from congvan.dataset.ask.pivots import meant_by, tidy
from congvan.dataset.ask.questions import MEASURES
from congvan.dataset.keep.parquet import parts_folder
from vietnamese.fold import fold

_SHOWN = ("indicator", "province", "district", "commune", "unit", "heading", "dimensions", "status", "period_start",
          "period_end", "year", "value_number", "printed", "unit_of_value", "verdict", "so_hieu", "issued", "page",
          "dispatch", "pointer")  # fmt: skip
_PLACES = ("province", "district", "commune", "unit")


class IndicatorLine(BaseModel):
    """An indicator of the dataset."""

    indicator: str
    figures: int
    dispatches: int
    districts: int
    first_year: int | None
    last_year: int | None
    unit_of_value: str | None
    printed_as: str | None


class FigureLine(BaseModel):
    """One figure: what, where, when, its value, and the cell or sentence that it is printed in."""

    indicator: str
    province: str | None
    district: str | None
    commune: str | None
    unit: str | None
    heading: str | None
    dimensions: str | None
    status: str | None = Field(description="plan, result or estimate.")
    period_start: dt.date | None
    period_end: dt.date | None
    year: int | None
    value_number: float | None
    printed: str | None
    unit_of_value: str | None
    verdict: str | None = Field(description="What the audit says of it, where it says anything.")
    so_hieu: str | None
    issued: dt.date | None
    page: int | None
    dispatch: str
    pointer: str


class NoDatasetError(PlainError):
    """A dataset that was not built, or an indicator that it has not."""


def indicators(folder: Path) -> list[IndicatorLine]:
    """The indicators of a dataset, those of most dispatches first. Raises `NoDatasetError`."""
    frame = _open(folder).frame(MEASURES)
    names = list(frame.columns)
    return [IndicatorLine.model_validate(_facts(names, row)) for row in rows_of(frame)]


def figures(
    folder: Path, hidden: Collection[str], indicator: str, place: str = "", year: int | None = None
) -> list[FigureLine]:
    """The figures of an indicator, named as the dataset or as a heading does, in places whose names hold some words
    (with or without marks). Files of `hidden` are left out. Raises `NoDatasetError`.
    """
    dataset = _open(folder)
    asked = meant_by(dataset, indicator)
    if not asked.measures:
        near = f" Gần giống: {'; '.join(asked.nearest)}." if asked.nearest else ""
        raise NoDatasetError(f"Không có chỉ tiêu “{indicator[:100]}”.{near}")
    frame = tidy(dataset, asked.measures, year)[list(_SHOWN)]
    found = [_facts(_SHOWN, row) for row in rows_of(frame)]
    return [FigureLine.model_validate(one) for one in found if _is_wanted(one, hidden, fold(place))]


def _is_wanted(one: dict[str, Any], hidden: Collection[str], place: str) -> bool:
    named = fold(" ".join(str(one[name] or "") for name in _PLACES))
    return place in named and str(one["dispatch"]).partition("#")[0] not in hidden


def _facts(names: Collection[str], row: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip(names, row, strict=True))


def _open(folder: Path) -> Dataset:
    if not parts_folder(folder).exists():
        raise NoDatasetError("Chưa dựng bộ số liệu. Dựng bằng lệnh: congvan dataset build")
    return Dataset(folder)
