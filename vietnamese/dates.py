"""Days as printed (`ngày 05 tháng 8 năm 2024`, `15/8/2024`, `15-8`, `mùng 5 tháng 9`), and days counted from them."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from vietnamese.figures import has_figure
from vietnamese.fold import fold
from vietnamese.numerals import read_words


class PrintedDate(NamedTuple):
    """A day as printed at characters `start:end`; `month` and `year` are None where they are not printed."""

    start: int
    end: int
    day: int
    month: int | None
    year: int | None

    def within(self, month: int | None, year: int | None) -> dt.date | None:
        """The day, with what is missing taken from `month` and `year`; None while incomplete, or if impossible."""
        return make_date(self.year or year, self.month or month, self.day)


def make_date(year: int | None, month: int | None, day: int | None) -> dt.date | None:
    """The date, or None where a part is unknown, the day does not exist (31/9) or the year is a slip (2926)."""
    if year is None or month is None or day is None or not 1900 <= year < 2100:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


_MONTH_WORDS = r"hai|ba|tu|sau|bay|tam|chin|muoi(?: mot| hai)?"
"""Months in words. Not `năm`: a blank form reads `ngày tháng năm 2024`. Not `giêng`, `chạp`: those are lunar."""

_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])"
_LEAD = r"(?:(?:ngay|hom|mung|mong)(?:\s*:)?\s+)"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_EDGE = r"(?![\d]|[.,]\d|\s?[%/]\s?\d)"

_LONG = re.compile(
    rf"{_LEAD}{{0,2}}(?<![\w/.,\-])(?<!tuan )(?<!tuan thu ){_DAY}\s*,?\s+"
    rf"thang\s+(?P<month>1[0-2]|0?[1-9]|{_MONTH_WORDS})\b(?:\s*,?\s*nam\s+{_YEAR}\b|\s*[/\-]\s*(?P<short>(?:19|20)\d\d)\b)?"
)
_FULL = re.compile(
    rf"{_LEAD}?(?<![\w/.,\-]){_DAY}\s*(?P<mark>[/.\-–])\s*(?P<month>1 ?[0-2]|0?[1-9])\s*(?P=mark)\s*{_YEAR}{_EDGE}"
)
_SHORT_YEAR = re.compile(
    rf"{_LEAD}(?<![\w/.,\-]){_DAY}(?P<mark>[/.\-])(?P<month>1[0-2]|0?[1-9])(?P=mark)(?P<short>[12]\d){_EDGE}"
)
_NO_YEAR = re.compile(
    rf"{_LEAD}(?<![\w/.,\-]){_DAY}\s?(?P<mark>[/\-.])\s?(?P<month>1[0-2]|0?[1-9])(?!\d|\s?[/\-.]\s?\d|\s\d{{1,2}}\s?[/\-.])"
)
_DAY_ONLY = re.compile(
    rf"{_LEAD}{_DAY}(?!\w|\s?[/\-.]\s?\d|\s*thang\s+(?:\d|(?:{_MONTH_WORDS.replace('tu|sau|', '')})\b))"
)
"""Not before a month in words; `tháng tư` and `tháng sáu`, which fold like others, were found before."""
_IMPOSSIBLE = re.compile(
    r"(?:ngay\s+)(?<!\d)(?P<day>\d{1,2})\s*(?P<mark>[/\-.])\s*(?P<month>\d{1,2})(?:\s*(?P=mark)\s*(?P<year>\d{4}))?"
    r"(?!\d|[/.]\d|\s\d{1,2}\s?[/\-.])"
)
_LUNAR = re.compile(r"\s*,?\s*(?:\(?\s*(?:tuc|nham)?\s*(?:ngay\s+)?am lich|tet\b|thang (?:gieng|chap)\b)")
_PATTERNS = (_FULL, _SHORT_YEAR, _NO_YEAR, _DAY_ONLY, _IMPOSSIBLE)


def find_dates(folded: str, text: str | None = None) -> list[PrintedDate]:
    """The days printed in folded text, in order, the longest reading of each place; lunar days are left out.

    `text` is the same text with its marks: without it `tháng tư` and `tháng sáu` cannot be told from `từ`, `sau`.

    A day and month alone (`15/8`) or a day alone (`25`) are read only after `ngày`, `mùng`, `mồng` or `hôm`. A day
    that does not exist is returned too, so that a caller may say so; its `within` gives None.
    """
    if not has_figure(folded):
        return []
    found: list[PrintedDate] = []
    taken = bytearray(len(folded))
    for pattern in (_LONG, *_PATTERNS) if "thang" in folded else _PATTERNS:
        for match in pattern.finditer(folded):
            start, end = match.span()
            free = not any(taken[start:end])
            if free and not _LUNAR.match(folded, end) and month_is_sure(match, "month", text):
                found.append(_printed(match))
                taken[start:end] = b"\1" * (end - start)
    return sorted(found)


def month_is_sure(match: re.Match[str], group: str, text: str | None) -> bool:
    """Whether a month in words is one: `tư` and `sáu` fold like `từ` and `sau`, so their marks must be seen."""
    word = match.groupdict().get(group)
    if word not in ("tu", "sau"):
        return True
    return text is not None and text[match.start(group) : match.end(group)].lower() in ("tư", "sáu")


def _printed(match: re.Match[str]) -> PrintedDate:
    parts = match.groupdict()
    month = parts.get("month")
    return PrintedDate(
        match.start(), match.end(), int(parts["day"]), None if month is None else _month(month), _year(parts)
    )


def _month(text: str) -> int:
    digits = text.replace(" ", "")
    return int(digits) if digits.isdigit() else int(read_words(text) or 0)


def _year(parts: dict[str, str | None]) -> int | None:
    printed = parts.get("year") or parts.get("short")
    if printed is None:
        return None
    return int(printed) + (2000 if len(printed) == 2 else 0)


def read_date(text: str) -> dt.date | None:
    """The date of a text that prints exactly one full date and nothing else, or None.

    >>> read_date("ngày 05 tháng 8 năm 2024"), read_date("31/9/2024")
    (datetime.date(2024, 8, 5), None)
    """
    folded = fold(text).strip()
    dates = find_dates(folded, text.strip())
    if len(dates) != 1 or (dates[0].start, dates[0].end) != (0, len(folded)):
        return None
    return dates[0].within(None, None)


_TYPES = (
    "van ban|cong van|cong dien|ke hoach|chi thi|thong bao|huong dan|quyet dinh|nghi quyet|giay moi|ket luan"
    "|chuong trinh"
)
_THIS = rf"(?: (?:{_TYPES}) nay| van ban| cong van)?"
"""Without `này` other types may be another body's, or yet to be written."""
_ARRIVAL = re.compile(rf"(?:ngay |khi )?(?:tiep )?nhan(?: duoc)?{_THIS}|ngay{_THIS} den")
_ISSUE = re.compile(
    rf"(?:ngay )?(?:ky|ban hanh|phat hanh)(?: ban hanh| phat hanh)?{_THIS}"
    rf"|ngay(?: (?:ra|co))? (?:{_TYPES}) nay(?: duoc (?:ky|ban hanh|phat hanh)(?: ban hanh)?)?"
    r"|(?:ngay )?hom nay|nay|ngay ky(?:,)? ban hanh"
)
_LENGTH = re.compile(r"P(\d+)([DWMY])")
_UNITS = {"D": "days", "W": "weeks", "M": "months", "Y": "years"}


