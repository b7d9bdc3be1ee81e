"""Claims by themselves: does the percentage follow from the numbers in the same words, or from any whole number?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cache, partial

from congvan.audit.prose.changes import base_of, judge_aside, judge_beyond, judge_change, told_change
from congvan.audit.prose.implied_part import judge_part
from congvan.audit.prose.listed_shares import listed_shares
from congvan.audit.prose.named_whole import judge_named
from congvan.audit.prose.told import in_one_unit, judge_told
from congvan.audit.read.audit_words import has_word, table
from congvan.audit.read.finding_draft import FindingDraft, plain, plain_quotient, verdict_of
from congvan.audit.read.hedges import hedged_fraction, hedged_span, own_hedge
from congvan.audit.read.judge import (
    Custom,
    Printed,
    Span,
    has,
    judge_ratio,
    wholes,
    wholes_rounded,
)
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
    listed = listed_shares(dispatch.claims)
    for place, claim in enumerate(dispatch.claims):
        pointer = f"/claims/{place}"
        if claim.qualifier in ("goal", "threshold"):
            skip(pointer, claim.qualifier)
            continue
        told = judge_told(claim, pointer)
        if told is not None:
            yield told
        elif claim.percent is None:
            continue
        elif claim.numerator is None:
            whole = claim.denominator is not None
            draft = judge_part(claim, pointer) if whole else judge_beyond(dispatch.claims, place)
            if draft is None:
                skip(pointer, "no_operands")
            else:
                yield draft
        else:
            shared = partial(_whole_shared, dispatch.claims, place)
            other = (
                judge_change(dispatch.claims, place)
                or judge_aside(claim, pointer)
                or judge_named(dispatch.claims, place)
                or listed.get(place)
            )
            yield other or judge_claim(claim, pointer, shared)


def _whole_shared(claims: Sequence[Claim], place: int) -> bool:
    """Is the whole that of a list of shares, of which another one fits it?"""
    whole = claims[place].denominator
    beside = [one for one in claims[max(0, place - 3) : place + 4] if one is not claims[place]]
    return isinstance(whole, int) and any(
        one.denominator == whole
        and isinstance(one.numerator, int)
        and one.percent is not None
        and bool(judge_ratio(one.numerator, whole, Printed.of(one.percent)))
        for one in beside
    )


def judge_claim(claim: Claim, pointer: str, sure: Callable[[], bool] = lambda: False) -> FindingDraft:
    """One reported percentage with its number. `sure`: is its whole known to be the one that is meant?"""
    printed = Printed.of(claim.percent or "0")
    part, whole = claim.numerator, claim.denominator
    if part is None or whole is None or Fraction(whole) <= 0:
        return _implied(claim, pointer, printed)
    told = told_change(claim)
    top, bottom = _whole_numbers(claim, part, whole)
    change = told * (top - bottom) if told else top
    custom = judge_ratio(change, bottom, printed)
    moved = ("rose" if top >= bottom else "fell") if told else "claim"
    computed = plain_quotient(
        100 * (abs(change) if told else change), bottom, max(3 if "‰" in claim.text else 2, printed.decimals)
    )
    reported = f"{claim.percent}%"
    draft = FindingDraft(
        check="prose_ratio",
        verdict=verdict_of(custom),
        message=f"{moved}_agrees" if custom else f"{moved}_disagrees",
        values={
            "text": claim.text,
            "part": str(part),
            "whole": str(whole),
            "computed": computed,
            "reported": reported,
        },
        reported=reported,
        computed=computed,
        pointers=(pointer,),
        custom=custom,
    )
    if "‰" in claim.text:
        _in_mille(draft)
    if not has(custom, Custom.ROUNDED):
        _excuse(claim, draft, Fraction(100 * change, bottom), printed)
        if draft.verdict == "disagrees" and not sure():
            _spare_other_whole(claim, draft, Fraction(100 * top, bottom), _level(printed, told))
        if draft.verdict == "disagrees" and _rounded_parts_may(claim, told, printed):
            draft.verdict, draft.message = "cannot_tell", "claim_rounded_parts"
    return draft


_MULTIPLIED = re.compile(r"\d\s(?:tỷ|tỉ|triệu|nghìn|ngàn)\b", re.IGNORECASE)


def _whole_numbers(claim: Claim, part: int | str, whole: int | str) -> tuple[int, int]:
    """Two whole numbers in the same relation: `12.5` and `15` are 125 and 150, `900 triệu` of `1,5 tỷ` 900 and 1500."""
    told = in_one_unit(claim) if _MULTIPLIED.search(claim.text) else None
    if told is None and isinstance(part, int) and isinstance(whole, int):
        return part, whole
    ratio = told[0] / told[1] if told is not None and told[1] else Fraction(part) / Fraction(whole)
    return ratio.numerator, ratio.denominator


def _in_mille(draft: FindingDraft) -> None:
    """Say a per mille as it is printed: the record has it in percent."""
    mille = Printed.of((draft.reported or "0%").rstrip("%"))
    told = {
        "computed": plain(10 * Fraction(draft.computed or "0"), max(2, mille.decimals - 1)),
        "reported": f"{plain(10 * mille.value, max(0, mille.decimals - 1))}‰",
    }
    draft.values |= told
    draft.reported, draft.computed = told["reported"], told["computed"]
    draft.message = draft.message.replace("claim_", "mille_")


def _level(printed: Printed, told: int) -> Fraction:
    """What the number is of its whole where so much over or under it is told."""
    return 100 + told * printed.value if told else printed.value


def _rounded_parts_may(claim: Claim, told: int, printed: Printed) -> bool:
    """May numbers that round to the printed ones (12,5 tỷ đồng; 12 tỷ đồng too) make the percentage?"""
    part, whole = Printed.of(str(claim.numerator)), Printed.of(str(claim.denominator))
    measured = _MEASURED.search(fold(claim.text)) is not None
    top, base = (
        one.bounds(Custom.ROUNDED) if one.decimals or measured else Span.exactly(one.value) for one in (part, whole)
    )
    ratio = top.over(base)
    if ratio is None:
        return False
    span = ratio.scaled(100)
    if told:
        span = span.minus(Span.exactly(100))
        span = span if told > 0 else span.negative()
    return span.meets(printed.bounds(Custom.ROUNDED))


def _spare_other_whole(claim: Claim, draft: FindingDraft, exact: Fraction, told: Fraction) -> None:
    """Where the whole stands in other words than the claim's own, only what is nearly right is called wrong."""
    digits = re.sub(r"\D", " ", claim.text.replace(".", "")).split()
    far = abs(exact - told) > _FAR * max(exact, told)
    if draft.verdict == "disagrees" and str(claim.denominator).partition(".")[0] not in digits and far:
        draft.verdict, draft.message = "cannot_tell", "claim_other_whole"


