"""A grand total told in prose against the sum of the closing rows of all tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from congvan.audit.prose.views import TableView
from congvan.audit.read.finding_draft import FindingDraft, plain
from congvan.audit.read.sheet import Sheet, SheetEntry
from schemas.dispatch import Claim


def grand_total(claim: Claim, pointer: str, views: Sequence[TableView]) -> Iterator[FindingDraft]:
    """`Tổng cộng: 220` against the sum of the closing rows, column by column under the same heading."""
    sheets = [view.sheet for view in views]
    made = []
    for head in sheets[0].heads:
        if not head.numeric or head.percent:
            continue
        totals = [entry for sheet in sheets for entry in _closing(sheet, head.column.path)]
        if len(totals) == len(sheets):
            made.append((totals, sum((entry.value for entry in totals), Fraction(0))))
    if not made:
        return
    wanted = Fraction(claim.numerator or 0)
    totals, exact = next((one for one in made if one[1] == wanted), made[0])
    right = exact == wanted
    yield FindingDraft(
        check="grand_total",
        verdict="agrees" if right else "disagrees",
        message="grand_agrees" if right else "grand_disagrees",
        values={
            "text": claim.text,
            "sum": " + ".join(entry.text for entry in totals),
            "computed": plain(exact, 4),
            "reported": str(claim.numerator),
        },
        reported=str(claim.numerator),
        computed=plain(exact, 4),
        pointers=(pointer, *(entry.pointer for entry in totals)),
        doubted=any(entry.doubted for entry in totals),
    )


def _closing(sheet: Sheet, path: tuple[str, ...]) -> list[SheetEntry]:
    places = [head.place for head in sheet.heads if head.column.path == path]
    return sheet.column_entries(places[0], sheet.of_kind("total")[-1:]) if len(places) == 1 else []
