"""Reads which documents a dispatch cites: each once, in order of first mention."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

from parsers.passage import Passage
from parsers.references_find import MISREAD_DATE, Citation, find_citations
from parsers.trail import Trail
from schemas.dispatch import Reference
from vietnamese.fold import fold


@dataclass
class _Cited:
    """A cited document: its first mention, and what all mentions say together."""

    passage: Passage
    mention: Citation
    facts: Citation


def read_references(passages: Iterable[Passage], own_so_hieu: str | None, trail: Trail) -> tuple[Reference, ...]:
    """The documents cited in these passages, with evidence at `/references/N`.

    Later mentions, short ones too (`Nghị quyết 05`, `Nghị quyết số 28`, `Luật MTTQ Việt Nam`), belong to the first
    and may add a date or an issuer. The dispatch's own số hiệu is no reference.
    """
    own = _key(own_so_hieu)
    cited: list[_Cited] = []
    for passage in passages:
        for mention in find_citations(passage):
            if mention.so_hieu and _key(mention.so_hieu) == own:
                continue
            same = next((one for one in cited if _same(one.facts, mention)), None)
            if same is None:
                cited.append(_Cited(passage, mention, mention))
            else:
                same.facts = _joined(same.facts, mention)
    for i, one in enumerate(cited):
        trail.show(f"/references/{i}", one.passage.evidence(one.mention.start, one.mention.end, "body"))
        text = one.passage.text[one.mention.start : one.mention.end]
        if one.facts.date is None and MISREAD_DATE.search(fold(text)):
            trail.warn(
                "unreadable_date", f"Không đọc được ngày của văn bản viện dẫn «{text}».", f"/references/{i}/date"
            )
    return tuple(_reference(one) for one in cited)


@lru_cache(maxsize=4096)
def _key(so_hieu: str | None) -> str:
    return re.sub(r"[^\da-z]", "", fold(so_hieu or ""))


def _same(one: Citation, other: Citation) -> bool:
    if one.so_hieu and other.so_hieu:
        return _key(one.so_hieu) == _key(other.so_hieu)
    if other.short:
        return one.number == other.number and one.doc_type == other.doc_type and _agree(one.date, other.date)
    if one.name and other.name:
        return _same_name(one, other)
    unnumbered = not one.so_hieu and not other.so_hieu and not one.name and not other.name
    return unnumbered and one.date is not None and (one.doc_type, one.date) == (other.doc_type, other.date)


def _same_name(one: Citation, other: Citation) -> bool:
    """A name is the same if it begins the other one, or, of a congress, if all its words stand in the other one."""
    short, long = sorted((one.name or "", other.name or ""), key=len)
    if not _agree(one.date, other.date):
        return False
    if "dai hoi" in long:
        return one.doc_type == other.doc_type and set(short.split()) <= set(long.split())
    return _alike(short, long[: len(short)])


def _alike(one: str, other: str) -> bool:
    """The same words, but for a letter or two that OCR may have misread in a long name."""
    return one == other or (len(one) >= 18 and SequenceMatcher(None, one, other).ratio() >= 0.94)


def _agree(one: object, other: object) -> bool:
    return one is None or other is None or one == other


def _joined(first: Citation, later: Citation) -> Citation:
    return replace(first, date=first.date or later.date, issuer=first.issuer or later.issuer)


def _reference(one: _Cited) -> Reference:
    return Reference(
        text=one.passage.text[one.mention.start : one.mention.end],
        doc_type=one.facts.doc_type,
        so_hieu=one.facts.so_hieu,
        date=one.facts.date,
        issuer=one.facts.issuer,
    )
