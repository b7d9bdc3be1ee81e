"""A difference with what was before it as an aside, and the percentage behind: `giảm 3 người (20 người), giảm 15%`."""

from __future__ import annotations

import re
from fractions import Fraction

from congvan.audit.read.finding_draft import FindingDraft, plain_quotient, verdict_of
from congvan.audit.read.hedges import own_hedge
from congvan.audit.read.judge import Printed, judge_ratio
from schemas.dispatch import Claim
from vietnamese.amounts import Amount, amounts
from vietnamese.fold import fold

_ASIDE = re.compile(
    r"(?<![a-z])(?P<way>tang|giam)(?! cuong)(?:\s(?!tu\s|con\s|len\s|xuong\s)[a-z]+){0,2}\s(?P<by>\d[\d.,]*)\s"
    r"[^\d(),;%]{1,60}?\((?:cung ky |nam truoc |thang truoc )?(?:la |co |dat )?(?P<aside>\d[\d.,]*)\s[^\d()%]{1,40}?"
    r"\),?\s(?:tuc |tuong ung |tuong duong |hay |bang )?(?:(?P=way)\s)?(?:khoang )?(?P<told>\d[\d.,]*)\s?%"
)


def judge_aside(claim: Claim, pointer: str) -> FindingDraft | None:
    """The change in percent of the number in the bracket, be it what was or what is now; None for any other claim.

    Where neither makes the printed percentage, the finding tells what the number as it was before would make.
    """
    folded = fold(claim.text)
    match = _ASIDE.search(folded) if claim.kind == "comparison" and claim.percent is not None else None
    if match is None or claim.denominator is not None or claim.qualifier or own_hedge(claim) is not None:
        return None
    found = {one.start: one for one in amounts(folded)}
    by, aside = found.get(match.start("by")), found.get(match.start("aside"))
    if by is None or aside is None or by.base != aside.base or not 0 < by.value < aside.value:
        return None
    printed = Printed.of(claim.percent or "0")
    now = aside.value + (-by.value if match["way"] == "tang" else by.value)
    fitting = [base for base in (aside.value, now) if base > 0 and _makes(by.value / base, printed)]
    return _told(claim, pointer, by, aside, fitting[0] if fitting else aside.value)


def _makes(share: Fraction, printed: Printed) -> bool:
    return bool(judge_ratio(share.numerator, share.denominator, printed))


def _told(claim: Claim, pointer: str, by: Amount, aside: Amount, base: Fraction) -> FindingDraft:
    share, printed = by.value / base, Printed.of(claim.percent or "0")
    custom = judge_ratio(share.numerator, share.denominator, printed)
    computed = plain_quotient(100 * share.numerator, share.denominator, max(2, printed.decimals))
    whole = aside.printed
    if base != aside.value:
        whole = f"({whole} {'+' if base > aside.value else '-'} {by.printed})"
    return FindingDraft(
        check="prose_ratio",
        verdict=verdict_of(custom),
        message="claim_agrees" if custom else "claim_disagrees",
        values={
            "text": claim.text,
            "part": by.printed,
            "whole": whole,
            "computed": computed,
            "reported": f"{claim.percent}%",
        },
        reported=f"{claim.percent}%",
        computed=computed,
        pointers=(pointer,),
        custom=custom,
    )
