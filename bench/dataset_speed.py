"""`python -m bench.dataset_speed [RECORDS …]`: the dataset of many records, of a hundred figures each.

Anchor, turn by turn with the build in the same run: each record is opened and what the dataset needs of it is parsed,
by the very parser of the build; then `pyarrow.parquet.write_table` for each of the same parts, with zstd and else as
the library has it, from plain Arrow columns in memory; nothing between. A third figure is for parsing all of each
record into plain Python things (pydantic_core, without validating), as one would who has no parser of his own.

All records are read once before, so that the first build does not pay for the disk; every turn writes into a new
folder. Processor time of all threads, so that a second core buys nothing; the report by the clock too. Also the peak of
memory and what a rebuild after one new dispatch touches. `100000` is the size of the bar: it takes 3 GB of disk, and
some minutes to make the records.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq
from pydantic_core import from_json

from congvan.archive.archive import Archive
from congvan.dataset.ask.report import write_report
from congvan.dataset.keep.build import build
from congvan.dataset.keep.parquet import parts_folder
from congvan.dataset.see.facts import facts_of
from congvan.dataset.see.places import Place, gazetteer
from schemas.dispatch import Column, ColumnKind, Dispatch, Header, Row, Table, TableCell
from schemas.source import Source

RECORDS = (500, 1_000, 2_000)
TURNS = 3
ROWS = 25
HEADINGS = ("Chỉ tiêu năm {}", "Kết nạp", "Trong đó / Nữ", "Tỷ lệ (%)")
A_START = 20
FIRST_YEAR, YEARS = 2019, 5
REVISED = 0.001  # of the plans that a report prints
AGAIN = 500  # one report in so many is of the day of another


def main(sizes: tuple[int, ...] = RECORDS) -> None:
    """Print the figures with their bars."""
    for count in (A_START, *sizes):  # the first only loads what is loaded once
        with tempfile.TemporaryDirectory(prefix="congvan-bench-") as name:
            _measure(Path(name), count)


def _measure(root: Path, count: int) -> None:
    archive = Archive(root / "archive")
    _fill(archive, 0, count)
    records = [archive.layout.record(sha256) for sha256 in archive.hashes()]
    _open_each(records, len)
    turns = [_turn(archive, records, root / f"dataset-{number}") for number in range(TURNS)]
    peak, out = _peak(), root / "dataset-0"
    rows = sum(pq.ParquetFile(path).metadata.num_rows for path in parts_folder(out).glob("*/*/*.parquet"))
    began = time.monotonic()
    _, report = timed(lambda: write_report(out, root / "report.html", dt.date(2026, 1, 1)))
    waited, reporting = time.monotonic() - began, _peak()
    before = _contents(out)
    _fill(archive, count, count + 1)
    _, again = timed(lambda: build(archive, out))
    after = _contents(out)
    touched = sum(before.get(name) != state for name, state in after.items())
    if count == A_START:
        return
    print(f"{count} records, {rows} observations, peak {peak} MB (bar 2000)")
    for turn in turns:
        bare = f"reading {turn.reading:.1f} s, writing {turn.writing:.1f} s, quotient {turn.quotient:.2f}"
        print(f"  building {turn.building:.1f} s; bare {bare}; parsing all of each record {turn.parsing_all:.1f} s")
    print(f"  median quotient {statistics.median(turn.quotient for turn in turns):.2f} (bar 1.5)")
    print(f"  report {waited:.1f} s by the clock (bar 10), {report:.1f} s of processors, peak {reporting} MB")
    print(f"  one new dispatch {again:.1f} s, touches {touched} of {len(after)} parts")


def timed(action: Callable[[], object]) -> tuple[object, float]:
    """The result and seconds of processor time."""
    began = time.process_time()
    result = action()
    return result, time.process_time() - began


class Turn(NamedTuple):
    """Seconds of processor time."""

    building: float
    reading: float
    writing: float
    parsing_all: float

    @property
    def quotient(self) -> float:
        """Of the build to the same bare."""
        return self.building / (self.reading + self.writing)


def _turn(archive: Archive, records: list[Path], out: Path) -> Turn:
    _, building = timed(lambda: build(archive, out, full=True))
    _, reading = timed(lambda: _open_each(records, facts_of))
    writing = _write_bare(out, out.with_suffix(".bare"))
    _, parsing_all = timed(lambda: _open_each(records, from_json))
    return Turn(building, reading, writing, parsing_all)


def _open_each(records: list[Path], look: Callable[[bytes], object]) -> None:
    for path in records:
        with open(path, "rb", buffering=0) as file:
            look(file.readall())


def _write_bare(out: Path, target: Path) -> float:
    """Seconds for writing the parts of a dataset once they are in memory."""
    seconds = 0.0
    for path in parts_folder(out).glob("*/*/*.parquet"):
        table = pq.ParquetFile(path).read()
        made = target / path.relative_to(out)
        made.parent.mkdir(parents=True, exist_ok=True)
        _, more = timed(partial(pq.write_table, table, made, compression="zstd"))
        seconds += more
    return seconds


def _peak() -> int:
    """The most memory that this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def _contents(out: Path) -> dict[str, tuple[int, int]]:
    return {
        str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in parts_folder(out).glob("*/*/*.parquet")
    }


