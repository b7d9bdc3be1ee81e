"""The public face of an archive: what programs ask of it. Writing goes through the commands, or `congvan.archive`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from congvan.archive.archive import open_archive
from congvan.archive.index.naming import find_dispatches
from congvan.archive.index.search import Filters, SearchHit, search
from congvan.archive.truth.archive_errors import PlainError
from congvan.audit.audit import Audit, audit
from congvan.register.entries import Entry, Query, list_deadlines
from congvan.register.settings import load_settings
from schemas.dispatch import Dispatch


class ArchiveReader:
    """An archive in a folder, open for questions. Raises `PlainError` where there is none."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._archive = open_archive(self.path)

    def dispatches(self) -> Iterator[Dispatch]:
        """The record of each registered file, people's corrections included, in order of their ids."""
        return map(self._archive.record, self._archive.hashes())

    def dispatch(self, name: str) -> Dispatch:
        """The record that a person names by id, the first letters of an id, or số hiệu. Raises `PlainError`."""
        found = find_dispatches(self._archive.engine, name)
        if len(found) != 1:
            raise PlainError(f"{name}: {'nhiều văn bản cùng tên gọi này' if found else 'không có văn bản này'}.")
        return self._archive.record(found[0].partition("#")[0])

    def search(self, words: str, filters: Filters | None = None) -> list[SearchHit]:
        """The passages that hold all words, with or without marks; best first, or as the filters say."""
        return search(self._archive.engine, words, filters)

    def deadlines(self, today: dt.date, start: dt.date | None = None, end: dt.date | None = None) -> list[Entry]:
        """The deadline register as it stands on a day: what is due from `start` to `end`, ours first."""
        return list_deadlines(self._archive.engine, Query(today, start, end), load_settings(self.path))

    def findings(self, name: str) -> Audit:
        """The audit of a dispatch's figures, named as in `dispatch`."""
        return audit(self.dispatch(name))
