"""Sheet: a table of a record as exact numbers, with pointers, names of rows, and the tree of its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from congvan.audit.read.audit_words import has_word
from congvan.audit.read.judge import Custom, Printed, Span
from schemas.dispatch import Column, Dispatch, Row, Table, TableCell
from schemas.doubts import ACCUSE
from vietnamese.figures import MILLE
from vietnamese.fold import fold
from vietnamese.running import rank

NUMBERS = ("integer", "decimal", "percent")

_FORMED = 4
"""So many times as many cells of one form make another form stand out."""

_AVERAGE = re.compile(
    r"(?:muc )?(?:binh quan|trung binh|bq|tb)(?: chung| cong)?(?: (?:toan|ca|cac|\d+) [a-z ]{2,20})?(?: \([^()]*\))?"
)
"""The name of a row of averages, and of nothing else: `Bình quân lương thực đầu người` is an indicator."""

_PLAIN = re.compile(r"-?\d+(?:\.\d+)?")
_EACH = re.compile(
    r"\w\s?/\s?(?:ha|hộ|người|năm|tháng|ngày|km|vụ|đơn vị|lớp|giờ|m2|m3|con|bộ|cái|chiếc|suất|học sinh|hs|xã"
    r"|cơ sở|đ/c|lượt|dân|hội|buổi|\d+[\d.]*\s[^\W\d]+)(?!\w)|năm sinh"
    r"|(?:^|\s)tuổi (?:bình|trung|thọ|nghề|đảng)|(?:^|\s)điểm(?:\s|$)"
)
"""So much for each (`tạ/ha`, `Giường/10.000 dân`), or years and marks. Told with their marks: `năm` is no `Nam`,
`Nam/Nữ` no rate, and `dưới 30 tuổi` counts people."""
_BLANKS = frozenset({"", "-", "–", "—", "...", "…"})


@dataclass(frozen=True)
class SheetEntry:
    """A number in a table: what is printed, and whether the number itself may have been rounded before."""

    text: str
    printed: Printed
    pointer: str
    rounded: bool = False
    doubted: bool = False

    @property
    def value(self) -> Fraction:
        return self.printed.value

    def span(self, custom: Custom) -> Span:
        """The values that it may stand for, under one custom of printing."""
        return self.bounds[custom] if self.rounded else self._exact

    @cached_property
    def bounds(self) -> dict[Custom, Span]:
        """The values that are printed so, by custom."""
        return self.printed.all_bounds()

    @cached_property
    def _exact(self) -> Span:
        return Span.exactly(self.printed.value)

    @cached_property
    def hull(self) -> Span:
        """The values that it may stand for under any custom."""
        value, step = self.printed.value, self.printed.step
        return Span(value - step, value + step) if self.rounded else self._exact


@dataclass(frozen=True)
class Head:
    """A column as the audit sees it: its words folded, and what kind of numbers it holds."""

    place: int
    column: Column

    @cached_property
    def words(self) -> str:
        return fold(" ".join(self.column.path))

    @cached_property
    def leaf(self) -> str:
        return fold(self.column.path[-1]) if self.column.path else ""

    @property
    def title(self) -> str:
        """The heading as printed, levels joined."""
        return " / ".join(self.column.path) or f"cột {self.place + 1}"

    @property
    def numeric(self) -> bool:
        return self.column.kind in NUMBERS

    @property
    def percent(self) -> bool:
        return self.column.kind == "percent"

    @cached_property
    def mille(self) -> bool:
        """Does it print parts of a thousand? The record has them in percent."""
        return self.percent and (self.column.measure == "‰" or any(MILLE.search(level) for level in self.column.path))

    @cached_property
    def measured(self) -> bool:
        """Are whole numbers here rounded too (`triệu đồng`)?"""
        unit = fold(self.column.measure or "") if not self.percent else ""
        if re.fullmatch(r"(?:vn)?d(?:ong)?|vnd", unit.strip(" .()")):
            return False  # whole đồng are counted and not rounded
        return has_word(f"{self.words} {unit}", "columns", "measured")

    @cached_property
    def average(self) -> bool:
        """Is it so much for each (`bình quân`, `tạ/ha`, `Giường/10.000 dân`), which no total adds up?"""
        printed = " ".join(self.column.path).casefold()
        return has_word(self.words, "columns", "averages") or _EACH.search(printed) is not None


class Sheet:
    """One table of a dispatch. `pointer` is the table's JSON Pointer."""

    turned = False
    """Do its rows stand for columns?"""

    def __init__(self, dispatch: Dispatch, place: int) -> None:
        self.table: Table = dispatch.tables[place]
        self.place = place
        self.pointer = f"/tables/{place}"
        self.heads = [Head(at, column) for at, column in enumerate(self.table.columns)]
        self._doubted = doubted_places(dispatch, self.pointer)
        self.rows: Sequence[Row] = self.table.rows
        self.entries = [
            [self._entry(row, column, cell) for column, cell in enumerate(one.cells)]
            for row, one in enumerate(self.rows)
        ]
        self.numeric = [head.place for head in self.heads if head.numeric]
        if dispatch.source.ocr is not None:
            for place in self.numeric:
                self._doubt_odd(place)

    def _entry(self, row: int, column: int, cell: TableCell) -> SheetEntry | None:
        head = self.heads[column]
        if not head.numeric or cell.value is None:
            return None
        printed = _printed(cell)
        if printed is None:
            return None
        pointer = self.cell_pointer(row, column)
        rounded = printed.decimals > 0 or head.measured
        return SheetEntry(cell.text, printed, pointer, rounded, pointer in self._doubted)

    def _doubt_odd(self, column: int) -> None:
        """Doubt what stands out in a column of a scan: a point read as a comma (`5,274`) or lost (`4222` %)."""
        entries = [row[column] for row in self.entries]
        shown = [entry for entry in entries if entry is not None]
        whole = [entry for entry in shown if not entry.printed.decimals]
        broken = len(shown) - len(whole)
        for place, entry in enumerate(entries):
            if entry is None or entry.doubted:
                continue
            comma = entry.printed.decimals > 0 and len(whole) >= _FORMED * max(broken, 1)
            lost = entry.printed.units > 999 and not entry.printed.decimals and broken >= _FORMED * max(len(whole), 1)
            if comma or lost:
                self.entries[place][column] = replace(entry, doubted=True)

    def cell_pointer(self, row: int, column: int) -> str:
        return f"{self.pointer}/rows/{row}/cells/{column}"

    @cached_property
    def ordered(self) -> bool:
        """Do running numbers tell how deep its rows stand?"""
        return any(head.column.kind == "ordinal" for head in self.heads[:1])

    @cached_property
    def name_column(self) -> int | None:
        """The first column of words: names of units or of indicators."""
        return next((head.place for head in self.heads if head.column.kind == "text"), None)

    def name(self, row: int) -> str:
        """What a row is about, as printed."""
        place = self.name_column
        text = self.rows[row].cells[place].text if place is not None else ""
        return text or next((cell.text for cell in self.rows[row].cells if cell.text), "")

    @cached_property
    def levels(self) -> list[int]:
        """How deep each row stands: 0 and 1 sections, 2 rows, 3 and more what belongs to the row above."""
        return [self._level(row) for row in range(len(self.rows))]

    def _level(self, row: int) -> int:
        first = self.rows[row].cells[0].text
        level = rank(first) if self.heads[0].column.kind == "ordinal" else None
        name = fold(self.name(row)).strip()
        if self.rows[row].kind == "section":
            return 1 if level is None else min(level, 1)
        if any(name.startswith(word) for word in ("trong do", "- trong do", "rieng")) or name.startswith(("- ", "+ ")):
            return 9
        return 2 if level is None else level

    def of_kind(self, *kinds: str) -> list[int]:
        """Places of the rows of these kinds; `average` is a row of averages, which is no other."""
        return [place for place, kind in enumerate(self._kinds) if kind in kinds]

    @cached_property
    def _kinds(self) -> list[str]:
        """The kind of each row. A row of averages is data to the record, and adds to nothing."""
        return [
            "average"
            if row.kind in ("data", "total") and _AVERAGE.fullmatch(fold(self.name(place)).strip(" .:"))
            else row.kind
            for place, row in enumerate(self.rows)
        ]

    def has_figures(self, row: int) -> bool:
        return any(entry is not None for entry in self.entries[row])

    def blank(self, row: int, column: int) -> bool:
        """Is nothing printed there (a blank is not zero)?"""
        return self.rows[row].cells[column].text.strip() in _BLANKS

    def column_entries(self, column: int, rows: list[int]) -> list[SheetEntry]:
        """The numbers of a column in these rows, blanks left out."""
        return [entry for row in rows if (entry := self.entries[row][column]) is not None]


def _printed(cell: TableCell) -> Printed | None:
    return Printed.of(str(cell.value)) if cell.decimals is not None else None


def doubted_places(dispatch: Dispatch, pointer: str) -> set[str]:
    """The pointers under this one whose words were read from a scan with doubt."""
    return {
        place
        for place, shown in dispatch.evidence.items()
        if place.startswith(pointer + "/") and any(one.confidence < ACCUSE for one in shown)
    }


def sheets(dispatch: Dispatch) -> Iterator[Sheet]:
    """All tables of a dispatch."""
    for place in range(len(dispatch.tables)):
        yield Sheet(dispatch, place)
