"""Across dispatches, in prose: `kết nạp 120 đảng viên, tăng 15,4% so với cùng kỳ` against last year's own report.

Two sentences are set side by side only where one body says the same words of one period a year apart, each once in its
dispatch. Both figures are printed; the ratio is judged at their printed precision, and both sources are named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from congvan.audit.across.across import PERIODS, YEAR, issuer_of, same_paper, when
from congvan.audit.prose.changes import base_of, tells_the_change
from congvan.audit.read.audit_words import has_word, pattern
from congvan.audit.read.finding_draft import FindingDraft, plain
from congvan.audit.read.hedges import hedge_of
from congvan.audit.read.judge import Printed, Span
from congvan.audit.read.sheet import doubted_places
from congvan.audit.tables.relation import CUSTOMS
from congvan.audit.where import Checked
from schemas.dispatch import Claim
from vietnamese.fold import fold

_BEFORE_CHANGE = re.compile(r"[,;(]?\s*(?<![a-z])(?:tang|giam|bang|dat|so voi|chiem)(?![a-z]).*")
_SAME_PERIOD = re.compile(r"(?<![a-z])cung ky(?: nam (?P<year>\d{4}|truoc|ngoai))?(?![a-z])")
_FEWEST_WORDS = 3

Key = tuple[str, str, str]
"""Issuer, words of the measure, period."""


@dataclass(frozen=True)
class SaidElsewhere:
    """A figure in a sentence, with its place."""

    one: Checked
    claim: Claim
    place: int

    @property
    def pointer(self) -> str:
        return f"/claims/{self.place}"

    @property
    def doubted(self) -> bool:
        """Was its sentence read from a scan with doubt?"""
        return self.pointer in doubted_places(self.one.dispatch, "/claims")


def check_across_prose(checked: Sequence[Checked]) -> Iterator[tuple[Checked, FindingDraft]]:
    """Comparisons with the same period of the year before whose figure an earlier dispatch of the same body prints."""
    said = {id(one): dict(_said(one)) for one in checked}
    known: dict[Key, SaidElsewhere] = {}
    for one in sorted(checked, key=when):
        for (issuer, measure, period), this in said[id(one)].items():
            before = _year_before(this.claim, period)
            earlier = known.get((issuer, measure, before)) if before else None
            draft = _compared(this, earlier) if earlier and not same_paper(earlier.one, one) else None
            if draft is not None:
                yield one, draft
        for key, this in said[id(one)].items():
            known.setdefault(key, this)


def _said(one: Checked) -> Iterator[tuple[Key, SaidElsewhere]]:
    """The figures of a dispatch by what they are told of, those that stand there twice left out."""
    issuer = issuer_of(one.dispatch, "result")
    subject = fold(one.dispatch.header.subject or "")
    found: dict[Key, list[SaidElsewhere]] = {}
    for place, claim in enumerate(one.dispatch.claims):
        measure = _measure(claim)
        period = _period(claim, subject)
        if issuer and measure and period and claim.qualifier is None and hedge_of(claim.text) is None:
            found.setdefault((issuer, measure, period), []).append(SaidElsewhere(one, claim, place))
    yield from ((key, places[0]) for key, places in found.items() if len(places) == 1)


def _measure(claim: Claim) -> str | None:
    """The words that a number is told of, without the change, periods and words that say nothing."""
    if claim.numerator is None or claim.denominator is not None:
        return None
    folded = fold(claim.text)
    told = _BEFORE_CHANGE.sub("", folded) if claim.percent is not None else folded
    words = re.findall(r"[a-z]+", pattern("across", "dull").sub(" ", PERIODS.sub(" ", told)))
    return " ".join(words) if len(words) >= _FEWEST_WORDS else None


def _period(claim: Claim, subject: str) -> str | None:
    """The one period, with its year, of a claim's own words or of the dispatch's subject."""
    own = _periods(_BEFORE_CHANGE.sub("", fold(claim.text)))
    shown = own or _periods(subject)
    return shown[0] if len(shown) == 1 and YEAR.search(shown[0]) else None


def _periods(folded: str) -> list[str]:
    return sorted({" ".join(one.replace(" dau", "").split()) for one in PERIODS.findall(folded) if one.strip()})


def _year_before(claim: Claim, period: str) -> str | None:
    """The period that `cùng kỳ` means; None where the claim compares with something else."""
    match = _SAME_PERIOD.search(fold(claim.text))
    years = YEAR.findall(period)
    if claim.kind != "comparison" or match is None or len(years) != 1:
        return None
    told = match["year"]
    before = told if told and told.isdigit() else str(int(years[0]) - 1)
    return period.replace(years[0], before) if before < years[0] else None


def _compared(this: SaidElsewhere, earlier: SaidElsewhere) -> FindingDraft | None:
    """This year's number over last year's against the printed change."""
    claim, printed = this.claim, Printed.of(this.claim.percent or "0")
    folded = fold(claim.text)
    base = base_of(claim, printed)
    now, then = _span(claim), _span(earlier.claim)
    ratio = None if tells_the_change(folded) or base.units <= 0 else now.over(then)
    if ratio is None:
        return None
    fits = any(ratio.scaled(100).meets(base.bounds(custom)) for custom in CUSTOMS)
    exact = 100 * Fraction(claim.numerator or 0) / Fraction(earlier.claim.numerator or 1)
    change = plain(abs(exact - 100) if base is not printed else exact, max(2, printed.decimals))
    return FindingDraft(
        check="cross_document",
        verdict="agrees" if fits else "disagrees",
        message="across_prose_agrees" if fits else "across_prose_disagrees",
        values={
            "text": claim.text,
            "reported": f"{claim.percent}%",
            "other": earlier.one.title,
            "said": earlier.claim.text,
            "part": str(claim.numerator),
            "whole": str(earlier.claim.numerator),
            "computed": change,
        },
        reported=f"{claim.percent}%",
        computed=change,
        pointers=(this.pointer, f"{earlier.one.dispatch.id}#{earlier.pointer}"),
        doubted=this.doubted or earlier.doubted,
    )


def _span(claim: Claim) -> Span:
    """The values that a claim's number may stand for: amounts of money and of goods are rounded even where whole."""
    printed = Printed.of(str(claim.numerator))
    if printed.decimals or has_word(fold(claim.text).replace("dong chi", " "), "columns", "measured"):
        return Span(printed.value - printed.step, printed.value + printed.step)
    return Span.exactly(printed.value)
