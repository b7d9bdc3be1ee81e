"""Địa danh and the date of issue: `Vĩnh Bảo, ngày 29 tháng 7 năm 2024`, with slashes, with blanks, after OCR."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from vietnamese.fold import fold

_DATE = re.compile(
    r"(?P<place>.{0,60}?)[\s,.;:]*\bng[ao][yuvw](?P<day>.{0,14}?)th.{0,2}ng(?P<month>.{0,14}?)n.m"
    r"[\s.,…_*:;]{0,8}(?P<year>[\dol|]{4}|\d{2}(?!\d))?"
)
_SLASHED = re.compile(
    r"(?P<place>.{0,60}?)[\s,.;:]*\bng[ao][yuvw]\s*(?P<day>[\d\s.…_]{0,8}?)\s*[/.-](?P<month>[\d\s.…_]{0,8}?)[/.-]"
    r"\s*(?P<year>\d{4})?"
)
_BARE = re.compile(
    r"\W*(?P<place>[^\W\d][^\d,;:/]{1,40}?),\s*(?:(?P<day>\d{1,2})\s?(?P<mark>[/.-])\s?(?P<month>\d{1,2})\s?(?P=mark)"
    r"\s?(?P<year>\d{4})|(?P<day_>)thang\s+(?P<month_>\d{1,2})\s+nam\s+(?P<year_>\d{4}))\W*$"
)
"""The word ngày left out: `Vĩnh Bảo, 29/7/2024`, `Vĩnh Bảo, tháng 7 năm 2024`."""
_WORDS = re.compile(
    r"(?P<place>.{0,60}?)[\s,]*\bngay\s+(?P<day>[a-z ]{2,20}?)\s+thang\s+(?P<month>[a-z ]{2,12}?)\s+nam\s+(?P<year>.+)$"
)
_EMPTY = re.compile(r"[\s.,…_*:;/]*$")
_NUMBER = re.compile(r"[\s.,…_*:;]*([\dolis|]{1,2})[\s.,…_*:;]*$")
_UNITS = {
    "khong": 0, "linh": 0, "le": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6,
    "bay": 7, "tam": 8, "chin": 9, "gieng": 1, "chap": 12,
}  # fmt: skip
_SCALES = {"muoi": 10, "tram": 100, "nghin": 1000, "ngan": 1000}


_HOUR = re.compile(r"[\s,]*\b(?:vao )?(?:hoi|luc)\s+\d{1,2}\s*(?:gio|h|:).*$")


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
    day_span: tuple[int, int] = (0, 0)


def read_place_date(text: str) -> PlaceDate | None:
    """The place and date of a line, or None.

    >>> read_place_date("Hạ Long, ngày 21 tháng 6 năm 2021").date
    datetime.date(2021, 6, 21)
    >>> read_place_date("Bình Sơn, ngày tháng năm 2024").blank
    True
    """
    folded = fold(text)
    spelt = _WORDS.match(folded)
    if spelt is not None and _spelt(spelt["day"]) and _spelt(spelt["month"]):
        year = _spelt(spelt["year"]) or _year(spelt["year"])
        return _build(spelt, (_spelt(spelt["day"]), _spelt(spelt["month"]), year), misread=False)
    found = _DATE.match(folded) or _SLASHED.match(folded)
    if found is None:
        return _bare(folded)
    slots = (found["day"], found["month"])
    illegible = any(_number(slot) is None and not _EMPTY.match(slot) for slot in slots)
    return _build(found, (_number(slots[0]), _number(slots[1]), _year(found["year"])), misread=illegible)


def _bare(folded: str) -> PlaceDate | None:
    found = _BARE.match(folded)
    if found is None:
        return None
    if found["day"] is None:
        return _build(found, (None, int(found["month_"]), _year(found["year_"])), misread=False)
    return _build(found, (int(found["day"]), int(found["month"]), _year(found["year"])), misread=False)


def _build(found: re.Match[str], parts: tuple[int | None, int | None, int | None], *, misread: bool) -> PlaceDate:
    day, month, year = parts
    date = _date(year, month, day)
    complete = None not in parts
    # A year that no dispatch has is misprinted or misread, not left open.
    misread = misread or (year is None and bool(re.search(r"\d{4}", found.group()[-8:])))
    return PlaceDate(
        place=_without_hour(found),
        date=date,
        year=year,
        blank=not complete and not misread,
        misread=misread or (complete and date is None),
        date_span=(found.end("place"), found.end()),
        day=day,
        month=month,
        day_span=found.span("day"),
    )


def _without_hour(found: re.Match[str]) -> tuple[int, int]:
    """Where the place stands; a công điện prints its hour behind it (`Sơn Hạ, hồi 15 giờ 30 ngày …`)."""
    hour = _HOUR.search(found["place"])
    return found.start("place"), found.start("place") + hour.start() if hour else found.end("place")


def _date(year: int | None, month: int | None, day: int | None) -> dt.date | None:
    if year is None or month is None or day is None:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _number(text: str) -> int | None:
    """A day or month; `o`, `l`, `i`, `s` are how OCR misreads 0, 1, 1, 5."""
    found = _NUMBER.match(text)
    return int(found[1].translate(str.maketrans("oli|s", "01115"))) if found else None


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
