"""Building the dataset from an archive: wholly, or only what has changed since the last build."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import TypedDict

import pyarrow as pa
from pydantic_core import from_json, to_json

from congvan.archive.archive import Archive
from congvan.archive.corrections import apply_corrections
from congvan.archive.files import write_atomic
from congvan.dataset.assemble import Assembly
from congvan.dataset.block import Block
from congvan.dataset.facts import facts_of
from congvan.dataset.observe import Disputed, observe_blocks
from congvan.dataset.store import SCHEMA, Partition, parts_folder, replace_file, write_part
from schemas.dispatch import Dispatch

_MANIFEST = "manifest.json"
_LEAST_CHANGED_FOR_FULL = 0.2

Disputes = Callable[[Dispatch], Disputed]
"""Which figures of a file's record the audit found against."""

Where = dict[str, list[str]]
"""The parts that each file's rows lie in."""


class Entry(TypedDict):
    """What a build remembers of a file: the state of its record, and where its rows lie."""

    state: str
    parts: list[str]


@dataclass(frozen=True)
class Built:
    """What a build did: files read anew, files taken out, and whether everything was made anew."""

    read: int
    removed: int
    full: bool


def build(archive: Archive, out: Path, disputes: Disputes | None = None, full: bool = False) -> Built:
    """Bring the dataset in `out` up to date with the archive. Gives what was done.

    A change touches only the parts that its rows lie in; where much has changed, or the vocabulary by which figures are
    understood, everything is made anew.
    """
    leading = _leading_files(archive)
    now = {sha256: state for sha256, state in _states(archive).items() if sha256 in leading}
    basis = _basis(disputes is not None)
    before = {} if full else _load_manifest(out, basis)
    changed = [sha256 for sha256, state in now.items() if sha256 not in before or before[sha256]["state"] != state]
    gone = [sha256 for sha256 in before if sha256 not in now]
    if before and not changed and not gone:
        return Built(0, 0, full=False)
    (out / _MANIFEST).unlink(missing_ok=True)  # a build that is stopped midway is followed by a full one
    records = _Records(archive, frozenset(sha256 for sha256, state in now.items() if not state.endswith(" ")), disputes)
    anew = not before or len(changed) > _LEAST_CHANGED_FOR_FULL * len(now)
    if anew:
        where = _build_all(records, out, now)
    else:
        where = _build_some(records, out, changed, before)
        for sha256 in gone:
            _replace(out, sha256, {}, before)
    entries = {
        sha256: Entry(state=now[sha256], parts=where[sha256] if sha256 in where else before[sha256]["parts"])
        for sha256 in now
    }
    manifest = {"basis": basis, "files": entries}
    write_atomic(out / _MANIFEST, to_json(manifest))
    return Built(len(where), len(gone), anew)


def _leading_files(archive: Archive) -> set[str]:
    """Files that are no copies: the same dispatch in two files is counted once."""
    from sqlalchemy import select

    from congvan.archive.tables import dispatches

    with archive.engine.connect() as connection:
        copies = select(dispatches.c.file_sha256).where(dispatches.c.copy_of.is_not(None), ~dispatches.c.id.like("%#%"))
        all_files = set(connection.scalars(select(dispatches.c.file_sha256)))
        return all_files - set(connection.scalars(copies))


def _states(archive: Archive) -> dict[str, str]:
    """Of each file, in order, size and time of what its rows are made from: each change writes that anew."""
    records, corrections = (
        _sizes_and_times(of("00").parent.parent) for of in (archive.layout.record, archive.layout.corrections)
    )
    return {sha256: f"{records[sha256]} {corrections.get(sha256, '')}" for sha256 in sorted(records)}


def _sizes_and_times(folder: Path) -> dict[str, str]:
    """By folders, at a fraction of the time that a hundred thousand paths take one by one."""
    found = {}
    for entry in chain.from_iterable(map(os.scandir, folder.glob("*"))):
        name, suffix = os.path.splitext(entry.name)
        if suffix.startswith(".json"):
            stat = entry.stat()
            found[name] = f"{stat.st_size}-{stat.st_mtime_ns}"
    return found


def _basis(audited: bool) -> str:
    """What else the rows depend on: the rules and tables of this package, and whether the audit has its say."""
    digest = hashlib.sha256(b"audited" if audited else b"")
    for file in sorted(files(__package__).iterdir(), key=lambda each: each.name):
        if file.is_file():
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


def _load_manifest(out: Path, basis: str) -> dict[str, Entry]:
    """What the last build left, unless it stood on another basis, or is none that is known."""
    path = out / _MANIFEST
    manifest = from_json(path.read_bytes()) if path.exists() else {}
    return manifest["files"] if manifest.get("basis") == basis else {}


@dataclass(frozen=True)
class _Records:
    """The records of an archive, with what people and the audit say of them."""

    archive: Archive
    corrected: frozenset[str]
    disputes: Disputes | None

    def blocks(self, sha256: str) -> Iterator[Block]:
        """The figures of a file. Only where people or the audit have a say is its record more than plain facts."""
        data = self.archive.layout.record(sha256).read_bytes()
        corrections = self.archive.corrections(sha256) if sha256 in self.corrected else []
        if not corrections and self.disputes is None:
            return observe_blocks(facts_of(data))
        record = Dispatch.model_validate_json(data)
        if corrections:
            record = apply_corrections(record, corrections)
            data = record.model_dump_json().encode()
        disputed = self.disputes(record) if self.disputes else frozenset()
        return observe_blocks(facts_of(data), disputed, frozenset(correction.path for correction in corrections))


def _build_all(records: _Records, out: Path, hashes: Iterable[str]) -> Where:
    for path in parts_folder(out).glob("province=*/year=*/*.parquet"):
        path.unlink()
    where: Where = {}
    with _no_collector():
        for _, bucket in groupby(hashes, key=itemgetter(0)):
            assembly = Assembly()
            for sha256 in bucket:
                where[sha256] = _names(assembly.add(records.blocks(sha256)))
            for partition, table in assembly.tables():
                write_part(table, partition.path(parts_folder(out)))
    return where


@contextlib.contextmanager
def _no_collector() -> Iterator[None]:
    """Without the search for cycles: of millions of things none is in any, and looking at them takes long."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _build_some(records: _Records, out: Path, changed: list[str], before: dict[str, Entry]) -> Where:
    where = {}
    for sha256 in changed:
        assembly = Assembly()
        where[sha256] = _names(assembly.add(records.blocks(sha256)))
        _replace(out, sha256, dict(assembly.tables()), before)
    return where


def _replace(out: Path, sha256: str, tables: dict[Partition, pa.Table], before: dict[str, Entry]) -> None:
    """Put a file's rows into the parts they belong to, and take them out of those they lay in before."""
    old = before[sha256]["parts"] if sha256 in before else []
    for name in sorted({*old, *_names(tables)}):
        partition = _partition(name)
        replace_file(partition.path(parts_folder(out)), sha256, tables.get(partition, SCHEMA.empty_table()))


def _names(partitions: Iterable[Partition]) -> list[str]:
    return sorted(f"{each.province}/{each.year}/{each.bucket}" for each in partitions)


def _partition(name: str) -> Partition:
    province, year, bucket = name.rsplit("/", 2)
    return Partition(province, int(year), bucket)
