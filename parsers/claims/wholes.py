"""Of what a percentage is told: the whole before it, the plan before or behind it, or nothing that is printed."""

from __future__ import annotations

import re
from fractions import Fraction

from parsers.claims.claim_draft import ClaimDraft, Sentence, Whole, value_of
from parsers.claims.claim_words import NUMBER, plan_before, whole_behind, words
from schemas.dispatch import ClaimKind
from vietnamese.amounts import amounts

_NOUN = re.compile(r"\s*([a-z]+)")
_FIGURE = re.compile(NUMBER)
_OVER = re.compile(r"(?<![a-z])vuot(?![a-z])[^,;]*$")
_WHOLE_BESIDE = re.compile(
    r"\s*(?:trong\s)?[a-z][a-z ]{2,60}?\s?\((?:(?:la|tong so|tong|co|tren tong so|trong tong so)\s)?"
    rf"({NUMBER})\s([a-z]+)[a-z ]{{0,20}}\)"
)
"""`chiếm 94% số trẻ trong độ tuổi (1.250 trẻ)`."""

_IN_LIST = re.compile(r"(?<![a-z])(?:trong do|gom|bao gom)(?![a-z])|[:,]")
_GIVER = re.compile(r"(?<![a-z])(?:tinh|huyen|thanh pho|hdnd|trung uong|tw|bo|so|xa)(?![a-z])")
"""Who set a plan: one of the province's and one of the district's are two plans."""


def whole_of(sentence: Sentence, share: ClaimDraft, before: list[ClaimDraft]) -> int | None:
    """The number before `trong đó` that a share is told of: the one that fits, or the only one there is."""
    since = before[-1].figures[1] if before else 0
    if "trong do" not in sentence.masked[since : share.figures[0]] or not isinstance(share.numerator, int):
        return None
    noun = counted_noun(sentence, share)
    numbers = [
        draft.numerator
        for draft in before
        if draft.qualifier is None
        and isinstance(draft.numerator, int)
        and draft.numerator > share.numerator
        and not _other_things(noun, counted_noun(sentence, draft))
    ]
    percent, step = Fraction(share.percent or 0), Fraction(1, 10 ** (share.decimals or 0))
    fitting = [number for number in numbers if abs(Fraction(100 * share.numerator, number) - percent) < step]
    if fitting:
        return fitting[-1]
    if numbers:
        return numbers[0] if len(numbers) == 1 else None
    return _printed_before(sentence, share, noun)


def _printed_before(sentence: Sentence, share: ClaimDraft, noun: str) -> int | None:
    """The number right before `trong đó` that counts the same: `41.200 người, trong đó nữ 24.720 người, chiếm 60%`."""
    opening = sentence.masked.rfind("trong do", 0, share.figures[0])
    before = [one for one in amounts(sentence.masked[:opening]) if one.value.denominator == 1]
    between = sentence.masked[opening : share.figures[0]]
    if not before or re.search(r"[\d;.]", between) or re.search(r"[\d;.:]", sentence.masked[before[-1].stop : opening]):
        return None
    whole = before[-1]
    counts_alike = noun and whole.base == noun and not whole.rounded
    return int(whole.value) if counts_alike and whole.value > Fraction(share.numerator or 0) else None


def denominator_of(
    sentence: Sentence, kind: ClaimKind, number: re.Match[str] | None, percent: re.Match[str]
) -> int | str | None:
    """Of what a percentage is told: a share of the whole before it, an achievement of the plan beside it."""
    noun = noun_behind(sentence.masked, number.end(1)) if number else ""
    if kind == "share":
        beside = whole_beside(sentence, number, percent)
        if beside is not None:
            return value_of(beside[1])
        whole = sentence.before.whole
        told = whole is not None and (number is None or whole.value != value_of(number[1]))
        return whole.value if whole is not None and told and not _other_things(noun, whole.noun) else None
    if number is None:
        return None
    behind = plan_behind(sentence, number, percent)
    if behind is not None:
        return value_of(behind[1]) if behind[2] in (noun, None) else None
    return _plan_of(sentence, number, percent) if kind == "achievement" else None


_MONEY = frozenset({"ty", "trieu", "nghin", "ngan", "dong"})


def whole_beside(sentence: Sentence, number: re.Match[str] | None, percent: re.Match[str]) -> re.Match[str] | None:
    """What stands in brackets behind a share as its whole, counted in the same or in another unit of money."""
    beside = _WHOLE_BESIDE.match(sentence.masked, percent.end()) if number else None
    if beside is None or number is None:
        return None
    noun = noun_behind(sentence.masked, number.end(1))
    return beside if beside[2] == noun or {beside[2], noun} <= _MONEY else None


