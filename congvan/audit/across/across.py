"""Across dispatches: the same unit, measure and period printed in two of them.

Only figures of one issuing body are set side by side (targets: of one district), for units of one name stand in every
district; a name that stands twice in a table is left alone. `Cùng kỳ năm trước` is the period of the caption a year
before. A figure of a later dispatch that differs may be a revision; both sources are named, and the reader judges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from congvan.audit.read.audit_words import has_word, pattern
from congvan.audit.read.finding_draft import FindingDraft
from congvan.audit.read.names import unit_name
from congvan.audit.read.sheet import Head, Sheet, SheetEntry, sheets
from congvan.audit.where import Checked
from schemas.dispatch import Dispatch
from vietnamese.fold import fold

PERIODS = re.compile(
    r"(?:tinh )?(?:den|tu|trong)?\s*(?:het )?(?:ngay )?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
    r"|(?:\d+ thang(?: dau)?|quy (?:[ivx]+|\d)|thang \d{1,2}(?:/\d{4})?)?\s*nam \d{4}"
    r"|(?:\d+ thang|quy (?:[ivx]+|\d)|thang \d{1,2})(?:/\d{4})?"
)
YEAR = re.compile(r"(?:19|20)\d\d")
_SAME_PERIOD = re.compile(r"(?<![a-z])cung ky(?: nam (?:truoc|\d{4}))?(?![a-z])")
_COMPARED = re.compile(r"(?<![a-z])(?:so voi|so sanh|tang|giam|chenh lech|ty le)(?![a-z])")
_NO_MEASURE = re.compile(r"(?<![a-z])(?:ket qua thuc hien|thuc hien|th)(?![a-z])")
_DISTRICT = re.compile(r"(?<![a-z])(?P<kind>huyen|thi xa|thanh pho|tp|quan|tinh)(?: uy)?(?P<name> .+)$")
_TARGET = re.compile(r"(?<![a-z])(?:chi tieu|ke hoach|giao|du toan)(?![a-z])")

Key = tuple[str, str, str, str, str]
"""Issuer or district, kind of place with the name of the unit, measure, period, target or result."""


@dataclass(frozen=True)
class Sighting:
    """A figure with the dispatch that prints it."""

    one: Checked
    sheet: Sheet
    head: Head
    row: int

    @property
    def entry(self) -> SheetEntry:
        """The figure itself."""
        entry = self.sheet.entries[self.row][self.head.place]
        assert entry is not None
        return entry


def check_across(checked: Sequence[Checked]) -> Iterator[tuple[Checked, FindingDraft]]:
    """Figures that two dispatches print for the same unit, measure and period, each with the later dispatch."""
    seen: dict[Key, Sighting] = {}
    for one in sorted(checked, key=when):
        for key, sighting in _sightings(one):
            earlier = seen.get(key)
            if earlier is None:
                seen[key] = sighting
            elif not same_paper(earlier.one, one):
                yield one, _compared(sighting, earlier)


def same_paper(one: Checked, other: Checked) -> bool:
    """Are these one dispatch, or two copies of it?"""
    left, right = one.dispatch.header, other.dispatch.header
    return one is other or (left.so_hieu is not None and (left.so_hieu, left.date) == (right.so_hieu, right.date))


def when(one: Checked) -> str:
    day = one.dispatch.header.date
    return day.isoformat() if day else "9999"


def _sightings(one: Checked) -> Iterator[tuple[Key, Sighting]]:
    found: dict[Key, list[Sighting]] = {}
    for sheet in sheets(one.dispatch):
        caption = fold(f"{sheet.table.caption or ''}")
        for head in sheet.heads:
            measure = _measure(head, caption) if head.numeric and not head.percent else None
            issuer = issuer_of(one.dispatch, measure[2]) if measure else None
            if measure is None or issuer is None:
                continue
            for row in sheet.of_kind("data"):
                unit = unit_name(sheet.name(row))
                if sheet.entries[row][head.place] is not None and unit.core:
                    key = (issuer, f"{unit.place} {unit.core}", *measure)
                    found.setdefault(key, []).append(Sighting(one, sheet, head, row))
    yield from ((key, sightings[0]) for key, sightings in found.items() if len(sightings) == 1)


def issuer_of(dispatch: Dispatch, kind: str) -> str | None:
    """Whose figures they are: of targets the district, of results the body that reports, without its own sub-unit."""
    name, parent = (fold(text or "") for text in (dispatch.header.issuing_body, dispatch.header.parent_body))
    if not name:
        return None
    district = _DISTRICT.search(name) or _DISTRICT.search(parent)
    if kind == "target" and district is not None:
        return f"{district['kind']}{district['name']}"
    own = re.sub(r"^(?:ban thuong vu|ban to chuc|van phong)\s+", "", name).strip()
    return own if _DISTRICT.search(name) else f"{own} / {parent}"


def _measure(head: Head, caption: str) -> tuple[str, str, str] | None:
    """The measure, the period and whether it is a target; None where the period is not printed with a year."""
    period = _period(head.words, caption)
    if period is None:
        return None
    if _TARGET.search(head.words) or (_TARGET.search(caption) and not _NO_MEASURE.match(head.leaf)):
        topic = pattern("across", "topics").search(head.words) or pattern("across", "topics").search(caption)
        whole = _TARGET.search(head.leaf) or has_word(head.leaf, "columns", "totals")
        years = " ".join(sorted(set(YEAR.findall(period))))
        return (topic[0], years, "target") if topic and whole else None
    if _COMPARED.search(head.words):
        return None
    words = _words(_NO_MEASURE.sub(" ", _SAME_PERIOD.sub(" ", head.words))) or _words(caption)
    return (f"{words} {fold(head.column.measure or '')}".strip(), period, "result") if words else None


def _words(folded: str) -> str:
    """The words of a text without its periods."""
    return " ".join(re.findall(r"[a-z]+", PERIODS.sub(" ", folded)))


def _period(words: str, caption: str) -> str | None:
    """The period of a column, with its year: its own, or the caption's; of `cùng kỳ` the caption's a year before."""
    own, shown = _joined(PERIODS.findall(words)), _joined(PERIODS.findall(caption))
    years = set(YEAR.findall(shown))
    if _SAME_PERIOD.search(words):
        before = shown.replace(min(years), str(int(min(years)) - 1)) if len(years) == 1 else None
        return before if set(YEAR.findall(own)) <= set(YEAR.findall(before or "")) else None
    if YEAR.search(own):
        return own
    return shown if len(years) == 1 and own in shown else None


def _joined(periods: Sequence[str]) -> str:
    return " ".join(sorted({" ".join(one.split()) for one in periods if one.strip()}))


def _compared(later: Sighting, earlier: Sighting) -> FindingDraft:
    same = later.entry.value == earlier.entry.value
    newer = when(later.one) > when(earlier.one)
    message = "across_agrees" if same else "across_revised" if newer else "across_disagrees"
    return FindingDraft(
        check="cross_document",
        verdict="agrees" if same else "disagrees",
        message=message,
        values={
            "row": later.sheet.name(later.row),
            "column": later.head.title,
            "reported": later.entry.text,
            "other": earlier.one.title,
            "cells": earlier.entry.text,
        },
        reported=later.entry.text,
        computed=earlier.entry.text,
        pointers=(later.entry.pointer, f"{earlier.one.dispatch.id}#{earlier.entry.pointer}"),
        doubted=later.entry.doubted or earlier.entry.doubted,
    )
