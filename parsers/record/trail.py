"""Trail: what the parsers of one dispatch gather beside their values, evidence and warnings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from schemas.base import Box
from schemas.dispatch import Evidence
from schemas.packed import Growing, Packed, PackedMap, Packer
from schemas.source import Notice, Suggestion, SuggestionSource

T = TypeVar("T")

_TOGETHER = 200
"""How many values of a long record are packed together."""


_Shown = tuple[str, tuple[Evidence, ...]]


@dataclass
class Trail:
    """Evidence by JSON Pointer, and warnings in the order they came up.

    Of a `long` file, what comes by the thousand is packed as it comes, for it takes more memory than all else;
    `evidence` is then that of the header only.
    """

    long: bool = False
    evidence: dict[str, tuple[Evidence, ...]] = field(default_factory=dict)
    warnings: Growing[Notice] = field(default_factory=lambda: Growing(_TOGETHER))
    _packed: Packer[_Shown] = field(default_factory=Packer)
    _recent: list[_Shown] = field(default_factory=list)

    def show(self, pointer: str, evidence: Iterable[Evidence]) -> None:
        """Keep where the value at `pointer` stands."""
        if not self.long or pointer.startswith("/header"):
            self.evidence[pointer] = tuple(evidence)
            return
        self._recent.append((pointer, tuple(evidence)))
        if len(self._recent) == _TOGETHER:
            self._packed.add(self._recent)
            self._recent.clear()

    def all_evidence(self) -> Mapping[str, tuple[Evidence, ...]]:
        """The evidence of the whole dispatch, when there is nothing more to show."""
        if not self.long:
            return self.evidence
        self._packed.add(self._recent)
        self._packed.add(self.evidence.items())
        return PackedMap(Packed(self._packed))

    def kept(self, values: Iterable[T]) -> Sequence[T]:
        """Values of the record as a tuple, or packed."""
        if not self.long:
            return tuple(values)
        rest = iter(values)
        return Packed.of(iter(lambda: list(islice(rest, _TOGETHER)), []))

    def warn(
        self,
        code: str,
        message: str,
        pointer: str | None = None,
        suggestion: str | None = None,
        source: SuggestionSource = "print",
        place: tuple[int | None, Box | None] = (None, None),
    ) -> None:
        """Ask a person to look, at a page and a box of it if they are known.

        `suggestion`: a value that was seen and not taken, `source`: where.
        """
        page, bbox = place
        seen = (Suggestion(value=suggestion, source=source),) if suggestion else ()
        self.warnings.append(
            Notice.made(code=code, message=message, pointer=pointer, suggestions=seen, page=page, bbox=bbox)
        )
