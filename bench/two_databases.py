"""The index in SQLite beside PostgreSQL: `python scripts/on_postgres.py .venv/bin/python -m bench.two_databases`.

Two archives of the same made-up dispatches (`bench.filled`), asked turn by turn. `--dispatches 20000` by default.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.filled import TODAY, put_rows
from bench.search_speed import phrases_of_the_corpus
from congvan.archive.archive import Archive
from congvan.archive.index.found import meant, search_dispatches
from congvan.archive.index.search import Filters, search
from congvan.archive.index_place import VARIABLE
from congvan.archive.review.queue import Wanted
from congvan.archive.review.queue import list_dispatches as list_queue
from congvan.register.screens.asked import Group
from congvan.register.screens.due_screen import open_register
from congvan.register.settings import Settings
from congvan.web.show.dispatch_lists import AskedFor, list_dispatches
from tests.support.clerk import register

TIMES = 30
_YEAR = dt.timedelta(days=365)


def main() -> None:
    """Fill both and print one line a question: median and slowest, in milliseconds."""
    options = argparse.ArgumentParser()
    options.add_argument("--dispatches", type=int, default=20_000)
    count = options.parse_args().dispatches
    with tempfile.TemporaryDirectory() as folder:
        server = Archive(Path(folder) / "server")
        os.environ[VARIABLE] = ""
        archives = {"SQLite": Archive(Path(folder) / "file"), "PostgreSQL": server}
        for name, archive in archives.items():
            began = time.perf_counter()
            put_rows(archive, count)
            print(f"{name}: {count} dispatches, {10 * count} passages put in {time.perf_counter() - began:.0f} s")
        for what, ask in _questions().items():
            print(f"{what:34}", *(f"{name} {_measured(ask, archive)}" for name, archive in archives.items()), sep="  ")


def _measured(ask: Callable[[Archive, int], object], archive: Archive) -> str:
    taken = []
    for turn in range(TIMES):
        began = time.perf_counter()
        ask(archive, turn)
        taken.append(1000 * (time.perf_counter() - began))
    return f"{statistics.median(taken):8.1f} ms, at most {max(taken):8.1f} ms"


def _questions() -> dict[str, Callable[[Archive, int], object]]:
    rng, phrases = random.Random(3), phrases_of_the_corpus()
    asked = [" ".join(words[start : start + 2]) for words in rng.sample(phrases, TIMES) for start in (1,)]
    week = Filters(start=TODAY - _YEAR, end=TODAY, order="date")
    return {
        "two words, best first": lambda archive, turn: search(archive.engine, asked[turn]),
        "two words of a year, newest first": lambda archive, turn: search(archive.engine, asked[turn], week),
        "a common word, best first": lambda archive, _: search(archive.engine, "báo cáo"),
        "by dispatch, with the total": lambda archive, turn: search_dispatches(archive.engine, asked[turn]),
        "did you mean": lambda archive, turn: meant(archive.engine, asked[turn][:-1] + "q"),
        "list, newest first": lambda archive, turn: list_dispatches(archive.engine, AskedFor(page=turn + 1), ()),
        "queue, worst first": lambda archive, _: list_queue(archive.engine, Wanted(limit=50)),
        "register: what is late": _late,
        "register one letter": lambda archive, turn: register(archive, f"{turn} {random.random()}".encode()),
    }


def _late(archive: Archive, _turn: int) -> object:
    with open_register(archive.engine, TODAY, Settings()) as screens:
        return screens.count(Group.LATE), screens.lines(Group.LATE, 0, 50)


if __name__ == "__main__":
    main()
