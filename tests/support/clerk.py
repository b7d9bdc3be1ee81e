"""A clerk that works without pause (registers, corrects, numbers, rebuilds) and says what is confirmed.

Run in a process of its own that is killed or that shares the archive with another.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import multiprocessing
import random
import sys
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from pathlib import Path

import pytest
from sqlalchemy import select

from congvan.archive.archive import Archive
from congvan.archive.index.person_tables import assignments, reviews, voids
from congvan.archive.index.sql_tables import arrivals, dispatches, files, handling, metadata
from congvan.archive.review.fixing import Fix, fix
from congvan.archive.review.settle import settle_ok
from congvan.archive.truth import log, trash
from congvan.archive.truth.files import pack
from congvan.archive.upkeep import Seen
from congvan.archive.verify import verify
from congvan.register.assigning import Assignment, assign
from schemas.dispatch import Deadline, Directive, Dispatch, Header
from schemas.document import Document
from schemas.source import Source

needs_fork = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked here")
Deed = tuple[str, dict[str, object]]
TABLES = (
    "files", "dispatches", "deadlines", "citations", "passages", "handling", "arrivals", "doubts", "states", "reviews",
    "settled", "assignments", "voids", "copy_says", "removed",
)  # fmt: skip
DEEDS = (
    "add", "add", "add", "correct", "correct", "arrive", "arrive", "done", "reparse", "rebuild", "fix", "assign", "ok",
    "remove", "restore", "cancel",
)  # fmt: skip


def record_of(data: bytes, subject: str = "rà soát hồ sơ") -> tuple[bytes, Dispatch]:
    """A small record of some bytes, with its packed Document."""
    sha256 = hashlib.sha256(data).hexdigest()
    source = Source(name=f"{sha256[:6]}.txt", media_type="text/plain", size=len(data), sha256=sha256, reader="text")
    number = int(sha256[:6], 16)
    facts = {"so_hieu": f"{number}-CV/HU", "subject": subject, "date": f"2024-03-{1 + number % 28:02}", "year": 2024}
    items = tuple(Directive(id=str(place), text=f"Rà soát {place} {sha256}") for place in range(1, 6))
    due = Deadline.model_validate({"id": "D1", "directive": "1", "phrase": "hôm ấy", "kind": "by", "due": "2024-04-01"})
    header = Header.model_validate(facts)
    record = Dispatch(id=sha256, source=source, header=header, directives=items, deadlines=(due,))
    return pack(Document(source=source).json_pieces()), record


def register(archive: Archive, data: bytes) -> str:
    """Register some bytes; gives their hash."""
    document, record = record_of(data)
    archive.add(data, document, record, Seen(f"/in/{record.id}", len(data), 1, record.id, "done"))
    return record.id


def do(archive: Archive, rng: random.Random, mine: list[str]) -> Deed:
    """One deed of a clerk, drawn at random; `mine` are the files that this clerk registered."""
    what = rng.choice(DEEDS)
    if what == "add" or not mine:
        data = rng.randbytes(20)
        mine.append(register(archive, data))
        return "add", {"sha256": mine[-1]}
    sha256 = rng.choice(mine)
    match what:
        case "fix" | "assign" | "ok" | "remove" | "restore" | "cancel":
            return _desk_work(archive, what, sha256, rng)
        case "correct":
            value = f"sửa {rng.getrandbits(40)}"
            archive.correct(sha256, "/header/place", value)
            return what, {"sha256": sha256, "value": value}
        case "arrive":
            event = archive.arrive(sha256, _DAY, None, None, None)
            return what, {"sha256": sha256, "number": event["number"]}
        case "done":
            reply = str(rng.getrandbits(40))
            archive.act("handle", deadline_id=f"{sha256[:10]}", status="done", reply_so_hieu=reply)
            return what, {"sha256": sha256, "reply": reply}
        case "reparse":
            document = archive.machine_record(sha256)
            header = document.header.model_copy(update={"subject": f"đọc lại {rng.getrandbits(40)}"})
            archive.replace_record(document.model_copy(update={"header": header}))
            return what, {"sha256": sha256, "subject": header.subject}
    archive.rebuild()
    return "rebuild", {}


def _desk_work(archive: Archive, what: str, sha256: str, rng: random.Random) -> Deed:
    """What a person does at the queue, at the book, at the trash."""
    word = f"việc {rng.getrandbits(40)}"
    match what:
        case "fix":
            fix(archive, sha256, Fix(subject=word))
        case "assign":
            assign(archive, sha256, Assignment(word, "xử lý"), _DAY)
        case "ok":
            settle_ok(archive, [sha256])
        case "remove":
            sha256 = register(archive, rng.randbytes(20))
            archive.take_out(sha256, word)
        case "restore":
            archive.take_out(sha256, word)
            archive.put_back(sha256)
        case "cancel":
            other = register(archive, rng.randbytes(20))
            archive.arrive(other, _DAY, None, None, None)
            number, _ = archive.cancel(other, word)
            return what, {"sha256": other, "number": number}
    return what, {"sha256": sha256, "value": word}


_DAY = dt.date(2024, 8, 5)


def work(root: Path, seed: int, count: int, told: Connection) -> None:
    """Do `count` deeds, telling of each once it is confirmed; or of the error that a person would see."""
    rng, mine = random.Random(seed), list[str]()
    try:
        archive = Archive(root)
        for _ in range(count):
            told.send(json.dumps(do(archive, rng, mine)))
    except Exception as error:  # noqa: BLE001 - whatever it is, the test must see it
        told.send(json.dumps(("error", {"what": f"{type(error).__name__}: {error}"})))
    told.close()


@contextlib.contextmanager
def clerk(root: Path, seed: int, count: int) -> Iterator[tuple[ForkProcess, Callable[[], list[Deed]]]]:
    """A clerk at work, and a function that gives what was confirmed once the process has ended."""
    context = multiprocessing.get_context("fork")
    hears, told = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(root, seed, count, told))
    process.start()
    told.close()

    def confirmed() -> list[Deed]:
        deeds: list[Deed] = []
        with contextlib.suppress(EOFError, OSError):
            while True:
                what, facts = json.loads(hears.recv())
                deeds.append((what, facts))
        return deeds

    try:
        yield process, confirmed
    finally:
        process.kill()
        process.join()
        hears.close()


def lost(root: Path, deeds: list[Deed]) -> list[str]:
    """What is wrong with the archive after these confirmed deeds, in words; nothing where all is as it should be."""
    archive = Archive(root)
    wrong = [f"verify: {damage.path} {damage.what}" for damage in verify(archive)]
    wrong += [f"left over: {path}" for path in root.rglob("*.part")]
    last: dict[tuple[str, object], dict[str, object]] = {(what, facts.get("sha256")): facts for what, facts in deeds}
    for (what, _), facts in last.items():
        wrong += [f"{what} {facts}: {found}" for found in _missing(archive, what, facts)]
    before = dump(archive)
    archive.rebuild()
    return wrong if dump(archive) == before else [*wrong, "the index is not what a rebuild gives"]


def _missing(archive: Archive, what: str, facts: dict[str, object]) -> Iterator[str]:
    if what in ("rebuild", "error"):
        if what == "error":
            yield "shown to a person"
        return
    sha256 = str(facts["sha256"])
    if what == "remove":
        removal = archive.removal(sha256)
        if removal is None or archive.holds(sha256) or not trash.holds(archive.layout, sha256):
            yield "not in the trash"
        return
    if archive.removal(sha256) is not None and trash.holds(archive.layout, sha256):
        return  # who restores takes out first: killed in between, the file lies whole in the trash
    yield from _missing_at_the_desk(archive, what, facts)
    with archive.engine.connect() as connection:
        row = connection.execute(select(dispatches).where(dispatches.c.id == sha256)).one_or_none()
        number = connection.scalar(select(arrivals.c.number).where(arrivals.c.dispatch_id == sha256))
        reply = connection.scalar(select(handling.c.reply_so_hieu).where(handling.c.deadline_id == sha256[:10]))
        path = connection.scalar(select(files.c.path).where(files.c.sha256 == sha256))
    if row is None or path is None:
        yield "not in the index"
        return
    if what == "arrive" and number != facts["number"]:
        yield f"number {number}"
    if what == "done" and reply is None:
        yield f"reply {reply}"
    if what == "correct":
        yield from _missing_correction(archive, sha256, facts["value"], row.place)


def _missing_correction(archive: Archive, sha256: str, value: object, indexed: object) -> Iterator[str]:
    places = [one.value for one in archive.corrections(sha256) if one.path == "/header/place"]
    if value not in places:
        yield "correction lost"
    elif indexed != places[-1]:
        yield f"index says {indexed}"


def _missing_at_the_desk(archive: Archive, what: str, facts: dict[str, object]) -> Iterator[str]:
    sha256 = str(facts["sha256"])
    with archive.engine.connect() as connection:
        assignee = connection.scalar(select(assignments.c.assignee).where(assignments.c.dispatch_id == sha256))
        status = connection.scalar(select(reviews.c.status).where(reviews.c.dispatch_id == sha256))
        void = connection.scalar(select(voids.c.number).where(voids.c.dispatch_id == sha256))
    if what == "assign":
        said = [event["assignee"] for event in log.read(archive.layout.log) if _assigns(event, sha256)]
        if facts["value"] not in said or assignee != said[-1]:  # one more may have been written down, not confirmed
            yield f"assigned to {assignee}"
    if what == "ok" and status != "reviewed":
        yield f"status {status}"
    if what == "cancel" and void != facts["number"]:
        yield f"void {void}"
    if what == "fix" and facts["value"] not in [one.value for one in archive.corrections(sha256)]:
        yield "what was filled in is lost"


def _assigns(event: log.Event, sha256: str) -> bool:
    return event["act"] == "assign" and event["dispatch_id"] == sha256


def dump(archive: Archive) -> dict[str, list[str]]:
    """All rows of the index."""
    with archive.engine.connect() as connection:
        tables = [metadata.tables[name] for name in TABLES]
        return {
            table.name: [str(row) for row in connection.execute(select(table).order_by(*list(table.columns)[:2]))]
            for table in tables
        }
