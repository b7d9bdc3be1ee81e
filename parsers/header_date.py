"""Địa danh and the date of issue: `Vĩnh Bảo, ngày 29 tháng 7 năm 2024`, with slashes, with blanks, after OCR."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from vietnamese.fold import fold

_SLOT = r"[\s.,…_*:;]{0,14}"
_DIGITS = r"[\dolis|]{1,2}"
_DATE = re.compile(
    rf"(?P<place>.{{0,60}}?)[\s,.;:]*\bng[ao]y(?P<day_slot>{_SLOT}(?P<day>{_DIGITS}(?=\W|th|$))?[^\w]{{0,12}}?)"
    rf"(?:th.{{0,2}}ng|/|-|\.)(?P<month_slot>{_SLOT}(?P<month>{_DIGITS}(?=\W|n.m|$))?[^\w]{{0,12}}?)"
    rf"(?:n.m|/|-|\.){_SLOT}(?P<year>[\dol|]{{4}}|\d{{2}}(?!\d))?"
)
_WORDS = re.compile(
    r"(?P<place>.{0,60}?)[\s,]*\bngay\s+(?P<day>[a-z ]{2,20}?)\s+thang\s+(?P<month>[a-z ]{2,12}?)\s+nam\s+(?P<year>.+)$"
)
_UNITS = {
    "khong": 0, "linh": 0, "le": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6,
    "bay": 7, "tam": 8, "chin": 9, "gieng": 1, "chap": 12,
}  # fmt: skip
_SCALES = {"muoi": 10, "tram": 100, "nghin": 1000, "ngan": 1000}


@dataclass(frozen=True)
class PlaceDate:
    """What a line of place and date says. `blank`: the day or the month was left open; `misread`: no such day."""

    place: tuple[int, int]
    date: dt.date | None
    year: int | None
    blank: bool
    misread: bool
    date_span: tuple[int, int]
    day: int | None = None
    month: int | None = None


def read_place_date(text: str) -> PlaceDate | None:
    """The place and date of a line, or None.

    >>> read_place_date("Hạ Long, ngày 21 tháng 6 năm 2021").date
    datetime.date(2021, 6, 21)
    >>> read_place_date("Bình Sơn, ngày tháng năm 2024").blank
    True
    """
    folded = fold(text)
    found = _DATE.match(folded)
    if found is not None:
        day, month = _number(found["day"]), _number(found["month"])
        return _build(found, day, month, _year(found["year"]))
    spelt = _WORDS.match(folded)
    if spelt is not None:
        return _build(
            spelt, _spelt(spelt["day"]), _spelt(spelt["month"]), _spelt(spelt["year"]) or _year(spelt["year"])
        )
    return None


def _build(found: re.Match[str], day: int | None, month: int | None, year: int | None) -> PlaceDate:
    date = _date(year, month, day)
    complete = None not in (day, month, year)
    start = found.end("place")
    return PlaceDate(
        place=found.span("place"),
        date=date,
        year=year,
        blank=not complete,
        misread=complete and date is None,
        date_span=(start, found.end()),
        day=day,
        month=month,
    )


def _date(year: int | None, month: int | None, day: int | None) -> dt.date | None:
    if year is None or month is None or day is None:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _number(text: str | None) -> int | None:
    """A day or month; `o`, `l`, `i`, `s` are how OCR misreads 0, 1, 1, 5."""
    return int(text.translate(str.maketrans("oli|s", "01115"))) if text else None


def _year(text: str | None) -> int | None:
    if not text:
        return None
    digits = text.strip().translate(str.maketrans("ol|", "011"))
    if len(digits) != 4 or not digits.isdigit() or not 1945 <= int(digits) <= 2100:
        return None
    return int(digits)


def _spelt(text: str) -> int | None:
    """A number in words below ten thousand: `hai mươi lăm`, `hai nghìn không trăm hai mươi tư`."""
    total = unit = 0
    for word in text.replace(",", " ").rstrip(" .").split():
        if word in _SCALES:
            total += (unit or (1 if word == "muoi" else 0)) * _SCALES[word]
            unit = 0
        elif word in _UNITS:
            unit = _UNITS[word]
        else:
            return None
    return total + unit or None
