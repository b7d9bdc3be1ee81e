"""Shares of a whole that they name and that was told before: `dư nợ đạt 500 tỷ đồng … nợ xấu 5 tỷ đồng, chiếm 1% tổng
dư nợ`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from congvan.audit.prose.changes import told_change
from congvan.audit.read.finding_draft import FindingDraft
from congvan.audit.read.hedges import own_hedge
from congvan.audit.read.judge import Printed, judge_ratio
from congvan.audit.read.share_draft import share_draft
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
    part = _amount(claim.text, str(claim.numerator))
    for at in range(place - 1, max(-1, place - 1 - _REACH), -1):
        whole = _whole_in(claims[at], named["whole"])
        if part is not None and whole is not None and whole[0].base == part[0].base and whole[0].value > part[0].value:
            return _judged(claim, (place, at), part, whole)
    return None


Shown = tuple[Amount, str]
"""An amount, and as it is printed with its unit."""


def _whole_in(claim: Claim, name: str) -> Shown | None:
    """The total of this name that a claim gives: as its number (`tổng dư nợ đạt 500 tỷ đồng`), or as what its number
    is made of (`dư nợ đạt 500 tỷ đồng, bình quân 40 triệu đồng/hộ`)."""
    if claim.qualifier:
        return None
    if _is_named(fold(claim.subject or ""), name) and not _made_of(claim):
        return _amount(claim.text, str(claim.numerator))
    for piece in _made_of(claim):
        found = list(amounts(fold(piece)))
        if found and _is_named(_TOLD.sub("", fold(piece)[: found[-1].start]), name):
            return found[-1], piece[found[-1].start : found[-1].stop]
    return None


_TOLD = re.compile(r"\s(?:hien |uoc )?(?:dat|la|co|len den)(?: tren| khoang)?\s*$")


def _made_of(claim: Claim) -> list[str]:
    return claim.scope.split("; ") if claim.kind == "total" and claim.scope else []


def _is_named(subject: str, name: str) -> bool:
    """Is this the total of the name: `dư nợ`, `tổng dư nợ`, `dư nợ cho vay`, `dư nợ ủy thác qua Hội`?"""
    subject = re.sub(r"^tong (?:so )?", "", subject.strip())
    more = subject.removeprefix(name).strip()
    few = len(more.split()) <= _MORE_WORDS or _THROUGH.match(more) is not None
    return subject.startswith(name) and few


_THROUGH = re.compile(r"(?:uy thac )?(?:qua|tai|o|cua|tren dia ban)\s(?:[a-z]+\s?){1,5}$|den (?:ngay|cuoi|het|nay)")
"""Behind the name of a total: where it is, and no part of it."""


def _amount(text: str, told: str) -> Shown | None:
    """The number of a claim with what it counts."""
    for one in amounts(fold(text)):
        if one.printed.replace(".", "").replace(",", ".") == told:
            return one, text[one.start : one.stop]
    return None


def _judged(claim: Claim, places: tuple[int, int], part: Shown, whole: Shown) -> FindingDraft | None:
    printed, ratio = Printed.of(claim.percent or "0"), part[0].value / whole[0].value
    in_one_unit = part[0].step * 10 ** _decimals(part[0]) == whole[0].step * 10 ** _decimals(whole[0])
    custom = judge_ratio(ratio.numerator, ratio.denominator, printed)
    if not custom and abs(100 * ratio - printed.value) > _NEAR * printed.value and not _comma_slipped(ratio, printed):
        return None
    return share_draft(
        claim,
        ratio,
        part[0].printed if in_one_unit else f"{part[1]} ",
        whole[0].printed if in_one_unit else f" {whole[1]}",
        [f"/claims/{place}" for place in places],
    )


def _decimals(one: Amount) -> int:
    return len(one.printed.partition(",")[2])


def _comma_slipped(ratio: Fraction, printed: Printed) -> bool:
    """Is the printed share ten times too much or too little: `0,75%` for 0,075 %?"""
    others = (10 * ratio, ratio / 10)
    return any(judge_ratio(one.numerator, one.denominator, printed) for one in others)
