"""Trail: what the parsers of one dispatch gather beside their values, evidence and warnings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from parsers.record.passage import enclosing_box
from schemas.base import Box
from schemas.codes import WarningCode
from schemas.dispatch import Evidence
from schemas.packed import Growing, Packed, PackedMap, Packer
from schemas.source import Notice, Suggestion, SuggestionSource

T = TypeVar("T")

_TOGETHER = 200
"""How many values of a long record are packed together."""


_QUOTED = 200
"""Of a long value a warning quotes the beginning, so many characters."""

_Shown = tuple[str, tuple[Evidence, ...]]


@dataclass
class Trail:
    """Evidence by JSON Pointer, and warnings in the order they came up.

    Of a `long` file, what comes by the thousand is packed as it comes, for it takes more memory than all else;
    `evidence` is then that of the header only. Nothing reads a warning back: what one parser found out and another
    needs stands beside them, `asked` (the values that are warned of), `other_days` (of issue, by what contradicts the
    letterhead) and `past_limits` (whether a limit lies before the day of issue).
    """

    long: bool = False
    evidence: dict[str, tuple[Evidence, ...]] = field(default_factory=dict)
    warnings: Growing[Notice] = field(default_factory=lambda: Growing(_TOGETHER))
    asked: set[str] = field(default_factory=set)
    other_days: list[dt.date] = field(default_factory=list)
    past_limits: bool = False
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
        code: WarningCode,
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
        self.tell(Notice.made(code=code, message=message, pointer=pointer, suggestions=seen, page=page, bbox=bbox))

    def tell(self, notice: Notice) -> None:
        """Keep a warning as it is."""
        self.warnings.append(notice)
        if notice.pointer is not None:
            self.asked.add(notice.pointer)

    def asks_below(self, pointer: str) -> bool:
        """Whether a warning is about the value at a pointer, or about a part of it."""
        return any(one == pointer or one.startswith(f"{pointer}/") for one in self.asked)

    def rendered(self) -> Iterator[Notice]:
        """The warnings, each with the page, box and words of the value that it is about, where they are known."""
        for notice in self.warnings:
            yield self._placed(self._pointed(notice))

    def _pointed(self, notice: Notice) -> Notice:
        """A warning that a reader gave of a place on a page, with the smallest value that stands there."""
        if notice.pointer is not None or notice.bbox is None or notice.page is None:
            return notice
        x, y = (notice.bbox[0] + notice.bbox[2]) / 2, (notice.bbox[1] + notice.bbox[3]) / 2
        around = [
            ((box[2] - box[0]) * (box[3] - box[1]), pointer)
            for pointer, shown in self.evidence.items()
            for box in (one.bbox for one in shown if one.page == notice.page and one.origin != "inferred")
            if box is not None and box[0] <= x <= box[2] and box[1] <= y <= box[3]
        ]
        return notice.model_copy(update={"pointer": min(around)[1]}) if around else notice

    def _placed(self, notice: Notice) -> Notice:
        """A warning that does not say where to look, with the place where its value, or what holds it, stands."""
        shown = self._nearest(notice.pointer) if notice.pointer and notice.bbox is None else ()
        first = next((one for one in shown if notice.page in (None, one.page)), None)
        if first is None:
            return notice
        box = enclosing_box(one.bbox for one in shown if one.page == first.page)
        quote = notice.quote or " ".join(one.quote for one in shown if one.page == first.page)[:_QUOTED]
        return notice.model_copy(update={"page": first.page, "bbox": box, "quote": quote})

    def _nearest(self, pointer: str) -> tuple[Evidence, ...]:
        """The evidence of a value, or of the smallest thing that holds it."""
        while pointer.count("/") > 1:
            if shown := self.evidence.get(pointer):
                return shown
            pointer = pointer.rpartition("/")[0]
        return ()
