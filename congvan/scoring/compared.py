"""A mark: one thing that was compared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

Verdict = Literal["right", "missed", "extra"]


@dataclass(frozen=True)
class Compared:
    """One thing that was compared. `missed`: in the gold and not (so) in the record; `extra`: the other way round.

    `weight` is how many things it stands for (characters).
    """

    area: str
    verdict: Verdict
    field: str
    expected: Any = None
    got: Any = None
    weight: int = 1

    def within(self, prefix: str) -> Compared:
        """The same mark, of a dispatch that is attached."""
        return replace(self, field=f"{prefix}{self.field}")
