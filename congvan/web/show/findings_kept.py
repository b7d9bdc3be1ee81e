"""What the audit says of every dispatch, kept beside the archive so that the overview need not reckon it anew.

A thread follows the archive: what was taken in, read again or corrected is audited again. The file can be dropped at
any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from congvan.archive.archive import Archive
from congvan.archive.index.index import with_attached
from congvan.archive.truth.archive_errors import PlainError
from congvan.audit.answers import finding_key
from congvan.audit.audit import audit
from congvan.audit.report.weight import Mistake, mistakes, weight
from congvan.audit.where import Checked
from schemas.finding import Finding

_TABLES = """
CREATE TABLE IF NOT EXISTS audited (sha256 TEXT PRIMARY KEY, stamp TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS overview (
    dispatch_id TEXT PRIMARY KEY, sha256 TEXT NOT NULL, so_hieu TEXT, name TEXT NOT NULL, issuing_body TEXT, date TEXT,
    figures INTEGER NOT NULL, checked INTEGER NOT NULL, wrong INTEGER NOT NULL, doubtful INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS overview_file ON overview (sha256);
CREATE INDEX IF NOT EXISTS overview_order ON overview (wrong DESC, doubtful DESC, date DESC, dispatch_id);
CREATE INDEX IF NOT EXISTS overview_totals ON overview (figures, checked);
CREATE TABLE IF NOT EXISTS mistakes (
    dispatch_id TEXT NOT NULL, key TEXT NOT NULL, verdict TEXT NOT NULL, check_name TEXT NOT NULL, reported TEXT,
    computed TEXT, vi TEXT NOT NULL, en TEXT NOT NULL, led INTEGER NOT NULL, weight TEXT NOT NULL, date TEXT,
    PRIMARY KEY (dispatch_id, key)
);
CREATE INDEX IF NOT EXISTS mistakes_order ON mistakes (weight, date DESC, dispatch_id);
CREATE INDEX IF NOT EXISTS mistakes_verdict ON mistakes (verdict);
"""
_FORM = 3
"""The form of the tables: what was kept in an older one is reckoned anew."""
_LISTED = "SELECT value FROM json_each(:without)"
_OUT_OF_COUNT = f"""
SELECT count(*) FROM (
 SELECT k.dispatch_id, k.key FROM mistakes k WHERE k.verdict = 'disagrees' AND k.dispatch_id IN ({_LISTED})
 UNION SELECT k.dispatch_id, k.key FROM overview o JOIN mistakes k ON k.dispatch_id = o.dispatch_id
  WHERE k.verdict = 'disagrees' AND o.sha256 IN ({_LISTED})
 UNION SELECT k.dispatch_id, k.key FROM json_each(:answered) a JOIN mistakes k
  ON k.dispatch_id = substr(a.value, 1, instr(a.value, ' ') - 1) AND k.key = substr(a.value, instr(a.value, ' ') + 1)
  WHERE k.verdict = 'disagrees')
"""
_LOOK_SECONDS = 5.0
_log = logging.getLogger("congvan.web")


class Overview(NamedTuple):
    """A dispatch of the overview: its figures, how many were checked, how many are wrong or doubtful."""

    dispatch_id: str
    so_hieu: str | None
    name: str
    issuing_body: str | None
    date: str | None
    figures: int
    checked: int
    wrong: int
    doubtful: int


class KeptMistake(NamedTuple):
    """A mistake of the overview: its dispatch, what was checked, both figures, what is said of it in both languages,
    and how many other findings follow from it.
    """

    dispatch_id: str
    key: str
    verdict: str
    check: str
    reported: str | None
    computed: str | None
    vi: str
    en: str
    led: int
    so_hieu: str | None
    name: str
    issuing_body: str | None
    date: str | None


class FindingsKept:
    """The audits of an archive, followed by a thread while the desk is open."""

    def __init__(self, archive: Archive, state: Callable[[], object]) -> None:
        self._archive = archive
        self._state = state
        self._path = archive.layout.root / "findings.sqlite"
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        with self._database() as database:
            if database.execute("PRAGMA user_version").fetchone()[0] != _FORM:
                for table in ("audited", "overview", "kept", "mistakes"):
                    database.execute(f"DROP TABLE IF EXISTS {table}")
                database.execute(f"PRAGMA user_version = {_FORM}")
            database.executescript(_TABLES)

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=30)) as database, database:
            yield database

    def start(self) -> None:
        """Begin to follow the archive."""
        self._thread = threading.Thread(target=self._follow, name="findings", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop following."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=10)

    def _follow(self) -> None:
        seen: object = None
        while not self._stop.is_set():
            state = self._state()
            if state != seen:
                try:
                    self.refresh()
                    seen = state
                except (OSError, sqlite3.Error, PlainError) as error:  # tried again at the next look
                    _log.warning("findings: %s", error)
            self._stop.wait(_LOOK_SECONDS)

    def refresh(self) -> int:
        """Audit what is new or was changed; forget what is gone. Gives how many files were audited."""
        with self._database() as database:
            known = dict(database.execute("SELECT sha256, stamp FROM audited"))
        count = 0
        for sha256 in self._archive.hashes():
            if self._stop.is_set():
                return count
            stamp = self._stamp(sha256)
            if known.pop(sha256, None) != stamp:
                with contextlib.suppress(PlainError, FileNotFoundError):  # damaged or just taken away: verify names it
                    self._put(sha256, stamp)
                    count += 1
        if known:
            with self._database() as database:
                for sha256 in known:
                    _forget(database, sha256)
        return count

    def _stamp(self, sha256: str) -> str:
        layout = self._archive.layout
        times = [str(os.stat(path).st_mtime_ns) if path.exists() else "-" for path in
                 (layout.record(sha256), layout.corrections(sha256))]  # fmt: skip
        return " ".join((_auditor(), *times))

    def _put(self, sha256: str, stamp: str) -> None:
        audits = [Checked(one, audit(one)) for one in with_attached(self._archive.record(sha256))]
        found = [(one, mistakes(one)) for one in audits]
        with self._database() as database:
            _forget(database, sha256)
            for one, groups in found:
                database.execute("INSERT OR REPLACE INTO overview VALUES (?,?,?,?,?,?,?,?,?,?)",
                                 _row(sha256, one, groups))  # fmt: skip
                database.executemany(
                    "INSERT OR REPLACE INTO mistakes VALUES (?,?,?,?,?,?,?,?,?,?,?)", _mistake_rows(one, groups)
                )
            database.execute("INSERT OR REPLACE INTO audited VALUES (?, ?)", (sha256, stamp))

    def overview(self, without: Collection[str], first: int, number: int) -> tuple[list[Overview], int, int]:
        """Some of the dispatches of which the audit found anything to look at, those with most wrong first; how many
        there are, and how many figures are wrong in them. Those `without`, dispatches or whole files, are left out.
        """
        where = "wrong + doubtful > 0" + (f" AND dispatch_id NOT IN ({_LISTED}) AND sha256 NOT IN ({_LISTED})"
                                          if without else "")  # fmt: skip
        values = {"without": json.dumps(sorted(without)), "first": first, "number": number}
        statement = (
            f"SELECT {', '.join(Overview._fields)} FROM overview WHERE {where} "
            "ORDER BY wrong DESC, doubtful DESC, date DESC, dispatch_id LIMIT :number OFFSET :first"
        )
        with self._database() as database:
            rows = [Overview(*row) for row in database.execute(statement, values)]
            counted = f"SELECT count(*), coalesce(sum(wrong), 0) FROM overview WHERE {where}"
            count, wrong = database.execute(counted, values).fetchone()
            return rows, count, wrong

    def mistakes(self, without: Collection[str], first: int, number: int) -> tuple[list[KeptMistake], int]:
        """Some of the mistakes of all dispatches, the weightiest first and what could not be told last, and how many
        there are. Those of dispatches or whole files `without` are left out.
        """
        where = f"WHERE m.dispatch_id NOT IN ({_LISTED}) AND o.sha256 NOT IN ({_LISTED})" if without else ""
        joined = f"FROM mistakes m JOIN overview o ON o.dispatch_id = m.dispatch_id {where}"
        values = {"without": json.dumps(sorted(without)), "first": first, "number": number}
        statement = (
            "SELECT m.dispatch_id, key, verdict, check_name, reported, computed, vi, en, led, so_hieu, name, "
            f"issuing_body, m.date {joined} ORDER BY weight, m.date DESC, m.dispatch_id LIMIT :number OFFSET :first"
        )
        with self._database() as database:
            rows = [KeptMistake(*row) for row in database.execute(statement, values)]
            counted = f"SELECT count(*) {joined}" if without else "SELECT count(*) FROM mistakes"
            return rows, database.execute(counted, values).fetchone()[0]

    def disagreeing(self) -> list[str]:
        """The dispatches in which any figure disagrees."""
        with self._database() as database:
            statement = "SELECT DISTINCT dispatch_id FROM mistakes WHERE verdict = 'disagrees'"
            return [each for (each,) in database.execute(statement)]

    def totals(self, without: Collection[str] = ()) -> tuple[int, int, int]:
        """How many dispatches were audited, how many figures they hold, how many of these were checked; those of
        dispatches or whole files `without` not counted.
        """
        sums = "SELECT count(*), coalesce(sum(figures), 0), coalesce(sum(checked), 0) FROM overview"
        left_out = f"{sums} WHERE dispatch_id IN ({_LISTED}) OR sha256 IN ({_LISTED})"
        with self._database() as database:
            whole = database.execute(sums).fetchone()
            part = database.execute(left_out, {"without": json.dumps(sorted(without))}).fetchone()
        return whole[0] - part[0], whole[1] - part[1], whole[2] - part[2]

    def unanswered(self, without: Collection[str], answered: Collection[tuple[str, str]]) -> int:
        """How many mistakes disagree and are not among the answered, by dispatch and key."""
        values = {"without": json.dumps(sorted(without)), "answered": json.dumps([" ".join(one) for one in answered])}
        with self._database() as database:
            total = database.execute("SELECT count(*) FROM mistakes WHERE verdict = 'disagrees'").fetchone()[0]
            gone = database.execute(_OUT_OF_COUNT, values).fetchone()[0]
        return int(total - gone)


@cache
def _auditor() -> str:
    """Which audit this is: what another one said is reckoned anew."""
    folder = Path(str(files("congvan.audit")))
    ours = (path for path in sorted(folder.rglob("*")) if path.suffix in (".py", ".toml"))
    told = [f"{path.name} {path.stat().st_size}" for path in ours]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:12]


def _forget(database: sqlite3.Connection, sha256: str) -> None:
    of_file = "dispatch_id IN (SELECT dispatch_id FROM overview WHERE sha256 = ?)"
    database.execute(f"DELETE FROM mistakes WHERE {of_file}", (sha256,))
    database.execute("DELETE FROM overview WHERE sha256 = ?", (sha256,))
    database.execute("DELETE FROM audited WHERE sha256 = ?", (sha256,))


def _row(sha256: str, one: Checked, groups: Sequence[Mistake]) -> tuple[object, ...]:
    counts, header = one.audit.counts, one.dispatch.header
    verdicts = [group.lead.verdict for group in groups]
    wrong = verdicts.count("disagrees")
    return (one.dispatch.id, sha256, header.so_hieu, one.dispatch.source.name, header.issuing_body, _day(one),
            _count(counts, "figures"), _count(counts, "checked") + _count(counts, "operands"), wrong,
            len(verdicts) - wrong)  # fmt: skip


def _day(one: Checked) -> str | None:
    return one.dispatch.header.date.isoformat() if one.dispatch.header.date else None


def _count(counts: Mapping[str, object], name: str) -> int:
    value = counts.get(name, 0)
    return value if isinstance(value, int) else 0


def _mistake_rows(one: Checked, groups: Sequence[Mistake]) -> list[tuple[object, ...]]:
    if not groups:
        return []
    english = {finding.id: finding.explanation for finding in audit(one.dispatch, "en").findings}
    return [
        (one.dispatch.id, finding_key(one.dispatch, lead), lead.verdict, lead.check, lead.reported, lead.computed,
         lead.explanation, english.get(lead.id, lead.explanation), len(group.consequences), _order(lead), _day(one))
        for group in groups
        for lead in (group.lead,)
    ]  # fmt: skip


def _order(finding: Finding) -> str:
    """The weight of a finding as text that sorts as it does."""
    verdict, trivial, kind, off = weight(finding)
    return f"{verdict}{trivial:d}{kind:02}{float(2 + off):.9f}"
