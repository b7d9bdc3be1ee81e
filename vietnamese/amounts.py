"""Amounts in folded text, exact: a printed number with what it counts: `20,1 ty dong`, `14,5 nghin cay`, `62 ta/ha`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from vietnamese.figures import read_figure

_NUMBER = re.compile(r"(?<![\w/.,~-])(\d+(?:[.,]\d+)*)(?![\d/]|[.,]\d)\s?(%|‰|diem %|diem phan tram)?")
_UNIT = re.compile(r"\s?((?:ty|trieu|nghin|ngan|chuc|tram)(?![a-z]))?\s?([a-z][a-z0-9]*)?(\s?/\s?[a-z]+)?")
_PEOPLE = re.compile(r"\s(?:chi|bao)(?![a-z])")
"""Behind `dong`: comrades and compatriots, who are no money."""

_TIMES = {"ty": 10**9, "trieu": 10**6, "nghin": 1000, "ngan": 1000, "tram": 100, "chuc": 10}
_COUNTED = frozenset(
    ("luot", "con", "nguoi", "cay", "thue", "lieu", "ban", "san", "phieu", "khach", "lao", "ho", "giong", "qua", "tai")
) | {"m"}
"""Things that are counted by the million too."""

_MEASURES = {"dong", "ha", "km", "tan", "ta", "kg", "lit", "kwh", "usd", "m2", "m3"}
_LARGER = {"tan": ("kg", 1000), "ta": ("kg", 100), "km": ("m", 1000)}


@dataclass(frozen=True)
class Amount:
    """A number at `start:end` of a text with its unit up to `stop`: `value` and `step` (one unit of its last printed
    place) in `base`. `rounded`: may the number be rounded (money and measures, decimals)?"""

    start: int
    end: int
    stop: int
    printed: str
    value: Fraction
    step: Fraction
    base: str
    rounded: bool


def amounts(folded: str) -> Iterator[Amount]:
    """The amounts of a folded text in order; a number without any word behind it has the base ``""``.

    >>> [(one.printed, int(one.value), one.base) for one in amounts("thu 1,5 ty dong, chi 900 trieu dong cho 45 ho")]
    [('1,5', 1500000000, 'dong'), ('900', 900000000, 'dong'), ('45', 45, 'ho')]
    """
    for match in _NUMBER.finditer(folded):
        figure = read_figure(match[1])
        if figure is None:
            continue
        times, base, stop = (1, "%", match.end()) if match[2] else _unit(folded, match.end())
        yield Amount(
            *match.span(1),
            stop,
            match[1],
            Fraction(figure.value) * times,
            figure.step * times,
            base,
            bool(figure.decimals) or times > 1 or base in _MEASURES or base.partition("/")[0] in _MEASURES,
        )


def _unit(folded: str, end: int) -> tuple[Fraction | int, str, int]:
    """How many of what: the multiplier, the word that is counted, and where it ends."""
    match = _UNIT.match(folded, end)
    if match is None or not (match[1] or match[2]):
        return 1, "", end
    times, base = _TIMES.get(match[1] or "", 1), match[2] or ""
    if match[1] in ("ty", "trieu") and base not in _MEASURES and base not in _COUNTED:
        base = "dong"  # `450 trieu` of money, as it is said
        return times, base, match.end(1)
    if base == "dong" and _PEOPLE.match(folded, match.end()):
        return 1, "dong chi", match.end() + 4
    larger = _LARGER.get(base)
    if larger is not None:
        base, times = larger[0], times * larger[1]
    per = re.sub(r"\s", "", match[3] or "")
    return times, base + per, match.end()
