"""What a percentage claims, and whether it is reported at all or wanted (`goal`) or a limit (`threshold`)."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from parsers.claims.claim_words import either, words
from schemas.dispatch import ClaimKind

Qualifier = Literal["goal", "threshold"]

_PLAN = re.compile(
    r"\s*(?:so voi\s+|cua\s+|so\s+)?(?:muc\s+)?"
    r"(?:chi tieu|ke hoach|kh(?![a-z])|du toan|nghi quyet|muc tieu|nhiem vu|dinh muc|tong muc)"
)
# So many characters before a figure may say that it is wanted; looking further would cost more with each figure.
_BREATH = 500
_DIRECT_NOUN = re.compile(r"\s+(?!tro len|so voi|la|va|do|trong|nhung|de|tu|vao|doi|theo|\(|,)[a-z]")
_RATE = re.compile(r"(?<![a-z])(?:ty|ti) (?:le|trong)(?![a-z])")
_OVER = re.compile(r"(?<![a-z])(?:vuot|hut)(?! qua)(?![a-z])[a-z~ ]{0,40}$")
"""Before a percentage that is told as over or under the plan, which need not be named again behind it."""

_BY_MORE = re.compile(r"(?<![a-z])(?:cao|thap|lon|nho) hon\s*$")
_OF_WHOLE = re.compile(r"\s*(?:tren|so voi|cua|trong)?\s*(?:tong so|tong)(?![a-z])")


@cache
def _compared() -> re.Pattern[str]:
    periods = either(words("comparison", "periods"))
    return re.compile(rf"\s*\)?\s*(?:so voi|cung ky|so cung ky)(?:\s+[a-z]+){{0,2}}?\s*{periods}")


@cache
def _limit() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z]){either(words('threshold', 'before'))}\s*$")


def percent_kind(folded: str, start: int, match: re.Match[str], said: Qualifier | None, counted: bool) -> ClaimKind:
    """The kind of the percentage `match` in a folded sentence. `start`: of its clause; `counted`: it has a number."""
    lead, after = folded[start : match.start()], folded[match.end() :]
    if _compares(lead, after):
        return "comparison"
    if _PLAN.match(after) or (said == "goal" and re.search(r"(?<![a-z])dat(?: tu| tren| it nhat)?\s*$", lead)):
        return "achievement"
    if counted and _OVER.search(lead):
        return "achievement"
    told = re.search(r"(?<![a-z])(?:chiem|trong do)(?![a-z])|\(\s*$" if counted else r"(?<![a-z])chiem(?![a-z])", lead)
    if told or _RATE.search(lead) or _OF_WHOLE.match(after):
        return "share"
    if re.search(r"(?<![a-z])(?:dat|bang|hoan thanh|thuc hien)[a-z ]{0,20}$", lead):
        return "achievement" if counted else "share" if _DIRECT_NOUN.match(after) else "ratio"
    return "share" if _DIRECT_NOUN.match(after) and not re.search(r"(?<![a-z])la\s*$", lead) else "ratio"


def _compares(lead: str, after: str) -> bool:
    if _compared().match(after):
        return True
    changes = re.search(
        r"(?<![a-z])(?:tang|giam)(?! cuong)(?:(?:\s+[a-z]+){0,3}\s*|\s+[\d.,]+\s+[a-z, ]{1,60}\([-–+ ]*)$", lead
    )
    return changes is not None and not _PLAN.match(after)


def qualifier(folded: str, start: int, end: int) -> Qualifier | None:
    """Is the figure at `start:end` of a folded sentence wanted, or a limit? None where it is reported."""
    lead = folded[folded.rfind(" ", 0, max(0, start - _BREATH)) + 1 : start]
    raised = re.match(r"\s*(?:[a-z/]+\s+){0,6}?tro len", folded[end:]) is not None
    if re.search(r"(?<![a-z])(?:khong|chua) (?:dat|du)[^,;.]*(?<![a-z])tren\s*$", lead):
        return "threshold"
    if _wanted(lead) or (raised and re.search(r"(?<![a-z])dat\s+(?:tu\s+)?$", lead)):
        return "goal"
    if re.search(r"(?<![a-z])(?:tang|giam|nang|ha)(?: \w+){0,6} tu\s*$", lead):
        return None
    if _BY_MORE.search(lead) and (_PLAN.match(folded, end) or _compared().match(folded, end)):
        return None
    return "threshold" if raised or _limit().search(lead) else None


@cache
def _goal() -> re.Pattern[str]:
    """Every place where a word of wanting begins, the longest one there is first; one may begin inside another."""
    longest_first = sorted(words("goal"), key=len, reverse=True)
    return re.compile(rf"(?<![a-z])(?=({'|'.join(map(re.escape, longest_first))}))")


def _wanted(lead: str) -> bool:
    """Does a word of wanting stand before, and no word of reporting between?"""
    end = max((match.end(1) for match in _goal().finditer(lead)), default=None)
    if end is None:
        return False
    between = lead[end:]
    return len(between) < 250 and not any(word in between for word in words("goal", "report"))
