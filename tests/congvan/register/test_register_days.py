"""Limits in words, through the parser and the index, to the days on which the register and the calendar have them."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import Any

import pytest
import recurring_ical_events
from icalendar import Calendar

from congvan.archive.archive import Archive
from congvan.archive.index.index import add, clear
from congvan.archive.truth.handling import ACTS
from congvan.archive.truth.log import make_event
from congvan.register.calendar import calendar_of
from congvan.register.entries import Entry, Query, Status, list_deadlines
from congvan.register.recurring import due_dates
from congvan.register.settings import DeadlineReading, Settings
from schemas.dispatch import Dispatch, Header
from schemas.rrule import Recurrence
from schemas.source import Source
from tests.parsers.deadlines.test_deadline_phrases import CASES, PHRASES, read
from tests.support.sources import KNOWN

DAYS = tomllib.loads((KNOWN / "register_days.toml").read_text(encoding="utf-8"))
STAMP = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
SENTENCES = {case[0] for case in PHRASES["sentences"]}
PRINTED = Settings(deadlines=DeadlineReading(before="printed"))


def day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return Archive(tmp_path_factory.mktemp("register"))


@pytest.fixture
def archive(shared: Archive) -> Archive:
    """An empty index; nothing is written beside it."""
    with shared.engine.begin() as connection:
        clear(connection)
    return shared


def register(archive: Archive, words: str, issued: str, arrived: str = "") -> None:
    text = words if words in SENTENCES else f"Các xã gửi báo cáo về Phòng {words}."
    found, _ = read(text, issued)
    assert len(found) == 1, words
    source = Source(name="a.txt", media_type="text/plain", size=1, sha256=f"{1:064x}", reader="text")
    header = Header.model_validate({"so_hieu": "1/UBND-NV", "date": issued, "year": int(issued[:4])})
    with archive.engine.begin() as connection:
        add(connection, Dispatch(id=source.sha256, source=source, header=header, deadlines=found))
        if arrived:
            ACTS["arrive"](connection, make_event("arrive", dispatch_id=source.sha256, number=1, date=arrived))


def listed(archive: Archive, query: Query, settings: Settings | None = None) -> list[Entry]:
    return list_deadlines(archive.engine, query, settings or Settings())


@pytest.mark.parametrize("case", DAYS["counted"] + DAYS["recurring"], ids=lambda case: f"{case[0]} [{case[1]}]")
def test_days_in_the_register(archive: Archive, case: list[Any]) -> None:
    words, issued, arrived, first, last, due = case
    register(archive, words, issued, arrived)
    today = day(first) or day(issued)
    assert today
    found = listed(archive, Query(today, day(first), day(last)))
    assert [entry.due.isoformat() if entry.due else "" for entry in found] == due


@pytest.mark.parametrize("case", DAYS["recurring"], ids=lambda case: f"{case[0]} [{case[1]}]")
def test_the_rule_in_the_calendar_gives_the_same_days(archive: Archive, case: list[Any]) -> None:
    words, issued, _, first, last, due = case
    register(archive, words, issued)
    start, end = day(first) or day(issued), day(last) or day(due[-1])
    assert start and end
    calendar = Calendar.from_ical(calendar_of(listed(archive, Query(start, start, end)) or [], STAMP))
    events = recurring_ical_events.of(calendar).between(start, end + dt.timedelta(days=1))
    days = sorted({str(event["DTSTART"].dt)[:10] for event in events})
    assert days == due or (not listed(archive, Query(start, start, end)) and days == [])


LIMITS = [case for case in CASES if case[1] and case[5] != "!past_date"]
"""Of dispatches with a day of issue, and not past when they were issued."""


@pytest.mark.parametrize("case", LIMITS, ids=lambda case: f"{case[0]} [{case[1]}]")
def test_every_phrase_is_in_the_register(archive: Archive, case: list[Any]) -> None:
    words, issued, _, _, due, more = case
    register(archive, words, issued)
    today = day(issued)
    assert today
    entries = listed(archive, Query(today))
    assert len({entry.id.split("@")[0] for entry in entries}) == 1
    if due:
        [entry] = entries
        assert (entry.due, entry.status) == (day(due), Status.OPEN)
        assert entry.due_time == (more if ":" in more else entry.due_time)
    else:
        assert all(entry.due is None or entry.due >= today for entry in entries)
    printed = listed(archive, Query(today), PRINTED)
    for strict, other in zip(entries, printed, strict=False):
        assert strict.other is None or (strict.other == other.due and other.other == strict.due)


def test_there_are_two_hundred() -> None:
    assert len(LIMITS) >= 200 and len(DAYS["counted"]) + len(DAYS["recurring"]) >= 60


@pytest.mark.parametrize(
    ("recurrence", "before", "rule"),
    [
        ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=31", False, "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"),
        ("FREQ=YEARLY;BYMONTH=2,8;BYMONTHDAY=30", False, "FREQ=MONTHLY;BYMONTH=2,8;BYMONTHDAY=28,29,30;BYSETPOS=-1"),
        ("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30", True, "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=29"),
        ("FREQ=MONTHLY;BYMONTHDAY=15,-1", True, "FREQ=MONTHLY;BYMONTHDAY=14,-2"),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=25", True, "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=24"),
        ("FREQ=WEEKLY;BYDAY=MO,TH", True, "FREQ=WEEKLY;BYDAY=SU,WE"),
        ("FREQ=DAILY;INTERVAL=15", False, "FREQ=DAILY;INTERVAL=15"),
    ],
)
def test_rules(recurrence: str, before: bool, rule: str) -> None:
    assert str(due_dates(Recurrence.of(recurrence), a_day_before=before)) == rule
