"""A percentage held against the part and the whole that a sentence names: one finding for all who look for these."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from congvan.audit.read.finding_draft import FindingDraft, plain_quotient, verdict_of
from congvan.audit.read.judge import Printed, judge_ratio
from schemas.dispatch import Claim


def share_draft(claim: Claim, ratio: Fraction, part: str, whole: str, pointers: Sequence[str]) -> FindingDraft:
    """What is found of a claim's percentage where `ratio` is the part over the whole, as these are printed."""
    printed = Printed.of(claim.percent or "0")
    custom = judge_ratio(ratio.numerator, ratio.denominator, printed)
    computed = plain_quotient(100 * ratio.numerator, ratio.denominator, max(2, printed.decimals))
    reported = f"{claim.percent}%"
    return FindingDraft(
        check="prose_ratio",
        verdict=verdict_of(custom),
        message="claim_agrees" if custom else "claim_disagrees",
        values={"text": claim.text, "part": part, "whole": whole, "computed": computed, "reported": reported},
        reported=reported,
        computed=computed,
        pointers=tuple(pointers),
        custom=custom,
    )
