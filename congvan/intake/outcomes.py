"""What became of each file of a run: outcomes, the lines of the report, the report."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from schemas.dispatch import Dispatch


class Outcome(StrEnum):
    """What became of a file; `OPENED`: an archive or a mail, of which each file inside has a line of its own."""

    DONE = "done"
    LOOK = "look"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    OPENED = "opened"
    LEFT_OUT = "left_out"
    SECRET = "secret"
    FAILED = "failed"


class FileEntry(NamedTuple):
    """One line of the report: a file, its outcome, the reason in words, and its record where there is one."""

    path: Path
    outcome: Outcome
    reason: str | None = None
    record: Dispatch | None = None


@dataclass
class Report:
    """What a run did, file by file in the order they were finished."""

    entries: list[FileEntry] = field(default_factory=list)

    def count(self, outcome: Outcome) -> int:
        """How many files had this outcome."""
        return sum(entry.outcome is outcome for entry in self.entries)

    @property
    def failed(self) -> bool:
        """Whether any file was not registered."""
        return any(entry.outcome in (Outcome.FAILED, Outcome.SECRET) for entry in self.entries)


def entry_of(path: Path, record: Dispatch) -> FileEntry:
    """The line of a file that was registered; the first warning is what a person should look at."""
    if not record.warnings:
        return FileEntry(path, Outcome.DONE, record=record)
    return FileEntry(path, Outcome.LOOK, record.warnings[0].message, record)
