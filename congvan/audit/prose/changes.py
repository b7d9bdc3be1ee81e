"""What changed by how much: `tăng 5,2%`, `giảm 128 vụ (-4,33%)`, `vượt 47,7% kế hoạch`: of what it is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from congvan.audit.read.finding_draft import FindingDraft, plain, verdict_of
from congvan.audit.read.judge import Printed, judge_ratio
from schemas.dispatch import Claim
from vietnamese.fold import fold

_RISEN = re.compile(r"(?<![a-z])(tang|giam)(?! cuong)(?:\s+[a-z]+){0,3}\s+[\d.,]+\s?%")
_BY_NUMBER = re.compile(r"(?<![a-z])(tang|giam)(?! cuong)(?:\s+(?!tu\s|con\s)[a-z]+){0,2}\s+[\d.]+\s+(?=[a-z])")
"""`giảm 270 hộ (21,6%)`: the number is the difference itself."""

_OVER = re.compile(r"(?<![a-z])vuot(?: muc)?(?:\s+[a-z]+){0,3}\s+[\d.,]+\s?%")
"""`vượt 47,7% kế hoạch`: so much over the plan, unless more than the whole plan is told (`vượt 147,7%`)."""

_NOUN = re.compile(r"(?<![\d.,/])\d[\d.]*\s+([a-z]+)")
_FAR = Fraction(1, 10)
"""A change further off than this part of it is told of another number than the one before it."""


def tells_the_change(folded: str) -> bool:
    """Is the number by how much something changed (`giảm 270 hộ (21,6%)`), and not what there is now?"""
    return _BY_NUMBER.search(folded) is not None


def base_of(claim: Claim, folded: str, printed: Printed) -> Printed:
    """The percentage that the number is of the whole: `tăng 5,2%` is 105,2 % of what was."""
    hundred = 100 * 10**printed.decimals
    if claim.kind != "comparison":
        over = printed.value < 100 and _OVER.search(folded) is not None
        return Printed(hundred + printed.units, printed.decimals) if over else printed
    risen = _RISEN.search(folded)
    if risen is None or tells_the_change(folded):
        return printed
    return Printed(hundred + (printed.units if risen[1] == "tang" else -printed.units), printed.decimals)


def judge_change(claims: Sequence[Claim], place: int) -> FindingDraft | None:
    """`208 vụ, tăng 31 vụ (+17,5%)`: the change in what was before it; None where the number now is not told right
    before, or is so far off that it may be another one."""
    claim, now = claims[place], claims[place - 1] if place else None
    if claim.kind != "comparison" or now is None or now.kind != "total" or claim.percent is None:
        return None
    folded = fold(claim.text)
    change = _BY_NUMBER.search(folded)
    part, total = claim.numerator, now.numerator
    if change is None or not isinstance(part, int) or not isinstance(total, int) or not _same_noun(folded, now):
        return None
    base = total - part if change[1] == "tang" else total + part
    printed = Printed.of(claim.percent)
    custom = judge_ratio(part, base, printed) if base > 0 else None
    if custom is None or (not custom and _is_far(Fraction(100 * part, base), printed.value)):
        return None
    computed = plain(Fraction(100 * part, base), max(2, printed.decimals))
    return FindingDraft(
        check="prose_ratio",
        verdict=verdict_of(custom),
        message="change_agrees" if custom else "change_disagrees",
        values={
            "text": claim.text,
            "now": str(total),
            "part": str(part),
            "whole": str(base),
            "computed": computed,
            "reported": f"{claim.percent}%",
        },
        reported=f"{claim.percent}%",
        computed=computed,
        pointers=(f"/claims/{place}", f"/claims/{place - 1}"),
        custom=custom,
    )


def _is_far(exact: Fraction, printed: Fraction) -> bool:
    return abs(exact - printed) > _FAR * max(exact, printed)


def _same_noun(folded: str, now: Claim) -> bool:
    """Do the change and the number before it count the same?"""
    one, other = _NOUN.search(folded), _NOUN.findall(fold(now.text))
    return one is not None and one[1] in other
