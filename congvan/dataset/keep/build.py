"""Building the dataset from an archive: wholly, or only what has changed since the last build."""

from __future__ import annotations

import contextlib
import gc
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import TypedDict

import pyarrow as pa
from pydantic_core import from_json, to_json

from congvan.archive.archive import Archive
from congvan.archive.truth.files import write_atomic
from congvan.archive.truth.own_folders import mark
from congvan.dataset.keep.assemble import Assembly
from congvan.dataset.keep.parquet import SCHEMA, Partition, bucket_of, parts_folder, replace_file, write_part
from congvan.dataset.keep.sources import Checks, Sources

_MANIFEST = "manifest.json"
RULES = "measures.toml"
"""Which headings are one measure, in an archive's folder and in a dataset's."""
_NAMES = (
    "manifest.json",
    "measures.toml",
    "datasette.json",
    "datapackage.json",
    "report.html",
    "observations",
    *(f"observations.{form}" for form in ("csv", "xlsx", "sqlite")),
)
"""What stands in a dataset's folder."""
_LEAST_CHANGED_FOR_FULL = 0.2

Where = dict[str, list[str]]
"""The parts that each file's rows lie in."""


class BuiltEntry(TypedDict):
    """What a build remembers of a file: the state of its record, and where its rows lie."""

    state: str
    parts: list[str]


@dataclass(frozen=True)
class Built:
    """What a build did: files read anew, files taken out, and whether everything was made anew."""

    read: int
    removed: int
    full: bool


def build(archive: Archive, out: Path, checks: Checks | None = None, full: bool = False) -> Built:
    """Bring the dataset in `out` up to date with the archive. Gives what was done.

    A change touches only the parts that its rows lie in; where much has changed, or the vocabulary by which figures are
    understood, everything is made anew.
    """
    mark(out, "bộ số liệu", _NAMES)
    _copy_rules(archive, out)
    with _no_collector():
        return _build(Sources(archive, checks), out, _basis(checks is not None), full)


def _copy_rules(archive: Archive, out: Path) -> None:
    """What people said of the measures, so that a dataset is whole without its archive."""
    rules = archive.layout.root / RULES
    if rules.exists():
        write_atomic(out / RULES, rules.read_bytes())
    else:
        (out / RULES).unlink(missing_ok=True)


def _build(sources: Sources, out: Path, basis: str, full: bool) -> Built:
    before = {} if full else _load_manifest(out, basis)
    changed = [sha256 for sha256, state in sources.states.items() if _is_new(before.get(sha256), state)]
    gone = [sha256 for sha256 in before if sha256 not in sources.states]
    if before and not changed and not gone:
        return Built(0, 0, full=False)
    (out / _MANIFEST).unlink(missing_ok=True)  # a build that is stopped midway is followed by a full one
    anew = not before or len(changed) > _LEAST_CHANGED_FOR_FULL * len(sources.states)
    if anew:
        where = _build_all(sources, out)
    else:
        where = _build_some(sources, out, changed, before)
        for sha256 in gone:
            _replace(out, sha256, {}, before)
    entries = {
        sha256: BuiltEntry(state=state, parts=where[sha256] if sha256 in where else before[sha256]["parts"])
        for sha256, state in sources.states.items()
    }
    write_atomic(out / _MANIFEST, to_json({"basis": basis, "files": entries}))
    return Built(len(where), len(gone), anew)


def _is_new(entry: BuiltEntry | None, state: str) -> bool:
    return entry is None or entry["state"] != state


def _basis(audited: bool) -> str:
    """What else the rows depend on: rules and tables, here and of the language, and whether the audit has its say."""
    digest = hashlib.sha256(b"audited" if audited else b"")
    for package in (__package__, "congvan.dataset.see", "congvan.dataset.words", "vietnamese"):
        for file in sorted(files(package).iterdir(), key=lambda each: each.name):
            if file.is_file():
                digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


def _load_manifest(out: Path, basis: str) -> dict[str, BuiltEntry]:
    """What the last build left, unless it stood on another basis, or is none that is known."""
    path = out / _MANIFEST
    manifest = from_json(path.read_bytes()) if path.exists() else {}
    return manifest["files"] if manifest.get("basis") == basis else {}


def _build_all(sources: Sources, out: Path) -> Where:
    for path in parts_folder(out).glob("*/*/*.parquet"):
        path.unlink()
    where: Where = {}
    for _, bucket in groupby(sources.blocks(sources.states), key=lambda each: bucket_of(each[0])):
        assembly = Assembly()
        for sha256, blocks in bucket:
            where[sha256] = _names(assembly.add(blocks))
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


def _build_some(sources: Sources, out: Path, changed: list[str], before: dict[str, BuiltEntry]) -> Where:
    where = {}
    for sha256, blocks in sources.blocks(changed):
        assembly = Assembly()
        where[sha256] = _names(assembly.add(blocks))
        _replace(out, sha256, dict(assembly.tables()), before)
    return where


def _replace(out: Path, sha256: str, tables: dict[Partition, pa.Table], before: dict[str, BuiltEntry]) -> None:
    """Put a file's rows into the parts they belong to, and take them out of those they lay in before."""
    old = before[sha256]["parts"] if sha256 in before else []
    for name in sorted({*old, *_names(tables)}):
        partition = _partition(name)
        replace_file(partition.path(parts_folder(out)), sha256, tables.get(partition, SCHEMA.empty_table()))


def _names(partitions: Iterable[Partition]) -> list[str]:
    return sorted(f"{each.province or ''}/{each.year or ''}/{each.bucket}" for each in partitions)


def _partition(name: str) -> Partition:
    province, year, bucket = name.rsplit("/", 2)
    return Partition(province or None, int(year) if year else None, bucket)
