"""What a build reads: the records of an archive, with what people and the audit say of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, tee
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select

from congvan.archive.archive import Archive
from congvan.archive.index.sql_tables import dispatches
from congvan.archive.truth.corrections import apply_corrections
from congvan.dataset.see.block import Block
from congvan.dataset.see.facts import facts_of
from congvan.dataset.see.observe import Verdicts, observe_blocks
from schemas.dispatch import Dispatch

Checks = Callable[[Iterable[Dispatch]], Iterable[Verdicts]]
"""What the audit says of the figures of each of many files' records, in their order."""


class _Opened(NamedTuple):
    """A file's record with its JSON, and what people changed in it."""

    sha256: str
    record: Dispatch
    data: bytes
    corrected: frozenset[str]


class _Found(NamedTuple):
    """A file on disk; its size and time tell whether it has changed."""

    path: str
    state: str


class Sources:
    """The records to be built from. `states` gives of each file, in order of its hash, what changes when it changes."""

    def __init__(self, archive: Archive, checks: Checks | None) -> None:
        self._archive, self._checks = archive, checks
        self._records = _find(archive.layout.record("00").parent.parent)
        self._corrections = _find(archive.layout.corrections("00").parent.parent)
        leading = _leading_files(archive)
        self.states = {sha256: self._state(sha256) for sha256 in sorted(self._records) if sha256 in leading}

    def _state(self, sha256: str) -> str:
        corrected = self._corrections.get(sha256)
        return f"{self._records[sha256].state} {corrected.state if corrected else ''}"

    def blocks(self, hashes: Iterable[str]) -> Iterator[tuple[str, Iterator[Block]]]:
        """The figures of these files. Only where people or the audit have a say is a record more than plain facts."""
        if self._checks is None:
            for sha256 in hashes:
                data, corrected = self._data(sha256), frozenset[str]()
                if sha256 in self._corrections:
                    _, _, data, corrected = self._opened(sha256, data)
                yield sha256, observe_blocks(facts_of(data), corrected=corrected)
            return
        kept, ahead = tee(self._opened(sha256, self._data(sha256)) for sha256 in hashes)
        for opened, checked in zip(kept, self._checks(one.record for one in ahead), strict=True):
            yield opened.sha256, observe_blocks(facts_of(opened.data), checked, opened.corrected)

    def _data(self, sha256: str) -> bytes:
        with open(self._records[sha256].path, "rb", buffering=0) as file:  # read whole: a buffer would only be made
            return file.readall()

    def _opened(self, sha256: str, data: bytes) -> _Opened:
        corrections = self._archive.corrections(sha256) if sha256 in self._corrections else []
        record = Dispatch.model_validate_json(data)
        if corrections:
            record = apply_corrections(record, corrections)
            data = record.model_dump_json().encode()
        return _Opened(sha256, record, data, frozenset(correction.path for correction in corrections))


def _leading_files(archive: Archive) -> set[str]:
    """Files that are no copies: the same dispatch in two files is counted once."""
    with archive.engine.connect() as connection:
        copies = select(dispatches.c.file_sha256).where(dispatches.c.copy_of.is_not(None), ~dispatches.c.id.like("%#%"))
        all_files = set(connection.scalars(select(dispatches.c.file_sha256)))
        return all_files - set(connection.scalars(copies))


def _find(folder: Path) -> dict[str, _Found]:
    """Folder by folder, at a fraction of the time that a hundred thousand paths take one by one."""
    found = {}
    for entry in chain.from_iterable(map(os.scandir, folder.glob("*"))):
        name, _, suffix = entry.name.rpartition(".")
        if suffix in ("json", "jsonl"):
            stat = entry.stat()
            found[name] = _Found(entry.path, f"{stat.st_size}-{stat.st_mtime_ns}")
    return found
