"""`python -m bench.desk_speed [DISPATCHES] [FOLDER]`: every page of the desk over an archive of a million directives.

The archive is made (bench/filled.py) or, where FOLDER holds one, used again. Each page is asked right after a change to
the archive, when nothing is remembered, and again. Printed for each: processor time of the server, p95 of the askings,
with its own database queries within it (bar: 3 times these, where they are more than a few milliseconds, and 150 ms),
and the weight of the page. Commands' services (list, review, search, deadlines) likewise.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from bench.filled import TODAY, fill
from bench.search_speed import p95
from congvan.archive.archive import Archive
from congvan.archive.index.found import search_dispatches
from congvan.archive.review.queue import Wanted, list_dispatches, queue
from congvan.intake.quarantine import Quarantine
from congvan.register.screens.asked import Group
from congvan.register.screens.due_screen import open_register
from congvan.register.settings import OwnUnit, load_settings, save_settings
from congvan.web.app import make_app
from congvan.web.show.desk import Desk, Opening

DISPATCHES = 100_000
ROUNDS = 4
_SAID = "Tổng cộng ghi 120, cộng các dòng được 125."
_BAR_MS, _BAR_TIMES, _SMALL_MS = 150.0, 3.0, 20.0
PAGES = (
    "/", "/van-ban", "/van-ban?trang=40", "/van-ban?co_quan=an+khe", "/van-ban?trang_thai=chua-vao-so",
    "/van-ban?trang_thai=so-lieu-sai", "/van-ban?sap=so-den", "/van-ban?q=chi+tieu",
    "/van-ban?q=hoan+thanh+ho+so&loai=ke_hoach",
    "/can-xem", "/can-xem?nhom=moi", "/can-xem?trang=30", "/can-xem/{}", "/thoi-han",
    "/thoi-han?nhom=late", "/thoi-han?nhom=done", "/thoi-han?don_vi=cong+an", "/thoi-han?cua_toi=1", "/thoi-han/lich",
    "/thoi-han/tuan", "/kiem-tra", "/kiem-tra/{}", "/so-lieu", "/nap-tep", "/cach-ly", "/thung-rac", "/nhat-ky",
    "/nhat-ky?ai=lan&viec=arrive", "/van-ban/{}",
)  # fmt: skip


class Clock:
    """Processor time spent in the database while a page is made."""

    spent = 0.0


def _timed(call: Callable[..., Any]) -> Callable[..., Any]:
    def timed(*args: Any, **named: Any) -> Any:
        began = time.thread_time()
        try:
            return call(*args, **named)
        finally:
            Clock.spent += time.thread_time() - began

    return timed


class TimedCursor(sqlite3.Cursor):
    """A cursor that tells the clock of all that it does."""

    execute = _timed(sqlite3.Cursor.execute)
    executemany = _timed(sqlite3.Cursor.executemany)
    fetchone = _timed(sqlite3.Cursor.fetchone)
    fetchmany = _timed(sqlite3.Cursor.fetchmany)
    fetchall = _timed(sqlite3.Cursor.fetchall)
    __next__ = _timed(sqlite3.Cursor.__next__)


class TimedConnection(sqlite3.Connection):
    """A connection whose cursors tell the clock."""

    def cursor(self, factory: Any = TimedCursor) -> Any:
        return super().cursor(factory)

    def execute(self, *args: Any) -> Any:
        return self.cursor().execute(*args)


def main(dispatches: int, folder: Path) -> None:
    """Print the figures with their bars."""
    connect = sqlite3.connect
    began = time.perf_counter()
    if not (folder / "archive").exists():
        fill(folder / "archive", dispatches)
        print(f"filled in {time.perf_counter() - began:.0f} s")
    sqlite3.connect = lambda *args, **named: connect(*args, **{"factory": TimedConnection, **named})  # type: ignore[assignment]  # the clock sees every connection
    sqlite3.dbapi2.connect = sqlite3.connect
    archive = Archive(folder / "archive")
    save_settings(archive.layout.root, load_settings(archive.layout.root).model_copy(
        update={"unit": OwnUnit(names=("Phòng Nội vụ huyện", "UBND xã Đồng Lau"))}))  # fmt: skip
    desk = Desk(archive, Quarantine(folder / "quarantine"), Opening(today=TODAY))
    _put_findings(archive)
    _services(archive)
    with _client(desk) as client:
        _pages(client, archive)


@contextmanager
def _client(desk: Desk) -> Iterator[TestClient]:
    """Asked without the threads that follow the archive, whose time is not a page's."""
    yield TestClient(make_app(desk), base_url="http://127.0.0.1")


