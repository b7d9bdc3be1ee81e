"""Totals: closing and section rows against the rows that they add up, and the total percentage against both.

Blank is not zero but adds nothing; rows under another row (`1.1`, `-`, trong đó) are parts of it and are added only
where they are all there is. A total that some way of adding explains is never called wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from congvan.audit.read.finding_draft import FindingDraft, added, plain
from congvan.audit.read.judge import Span, judge_ratio
from congvan.audit.read.sheet import Sheet, SheetEntry
from congvan.audit.tables.carried import is_carried
from congvan.audit.tables.divided import divided_rows
from congvan.audit.tables.relation import CUSTOMS, Relation
from congvan.audit.tables.summing import summing_rows, ways_of_total
from schemas.finding import Verdict


def check_totals(sheet: Sheet, found: Sequence[Relation]) -> Iterator[FindingDraft]:
    """All closing, section and parent rows of a table."""
    ratios = {relation.target: relation for relation in found if not _adds_on(sheet, relation)}
    summed = {
        row: {column: draft for column in sheet.numeric if (draft := _total(sheet, row, column, ways, ratios))}
        for row, ways in summing_rows(sheet)
    }
    for row, drafts in summed.items():
        if sheet.rows[row].kind == "total":
            _spare_untold(drafts)
        if sheet.rows[row].kind == "total" or is_carried(sheet, row) or _adds_up_elsewhere(sheet, row, summed):
            yield from drafts.values()
    for row, members in divided_rows(sheet, _adds_up):
        divided = (_total(sheet, row, column, [members], ratios) for column in sheet.numeric)
        yield from (draft for draft in divided if draft is not None)
    for row in sheet.of_kind("total"):
        yield from _total_ratios(sheet, row, ways_of_total(sheet, row), ratios)


def _adds_on(sheet: Sheet, relation: Relation) -> bool:
    """Does a column that is made from others add up all the same: sums, products, differences of amounts?"""
    amounts = not sheet.heads[relation.target].percent and not sheet.heads[relation.target].average
    return relation.kind == "sum" or (relation.kind in ("product", "points", "balance") and amounts)


def _spare_untold(drafts: dict[int, FindingDraft]) -> None:
    """Where no column adds up, nothing tells which rows lie within others: then only what is nearly right is called
    wrong."""
    if any(draft.fits for draft in drafts.values()):
        return
    for draft in drafts.values():
        if draft.verdict == "disagrees" and not draft.near:
            draft.verdict, draft.message = "cannot_tell", "total_untold"


def _adds_up_elsewhere(sheet: Sheet, row: int, summed: dict[int, dict[int, FindingDraft]]) -> bool:
    """Is a row above others meant as their sum: does it add up in some column, or do rows like it?"""
    own = [draft.fits for draft in summed[row].values()]
    if len(own) != 1:
        return any(own)
    alike = [one for one in summed if (sheet.rows[one].kind, sheet.levels[one]) == _rank(sheet, row)]
    agreeing = [draft.fits for one in alike for draft in summed[one].values()]
    near = all(draft.close for draft in summed[row].values())
    return any(own) or 2 * sum(agreeing) > len(agreeing) or (near and 2 * sum(agreeing) == len(agreeing))


def _rank(sheet: Sheet, row: int) -> tuple[str, int]:
    return sheet.rows[row].kind, sheet.levels[row]


def _total(
    sheet: Sheet, row: int, column: int, ways: list[list[int]], ratios: dict[int, Relation]
) -> FindingDraft | None:
    """One cell of a summing row against the ways of adding; None where it is blank or no sum is to be expected."""
    entry, head = sheet.entries[row][column], sheet.heads[column]
    if entry is None or column in ratios:
        return None
    parts = [sheet.column_entries(column, way) for way in ways]
    fitting = next((one for one in parts if one and _adds_up(one, entry)), None)
    used = fitting if fitting is not None else parts[0]
    if not used or (head.percent and fitting is None):
        return None
    exact = sum((one.value for one in used), Fraction(0))
    verdict, message = _why_not(sheet, column, ways[0], entry)
    if fitting is not None:
        verdict, message = ("agrees", "total_agrees") if exact == entry.value else ("cannot_tell", "total_rounded")
    return FindingDraft(
        check="column_total",
        verdict=verdict,
        message=message,
        values={
            "row": sheet.name(row) if sheet.rows[row].kind != "total" else _label(sheet, row),
            "column": head.title,
            "reported": entry.text,
            "computed": plain(exact, max((one.printed.decimals for one in used), default=0)),
            "difference": plain(abs(entry.value - exact), 4),
            "count": str(len(used)),
            "sum": added([one.text for one in used]),
        },
        reported=entry.text,
        computed=plain(exact, max((one.printed.decimals for one in used), default=0)),
        pointers=(entry.pointer, *(one.pointer for one in used)),
        doubted=entry.doubted or any(one.doubted for one in used),
        near=4 * abs(entry.value - exact) <= abs(entry.value),
        fits=fitting is not None,
        close=10 * abs(entry.value - exact) <= abs(entry.value),
    )


def _why_not(sheet: Sheet, column: int, rows: Sequence[int], entry: SheetEntry) -> tuple[Verdict, str]:
    """What it means that no sum fits: an average, a figure among the rows that cannot be read, or a mistake."""
    head, used = sheet.heads[column], sheet.column_entries(column, list(rows))
    if head.average or _is_mean(used, entry) or (entry.printed.decimals and _is_between(used, entry)):
        return "cannot_tell", "total_average"
    between = range(min(rows), max(rows) + 1)
    if any(sheet.entries[row][column] is None and not sheet.blank(row, column) for row in between):
        return "cannot_tell", "total_unread"
    return "disagrees", "total_disagrees"


def _is_between(parts: Sequence[SheetEntry], total: SheetEntry) -> bool:
    """Does the total lie among its rows, as a rate does and a sum does not?"""
    values = [one.value for one in parts]
    return len(values) > 2 and min(values) <= total.value <= max(values)


def _label(sheet: Sheet, row: int) -> str:
    return next((cell.text for cell in sheet.rows[row].cells if cell.text), "")


def _adds_up(parts: Sequence[SheetEntry], total: SheetEntry) -> bool:
    """Under any one custom, can the parts add up to the total?"""
    for custom in CUSTOMS:
        span = Span.exactly(0)
        for one in parts:
            span = span.plus(one.span(custom))
        if span.meets(total.span(custom)):
            return True
    return False


def _is_mean(parts: Sequence[SheetEntry], total: SheetEntry) -> bool:
    """Is the total the mean of several rows, so that the column is an average after all?"""
    if len(parts) < 3 or total.value == 0:
        return False
    mean = sum((one.value for one in parts), Fraction(0)) / len(parts)
    return any(Span.exactly(mean).meets(total.printed.bounds(custom)) for custom in CUSTOMS)


def _total_ratios(sheet: Sheet, row: int, ways: list[list[int]], ratios: dict[int, Relation]) -> Iterator[FindingDraft]:
    """A total percentage is the ratio of the sums, not the mean of the percentages."""
    for column, relation in ratios.items():
        entry = sheet.entries[row][column]
        judged = ways and entry is not None and relation.kind == "ratio"
        made = _ratio_of_sums(sheet, relation, ways) if judged else None
        if entry is None or made is None:
            continue
        part, whole, used = made
        if not _near_totals(sheet, row, relation, (part, whole)):
            continue
        custom = judge_ratio(part.numerator * whole.denominator, whole.numerator * part.denominator, entry.printed)
        if custom or _printed_parts_hold(sheet, row, relation):
            continue
        yield FindingDraft(
            check="column_total",
            verdict="disagrees",
            message="total_ratio_disagrees",
            values={
                "column": sheet.heads[column].title,
                "reported": entry.text,
                "formula": f"{plain(part, 4)} / {plain(whole, 4)}",
                "computed": plain(100 * part / whole, max(2, entry.printed.decimals)),
            },
            reported=entry.text,
            computed=plain(100 * part / whole, max(2, entry.printed.decimals)),
            pointers=(entry.pointer, *_own_parts(sheet, row, relation), used[0].pointer),
            doubted=entry.doubted or any(one.doubted for one in used),
        )


def _own_parts(sheet: Sheet, row: int, relation: Relation) -> list[str]:
    """The cells of a total row that its percentage is printed beside."""
    return [sheet.cell_pointer(row, place) for place in sorted(relation.formula.places())]


def _near_totals(sheet: Sheet, row: int, relation: Relation, sums: tuple[Fraction, Fraction]) -> bool:
    """Are the sums of the rows near the printed totals? Else they add up something else than the total does."""
    for node, exact in zip((relation.formula.left, relation.formula.right), sums, strict=True):
        entry = sheet.entries[row][node.place] if node is not None and node.place is not None else None
        if entry is not None and 4 * abs(entry.value - exact) > abs(entry.value):
            return False
    return True


def _printed_parts_hold(sheet: Sheet, row: int, relation: Relation) -> bool:
    """Do the total row's own operands follow from the rows (then the ratio is judged in its row)?"""
    ways = ways_of_total(sheet, row)
    for place in relation.formula.places():
        entry = sheet.entries[row][place]
        if entry is None or not any(_adds_up(sheet.column_entries(place, way), entry) for way in ways):
            return False
    return True


def _ratio_of_sums(
    sheet: Sheet, relation: Relation, ways: list[list[int]]
) -> tuple[Fraction, Fraction, list[SheetEntry]] | None:
    left, right = relation.formula.left, relation.formula.right
    if left is None or right is None or left.place is None or right.place is None or relation.scale != 100:
        return None
    rows = ways[0]
    parts, wholes = sheet.column_entries(left.place, rows), sheet.column_entries(right.place, rows)
    whole = sum((one.value for one in wholes), Fraction(0))
    part = sum((one.value for one in parts), Fraction(0))
    if whole <= 0 or not parts or any(one.rounded for one in (*parts, *wholes)):
        return None
    return part, whole, [*parts, *wholes]
