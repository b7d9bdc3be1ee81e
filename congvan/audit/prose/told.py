"""Claims that print all their numbers: totals with their parts, changes with both ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from congvan.audit.read.finding_draft import FindingDraft, plain
from schemas.dispatch import Claim
from schemas.finding import Verdict
from vietnamese.amounts import Amount, amounts
from vietnamese.fold import fold

_OUT = re.compile(r"(?<![a-z])(?:chi|xuat|giam|tra|nop|chuyen di|thoat)(?![a-z])")
_PRODUCT = re.compile(r"(?<![a-z])(?:don gia|nang suat|dinh muc|muc ho tro|moi)(?![a-z])")
_MEAN = re.compile(r"(?<![a-z])(?:binh quan|trung binh)(?![a-z])")
_REST = re.compile(r"(?<![a-z])(?:con lai|con du|con ton|ket du|ton quy|ton cuoi|du cuoi|con)(?![a-z])[a-z ]{0,25}$")
_PARTLY = re.compile(r"(?<![a-z])(?:trong do|cu the)(?![a-z])")
_GATHERED = re.compile(r"(?<![a-z])(?:gom|tong cong|tong|ca nam|cong)(?![a-z])")
_SEXES = re.compile(r"(?<![a-z])(?:nam|nu)(?![a-z])")
_NEAR = Fraction(1, 5)
"""A sum further off than this part of the total adds up something else than what the total is of."""

_SLIP = Fraction(1, 20)
"""`trong đó` may name some of the parts only: then only what nearly adds up is wrong."""


def judge_told(claim: Claim, pointer: str) -> FindingDraft | None:
    """A claim with its parts in its scope, or with both ends of its change; None for any other."""
    if claim.kind == "total" and claim.scope:
        return _judge_total(claim, pointer)
    if claim.kind == "comparison" and claim.numerator is not None and claim.denominator is not None:
        return _judge_change(claim, pointer)
    return None


def _judge_total(claim: Claim, pointer: str) -> FindingDraft | None:
    folded = fold(claim.text)
    total = next((one for one in amounts(folded) if _is(one, claim.numerator)), None)
    parts = [_part(piece, total) for piece in (claim.scope or "").split("; ")]
    known = [one for one in parts if one is not None]
    if total is None or len(known) < len(parts):
        return None
    made = _made(folded, total, known, claim)
    if made is None:
        return None
    exact, slack, shown, sign = made
    off = abs(exact - total.value)
    verdict: Verdict = "agrees" if off <= total.step / 2 and not (sign == "+" and off) else "disagrees"
    if verdict == "disagrees" and off <= slack:
        verdict = "cannot_tell"
    elif verdict == "disagrees" and not _must_add_up(folded, claim, exact, total.value, sign):
        return None
    message = {"agrees": "told_agrees", "cannot_tell": "told_rounded", "disagrees": "told_disagrees"}[verdict]
    scale = total.step * 10 ** len(total.printed.partition(",")[2])
    computed = plain(exact / scale, 2)
    return FindingDraft(
        check="prose_ratio" if sign == ":" else "row_total" if sign in "+-" else "prose_ratio",
        verdict=verdict,
        message=message,
        values={"text": claim.text, "formula": shown, "computed": computed, "reported": total.printed},
        reported=total.printed,
        computed=computed,
        pointers=(pointer,),
    )


def _is(one: Amount, value: int | str | None) -> bool:
    digits = one.printed.replace(".", "").replace(",", ".")
    return value is not None and (digits == str(value) or one.printed == str(value) or digits.lstrip("0") == str(value))


def _part(piece: str, total: Amount | None) -> tuple[str, Amount] | None:
    """The amount that ends a printed part, with the words before it."""
    folded = fold(piece)
    found = list(amounts(folded))
    return (piece, found[-1]) if found and total is not None else None


Made = tuple[Fraction, Fraction, str, str]
"""The exact value, how much rounding may hide, how it is made, and the sign of how."""


def _made(folded: str, total: Amount, parts: Sequence[tuple[str, Amount]], claim: Claim) -> Made | None:
    one = [amount for _, amount in parts]
    shown = [_shown(piece, amount) for piece, amount in parts]
    if _MEAN.search(folded[: total.start][-40:]) and len(one) == 2 and one[1].value > 0:
        slack = one[0].step / 2 / one[1].value + total.step / 2
        return one[0].value / one[1].value, slack, " : ".join(shown), ":"
    if _PRODUCT.search(fold(parts[-1][0])) and len(one) == 2 and one[0].base != total.base:
        halves = [amount.step / 2 if amount.rounded else Fraction(0) for amount in one]
        slack = halves[0] * one[1].value + halves[1] * one[0].value + total.step / 2
        return one[0].value * one[1].value, slack, " × ".join(shown), "×"
    if any(amount.base != total.base for amount in one):
        return None
    slack = sum((amount.step / 2 for amount in one if amount.rounded), Fraction(0))
    slack += total.step / 2 if total.rounded else 0
    if _REST.search(folded[: total.start]):
        signs = [-1 if _OUT.search(fold(piece)) else 1 for piece, _ in parts]
        exact = sum((sign * amount.value for sign, amount in zip(signs, one, strict=True)), Fraction(0))
        text = " ".join(("- " if sign < 0 else "+ ") + text for sign, text in zip(signs, shown, strict=True))
        return exact, slack if slack else Fraction(0), text.removeprefix("+ "), "-"
    return sum((amount.value for amount in one), Fraction(0)), slack, " + ".join(shown), "+"


def _shown(piece: str, amount: Amount) -> str:
    """The figure of a part as it is printed, with its unit."""
    return piece[amount.start : amount.stop].strip() if len(fold(piece)) == len(piece) else amount.printed


def _must_add_up(folded: str, claim: Claim, exact: Fraction, total: Fraction, sign: str) -> bool:
    """Is a sum that is off wrong, and not only a sum of something else?"""
    off, more = abs(exact - total), exact > total
    if sign != "+":
        return off <= total
    pieces = [fold(piece) for piece in (claim.scope or "").split("; ")]
    sexes = {found[0] for piece in pieces if (found := _SEXES.findall(piece))}
    if len(pieces) == 2 and sexes == {"nam", "nu"}:
        return True
    if any(re.search(r"(?<![a-z])(?:khong|chua)(?![a-z])", piece) for piece in pieces[1:]) and len(pieces) == 2:
        return off <= _NEAR * total
    if _PARTLY.search(folded):
        return more and _measured(claim) and off <= _SLIP * total
    exhaustive = _GATHERED.search(folded) is not None
    return off <= (_NEAR if exhaustive else _SLIP) * total


def _measured(claim: Claim) -> bool:
    """Are the parts of money or land? People and bodies may be counted in two of them."""
    found = [list(amounts(fold(piece))) for piece in (claim.scope or "").split("; ")]
    return all(one and one[-1].base in ("dong", "ha", "kg") for one in found)


def _judge_change(claim: Claim, pointer: str) -> FindingDraft | None:
    """`giảm 5 vụ (20 → 16)`, `giảm từ 4,5% xuống 3,2%, giảm 1,3%`: the difference of the two ends."""
    folded = fold(claim.text)
    told = _told_difference(folded, claim)
    if told is None:
        return None
    now, then = Fraction(claim.numerator or 0), Fraction(claim.denominator or 0)
    up, printed = told
    exact = (now - then) if up else (then - now)
    decimals = max(len(str(one).partition(".")[2]) for one in (claim.numerator, claim.denominator))
    figure = Fraction(printed.value)
    right = exact == figure or (then > 0 and _is_relative(folded, exact, then, printed))
    message = "difference_agrees" if right else "difference_disagrees"
    return FindingDraft(
        check="prose_ratio",
        verdict="agrees" if right else "disagrees",
        message=message,
        values={
            "text": claim.text,
            "now": str(claim.numerator),
            "whole": str(claim.denominator),
            "computed": plain(abs(exact), decimals),
            "reported": printed.printed,
        },
        reported=printed.printed,
        computed=plain(abs(exact), decimals),
        pointers=(pointer,),
    )


_TOLD = re.compile(
    r"(?<![a-z])(tang|vuot|cao hon|nhieu hon|giam|hut|thap hon|it hon)(?! cuong)(?:\s(?!tu\s)[a-z]+){0,3}\s$"
)


def _told_difference(folded: str, claim: Claim) -> tuple[bool, Amount] | None:
    """The printed difference and whether it is a rise; None where a relative change of counts is told."""
    ends = [one for one in amounts(folded) if _is(one, claim.numerator) or _is(one, claim.denominator)]
    bases = {one.base for one in ends if one.base}
    for one in amounts(folded):
        lead = _TOLD.search(folded[: one.start])
        if lead is None or (claim.percent is not None and bases != {"%"}):
            continue
        if one.base in bases or (not bases and one.base) or (bases == {"%"} and one.base in ("%", "diem")):
            return lead[1] in ("tang", "vuot", "cao hon", "nhieu hon"), one
    return None


def _is_relative(folded: str, exact: Fraction, then: Fraction, printed: Amount) -> bool:
    """Of percentages a change may also be told as a part of what was."""
    relative = 100 * exact / then
    return printed.base == "%" and "diem" not in folded and abs(relative - printed.value) <= printed.step / 2
