"""Where a figure stands: page, box and words for each JSON Pointer that a finding names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from congvan.audit.audit import Audit
from schemas.base import Box
from schemas.dispatch import Dispatch
from schemas.finding import Finding

_CELL = re.compile(r"/tables/(\d+)/rows/(\d+)/cells/(\d+)")
_CLAIM = re.compile(r"/claims/(\d+)")


class Answer(NamedTuple):
    """What a person answered to a finding, why, and who it was."""

    answer: str
    why: str | None
    who: str

    @property
    def settles(self) -> bool:
        """Is the dispatch right after all: explained, or a fault of ours?"""
        return self.answer in ("explained", "ours")


@dataclass(frozen=True)
class Checked:
    """An audited dispatch with the file that it came from, where that is known."""

    dispatch: Dispatch
    audit: Audit
    path: Path | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    """What people answered to its findings, by their ids."""

    @property
    def title(self) -> str:
        """What people call the dispatch: its số hiệu, else its file."""
        return self.dispatch.header.so_hieu or self.dispatch.source.name

    @property
    def full_title(self) -> str:
        """The same with the file beside it: two dispatches may bear one số hiệu."""
        name = self.dispatch.source.name
        return self.title if self.title == name else f"{self.title} · {name}"


@dataclass(frozen=True)
class FindingPlace:
    """A printed place: its page, box in points from the top left, words, and the row or sentence that it stands in."""

    pointer: str
    page: int | None
    box: Box | None
    text: str
    where: str


def place_of(dispatch: Dispatch, pointer: str) -> FindingPlace:
    """Where a pointer of this dispatch stands (of several boxes, the first)."""
    cell = _CELL.fullmatch(pointer)
    if cell:
        return _cell_place(dispatch, pointer, *map(int, cell.groups()))
    shown = dispatch.evidence.get(pointer, ())
    claim = _CLAIM.fullmatch(pointer)
    text = dispatch.claims[int(claim[1])].text if claim else ""
    page, box = (shown[0].page, shown[0].bbox) if shown else (None, None)
    return FindingPlace(pointer, page, box, text, "")


def _cell_place(dispatch: Dispatch, pointer: str, table: int, row: int, column: int) -> FindingPlace:
    one = dispatch.tables[table]
    shown = dispatch.evidence.get(pointer, ())
    names = [cell.text for place, cell in enumerate(one.rows[row].cells) if one.columns[place].kind == "text"]
    name = next((text for text in names if text), one.rows[row].cells[0].text)
    heading = " / ".join(one.columns[column].path)
    page = shown[0].page if shown else one.rows[row].page
    where = f"{one.label or one.caption or one.id}, hàng «{name}», cột «{heading}»"
    return FindingPlace(pointer, page, shown[0].bbox if shown else None, one.rows[row].cells[column].text, where)


def boxes(dispatch: Dispatch, pointer: str) -> list[tuple[int, Box]]:
    """All pages and boxes at which a pointer's value stands."""
    return [(one.page, one.bbox) for one in dispatch.evidence.get(pointer, ()) if one.page and one.bbox]


def local(finding: Finding) -> list[str]:
    """The finding's pointers into its own dispatch."""
    return [pointer for pointer in finding.pointers if pointer.startswith("/")]


_GRAVITY = ("disagrees", "truncated", "cannot_tell")


def gravest(one: Checked) -> list[Finding]:
    """The findings that an inspector is shown, those that disagree first."""
    return sorted(filter(worth_a_look, one.audit.findings), key=lambda finding: _GRAVITY.index(finding.verdict))


def worth_a_look(finding: Finding) -> bool:
    """Is this finding one that an inspector is shown first?"""
    return finding.verdict != "agrees"
