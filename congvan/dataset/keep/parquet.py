"""The dataset on disk: Parquet, zstd, by province and year, each in eight parts by the hash of the file.

Province and year are columns of the parts too, null where unknown, and the folders only their places on disk: pandas
cannot read the nulls of a Hive folder.

A part holds its dispatches in order of their id, so that putting one dispatch in, or taking it out, gives byte for byte
what a full build gives.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from schemas.observation import Observation

_UNKNOWN = "khong-ro"
"""The folder of what has no province or no year."""
_DATES = ("period_start", "period_end", "as_of", "issued")
_FLAGS = ("cumulative", "disagrees", "corrected")
_NUMBERS = ("year", "row", "column", "page")
_ASKED_FOR = ["year", "measure", "status", "part", "period_end", "dispatch"]
"""The columns whose least and greatest value a part tells, so that a question can pass over it."""


def parts_folder(out: Path) -> Path:
    """The folder of the Parquet parts of a dataset."""
    return out / "observations"


class Partition(NamedTuple):
    """Where rows lie: the province, the year of the period's end, and one of eight buckets of the file's hash."""

    province: str | None
    year: int | None
    bucket: str

    def path(self, root: Path) -> Path:
        return root / (self.province or _UNKNOWN) / str(self.year or _UNKNOWN) / f"{self.bucket}.parquet"


def bucket_of(sha256: str) -> str:
    """The bucket of a file. Eight: a part costs as much to write as some thousand figures."""
    return "02468ace"[int(sha256[0], 16) // 2]


def _type(name: str) -> pa.DataType:
    if name in _DATES:
        return pa.date32()
    if name in _FLAGS:
        return pa.bool_()
    if name in _NUMBERS:
        return pa.int32()
    return pa.float64() if name == "confidence" else pa.string()


SCHEMA = pa.schema(
    [*(pa.field(name, _type(name)) for name in Observation._fields), pa.field("value_number", pa.float64())]
)
"""The columns of a part: those of an observation, and the value once more as a number to reckon with."""

_WHOLE = [
    {"name": name, "field_name": name, "pandas_type": "int32", "numpy_type": "Int32", "metadata": None}
    for name in _NUMBERS
]
FOR_PANDAS = {
    b"pandas": json.dumps(
        {"index_columns": [], "column_indexes": [], "columns": _WHOLE, "pandas_version": "2.0.0", "creator": None}
    ).encode()
}
"""By this pandas keeps whole numbers whole where some are missing."""

_ROWS_AT_ONCE = 8_192  # most parts in one go; the library's own 1,024 takes a twentieth longer
_TEXTS = [field.name for field in SCHEMA if pa.types.is_string(field.type)]


def encoded(column: pa.Array) -> pa.Array:
    """A column of texts as numbers that point at its texts, these in order of first mention; others as they are."""
    return column.dictionary_encode() if pa.types.is_string(column.type) else column


def write_part(table: pa.Table, path: Path) -> None:
    """Write a part, its texts `encoded`, or take it away where nothing is left in it.

    Parquet keeps texts as numbers that point at texts, so it takes encoded ones as they are; the file is the same as of
    plain texts, if it does not tell (`store_schema`) that they were encoded. Numbers are smaller without that.
    """
    if table.num_rows == 0:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    made = pa.BufferOutputStream()  # many small pieces: to disk at once, which is quicker than one by one
    with pq.ParquetWriter(
        made,
        table.schema,
        compression="zstd",
        write_statistics=_ASKED_FOR,
        use_dictionary=_TEXTS,
        store_schema=False,
        write_batch_size=_ROWS_AT_ONCE,
    ) as writer:
        writer.write_table(table)
        writer.add_key_value_metadata(FOR_PANDAS)
    part = path.with_suffix(".part")
    part.write_bytes(made.getvalue())
    part.replace(path)


def replace_file(path: Path, sha256: str, rows: pa.Table) -> None:
    """Put a file's rows into a part instead of those it had there."""
    if not path.exists():
        write_part(rows, path)
        return
    table = pq.ParquetFile(path).read()
    ids = table["dispatch"]
    before = table.filter(pc.less(ids, sha256))
    after = table.filter(pc.greater(ids, sha256 + "~"))
    all_rows = pa.concat_tables([before, rows.cast(SCHEMA), after])
    columns = [encoded(column.combine_chunks()) for column in all_rows.columns]
    write_part(pa.Table.from_arrays(columns, SCHEMA.names), path)
