"""Places: provinces, districts and communes with the days they existed and what became of them (table: `places.csv`).

The table holds facts of 2023, of the mergers up to 1 January 2025 (when Huế became a city of its own) and of the reform
of 1 July 2025, which left 34 provinces and no districts. A unit that began or ended between two of these is dated by
the later one.
"""

from __future__ import annotations

import csv
import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import Literal

from rapidfuzz.distance import Levenshtein

from vietnamese.fold import fold, nfc
from vietnamese.tones import tone_key

Level = Literal["province", "district", "commune"]
How = Literal["exact", "tones", "fold", "one_letter"]
_SHORTEST_FOR_ONE_LETTER = 5


@dataclass(frozen=True, eq=False)
class Place:
    """A unit of the State, one object each.

    `valid_from` and `valid_to` are its first and last day, where known to have changed.
    """

    id: str
    code: int
    level: Level
    kind: str
    name: str
    parent: str | None
    valid_from: dt.date | None
    valid_to: dt.date | None
    successors: tuple[str, ...]

    def existed(self, day: dt.date | None) -> bool:
        """Whether the unit was there on a day; without a day, always."""
        if day is None:
            return True
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Match:
    """The one place that a printed name means, and how far the spelling had to be bent."""

    place: Place
    how: How


class Gazetteer:
    """All places, found by name within their parent and day."""

    def __init__(self, places: list[Place]) -> None:
        self.by_id = {place.id: place for place in places}

    @cached_property
    def _children(self) -> dict[str | None, _Names]:
        found: dict[str | None, list[Place]] = {}
        for place in self.by_id.values():
            found.setdefault(place.parent, []).append(place)
        return {parent: _Names(places) for parent, places in found.items()}

    @cached_property
    def districts(self) -> list[Place]:
        """All districts of all times."""
        return [place for place in self.by_id.values() if place.level == "district"]

    @cached_property
    def provinces(self) -> list[Place]:
        """All provinces of all times."""
        return [place for place in self.by_id.values() if place.level == "province"]

    @cached_property
    def _changes(self) -> list[dt.date]:
        """The first days of the stretches in which no unit began or ended."""
        begun = {place.valid_from for place in self.by_id.values() if place.valid_from}
        ended = {place.valid_to + dt.timedelta(days=1) for place in self.by_id.values() if place.valid_to}
        return [dt.date.min, *sorted(begun | ended)]

    def same_days(self, day: dt.date | None) -> dt.date | None:
        """One day for all on which the same units stood, so that what is known of one is known of the others."""
        return day and self._changes[bisect_right(self._changes, day) - 1]

    def province(self, name: str, day: dt.date | None = None) -> Match | None:
        """The province of a name on a day."""
        return self._children[None].choose(name, None, day)

    def within(self, parent: Place, name: str, kind: str | None = None, day: dt.date | None = None) -> Match | None:
        """The unit of a name directly below a place; `kind` (`xã`, `thị trấn`, …) where it is printed.

        Exact first, then by tone placement, then without marks, then one letter off; each only where one unit fits.
        """
        names = self._children.get(parent.id)
        return names.choose(name, kind, day) if names else None

    def parents(self, place: Place) -> Iterator[Place]:
        """What a place belongs to, from the nearest up."""
        while place.parent is not None:
            place = self.by_id[place.parent]
            yield place


class _Names:
    """The units below one place, by their names as they are spelled, by tone placement, and without marks."""

    def __init__(self, places: list[Place]) -> None:
        self.places = places
        self._by_spelling: tuple[dict[str, list[Place]], ...] = ({}, {}, {})
        for place in places:
            for table, spelling in zip(self._by_spelling, _spellings(place.name), strict=True):
                table.setdefault(spelling, []).append(place)

    def choose(self, name: str, kind: str | None, day: dt.date | None) -> Match | None:
        hows: tuple[How, ...] = ("exact", "tones", "fold")
        spellings = _spellings(name)
        for how, table, spelling in zip(hows, self._by_spelling, spellings, strict=True):
            found = [place for place in table.get(spelling, ()) if place.existed(day)]
            if found:
                return _only(found, kind, how)
        return _only(self._one_letter_off(spellings[2], day), kind, "one_letter")

    def _one_letter_off(self, folded: str, day: dt.date | None) -> list[Place]:
        if len(folded) < _SHORTEST_FOR_ONE_LETTER:
            return []
        return [
            place
            for spelling, places in self._by_spelling[2].items()
            if Levenshtein.distance(folded, spelling, score_cutoff=1) == 1
            for place in places
            if place.existed(day)
        ]


def _only(found: list[Place], kind: str | None, how: How) -> Match | None:
    found = [place for place in found if kind is None or place.kind == kind] or found
    return Match(found[0], how) if len(found) == 1 else None


@lru_cache(maxsize=100_000)
def _spellings(name: str) -> tuple[str, str, str]:
    """A name in lower case, with its tones in one place, and without marks."""
    name = " ".join(nfc(name).split())
    return name.lower(), tone_key(name.lower()), fold(name)


@cache
def gazetteer() -> Gazetteer:
    """The places of the table."""
    lines = files(__package__).joinpath("places.csv").read_text(encoding="utf-8").splitlines()
    return Gazetteer([_place(row) for row in csv.DictReader(lines)])


def _place(row: dict[str, str]) -> Place:
    level: Level = row["level"]  # type: ignore[assignment]  # the table's own check is a test
    return Place(
        id=row["id"],
        code=int(row["code"]),
        level=level,
        kind=row["kind"],
        name=row["name"],
        parent=row["parent"] or None,
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        successors=tuple(row["successors"].split()),
    )


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
