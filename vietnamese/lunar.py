"""Days of the lunar calendar that dispatches name: Tết, rằm tháng Giêng, rằm tháng Tám, 10 tháng Ba.

`lunar_years.csv` beside this module has, for each year from 2000 to 2050, the day of its Tết, which of its months is
leap (0: none) and the lengths of its months, computed after Hồ Ngọc Đức's algorithm (meridian 105° E, which Quyết định
số 121/CP of 08/8/1967 makes the calendar of the State).
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from importlib.resources import files


@cache
def _years() -> dict[int, tuple[dt.date, int, tuple[int, ...]]]:
    rows = files(__package__).joinpath("lunar_years.csv").read_text("utf-8").splitlines()[1:]
    parts = (row.split(",") for row in rows)
    return {
        int(year): (dt.date.fromisoformat(first), int(leap), tuple(29 + int(one) for one in long))
        for year, first, leap, long in parts
    }


def lunar_day(year: int, month: int, day: int) -> dt.date | None:
    """The calendar day of a day of a lunar year (its plain, not its leap month); None outside the table.

    >>> lunar_day(2025, 1, 1), lunar_day(2025, 8, 15)
    (datetime.date(2025, 1, 29), datetime.date(2025, 10, 6))
    """
    known = _years().get(year)
    if known is None:
        return None
    first, leap, lengths = known
    before = month - 1 + (1 if leap and month > leap else 0)
    if not 1 <= day <= lengths[before]:
        return None
    return first + dt.timedelta(days=sum(lengths[:before]) + day - 1)
