"""Lengths of time and recurrences, as values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Length:
    """A length of time: `count` units; `working` where ngày làm việc is said."""

    count: int
    unit: str
    working: bool = False


@dataclass(frozen=True)
class Every:
    """A recurrence: every `count` units."""

    count: int
    unit: str


@dataclass(frozen=True)
class Recurrences:
    """What a list of recurrences names: `hằng tháng, quý, năm`."""

    everys: tuple[Every, ...]
