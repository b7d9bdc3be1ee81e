"""Ratios and parts: `17/12=141,67%`, `161/256 hồ sơ (đạt 62,89%)`, `99,2% (1.234/1.244)`, `9/40 đảng bộ`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.claims.claim_draft import ClaimDraft, Sentence, percent_of, subject_of, to_colon, value_of
from parsers.claims.claim_kinds import qualifier
from parsers.claims.claim_words import (
    EQUATION,
    FRACTION,
    MEASURED,
    NAMED_FRACTION,
    OUT_OF,
    PERCENT,
    SMALL_LIMIT,
    part_count,
)
from parsers.record.sentences import clause

_TELLS = re.compile(
    r"(?:(?:(?!ty le|ti le)[^,;()\d]){0,70}?(?<![a-z])(?:dat|chiem|bang)\s+|[^;()\d]{0,70}?[,(=]\s*)"
    r"(?:(?:dat|chiem|bang|ty le|ti le|tuc|tuong duong|tuong ung|la|khoang|gan|tren|hon)\s+)*"
)
"""What may stand between a fraction and its percentage: nothing that names another measure."""

_OVER = re.compile(r"[^;()\d%]{0,60}?,?\s*(?<![a-z])(?:vuot|hut)(?: muc| chi tieu| ke hoach| du toan)?\s+")
_OF_PLAN = re.compile(r"\s*(?:so voi|so|cung ky|tren)(?![a-z])(?!\s*(?:chi tieu|ke hoach|du toan))")
"""`460/400 ha, vượt 15% kế hoạch`: over the whole that is printed, unless it is told of another one behind."""

_BEFORE = re.compile(r"%\s*\(\s*(?:tuc |tuong ung |tuong duong |voi |la )?$")


def equations(sentence: Sentence) -> Iterator[ClaimDraft]:
    for match in EQUATION.finditer(sentence.masked):
        percent, decimals = percent_of(match[3])
        span = clause(sentence.text, match.span(), (sentence.last_end(match.start()), len(sentence.text)))
        yield ClaimDraft(
            kind="ratio",
            span=span,
            figures=match.span(),
            subject=subject_of(sentence.text, span[0], match.start()),
            numerator=value_of(match[1]),
            denominator=value_of(match[2]),
            percent=percent,
            decimals=decimals,
        )


def fractions(sentence: Sentence) -> Iterator[ClaimDraft]:
    """Fractions with the percentage that they make, before or behind them; else parts of a sum, or counts of bodies."""
    for match in FRACTION.finditer(sentence.masked):
        percent = _percent_before(sentence, match) or _percent_behind(sentence, match)
        measured = MEASURED.match(sentence.masked, match.end()) is not None
        counted = "," not in match.group() and part_count().match(sentence.masked, match.end()) is not None
        if sentence.free(*match.span()) and (percent is not None or counted or measured):
            yield _of_fraction(sentence, match, percent, counted and not measured)
    for match in OUT_OF.finditer(sentence.masked):
        percent = _percent_behind(sentence, match)
        if percent is not None and sentence.free(*match.span()):
            yield _of_fraction(sentence, match, percent, False)
    for match in NAMED_FRACTION.finditer(sentence.masked):
        percent = _percent_behind(sentence, match)
        if percent is not None and sentence.free(*match.span()):
            yield _of_fraction(sentence, match, percent, False)


def _of_fraction(sentence: Sentence, match: re.Match[str], percent: re.Match[str] | None, counted: bool) -> ClaimDraft:
    """The ratio or, where bodies are counted and no percentage is told, the count that a fraction claims."""
    figures = (min(match.start(), percent.start()), max(match.end(), percent.end())) if percent else match.span()
    bounds = (sentence.last_end(figures[0]), len(sentence.text))
    span = clause(sentence.text, figures, bounds)
    limit = None
    if percent is not None:
        span = (clause(sentence.text, figures, bounds, soft=False)[0], span[1])
    elif counted:
        span = to_colon(sentence.text, span)
        limit = SMALL_LIMIT.match(sentence.masked, match.end(), span[1])
    value, decimals = percent_of(percent[1]) if percent else (None, None)
    return ClaimDraft(
        kind="count" if counted and percent is None else "ratio",
        span=span,
        figures=(figures[0], limit.end()) if limit else figures,
        subject=subject_of(sentence.text, span[0], figures[0]),
        numerator=value_of(match[1]),
        denominator=value_of(_whole(match)),
        percent=value,
        decimals=decimals,
        qualifier=qualifier(sentence.folded, figures[0], figures[1]),
    )


def _whole(match: re.Match[str]) -> str:
    """The printed whole of a fraction in any of its forms."""
    if match.re is OUT_OF:
        return str(match[3] or match[4])
    return str(match[3] if match.re is NAMED_FRACTION else match[2])


def _percent_before(sentence: Sentence, match: re.Match[str]) -> re.Match[str] | None:
    """The percentage of `99,2% (1.234/1.244 học sinh)`."""
    opening = _BEFORE.search(sentence.masked, 0, match.start())
    if opening is None:
        return None
    found = [one for one in PERCENT.finditer(sentence.masked, 0, match.start()) if one.end() == opening.start() + 1]
    return found[0] if found else None


def _percent_behind(sentence: Sentence, match: re.Match[str]) -> re.Match[str] | None:
    """The percentage of `161/256 hồ sơ (đạt 62,89%)`: nothing between that names another measure."""
    percent = PERCENT.search(sentence.masked, match.end(), match.end() + 90)
    if percent is None:
        return None
    if _OVER.fullmatch(sentence.masked, match.end(), percent.start()):
        return None if _OF_PLAN.match(sentence.masked, percent.end()) else percent
    return percent if _TELLS.fullmatch(sentence.masked, match.end(), percent.start()) else None
