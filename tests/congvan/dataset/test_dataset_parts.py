"""Parts of the dataset: columns made for many figures at once are those of the observations one by one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from congvan.dataset.keep.assemble import Assembly
from congvan.dataset.keep.parquet import SCHEMA, Partition, encoded, replace_file, write_part
from congvan.dataset.see.facts import facts_of
from congvan.dataset.see.observe import observe, observe_blocks
from schemas.dispatch import Claim, Column, Dispatch, Header, Row, Table, TableCell
from schemas.observation import Observation
from schemas.source import Source

SHA256 = "a" * 64


def row(kind: Any, name: str, *values: int | str | None) -> Row:
    cells = [TableCell(text=name, value=name), *(TableCell(text=str(value), value=value) for value in values)]
    return Row(kind=kind, cells=tuple(cells), page=1)


@pytest.fixture
def record() -> Dispatch:
    """Cells blank, of words, and alike as number and as decimal; two years; a section; a sentence."""
    columns = [Column(path=("Đơn vị",), kind="text"), Column(path=("Kết nạp năm 2023",), kind="integer")]
    columns += [Column(path=("Kết nạp năm 2024",), kind="integer"), Column(path=("Tỷ lệ (%)",), kind="percent")]
    rows = [
        row("section", "CÁC XÃ"),
        row("data", "Xã Hải Anh", 5, 7, "5"),
        row("data", "Hải Minh", None, "Hết nguồn", "7.5"),
    ]
    rows.append(row("total", "Tổng", 5, 7, None))
    table = Table(id="T1", caption="KẾT NẠP ĐẢNG VIÊN", columns=tuple(columns), rows=tuple(rows))
    claim = Claim(id="C1", text="kết nạp 7 đảng viên", kind="count", numerator=7)
    header = Header(
        issuing_body="HUYỆN ỦY HẢI HẬU", parent_body="TỈNH ỦY NAM ĐỊNH", date=dt.date(2024, 10, 2), year=2024
    )
    source = Source(name="a.txt", media_type="text/plain", size=1, sha256=SHA256, reader="text")
    again = table.model_copy(update={"id": "T2"})
    return Dispatch(id=SHA256, source=source, header=header, tables=(table, again), claims=(claim,))


@pytest.fixture
def tables(record: Dispatch) -> dict[Partition, pa.Table]:
    assembly = Assembly()
    assembly.add(observe_blocks(facts_of(record.model_dump_json().encode())))
    return dict(assembly.tables())


def test_columns_are_those_of_the_observations(record: Dispatch, tables: dict[Partition, pa.Table]) -> None:
    made = [
        Observation(**{name: each[name] for name in SCHEMA.names if name != "value_number"})
        for table in tables.values()
        for each in table.to_pylist()
    ]
    expected = observe(record)
    assert {partition.year for partition in tables} == {2023, 2024}
    assert len(expected) == 2 * (3 * 3 - 1) + 1  # two tables of three rows and columns, one cell of words, one sentence
    assert sorted(made, key=repr) == sorted(expected, key=repr)


def test_a_part_reads_as_plain_columns(tables: dict[Partition, pa.Table], tmp_path: Path) -> None:
    for partition, table in tables.items():
        write_part(table, partition.path(tmp_path))
        kept = pq.ParquetFile(partition.path(tmp_path)).read()
        assert kept.schema.remove_metadata().equals(SCHEMA)
        assert kept.equals(table.cast(SCHEMA))


def test_rows_put_back_leave_the_same_file(tables: dict[Partition, pa.Table], tmp_path: Path) -> None:
    for partition, table in tables.items():
        path = partition.path(tmp_path)
        write_part(table, path)
        before = path.read_bytes()
        replace_file(path, SHA256, table)
        assert path.read_bytes() == before


def test_texts_are_encoded_in_order_of_first_mention_and_blanks_are_none_of_them() -> None:
    column = encoded(pa.array(["xã", None, "phường", "xã"]))
    assert column.dictionary.to_pylist() == ["xã", "phường"]
    assert column.indices.to_pylist() == [0, None, 1, 0]
    assert encoded(pa.array([1, None])).equals(pa.array([1, None]))
