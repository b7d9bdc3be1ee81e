"""The time that a heading, caption, title or sentence prints: a stretch of days, or the day up to which was counted."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from itertools import pairwise

from vietnamese.dates import PrintedDate, find_dates, make_date
from vietnamese.fold import fold, nfc
from vietnamese.periods import PrintedPeriod, find_periods

_UP_TO = re.compile(r"\b(?:den|tinh den|den het|den ngay|tinh den ngay)\s+(?:het )?(?:ngay\s+)?$")
_UP_TO_PERIOD = re.compile(r"\b(?:tinh )?den(?: het)?\s+$")
_ON = re.compile(r"\b(?:tai thoi diem|thoi diem|tai ngay|co mat(?: den)?(?: ngay)?|co den(?: ngay)?)\s+(?:ngay\s+)?$")
_FROM = re.compile(r"\btu\s+(?:ngay\s+)?$")
_BARE_DAY = re.compile(r"\b(?:den|tinh den)(?: ngay)? (\d{1,2})/(\d{1,2})(?![/\d])")
_BARE_MONTHS = re.compile(
    r"(?<!\btu )(?<!\btren )(?<!\bduoi )(?<!\bqua )(?<!\bnhat )(?<!\bthieu )(?<!\bcham )"
    r"\b(\d{1,2}) thang\b(?! \d| tuoi| tro len| tro xuong| lien)(?: (?:dau )?nam (20\d\d))?"
)
"""The first months of a year; `từ 03 tháng trở lên` is how long something lasts."""
_WHOLE_YEAR = re.compile(r"\bca nam\b")
_BARE_YEAR = re.compile(r"(?<![\d/.-])20\d\d(?![\d/.-])")
_PART_OF_YEAR = re.compile(r"\b(?:dau|giua|cuoi) nam 20\d\d")
_BARE_TIMES = re.compile(r"\b\d{1,2}/\d{1,2}\b|\b20\d\d\b|\b\d{1,2} thang\b(?: (?:dau|cuoi) nam\b)?")
_FROM_TO = re.compile(r"\btu (?:thang )?0?(\d{1,2})(?:/(\d{4}))? den (?:thang )?0?(\d{1,2})/(\d{4})")
_TORN = re.compile(r"(?<=/)(?:(20\d) (\d)|(20) (\d\d)|(2) (0\d\d))\b")
"""A year that a narrow column breaks: `15/9/202 4`."""
_SPAN = re.compile(
    r"\b(?P<what>nam hoc|giai doan|nhiem ky|nien do|tu nam|nam)?\s*(?P<first>20\d\d)\s*"
    r"(?:-|–|den(?: nam)?)\s*(?P<last>20\d\d)(?!\d)"
)
"""Two years: `năm học 2022 - 2023`, `giai đoạn 2021 - 2025`."""
_STRETCHES = ("giai doan", "nien do", "tu nam", "nam")
"""What two years are a period of; a term of office (`nhiệm kỳ 2020 - 2025`) is none of the figures in it."""
_SCHOOL_FIRST, _SCHOOL_LAST = (9, 5), (5, 31)
"""A school year opens on 5 September and ends before 31 May (the frame of every school year that the Ministry of
Education and Training sets)."""


@dataclass(frozen=True)
class Time:
    """First and last day; the day up to which was counted; whether it runs from the year's beginning up to then."""

    start: dt.date | None = None
    end: dt.date | None = None
    as_of: dt.date | None = None
    cumulative: bool = False


def read_time(text: str, year: int | None) -> Time | None:
    """The one time that a text prints, its year taken from `year` where none is printed; None where in doubt."""
    folded = _mended(fold(nfc(text)))
    return _of_two_years(folded) or _from_to(folded) or _up_to(folded, year) or _period(folded, year)


def _mended(folded: str) -> str:
    """The text with its broken years whole; as long as before."""
    return _TORN.sub(lambda torn: "".join(filter(None, torn.groups())) + " ", folded)


def without_times(text: str) -> str:
    """The text without its days and periods, each character else in its place."""
    spans = [match.span() for match in _TORN.finditer(fold(nfc(text)))]
    folded = _mended(fold(nfc(text)))
    spans += [match.span() for match in _SPAN.finditer(folded)]
    spans += [match.span() for match in _FROM_TO.finditer(folded)]
    spans += [(day.start, day.end) for day in find_dates(folded)]
    spans += [match.span() for match in _BARE_TIMES.finditer(folded)]
    spans += [(period.start, period.end) for period in find_periods(folded)]
    letters = list(nfc(text))
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    return "".join(letters)


def whole_year(year: int | None) -> Time | None:
    """A year from its first day to its last."""
    return Time(dt.date(year, 1, 1), dt.date(year, 12, 31)) if year else None


