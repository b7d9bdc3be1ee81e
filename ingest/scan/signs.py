"""Small signs in the cells of scanned tables: specks read as signs are taken off, signs against the table's custom
are doubted.

A point or a comma is a few pixels: it is lost in print that is blurred, and dirt looks like one. Nothing is put in;
a figure that stands out among its neighbours by its sign only tells a person to look.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from schemas.document import Cell, Grid
from schemas.doubts import Doubt, with_doubt

_SPECKS_BEFORE = re.compile(r"^[\s'‘’`´“”\"¡|_~^°•·,;:]+(?=[^\W_])")
_SPECKS_BEHIND = re.compile(r"(?<=[^\W_])(?:\s+[.,;]|[\s'‘’`´“”\"¡|_~^])+$")
_QUOTES = re.compile(r"['‘’“”\"]")
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})+")
_LONG = re.compile(r"\d{4,}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DECIMAL = re.compile(r"\d+([.,])(?:\d{1,2}|\d{4,})\s?%?")
_TWO = re.compile(r"\d[\d.,]*%?\s\d[\d.,]*%?")
_ORDINAL = re.compile(r"\d{1,3}(\.?)")
# A custom is told by so many figures, and by so many times more than those against it.
_LEAST, _MORE = 3, 3


def tidy_cells(grid: Grid) -> Grid:
    """The grid with specks taken off its texts; figures written against the table's custom are doubted."""
    cells = _plain_ordinals([_without_specks(cell) for cell in grid.cells])
    odd = _odd_signs(cells)
    odd |= {cell.text for cell in cells if _TWO.fullmatch(cell.text)}
    cells = [_doubted(cell, Doubt.ODD_SIGN) if cell.text in odd else cell for cell in cells]
    return grid.model_copy(update={"cells": tuple(cells)})


def _without_specks(cell: Cell) -> Cell:
    text = _SPECKS_BEHIND.sub("", _SPECKS_BEFORE.sub("", cell.text))
    # Quotation marks in pairs are print.
    if text == cell.text or (len(_QUOTES.findall(cell.text)) % 2 == 0 and _QUOTES.search(cell.text)):
        return cell
    return cell._replace(text=text)


def _plain_ordinals(cells: Sequence[Cell]) -> list[Cell]:
    """The numbers of the first column without a point where nearly all of them have none: it is a speck."""
    column = [cell for cell in cells if cell.column == 0 and _ORDINAL.fullmatch(cell.text)]
    pointed = [cell for cell in column if cell.text.endswith(".")]
    if not pointed or len(column) - len(pointed) < max(_LEAST, _MORE * len(pointed)):
        return list(cells)
    specks = {cell.row for cell in pointed}
    return [
        _doubted(cell._replace(text=cell.text[:-1]), Doubt.SPECK) if cell.column == 0 and cell.row in specks else cell
        for cell in cells
    ]


def _doubted(cell: Cell, doubt: Doubt) -> Cell:
    return cell._replace(doubts=with_doubt(cell.doubts, doubt))


def _odd_signs(cells: Sequence[Cell]) -> set[str]:
    """The figures without a sign between thousands, or with another one, or with another decimal sign, than most."""
    texts = [cell.text for cell in cells]
    thousands: dict[str, list[str]] = {".": [], ",": [], "": []}
    decimals: dict[str, list[str]] = {".": [], ",": []}
    for text in texts:
        grouped, decimal = _GROUPED.fullmatch(text), _DECIMAL.fullmatch(text)
        if grouped:
            thousands[grouped[1]].append(text)
        elif _LONG.fullmatch(text) and not _YEAR.fullmatch(text):
            thousands[""].append(text)
        if decimal and not grouped:
            decimals[decimal[1]].append(text)
    return {text for custom in (thousands, decimals) for text in _against(custom)}


def _against(custom: dict[str, list[str]]) -> list[str]:
    """The texts of all signs but the usual one, where one is usual."""
    usual = max(custom, key=lambda sign: len(custom[sign]))
    others = [text for sign, texts in custom.items() if sign != usual for text in texts]
    # Figures without any sign may be a year's budget line or a code: they are no custom against signs.
    clear = usual != "" and len(custom[usual]) >= max(_LEAST, _MORE * len(others))
    return others if clear else []
