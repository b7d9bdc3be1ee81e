"""Names of units: the same unit under two spellings, and never one name for two units.

Abbreviations are written out, what tells no unit from another (Đảng bộ, Chi bộ, huyện) is taken off, marks are
compared only where two units share the letters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from congvan.audit.read.audit_words import table
from congvan.audit.read.sheet import Sheet
from vietnamese.fold import fold

_PUNCTUATION = re.compile(r"[^a-z0-9. ]+")


@dataclass(frozen=True)
class UnitName:
    """A name in its parts: `party` (đảng bộ, chi bộ), `place` (xã, thị trấn), and the rest, all folded."""

    party: str
    place: str
    core: str

    def matches(self, other: UnitName) -> bool:
        """May both name one unit: same core, and nothing said by both differs?"""
        return self.core == other.core and self.matches_place(other)

    def matches_place(self, other: UnitName) -> bool:
        """Is neither a xã where the other is a thị trấn?"""
        return not self.place or not other.place or self.place == other.place


@cache
def unit_name(text: str) -> UnitName:
    """The parts of a printed name.

    >>> unit_name("Đảng bộ Trường THPT Nguyễn Khuyến").core
    'trung hoc pho thong nguyen khuyen'
    """
    words = _PUNCTUATION.sub(" ", fold(text)).replace(". ", " ").strip(" .").split()
    spelled = " ".join(_short().get(word.strip("."), _short().get(word, word)) for word in words)
    party, spelled = _take(spelled, table()["names"]["party"])
    place, spelled = _take(spelled, table()["names"]["places"])
    for word in table()["names"]["empty"]:
        spelled = re.sub(rf"(?<![a-z]){word}(?![a-z])", " ", spelled)
    return UnitName(party, place, " ".join(spelled.split()))


@cache
def _short() -> dict[str, str]:
    short: dict[str, str] = table()["abbreviations"]
    return short


def _take(text: str, heads: Sequence[str]) -> tuple[str, str]:
    """The longest of these words that the text begins with, and the rest."""
    for head in sorted(heads, key=len, reverse=True):
        if text == head or text.startswith(head + " "):
            return head, text[len(head) :].strip()
    return "", text


class Directory:
    """The units that the rows of a table name."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._rows: dict[str, list[int]] = {}
        for row in sheet.of_kind("data", "section"):
            if sheet.has_figures(row):
                self._rows.setdefault(unit_name(sheet.name(row)).core, []).append(row)

    def find(self, text: str) -> int | None:
        """The one row that this name means; None where none does, or where two could."""
        wanted = unit_name(text)
        if not wanted.core:
            return None
        rows = [row for row in self._rows.get(wanted.core, ()) if wanted.matches(unit_name(self.sheet.name(row)))]
        if len(rows) > 1:
            rows = self._narrowed(rows, text, wanted)
        if not rows:
            rows = self._misspelt(wanted)
        return rows[0] if len(rows) == 1 else None

    def _narrowed(self, rows: list[int], text: str, wanted: UnitName) -> list[int]:
        """Of rows that share letters, the ones of the same kind, or with the same marks."""
        exact = [row for row in rows if unit_name(self.sheet.name(row)) == wanted]
        if len(exact) == 1:
            return exact
        marked = text.casefold()
        return [
            row
            for row in rows
            if self.sheet.name(row).casefold() in marked or marked in self.sheet.name(row).casefold()
        ]

    def _misspelt(self, wanted: UnitName) -> list[int]:
        """Rows one letter away from a long name, where only one is."""
        if len(wanted.core) < 20:
            return []
        near = [
            core for core in self._rows if abs(len(core) - len(wanted.core)) <= 1 and _one_letter(core, wanted.core)
        ]
        rows = [row for core in near for row in self._rows[core]]
        return [row for row in rows if wanted.matches_place(unit_name(self.sheet.name(row)))]


def _one_letter(one: str, other: str) -> bool:
    """Are two texts one letter apart (changed, added or left out)? A changed digit is another unit."""
    if len(one) > len(other):
        one, other = other, one
    at = next((place for place, letter in enumerate(one) if other[place] != letter), len(one))
    if len(one) == len(other):
        return not (one[at : at + 1] + other[at : at + 1]).isdigit() and one[at + 1 :] == other[at + 1 :]
    return not other[at].isdigit() and one[at:] == other[at + 1 :]
