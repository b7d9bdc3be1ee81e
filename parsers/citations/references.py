"""Reads which documents a dispatch cites: each once, in order of first mention."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

from parsers.citations.citation_finder import MISREAD_DATE, Citation, find_citations
from parsers.record.passage import Passage
from parsers.record.trail import Trail
from schemas.dispatch import Reference
from vietnamese.fold import fold


@dataclass
class _Cited:
    """A cited document: the text of its first mention, and what all mentions say together."""

    text: str
    facts: Citation


def read_references(passages: Iterable[Passage], own_so_hieu: str | None, trail: Trail) -> Sequence[Reference]:
    """The documents cited in these passages, with evidence at `/references/N`.

    Later mentions, short ones too (`Nghị quyết 05`, `Nghị quyết số 28`, `Luật MTTQ Việt Nam`), belong to the first
    and may add a date or an issuer. The dispatch's own số hiệu is no reference.
    """
    own = _key(own_so_hieu)
    known = _Known()
    for passage in passages:
        for mention in find_citations(passage):
            if mention.so_hieu and _key(mention.so_hieu) == own:
                continue
            if not known.joins(mention):
                trail.show(f"/references/{len(known.cited)}", passage.evidence(mention.start, mention.end, "body"))
                known.add(_Cited(passage.text[mention.start : mention.end], mention))
    for i, one in enumerate(known.cited):
        if one.facts.date is None and MISREAD_DATE.search(fold(one.text)):
            trail.warn(
                "unreadable_date", f"Không đọc được ngày của văn bản viện dẫn «{one.text}».", f"/references/{i}/date"
            )
    return trail.kept(map(_reference, known.cited))


class _Known:
    """The documents cited so far, found by what their mentions share: thousands are not compared one by one."""

    def __init__(self) -> None:
        self.cited: list[_Cited] = []
        self._places: defaultdict[_Trait, list[int]] = defaultdict(list)

    def add(self, one: _Cited) -> None:
        """A document cited for the first time."""
        self._enter(one.facts, len(self.cited))
        self.cited.append(one)

    def joins(self, mention: Citation) -> bool:
        """Whether this mentions a document known already; then what it adds is joined to that one."""
        places = {place for trait in _traits(mention, short=mention.short) for place in self._places.get(trait, ())}
        for place in sorted(places):
            one = self.cited[place]
            if _same(one.facts, mention):
                joined = _joined(one.facts, mention)
                if joined.date != one.facts.date:
                    self._enter(joined, place)
                one.facts = joined
                return True
        return False

    def _enter(self, facts: Citation, place: int) -> None:
        for trait in _traits(facts, short=True):
            self._places[trait].append(place)


_Trait = tuple[object, ...]


def _traits(one: Citation, *, short: bool) -> Iterator[_Trait]:
    """What two mentions that `_same` finds to be of one document share at least one of; `short`: if one is short."""
    if short:
        yield "number", one.number, one.doc_type
    if one.so_hieu:
        yield "so_hieu", _key(one.so_hieu)
    if one.name:
        yield ("name",)
    if not one.so_hieu and not one.name:
        yield "date", one.date, one.doc_type


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
    facts = one.facts
    return Reference(
        text=one.text, doc_type=facts.doc_type, so_hieu=facts.so_hieu, date=facts.date, issuer=facts.issuer
    )
