"""Figures of a scan that two readings agree on and their shapes do not vouch for: may a finding hang on a misread one?

Such a figure is right more than nine times in ten, and wrong mostly by one digit. So a sum that one digit of one of
them would mend accuses nobody; nor does a quotient of several of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from fractions import Fraction

from congvan.audit.read.finding_draft import FindingDraft
from schemas.dispatch import Dispatch
from schemas.doubts import ACCUSE, LOOK_AT
from vietnamese.figures import read_figure

_SUMS = ("column_total", "row_total", "grand_total")


def unvouched(dispatch: Dispatch) -> frozenset[str]:
    """The pointers of the cells of a scan that were read so."""
    if dispatch.source.ocr is None:
        return frozenset()
    return frozenset(
        place
        for place, shown in dispatch.evidence.items()
        if place.startswith("/tables/") and ACCUSE <= min((one.confidence for one in shown), default=1) < LOOK_AT
    )


def may_be_misread(dispatch: Dispatch, draft: FindingDraft, weak: Collection[str]) -> bool:
    """Would one digit of one such figure mend the finding, or does it hang on several of them?"""
    involved = [pointer for pointer in draft.pointers if pointer in weak]
    if draft.check not in _SUMS:
        return len(involved) > 1
    printed = read_figure(draft.reported or "")
    if printed is None or draft.computed is None:
        return bool(involved)
    off = abs(printed.exact - Fraction(draft.computed))
    return any(mends(_text(dispatch, pointer), off) for pointer in involved)


def mends(text: str, off: Fraction) -> bool:
    """Would another digit in one place, or one more in front, change a figure by so much?

    >>> mends("1.589", Fraction(9)), mends("1.580", Fraction(45)), mends("20", Fraction(100))
    (True, False, True)
    """
    figure = read_figure(text)
    units = off * 10 ** (figure.decimals if figure is not None else 0)
    match = re.fullmatch(r"([1-9])(0*)", str(units.numerator)) if units.denominator == 1 else None
    if figure is None or match is None:
        return False
    digits = re.sub(r"\D", "", text)[::-1]
    step, place = int(match[1]), len(match[2])
    if place >= len(digits):
        return place == len(digits)
    digit = int(digits[place])
    return digit + step <= 9 or digit - step >= 0


def _text(dispatch: Dispatch, pointer: str) -> str:
    _, _, table, _, row, _, cell = pointer.split("/")
    return dispatch.tables[int(table)].rows[int(row)].cells[int(cell)].text
