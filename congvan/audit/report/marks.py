"""Marks: which boxes of a dispatch get which number, for the marked copies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from congvan.audit.where import Checked, boxes, gravest, local
from congvan.audit.wording import Wording
from schemas.base import Box

REPORTED = (0.85, 0.1, 0.1)
"""Red: a reported figure that disagrees."""

OPEN = (0.72, 0.45, 0.0)
"""Amber: a reported figure of which nothing is concluded, or that agrees only when cut off."""

OTHER = (0.1, 0.35, 0.8)
"""Blue: what it was checked against."""


_MOST_NUMBERS = 2


@dataclass(frozen=True)
class Mark:
    """A box on a page with the numbers of its findings and what to say there."""

    page: int
    box: Box
    numbers: tuple[int, ...]
    colour: tuple[float, float, float]
    note: str
    pointer: str

    @property
    def label(self) -> str:
        """The numbers as they stand at the box: two of many, so that they cover nothing."""
        return ", ".join(map(str, self.numbers[:_MOST_NUMBERS])) + ("…" if len(self.numbers) > _MOST_NUMBERS else "")


def marks(one: Checked, words: Wording) -> Iterator[Mark]:
    """The marks of all findings that do not plainly agree, numbered from 1; a box of several bears all numbers."""
    boxed: dict[tuple[int, Box], list[Mark]] = defaultdict(list)
    for mark in _marks(one, words):
        boxed[mark.page, mark.box].append(mark)
    for marked in boxed.values():
        first = min(marked, key=lambda mark: (REPORTED, OPEN, OTHER).index(mark.colour))
        numbers = tuple(dict.fromkeys(number for mark in marked for number in mark.numbers))
        yield replace(first, numbers=numbers, note="\n".join(dict.fromkeys(mark.note for mark in marked)))


def _marks(one: Checked, words: Wording) -> Iterator[Mark]:
    for finding in gravest(one):
        number, pointers = int(finding.id.removeprefix("F")), local(finding)
        own = REPORTED if finding.verdict == "disagrees" else OPEN
        found: list[Mark] = []
        for place, pointer in enumerate(pointers):
            said = {"number": str(number), "reported": finding.reported or ""}
            note = f"{finding.id}. {finding.explanation}" if place == 0 else words.say("mark_other", said)
            for page, box in boxes(one.dispatch, pointer):
                found.append(Mark(page, box, (number,), OTHER if place else own, note, pointer))
        yield from _gathered(found)


def _gathered(found: list[Mark]) -> Iterator[Mark]:
    """Cells of one column of a page in one frame, so that a sum over fifty rows is one mark and not fifty."""
    columns: dict[tuple[int, str], list[Mark]] = defaultdict(list)
    for mark in found:
        table, _, place = mark.pointer.partition("/rows/")
        key = f"{table} {place.rpartition('/')[2]}" if place and mark.colour is OTHER else mark.pointer
        columns[mark.page, key].append(mark)
    for marks_of_column in columns.values():
        if marks_of_column[0].colour is not OTHER:
            yield from marks_of_column
            continue
        box = enclosing(mark.box for mark in marks_of_column)
        yield replace(marks_of_column[0], box=box)


def enclosing(boxes_of_one: Iterable[Box]) -> Box:
    """The smallest box around these."""
    x0s, tops, x1s, bottoms = zip(*boxes_of_one, strict=True)
    return min(x0s), min(tops), max(x1s), max(bottoms)
