"""Fifty people at one desk, or at two of one archive, for two minutes, over the network of this computer: no error, no
correction lost.
"""

from __future__ import annotations

import os
import random
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from congvan.archive.verify import verify
from tests.support.desks import DrawnLetter, open_desk, put_drawn

pytestmark = pytest.mark.whole
USERS = 50
SECONDS = float(os.environ.get("CONGVAN_MINUTES", "2")) * 60
PAGES = ("/", "/van-ban", "/can-xem", "/thoi-han", "/thoi-han/lich", "/kiem-tra", "/nhat-ky", "/van-ban?q=bao+cao")
SERVE = "from congvan.commands.cli import main; main()"
_TOKEN = re.compile(r'name="csrf" content="([0-9a-f]+)"')


@dataclass
class Told:
    """What the desk answered: corrections that it confirmed, by dispatch; refusals; anything that must not be."""

    confirmed: dict[str, list[str]] = field(default_factory=dict)
    conflicts: int = 0
    asked: int = 0
    wrong: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, answer: httpx.Response, allowed: tuple[int, ...]) -> int:
        with self.lock:
            self.asked += 1
            if answer.status_code not in allowed:
                self.wrong.append(f"{answer.request.method} {answer.request.url} {answer.status_code}")
        return answer.status_code


def a_person(number: int, address: str, ids: list[str], until: float, told: Told) -> None:
    """Looks at pages, and corrects the place of a dispatch as its form does, now and then."""
    rng = random.Random(number)
    with httpx.Client(base_url=address, timeout=60) as browser:
        token = _TOKEN.search(browser.get("/").text)
        assert token is not None
        step = 0
        while time.monotonic() < until:
            time.sleep(rng.uniform(0.5, 2.0))
            if rng.random() < 0.6:
                path = rng.choice([*PAGES, f"/van-ban/{rng.choice(ids)}"])
                told.note(browser.get(path), (200,))
                continue
            each, step = rng.choice(ids), step + 1
            shown = browser.get(f"/api/v1/dispatches/{each}").json()["header"]["place"] or ""
            typed = f"Nơi {number}-{step}"
            form = {"csrf": token[1], "truong": "place", "gia_tri": typed, "thay": shown}
            status = told.note(browser.post(f"/van-ban/{each}/sua", data=form), (303, 409))
            with told.lock:
                if status == 303:
                    told.confirmed.setdefault(each, []).append(typed)
                told.conflicts += status == 409


@contextmanager
def a_server(folder: Path, name: str) -> Iterator[str]:
    """A desk in a process of its own; gives its address. What it says on standard error is kept in a file."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    where = ("--archive", str(folder / "archive"), "--quarantine", str(folder / "quarantine"))
    with (folder / name).open("w") as said:
        server = subprocess.Popen([sys.executable, "-c", SERVE, "serve", "--port", str(port), *where],
                                  stdout=subprocess.DEVNULL, stderr=said)  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        _until_it_answers(address)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=120)


@pytest.mark.parametrize("desks", [1, 2])
def test_fifty_people_for_two_minutes(tmp_path: Path, desks: int) -> None:
    desk = open_desk(tmp_path)
    ids = [put_drawn(desk.archive, DrawnLetter(number=None if n % 3 else n + 1, subject=f"báo cáo việc thứ {n}",
                                               due="2026-03-22", name=f"cv-{n}.pdf")) for n in range(40)]  # fmt: skip
    with ExitStack() as opened:
        addresses = [opened.enter_context(a_server(tmp_path, f"noise-{each}")) for each in range(desks)]
        told = _two_minutes(addresses, ids)
    noise = "".join((tmp_path / f"noise-{each}").read_text("utf-8") for each in range(desks))
    print(f"{told.asked} requests, {sum(map(len, told.confirmed.values()))} corrections, {told.conflicts} conflicts")
    assert told.wrong == [] and "Traceback" not in noise, noise[-2000:]
    assert told.asked > USERS and told.confirmed
    for each, values in told.confirmed.items():
        kept = [one.value for one in desk.archive.corrections(each)]
        assert sorted(map(str, kept)) == sorted(values), each
        assert desk.archive.record(each).header.place == kept[-1]
    assert list(verify(desk.archive)) == []


def _two_minutes(addresses: list[str], ids: list[str]) -> Told:
    told, until = Told(), time.monotonic() + SECONDS
    people = [
        threading.Thread(target=a_person, args=(n, addresses[n % len(addresses)], ids, until, told))
        for n in range(USERS)
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return told


def _until_it_answers(address: str) -> None:
    for _ in range(600):
        try:
            if httpx.get(f"{address}/health").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    pytest.fail("the desk did not open")
