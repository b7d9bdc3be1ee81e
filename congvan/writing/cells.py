"""What a cell of a spreadsheet or of a CSV file is: words that run nothing, days as days, numbers as numbers."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, NamedTuple

RUNS = ("=", "+", "-", "@", "\t", "\r")
"""With these a spreadsheet takes words for a formula when it opens a CSV file."""
_LONGEST_LINK = 2000
"""A spreadsheet refuses longer addresses."""
_MOST_WHOLE = 10**15
"""Whole numbers beyond this lose digits in a spreadsheet, whose numbers are binary; they are written as words."""


class Link(NamedTuple):
    """Words that lead to an address: a URL, the path of a file from where the spreadsheet lies, or another cell of it
    (`internal:'Sheet'!A1`)."""

    text: str
    address: str


Value = str | int | float | bool | Decimal | dt.date | dt.datetime | Link | None


def harmless(text: str) -> str:
    """Words as a CSV cell that no spreadsheet takes for a formula.

    >>> harmless("=1+1"), harmless("- Như trên"), harmless("trên")
    ("'=1+1", "'- Như trên", 'trên')
    """
    return f"'{text}" if text.startswith(RUNS) else text


def csv_cell(value: Value, day: str = "%Y-%m-%d") -> str:
    """A value as a CSV cell; `day` is how days are written (ISO for programs, `%d/%m/%Y` for people).

    Numbers are written with a point and never guarded: a negative number is no formula.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, dt.date):
        return value.strftime(day)
    if isinstance(value, Link):
        return harmless(value.text)
    return harmless(value) if isinstance(value, str) else str(value)


def write_cell(sheet: Any, place: tuple[int, int], value: Value, formats: dict[str, Any]) -> None:
    """Put a value into a worksheet of XlsxWriter at (row, column); a missing one leaves the cell empty.

    `formats` holds `text`, `number`, `day`, `time` and `link`.
    """
    match value:
        case None:
            sheet.write_blank(*place, None, formats["text"])
        case bool():
            sheet.write_string(*place, "x" if value else "", formats["text"])
        case dt.datetime():
            sheet.write_datetime(*place, value.replace(tzinfo=None), formats["time"])
        case dt.date():
            sheet.write_datetime(*place, dt.datetime.combine(value, dt.time()), formats["day"])
        case int() if abs(value) >= _MOST_WHOLE:
            sheet.write_string(*place, str(value), formats["text"])
        case int() | float() | Decimal():
            sheet.write_number(*place, float(value) if isinstance(value, Decimal) else value, formats["number"])
        case Link(text, address) if text and address and len(address) < _LONGEST_LINK:
            known = "://" in address or address.startswith("internal:")
            sheet.write_url(*place, address if known else f"external:{address}", formats["link"], text)
        case Link(text, _):
            sheet.write_string(*place, text, formats["text"])
        case _:
            sheet.write_string(*place, value, formats["text"])
