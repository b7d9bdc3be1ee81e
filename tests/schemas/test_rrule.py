"""Rules of recurrence: their text and their fields are one; what is none is refused."""

from __future__ import annotations

import datetime as dt

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.rrule import WEEK, Recurrence

RULES = st.builds(
    Recurrence,
    frequency=st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    interval=st.integers(1, 12),
    months=st.lists(st.integers(1, 12), max_size=4, unique=True).map(tuple),
    month_days=st.lists(st.sampled_from([1, 5, 15, 25, 28, -1]), max_size=3, unique=True).map(tuple),
    weekdays=st.lists(st.sampled_from(WEEK), max_size=3, unique=True).map(tuple),
)


@given(RULES)
def test_a_rule_is_read_back_from_its_text(rule: Recurrence) -> None:
    assert Recurrence.of(str(rule)) == rule


@settings(deadline=None, max_examples=40)  # dateutil walks years of days where a rule is never met
@given(RULES, st.dates(dt.date(2020, 1, 1), dt.date(2026, 12, 31)))
def test_a_series_has_the_days_of_its_text(rule: Recurrence, begin: dt.date) -> None:
    start = dt.datetime.combine(begin, dt.time())
    window = (start, start + dt.timedelta(days=400))
    assert rule.series(begin).between(*window) == rrulestr(str(rule), dtstart=start).between(*window)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "MONTHLY",
        "FREQ=SOMETIMES",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=DAILY;X=1",
        "FREQ=DAILY;BYMONTH=a",
    ],
)
def test_what_is_no_rule_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Recurrence.of(text)
