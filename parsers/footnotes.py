"""Footnotes of one dispatch."""

from __future__ import annotations

from parsers.record.passage import paragraph_evidence
from parsers.record.trail import Trail
from parsers.record.zones import Parts
from schemas.dispatch import Note


def read_footnotes(parts: Parts, trail: Trail) -> tuple[Note, ...]:
    """The footnotes in order, each with its evidence."""
    notes = []
    for index, footnote in enumerate(parts.footnotes):
        text = footnote.paragraph.text
        notes.append(Note(mark=footnote.mark, text=text))
        trail.show(f"/footnotes/{index}", paragraph_evidence(footnote.paragraph, 0, len(text), "body"))
    return tuple(notes)
