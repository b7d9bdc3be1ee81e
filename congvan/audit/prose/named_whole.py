"""Shares of a whole that they name and that was told before: `dư nợ đạt 500 tỷ đồng … nợ xấu 5 tỷ đồng, chiếm 1% tổng
dư nợ`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from congvan.audit.prose.changes import told_change
from congvan.audit.read.finding_draft import FindingDraft, plain_quotient, verdict_of
from congvan.audit.read.hedges import own_hedge
from congvan.audit.read.judge import Printed, judge_ratio
from schemas.dispatch import Claim
from vietnamese.amounts import Amount, amounts
from vietnamese.fold import fold

_NAMED = re.compile(r"(?:trong |so voi )?tong (?:so )?(?P<whole>[a-z]+ [a-z ]{1,25})")
_REACH, _MORE_WORDS = 6, 2
_NEAR = Fraction(1, 4)
"""A share that is further off than this part of it is of another whole."""


def judge_named(claims: Sequence[Claim], place: int) -> FindingDraft | None:
    """A share whose words name a total that a claim shortly before gives; None where none does, or hardly this one."""
    claim = claims[place]
    named = _NAMED.fullmatch(fold(claim.scope or "").strip(" .;,"))
    if (
        named is None
        or claim.percent is None
        or claim.denominator is not None
        or told_change(claim)
        or own_hedge(claim)
    ):
        return None
    part = _amount(claim)
    for at in range(place - 1, max(-1, place - 1 - _REACH), -1):
        whole = _amount(claims[at]) if _is_of(claims[at], named["whole"]) else None
        if part is not None and whole is not None and whole.base == part.base and whole.value > part.value:
            return _judged(claim, (place, at), part, whole)
    return None


def _is_of(claim: Claim, name: str) -> bool:
    """Does a claim give the total of this name: `dư nợ`, `tổng dư nợ`, `dư nợ cho vay`?"""
    subject = re.sub(r"^tong (?:so )?", "", fold(claim.subject or "").strip())
    more = subject.removeprefix(name)
    return not claim.qualifier and subject.startswith(name) and len(more.split()) <= _MORE_WORDS


def _amount(claim: Claim) -> Amount | None:
    """The number of a claim with what it counts."""
    told = str(claim.numerator)
    return next(
        (one for one in amounts(fold(claim.text)) if one.printed.replace(".", "").replace(",", ".") == told), None
    )


def _judged(claim: Claim, places: tuple[int, int], part: Amount, whole: Amount) -> FindingDraft | None:
    printed, ratio = Printed.of(claim.percent or "0"), part.value / whole.value
    custom = judge_ratio(ratio.numerator, ratio.denominator, printed)
    if not custom and abs(100 * ratio - printed.value) > _NEAR * printed.value:
        return None
    computed = plain_quotient(100 * ratio.numerator, ratio.denominator, max(2, printed.decimals))
    return FindingDraft(
        check="prose_ratio",
        verdict=verdict_of(custom),
        message="claim_agrees" if custom else "claim_disagrees",
        values={
            "text": claim.text,
            "part": part.printed,
            "whole": whole.printed,
            "computed": computed,
            "reported": f"{claim.percent}%",
        },
        reported=f"{claim.percent}%",
        computed=computed,
        pointers=tuple(f"/claims/{place}" for place in places),
        custom=custom,
    )
