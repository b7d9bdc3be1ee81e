"""Several processes at one archive: each waits its turn, none loses what another did, none sees a locked database."""

from __future__ import annotations

import datetime as dt
import multiprocessing
from pathlib import Path

import pytest
from sqlalchemy import select

from congvan.archive.archive import Archive
from congvan.archive.index.person_tables import voids
from congvan.archive.index.search import search
from congvan.archive.index.sql_tables import arrivals
from tests.support.clerk import clerk, dump, lost, needs_fork, register

DAY = dt.date(2024, 8, 5)
AT_ONCE = 25


@needs_fork
@pytest.mark.slow
def test_what_two_clerks_do_at_once_is_all_kept(tmp_path: Path) -> None:
    with clerk(tmp_path, 1, 60) as (one, ones), clerk(tmp_path, 2, 60) as (other, others):
        for _ in range(20):  # a third only looks
            search(Archive(tmp_path).engine, "rà soát")
        one.join()
        other.join()
        deeds = [*ones(), *others()]
    assert len(deeds) == 120
    assert lost(tmp_path, deeds) == []
    numbers = [facts["number"] for what, facts in deeds if what == "arrive"]
    with Archive(tmp_path).engine.connect() as connection:
        kept = sorted(connection.scalars(select(arrivals.c.number)))
        void = sorted(connection.scalars(select(voids.c.number)))
    assert sorted([*kept, *void]) == list(range(1, len(kept) + len(void) + 1)) and set(kept) == set(numbers)
    assert void == sorted(facts["number"] for what, facts in deeds if what == "cancel")


def _correct(root: Path, sha256: str, name: str) -> None:
    archive = Archive(root)
    for number in range(AT_ONCE):
        archive.correct(sha256, "/header/place", f"{name} {number}")


@needs_fork
def test_corrections_of_one_field_form_one_chain(tmp_path: Path) -> None:
    sha256 = register(Archive(tmp_path), b"mot")
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=_correct, args=(tmp_path, sha256, name)) for name in ("An", "Bình")]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    archive = Archive(tmp_path)
    chain = archive.corrections(sha256)
    assert len(chain) == 2 * AT_ONCE
    assert [one.replaced for one in chain] == [None, *(one.value for one in chain[:-1])]
    assert archive.record(sha256).header.place == chain[-1].value and archive.record(sha256).warnings == ()


def _arrive(root: Path, sha256: str) -> None:
    Archive(root).arrive(sha256, DAY, None, None, None)


@needs_fork
def test_a_dispatch_entered_twice_keeps_its_number(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    one, other = register(archive, b"mot"), register(archive, b"hai")
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=_arrive, args=(tmp_path, one)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 4
    assert archive.arrive(other, DAY, None, None, None)["number"] == 2
    assert archive.arrive(one, DAY, None, "Văn phòng", None)["number"] == 1


def _killed_while_entering(root: Path, dispatch_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second clerk is killed at the book: the log is told of the number, the index not yet."""
    second = Archive(root)

    def killed(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(second, "_note_position", killed)
    with pytest.raises(KeyboardInterrupt):
        second.arrive(dispatch_id, DAY, None, None, None)


def test_who_goes_on_after_another_was_killed_mends_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    staying = Archive(tmp_path)
    one, two = (register(staying, data) for data in (b"mot", b"hai"))
    _killed_while_entering(tmp_path, one, monkeypatch)
    assert staying.arrive(two, DAY, None, None, None)["number"] == 2
    before = dump(staying)
    staying.rebuild()
    assert dump(staying) == before and len(before["arrivals"]) == 2


def test_of_two_with_one_number_in_the_log_a_rebuild_keeps_the_one_that_was_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    staying = Archive(tmp_path)
    one, two = (register(staying, data) for data in (b"mot", b"hai"))
    _killed_while_entering(tmp_path, one, monkeypatch)
    monkeypatch.setattr(staying, "_mend", lambda: None)
    assert staying.arrive(two, DAY, None, None, None)["number"] == 1
    before = dump(staying)["arrivals"]
    staying.rebuild()
    assert dump(staying)["arrivals"] == before and len(before) == 1
