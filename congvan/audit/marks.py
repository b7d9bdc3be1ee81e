"""Marks: which boxes of a dispatch get which number, for the marked copies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from congvan.audit.places import Checked, boxes, gravest, local
from congvan.audit.wording import Wording
from schemas.base import Box

REPORTED = (0.85, 0.1, 0.1)
"""Red: the reported figure."""

OTHER = (0.1, 0.35, 0.8)
"""Blue: what it was checked against."""


@dataclass(frozen=True)
class Mark:
    """A box on a page with the number of its finding and what to say there."""

    page: int
    box: Box
    number: int
    colour: tuple[float, float, float]
    note: str
    pointer: str


def marks(one: Checked, words: Wording) -> Iterator[Mark]:
    """The marks of all findings that do not plainly agree, numbered from 1; the reported place first."""
    for number, finding in enumerate(gravest(one), start=1):
        pointers = local(finding)
        for place, pointer in enumerate(pointers):
            said = {"number": str(number), "reported": finding.reported or ""}
            note = f"{number}. {finding.explanation}" if place == 0 else words.say("mark_other", said)
            for page, box in boxes(one.dispatch, pointer):
                yield Mark(page, box, number, OTHER if place else REPORTED, note, pointer)
