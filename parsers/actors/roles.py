"""The roles that an item names: who must act, with whom, and to whom they report."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.actors.labelled import labelled
from parsers.actors.later_clauses import (
    handed_over,
    inner_subjects,
    later_actors,
    lead_in_actors,
    named_last,
    run_in_actors,
)
from parsers.actors.lexicon import grammar, words
from parsers.actors.others import receivers, together
from parsers.actors.sentence_actors import actors
from parsers.record.passage import Passage
from vietnamese.fold import fold


@dataclass(frozen=True)
class Roles:
    """Names as printed, in the order of the text."""

    assignees: tuple[str, ...] = ()
    coordinate_with: tuple[str, ...] = ()
    report_to: tuple[str, ...] = ()


def read_roles(paragraphs: list[Passage], *, heading: bool = False, leads: bool = False) -> Roles:
    """The roles that an item's own words name.

    `heading`: the first paragraph is a heading over what follows; `leads`: other items stand below this one.
    """
    assignees: list[str] = []
    for index, passage in enumerate(paragraphs):
        if grammar("remark").match(passage.folded.lstrip("* ")) or (index == 0 and _is_matter(paragraphs)):
            continue
        found = _told(passage, heading=heading and index == 0)
        for name in found or (run_in_actors(passage) if index == 0 else []):
            _add(assignees, name)
    if not assignees:
        assignees = [name for passage in paragraphs for name in later_actors(passage) or handed_over(passage)]
    if leads and not assignees and paragraphs:
        assignees = lead_in_actors(paragraphs[-1])
    if not assignees and paragraphs:
        assignees = named_last(paragraphs[-1])
    for name in inner_subjects(paragraphs, first=False, common=bool(assignees)):
        _add(assignees, name)
    partners, told = _others(paragraphs)
    return Roles(tuple(assignees), tuple(partners), tuple(told))


def _others(paragraphs: list[Passage]) -> tuple[list[str], list[str]]:
    """With whom something is done, and to whom it is reported."""
    partners: list[str] = []
    told: list[str] = []
    for passage in paragraphs:
        for name in (*labelled(passage).together, *together(passage)):
            _add(partners, name)
        for name in receivers(passage):
            if not any(fold(name) in fold(known) for known in told):
                told.append(name)
    return partners, told


def _is_matter(paragraphs: list[Passage]) -> bool:
    """Whether the heading `Đối với …` only says what it is about: a request below it names who must act."""
    if not paragraphs[0].folded.startswith("doi voi "):
        return False
    below = (passage for passage in paragraphs[1:] if words("verbs", "requests").at(passage.text, passage.folded, 0))
    return any(actors(passage) for passage in below)


def _told(passage: Passage, *, heading: bool) -> list[str]:
    """Who must act by a label of the role (`Cơ quan chủ trì: …`), else by the first sentence."""
    told = labelled(passage)
    return list(told.assignees) if told.assignees or told.together else actors(passage, heading=heading)


def _add(names: list[str], name: str) -> None:
    if name and name not in names:
        names.append(name)