def _fill(archive: Archive, first: int, last: int) -> None:
    """Records as the parsers leave them, with the index rows that a build asks for."""
    districts = _districts()
    connection = sqlite3.connect(archive.layout.index)
    for number in range(first, last):
        record = _record(number, districts)
        path = archive.layout.record(record.id)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(record.model_dump_json(indent=1), encoding="utf-8")
        connection.execute(
            "INSERT INTO dispatches (id, number, file_sha256, is_draft, name, media_type, warnings) "
            "VALUES (?, ?, ?, 0, 'a.pdf', 'application/pdf', 0)",
            (record.id, number, record.id),
        )
    connection.commit()
    connection.close()


@cache
def _districts() -> list[Place]:
    return [place for place in gazetteer().by_id.values() if place.level == "district"][:300]


@cache
def _units(district: Place) -> list[str]:
    places = gazetteer().by_id.values()
    communes = [place.name for place in places if place.parent == district.id][:ROWS]
    return communes + [f"Chi bộ Cơ quan số {number}" for number in range(ROWS - len(communes))]


def _record(number: int, districts: list[Place]) -> Dispatch:
    """A report of each district and year every fifth day; some are of the same day as the one before."""
    district = districts[number % len(districts)]
    turn, year_of = divmod(number // len(districts), YEARS)
    year = FIRST_YEAR + year_of
    day = dt.date(year, 1, 5) + dt.timedelta(days=5 * (turn - (number % AGAIN == 0)))
    sha256 = hashlib.sha256(str(number).encode()).hexdigest()
    facts = {
        "so_hieu": f"{number}-BC/HU", "date": (day + dt.timedelta(days=2)).isoformat(), "year": year,
        "issuing_body": f"HUYỆN ỦY {district.name}",
        "parent_body": f"ĐẢNG BỘ TỈNH {gazetteer().by_id[district.parent or ''].name}",
    }  # fmt: skip
    source = Source(name=f"{number}.pdf", media_type="application/pdf", size=1, sha256=sha256, reader="pdf")
    table = _table(random.Random(number), _units(district), day, district.id)
    return Dispatch(id=sha256, source=source, header=Header.model_validate(facts), tables=(table,))


def _table(rng: random.Random, units: list[str], day: dt.date, district: str) -> Table:
    columns = [Column(path=("TT",), kind="ordinal"), Column(path=("Đơn vị",), kind="text")]
    for heading in HEADINGS:
        kind: ColumnKind = "percent" if "%" in heading else "integer"
        columns.append(Column(path=tuple(heading.format(day.year).split(" / ")), kind=kind))
    rows = []
    for place, name in enumerate(units, start=1):
        plan = random.Random(f"{district} {day.year} {name} {rng.random() < REVISED}").randint(1, 900)
        figures = [plan, *(rng.randint(1, 900) for _ in range(2))]
        share = f"{rng.randint(0, 999) / 10:.1f}"
        cells = [TableCell(text=str(place), value=place), TableCell(text=name, value=name)]
        cells += [TableCell(text=str(figure), value=figure) for figure in figures]
        cells.append(TableCell(text=share.replace(".", ","), value=share))
        rows.append(Row(kind="data", cells=tuple(cells), page=1))
    caption = f"KẾT QUẢ KẾT NẠP ĐẢNG VIÊN ĐẾN NGÀY {day.day}/{day.month}/{day.year}"
    return Table(id="T1", caption=caption, columns=tuple(columns), rows=tuple(rows))


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or RECORDS)
