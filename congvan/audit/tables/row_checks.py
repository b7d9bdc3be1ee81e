"""Rows against themselves: ratios, growth, differences, and the whole of a row against its parts."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from congvan.audit.read.finding_draft import FindingDraft, plain, verdict_of
from congvan.audit.read.judge import Custom, Printed, Span
from congvan.audit.read.sheet import Sheet, SheetEntry
from congvan.audit.tables.relation import Relation
from schemas.finding import Check


def check_rows(sheet: Sheet, found: list[Relation]) -> Iterator[FindingDraft]:
    """Every row under each of the relations that hold in its table."""
    for relation in found:
        for row in range(len(sheet.rows)):
            draft = _row(sheet, relation, row)
            if draft is not None:
                yield draft


def _row(sheet: Sheet, relation: Relation, row: int) -> FindingDraft | None:
    entry = sheet.entries[row][relation.target]
    if entry is None:
        return None
    custom = relation.judge(sheet, row)
    if custom is None:
        return _untold(sheet, relation, row, entry)
    exact = relation.exact(sheet, row)
    places = sorted(relation.formula.places())
    others = [sheet.entries[row][place] for place in places]
    is_sum = relation.kind == "sum"
    check: Check = "row_total" if is_sum else "row_ratio"
    draft = FindingDraft(
        check=check,
        verdict=verdict_of(custom),
        message=_message(relation, custom),
        values=_values(sheet, relation, row, entry, exact),
        reported=entry.text,
        computed=None if exact is None else _shown(sheet, relation, entry, exact),
        pointers=(entry.pointer, *(sheet.cell_pointer(row, place) for place in places)),
        custom=None if is_sum else custom,
        doubted=entry.doubted or any(other is not None and other.doubted for other in others),
    )
    if not custom:
        _explain(sheet, relation, row, draft)
    elif not _follows(entry, exact):
        draft.verdict, draft.message, draft.custom = "cannot_tell", "row_rounded", None
    return draft


def _follows(entry: SheetEntry, exact: Fraction | None) -> bool:
    """Do the numbers as they are printed make the figure, and not only numbers that round to them?"""
    return exact is None or any(Span.exactly(exact).meets(bounds) for bounds in entry.bounds.values())


def _untold(sheet: Sheet, relation: Relation, row: int, entry: SheetEntry) -> FindingDraft | None:
    """A figure over a divisor of zero or a blank."""
    if relation.kind in ("sum", "product"):
        return None
    places = sorted(relation.formula.places())
    return FindingDraft(
        check="row_ratio",
        verdict="cannot_tell",
        message="row_no_base",
        values={**_place(sheet, row, relation.target), "reported": entry.text},
        reported=entry.text,
        pointers=(entry.pointer, *(sheet.cell_pointer(row, place) for place in places)),
    )


def _message(relation: Relation, custom: Custom) -> str:
    if relation.kind == "sum":
        return "row_sum_agrees" if custom else "row_sum_disagrees"
    return "row_agrees" if custom else "row_disagrees"


def _values(sheet: Sheet, relation: Relation, row: int, entry: SheetEntry, exact: Fraction | None) -> dict[str, str]:
    figures = relation.formula.words(lambda place: sheet.rows[row].cells[place].text or "0").replace("«", "")
    figures = figures.replace(" * ", " × ")
    mille = sheet.heads[relation.target].mille
    percent = sheet.heads[relation.target].percent and relation.kind != "points"
    percent = percent or (relation.scale == 100 and relation.kind not in ("sum", "product"))
    unit = " ‰" if mille else " %" if percent else ""
    return {
        **_place(sheet, row, relation.target),
        "formula": figures.replace("»", ""),
        "computed": (_shown(sheet, relation, entry, exact) if exact is not None else "?") + unit,
        "reported": entry.text,
    }


def _shown(sheet: Sheet, relation: Relation, entry: SheetEntry, exact: Fraction) -> str:
    """The computed value in the unit of its column: the record has per mille in percent."""
    if sheet.heads[relation.target].mille:
        return plain(10 * exact, max(2, entry.printed.decimals - 1))
    return plain(exact, max(2, entry.printed.decimals))


def _place(sheet: Sheet, row: int, column: int) -> dict[str, str]:
    """The row and the column of a cell as they stand on the page."""
    names = (sheet.name(row), sheet.heads[column].title)
    row_name, column_name = reversed(names) if sheet.turned else names
    return {"row": row_name, "column": column_name}


def _explain(sheet: Sheet, relation: Relation, row: int, draft: FindingDraft) -> None:
    """Why a figure that disagrees may have come about; a sum over a blank part is not judged."""
    entry = sheet.entries[row][relation.target]
    if relation.kind == "sum":
        if any(sheet.blank(row, place) for place in relation.formula.places()):
            draft.verdict, draft.message = "cannot_tell", "row_sum_blank"
        return
    exact = relation.exact(sheet, row)
    if exact is not None and entry is not None and is_fraction(exact, entry.printed):
        draft.message = "row_fraction_sign"


def is_fraction(exact: Fraction, printed: Printed) -> bool:
    """Is a percentage printed as its fraction with the sign (0.65% for 65,21 %)?"""
    if printed.decimals == 0 or printed.value == 0:
        return False
    return any(Span.exactly(exact / 100).meets(printed.bounds(one)) for one in (Custom.ROUNDED, Custom.TRUNCATED))
