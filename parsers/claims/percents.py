"""Percentages of a sentence: what number each is told of, of what whole, and of what kind it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.claims.claim_draft import ClaimDraft, Sentence, percent_of, subject_of, trim_text, value_of
from parsers.claims.claim_kinds import percent_kind, qualifier
from parsers.claims.claim_words import NUMBER, PERCENT, either, plan_in_brackets, whole_behind, words
from parsers.claims.wholes import counted_noun, denominator_of, noun_behind, plan_behind, whole_beside
from parsers.record.sentences import clause, trim

_BEFORE_PERCENT = re.compile(rf"(?<![\w/.,~-])({NUMBER})\s+(?=[a-z(])")
RATE = re.compile(r"(?<![a-z])(?:ty|ti) le(?![a-z])")
_RATE_OF = re.compile(r"(?<![a-z])(?:ty|ti) le(?![a-z])(?![^,;:()]*(?<![a-z])(?:la|con)\s*$)[^,;:()]*$")
"""Before a number that belongs to what a rate is of: `tỷ lệ trẻ tiêm 2 mũi đạt 97,5%`."""
_MAKES_UP = re.compile(r"^[^;\d]{0,60}[,(]\s*chiem (?:ty|ti) le(?: la)?\s*$")
"""Between a number and the share that it is: `5.678 người, chiếm tỷ lệ 45,6%`."""
_PAIRED = re.compile(rf"\s+va\s+{NUMBER}\s?%")
"""Behind the first of two percentages that are told of two numbers in turn: `45 xã và 120 thôn, đạt 56% và 60%`."""
_AS_MEAN = re.compile(r"(?<![a-z])(?:binh quan|trung binh)(?![a-z])[a-z ]{0,25}$")
_AGAINST_PLAN = re.compile(r"(?<![a-z])so voi (?:chi tieu|ke hoach|du toan|nghi quyet|muc tieu)(?![a-z])[a-z~ ]{0,30}$")
"""Before a number that is the plan itself: `so với chỉ tiêu 1.800 giấy đạt 102,5%`."""
_SUM = re.compile(r"\d\s+(?:ty|trieu)\s+$")
"""Before a number that is only the rest of a sum (`450 tỷ 500 triệu đồng`)."""


def percents(sentence: Sentence) -> Iterator[ClaimDraft]:
    for match in PERCENT.finditer(sentence.masked):
        if sentence.free(*match.span()):
            yield _percent(sentence, match)


def _percent(sentence: Sentence, match: re.Match[str]) -> ClaimDraft:
    left = max(sentence.last_end(match.start()), sentence.masked.rfind(";", 0, match.start()) + 1)
    number = _numerator(sentence.masked, left, match.start())
    number = _of_the_plan(sentence, left, number, match)
    inherited = _inherited(sentence, match) if number is None else None
    first = number.start(1) if number else match.start()
    span = _told_clause(sentence, left, first, match.end())
    behind = plan_behind(sentence, number, match)
    if behind is not None and behind.end() >= span[1]:
        closing = re.match(r"[^()]*\)", sentence.text[behind.end() :])
        span = (span[0], behind.end() + (closing.end() if closing else 0))
    beside = whole_beside(sentence, number, match)
    if beside is not None and number is not None and beside[2] != noun_behind(sentence.masked, number.end(1)):
        span = (span[0], max(span[1], beside.end()))  # the words must tell the unit of the whole
    said = qualifier(sentence.folded, match.start(), match.end())
    paired = number is not None and _PAIRED.match(sentence.masked, match.end()) is not None
    numerator = value_of(number[1]) if number and not paired else inherited[0] if inherited else None
    kind = percent_kind(sentence.folded, span[0], match, said, numerator is not None)
    percent, decimals = percent_of(match[1])
    whole = denominator_of(sentence, kind, number, match) if said is None else None
    return ClaimDraft(
        kind=kind,
        span=span,
        figures=(first, match.end()),
        subject=subject_of(sentence.text, span[0], first),
        numerator=numerator,
        denominator=inherited[1] if inherited and said is None else whole,
        percent=percent,
        decimals=decimals,
        qualifier=said,
        scope=trim_text(sentence.text[match.end() : span[1]]) or None,
    )


def _of_the_plan(
    sentence: Sentence, left: int, number: re.Match[str] | None, percent: re.Match[str]
) -> re.Match[str] | None:
    """Where a mean stands between (`2.178 tỷ đồng, bình quân 1,5 triệu đồng/lượt, bằng 81% kế hoạch (2.700 tỷ đồng)`),
    the number before it that counts what the plan behind counts."""
    behind = plan_behind(sentence, number, percent)
    if behind is None or number is None or not _AS_MEAN.search(sentence.masked[left : number.start(1)]):
        return number
    others = list(_BEFORE_PERCENT.finditer(sentence.masked, left, number.start(1)))
    same = [one for one in others if noun_behind(sentence.masked, one.end(1)) == behind[2]]
    return same[-1] if same and same[-1] is others[-1] else number


def _told_clause(sentence: Sentence, left: int, first: int, end: int) -> tuple[int, int]:
    """The clause around a percentage, back to the words that say what it is: `tỷ lệ …`, or the name before a colon."""
    start, stop = clause(sentence.text, (first, end), (left, len(sentence.text)))
    lead = sentence.masked[left:start]
    rates = [match.start() for match in RATE.finditer(lead)]
    if rates and not re.search(r"[\d;.]", lead[rates[-1] :]):
        return left + rates[-1], stop
    named = re.search(r"[^,;:.()]{2,60}:\s*$", lead)
    if named and start == first:
        return trim(sentence.text, left + named.start(), stop)
    return start, stop


def _numerator(text: str, left: int, right: int) -> re.Match[str] | None:
    """The number that a percentage is told of: the last one before it, in the same breath."""
    plans = {plan.start(1) for plan in plan_in_brackets().finditer(text, left, right)}
    numbers = [one for one in _BEFORE_PERCENT.finditer(text, left, right) if one.start(1) not in plans]
    outside = [one for one in numbers if not _closed_off(text, one.end(1), left, right)]
    goes_on = text.lstrip().startswith("(")  # an aside of the line before, which was cut off
    numbers = outside if outside or left or goes_on else numbers
    numbers = [one for one in numbers if not _AGAINST_PLAN.search(text[left : one.start(1)])]
    if not numbers:
        return None
    found = numbers[-1]
    between, before = text[found.end(1) : right], text[max(left, found.start() - 25) : found.start()]
    if _SUM.search(before):
        return None
    of_whole = re.search(either(words("whole")) + r"\s*(?:la|:)?\s*$", before)
    if (
        (RATE.search(between) and not _MAKES_UP.search(between))
        or between.count(",") > 3
        or of_whole
        or "trong do" in between
    ):
        return None
    return None if _RATE_OF.search(text, left, found.start()) and not re.search(r"[,;:(]", between) else found


def _closed_off(text: str, number: int, left: int, right: int) -> bool:
    """Does a number stand in a bracket that is closed before the percentage: an aside, or what another percentage was
    measured against (`bằng 104% so với cùng kỳ (2.250 tỷ đồng), đạt 52% kế hoạch`)?"""
    opening = text.rfind("(", left, number)
    return opening >= 0 and text.find(")", opening, number) < 0 and text.find(")", number, right) >= 0


def _inherited(sentence: Sentence, match: re.Match[str]) -> tuple[int | str, int | str | None] | None:
    """The number of the percentage before, where this one is told of it too and prints its own whole behind it."""
    behind = whole_behind().match(sentence.masked, match.end())
    before = (one for one in reversed(sentence.drafts) if one.percent is not None and one.figures[1] <= match.start())
    last = next(before, None) if behind is not None else None
    if behind is None or last is None or last.kind not in ("comparison", "achievement"):
        return None
    between = sentence.masked[last.figures[1] : match.start()]
    noun = counted_noun(sentence, last)
    if last.numerator is None or last.qualifier or re.search(r"[;:]", between) or len(between) > 120:
        return None
    return (last.numerator, value_of(behind[1])) if behind[2] in (noun, None) else None
