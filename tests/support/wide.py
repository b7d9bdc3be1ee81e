"""Wide report tables of made-up districts: 11 to 21 columns, headings of two and three levels, formula rows, trees.

Amounts come from a seeded generator; whatever follows from them is reckoned exactly and printed half up.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from schemas.dispatch import Table
from tests.support.grids import grid, tables_of
from tests.support.planted import UNITS

Values = dict[str, Fraction | None]
_NUMBERS = re.compile(r"\(?[1A]\)? \|")
Made = Callable[[Values], Fraction | None]


@dataclass(frozen=True)
class Amount:
    """A column of amounts: between two bounds, or so many hundredths of another column; one in ten may be blank."""

    low: int
    high: int
    of: str = ""
    decimals: int = 0
    blanks: bool = False
    adds: bool = True


@dataclass(frozen=True)
class Reckoned:
    """A column that follows from others."""

    made: Made
    decimals: int = 1


@dataclass(frozen=True)
class Wide:
    """A table: heading as in `tests.support.grids`, columns behind label and name, and rows as `label name` lines.

    A row with deeper rows under it is their sum; rows with a dash are some of what is in the row above.
    """

    caption: str
    heading: str
    columns: dict[str, Amount | Reckoned]
    rows: tuple[tuple[str, str], ...]
    closing: str = ""
    slips: tuple[tuple[int, str, int], ...] = ()
    """The author's mistakes: row, column, by how many units of the last printed place."""

    told_only: tuple[str, ...] = ()
    """Columns that nothing but the formula row explains."""

    def table(self, wrong: bool = False, numbered: bool = True) -> Table:
        """The table as a record has it; `numbered`: with its row of numbers and formulas."""
        lines = self.lines()
        if wrong:
            for row, column, by in self.slips:
                lines[row][2 + list(self.columns).index(column)] = self.slipped(lines, row, column, by)
        body = "\n".join(" | ".join(line) for line in lines)
        heading = [line for line in self.heading.strip().splitlines() if numbered or not _NUMBERS.match(line)]
        (table,) = tables_of(self.caption, grid("\n".join([*heading, body])))
        return table

    def slipped(self, lines: list[list[str]], row: int, column: str, by: int) -> str:
        """What the author prints in place of the right figure."""
        right = lines[row][2 + list(self.columns).index(column)]
        decimals = len(right.partition(",")[2])
        units = int(right.replace(".", "").replace(",", "")) + by
        return printed(Fraction(units, 10**decimals), decimals)

    def lines(self) -> list[list[str]]:
        """All rows as printed."""
        rng = random.Random(self.caption)
        values = self._values(rng)
        names = list(self.rows) + ([("", self.closing)] if self.closing else [])
        return [
            [label, name, *(printed(one[column], kind.decimals) for column, kind in self.columns.items())]
            for (label, name), one in zip(names, values, strict=True)
        ]

    def _values(self, rng: random.Random) -> list[Values]:
        values: list[Values] = [{} for _ in self.rows]
        for row in reversed(range(len(self.rows))):
            children = [values[one] for one in _children(self.rows, row)]
            values[row] = self._summed(children) if children else self._drawn(rng)
        for row, (label, _) in enumerate(self.rows):
            if label == "-":
                over = next(one for one in range(row, -1, -1) if self.rows[one][0] != "-")
                values[row] = self._some_of(rng, values[over])
        if self.closing:
            depths = [_depth(label) for label, _ in self.rows]
            values.append(
                self._summed([one for one, depth in zip(values, depths, strict=True) if depth == min(depths)])
            )
        return values

    def _drawn(self, rng: random.Random) -> Values:
        made: Values = {}
        for name, kind in self.columns.items():
            if isinstance(kind, Reckoned):
                made[name] = kind.made(made)
            elif kind.blanks and not rng.randrange(4):
                made[name] = None
            else:
                base = (made[kind.of] or Fraction(0)) / 100 if kind.of else Fraction(1)
                units = int(base * rng.randint(kind.low, kind.high) * 10**kind.decimals)
                made[name] = Fraction(units, 10**kind.decimals)
        return self._settled(made)

    def _summed(self, parts: Sequence[Values]) -> Values:
        made: Values = {}
        for name, kind in self.columns.items():
            if isinstance(kind, Amount):
                shown = [value for one in parts if (value := one[name]) is not None]
                made[name] = sum(shown, Fraction(0)) if shown else None
        return self._settled(made)

    def _some_of(self, rng: random.Random, whole: Values) -> Values:
        made: Values = {}
        share = rng.randint(20, 60)
        for name, kind in self.columns.items():
            value = whole[name]
            if isinstance(kind, Amount) and value is not None:
                units = int(value * (share + rng.randint(-3, 3)) / 100 * 10**kind.decimals)
                made[name] = Fraction(units, 10**kind.decimals)
        return self._settled(made)

    def _settled(self, made: Values) -> Values:
        """With all columns that follow; what is reckoned from a sum takes its parts as they are now."""
        for name, kind in self.columns.items():
            made[name] = kind.made(made) if isinstance(kind, Reckoned) else made.get(name)
        return made


def _depth(label: str) -> int:
    if label == "-":
        return 9
    return 0 if label in ("A", "B", "C") else 1 if label in ("I", "II", "III", "IV") else 2


def _children(rows: Sequence[tuple[str, str]], row: int) -> list[int]:
    own, found = _depth(rows[row][0]), []
    for place in range(row + 1, len(rows)):
        if _depth(rows[place][0]) <= own:
            break
        found.append(place)
    deeper = [_depth(rows[place][0]) for place in found if rows[place][0] != "-"]
    return [place for place in found if deeper and _depth(rows[place][0]) == min(deeper)]


def printed(value: Fraction | None, decimals: int) -> str:
    """A figure as Vietnamese reports print it: `1.234,5`; a blank for none."""
    if value is None:
        return ""
    scaled = abs(value) * 10**decimals
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    whole, rest = divmod(units, 10**decimals)
    grouped = f"{whole:,}".replace(",", ".")
    sign = "-" if value < 0 and units else ""
    return f"{sign}{grouped}" + (f",{rest:0{decimals}}" if decimals else "")


def share(part: str, whole: str, decimals: int = 1, scale: int = 100) -> Reckoned:
    """A percentage (or ‰) of one column in another."""

    def made(values: Values) -> Fraction | None:
        one, other = values.get(part), values.get(whole)
        return scale * one / other if one is not None and other else None

    return Reckoned(made, decimals)


def total(*signed: str, decimals: int = 0) -> Reckoned:
    """Columns added, those with a minus taken off; blanks add nothing."""

    def made(values: Values) -> Fraction | None:
        found = Fraction(0)
        for name in signed:
            value = values.get(name.lstrip("-")) or Fraction(0)
            found += -value if name.startswith("-") else value
        return found

    return Reckoned(made, decimals)


def growth(now: str, before: str, decimals: int = 1) -> Reckoned:
    """By how many per cent a column is over another."""

    def made(values: Values) -> Fraction | None:
        one, other = values.get(now), values.get(before)
        return 100 * (one - other) / other if one is not None and other else None

    return Reckoned(made, decimals)


def communes(count: int, seed: str) -> tuple[tuple[str, str], ...]:
    """So many numbered communes."""
    names = random.Random(seed).sample(UNITS, count)
    return tuple((str(number), f"Xã {name}") for number, name in enumerate(names, start=1))
