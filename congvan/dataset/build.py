"""Building the dataset from an archive: wholly, or only what has changed since the last build."""

from __future__ import annotations

import contextlib
import gc
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from congvan.archive.archive import Archive
from congvan.archive.corrections import apply_corrections
from congvan.archive.files import write_atomic
from congvan.dataset.observe import Disputed, observe
from congvan.dataset.store import Partition, group, replace_file, to_arrow, write_part
from schemas.dispatch import Dispatch
from schemas.observation import Observation

_MANIFEST = "manifest.json"
_PARTS = "observations"
_ROWS_A_BATCH = 50_000
_LEAST_CHANGED_FOR_FULL = 0.2

Disputes = Callable[[Dispatch], Disputed]
"""Which figures of a file's record the audit found against."""


@dataclass(frozen=True)
class Built:
    """What a build did: files read anew, files taken out, and whether everything was made anew."""

    read: int
    removed: int
    full: bool


def build(archive: Archive, out: Path, disputes: Disputes = lambda record: frozenset(), full: bool = False) -> Built:
    """Bring the dataset in `out` up to date with the archive. Gives what was done.

    A change touches only the parts that its rows lie in; where much has changed, everything is made anew.
    """
    leading = _leading_files(archive)
    now = {sha256: _state(archive, sha256) for sha256 in archive.hashes() if sha256 in leading}
    before = {} if full else _load_manifest(out)
    (out / _MANIFEST).unlink(missing_ok=True)  # a build that is stopped midway is followed by a full one
    changed = [sha256 for sha256, state in now.items() if before.get(sha256, {}).get("state") != state]
    gone = [sha256 for sha256 in before if sha256 not in now]
    if not before or len(changed) > _LEAST_CHANGED_FOR_FULL * len(now):
        where = _build_all(archive, out, sorted(now), disputes)
    else:
        where = _build_some(archive, out, changed, disputes, before)
        for sha256 in gone:
            _replace(out, sha256, {}, before)
    manifest = {
        sha256: {"state": now[sha256], "parts": where[sha256] if sha256 in where else before[sha256]["parts"]}
        for sha256 in now
    }
    write_atomic(out / _MANIFEST, json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=0).encode())
    return Built(len(where), len(gone), not before)


def parts_folder(out: Path) -> Path:
    """The folder of the Parquet parts."""
    return out / _PARTS


def _leading_files(archive: Archive) -> set[str]:
    """Files that are no copies: the same dispatch in two files is counted once."""
    from sqlalchemy import select

    from congvan.archive.tables import dispatches

    with archive.engine.connect() as connection:
        copies = select(dispatches.c.file_sha256).where(dispatches.c.copy_of.is_not(None), ~dispatches.c.id.like("%#%"))
        all_files = set(connection.scalars(select(dispatches.c.file_sha256)))
        return all_files - set(connection.scalars(copies))


def _state(archive: Archive, sha256: str) -> str:
    """Size and time of the files that a file's rows are made from: each change writes them anew."""
    stats = [archive.layout.record(sha256).stat()]
    with contextlib.suppress(FileNotFoundError):
        stats.append(archive.layout.corrections(sha256).stat())
    return " ".join(f"{stat.st_size}-{stat.st_mtime_ns}" for stat in stats)


def _load_manifest(out: Path) -> dict[str, dict[str, object]]:
    path = out / _MANIFEST
    return json.loads(path.read_bytes()) if path.exists() else {}


def _rows(archive: Archive, sha256: str, disputes: Disputes) -> list[Observation]:
    corrections = archive.corrections(sha256)
    machine = archive.machine_record(sha256)
    record = apply_corrections(machine, corrections) if corrections else machine
    corrected = frozenset(correction.path for correction in corrections)
    return observe(record, disputes(record), corrected)


def _build_all(archive: Archive, out: Path, hashes: list[str], disputes: Disputes) -> dict[str, list[str]]:
    for path in parts_folder(out).glob("province=*/year=*/*.parquet"):
        path.unlink()
    where: dict[str, list[str]] = {}
    with _no_collector():
        for bucket in "0123456789abcdef":
            _build_bucket(archive, out, [sha256 for sha256 in hashes if sha256[0] == bucket], disputes, where)
    return where


@contextlib.contextmanager
def _no_collector() -> Iterator[None]:
    """Without the search for cycles: of millions of rows none has any, and looking at them doubles the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _build_bucket(
    archive: Archive, out: Path, hashes: list[str], disputes: Disputes, where: dict[str, list[str]]
) -> None:
    """The parts of the files whose hashes begin with one letter; `where` is told which parts hold each file."""
    batches: dict[Partition, list[pa.Table]] = {}
    waiting: dict[Partition, list[Observation]] = {}
    count = 0
    for sha256 in hashes:
        groups = group(_rows(archive, sha256, disputes))
        where[sha256] = _names(groups)
        for partition, rows in groups.items():
            waiting.setdefault(partition, []).extend(rows)
            count += len(rows)
        if count >= _ROWS_A_BATCH:
            _add_batches(batches, waiting)
            count = 0
    _add_batches(batches, waiting)
    for partition, tables in batches.items():
        write_part(pa.concat_tables(tables), partition.path(parts_folder(out)))


def _add_batches(batches: dict[Partition, list[pa.Table]], waiting: dict[Partition, list[Observation]]) -> None:
    for partition, rows in waiting.items():
        batches.setdefault(partition, []).append(to_arrow(rows))
    waiting.clear()


def _build_some(
    archive: Archive, out: Path, changed: list[str], disputes: Disputes, before: dict[str, dict[str, object]]
) -> dict[str, list[str]]:
    where = {}
    for sha256 in changed:
        groups = group(_rows(archive, sha256, disputes))
        where[sha256] = _names(groups)
        _replace(out, sha256, groups, before)
    return where


def _replace(
    out: Path, sha256: str, groups: dict[Partition, list[Observation]], before: dict[str, dict[str, object]]
) -> None:
    """Put a file's rows into the parts they belong to, and take them out of those they lay in before."""
    old = before.get(sha256, {}).get("parts", [])
    assert isinstance(old, list)
    for name in sorted({*old, *_names(groups)}):
        partition = _partition(name)
        replace_file(partition.path(parts_folder(out)), sha256, to_arrow(groups.get(partition, [])))


def _names(partitions: Iterable[Partition]) -> list[str]:
    return sorted({f"{each.province}/{each.year}/{each.bucket}" for each in partitions})


def _partition(name: str) -> Partition:
    province, year, bucket = name.rsplit("/", 2)
    return Partition(province, int(year), bucket)
