"""Rows of a table: which close it, which head a section, and total rows whose figures slid to the left."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.tables.cell_values import is_blank
from parsers.tables.grid_lines import GridLine, Slot
from parsers.tables.table_words import one_of
from schemas.dispatch import ColumnKind, RowKind
from schemas.packed import Looked
from vietnamese.figures import read_figure
from vietnamese.fold import fold
from vietnamese.running import rank, running_number

_SCOPE = re.compile(r"\s*\([^)]*\)\s*:?$")
_ADDED = re.compile(
    r"cộng\s(?!đồng|tác|hòa|hoà|sản|hưởng|sinh|sự)|tổng\s(?!công ty|cục|đài|kho|đội|cty|thầu|lãnh)"
    r"|toàn\s(?:trường|xã|phường|thị trấn|quận|ngành|khối|vùng|cụm|đơn vị|thôn|khu)(?!\w)",
    re.IGNORECASE,
)
"""How a row that sums up others begins; told with the marks: `Cộng` is no `Công an`, a `Tổng công ty` no sum."""

_WEAK = frozenset({"cong", "tong"})
_NUMBERS = ("integer", "decimal", "percent")


def closing_word(line: GridLine) -> RowKind | None:
    """`total` or `subtotal` where the line's first words say so."""
    first = next((text for text in line.texts[:3] if text), "")
    if running_number(first) is not None:
        return None
    if one_of(first, "rows", "subtotal") and "+" not in first:
        return "subtotal"
    return "total" if one_of(_SCOPE.sub("", first), "rows", "total") else None


def row_kinds(lines: Sequence[GridLine], kinds: Sequence[ColumnKind]) -> list[RowKind]:
    """The kind of each line of a table whose columns are of these kinds."""
    found: list[RowKind] = []
    ranks = _ranks([line.slots[0].text for line in lines])
    counted = any(level is not None and 2 <= level < 8 for level in ranks)
    for place, (line, level, following) in enumerate(zip(lines, ranks, _following(ranks), strict=True)):
        closing = closing_word(line)
        if closing is not None:
            found.append(closing)
        elif counted and _sums_up(line, place, len(lines) - 1):
            found.append("total" if place in (0, len(lines) - 1) else "subtotal")
        elif _heads_section(line, level, following, kinds, counted) or (
            place + 1 < len(lines) and _names_rows(line, level, lines[place + 1], kinds)
        ):
            found.append("section")
        else:
            found.append("data")
    return _settle_totals(lines, found)


def _ranks(labels: Sequence[str]) -> list[int | None]:
    """The ranks of the running numbers of rows; a `1` right before another one, with `II` to come, was an `I`."""
    ranks = [rank(label) for label in labels]
    romans = [place for place, label in enumerate(labels) if label.strip(" .") == "II"]
    first = next((place for place, label in enumerate(labels) if rank(label) is not None), None)
    if romans and first is not None and first + 1 < romans[0] and "I" not in [label.strip(" .") for label in labels]:
        following = [running_number(label) for label in labels[first : first + 2]]
        ranks[first] = 1 if following == [1, 1] else ranks[first]
    return ranks


def _sums_up(line: GridLine, place: int, last: int) -> bool:
    """Without a running number among rows that have one: `TỔNG CHI` in capitals over or under them, `Tổng thu`,
    `Toàn trường` under them, `Cộng cụm 1` between them."""
    name = next((text for text in line.texts[:3] if text), "")
    if line.slots[0].text.strip() not in ("", name) or len(line.filled) < 2 or _ADDED.match(name) is None:
        return False
    if place in (0, last) and name.isupper() and fold(name).startswith("tong "):
        return True
    added = name[:4].casefold() == "cộng"
    return added if 0 < place < last else place == last


def _following(ranks: Sequence[int | None]) -> list[int | None]:
    """For each line the rank of the next one that has any."""
    found: list[int | None] = []
    next_rank: int | None = None
    for level in reversed(ranks):
        found.append(next_rank)
        next_rank = next_rank if level is None else level
    return found[::-1]


def _heads_section(
    line: GridLine, level: int | None, following: int | None, kinds: Sequence[ColumnKind], counted: bool
) -> bool:
    if level in (0, 1) and counted:
        bare = all(is_blank(text) for text, kind in zip(line.texts, kinds, strict=True) if kind != "ordinal")
        return (_only_named(line) and not bare) or (following is not None and following > level)
    return level is None and _stands_alone(line, kinds, counted)


