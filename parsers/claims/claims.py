"""Figures reported in prose: ratios, shares, achievements, comparisons, counts and totals, with their words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, tee

from form.zones.cut import stretches
from parsers.claims.claim_draft import NOTHING_BEFORE, ClaimDraft
from parsers.claims.claim_finder import find_claims
from parsers.claims.claim_times import Leads, Times
from parsers.record.passage import Passage
from parsers.record.sentences import sentences, split_list
from parsers.record.trail import Trail
from parsers.record.zones import Parts
from schemas.dispatch import Claim
from schemas.document import Paragraph
from vietnamese.fold import fold

_ANNOUNCES = re.compile(r"\s*[^;:.]{0,60}?(?:la|gom|nhu|sau|cu the|trong do|dang bo|chi bo)?\s*:\s*")
_LABEL = re.compile(r"(?:(\d{1,2})[.)]|([a-z])\)|([-+*•]))\s*")

_LONGEST_SENTENCE = 1200
"""Characters of a sentence whose figures are read together; no office writes one so long."""


def read_claims(passages: Iterable[Passage], trail: Trail) -> Sequence[Claim]:
    """The claims in these passages (paragraphs of the body and appendices, footnotes), in reading order.

    The `scope` of a percentage is what it is measured against, as printed; the scope of a count is the list that it
    announces, its items separated by `; `. Evidence: `/claims/0`, … .
    """
    return trail.kept(_shown(place, *found, trail) for place, found in enumerate(_found(passages)))


def _found(passages: Iterable[Passage]) -> Iterator[tuple[Passage, tuple[int, int], ClaimDraft]]:
    """Each claim in the making, with its passage and its span there."""
    (rest,) = tee(passages, 1)
    times = Times()
    for passage in rest:
        before = NOTHING_BEFORE
        times.begin(passage)
        for start, end in _sentences(passage.text):
            drafts, before = find_claims(passage.text[start:end], before)
            _, following = tee(rest)  # to look ahead without moving on
            _announce(drafts, passage.text[start:end], following)
            leads = Leads(passage.text[start:end]) if drafts else None
            for draft in drafts:
                draft.time = times.before(leads, draft.figures[0]) if leads else None
                yield passage, (start + draft.span[0], start + draft.span[1]), draft


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a text; one without an end is read in parts, for its figures are held against each other."""
    for start, end in sentences(text):
        for low, high in stretches(text[start:end], _LONGEST_SENTENCE):
            yield start + low, start + high


def _shown(place: int, passage: Passage, span: tuple[int, int], draft: ClaimDraft, trail: Trail) -> Claim:
    """The claim at this place of the record, its evidence kept."""
    evidence = passage.evidence(*span, "body")
    trail.show(f"/claims/{place}", evidence)
    text = passage.text[slice(*span)]
    # Where the quote is the same text, it is kept once.
    text = evidence[0].quote if len(evidence) == 1 and evidence[0].quote == text else text
    return _claim(draft, f"C{place + 1}", text)


def prose(parts: Parts) -> Iterator[Passage]:
    """The paragraphs of a dispatch in which figures are reported: body, footnotes, what stands around the tables."""
    notes = (note.paragraph for note in parts.footnotes)
    blocks = chain(parts.body, notes, parts.appendices)
    return (Passage.of([one]) for one in blocks if isinstance(one, Paragraph))


def _claim(draft: ClaimDraft, number: str, text: str) -> Claim:
    return Claim.made(
        id=number,
        text=text,
        kind=draft.kind,
        subject=draft.subject,
        numerator=draft.numerator,
        denominator=draft.denominator,
        percent=draft.percent,
        decimals=draft.decimals,
        qualifier=draft.qualifier,
        scope=draft.scope,
        time=draft.time,
    )


def _announce(drafts: list[ClaimDraft], sentence: str, following: Iterable[Passage]) -> None:
    """Give each count the list that it announces: in the same sentence, or in the lines under it."""
    for place, draft in enumerate(drafts):
        if draft.kind != "count" or draft.scope is not None or draft.qualifier is not None:
            continue
        rest = drafts[place + 1 :]
        stop = next((later.span[0] for later in rest if later.kind == "count"), len(sentence))
        opening = _ANNOUNCES.match(fold(sentence), draft.span[1], stop)
        if not rest and sentence.rstrip().endswith(":"):
            items = _lines_under(following)
        elif opening is None:
            continue
        else:
            inside = [later for later in rest if opening.end() <= later.figures[0] < stop]
            listed = sentence[opening.end() : stop]
            items = [later.subject or sentence[slice(*later.span)] for later in inside] or _listed(listed, draft)
        draft.scope = "; ".join(item.replace(";", ",") for item in items) or None


def _listed(text: str, draft: ClaimDraft) -> list[str]:
    """The items of a list in the sentence; `và` may join the last two, or stand inside a name, as the number tells.

    A list that says `các …` names kinds and not items: it is none.
    """
    numbered = _numbered(text)
    if numbered:
        return numbered
    ways = [split_list(text, joined=True), split_list(text, joined=False)]
    items = next((way for way in ways if len(way) == draft.numerator), ways[0])
    return [] if any(fold(item).startswith(("cac ", "nhung ", "mot so ")) for item in items) else items


def _numbered(text: str) -> list[str]:
    """The items of `(1) …; (2) …`, their numbers kept: they tell that none is left out."""
    marks = list(re.finditer(r"\((\d{1,2})\)", text))
    if len(marks) < 2 or [int(mark[1]) for mark in marks] != list(range(1, len(marks) + 1)):
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [text[mark.start() : end].strip(" .;,") for mark, end in zip(marks, ends, strict=True)]


def _lines_under(following: Iterable[Passage]) -> list[str]:
    """The lines of a list printed under its announcement: numbered from 1, or bullets of one kind."""
    items: list[str] = []
    kind: str | None = None
    for passage in following:
        label = _LABEL.match(passage.folded)
        if label is None:
            break
        style = "number" if label[1] else "letter" if label[2] else label[3]
        if kind not in (None, style) or (label[1] and int(label[1]) != len(items) + 1):
            break
        kind = style
        items.append(passage.text[label.end() :].strip(" .;,"))
    return items
