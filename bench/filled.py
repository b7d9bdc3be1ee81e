"""An archive of any size made quickly: rows of the index and lines of the log as the program would have written them.

The corpus' Word files are taken in as any file is; of the others there are rows, doubts, deadlines, numbers of arrival
and what people said, in the shares that the corpus' gold shows (one deadline in six recurs, one in thirteen is counted
from an event), and no files: pages of one dispatch are asked of the former.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from bench.search_speed import CORPUS, phrases_of_the_corpus, some_text
from congvan.archive.archive import Archive
from congvan.archive.index import standing
from congvan.archive.index.dialects import dialect_of
from congvan.archive.index.keys import body_key, so_hieu_key
from congvan.archive.index.passages import first_row_number, search_fold
from congvan.archive.truth import log, told_events
from congvan.intake.pipeline import Options, ingest
from congvan.intake.quarantine import Quarantine
from congvan.intake.workers import Limits

TODAY = dt.date(2026, 3, 10)
DAYS = 3_000
A_DISPATCH = 10
_POOL = 30_000
_ISSUERS = [f"UBND xã {name} {n}" for n in range(1, 26) for name in ("Đồng Lau", "An Khê Thượng", "Mỹ Sơn Đoài", "Phú")]
_WHO = [f"{kind} {name}" for kind in ("Phòng Nội vụ", "Công an", "Trung tâm Y tế", "UBND", "Ban Dân vận", "Trạm Y tế")
        for name in ("huyện", "xã Đồng Lau", "các xã, thị trấn", "phường Bến Gỗ", "khu Tây Hồ Sen")]  # fmt: skip
_TYPES = ("cong_van", "ke_hoach", "thong_bao", "bao_cao", "quyet_dinh", "chi_thi")
_DOUBTS = (("handwritten", 65, "/header/number", "Số viết tay"), ("blank_date", 66, "/header/date", "Thiếu ngày"),
           ("unsure_reading", 25, None, "Đọc chưa chắc một dòng"), ("missing_appendix", 80, None, "Thiếu phụ lục"),
           ("weekday_conflict", 72, None, "Thứ và ngày không khớp"))  # fmt: skip
_RULES = (("FREQ=MONTHLY", "hằng tháng"), ("FREQ=MONTHLY;INTERVAL=3", "hằng quý"), ("FREQ=YEARLY", "hằng năm"),
          ("FREQ=MONTHLY;BYMONTHDAY=20", "trước ngày 20 hằng tháng"), ("FREQ=WEEKLY;BYDAY=FR", "thứ Sáu hằng tuần"),
          ("FREQ=MONTHLY;INTERVAL=6", "định kỳ 6 tháng"), ("FREQ=DAILY", "hằng ngày"))  # fmt: skip
_EVENTS = ("ngày ký", "ngày nhận đủ hồ sơ", "ngày chi bộ họp", "ngày nhận được văn bản này", "ngày hết hạn tiếp nhận")


def fill(root: Path, dispatches: int) -> list[str]:
    """An archive of so many dispatches with ten directives each. Gives the ids of those that have files."""
    archive = Archive(root)
    ingest(sorted(CORPUS.glob("*/*.docx")), archive, Quarantine(root.parent / "quarantine"),
           Options(limits=Limits(workers=1)))  # fmt: skip
    real = list(archive.hashes())
    put_rows(archive, dispatches)
    return real


def put_rows(archive: Archive, dispatches: int) -> None:
    """Rows and lines of the log for so many dispatches, without files."""
    rng, phrases = random.Random(7), phrases_of_the_corpus()
    pool = [
        (words, search_fold(words)) for words in (some_text(rng, phrases) for _ in range(min(_POOL, 10 * dispatches)))
    ]
    with archive.layout.log.open("a", encoding="utf-8") as told, archive.engine.begin() as connection:
        for number in range(dispatches):
            for event in _one(connection, rng, pool, number):
                told.write(_line(event))
                _put(connection, event)
    with archive.engine.begin() as following:
        standing.refresh(following)
        standing.see_what_was_said(following, following.scalars(text("SELECT id FROM dispatches")).all())
        told_events.follow(following, log.read_lines(archive.layout.log, archive.log_position(following)))
        following.execute(text("UPDATE state SET value = :size"), {"size": archive.layout.log.stat().st_size})
    archive.engine.dispose()


def _put(connection: Connection, event: log.Event) -> None:
    """The row of what was said, without the checks that the program makes of each."""
    table = {"arrive": "arrivals", "handle": "handling", "review": "reviews"}.get(event["act"])
    if event["act"] == "settle":
        said = {name: event[name] for name in ("dispatch_id", "who", "time")}
        _insert(connection, "settled", [{**said, "key": key} for key in event["keys"]])
    elif table:
        row = {name: value for name, value in event.items() if name != "act"}
        if table == "handling":
            row["orphan"] = False
        if table == "arrivals":
            row = {name: row[name] for name in ("dispatch_id", "number", "date", "unit")} | {
                "year": int(event["date"][:4])
            }
        _insert(connection, table, [row])


def _line(event: log.Event) -> str:
    told = json.dumps(event, ensure_ascii=False)
    return f'{told[:-1]}, "check": "{hashlib.sha256(told.encode()).hexdigest()[:8]}"}}\n'


def _one(connection: Connection, rng: random.Random, pool: list[tuple[str, str]], number: int) -> Iterator[log.Event]:
    """The rows of a dispatch; gives the events that tell of it."""
    day = TODAY - dt.timedelta(days=rng.randrange(DAYS))
    sha256 = f"{rng.getrandbits(256):064x}"
    slot = (first_row_number(day) >> 10) + number * 41 % (1 << 21)
    drawn = [rng.choice(pool) for _ in range(A_DISPATCH)]
    texts = [words for words, _ in drawn]
    so_hieu, body = f"{number % 900 + 1}/{number // 900}-CV/HU", rng.choice(_ISSUERS)
    name = f"{number}-van-ban.pdf"
    facts = {
        "id": sha256, "number": slot, "file_sha256": sha256, "so_hieu": so_hieu, "so_hieu_key": so_hieu_key(so_hieu),
        "date": day.isoformat(), "year": day.year, "issuing_body": body, "issuing_body_key": _key(body),
        "doc_type": rng.choice(_TYPES), "subject": texts[0][:120], "is_draft": False, "name": name,
        "name_key": body_key(name), "media_type": "application/pdf", "pages": 3, "warnings": 0, "words": 200,
        "secrecy": "mat" if number % 5000 == 7 else None,
    }  # fmt: skip
    doubts = [] if rng.random() < 0.3 else [rng.choice(_DOUBTS) for _ in range(rng.randint(1, 5))]
    facts["warnings"] = len(doubts)
    _insert(connection, "dispatches", [facts])
    _insert(connection, "doubts", [
        {"dispatch_id": sha256, "position": place, "key": f"{place:012x}", "code": code, "weight": weight,
         "message": message, "pointer": pointer, "page": 1, "suggestion": None}
        for place, (code, weight, pointer, message) in enumerate(doubts)
    ])  # fmt: skip
    passages = [
        {"id": (slot << 10) + n, "dispatch": slot, "pointer": f"/directives/{n}/text", "kind": "directive",
         "text": words, "folded": folded, "page": 1} for n, (words, folded) in enumerate(drawn)
    ]  # fmt: skip
    _insert(connection, "passages", passages)
    dialect_of(connection).add_words(connection, passages)
    due = [_deadline(rng, sha256, day, n, text) for n, text in enumerate(texts[:7:2])]
    _insert(connection, "deadlines", due)
    path = f"/scan/{number // 100:04}/{name}"
    yield {"time": log.now(), "who": "ha", "act": "add", "so_hieu": so_hieu, "path": path, "size": 1000,
           "modified_ns": 1, "sha256": sha256, "outcome": "done", "reason": None}  # fmt: skip
    yield from _said(rng, sha256, day, number, [one["id"] for one in due if one["due"]], len(doubts))


def _deadline(rng: random.Random, sha256: str, day: dt.date, place: int, text: str) -> dict[str, Any]:
    one: dict[str, Any] = {
        "id": f"{rng.getrandbits(40):010x}", "dispatch_id": sha256, "directive": str(place + 1), "kind": "before",
        "phrase": "trước ngày ấy", "due": None, "alternative_due": None, "recurrence": None, "anchor": None,
        "timex": None, "assignees": rng.choice(_WHO) if rng.random() < 0.8 else None, "tentative": False,
        "working_days": False, "directive_text": text, "page": 1, "hidden": False,
        "begin": day.isoformat(),
    }  # fmt: skip
    one["assignees_key"] = _key(one["assignees"])
    draw = rng.random()
    if draw < 0.17:
        rule, phrase = rng.choice(_RULES)
        return one | {"kind": "recurring", "recurrence": rule, "phrase": phrase}
    if draw < 0.25:
        return one | {"kind": "after_event", "anchor": rng.choice(_EVENTS), "timex": f"P{rng.randint(5, 60)}D"}
    due = day + dt.timedelta(days=rng.randint(5, 120))
    return one | {"due": due.isoformat(), "alternative_due": (due + dt.timedelta(days=1)).isoformat()}


def _said(
    rng: random.Random, sha256: str, day: dt.date, number: int, deadlines: list[str], doubts: int
) -> Iterator[log.Event]:
    """What the clerks did: most dispatches are in the book, those of former years are worked off."""
    who = {"time": log.now(), "who": rng.choice(("ha", "lan", "minh"))}
    old = (TODAY - day).days > 60
    if old and rng.random() < 0.95:
        yield who | {"act": "arrive", "dispatch_id": sha256, "number": number + 1, "date": day.isoformat(),
                     "unit": rng.choice(_WHO), "note": None}  # fmt: skip
    if old and rng.random() < 0.8:
        if doubts:
            yield who | {"act": "settle", "dispatch_id": sha256, "keys": [f"{place:012x}" for place in range(doubts)]}
        yield who | {"act": "review", "dispatch_id": sha256, "status": "reviewed"}
    for deadline_id in deadlines:
        if old and rng.random() < 0.9:
            yield who | {"act": "handle", "deadline_id": deadline_id, "status": "done", "dispatch_id": sha256,
                         "reply_so_hieu": None, "reply_date": None}  # fmt: skip


@cache
def _key(name: str | None) -> str | None:
    return body_key(name)


def _insert(connection: Connection, table: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        names = list(rows[0])
        marks = ", ".join(f":{name}" for name in names)
        connection.execute(text(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"), rows)
