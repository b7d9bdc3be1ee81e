"""Columns of a table: what kind each is, and what its cells say as values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from parsers.tables.grid_lines import Slot
from parsers.tables.table_words import one_of
from schemas.dispatch import ColumnKind, TableCell
from vietnamese.figures import MILLE, Style, read_figure, told_style
from vietnamese.fold import fold
from vietnamese.running import rank, running_number

_DATE = re.compile(r"(?:ngay\s+)?(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*((?:19|20)\d\d)")
_CENTURIES = "19", "20"
_BLANKS = frozenset({"", "-", "–", "—", "...", "…", "x", "X", "/", "//", "_"})
_NEGATIVE = re.compile(r"^\((\d+(?:[.,]\d+)+\s?%?|\d+\s?%)\)$")
"""`(13,29%)`, `(1.234)`: how accounts print what is below zero. A bare `(5)` may be a note or a part."""

_POINTED = re.compile(r"\d{1,3}\.\d{3}")
_LENGTHENED = re.compile(r"\d{1,3}\.\d{4,}")
_GROUPS = re.compile(r"\d{1,3},\d{3}")
_MAJORITY = 6, 10
_UNIT = re.compile(r"\((?:don vi(?: tinh)?\s*:?|dvt\s*:?)?\s*([^()\d]{1,30})\)")


def is_blank(text: str) -> bool:
    """Nothing, or the dash that stands for it. A blank is not zero."""
    return text in _BLANKS


def column_kind(place: int, path: Sequence[str], texts: Sequence[str]) -> ColumnKind:
    """What a column holds, by its heading and the texts of its data rows."""
    filled = [text for text in texts if not is_blank(text)]
    leaf = path[-1] if path else ""
    if one_of(leaf, "headings", "ordinal") or (place == 0 and _numbers_rows(texts)):
        return "ordinal"
    if not filled:
        return _promised(path)
    if _most(sum(1 for text in filled if read_date(text)), len(filled)):
        return "date"
    filled = [_below_zero(text) for text in filled]
    signs = [figure.sign for text in filled if (figure := read_figure(text))]
    if not _most(len(signs), len(filled)) or _is_code(leaf, filled):
        return "text"
    if 2 * sum(map(bool, signs)) >= len(signs) or is_proportion(path):
        return "percent"
    style = column_style(filled, None)
    exact = (read_figure(text, style) for text in filled)
    return "decimal" if any(figure.decimals for figure in exact if figure and not figure.sign) else "integer"


def _most(part: int, whole: int) -> bool:
    return part * _MAJORITY[1] >= whole * _MAJORITY[0]


def _numbers_rows(texts: Sequence[str]) -> bool:
    """Do these texts number the rows: labels, the plain numbers among them mostly one after the other?"""
    filled = [text for text in texts if text]
    if not filled or sum(1 for text in filled if rank(text) is not None) * 10 < len(filled) * 8:
        return False
    numbers = [number for text in filled if (number := running_number(text)) is not None]
    steps = sum(1 for one, two in pairwise(numbers) if two == one + 1 or two == 1)
    return len(numbers) < 2 or steps * 10 >= (len(numbers) - 1) * 8


def _promised(path: Sequence[str]) -> ColumnKind:
    """The kind of a column that is blank throughout, by its heading."""
    leaf = path[-1] if path else ""
    if is_proportion(path):
        return "percent"
    counted = one_of(leaf, "headings", "integer") and not one_of(leaf, "headings", "code")
    return "integer" if counted else "text"


def is_proportion(path: Sequence[str]) -> bool:
    """Does the heading promise proportions? The lowest level decides, unless it counts or says nothing of it."""
    for depth, level in enumerate(reversed(path)):
        if "%" in level or MILLE.search(level) or one_of(level, "headings", "percent"):
            return True
        if depth == 0 and one_of(level, "headings", "integer"):
            return False
    return False


def sign_of(path: Sequence[str]) -> str:
    """`‰` where a heading prints it for the whole column, over the column or over its group."""
    for level in reversed(path):
        if MILLE.search(level):
            return "‰"
        if "%" in level:
            return ""
    return ""


def _is_code(leaf: str, filled: Sequence[str]) -> bool:
    zeros = sum(1 for text in filled if text.startswith("0") and len(text) > 3 and text.isdecimal())
    return one_of(leaf, "headings", "code") or 2 * zeros > len(filled)


def column_style(texts: Sequence[str], table: Style | None) -> Style:
    """How a column prints decimals: as its plain figures tell, else as the table does, else with a comma.

    Thousands grouped with commas are told where groups of three stand beside smaller whole numbers and no
    decimals: `12,345` over `850`.
    """
    told = told_style(texts)
    if told is not None and not _odd_ones_out(texts, told):
        return told
    grouped = sum(1 for text in texts if "," in text and _GROUPS.fullmatch(text))
    plain = [int(text) for text in texts if text.isdigit()]
    pointed = sum(1 for text in texts if "." in text and _POINTED.fullmatch(text))
    small = any(0 < number < 1000 for number in plain) and all(number < 1000 for number in plain)
    if grouped >= max(2, pointed) and small:
        return "."
    commas = any("," in text for text in texts if read_figure(text))
    return "." if table == "." and commas else ","


def _odd_ones_out(texts: Sequence[str], told: Style) -> bool:
    """Is a point told to start decimals only by figures that OCR lengthened (`5.2392`), few in a column of groups?"""
    groups = sum(1 for text in texts if _POINTED.fullmatch(text))
    long = sum(1 for text in texts if _LENGTHENED.fullmatch(text))
    return told == "." and groups >= 4 and groups >= 4 * long and told_style(_without(texts)) is None


def _without(texts: Sequence[str]) -> list[str]:
    return [text for text in texts if not _LENGTHENED.fullmatch(text)]


def read_date(text: str) -> dt.date | None:
    """The day that `text` is, wholly: `22/7/2024`."""
    match = _DATE.fullmatch(fold(text).strip()) if _CENTURIES[0] in text or _CENTURIES[1] in text else None
    if match is None:
        return None
    try:
        return dt.date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None


def typed(slot: Slot, kind: ColumnKind, style: Style, sign: str = "") -> TableCell:
    """A cell: as printed, its value as the kind of its column has it, and how many rows and columns it spans.

    `sign`: what the heading prints for all.
    """
    value, decimals = _read(slot.text, kind, style, sign)
    return _cell(slot.text, value, decimals, *slot.span)


def _read(text: str, kind: ColumnKind, style: Style, sign: str) -> tuple[int | str | None, int | None]:
    """The value of a text, and of a figure its decimals."""
    if kind in ("ordinal", "text"):
        return text or None, None
    if is_blank(text):
        return None, None
    if kind == "date":
        day = read_date(text)
        return day.isoformat() if day else text, None
    plain = _below_zero(text)
    signed = plain if plain.rstrip()[-1:] in ("%", "‰") else plain + sign
    figure = read_figure(signed, style)
    if figure is None:
        return text, None
    whole = kind == "integer" and not figure.decimals and not figure.sign
    return int(figure.value) if whole else figure.text, figure.decimals


def _below_zero(text: str) -> str:
    """A figure that accounts print in brackets, with the minus sign that they mean."""
    return _NEGATIVE.sub(r"-\1", text) if text.startswith("(") else text


@lru_cache(maxsize=4096)
def _cell(text: str, value: int | str | None, decimals: int | None, rows: int, cols: int) -> TableCell:
    """Cells that say the same are one: of long tables, most of the columns have few values."""
    return TableCell.made(text=text, value=value, decimals=decimals, rows=rows, cols=cols)


def unit_of(path: Sequence[str], table: str | None, kind: ColumnKind) -> str | None:
    """The unit that a number column is counted in: from its heading (`Diện tích (ha)`), else the table's own."""
    if kind not in ("integer", "decimal", "percent"):
        return None
    for level in reversed(path):
        match = _UNIT.search(fold(level))
        if match:
            return level[match.start(1) : match.end(1)].strip() or None
    return "%" if kind == "percent" else table
