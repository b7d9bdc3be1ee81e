"""Bodies counted by what they have not done (`05 xã chưa nộp`, `03 chi bộ còn nguồn nhưng chưa kết nạp`): which rows of
a table are those, by the column that the words name."""

from __future__ import annotations

import re

from congvan.audit.prose.views import TableView
from congvan.audit.read.audit_words import table
from congvan.audit.read.sheet import Sheet
from schemas.dispatch import Claim
from vietnamese.fold import fold

_LACKS = re.compile(r"(?<![a-z])(?:chua|khong)\s(?:co\s|duoc\s|phat sinh\s)?(?P<what>[a-z]+(?:\s[a-z]+){0,3})")
_HAS = re.compile(r"(?<![a-z])con\s(?P<what>[a-z]+)\s(?:nhung|ma)(?![a-z])")
_LEAD = re.compile(r"^(?:so tien da|so tien|so da|tong so|so|tong|da|ket qua)\s")
_JUDGED = re.compile(r"(?<![a-z])(?:dat|hoan thanh|du|qua|vuot|bao dam|dam bao)(?![a-z])")
"""What these deny is a limit or a judgement, and no amount of nothing."""


def rows_lacking(claim: Claim, view: TableView) -> tuple[int, list[int]] | None:
    """The column that tells of it, and the rows with nothing there; None where no one column does."""
    folded = fold(claim.text)
    lacks = _LACKS.search(folded)
    if lacks is None or "%" in claim.text or _JUDGED.match(lacks["what"]):
        return None
    column = _column(view.sheet, lacks["what"])
    if column is None:
        return None
    rows = [row for row in view.sheet.of_kind("data") if _nothing(view.sheet, row, column)]
    has = _HAS.search(folded)
    if has is None:
        return column, rows
    other = _column(view.sheet, has["what"])
    if other is None or other == column:
        return None
    return column, [row for row in rows if (entry := view.sheet.entries[row][other]) is not None and entry.value > 0]


def _column(sheet: Sheet, what: str) -> int | None:
    """The one column of amounts whose heading begins with what is not done, `Đã` and `Số` aside."""
    words = what.split()
    meant = {" ".join(words[:2]), words[0]} | set(table()["synonyms"].get(words[0], []))
    leaves = {
        head.place: _LEAD.sub("", re.sub(r"\(.*", "", head.leaf)).strip()
        for head in sheet.heads
        if (head.numeric and not head.percent) or _ticked(sheet, head.place)
    }
    found = [place for place, leaf in leaves.items() if any(leaf == one or leaf.startswith(f"{one} ") for one in meant)]
    if not found and len(words) == 1:
        found = [place for place, leaf in leaves.items() if words[0] in leaf.split()]
    pairs = [head.place for head in sheet.heads if head.place in found and " ".join(words[:2]) in head.words]
    found = pairs if len(pairs) == 1 else found
    if not found:
        near = [place for place, leaf in leaves.items() if len(words) > 1 and " ".join(words[:2]) in f" {leaf} "]
        found = near if len(near) == 1 else []
    return found[0] if len(found) == 1 else None


_TICKS = frozenset({"x", "v", "✓", "✔", "có", "đã nộp", "rồi"})


def _ticked(sheet: Sheet, column: int) -> bool:
    """Does a column of words hold nothing but ticks and blanks in its rows?"""
    texts = [sheet.rows[row].cells[column].text.strip().casefold() for row in sheet.of_kind("data")]
    return any(texts) and all(text in _TICKS or text in ("", "-", "không", "chưa") for text in texts)


def _nothing(sheet: Sheet, row: int, column: int) -> bool:
    """Is nothing printed there, or nought, in a row that has other figures?"""
    if not sheet.heads[column].numeric:
        return sheet.rows[row].cells[column].text.strip().casefold() not in _TICKS and sheet.has_figures(row)
    entry = sheet.entries[row][column]
    if entry is not None:
        return entry.value == 0
    return sheet.blank(row, column) and sheet.has_figures(row)
