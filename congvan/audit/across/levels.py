"""Across dispatches of two levels: what the province gives a district against the total that the district hands on.

Only under the same heading of the same year, from a body to one that names it as its superior, or names none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from congvan.audit.across.across import YEAR, same_paper
from congvan.audit.read.finding_draft import FindingDraft
from congvan.audit.read.names import UnitName, unit_name
from congvan.audit.read.sheet import Head, Sheet, SheetEntry, sheets
from congvan.audit.where import Checked
from vietnamese.fold import fold

_OFFICE = re.compile(r"^(?:(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|ban chap hanh|dang uy)\s+)+")
_COMMITTEE = re.compile(r"^(huyen|tinh|thi|thanh|quan)\s+uy\s+")
_PLACE = re.compile(r"(?<![a-z])(?:tinh|thanh pho|tp|huyen|thi xa|quan)(?: uy)?\s+(?!uy)(.+)$")
Key = tuple[str, tuple[str, ...]]
"""The words of a heading, and the years that it and its caption name."""


@dataclass(frozen=True)
class _Total:
    """The total of a column of a body's own dispatch."""

    one: Checked
    body: UnitName
    sheet: Sheet
    entry: SheetEntry


def check_levels(checked: Sequence[Checked]) -> Iterator[tuple[Checked, FindingDraft]]:
    """Rows of one dispatch that name the issuer of another one, against that one's totals under the same heading."""
    totals: dict[Key, list[_Total]] = {}
    for one in checked:
        for key, total in _totals(one):
            totals.setdefault(key, []).append(total)
    for one in checked if totals else ():
        for sheet in sheets(one.dispatch):
            for head in sheet.heads:
                for total in totals.get(_key(sheet, head) or ("", ()), ()):
                    yield from _compared(one, sheet, head, total)


def _body(text: str | None) -> UnitName | None:
    """A place by the name of the body that leads it: `HUYỆN ỦY …`, `ỦY BAN NHÂN DÂN HUYỆN …`."""
    folded = _COMMITTEE.sub(r"\1 ", _OFFICE.sub("", fold(text or "").strip()))
    unit = unit_name(folded)
    return unit if unit.place and unit.core else None


def _key(sheet: Sheet, head: Head) -> Key | None:
    years = sorted(set(YEAR.findall(f"{head.words} {fold(sheet.table.caption or '')}")))
    telling = head.numeric and not head.percent and not head.average and len(head.words.split()) > 1
    return (head.words, tuple(years)) if telling and years else None


def _totals(one: Checked) -> Iterator[tuple[Key, _Total]]:
    body = _body(one.dispatch.header.issuing_body)
    for sheet in sheets(one.dispatch) if body else ():
        rows = sheet.of_kind("total")
        for head in sheet.heads if len(rows) == 1 else ():
            key, entry = _key(sheet, head), sheet.entries[rows[0]][head.place]
            if key is not None and entry is not None and body is not None:
                yield key, _Total(one, body, sheet, entry)


def _compared(one: Checked, sheet: Sheet, head: Head, total: _Total) -> Iterator[tuple[Checked, FindingDraft]]:
    if total.one is one or same_paper(total.one, one) or not _under(one, total.one):
        return
    named = [row for row in sheet.of_kind("data") if _is(unit_name(sheet.name(row)), total.body)]
    entry = sheet.entries[named[0]][head.place] if len(named) == 1 else None
    if entry is None:
        return
    same = entry.value == total.entry.value
    draft = FindingDraft(
        check="cross_document",
        verdict="agrees" if same else "disagrees",
        message="level_agrees" if same else "level_disagrees",
        values={
            "row": sheet.name(named[0]),
            "column": head.title,
            "reported": total.entry.text,
            "other": one.title,
            "cells": entry.text,
        },
        reported=total.entry.text,
        computed=entry.text,
        pointers=(total.entry.pointer, f"{one.dispatch.id}#{entry.pointer}"),
        doubted=entry.doubted or total.entry.doubted,
    )
    yield total.one, draft


def _is(row: UnitName, body: UnitName) -> bool:
    return row.core == body.core and row.matches_place(body)


def _under(upper: Checked, lower: Checked) -> bool:
    """May the one be the superior of the other, by what its letterhead says?"""
    above = fold(lower.dispatch.header.parent_body or "")
    header = upper.dispatch.header
    own = next(
        (found for text in (header.issuing_body, header.parent_body) if (found := _PLACE.search(fold(text or "")))),
        None,
    )
    return own is None or not above or own[1] in above
