"""Claims by themselves: does the percentage follow from the numbers in the same words, or from any whole number?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache

from congvan.audit.prose.changes import base_of, judge_change
from congvan.audit.prose.implied_part import judge_part
from congvan.audit.read.audit_words import has_word, table
from congvan.audit.read.finding_draft import FindingDraft, plain, plain_quotient, verdict_of
from congvan.audit.read.hedges import hedged_fraction, hedged_span
from congvan.audit.read.judge import (
    Custom,
    Printed,
    Span,
    judge_ratio,
    judge_spans,
    power,
    wholes,
    wholes_rounded,
)
from congvan.audit.tables.relations import CUSTOMS
from congvan.audit.tables.row_checks import is_fraction
from schemas.dispatch import Claim, Dispatch
from vietnamese.fold import fold

_NO_MONEY = re.compile(r"dong chi|dong bao|hop dong|hoi dong|dong xuan")
"""Words that only begin or end like a unit of money."""

_FAR = Fraction(1, 10)
"""A share of a whole from other words that is further off than this part of it is another whole's."""

_MEASURED = re.compile(r"\d\s?(?:ty|trieu|nghin|ngan|ha|tan|ta|km|kg|m2|m3)(?![a-z])")
"""Behind a number of these even a whole one is rounded."""

_MOST_LISTED = 8
Skip = Callable[[str, str], None]
"""Told where a figure stands and why it is not checked."""


def check_prose(dispatch: Dispatch, skip: Skip) -> Iterator[FindingDraft]:
    """Each claim of a dispatch by itself."""
    for place, claim in enumerate(dispatch.claims):
        pointer = f"/claims/{place}"
        if claim.qualifier in ("goal", "threshold"):
            skip(pointer, claim.qualifier)
        elif claim.percent is None:
            continue
        elif claim.numerator is None:
            draft = judge_part(claim, pointer) if claim.denominator is not None else None
            if draft is None:
                skip(pointer, "no_operands")
            else:
                yield draft
        else:
            yield judge_change(dispatch.claims, place) or judge_claim(claim, pointer)


def judge_claim(claim: Claim, pointer: str) -> FindingDraft:
    """One reported percentage with its number."""
    printed = Printed.of(claim.percent or "0")
    part, whole = claim.numerator, claim.denominator
    if claim.kind == "comparison" and whole is not None:
        printed = base_of(claim, fold(claim.text), printed)
    if isinstance(part, int) and isinstance(whole, int) and whole > 0:
        custom = judge_ratio(part, whole, printed)
        if not custom and _MEASURED.search(fold(claim.text)):
            custom, _ = _judge_rounded(str(part), str(whole), printed, measured=True)
        shown = plain_quotient(100 * part, whole, max(2, printed.decimals))
    elif part is not None and whole is not None and _positive(whole):
        custom, exact = _judge_rounded(str(part), str(whole), printed)
        shown = plain(exact, max(2, printed.decimals))
    else:
        return _implied(claim, pointer, printed)
    reported = f"{claim.percent}%"
    draft = FindingDraft(
        check="prose_ratio",
        verdict=verdict_of(custom),
        message="claim_agrees" if custom else "claim_disagrees",
        values={
            "text": claim.text,
            "part": str(part),
            "whole": str(whole),
            "computed": shown,
            "reported": reported,
        },
        reported=reported,
        computed=shown,
        pointers=(pointer,),
        custom=custom,
    )
    if not custom:
        exact = 100 * Fraction(part) / Fraction(whole)
        _excuse(claim, draft, exact, printed)
        _spare_other_whole(claim, draft, exact, printed)
    return draft


def _spare_other_whole(claim: Claim, draft: FindingDraft, exact: Fraction, printed: Printed) -> None:
    """Where the whole stands in other words than the claim's own, only what is nearly right is called wrong."""
    digits = re.sub(r"\D", " ", claim.text.replace(".", "")).split()
    far = abs(exact - printed.value) > _FAR * max(exact, printed.value)
    if draft.verdict == "disagrees" and str(claim.denominator).partition(".")[0] not in digits and far:
        draft.verdict, draft.message = "cannot_tell", "claim_other_whole"


def _percent(claim: Claim) -> str:
    return f"{claim.percent}%"


def _positive(whole: int | str) -> bool:
    return Fraction(whole) > 0