def _percent(claim: Claim) -> str:
    return f"{claim.percent}%"


def _excuse(claim: Claim, draft: FindingDraft, exact: Fraction, printed: Printed) -> None:
    """A hedge may cover the difference; a fraction may have got a percent sign."""
    span = hedged_span(claim, printed)
    if draft.custom:
        if span is not None and span.meets(Span.exactly(exact)):
            draft.verdict, draft.custom, draft.message = "agrees", None, draft.message.replace("agrees", "hedged")
        return
    side = hedged_fraction(claim.text)
    if side is not None and side.meets(Span.exactly(printed.value - exact)):
        draft.verdict, draft.message = "cannot_tell", "claim_fraction_hedged"
    elif span is not None and span.meets(Span.exactly(exact)):
        draft.verdict, draft.message = "agrees", draft.message.replace("disagrees", "hedged")
    elif own_hedge(claim) in ("above", "from") and exact > printed.value:
        draft.verdict, draft.message = "cannot_tell", "claim_far_above"
    elif draft.message == "claim_disagrees" and is_fraction(exact, printed):
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
    base = base_of(claim, printed)
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
        over = base.value != Printed.of(draft.values["reported"].rstrip("%")).value
        message = "claim_impossible_change" if over else "claim_impossible"
        draft.verdict, draft.message, draft.computed = "disagrees", message, middle
        draft.values["computed"] = plain(100 * part / base.value, 2)
    elif count == 1:
        draft.message, draft.computed = "claim_implied", str(least)
        draft.values["whole"] = str(least)
    else:
        listed = [str(whole) for whole in range(least, min(greatest, least + _MOST_LISTED - 1) + 1)]
        draft.message = "claim_many"
        draft.values |= {
            "count": str(count),
            "wholes": ", ".join(listed) + (" …" if count > _MOST_LISTED else ""),
        }