def share_whole(sentence: Sentence) -> None:
    """Give the shares of a list the whole that stands before them and that some of them fit: `25 hồ sơ, đủ điều kiện
    22 hồ sơ (88%), …`; what does not fit then shows."""
    shares = [one for one in sentence.drafts if _is_open_share(one)]
    if not shares:
        return
    _go_on(sentence, shares)
    shares = [one for one in shares if one.denominator is None]
    if not shares:
        return
    found = list(amounts(sentence.masked))
    plain = {one.start for one in found if one.value == Fraction(value_of(one.printed) or 0)}
    shares = [one for one in shares if one.figures[0] in plain]  # `84 triệu đồng` is no 84 of a whole in đồng
    first = min((one.figures[0] for one in shares), default=0)
    for whole in [one for one in found if one.stop <= first and one.value.denominator == 1]:
        fitting = [
            one for one in shares if _fits(one.numerator or 0, Whole(int(whole.value), ""), one.percent or "", False)
        ]
        if fitting and all(int(one.numerator or 0) <= whole.value for one in shares):
            sure = len(fitting) > 1 or (_IN_LIST.search(sentence.masked[whole.stop : first]) is not None)
            for one in shares if sure and len(shares) > 1 else fitting:
                one.denominator = int(whole.value)
            return


def _go_on(sentence: Sentence, shares: list[ClaimDraft]) -> None:
    """A share right behind one with its whole is of the same whole, where both count the same: `trong đó có 1.196 trạm
    4G (65%), 184 trạm 5G (10%)`."""
    for one in shares:
        before = [
            draft for draft in sentence.drafts if draft.percent is not None and draft.figures[1] <= one.figures[0]
        ]
        last = before[-1] if before else None
        if last is None or last.kind != "share" or not isinstance(last.denominator, int) or last.qualifier:
            continue
        between = sentence.masked[last.figures[1] : one.figures[0]]
        same = counted_noun(sentence, last) == counted_noun(sentence, one) != ""
        if same and not re.search(r"[;:.\d]", between) and int(one.numerator or 0) <= last.denominator:
            one.denominator = last.denominator


def _is_open_share(draft: ClaimDraft) -> bool:
    """A share of people or things with its number and without its whole."""
    counted = isinstance(draft.numerator, int) and draft.percent is not None and draft.denominator is None
    return counted and draft.kind == "share" and draft.qualifier is None


def plan_behind(sentence: Sentence, number: re.Match[str] | None, percent: re.Match[str]) -> re.Match[str] | None:
    """What stands behind a percentage as its whole: `vượt 25% chỉ tiêu (40 đảng viên)`."""
    return whole_behind().match(sentence.masked, percent.end()) if number is not None else None


def _plan_of(sentence: Sentence, number: re.Match[str], percent: re.Match[str]) -> int | str | None:
    """The plan that stands before an achievement: one that fits it, else the only one of its own sentence."""
    noun, tail = noun_behind(sentence.masked, number.end(1)), sentence.masked[percent.end() : percent.end() + 40]
    near = [plan for plan in plans_in(sentence.masked[: percent.start()]) if plan.noun == noun]
    earlier = sentence.before.plan
    reach = [*near, earlier] if earlier is not None and earlier.noun == noun else near
    part, told = value_of(number[1]), percent[1].replace(",", ".")
    over = _OVER.search(sentence.masked, number.end(1), percent.start()) is not None
    fitting = [plan for plan in reach if part is not None and _fits(part, plan, told, over)]
    if fitting:
        return fitting[-1].value
    return near[0].value if len(near) == 1 and not _GIVER.search(tail) else None


def _fits(part: int | str, plan: Whole, percent: str, over: bool) -> bool:
    """Is a number this percentage of a plan (where `over`: over it), to the printed place?"""
    whole = Fraction(plan.value or 0)
    step = Fraction(1, 10 ** len(percent.partition(".")[2]))
    told = Fraction(percent) + (100 if over else 0)
    return whole > 0 and abs(100 * Fraction(part) / whole - told) < step


def plans_in(masked: str) -> list[Whole]:
    """The plans that a text gives a number of: `kế hoạch vốn năm 2023 là 120 tỷ đồng`."""
    found = []
    for match in plan_before().finditer(masked):
        value = value_of(match[1])
        if value is not None:
            found.append(Whole(value, match[2]))
    return found


def noun_behind(text: str, start: int) -> str:
    """The word right behind a number."""
    match = _NOUN.match(text, start)
    return match[1] if match else ""


def counted_noun(sentence: Sentence, draft: ClaimDraft) -> str:
    """The word behind the number that a draft's figures begin with."""
    match = _FIGURE.match(sentence.masked, draft.figures[0])
    return noun_behind(sentence.masked, match.end()) if match else ""


def _other_things(noun: str, other: str) -> bool:
    """Do the two count things of which neither is a part of the other: people, and doses given to them?"""
    people, acts = words("things", "people"), words("things", "acts")
    return (noun in people and other in acts) or (noun in acts and other in people)
