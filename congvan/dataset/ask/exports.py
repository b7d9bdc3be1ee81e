"""The dataset for other programs: CSV for Excel, a formatted spreadsheet, SQLite for Datasette, a Data Package."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from congvan.dataset.keep.parquet import SCHEMA, read_rows
from congvan.dataset.see.units import kind_labels
from congvan.dataset.see.vocabulary import dimension_labels, measures
from congvan.writing import csv_file
from congvan.writing.cells import Link, Value
from congvan.writing.spreadsheet import Worksheet, write_sheets

COLUMNS = ("province", *SCHEMA.names)

HEADINGS = {
    "province": "Tỉnh", "district": "Huyện", "body": "Cơ quan báo cáo", "unit": "Đơn vị", "unit_kind": "Loại đơn vị",
    "unit_name": "Tên chuẩn hoá", "place": "Mã xã", "measure": "Chỉ tiêu", "heading": "Tiêu đề cột",
    "dimensions": "Phân tổ", "period_start": "Từ ngày", "period_end": "Đến ngày", "as_of": "Tính đến",
    "cumulative": "Luỹ kế", "value": "Giá trị trong bản ghi", "unit_of_value": "Đơn vị tính",
    "status": "Kế hoạch/kết quả",
    "part": "Dòng", "dispatch": "Văn bản", "so_hieu": "Số, ký hiệu", "issued": "Ngày văn bản", "table": "Bảng",
    "row": "Dòng số", "column": "Cột số", "page": "Trang", "pointer": "Chỗ trong bản ghi", "confidence": "Độ tin cậy",
    "disagrees": "Kiểm tra thấy sai", "corrected": "Đã sửa", "value_number": "Giá trị",
}  # fmt: skip

_LABELS = {
    "status": {"plan": "kế hoạch", "result": "kết quả", "estimate": "ước"},
    "part": {"unit": "đơn vị", "subtotal": "cộng nhóm", "total": "tổng"},
}

_FIRST = (
    "province", "district", "unit", "measure", "dimensions", "status", "part", "period_start", "period_end",
    "value_number", "unit_of_value", "dispatch", "issued",
)  # fmt: skip
_SHEET = (*_FIRST, *(name for name in COLUMNS if name not in _FIRST))
"""The columns of the spreadsheet: first what one looks at, then where it comes from."""

_WIDTHS = {"unit": 32, "measure": 30, "dimensions": 20, "body": 34, "unit_name": 30, "heading": 36, "pointer": 28}
_WIDTH = 14

_TYPES = {"int32": "integer", "double": "number", "bool": "boolean", "date32[day]": "date", "string": "string"}


def write_csv(parts: Path, path: Path) -> int:
    """All rows as CSV for programs; UTF-8 that Excel takes for UTF-8. Gives the number of rows."""
    return csv_file.write_csv(COLUMNS, ([row[name] for name in COLUMNS] for row in read_rows(parts)), path)


def write_xlsx(parts: Path, path: Path, originals: dict[str, Path]) -> int:
    """The rows as a spreadsheet, ready for a pivot: filters, frozen headings, each row linked to its original.

    `originals` gives where a dispatch's file lies; the link to it is from where the spreadsheet lies, so that both can
    be taken to another computer together. Rows beyond what a sheet holds are left out; gives how many.
    """
    headings = [HEADINGS[name] for name in _SHEET]
    widths = [_WIDTHS.get(name, _WIDTH) for name in _SHEET]
    links = {key: Path(os.path.relpath(each, path.parent)).as_posix() for key, each in originals.items()}
    rows = ([_shown(row, name, links) for name in _SHEET] for row in _labelled(parts))
    return write_sheets(path, [Worksheet("Số liệu", headings, rows, widths, _SHEET.index("measure") + 1)], long=True)


def _shown(row: dict[str, Any], name: str, links: dict[str, str]) -> Value:
    value: Value = row[name]
    address = links.get(row["dispatch"]) if name == "dispatch" else None
    return Link(row["so_hieu"] or row["dispatch"][:12], address) if address else value


def _labelled(parts: Path) -> Iterator[dict[str, Any]]:
    """The rows with words for people instead of keys."""
    labels = {
        **_LABELS,
        "measure": {key: measure.label for key, measure in measures().items()},
        "unit_kind": kind_labels(),
    }
    dimensions = dimension_labels()
    for row in read_rows(parts):
        words = {name: each.get(row[name], row[name]) for name, each in labels.items()}
        words["dimensions"] = "; ".join(dimensions.get(key, key) for key in row["dimensions"].split("; "))
        yield {**row, **words}


def write_sqlite(parts: Path, path: Path) -> None:
    """The rows and the measures as a SQLite file that Datasette opens."""
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    types = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT", "string": "TEXT"}
    columns = ", ".join(f'"{name}" {types[_field_type(name)]}' for name in COLUMNS)
    with connection:
        connection.execute(f"CREATE TABLE observations ({columns})")
        rows = ([_sqlite_cell(row[name]) for name in COLUMNS] for row in read_rows(parts))
        marks = ", ".join("?" * len(COLUMNS))
        connection.executemany(f"INSERT INTO observations VALUES ({marks})", rows)
        connection.execute("CREATE TABLE measures (key PRIMARY KEY, label TEXT, unit TEXT, kind TEXT, parent TEXT)")
        known = [(each.key, each.label, each.unit, each.kind, each.parent) for each in measures().values()]
        connection.executemany("INSERT INTO measures VALUES (?, ?, ?, ?, ?)", known)
        connection.execute("CREATE INDEX observations_by_measure ON observations (measure, province, district)")
    connection.close()


def _sqlite_cell(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _field_type(name: str) -> str:
    return "string" if name == "province" else _TYPES[str(SCHEMA.field(name).type)]


def write_datapackage(folder: Path, csv_path: Path) -> None:
    """`datapackage.json` beside the CSV: a Frictionless Data Package with the schema of its table."""
    data = csv_path.read_bytes()
    fields = [{"name": name, "type": _field_type(name), "title": HEADINGS[name]} for name in COLUMNS]
    resource = {
        "name": "observations",
        "profile": "tabular-data-resource",
        "path": csv_path.name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": {"fields": fields, "missingValues": [""]},
    }
    package = {
        "name": "congvan-observations",
        "title": "Số liệu trong văn bản của các huyện",
        "profile": "tabular-data-package",
        "resources": [resource],
    }
    text = json.dumps(package, ensure_ascii=False, indent=2)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")
