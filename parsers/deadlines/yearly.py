"""Months of every year in which a limit ends."""

from __future__ import annotations

import re

from parsers.deadlines.deadline_rules import Hit
from vietnamese.numerals import read_roman
from vietnamese.periods import PrintedPeriod

_LAST_MONTH = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_NUMBER = re.compile(r"\d+|\b(?:i[vx]|vi{0,3}|i{1,3}|x)\b")


def yearly_rule(hit: Hit) -> str:
    """The months of every year in which a limit ends: of a quarter its last one, of a list all of them."""
    months: list[int] = []
    for one in (mention.value for mention in sorted(hit.taken.values(), key=lambda one: one.start)):
        if isinstance(one, PrintedPeriod):
            months += [number * _LAST_MONTH[one.unit] for number in _numbers(one, hit.folded[one.start : one.end])]
    return f"FREQ=YEARLY;BYMONTH={','.join(map(str, dict.fromkeys(months)))}"


def _numbers(period: PrintedPeriod, printed: str) -> list[int]:
    """The months or quarters of a list (`tháng 3, 6, 9`), or of a stretch (`tháng 3 đến tháng 9`)."""
    last = period.to_number or period.number
    if last == period.number or period.unit == "half":
        return [period.number]
    if " den " in printed or "-" in printed or "–" in printed:
        return list(range(period.number, last + 1))
    return [int(one) if one.isdigit() else read_roman(one.upper()) or 1 for one in _NUMBER.findall(printed)]
