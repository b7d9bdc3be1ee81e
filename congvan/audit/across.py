"""Across dispatches: the same unit, measure and period printed in two of them.

Only figures of one issuing body are set side by side, for units of one name stand in every district. A figure of a
later dispatch that differs may be a revision; both sources are named, and the reader judges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from congvan.audit.draft import Draft
from congvan.audit.names import unit_name
from congvan.audit.places import Checked
from congvan.audit.sheet import Entry, Head, Sheet, sheets
from congvan.audit.words import has_word, pattern
from schemas.dispatch import Dispatch
from vietnamese.fold import fold

_PERIOD = re.compile(
    r"(?:tinh )?(?:den|tu|trong)?\s*(?:het )?(?:ngay )?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
    r"|(?:\d+ thang(?: dau)?|quy (?:[ivx]+|\d)|thang \d{1,2}(?:/\d{4})?)?\s*nam \d{4}"
    r"|(?:\d+ thang|quy (?:[ivx]+|\d)|thang \d{1,2})(?:/\d{4})?"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_TARGET = re.compile(r"(?<![a-z])(?:chi tieu|ke hoach|giao|du toan)(?![a-z])")

Key = tuple[str, str, str, str, str]
"""Issuer, kind of place with the name of the unit, measure, period, target or result."""


@dataclass(frozen=True)
class Sighting:
    """A figure with the dispatch that prints it."""

    one: Checked
    sheet: Sheet
    head: Head
    row: int
    entry: Entry


def check_across(checked: Sequence[Checked]) -> Iterator[tuple[Checked, Draft]]:
    """Figures that two dispatches print for the same unit, measure and period, each with the later dispatch."""
    seen: dict[Key, Sighting] = {}
    for one in sorted(checked, key=_when):
        for key, sighting in _sightings(one):
            earlier = seen.get(key)
            if earlier is None:
                seen[key] = sighting
            elif not _same_paper(earlier.one, one):
                yield one, _compared(sighting, earlier)


def _same_paper(one: Checked, other: Checked) -> bool:
    """Are these one dispatch, or two copies of it?"""
    left, right = one.dispatch.header, other.dispatch.header
    return one is other or (left.so_hieu is not None and (left.so_hieu, left.date) == (right.so_hieu, right.date))


def _when(one: Checked) -> str:
    day = one.dispatch.header.date
    return day.isoformat() if day else "9999"


def _sightings(one: Checked) -> Iterator[tuple[Key, Sighting]]:
    issuer = _issuer(one.dispatch)
    if not issuer:
        return
    for sheet in sheets(one.dispatch):
        caption = fold(f"{sheet.table.caption or ''}")
        for head in sheet.heads:
            measure = _measure(head, caption) if head.numeric and not head.percent else None
            if measure is None:
                continue
            for row in sheet.of_kind("data"):
                entry = sheet.entries[row][head.place]
                unit = unit_name(sheet.name(row))
                if entry is not None and unit.core:
                    yield (issuer, f"{unit.place} {unit.core}", *measure), Sighting(one, sheet, head, row, entry)


def _issuer(dispatch: Dispatch) -> str:
    """The body that reports, without its own sub-unit: figures of another district are another matter."""
    name = fold(dispatch.header.issuing_body or "")
    return re.sub(r"^(?:ban thuong vu|ban to chuc|van phong)\s+", "", name).strip()


def _measure(head: Head, caption: str) -> tuple[str, str, str] | None:
    """The measure, the period and whether it is a target; None where the period is not printed with a year."""
    periods = _PERIOD.findall(head.words) or _PERIOD.findall(caption)
    period = " ".join(sorted({" ".join(one.split()) for one in periods if one.strip()}))
    years = sorted(set(_YEAR.findall(period)))
    if not years:
        return None
    if _TARGET.search(head.words) or _TARGET.search(caption):
        topic = pattern("across", "topics").search(head.words) or pattern("across", "topics").search(caption)
        whole = _TARGET.search(head.leaf) or has_word(head.leaf, "columns", "totals")
        return (topic[0], " ".join(years), "target") if topic and whole else None
    words = " ".join(re.findall(r"[a-z]+", _PERIOD.sub(" ", head.words)))
    return (words, period, "result") if words else None


def _compared(later: Sighting, earlier: Sighting) -> Draft:
    same = later.entry.value == earlier.entry.value
    newer = _when(later.one) > _when(earlier.one)
    message = "across_agrees" if same else "across_revised" if newer else "across_disagrees"
    return Draft(
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
