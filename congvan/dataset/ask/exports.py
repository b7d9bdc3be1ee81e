"""The dataset for other programs: CSV for Excel, a formatted spreadsheet, a Data Package with the code book."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from congvan.archive.truth.files import write_atomic
from congvan.dataset.ask.codebook import BOOK, ENUMS, in_words, title_of
from congvan.dataset.ask.dataframes import Dataset, rows_of
from congvan.dataset.ask.questions import ALL
from congvan.writing import csv_file
from congvan.writing.cells import Link, Value
from congvan.writing.spreadsheet import Worksheet, write_sheets

COLUMNS = (
    "province", "district", "province_code", "district_code", "commune_code", "unit", "unit_kind", "unit_name", "place",
    "section", "indicator", "measure", "subject", "concept", "heading", "dimensions", "status", "part", "period_start",
    "period_end", "as_of", "cumulative", "year", "value_number", "value", "printed", "unit_of_value", "base_value",
    "base_unit", "disagrees", "verdict", "computed", "corrected", "confidence", "body", "so_hieu", "issued", "page",
    "table", "row", "column", "dispatch", "pointer", "province_id", "district_id",
)  # fmt: skip
"""The columns of every export, as the question `ALL` gives them."""

_SHEET = tuple(name for name in COLUMNS if not name.endswith("_id") and name not in ("measure", "concept", "subject"))
_WIDTHS = {"unit": 32, "indicator": 30, "dimensions": 20, "body": 34, "unit_name": 30, "heading": 36, "pointer": 28}
_WIDTH = 14


def rows(dataset: Dataset) -> Iterator[tuple[Any, ...]]:
    """All figures, in the order of `COLUMNS`."""
    for frame in dataset.frames(ALL):
        yield from rows_of(frame)


def write_csv(dataset: Dataset, path: Path) -> int:
    """All rows as CSV for programs; UTF-8 that Excel takes for UTF-8. Gives the number of rows."""
    return csv_file.write_csv(COLUMNS, rows(dataset), path)


def write_xlsx(dataset: Dataset, path: Path, originals: Mapping[str, Path]) -> int:
    """The rows as a spreadsheet, ready for a pivot: filters, frozen headings, each row linked to its original.

    `originals` gives where a dispatch's file lies; the link to it is from where the spreadsheet lies, so that both can
    be taken to another computer together. Rows beyond what a sheet holds are left out; gives how many.
    """
    links = relative(originals, path.parent)
    shown = (_shown(row, links) for row in rows(dataset))
    headings = [title_of(name) for name in _SHEET]
    widths = [_WIDTHS.get(name, _WIDTH) for name in _SHEET]
    return write_sheets(path, [Worksheet("Số liệu", headings, shown, widths, _SHEET.index("unit") + 1)], long=True)


def relative(originals: Mapping[str, Path], folder: Path) -> dict[str, str]:
    """Where originals lie as seen from a folder."""
    return {key: Path(os.path.relpath(each, folder)).as_posix() for key, each in originals.items()}


def _shown(row: Sequence[Any], links: Mapping[str, str]) -> list[Value]:
    facts = dict(zip(COLUMNS, row, strict=True))
    return [_cell(facts, name, links) for name in _SHEET]


def _cell(facts: Mapping[str, Any], name: str, links: Mapping[str, str]) -> Value:
    address = links.get(facts["dispatch"].split("#")[0]) if name == "dispatch" else None
    shown: Value = in_words(name, facts[name])
    return Link(facts["so_hieu"] or facts["dispatch"][:12], address) if address else shown


def write_table(table: pd.DataFrame, path: Path, title: str) -> None:
    """A table that was asked for as a spreadsheet, or as CSV where its name ends so."""
    headings = [title_of(name) for name in table.columns]
    told = ([in_words(name, value) for name, value in zip(table.columns, row, strict=True)] for row in rows_of(table))
    if path.suffix.lower() == ".csv":
        csv_file.write_csv(headings, told, path, csv_file.PEOPLE)
    else:
        widths = [_WIDTHS.get(name, _WIDTH) for name in table.columns]
        write_sheets(path, [Worksheet(title, headings, told, widths)])


def write_datapackage(folder: Path, csv_path: Path) -> None:
    """`datapackage.json` beside the CSV: a Frictionless Data Package with the code book of its columns."""
    data = csv_path.read_bytes()
    resource = {
        "name": "observations",
        "title": "Số liệu trong văn bản",
        "description": "Mỗi dòng một số liệu, đúng như in, với chỗ của nó trong văn bản.",
        "profile": "tabular-data-resource",
        "path": csv_path.name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": {"fields": [_field(name) for name in COLUMNS], "missingValues": [""]},
    }
    package = {
        "name": "congvan-observations",
        "title": "Số liệu trong văn bản",
        "description": "Số liệu của mọi bảng và mọi câu trong văn bản của kho; không số nào bị sửa.",
        "profile": "tabular-data-package",
        "resources": [resource],
    }
    write_atomic(folder / "datapackage.json", json.dumps(package, ensure_ascii=False, indent=2).encode() + b"\n")


def _field(name: str) -> dict[str, Any]:
    entry = BOOK[name]
    described = entry.description
    if name in ENUMS:
        described += " " + "; ".join(f"{key}: {label}" for key, label in ENUMS[name].items()) + "."
    field: dict[str, Any] = {"name": name, "type": entry.type, "title": entry.title, "description": described}
    if name in ENUMS:
        field["constraints"] = {"enum": list(ENUMS[name])}
    return field