def _judge_rounded(part: str, whole: str, printed: Printed, measured: bool = False) -> tuple[Custom, Fraction]:
    """Where a number is itself rounded (12,5 tỷ đồng; where `measured`, 12 tỷ đồng too) the quotient is an interval."""
    one, other = Printed.of(part), Printed.of(whole)
    spans: dict[Custom, Span | None] = {}
    for custom in CUSTOMS:
        top = one.bounds(custom) if one.decimals or measured else Span.exactly(one.value)
        base = other.bounds(custom) if other.decimals or measured else Span.exactly(other.value)
        ratio = top.over(base)
        spans[custom] = None if ratio is None else ratio.scaled(100)
    return judge_spans(spans, printed.all_bounds()), 100 * one.value / other.value


def _excuse(claim: Claim, draft: FindingDraft, exact: Fraction, printed: Printed) -> None:
    """A hedge may cover the difference; a fraction may have got a percent sign."""
    span = hedged_span(claim, printed)
    side = hedged_fraction(claim.text)
    loose = {"above": Span(exact, None), "below": Span(None, exact)}.get(side) if side else None
    if loose is not None and loose.meets(Span.exactly(printed.value)):
        draft.verdict, draft.message = "cannot_tell", "claim_hedged"
    elif span is not None and span.meets(Span.exactly(exact)):
        draft.verdict, draft.message = "agrees", "claim_hedged"
    elif is_fraction(exact, printed):
        draft.message = "claim_fraction_sign"


def _implied(claim: Claim, pointer: str, printed: Printed) -> FindingDraft:
    """The whole is not printed: which whole numbers fit? One is implied, none is impossible, many tell nothing."""
    draft = FindingDraft(
        check="prose_ratio",
        verdict="cannot_tell",
        message="claim_no_whole",
        values={"text": claim.text, "part": str(claim.numerator), "reported": _percent(claim)},
        reported=_percent(claim),
        pointers=(pointer,),
    )
    folded = fold(claim.text)
    base = base_of(claim, folded, printed)
    counted = isinstance(claim.numerator, int) and claim.numerator > 0 and claim.denominator is None
    if base.units <= 0 or not counted or has_word(_NO_MONEY.sub(" ", folded), "columns", "measured"):
        return draft
    _list_wholes(int(claim.numerator or 0), base, draft)
    if draft.verdict != "disagrees":
        return draft
    if not _counts_things(claim, folded) or hedged_span(claim, printed) is not None:
        draft.verdict, draft.message = "cannot_tell", "claim_no_whole"
    elif claim.kind == "comparison":
        draft.verdict, draft.message = "cannot_tell", "claim_no_period"
    return draft


def _counts_things(claim: Claim, folded: str) -> bool:
    """Does a thing that is counted one by one stand behind the number? `Phường 5`, `2 mũi`, `mức độ 4` count none."""
    counted = _counted(claim.kind == "share").findall(folded)
    return any(int(number.replace(".", "")) == claim.numerator for number in counted)


@cache
def _counted(bodies: bool) -> re.Pattern[str]:
    """A number with a thing behind it that is counted one by one; of shares bodies are counted too."""
    words = table()["prose"]
    choices = "|".join(map(re.escape, words["things"] + (words["bodies"] if bodies else [])))
    return re.compile(rf"(?<![\d.,/])(\d+(?:\.\d{{3}})*)\s+(?:{choices})(?![a-z])")


def _list_wholes(part: int, base: Printed, draft: FindingDraft) -> None:
    least, greatest = wholes_rounded(part, base)
    if greatest < least:
        least, greatest = wholes(part, base)
    count = greatest - least + 1
    middle = plain(100 * part / base.value, 0)
    if count <= 0:
        draft.verdict, draft.message, draft.computed = "disagrees", "claim_impossible", middle
        draft.values["computed"] = plain(100 * part / base.value, 2)
    elif count == 1:
        draft.verdict, draft.message, draft.computed = "agrees", "claim_implied", str(least)
        draft.values["whole"] = str(least)
    else:
        listed = [str(whole) for whole in range(least, min(greatest, least + _MOST_LISTED - 1) + 1)]
        draft.message = "claim_many"
        draft.values |= {
            "count": str(count),
            "wholes": ", ".join(listed) + (" …" if count > _MOST_LISTED else ""),
            "power": plain(100 * power(least, base.decimals), 0),
        }
