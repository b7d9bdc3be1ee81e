"""What people answered to findings (`congvan audit note`, the desk): kept by a key that another reading gives again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from congvan.audit.where import Answer, Checked, place_of
from schemas.dispatch import Dispatch
from schemas.finding import Finding

if TYPE_CHECKING:
    from sqlalchemy import Engine

ANSWERS = ("mistake", "explained", "ours", "open")
"""A mistake of the dispatch, one that has its reason, one of this program; `open` takes an answer back."""


def finding_key(dispatch: Dispatch, finding: Finding) -> str:
    """The same for the same finding in another reading: by what was checked and the words that it stands in."""
    own = next((pointer for pointer in finding.pointers if pointer.startswith("/")), "")
    place = place_of(dispatch, own) if own else None
    words = f"{place.text} {place.where}" if place else finding.explanation
    return hashlib.sha256(f"{finding.check}|{finding.reported}|{words}".encode()).hexdigest()[:12]


def known_answers(engine: Engine) -> dict[tuple[str, str], Answer]:
    """All answers of an archive, by dispatch and key."""
    from sqlalchemy import select

    from congvan.archive.index.person_tables import answers

    with engine.connect() as connection:
        rows = connection.execute(select(answers).where(answers.c.answer != "open"))
        return {(row.dispatch_id, row.key): Answer(row.answer, row.why, row.who) for row in rows}


def with_answers(one: Checked, known: Mapping[tuple[str, str], Answer]) -> Checked:
    """The audited dispatch with what was answered to its findings."""
    told = {
        finding.id: known[key]
        for finding in one.audit.findings
        if finding.verdict != "agrees" and (key := (one.dispatch.id, finding_key(one.dispatch, finding))) in known
    }
    return replace(one, answers=told) if told else one
