"""Claims that print all their numbers: totals with their parts, changes with both ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from congvan.audit.read.finding_draft import FindingDraft, plain
from congvan.audit.read.hedges import hedge_of
from congvan.audit.read.judge import Custom, Printed, Span
from congvan.audit.tables.relation import CUSTOMS
from schemas.dispatch import Claim
from schemas.finding import Check, Verdict
from vietnamese.amounts import Amount, amounts
from vietnamese.figures import read_figure
from vietnamese.fold import fold

_OUT = re.compile(
    r"(?<![a-z])(?:chi|xuat|giam|tra|nop|chuyen di|thoat|da|giai quyet|phan bo|giai ngan|xu ly|hoan thanh|su dung"
    r"|xet xu|cap)(?![a-z])"
)
_PRODUCT = re.compile(r"(?<![a-z])(?:don gia|nang suat|dinh muc|muc|muc chi|muc ho tro|tri gia|gia|moi)(?![a-z])")
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
        return _judge_left(claim, pointer) or _judge_total(claim, pointer)
    if claim.scope and claim.scope.endswith("lần") and (times := _TIMES.fullmatch(fold(claim.scope))):
        return _judge_times(claim, pointer, times[1])
    if claim.kind == "ratio" and claim.scope and (rate := _TO_MANY.fullmatch(claim.scope)):
        return _judge_to_many(claim, pointer, rate)
    if claim.kind == "comparison" and claim.numerator is not None and claim.denominator is not None:
        return _judge_change(claim, pointer)
    return None


_TIMES = re.compile(r"(\d+(?:[.,]\d+)*) lan")
_OF = re.compile(r"(\d+(?:[.,]\d+)*)/(\d+(?:[.,]\d+)*) [a-z]+")


def _judge_left(claim: Claim, pointer: str) -> FindingDraft | None:
    """`giải quyết 25/31 vụ, còn 6 vụ`: what is left of the whole."""
    done = _OF.fullmatch(fold(claim.scope or ""))
    figures = [read_figure(text) for text in done.groups()] if done else []
    if len(figures) != 2 or figures[0] is None or figures[1] is None:
        return None
    exact = figures[1].exact - figures[0].exact
    right = exact == Fraction(claim.numerator or 0)
    decimals = max(figures[0].decimals, figures[1].decimals)
    return _told(claim, pointer, right, (f"{figures[1].text} - {figures[0].text}", plain(exact, decimals)), "row_total")


_TO_MANY = re.compile(r"(\d+(?:[.,]\d+)*)/(1\.000|10\.000|100\.000)")


def _judge_to_many(claim: Claim, pointer: str, rate: re.Match[str]) -> FindingDraft | None:
    """`30,0 giường/10.000 dân (2.640 giường trên 880.000 dân)`."""
    figure, whole = read_figure(rate[1]), Fraction(claim.denominator or 0)
    if figure is None or whole <= 0 or hedge_of(claim.text.partition(rate[1])[0]) is not None:
        return None
    many = int(rate[2].replace(".", ""))
    exact = many * Fraction(claim.numerator or 0) / whole
    right = any(Span.exactly(exact).meets(Printed.figure(figure).bounds(custom)) for custom in CUSTOMS)
    made = (f"{claim.numerator} × {rate[2]} / {claim.denominator}", plain(exact, max(2, figure.decimals)))
    draft = _told(claim, pointer, right, made, "prose_ratio")
    draft.reported = draft.values["reported"] = rate[1]
    return draft


def _judge_times(claim: Claim, pointer: str, printed: str) -> FindingDraft | None:
    """`đạt 1.875 tỷ đồng, gấp 2,5 lần so với cùng kỳ (750 tỷ đồng)`."""
    figure, values = read_figure(printed), in_one_unit(claim)
    if figure is None or values is None or values[1] <= 0 or hedge_of(claim.text) is not None:
        return None
    exact = values[0] / values[1]
    bounds = Printed.figure(figure)
    right = any(Span.exactly(exact).meets(bounds.bounds(custom)) for custom in CUSTOMS)
    made = (f"{claim.numerator} / {claim.denominator}", plain(exact, max(2, figure.decimals)))
    draft = _told(claim, pointer, right, made, "prose_ratio")
    draft.reported = draft.values["reported"] = printed
    return draft


def _told(claim: Claim, pointer: str, right: bool, made: tuple[str, str], check: Check) -> FindingDraft:
    formula, computed = made
    reported = str(claim.numerator)
    return FindingDraft(
        check=check,
        verdict="agrees" if right else "disagrees",
        message="told_agrees" if right else "told_disagrees",
        values={"text": claim.text, "formula": formula, "computed": computed, "reported": reported},
        reported=reported,
        computed=computed,
        pointers=(pointer,),
    )


def in_one_unit(claim: Claim) -> tuple[Fraction, Fraction] | None:
    """Part and whole as their words tell them, in one unit (`1.291,6 triệu đồng` of `645,8 tỷ đồng`); as printed where
    the words do not tell."""
    if claim.numerator is None or claim.denominator is None:
        return None
    part, whole = Fraction(claim.numerator), Fraction(claim.denominator)
    found = list(amounts(fold(claim.text)))
    one = next((amount for amount in found if _is(amount, claim.numerator)), None)
    other = next((amount for amount in reversed(found) if _is(amount, claim.denominator)), None)
    if one is None or other is None or one is other or one.base != other.base:
        return part, whole
    return one.value, other.value


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
    cut = sign == ":" and verdict != "agrees" and 0 < exact - total.value < total.step
    verdict = "truncated" if cut else verdict
    message = {"cannot_tell": "told_rounded", "disagrees": "told_disagrees"}.get(verdict, "told_agrees")
    scale = _scale(total)
    computed = plain(exact / scale, 2)
    return FindingDraft(
        check="prose_ratio" if sign == ":" else "row_total" if sign in "+-" else "prose_ratio",
        verdict=verdict,
        message=message,
        values={"text": claim.text, "formula": shown, "computed": computed, "reported": total.printed},
        reported=total.printed,
        computed=computed,
        pointers=(pointer,),
        custom=Custom.TRUNCATED if cut else None,
    )


def _scale(amount: Amount) -> Fraction:
    """What the printed number is multiplied by: 10⁹ for `4,6 tỷ đồng`."""
    return amount.step * Fraction(10 ** len(amount.printed.partition(",")[2]))


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
    if _MEAN.search(_lead(folded, total)) and len(one) == 2 and one[1].value > 0:
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
        signs = [1 if at == 0 or not _OUT.search(fold(piece)) else -1 for at, (piece, _) in enumerate(parts)]
        exact = sum((sign * amount.value for sign, amount in zip(signs, one, strict=True)), Fraction(0))
        text = " ".join(("- " if sign < 0 else "+ ") + text for sign, text in zip(signs, shown, strict=True))
        return exact, slack if slack else Fraction(0), text.removeprefix("+ "), "-"
    return sum((amount.value for amount in one), Fraction(0)), slack, " + ".join(shown), "+"


def _lead(folded: str, total: Amount) -> str:
    """The words between an amount and the one before it."""
    stops = [one.stop for one in amounts(folded) if one.stop <= total.start]
    return folded[max(stops, default=0) : total.start][-40:]


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
    figure = printed.value / _scale(printed)
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