def _pages(client: TestClient, archive: Archive) -> None:
    real = next(archive.hashes())
    print(f"  {'page':42} {'after a change':>24} {'again':>24} {'kB':>6}")
    for path in PAGES:
        path = path.format(real)
        cold, warm, weight = list[tuple[float, float]](), list[tuple[float, float]](), 0
        client.get(path)
        for _ in range(ROUNDS):
            archive.act("review", dispatch_id=real, status="open")
            for found in (cold, warm):
                Clock.spent, began = 0.0, time.process_time()
                answer = client.get(path)
                found.append((1000 * (time.process_time() - began), 1000 * Clock.spent))
                assert answer.status_code == 200, (path, answer.status_code)
                weight = len(answer.content)
        print(f"  {path.replace(real, 'ID'):42} {_told(cold):>24} {_told(warm):>24} {weight / 1000:6.0f}")


def _told(found: list[tuple[float, float]]) -> str:
    whole, asked = p95([one for one, _ in found]), p95([one for _, one in found])
    over = whole > _BAR_MS or (whole > _SMALL_MS and whole > _BAR_TIMES * asked)
    return f"{whole:.0f} ms, queries {asked:.0f}{' !' if over else '  '}"


def _services(archive: Archive) -> None:
    settings = load_settings(archive.layout.root)

    def deadlines() -> None:
        with open_register(archive.engine, TODAY, settings) as register:
            for group in (Group.LATE, Group.WEEK, Group.LATER):
                register.count(group)
                register.lines(group, 0, 20)

    asked: dict[str, Callable[[], object]] = {
        "list": lambda: list_dispatches(archive.engine, Wanted(limit=50)),
        "review": lambda: queue(archive.engine, 50),
        "search": lambda: search_dispatches(archive.engine, "kết nạp đảng viên"),
        "deadlines": deadlines,
    }
    for name, action in asked.items():
        action()
        found = []
        for _ in range(ROUNDS):
            Clock.spent, began = 0.0, time.process_time()
            action()
            found.append((1000 * (time.process_time() - began), 1000 * Clock.spent))
        whole, queries = p95([one for one, _ in found]), p95([one for _, one in found])
        print(f"  first screen of {name}: {whole:.0f} ms, queries {queries:.0f} ms: {whole / queries:.1f} (bar 3)")


def _put_findings(archive: Archive) -> None:
    """One dispatch in five has figures that do not agree."""
    connection = sqlite3.connect(archive.layout.root / "findings.sqlite")
    with connection:
        if connection.execute("SELECT count(*) FROM overview").fetchone()[0] < 1000:
            index = sqlite3.connect(archive.layout.index)
            rows = index.execute("SELECT id, so_hieu, name, issuing_body, date FROM dispatches WHERE number % 5 = 0")
            for place, (each, *told) in enumerate(rows.fetchall()):
                connection.execute("INSERT OR REPLACE INTO overview VALUES (?,?,?,?,?,?,?,?,?,?)",
                                   (each, each, *told, 40, 30, place % 4, 1))  # fmt: skip
                connection.executemany(
                    "INSERT OR REPLACE INTO mistakes VALUES (?, ?, 'disagrees', 'sum', '120', '125', ?, ?, 0, ?, ?)",
                    [(each, f"{n:012x}", _SAID, _SAID, f"0{n}", told[-1]) for n in range(place % 4)],
                )
            index.close()
    connection.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="congvan-bench-") as temporary:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else DISPATCHES,
             Path(sys.argv[2]) if len(sys.argv) > 2 else Path(temporary))  # fmt: skip
