"""The dataset as a SQLite file for Datasette: tables with keys between them, views, and what each column means."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from congvan.archive.truth.files import replaced, write_atomic
from congvan.dataset.ask.codebook import BOOK
from congvan.dataset.ask.dataframes import Dataset
from congvan.dataset.ask.exports import COLUMNS, relative, rows
from congvan.dataset.ask.lookups import places, vocabulary

_TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT", "string": "TEXT"}
_KEYS = {
    "dispatch": "dispatches (id)",
    "place": "places (id)",
    "province_id": "places (id)",
    "district_id": "places (id)",
}
_OF_DISPATCH = ("so_hieu", "issued", "body", "province", "district")

_VIEWS = {
    "totals_checked": """SELECT dispatch, so_hieu, indicator, heading, part, printed, computed, verdict, page
        FROM observations WHERE verdict IS NOT NULL""",
    "indicators": """SELECT indicator, count(*) AS figures, count(DISTINCT dispatch) AS dispatches,
        min(year) AS first_year, max(year) AS last_year
        FROM observations WHERE indicator IS NOT NULL GROUP BY indicator ORDER BY dispatches DESC""",
    "by_district": """SELECT province, district, year, indicator, status, dimensions, unit_of_value, so_hieu,
        period_end, sum(value_number) AS value
        FROM observations WHERE part = 'unit' AND unit_of_value IS NOT '%'
        GROUP BY province, district, year, indicator, status, dimensions, unit_of_value, dispatch, "table",
                 period_start, period_end""",
}
_ABOUT_VIEWS = {
    "totals_checked": "Số in bên cạnh số tính lại, với kết luận của phép kiểm tra.",
    "indicators": "Có những chỉ tiêu nào, từ năm nào đến năm nào.",
    "by_district": "Tổng các đơn vị của từng huyện, theo từng văn bản và kỳ; không cộng tỷ lệ.",
}
_ABOUT_TABLES = {
    "observations": "Mỗi dòng một số liệu, đúng như in.",
    "dispatches": "Văn bản có số liệu; original là chỗ của tệp gốc, tính từ thư mục này.",
    "places": "Đơn vị hành chính với ngày bắt đầu, ngày kết thúc và đơn vị kế tiếp.",
    "measures": "Chỉ tiêu trong từ vựng; kind ratio thì không được cộng.",
}


def write_sqlite(dataset: Dataset, path: Path, originals: Mapping[str, Path]) -> None:
    """All rows with their dispatches, places and measures, and `datasette.json` beside it with what they mean."""
    with replaced(path) as part:
        connection = sqlite3.connect(part)
        with connection:
            _write_facts(connection)
            connection.execute(
                f"CREATE TABLE dispatches (id TEXT PRIMARY KEY, {_columns(_OF_DISPATCH)}, original TEXT)"
            )
            connection.execute(f"CREATE TABLE observations ({_columns(COLUMNS)})")
            _write_rows(connection, dataset, relative(originals, path.parent))
            connection.execute("CREATE INDEX observations_by_indicator ON observations (indicator, province, district)")
            connection.execute("CREATE INDEX observations_by_dispatch ON observations (dispatch)")
            for name, statement in _VIEWS.items():
                connection.execute(f"CREATE VIEW {name} AS {statement}")
        connection.close()
    write_atomic(path.parent / "datasette.json", json.dumps(metadata(path.stem), ensure_ascii=False, indent=1).encode())


def _columns(names: Iterable[str]) -> str:
    told = (f'"{name}" {_TYPES[BOOK[name].type]}{_key(name)}' for name in names)
    return ", ".join(told)


def _key(name: str) -> str:
    return f" REFERENCES {_KEYS[name]}" if name in _KEYS else ""


def _write_facts(connection: sqlite3.Connection) -> None:
    for name, table, key in (("places", places(), "id"), ("measures", vocabulary(), "key")):
        names = ", ".join(f"{each} PRIMARY KEY" if each == key else each for each in table.schema.names)
        connection.execute(f"CREATE TABLE {name} ({names})")
        marks = ", ".join("?" * table.num_columns)
        lines = ([_cell(value) for value in row.values()] for row in table.to_pylist())
        connection.executemany(f"INSERT INTO {name} VALUES ({marks})", lines)


def _write_rows(connection: sqlite3.Connection, dataset: Dataset, links: Mapping[str, str]) -> None:
    marks = ", ".join("?" * len(COLUMNS))
    connection.executemany(
        f"INSERT INTO observations VALUES ({marks})", ([_cell(value) for value in row] for row in rows(dataset))
    )
    told = ", ".join(_OF_DISPATCH)
    connection.execute(
        f"INSERT INTO dispatches SELECT dispatch, {told}, NULL FROM observations GROUP BY dispatch ORDER BY dispatch"
    )
    known = [identifier for (identifier,) in connection.execute("SELECT id FROM dispatches")]
    addresses = [(links.get(each.split("#")[0]), each) for each in known]
    connection.executemany("UPDATE dispatches SET original = ? WHERE id = ?", addresses)


def _cell(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def metadata(database: str) -> dict[str, Any]:
    """What Datasette shows of the file: `datasette observations.sqlite --metadata datasette.json`."""
    tables: dict[str, Any] = {name: {"description": words} for name, words in {**_ABOUT_TABLES, **_ABOUT_VIEWS}.items()}
    tables["observations"] |= {
        "title": "Số liệu",
        "columns": {name: BOOK[name].description for name in COLUMNS},
        "facets": ["indicator", "province", "year", "status"],
    }
    tables["dispatches"] |= {"title": "Văn bản", "label_column": "so_hieu", "sort_desc": "issued"}
    tables["places"] |= {"title": "Đơn vị hành chính", "label_column": "name"}
    tables["measures"] |= {"title": "Chỉ tiêu", "label_column": "label"}
    return {"title": "Bộ số liệu", "databases": {database: {"tables": tables}}}
