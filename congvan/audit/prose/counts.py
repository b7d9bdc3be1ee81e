"""Counts: bodies that fulfil a condition against the rows that do, and lists against the number that announces them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from congvan.audit.prose.lacking import rows_lacking
from congvan.audit.prose.views import TableView
from congvan.audit.read.audit_words import has_word
from congvan.audit.read.finding_draft import FindingDraft
from congvan.audit.read.names import unit_name
from congvan.audit.read.sheet import Sheet
from congvan.audit.tables.relation import Relation
from schemas.dispatch import Claim
from vietnamese.fold import fold

_LIMITS = (
    ("below", re.compile(r"(?:duoi|chua dat|khong dat|chua den|thap hon)\s+(\d+(?:[.,]\d+)?)\s?(%|diem)")),
    ("from", re.compile(r"(?:tu\s+)?(\d+(?:[.,]\d+)?)\s?(%|diem)(?:\s[a-z]+){0,4}? tro len")),
    ("above", re.compile(r"(?:tren|hon|vuot)\s+(\d+(?:[.,]\d+)?)\s?(%|diem)")),
    ("at", re.compile(r"(?:dat|bang)\s+(\d+(?:[.,]\d+)?)\s?(%|diem)")),
)
_DONE = re.compile(r"(?<![a-z])(?:da )?(?:hoan thanh|dat chi tieu|dat ke hoach|dat va vuot)(?![a-z])")
_BEYOND = re.compile(r"(?<![a-z])(?:vuot muc|vuot chi tieu|vuot ke hoach)(?![a-z])")
_UNDONE = re.compile(r"(?<![a-z])(?:chua|khong) (?:hoan thanh|dat chi tieu|dat ke hoach)(?![a-z])")
_POINTS = re.compile(r"(?<![a-z])diem(?![a-z])")
_BODY = re.compile(r"\s*(?:\d+/\d+|\d+)?\s*(dang bo|chi bo|xa|phuong|thi tran|truong|don vi|dia phuong|huyen|co quan)")
_HEADS = re.compile(
    r"(?:xa|phuong|thi tran|huyen|thi xa|thanh pho|thon|to dan pho|truong|phong|so|ban|trung tam|benh vien|cong an"
    r"|cong ty|chi bo|dang bo|dang uy|hoi|doan|van phong|toa an|vien|kho bac|ngan hang|bao hiem|tram|buu dien|uy ban"
    r"|mat tran|lien doan|chi cuc|cuc|quan su|ong|ba|dong chi|dai|hat)(?![a-z])"
)
"""How the name of a body or a person begins: a piece of a list without it may be the rest of a name with commas."""


@dataclass(frozen=True)
class Condition:
    """A condition on a percentage, or on `points`: `below`, `from`, `above` or `at` a limit."""

    side: str
    limit: Fraction
    points: bool = False

    def holds(self, value: Fraction) -> bool:
        """Is a percentage on this side of the limit?"""
        return {
            "below": value < self.limit,
            "from": value >= self.limit,
            "above": value > self.limit,
            "at": value == self.limit,
        }[self.side]


def condition_of(text: str) -> Condition | None:
    """The condition that a count's words set, or None.

    >>> condition_of("10 đảng bộ đạt dưới 50%")
    Condition(side='below', limit=Fraction(50, 1), points=False)
    """
    folded = fold(text)
    for side, pattern in _LIMITS:
        match = pattern.search(folded)
        if match:
            return Condition(side, Fraction(match[1].replace(",", ".")), match[2] == "diem")
    if _UNDONE.search(folded):
        return Condition("below", Fraction(100))
    if _DONE.search(folded):
        return Condition("from", Fraction(100))
    return Condition("above", Fraction(100)) if _BEYOND.search(folded) else None


def check_counts(claims: Sequence[Claim], views: Sequence[TableView]) -> Iterator[FindingDraft]:
    """Counts in prose against rows and lists."""
    for place, claim in enumerate(claims):
        if claim.kind != "count" or not isinstance(claim.numerator, int) or claim.qualifier:
            continue
        pointer = f"/claims/{place}"
        found = list(_in_tables(claim, pointer, views))
        yield from found
        for draft in _list_length(claim, pointer):
            if draft.verdict == "agrees" and any(one.verdict != "agrees" for one in found):
                continue
            yield draft


def _in_tables(claim: Claim, pointer: str, views: Sequence[TableView]) -> Iterator[FindingDraft]:
    """The count against the one table whose rows can tell of its condition."""
    condition = condition_of(claim.text)
    if condition is not None:
        tables = [view for view in views if _judged_by(view, condition) is not None]
        if len(tables) == 1:
            yield from _rows_counted(claim, pointer, condition, tables[0])
        return
    lacking = [(view, found) for view in views if (found := rows_lacking(claim, view)) is not None]
    if len(lacking) == 1:
        view, (column, rows) = lacking[0]
        draft = _compared(claim, pointer, view.sheet, rows, column)
        listed = len((claim.scope or "").split("; ")) == claim.numerator and claim.scope is not None
        if draft.verdict == "disagrees" and listed:
            draft.verdict, draft.message = "cannot_tell", "list_not_table"
            yield draft
        elif draft.verdict == "disagrees" or rows:
            yield draft


def _judged_by(view: TableView, condition: Condition) -> Relation | int | None:
    """What of a table a condition can mean: its one percentage, or its one column of (total) points."""
    if not condition.points:
        return view.ratios[0] if len(view.ratios) == 1 else None
    heads = [head for head in view.sheet.heads if head.numeric and not head.percent]
    scored = [head for head in heads if _POINTS.search(head.words)]
    totals = [head for head in scored if has_word(head.leaf, "columns", "totals")]
    chosen = totals or scored
    return chosen[0].place if len(chosen) == 1 else None


def _list_length(claim: Claim, pointer: str) -> Iterator[FindingDraft]:
    items = claim.scope.split("; ") if claim.scope else []
    if len(items) < 2:
        return
    numbered = all(item.startswith(f"({place})") for place, item in enumerate(items, start=1))
    heads = sum(1 for item in items if _HEADS.match(fold(item)))
    right = claim.numerator in (len(items), heads)
    sure = heads in (0, len(items)) and all(item[:1].isupper() or _HEADS.match(fold(item)) for item in items)
    sure = sure or numbered
    yield FindingDraft(
        check="list_length",
        verdict="agrees" if right else "disagrees" if sure else "cannot_tell",
        message="list_agrees" if right else "list_disagrees" if sure else "list_unsure",
        values={
            "text": claim.text,
            "reported": str(claim.numerator),
            "computed": str(claim.numerator if right else len(items)),
        },
        reported=str(claim.numerator),
        computed=str(claim.numerator if right else len(items)),
        pointers=(pointer,),
    )


def _rows_counted(claim: Claim, pointer: str, condition: Condition, view: TableView) -> Iterator[FindingDraft]:
    judged, sheet = _judged_by(view, condition), view.sheet
    if judged is None:
        return
    data = sheet.of_kind("data")
    rows = [row for row in data if _fulfils(sheet, judged, row, condition)]
    target, columns = (judged, {judged}) if isinstance(judged, int) else (judged.target, judged.columns)
    draft = _compared(claim, pointer, sheet, rows, target)
    draft.doubted = any(entry.doubted for place in columns for entry in sheet.column_entries(place, data))
    yield draft


def _compared(claim: Claim, pointer: str, sheet: Sheet, rows: Sequence[int], column: int) -> FindingDraft:
    """A count against the rows of a table that are so, by the kinds of bodies that it may mean."""
    kinds = Counter(_kind(sheet.name(row)) for row in rows)
    meant = _meant(claim, kinds)
    counted = sum(kinds[kind] for kind in meant)
    right = claim.numerator in (counted, len(rows), kinds[_body(claim) or ""])
    parts = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()) if kind)
    return FindingDraft(
        check="prose_count",
        verdict="agrees" if right else "disagrees",
        message="count_agrees" if right else "count_disagrees",
        values={
            "text": claim.text,
            "reported": str(claim.numerator),
            "computed": str(counted),
            "parts": parts or ", ".join(sheet.name(row) for row in rows[:6]) or "0",
        },
        reported=str(claim.numerator),
        computed=str(claim.numerator) if right else str(counted),
        pointers=(pointer, *(sheet.cell_pointer(row, column) for row in rows)),
        doubted=any(entry.doubted for entry in sheet.column_entries(column, sheet.of_kind("data"))),
    )


def _fulfils(sheet: Sheet, judged: Relation | int, row: int, condition: Condition) -> bool:
    """Does the row's exact ratio fulfil the condition, or, where it has none, its printed figure?"""
    exact = None if isinstance(judged, int) else judged.exact(sheet, row)
    entry = sheet.entries[row][judged if isinstance(judged, int) else judged.target]
    if exact is None and entry is not None:
        exact = entry.value
    return exact is not None and condition.holds(exact)


def _kind(name: str) -> str:
    """`đảng bộ`, `chi bộ`, `xã`: what kind of body a row names."""
    unit = unit_name(name)
    said = unit.party or unit.place
    words = name.split()
    return " ".join(words[: len(said.split())]).casefold() if said else ""


def _body(claim: Claim) -> str | None:
    """The kind of body that a claim counts, as rows call it."""
    match = _BODY.search(fold(claim.text))
    if match is None:
        return None
    start, end = match.span(1)
    return claim.text[start:end].casefold()


def _meant(claim: Claim, kinds: Counter[str]) -> set[str]:
    """The kinds of rows that a claim may count: its own, with those that its list names besides; all where no row
    says what it is."""
    body = _body(claim)
    if body is None or kinds[body] == 0:
        return set(kinds)
    listed = {_kind(item) for item in (claim.scope or "").split("; ")}
    return {body} | {kind for kind in listed if kind and kind in kinds}
