"""Shares of a list that leave their whole to the words before: `kết nạp 96 đảng viên … 54 nữ (56,25%), 31 đoàn viên
(32,3%)`. The whole is the printed number that the shares beside fit; one that does not fit it then is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from congvan.audit.prose.changes import told_change
from congvan.audit.read.finding_draft import FindingDraft
from congvan.audit.read.hedges import own_hedge
from congvan.audit.read.judge import Printed, judge_ratio
from congvan.audit.read.share_draft import share_draft
from schemas.dispatch import Claim
from vietnamese.amounts import Amount, amounts
from vietnamese.fold import fold

_REACH = 4
"""The whole stands in the list's first claim or in so many before it."""

_MEASURED = frozenset({"dong", "ha", "kg", "m", "m2", "m3", "usd"})
_AS_SHARE = re.compile(r"[(,]\s*(?:chiem\s)?(?:ty le\s)?\d[\d.,]*\s?%\)?$")
_DOUBLE = 2
"""A share that is further off than this is told of another whole."""

Whole = tuple[int, Amount]
"""The place of the claim that prints a whole, and the whole."""


def listed_shares(claims: Sequence[Claim]) -> dict[int, FindingDraft]:
    """What can be said of the shares of lists, by the place of the claim: right by their whole, or wrong."""
    found: dict[int, FindingDraft] = {}
    for run in _runs(claims):
        parts = {place: part for place in run if (part := _part(claims[place])) is not None}
        wholes = list(_wholes(claims, run[0]))
        for place in parts:
            whole = _whole_of(claims, place, run, parts, wholes)
            if whole is not None:
                found[place] = _judged(claims[place], place, parts[place], whole)
    return found


def _runs(claims: Sequence[Claim]) -> Iterator[list[int]]:
    """Stretches of at least three shares one behind the other that print no whole."""
    run: list[int] = []
    for place, claim in enumerate(claims):
        if _is_listed(claim):
            run.append(place)
            continue
        if len(run) > 2:
            yield run
        run = []
    if len(run) > 2:
        yield run


def _is_listed(claim: Claim) -> bool:
    open_share = claim.kind == "share" and claim.percent is not None and claim.denominator is None
    if not open_share or claim.qualifier or claim.scope or claim.numerator is None:
        return False
    return _AS_SHARE.search(fold(claim.text)) is not None and not told_change(claim) and own_hedge(claim) is None


def _part(claim: Claim) -> Amount | None:
    """The number of a share with what it counts."""
    told = str(claim.numerator)
    return next(
        (one for one in amounts(fold(claim.text)) if one.printed.replace(".", "").replace(",", ".") == told), None
    )


def _wholes(claims: Sequence[Claim], first: int) -> Iterator[Whole]:
    """The numbers before a list that may be its whole, the nearest first."""
    for place in range(first - 1, max(-1, first - 1 - _REACH), -1):
        for one in amounts(fold(claims[place].text)):
            if one.base != "%" and one.value > 0:
                yield place, one


def _whole_of(
    claims: Sequence[Claim], place: int, run: list[int], parts: dict[int, Amount], wholes: list[Whole]
) -> Whole | None:
    """The whole of one share: it fits it, as another one beside does; or both beside do, and it fits none."""
    beside = _beside(run, place)
    for whole in wholes:
        others = [_fits(claims[at], parts.get(at), whole[1]) for at in beside]
        if _fits(claims[place], parts[place], whole[1]) and any(others):
            return whole
    if any(_fits(claims[place], parts[place], whole[1]) for whole in wholes):
        return None
    for whole in wholes:
        if all(_fits(claims[at], parts.get(at), whole[1]) for at in beside) and _may_slip(
            claims[place], parts[place], whole
        ):
            return whole
    return None


def _beside(run: list[int], place: int) -> list[int]:
    """The two shares nearest to one of the list: before and behind it, or both on one side."""
    at = run.index(place)
    if at == 0:
        return run[1:3]
    return [run[at - 1], run[at + 1]] if at + 1 < len(run) else run[at - 2 : at]


def _fits(claim: Claim, part: Amount | None, whole: Amount) -> bool:
    if part is None or part.value >= whole.value or not _alike(part, whole):
        return False
    ratio = part.value / whole.value
    return bool(judge_ratio(ratio.numerator, ratio.denominator, Printed.of(claim.percent or "0")))


def _alike(part: Amount, whole: Amount) -> bool:
    """Money is a part of money, land of land; people may be called by other words than all of them together."""
    return part.base == whole.base or not {part.base, whole.base} & _MEASURED


def _may_slip(claim: Claim, part: Amount, whole: Whole) -> bool:
    printed, exact = Fraction(claim.percent or 0), 100 * part.value / whole[1].value
    return part.value < whole[1].value and _alike(part, whole[1]) and printed < _DOUBLE * exact < 4 * printed


def _judged(claim: Claim, place: int, part: Amount, whole: Whole) -> FindingDraft:
    ratio, pointers = part.value / whole[1].value, (f"/claims/{place}", f"/claims/{whole[0]}")
    return share_draft(claim, ratio, part.printed, whole[1].printed, pointers)