def _names_rows(line: GridLine, level: int | None, below: GridLine, kinds: Sequence[ColumnKind]) -> bool:
    """A plain number and a name without any figure, over a row that has figures and no number of its own."""
    numbers = [place for place, kind in enumerate(kinds) if kind in _NUMBERS]
    if level is None or not 2 <= level < 8 or len(numbers) < 2 or below.texts[0]:
        return False
    blank = all(is_blank(line.texts[place]) for place in numbers)
    return blank and sum(read_figure(below.texts[place]) is not None for place in numbers) > 1


def _only_named(line: GridLine) -> bool:
    """A running number and one text, nothing else."""
    return len(line.filled) <= 2


def _stands_alone(line: GridLine, kinds: Sequence[ColumnKind], counted: bool) -> bool:
    """One text by itself: over several columns, or in the column of names where other rows are numbered."""
    if len(line.filled) != 1 or len(kinds) < 3:
        return False
    place = line.filled[0]
    slot = line.slots[place]
    if slot.text.startswith("(") and slot.text.endswith(")") and not _spans(slot):
        return False  # it explains the row above
    if kinds[place] in _NUMBERS and not _spans(slot):
        return False
    if _spans(slot) or (place == 0 and kinds[0] != "text"):
        return True
    return kinds[0] == "ordinal" and (counted or slot.text.isupper() or _bold(slot))


def _spans(slot: Slot) -> bool:
    return slot.owner is not None and slot.owner.column_span > 1


def _bold(slot: Slot) -> bool:
    return bool(slot.cells) and all(cell.bold for cell in slot.cells)


def _settle_totals(lines: Sequence[GridLine], found: list[RowKind]) -> list[RowKind]:
    """Of several closing rows the last (or the first, at the top) is the total; those of sections are subtotals."""
    totals = [place for place, kind in enumerate(found) if kind == "total"]
    if len(totals) < 2 or all(place == 0 or len(lines[place - 1].filled) == 1 for place in totals):
        return found  # each opens its part of the table, under the line that names the part
    weak = {place for place in totals if _phrase(lines[place]) in _WEAK}
    if 0 < len(weak) < len(totals):
        lowered = weak
    elif found.count("section") >= len(totals):
        lowered = set(totals)
    else:
        lowered = set(totals[1:]) if totals[0] == 0 else set(totals[:-1])
    return ["subtotal" if place in lowered else kind for place, kind in enumerate(found)]


def _phrase(line: GridLine) -> str:
    first = next((text for text in line.texts[:3] if text), "")
    return _SCOPE.sub("", fold(first)).rstrip(" .:")


class Aligned(Looked[GridLine]):
    """The lines of a table whose columns are of these kinds, each as it is looked at: none is kept."""

    def __init__(self, lines: Sequence[GridLine], kinds: Sequence[ColumnKind]) -> None:
        self._lines = lines
        self._kinds = kinds

    def __len__(self) -> int:
        return len(self._lines)

    def item(self, place: int) -> GridLine:
        return _realigned(self._lines[place], self._kinds)


def _realigned(line: GridLine, kinds: Sequence[ColumnKind]) -> GridLine:
    """A closing row in plain text that lost the blank of its merged first cell, moved back under its columns."""
    if closing_word(line) is None or not _misplaced(line.slots, kinds):
        return line
    label = line.filled[0]
    figures = line.slots[label + 1 :]
    blanks = len(figures) - max((place + 1 for place, slot in enumerate(figures) if slot.text), default=0)
    for shift in range(1, blanks + 1):
        moved = (*line.slots[: label + 1], *[Slot()] * shift, *figures[: len(figures) - shift])
        if not _misplaced(moved, kinds):
            return GridLine(moved, line.page)
    return line


def _misplaced(slots: Sequence[Slot], kinds: Sequence[ColumnKind]) -> bool:
    """Does a figure stand under words, or a percentage under whole numbers (or the other way)?"""
    for slot, kind in zip(slots, kinds, strict=True):
        figure = read_figure(slot.text)
        if figure is not None and (kind in ("text", "ordinal") or (bool(figure.sign) and kind == "integer")):
            return True
    return False
