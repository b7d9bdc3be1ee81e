"""Columns that add up as they go down (`Lũy kế` beside `Trong tháng`): each row is the one before and what came."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from congvan.audit.read.audit_words import has_word
from congvan.audit.read.finding_draft import FindingDraft, plain
from congvan.audit.read.sheet import Sheet, SheetEntry

_FEWEST = 3
_ACCEPTED = Fraction(1, 2)
Step = tuple[SheetEntry, SheetEntry, SheetEntry]
"""What stood in the row before, what came, and what stands in the row."""


def check_running(sheet: Sheet, taken: set[int]) -> Iterator[FindingDraft]:
    """Each row of a cumulative column against the one before it. `taken`: columns made from others in their row."""
    for head in sheet.heads:
        cumulative = head.numeric and not head.percent and has_word(head.words, "columns", "cumulative")
        if not cumulative or head.place in taken:
            continue
        best = max((_steps(sheet, place, head.place) for place in _added(sheet, head.place)), key=_fits, default=[])
        if len(best) >= _FEWEST and _fits(best) >= 2 and _fits(best) >= _ACCEPTED * len(best):
            yield from _drafts(sheet, best)


def _added(sheet: Sheet, target: int) -> list[int]:
    return [place for place in sheet.numeric if place != target and not sheet.heads[place].percent]


def _steps(sheet: Sheet, added: int, target: int) -> list[Step]:
    """The steps between rows with figures that stand one right under the other."""
    rows = [row for row in sheet.of_kind("data") if sheet.entries[row][target] is not None]
    made = []
    for before, row in pairwise(rows):
        step = sheet.entries[before][target], sheet.entries[row][added], sheet.entries[row][target]
        if row == before + 1 and step[0] is not None and step[1] is not None and step[2] is not None:
            made.append((step[0], step[1], step[2]))
    return made


def _holds(step: Step) -> bool:
    slack = sum((one.printed.step for one in step if one.rounded), Fraction(0))
    return abs(step[0].value + step[1].value - step[2].value) <= slack


def _fits(steps: list[Step]) -> int:
    """How many steps hold in which something came: a column that only repeats itself adds nothing up."""
    return sum(1 for step in steps if step[1].value != 0 and _holds(step))


def _drafts(sheet: Sheet, steps: list[Step]) -> Iterator[FindingDraft]:
    """A row that is off once by itself is one mistake: the next is counted from what it should have been."""
    before: Fraction | None = None
    for step in steps:
        start = step[0].value if before is None else before
        mended = (start, step[1].value, step[2].value)
        right = _holds(step) or mended[0] + mended[1] == mended[2]
        yield _draft(sheet, step, start, right)
        before = None if right else start + step[1].value


def _draft(sheet: Sheet, step: Step, start: Fraction, right: bool) -> FindingDraft:
    target = step[2]
    row, column = (int(part) for part in target.pointer.split("/")[-3::2])
    decimals = max(one.printed.decimals for one in step)
    exact = step[0].value + step[1].value if right else start + step[1].value
    left = step[0].text if right or start == step[0].value else plain(start, decimals)
    computed = target.printed.value_text if right else plain(exact, decimals)
    return FindingDraft(
        check="column_total",
        verdict="agrees" if right else "disagrees",
        message="running_agrees" if right else "running_disagrees",
        values={
            "row": sheet.name(row),
            "column": sheet.heads[column].title,
            "reported": target.text,
            "formula": f"{left} + {step[1].text}",
            "computed": computed,
        },
        reported=target.text,
        computed=computed,
        pointers=(target.pointer, step[0].pointer, step[1].pointer),
        doubted=any(one.doubted for one in step),
    )
