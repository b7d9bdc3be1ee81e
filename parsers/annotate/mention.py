"""A time as it is written, and the kinds of it."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.annotate.feasts import Feast
from parsers.annotate.lengths import Length, Recurrences
from parsers.annotate.near_times import Near
from parsers.annotate.period_parts import RecurringPart
from vietnamese.dates import PrintedDate
from vietnamese.periods import PrintedPeriod

LETTERS = {
    "day": "Δ",
    "feast": "Φ",
    "dom": "Ν",
    "month_end": "Ξ",
    "clock": "Θ",
    "month": "Π",
    "year": "Υ",
    "span_short": "Λ",
    "span_long": "Μ",
    "every_short": "Ρ",
    "every_year": "Ε",
    "times": "Τ",
    "weekday": "Ω",
    "within": "Σ",
    "masked": "Χ",
}
"""day: a day with its month; feast: one with a name; dom: a day of some month; month: any period under a year; span: a
length of time, long where it is counted in years; every: a recurrence; times: one told by how often it is (`mỗi quý ít
nhất một lần`); within: a part of a recurring period."""
Value = PrintedDate | PrintedPeriod | Near | Feast | Length | Recurrences | RecurringPart | str | None


@dataclass(frozen=True)
class Mention:
    """A time written at characters `start:end`: `kind` is a key of LETTERS. A clock is `HH:MM`, a weekday `FR`."""

    kind: str
    start: int
    end: int
    value: Value


TIMES = ("day", "dom", "month_end", "feast", "month", "year", "span_short", "span_long", "every_short", "every_year",
         "times", "within")  # fmt: skip
"""The kinds of mention that set a limit or may set one: days, periods, lengths and recurrences; no hours."""
