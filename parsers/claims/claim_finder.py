"""Reported figures of one sentence: found first by their form, then told what they claim."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.claims.claim_draft import (
    NOTHING_BEFORE,
    Before,
    ClaimDraft,
    Sentence,
    Whole,
    subject_of,
    to_colon,
    trim_text,
    value_of,
)
from parsers.claims.claim_kinds import qualifier
from parsers.claims.claim_words import (
    PERCENT,
    SMALL_LIMIT,
    UNIT_DID,
    WHOLE,
    announced_list,
    body_count,
    changed_count,
    either,
    gained_count,
    limited_count,
    listed_count,
    stock,
    told_of_all,
    wanted_count,
    whole_count,
    words,
)
from parsers.claims.percents import RATE, percents
from parsers.claims.ratios import equations, fractions
from parsers.claims.told_changes import changes_in_percent, told_changes
from parsers.claims.told_rates import told_rates
from parsers.claims.told_sums import told_sums
from parsers.claims.unit_counts import units_with
from parsers.claims.wholes import noun_behind, plans_in, share_whole, whole_of
from parsers.record.sentences import clause, trim
from vietnamese.figures import has_figure


def find_claims(text: str, before: Before = NOTHING_BEFORE) -> tuple[list[ClaimDraft], Before]:
    """The claims of one sentence in reading order, and what the next sentence may take from this and those before."""
    sentence = Sentence(text, before)
    if not has_figure(sentence.masked) and _IN_WORDS.search(text) is None:
        return [], sentence.before
    for finder in _FINDERS:
        for draft in finder(sentence):
            sentence.add(draft)
    sentence.drafts.sort(key=lambda draft: draft.figures)
    for place, draft in enumerate(sentence.drafts):
        if draft.kind == "share" and draft.denominator is None and draft.qualifier is None:
            draft.denominator = whole_of(sentence, draft, sentence.drafts[:place])
    share_whole(sentence)
    plans = plans_in(sentence.masked)
    return sentence.drafts, Before(sentence.before.whole, plans[-1] if plans else sentence.before.plan)


def _wholes(sentence: Sentence) -> Iterator[ClaimDraft]:
    for match in whole_count().finditer(sentence.masked):
        value, noun = value_of(match[1]), noun_behind(sentence.masked, match.end(1))
        if noun not in ("ty", "trieu", "nghin", "ngan"):  # shares of it are told in another unit
            sentence.before = Before(Whole(value, noun), sentence.before.plan)
        if not sentence.free(*match.span(1)) or _leads_to_percent(sentence, match.end(1)):
            continue
        span = clause(sentence.text, match.span(), (sentence.last_end(match.start()), len(sentence.text)))
        yield ClaimDraft(
            kind="total",
            span=span,
            figures=match.span(1),
            subject=subject_of(sentence.text, span[0], match.start(1)),
            numerator=value,
            qualifier=qualifier(sentence.folded, match.start(1), match.end(1)),
        )


def _leads_to_percent(sentence: Sentence, end: int) -> bool:
    """Is this number the one that the next percentage tells of (`…: 53 đảng viên, đạt 48,2%`), or its whole?"""
    percent = PERCENT.search(sentence.masked, end)
    if percent is None:
        return False
    between = sentence.masked[end : percent.start()]
    rate = "trong do" in between and RATE.search(between) is not None
    return not re.search(r"[;\d]", between) and (rate or "trong do" not in between) and between.count(",") < 3


def _bodies(sentence: Sentence) -> Iterator[ClaimDraft]:
    limited = list(limited_count().finditer(sentence.masked))
    known = {match.start(1) for match in limited}
    others = [match for match in body_count().finditer(sentence.masked) if match.start(1) not in known]
    for match in [*limited, *others]:
        if not sentence.free(*match.span()):
            continue
        limit = SMALL_LIMIT.match(sentence.masked, match.end())
        if limit is None and match.start(1) not in known and _percent_follows(sentence.masked, match.end()):
            continue
        end = limit.end() if limit else match.end()
        start, _ = clause(sentence.text, match.span(1), (sentence.last_end(match.start()), len(sentence.text)))
        span = to_colon(sentence.text, (start, end)) if limit is None else trim(sentence.text, start, end)
        yield ClaimDraft(
            kind="count",
            span=span,
            figures=(match.start(), end),
            subject=trim_text(sentence.text[match.end(1) : span[1]]),
            numerator=value_of(match[1]),
        )


def _percent_follows(text: str, start: int) -> bool:
    """Does a percentage come within the same breath?"""
    percent = PERCENT.search(text, start, start + 60)
    return percent is not None and not re.search(r"[;:\d]", text[start : percent.start()])


def _changed(sentence: Sentence) -> Iterator[ClaimDraft]:
    for match in changed_count().finditer(sentence.masked):
        if sentence.free(*match.span(1)):
            bounds = (sentence.last_end(match.start()), len(sentence.text))
            span = clause(sentence.text, match.span(1), bounds)
            yield ClaimDraft(
                kind="total",
                span=span,
                figures=match.span(1),
                subject=subject_of(sentence.text, span[0], match.start(1)),
                numerator=value_of(match[1]),
            )


def _gained(sentence: Sentence) -> Iterator[ClaimDraft]:
    for match in gained_count().finditer(sentence.masked):
        if not sentence.free(*match.span(1)) or qualifier(sentence.folded, match.start(1), match.end(1)):
            continue
        bounds = (sentence.last_end(match.start()), len(sentence.text))
        start, _ = clause(sentence.text, match.span(), bounds, soft=False)
        span = trim(sentence.text, start, match.end())
        named = sentence.text[span[0] : span[0] + 1].isupper() and span[0] > 0
        yield ClaimDraft(
            kind="count" if named else "total",
            span=span,
            figures=match.span(),
            subject=subject_of(sentence.text, span[0], match.start()),
            numerator=value_of(match[1]),
        )


def _stocks(sentence: Sentence) -> Iterator[ClaimDraft]:
    for run in stock().finditer(sentence.masked):
        for match in re.finditer(rf"(?<![\w/.,~-])({WHOLE})\s+[a-z]", run[0]):
            start, end = run.start() + match.start(1), run.start() + match.end(1)
            if not sentence.free(start, end) or _leads_to_percent(sentence, end):
                continue
            span = clause(sentence.text, (start, end), (sentence.last_end(start), len(sentence.text)))
            yield ClaimDraft(
                kind="total",
                span=span,
                figures=(start, end),
                subject=trim_text(sentence.text[end : span[1]]),
                numerator=value_of(match[1]),
            )


def _of_all(sentence: Sentence) -> Iterator[ClaimDraft]:
    for match in told_of_all().finditer(sentence.masked):
        if sentence.free(*match.span(1)) and not _leads_to_percent(sentence, match.end(1)):
            span = clause(sentence.text, match.span(), (sentence.last_end(match.start()), len(sentence.text)))
            yield ClaimDraft(
                kind="total",
                span=span,
                figures=match.span(1),
                subject=subject_of(sentence.text, span[0], match.start(1)),
                numerator=value_of(match[1]),
                qualifier=qualifier(sentence.folded, match.start(1), match.end(1)),
            )


def _of_units(sentence: Sentence) -> Iterator[ClaimDraft]:
    for match in UNIT_DID.finditer(sentence.text):
        named = all(word[0].isupper() for word in match[1].split())
        if named and sentence.free(*match.span(2)) and not _leads_to_percent(sentence, match.end(2)):
            noun = noun_behind(sentence.masked, match.end(2))
            span = (match.start(), match.end() + len(noun) if noun else match.end())
            yield ClaimDraft(
                kind="count",
                span=trim(sentence.text, *span),
                figures=match.span(2),
                subject=subject_of(sentence.text, match.start(), match.start(2)),
                numerator=value_of(match[2]),
                qualifier=qualifier(sentence.folded, match.start(2), match.end(2)),
            )


def _wanted(sentence: Sentence) -> Iterator[ClaimDraft]:
    for match in wanted_count().finditer(sentence.masked):
        said = qualifier(sentence.folded, match.start(1), match.end())
        if said != "goal" or not _is_goal_of(sentence, match) or not sentence.free(*match.span(1)):
            continue
        bounds = (sentence.last_end(match.start()), len(sentence.text))
        span = clause(sentence.text, match.span(), bounds, soft=False)
        yield ClaimDraft(
            kind="total",
            span=span,
            figures=match.span(1),
            subject=subject_of(sentence.text, span[0], match.start(1)),
            numerator=value_of(match[1]),
            qualifier=said,
        )


def _is_goal_of(sentence: Sentence, match: re.Match[str]) -> bool:
    """Is this number itself the goal: people or bodies, or the first number behind a strong word of wanting?"""
    lead = sentence.masked[: match.start(1)]
    places = [found.end() for word in words("goal", "strong") for found in re.finditer(rf"(?<![a-z]){word}", lead)]
    if not places:
        return False
    noun = re.match(rf"\s+{either(words('counted', 'gained'))}(?![a-z])", sentence.masked[match.end(1) :])
    between = lead[max(places) :]
    return noun is not None or (not re.search(r"[\d;:]", between) and len(between) < 60)


def _listed(sentence: Sentence) -> Iterator[ClaimDraft]:
    for match in listed_count().finditer(sentence.masked):
        if sentence.free(*match.span()):
            start = match.start()
            lead = re.search(r"(?:số lượng\s)?[^,;:.()]{0,60}\sgồm\s?:?\s*$", sentence.text[:start])
            span = trim(sentence.text, lead.start() if lead else start, match.end())
            yield ClaimDraft(
                kind="count",
                span=span,
                figures=match.span(),
                subject=trim_text(sentence.text[match.end(1) : match.end()]),
                numerator=value_of(match[1]),
                qualifier=_limited(sentence.folded, match.start(1)),
            )


_WORDS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_IN_WORDS = re.compile(rf"(?<!\w)({'|'.join(_WORDS)})\s(?=\w)", re.IGNORECASE)


def _in_words(sentence: Sentence) -> Iterator[ClaimDraft]:
    """`hai giải pháp sau: …`, `ba đơn vị chưa gửi báo cáo: …`: a number in words that announces its list."""
    for match in _IN_WORDS.finditer(sentence.text):
        listed = announced_list().match(sentence.masked, match.end())
        if listed and sentence.free(match.start(), listed.end()):
            span = (match.start(), listed.end(1))
            yield ClaimDraft(
                kind="count",
                span=span,
                figures=(match.start(), match.end()),
                subject=trim_text(sentence.text[match.end() : listed.end(1)]),
                numerator=_WORDS[match[1].casefold()],
                qualifier=_limited(sentence.folded, match.start()),
            )


def _limited(folded: str, start: int) -> str | None:
    """`threshold` where a number of parts is a limit: `có ít nhất 03 thành viên`."""
    return (
        "threshold"
        if re.search(r"(?<![a-z])(?:it nhat|toi thieu|toi da|khong qua|tu)(?: la)?\s+$", folded[:start])
        else None
    )


_FINDERS = (
    equations,
    fractions,
    told_rates,
    changes_in_percent,
    told_changes,
    _wholes,
    _bodies,
    percents,
    _changed,
    _gained,
    _stocks,
    _of_all,
    _of_units,
    units_with,
    _wanted,
    _listed,
    _in_words,
    told_sums,
)
"""In this order: a figure belongs to the first that takes it; totals with their parts may say figures over."""
