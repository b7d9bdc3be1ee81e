"""Lengths of time that run from a day, and the words that name the day they run from."""

from __future__ import annotations

import datetime as dt
import re

from dateutil.relativedelta import relativedelta

from vietnamese.dates import find_dates
from vietnamese.fold import fold

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
