"""Item: a directive with its own words, so that what is found in them can show where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.passage import Passage
from schemas.dispatch import Directive


@dataclass(frozen=True)
class Item:
    """A directive (its `deadlines` still empty) and the passage that it was read from, label included."""

    directive: Directive
    passage: Passage
