"""Keeps where a value read from several printed lines stands."""

from __future__ import annotations

from collections.abc import Iterable

from form.spans import Span
from parsers.record.passage import Passage
from parsers.record.trail import Trail
from schemas.dispatch import EvidenceOrigin


def show(trail: Trail, pointer: str, spans: Iterable[Span], origin: EvidenceOrigin) -> None:
    """Keep where a value stands."""
    passage = Passage.join(spans)
    if passage.text:
        trail.show(pointer, passage.evidence(0, len(passage.text), origin))