def _of_two_years(folded: str) -> Time | None:
    """A school year, or the years from one to another; the year before it, compared with, is none."""
    found = {(match["what"], int(match["first"]), int(match["last"])) for match in _SPAN.finditer(folded)}
    if len(found) != 1:
        return None
    [(what, first, last)] = found
    if what == "nam hoc" and last == first + 1:
        return Time(dt.date(first, *_SCHOOL_FIRST), dt.date(last, *_SCHOOL_LAST))
    if what not in _STRETCHES or first >= last:
        return None
    return Time(dt.date(first, 1, 1), dt.date(last, 12, 31))


def is_school_year(time: Time) -> bool:
    """Whether a time is a school year, of which what there is is told for the whole of it."""
    ends = time.start and time.end and ((time.start.month, time.start.day), (time.end.month, time.end.day))
    return ends == (_SCHOOL_FIRST, _SCHOOL_LAST)


def _from_to(folded: str) -> Time | None:
    match = _FROM_TO.search(folded)
    if match is None:
        return _from_day_to_day(folded)
    last_year = int(match[4])
    start = make_date(int(match[2] or last_year), int(match[1]), 1)
    end = _month_end(last_year, int(match[3]))
    return Time(start, end, cumulative=start is not None and start.month == 1) if start and end else None


def _from_day_to_day(folded: str) -> Time | None:
    """`từ ngày 15/12/2023 đến ngày 14/6/2024`; a first day without a year takes that of the last."""
    days = find_dates(folded)
    for first, last in pairwise(days):
        if _FROM.search(folded[: first.start]) and _UP_TO.search(folded[first.end : last.start]):
            end = last.within(None, None)
            start = first.within(None, end.year) if end else None
            if start and end and start <= end:
                return Time(start, end, cumulative=(start.month, start.day) == (1, 1))
    return None


def _up_to(folded: str, year: int | None) -> Time | None:
    for day in find_dates(folded):
        before = folded[: day.start]
        if _UP_TO.search(before) or before.rstrip().endswith("den"):
            as_of = _day(day, year)
            if as_of is not None:
                return _year_up_to(as_of)
        if _ON.search(before) and (as_of := _day(day, year)) is not None:
            return Time(None, as_of, as_of)
    for period in find_periods(folded):
        days = period.within(year) if period.unit in ("month", "quarter") and not period.part else None
        if days and not period.to_number and _UP_TO_PERIOD.search(folded[: period.start]):
            return _year_up_to(days.last)
    bare = _BARE_DAY.search(folded)
    as_of = make_date(year, int(bare[2]), int(bare[1])) if bare else None
    return _year_up_to(as_of) if as_of else None


def _day(day: PrintedDate, year: int | None) -> dt.date | None:
    return day.within(None, year)


def _year_up_to(as_of: dt.date) -> Time:
    return Time(dt.date(as_of.year, 1, 1), as_of, as_of, cumulative=True)


def _period(folded: str, year: int | None) -> Time | None:
    printed = find_periods(folded)
    finer = [period for period in printed if period.unit != "year"] or printed
    months = _BARE_MONTHS.search(folded) if all(period.unit == "year" for period in printed) else None
    years = {period.year for period in printed if period.year} or set(map(int, _BARE_YEAR.findall(folded)))
    first_months = _first_months(months, years.pop() if len(years) == 1 else year if not years else None)
    if first_months:
        return first_months
    if len({(period.unit, period.number, period.to_number, period.year) for period in finer}) == 1:
        return _printed(finer[0], printed, year)
    bare = set(_BARE_YEAR.findall(folded)) if not printed and not _PART_OF_YEAR.search(folded) else set()
    if len(bare) == 1:
        return whole_year(int(bare.pop()))
    return whole_year(year) if _WHOLE_YEAR.search(folded) and not printed else None


def _first_months(months: re.Match[str] | None, year: int | None) -> Time | None:
    """`9 tháng`: the first nine of the year."""
    year = int(months[2]) if months and months[2] else year
    if months and year and 1 <= int(months[1]) < 12:
        return Time(dt.date(year, 1, 1), _month_end(year, int(months[1])), cumulative=True)
    return None


def _printed(period: PrintedPeriod, printed: list[PrintedPeriod], year: int | None) -> Time | None:
    years = {each.year for each in printed if each.year}
    days = period.within(years.pop() if len(years) == 1 else year)
    if days is None or period.part:
        return None
    spans_months = period.unit in ("month", "half") and days.first.month == 1 and days.last.month not in (1, 12)
    return Time(days.first, days.last, cumulative=spans_months)


def _month_end(year: int, month: int) -> dt.date | None:
    first = make_date(year + month // 12, month % 12 + 1, 1)
    return first - dt.timedelta(days=1) if first else None
