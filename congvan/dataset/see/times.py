"""The period of a figure: from its column's heading, then the table's caption, then the dispatch's year."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from congvan.dataset.see.headings import Meaning
from congvan.dataset.see.vocabulary import measures
from vietnamese.dates import find_dates, make_date
from vietnamese.fold import fold, nfc
from vietnamese.periods import PrintedPeriod, find_periods

_UP_TO = re.compile(r"\b(?:den|tinh den|den het|den ngay|tinh den ngay)\s+(?:ngay\s+)?$")
_BARE_DAY = re.compile(r"\b(?:den|tinh den)(?: ngay)? (\d{1,2})/(\d{1,2})(?![/\d])")
_BARE_MONTHS = re.compile(r"\b(\d{1,2}) thang\b(?! \d)")
_BARE_YEAR = re.compile(r"(?<![\d/.-])20\d\d(?![\d/.-])")
_FROM_TO = re.compile(r"\btu (?:thang )?0?(\d{1,2})(?:/(\d{4}))? den (?:thang )?0?(\d{1,2})/(\d{4})")


@dataclass(frozen=True)
class Time:
    """First and last day; the day up to which was counted; whether it runs from the year's beginning up to then."""

    start: dt.date | None = None
    end: dt.date | None = None
    as_of: dt.date | None = None
    cumulative: bool = False


@lru_cache(maxsize=100_000)
def time_of(path: tuple[str, ...], caption: str, meaning: Meaning, year: int | None) -> Time:
    """The time of a column. A plan without a time of its own is for the whole year that the caption speaks of."""
    of_caption = _read(caption, year)
    known = of_caption.end.year if of_caption and of_caption.end else year
    found = _read(" ".join(path), known)
    if found is None and meaning.status == "plan":
        whole = of_caption is not None and of_caption.start is not None and not of_caption.cumulative
        found = of_caption if whole else _year(known)
    found = found or of_caption or Time()
    if meaning.measure and measures()[meaning.measure].stock and meaning.status != "plan":
        found = Time(None, found.as_of or found.end, found.as_of)
    return _year_before(found) if meaning.last_year else found


def _read(text: str, year: int | None) -> Time | None:
    folded = fold(nfc(text))
    return _from_to(folded) or _up_to(folded, year) or _period(folded, year)


def _from_to(folded: str) -> Time | None:
    match = _FROM_TO.search(folded)
    if match is None:
        return None
    last_year = int(match[4])
    start = make_date(int(match[2] or last_year), int(match[1]), 1)
    end = _month_end(last_year, int(match[3]))
    return Time(start, end, cumulative=start is not None and start.month == 1) if start and end else None


def _up_to(folded: str, year: int | None) -> Time | None:
    for day in find_dates(folded):
        if _UP_TO.search(folded[: day.start]) or folded[: day.start].rstrip().endswith("den"):
            as_of = day.within(None, year)
            if as_of is not None:
                return Time(dt.date(as_of.year, 1, 1), as_of, as_of, cumulative=True)
    bare = _BARE_DAY.search(folded)
    as_of = make_date(year, int(bare[2]), int(bare[1])) if bare else None
    return Time(dt.date(as_of.year, 1, 1), as_of, as_of, cumulative=True) if as_of else None


def _period(folded: str, year: int | None) -> Time | None:
    printed = find_periods(folded)
    finer = [period for period in printed if period.unit != "year"] or printed
    if len({(period.unit, period.number, period.to_number, period.year) for period in finer}) == 1:
        return _printed(finer[0], printed, year)
    months = _BARE_MONTHS.search(folded) if not printed else None
    years = set(_BARE_YEAR.findall(folded)) if not printed else set()
    if len(years) == 1 and not months:
        return _year(int(years.pop()))
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


def _year(year: int | None) -> Time | None:
    return Time(dt.date(year, 1, 1), dt.date(year, 12, 31)) if year else None


def _year_before(time: Time) -> Time:
    return Time(_back(time.start), _back(time.end), _back(time.as_of), time.cumulative)


def _back(day: dt.date | None) -> dt.date | None:
    """The same day a year before; 29 February becomes the 28th."""
    if day is None:
        return None
    return make_date(day.year - 1, day.month, day.day) or dt.date(day.year - 1, day.month, day.day - 1)
