"""A screen of the register says what the whole register says: the same lines, in the same order, as many."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from bench.filled import TODAY, put_rows
from congvan.archive.archive import Archive
from congvan.register.agenda import DueSpan, agenda, without_old
from congvan.register.agenda import whose as whose_is
from congvan.register.entries import Entry, Query, Status, list_deadlines
from congvan.register.screens.asked import Group, Whose
from congvan.register.screens.due_screen import open_register
from congvan.register.screens.front import count_old, first_lines, fronts
from congvan.register.settings import DeadlineReading, OwnUnit, Settings

DAY = dt.timedelta(days=1)
OURS = OwnUnit(names=("Phòng Nội vụ huyện", "UBND xã Đồng Lau"))
EVERY_SETTING = (Settings(), Settings(deadlines=DeadlineReading(before="printed"), unit=OURS))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    archive = Archive(tmp_path_factory.mktemp("screens") / "archive")
    put_rows(archive, 400)
    rng = random.Random(3)
    for entry in list_deadlines(archive.engine, Query(TODAY), Settings()):
        if rng.random() < 0.15:
            archive.handle(entry.id, rng.choice(("done", "not_ours", "open")))
        if "@" in entry.id and rng.random() < 0.1:
            archive.handle(entry.id.partition("@")[0], rng.choice(("done", "not_ours")))
    return archive


def by_the_whole(archive: Archive, settings: Settings) -> dict[Group, list[Entry]]:
    """The groups as they follow from all lines."""
    engine = archive.engine
    every = list_deadlines(engine, Query(TODAY), settings)
    coming = list_deadlines(engine, Query(TODAY, TODAY, TODAY + 60 * DAY), settings)
    still = [one for one in coming if one.status is Status.OPEN and one.due]
    return {
        Group.LATE: [one for one in every if one.status is Status.LATE and one.due and one.due >= TODAY - 365 * DAY],
        Group.WEEK: [one for one in still if one.due and one.due <= TODAY + 7 * DAY],
        Group.LATER: [one for one in still if one.due and one.due > TODAY + 7 * DAY],
        Group.UNDATED: [one for one in every if one.status is Status.OPEN and one.due is None],
    }


@pytest.mark.parametrize("settings", EVERY_SETTING)
def test_open_groups_are_those_of_the_whole_register(filled: Archive, settings: Settings) -> None:
    expected = by_the_whole(filled, settings)
    with open_register(filled.engine, TODAY, settings) as register:
        for group, lines in expected.items():
            assert len(lines) > 20, group
            assert register.count(group) == len(lines), group
            found = register.lines(group, 0, len(lines) + 5)
            assert [one.id for one in found] == [one.id for one in lines], group
            assert found == lines
            assert register.lines(group, 7, 6) == lines[7:13]


def test_those_of_a_unit_and_ours_alone(filled: Archive) -> None:
    settings = EVERY_SETTING[1]
    expected = by_the_whole(filled, settings)
    with open_register(filled.engine, TODAY, settings, whose=Whose.OURS) as register:
        for group, lines in expected.items():
            assert register.lines(group, 0, 10_000) == [one for one in lines if one.ours]
    with open_register(filled.engine, TODAY, settings, unit="công an") as register:
        for group, lines in expected.items():
            named = [one for one in lines if "Công an" in (one.assignees or "")]
            assert register.lines(group, 0, 10_000) == named
            assert register.count(group) == len(named)


@pytest.mark.parametrize("status", [Status.DONE, Status.NOT_OURS])
def test_what_has_a_day_and_is_closed(filled: Archive, status: Status) -> None:
    group = Group(status.value)
    query = Query(TODAY, TODAY - 365 * DAY, TODAY + 365 * DAY, status=status)
    expected = [one for one in list_deadlines(filled.engine, query, Settings()) if one.kind != "recurring"]
    with open_register(filled.engine, TODAY, Settings()) as register:
        found = register.lines(group, 0, 10_000)
        assert register.count(group) == len(found)
    assert [one for one in found if one.kind != "recurring"] == expected and expected
    series = [one for one in found if one.kind == "recurring"]
    assert series and all(one.status is status for one in series)


def test_nothing_of_a_hidden_file_is_counted_or_shown(filled: Archive) -> None:
    expected = by_the_whole(filled, Settings())
    hidden = {one.dispatch_id for lines in expected.values() for one in lines[::3]}
    with open_register(filled.engine, TODAY, Settings(), hidden) as register:
        for group, lines in expected.items():
            kept = [one for one in lines if one.dispatch_id not in hidden]
            assert register.count(group) == len(kept)
            assert register.lines(group, 0, 10_000) == kept


def test_a_month_shows_the_first_of_each_day_and_how_many_more(filled: Archive) -> None:
    expected = by_the_whole(filled, Settings())[Group.WEEK]
    days = [TODAY + n * DAY for n in range(8)]
    with open_register(filled.engine, TODAY, Settings()) as register:
        found = register.by_day(days, 2)
    for day in days:
        of_day = [one for one in expected if one.due == day]
        assert found[day].shown[: len(of_day)] == of_day[:2]
        assert len(found[day].shown) + found[day].more >= len(of_day)


def test_the_front_counts_each_span_and_shows_its_first(filled: Archive) -> None:
    settings = EVERY_SETTING[1]
    query = Query(TODAY, TODAY - 30 * DAY, TODAY + 30 * DAY)
    every = [one for one in list_deadlines(filled.engine, query, settings) if one.kind != "recurring"]
    expected = {section.span: section.entries for section in agenda(every, TODAY)}
    assert set(expected) >= {DueSpan.LATE, DueSpan.NEXT_WEEK, DueSpan.LATER, DueSpan.CLOSED}
    with open_register(filled.engine, TODAY, settings) as register:
        found = fronts(register, query, 10_000)
        few = fronts(register, query, 3)
        together = first_lines(register, query, 10_000)
    shown = {front.section.span: [one for one in front.section.entries if one.kind != "recurring"] for front in found}
    assert {span: lines for span, lines in shown.items() if lines} == expected
    assert all(front.number == len(front.section.entries) for front in found)
    assert [front.number for front in few] == [front.number for front in found]
    assert all(len(front.section.entries) == min(3, front.number) for front in few)
    assert [one for one in together if one.kind != "recurring"] == every


@pytest.mark.parametrize("status", list(Status))
def test_the_front_of_one_status(filled: Archive, status: Status) -> None:
    with open_register(filled.engine, TODAY, Settings()) as register:
        found = fronts(register, Query(TODAY, status=status), 10_000)
    assert found and all(one.status is status for front in found for one in front.section.entries)
    has_undated = any(front.section.span is DueSpan.EVENT for front in found)
    assert has_undated == (status is Status.OPEN)


def test_ours_and_those_that_name_nobody(filled: Archive) -> None:
    settings = EVERY_SETTING[1]
    every = by_the_whole(filled, settings)[Group.LATE]
    expected = [one for one in every if whose_is(one) < 2]
    with open_register(filled.engine, TODAY, settings, whose=Whose.OURS_OR_NOBODYS) as register:
        assert register.lines(Group.LATE, 0, 10_000) == expected


def test_old_ones_are_counted_apart(filled: Archive) -> None:
    every = list_deadlines(filled.engine, Query(TODAY), Settings())
    _, old = without_old(every, TODAY)
    with open_register(filled.engine, TODAY, Settings()) as register:
        assert count_old(register, Query(TODAY)) == old > 0
