"""Across dispatches: what was counted up to last month and what came this month make what is counted up to now."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from congvan.audit.across.across import issuer_of, same_paper
from congvan.audit.read.audit_words import has_word
from congvan.audit.read.finding_draft import FindingDraft, plain
from congvan.audit.read.names import unit_name
from congvan.audit.read.sheet import Sheet, SheetEntry, sheets
from congvan.audit.where import Checked
from vietnamese.fold import fold

_MONTH = re.compile(r"(?<![a-z])thang (\d{1,2})(?:/| nam )((?:19|20)\d\d)")
_THIS_MONTH = re.compile(r"(?<![a-z])(?:trong thang|phat sinh|thang nay|trong ky)(?![a-z])")
Key = tuple[str, str, str, str, int]
"""Issuer, caption, heading of the cumulative column, unit, and the month counted from the year 0."""


@dataclass(frozen=True)
class _Counted:
    """A row of a monthly report: the cumulative figure and what came in the month."""

    one: Checked
    sheet: Sheet
    row: int
    column: int
    so_far: SheetEntry
    came: SheetEntry


def check_months(checked: Sequence[Checked]) -> Iterator[tuple[Checked, FindingDraft]]:
    """Each cumulative figure of a monthly report against last month's report of the same body."""
    seen: dict[Key, _Counted] = {}
    for one in checked:
        for key, counted in _counted(one):
            seen.setdefault(key, counted)
    for (issuer, caption, heading, unit, month), now in seen.items():
        before = seen.get((issuer, caption, heading, unit, month - 1))
        if before is not None and month % 12 != 1 and not same_paper(before.one, now.one):
            yield now.one, _compared(before, now)


def _counted(one: Checked) -> Iterator[tuple[Key, _Counted]]:
    issuer = issuer_of(one.dispatch, "result")
    for sheet in sheets(one.dispatch) if issuer else ():
        month = _month(one, sheet)
        columns = _columns(sheet)
        if issuer is None or month is None or columns is None:
            continue
        so_far, came = columns
        caption = _MONTH.sub("", fold(sheet.table.caption or "")).strip()
        for row in sheet.of_kind("data", "total"):
            name = unit_name(sheet.name(row))
            entries = sheet.entries[row][so_far], sheet.entries[row][came]
            if entries[0] is not None and entries[1] is not None and name.core:
                key = (issuer, caption, sheet.heads[so_far].words, f"{name.place} {name.core}", month)
                yield key, _Counted(one, sheet, row, so_far, entries[0], entries[1])


def _month(one: Checked, sheet: Sheet) -> int | None:
    """The one month that a table's caption, else its dispatch's subject, names with its year."""
    for text in (sheet.table.caption or "", one.dispatch.header.subject or ""):
        found = {12 * int(match[2]) + int(match[1]) for match in _MONTH.finditer(fold(text))}
        if len(found) == 1:
            return found.pop()
    return None


def _columns(sheet: Sheet) -> tuple[int, int] | None:
    """The one cumulative column of a table and the one of this month."""
    amounts = [head for head in sheet.heads if head.numeric and not head.percent]
    cumulative = [head.place for head in amounts if has_word(head.words, "columns", "cumulative")]
    months = [head.place for head in amounts if _THIS_MONTH.search(head.words) and head.place not in cumulative]
    return (cumulative[0], months[0]) if len(cumulative) == len(months) == 1 else None


def _compared(before: _Counted, now: _Counted) -> FindingDraft:
    exact = before.so_far.value + now.came.value
    rounded = any(entry.rounded for entry in (before.so_far, now.came, now.so_far))
    slack = sum(entry.printed.step for entry in (before.so_far, now.came, now.so_far)) / 2 if rounded else 0
    right = abs(exact - now.so_far.value) <= slack
    computed = plain(exact, max(before.so_far.printed.decimals, now.came.printed.decimals))
    return FindingDraft(
        check="cross_document",
        verdict="agrees" if right else "disagrees",
        message="month_agrees" if right else "month_disagrees",
        values={
            "row": now.sheet.name(now.row),
            "column": now.sheet.heads[now.column].title,
            "reported": now.so_far.text,
            "other": before.one.title,
            "formula": f"{before.so_far.text} + {now.came.text}",
            "computed": computed,
        },
        reported=now.so_far.text,
        computed=computed,
        pointers=(now.so_far.pointer, now.came.pointer, f"{before.one.dispatch.id}#{before.so_far.pointer}"),
        doubted=any(entry.doubted for entry in (before.so_far, now.came, now.so_far)),
    )
