"""Trail: what the parsers of one dispatch gather beside their values, evidence and warnings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from schemas.dispatch import Evidence
from schemas.source import Notice


@dataclass
class Trail:
    """Evidence by JSON Pointer, and warnings in the order they came up."""

    evidence: dict[str, tuple[Evidence, ...]] = field(default_factory=dict)
    warnings: list[Notice] = field(default_factory=list)

    def show(self, pointer: str, evidence: Iterable[Evidence]) -> None:
        """Keep where the value at `pointer` stands."""
        self.evidence[pointer] = tuple(evidence)

    def warn(self, code: str, message: str, pointer: str | None = None, suggestion: str | None = None) -> None:
        """Ask a person to look."""
        self.warnings.append(Notice(code=code, message=message, pointer=pointer, suggestion=suggestion))