def names_issue(anchor: str) -> bool:
    """Whether an anchor is the day on which the dispatch itself was signed or sent out.

    >>> names_issue("ngày ký Quyết định này"), names_issue("ngày ký hợp đồng")
    (True, False)
    """
    return _ISSUE.fullmatch(fold(anchor)) is not None


def names_arrival(anchor: str) -> bool:
    """Whether an anchor is the day on which the dispatch itself arrives: `ngày nhận được văn bản này`."""
    return _ARRIVAL.fullmatch(fold(anchor)) is not None


def day_in_figures(anchor: str) -> dt.date | None:
    """The day of an anchor that is nothing but a full date."""
    folded = fold(anchor)
    dates = find_dates(folded)
    if len(dates) != 1 or (dates[0].start, dates[0].end) != (0, len(folded)):
        return None
    return dates[0].within(None, None)


def counted_from(day: dt.date, timex: str) -> dt.date | None:
    """The last day of a length in days, weeks, months or years (`P15D`), None for another one.

    The day from which it runs does not count (Bộ luật Dân sự 2015, Điều 147).

    >>> counted_from(dt.date(2024, 7, 29), "P5D")
    datetime.date(2024, 8, 3)
    """
    length = _LENGTH.fullmatch(timex)
    if length is None:
        return None
    try:
        return day + relativedelta(**{_UNITS[length[2]]: int(length[1])})  # type: ignore[arg-type]  # no computed names
    except (OverflowError, ValueError):
        return None
