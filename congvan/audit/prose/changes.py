"""What changed by how much: `tăng 5,2%`, `giảm 128 vụ (-4,33%)`, `vượt 47,7% kế hoạch`: of what it is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from congvan.audit.read.finding_draft import FindingDraft, plain, verdict_of
from congvan.audit.read.hedges import own_hedge
from congvan.audit.read.judge import Printed, judge_ratio
from congvan.audit.read.share_draft import share_draft
from schemas.dispatch import Claim
from vietnamese.amounts import Amount, amounts
from vietnamese.figures import read_figure
from vietnamese.fold import fold

_LEVEL = r"(?:len|con|xuong|den|toi|thanh|dat|bang|tu|chiem)(?![a-z])"
"""Behind these words stands what there is now and no change: `tăng lên 80%`, `giảm còn 15%`."""

_MOVED = re.compile(
    r"(?<![a-z])(?:(?P<up>(?<!dat va )(?<!dat, )vuot|tang|cao hon|nhieu hon)"
    r"|(?P<down>giam|hut|thap hon|it hon))(?! cuong)"
    rf"(?:\s+(?!{_LEVEL})[a-z~]+){{0,6}}?\s+[-+(]?(?P<figure>\d[\d.,]*)\s?%"
)
"""`vượt 25% chỉ tiêu`, `giảm so với cùng kỳ 5,2%`: the percentage counts from the plan or from what was before."""

_MAY_MOVE = re.compile("vượt|tăng|giảm|hụt|hơn", re.IGNORECASE)
_BY_NUMBER = re.compile(
    r"(?<![a-z])(tang|giam|vuot|hut)(?! cuong)(?:\s+(?!tu\s|con\s)[a-z]+){0,2}\s+[\d.]+\s+(?=[a-z])"
)
"""`giảm 270 hộ (21,6%)`: the number is the difference itself."""

_NOUN = re.compile(r"(?<![\d.,/])\d[\d.]*\s+([a-z]+)")
_FAR = Fraction(1, 10)
"""A change further off than this part of it is told of another number than the one before it."""


def tells_the_change(folded: str) -> bool:
    """Is the number by how much something changed (`giảm 270 hộ (21,6%)`), and not what there is now?"""
    return _BY_NUMBER.search(folded) is not None


def told_change(claim: Claim) -> int:
    """Does the percentage tell by how much the number is over (1) or under (-1) the plan or what was before it?
    0 where it tells how much of it the number is."""
    if _MAY_MOVE.search(claim.text) is None:
        return 0
    folded = fold(claim.text)
    for match in _MOVED.finditer(folded) if not tells_the_change(folded) else ():
        figure = read_figure(match["figure"])
        if figure is not None and figure.text == claim.percent:
            return 1 if match["up"] else -1
    return 0


def base_of(claim: Claim, printed: Printed) -> Printed:
    """The percentage that the number is of the whole: `tăng 5,2%` is 105,2 % of what was."""
    hundred = 100 * 10**printed.decimals
    told = told_change(claim)
    return Printed(hundred + told * printed.units, printed.decimals) if told else printed


def judge_change(claims: Sequence[Claim], place: int) -> FindingDraft | None:
    """`208 vụ, tăng 31 vụ (+17,5%)`: the change in what was before it; None where the number now is not told right
    before, or is so far off that it may be another one."""
    claim, now = claims[place], claims[place - 1] if place else None
    if claim.kind != "comparison" or now is None or now.kind != "total" or claim.percent is None:
        return None
    folded = fold(claim.text)
    change = _BY_NUMBER.search(folded)
    part, total = claim.numerator, now.numerator
    if (
        change is None
        or not isinstance(part, int)
        or not isinstance(total, int)
        or not _same_noun(folded[change.end() :], now)
    ):
        return None
    base = total - part if change[1] in ("tang", "vuot") else total + part
    printed = Printed.of(claim.percent)
    custom = judge_ratio(part, base, printed) if base > 0 else None
    of_now = total > 0 and bool(judge_ratio(part, total, printed))  # told of what there is instead of what there was
    if custom is None or (not custom and not of_now and _is_far(Fraction(100 * part, base), printed.value)):
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


def judge_beyond(claims: Sequence[Claim], place: int) -> FindingDraft | None:
    """`đạt 105% chỉ tiêu, vượt 5%`: what is over the plan is what the percentage before it has over a hundred."""
    claim, before = claims[place], claims[place - 1] if place else None
    if before is None or before.percent is None or claim.percent is None or before.qualifier or claim.qualifier:
        return None
    over = _BEYOND.match(fold(claim.text))
    level = Printed.of(before.percent)
    if over is None or level.value < 100 or not _of_one_plan(before, claim) or told_change(before):
        return None
    printed = Printed.of(claim.percent)
    exact = level.value - 100
    right = abs(exact - printed.value) < max(level.step, printed.step)
    computed = plain(exact, max(level.decimals, printed.decimals))
    return FindingDraft(
        check="prose_ratio",
        verdict="agrees" if right else "disagrees",
        message="beyond_agrees" if right else "beyond_disagrees",
        values={
            "text": claim.text,
            "part": f"{before.percent}%",
            "computed": computed,
            "reported": f"{claim.percent}%",
        },
        reported=f"{claim.percent}%",
        computed=computed,
        pointers=(f"/claims/{place}", f"/claims/{place - 1}"),
    )


_BEYOND = re.compile(r"\(?\s*(?:va )?vuot (?:muc |chi tieu |ke hoach |du toan )?[\d.,]+\s?%")


def _of_one_plan(one: Claim, other: Claim) -> bool:
    """Do two percentages measure against one plan: the same words, or none behind one of them?"""
    if one.kind == "comparison" or other.kind == "comparison":
        return False
    left, right = fold(one.scope or ""), fold(other.scope or "")
    left, right = left.removeprefix("so voi "), right.removeprefix("so voi ")
    return not left or not right or left.startswith(right) or right.startswith(left)


def _is_far(exact: Fraction, printed: Fraction) -> bool:
    return abs(exact - printed) > _FAR * max(exact, printed)


def _same_noun(behind: str, now: Claim) -> bool:
    """Do the change, whose words behind its number these are, and the number before it count the same?"""
    one, other = re.match(r"[a-z]+", behind), _NOUN.findall(fold(now.text))
    return one is not None and one[0] in other


_ASIDE = re.compile(
    r"(?<![a-z])(?P<way>tang|giam)(?! cuong)(?:\s(?!tu\s|con\s|len\s|xuong\s)[a-z]+){0,2}\s(?P<by>\d[\d.,]*)\s"
    r"[^\d(),;%]{1,60}?\((?:cung ky |nam truoc |thang truoc )?(?:la |co |dat )?(?P<aside>\d[\d.,]*)\s[^\d()%]{1,40}?"
    r"\),?\s(?:tuc |tuong ung |tuong duong |hay |bang )?(?:(?P=way)\s)?(?:khoang )?(?P<told>\d[\d.,]*)\s?%"
)


def judge_aside(claim: Claim, pointer: str) -> FindingDraft | None:
    """The change in percent of the number in the bracket, be it what was or what is now; None for any other claim.

    Where neither makes the printed percentage, the finding tells what the number as it was before would make.
    """
    if claim.kind != "comparison" or claim.percent is None or claim.denominator is not None or "(" not in claim.text:
        return None
    folded = fold(claim.text)
    match = _ASIDE.search(folded)
    if match is None or claim.qualifier or own_hedge(claim) is not None:
        return None
    found = {one.start: one for one in amounts(folded)}
    by, aside = found.get(match.start("by")), found.get(match.start("aside"))
    if by is None or aside is None or by.base != aside.base or not 0 < by.value < aside.value:
        return None
    printed = Printed.of(claim.percent or "0")
    now = aside.value + (-by.value if match["way"] == "tang" else by.value)
    fitting = [base for base in (aside.value, now) if base > 0 and _makes(by.value / base, printed)]
    return _aside_told(claim, pointer, by, aside, fitting[0] if fitting else aside.value)


def _makes(share: Fraction, printed: Printed) -> bool:
    return bool(judge_ratio(share.numerator, share.denominator, printed))


def _aside_told(claim: Claim, pointer: str, by: Amount, aside: Amount, base: Fraction) -> FindingDraft:
    whole = aside.printed
    if base != aside.value:
        whole = f"({whole} {'+' if base > aside.value else '-'} {by.printed})"
    return share_draft(claim, by.value / base, by.printed, whole, (pointer,))
