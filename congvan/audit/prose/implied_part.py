"""Percentages of a printed whole whose part is not printed: is there a whole number of things that makes them?

`Trong tổng số 2.596 người, tỷ lệ … đạt 98,61%`: 2.560 people do. Where none does, the figure is impossible, if that
whole is the one that is meant.
"""

from __future__ import annotations

import re

from congvan.audit.read.audit_words import has_word
from congvan.audit.read.finding_draft import FindingDraft, plain
from congvan.audit.read.hedges import hedge_of
from congvan.audit.read.judge import Custom, Printed, judge_ratio
from schemas.dispatch import Claim
from vietnamese.fold import fold

_MOST_TRIED = 4
"""Where more parts than these may fit, the percentage tells nothing."""


def judge_part(claim: Claim, pointer: str) -> FindingDraft | None:
    """A percentage with its whole and without its part; None where too many parts fit to tell anything."""
    whole, printed = claim.denominator, Printed.of(claim.percent or "0")
    if not isinstance(whole, int) or whole <= 0 or claim.kind == "comparison" or hedge_of(claim.text) is not None:
        return None
    low = (printed.value - printed.step) * whole / 100
    high = (printed.value + printed.step) * whole / 100
    if high - low > _MOST_TRIED:
        return None
    judged = {part: judge_ratio(part, whole, printed) for part in range(max(int(low), 0), int(high) + 2)}
    fitting = [part for part, custom in judged.items() if custom & Custom.ROUNDED] or [
        part for part, custom in judged.items() if custom
    ]
    if len(fitting) > 1:
        return None
    nearest = plain(printed.value * whole / 100, 2)
    own = _is_printed(whole, claim) and not has_word(fold(claim.text), "columns", "measured")
    return FindingDraft(
        check="prose_ratio",
        verdict="disagrees" if own and not fitting else "cannot_tell",
        message="part_implied" if fitting else "part_impossible" if own else "part_untold",
        values={
            "text": claim.text,
            "whole": str(whole),
            "part": str(fitting[0]) if fitting else "",
            "computed": nearest,
            "reported": f"{claim.percent}%",
        },
        reported=f"{claim.percent}%",
        computed=str(fitting[0]) if fitting else nearest,
        pointers=(pointer,),
    )


def _is_printed(whole: int, claim: Claim) -> bool:
    """Does the whole stand in the claim's own words?"""
    return str(whole) in re.findall(r"\d+", re.sub(r"(?<=\d)\.(?=\d{3}(?!\d))", "", claim.text))
