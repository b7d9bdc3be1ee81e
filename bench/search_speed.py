"""`python -m bench.search_speed [DIRECTIVES]`: search and the deadline register in an archive of a million directives.

The index is filled through its own tables with words in the order in which the corpus has them. Each question of ours
is timed beside its anchor in the same run (milliseconds of processor time, p95 over drawn queries): the bare full-text
index, the plain join, a bare indexed range. The answers of search are compared with those of the join.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from congvan.archive.archive import Archive
from congvan.archive.index.dialects.sqlite_index import match_expression
from congvan.archive.index.passages import first_row_number
from congvan.archive.index.search import Filters, both_ways, search, terms_of
from congvan.register.entries import Query, list_deadlines
from congvan.register.settings import Settings
from vietnamese.fold import fold

DIRECTIVES = 1_000_000
A_DISPATCH = 10
FIRST_DAY, DAYS = dt.date(2018, 1, 1), 2_900
QUERIES = 60
CORPUS = Path(__file__).resolve().parents[1] / "corpus"
# A query's first word is common (in more than a tenth of the rows) in 8 of 100, rare (in less than a hundredth) in 44.
_BANDS = ((0.10, 1.0, 8), (0.01, 0.10, 48), (0.0, 0.01, 44))


def main(count: int = DIRECTIVES) -> None:
    """Print the figures with their bars."""
    with tempfile.TemporaryDirectory(prefix="congvan-bench-") as name:
        archive = Archive(Path(name))
        began = time.perf_counter()
        letters = _fill(archive, count)
        print(f"{count} directives, {letters / count:.0f} bytes each, filled in {time.perf_counter() - began:.0f} s")
        _sizes(archive.layout.index, letters)
        connection = sqlite3.connect(archive.layout.index)
        connection.execute("PRAGMA cache_size = -400000")
        queries = _queries(connection, count)
        _searches(archive, connection, queries)
        _months(archive, connection)


def _fill(archive: Archive, count: int) -> int:
    """Rows for `count` directives, one deadline in three. Gives the bytes of their texts."""
    rng, phrases = random.Random(11), phrases_of_the_corpus()
    connection = sqlite3.connect(archive.layout.index)
    letters = 0
    for number in range(count // A_DISPATCH):
        day = FIRST_DAY + dt.timedelta(days=rng.randrange(DAYS))
        sha256 = f"{rng.getrandbits(256):064x}"
        slot = (first_row_number(day) >> 10) + number * 41  # spread over the day; none may clash
        texts = [some_text(rng, phrases) for _ in range(A_DISPATCH)]
        letters += sum(len(text.encode()) for text in texts)
        _insert(connection, (number, slot, sha256, day), texts)
    connection.execute("INSERT INTO passages_fts(passages_fts) VALUES ('rebuild')")
    connection.execute("INSERT INTO passages_fts(passages_fts) VALUES ('optimize')")
    connection.commit()
    connection.execute("ANALYZE")
    connection.commit()
    connection.close()
    return letters


def _insert(connection: sqlite3.Connection, dispatch: tuple[int, int, str, dt.date], texts: list[str]) -> None:
    number, slot, sha256, day = dispatch
    facts = (sha256, slot, sha256, f"{number}-CV/HU", day.isoformat(), 0, f"{number}.pdf", "application/pdf", 0)
    connection.execute(
        "INSERT INTO dispatches (id, number, file_sha256, so_hieu, date, is_draft, name, media_type, warnings) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        facts,
    )
    connection.executemany(
        "INSERT INTO passages VALUES (?, ?, ?, 'directive', ?, ?)",
        [((slot << 10) + n, slot, f"/directives/{n}/text", text, fold(text)) for n, text in enumerate(texts)],
    )
    connection.executemany(
        "INSERT INTO deadlines (id, dispatch_id, directive, phrase, kind, due, assignees, tentative, working_days) "
        "VALUES (?, ?, ?, 'trước ngày ấy', 'before', ?, 'UBND các xã, thị trấn', 0, 0)",
        [
            (f"{sha256[:9]}{n}", sha256, str(n), (day + dt.timedelta(days=10 + n)).isoformat())
            for n in range(0, len(texts), 3)
        ],
    )


def phrases_of_the_corpus() -> list[list[str]]:
    """The directives of the corpus, as words."""
    found = []
    for path in sorted(CORPUS.glob("*/gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        found += [directive["text"].split() for directive in gold["directives"]]
    return [words for words in found if len(words) > 5]


def some_text(rng: random.Random, phrases: list[list[str]]) -> str:
    """About twenty words, in runs as some dispatch of the corpus has them, and now and then a number."""
    words: list[str] = []
    while len(words) < 16:
        phrase = rng.choice(phrases)
        start = rng.randrange(len(phrase) - 3)
        words += phrase[start : start + rng.randint(3, 9)]
    return " ".join([*words, str(rng.randrange(30_000))]) + "."


def _sizes(index: Path, letters: int) -> None:
    connection = sqlite3.connect(index)
    full_text = connection.execute("SELECT sum(length(block)) FROM passages_fts_data").fetchone()[0]
    full_text += connection.execute("SELECT sum(length(sz) + 9) FROM passages_fts_docsize").fetchone()[0]
    rows = "length(CAST(text AS BLOB)) + length(CAST(folded AS BLOB)) + length(pointer) + length(kind) + 20"
    table = connection.execute(f"SELECT sum({rows}) FROM passages").fetchone()[0]
    file = index.stat().st_size
    print(f"  full-text index {full_text / letters:.2f} times the text (bar 2.5); with the table of passages")
    print(f"  {(full_text + table) / letters:.2f}; the whole file with deadlines {file / letters:.2f}")


def _queries(connection: sqlite3.Connection, count: int) -> list[str]:
    """One and two words, drawn from common, middle and rare ones; half of them typed without marks."""
    rng = random.Random(3)
    connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, passages_fts, 'col')")
    counted = connection.execute("SELECT term, doc FROM words WHERE col = 'text'").fetchall()
    words = [(term, rows / count) for term, rows in counted if term.isalpha() and len(term) > 1 and rows > 50]
    found = []
    for place in range(QUERIES):
        low, high, _ = rng.choices(_BANDS, [band[2] for band in _BANDS])[0]
        one = rng.choice([term for term, share in words if low <= share <= high] or [words[0][0]])
        query = one if place % 2 else f"{one} {rng.choice(words)[0]}"
        found.append(query if place % 4 < 2 else fold(query))
    return found


def timed(action: Callable[[], object]) -> tuple[object, float]:
    """The result and milliseconds of processor time, the best of three rounds."""
    best, result = float("inf"), None
    for _ in range(3):
        began = time.process_time()
        result = action()
        best = min(best, time.process_time() - began)
    return result, 1000 * best


def p95(values: list[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    return sorted(values)[int(0.95 * (len(values) - 1))]


def _searches(archive: Archive, connection: sqlite3.Connection, queries: list[str]) -> None:
    rng = random.Random(5)
    spent: dict[str, list[float]] = {}
    wrong = 0
    for number, query in enumerate(queries):
        start = FIRST_DAY + dt.timedelta(days=rng.randrange(DAYS - 400))
        end = start + dt.timedelta(days=(31, 365)[number % 2])
        low, high = first_row_number(start), first_row_number(end + dt.timedelta(days=1))
        words = match_expression(both_ways(terms_of(query)))
        by_date, by_rank = (Filters(start=start, end=end, order=order) for order in ("date", "rank"))
        sql: dict[str, tuple[str, tuple[object, ...]]] = {
            "bare": (_BARE.format("passages_fts.rowid DESC"), (words,)),
            "bare rank": (_BARE.format("rank"), (words,)),
            "join": (_JOIN, (words, start.isoformat(), end.isoformat())),
            "ours, index": (_OURS, (words, low, high)),
        }
        asked: dict[str, Callable[[], object]] = {
            name: partial(_rows, connection, *question) for name, question in sql.items()
        }
        asked["ours"] = partial(search, archive.engine, query, by_date)
        asked["ours rank"] = partial(search, archive.engine, query, by_rank)
        answers = {}
        for name, action in asked.items():
            answers[name], milliseconds = timed(action)
            spent.setdefault(name, []).append(milliseconds)
        expected = [(row[0], row[1]) for row in answers["join"]]  # type: ignore[attr-defined]  # rows
        wrong += expected != [(hit.dispatch_id, hit.pointer) for hit in answers["ours"]]  # type: ignore[attr-defined]
    worst = {name: p95(values) for name, values in spent.items()}
    print("  p95 ms: " + ", ".join(f"{name} {value:.2f}" for name, value in worst.items()))
    print(f"  by date: {worst['ours, index'] / worst['bare']:.1f} times bare in SQL, rows fetched (bar 3), ", end="")
    quotients = {name: worst[name] / worst[anchor] for name, anchor in _ANCHORS.items()}
    print(
        f"{quotients['ours']:.1f} with snippets in Python; {worst['join'] / worst['ours']:.0f} below the join (bar 80)"
    )
    print(f"  by rank within dates: {quotients['ours rank']:.2f} of bare rank (bar 0.5)")
    print(f"  answers other than the join's: {wrong} of {len(queries)} queries (bar 0)")


def _rows(connection: sqlite3.Connection, question: str, values: tuple[object, ...]) -> list[tuple[object, ...]]:
    return connection.execute(question, values).fetchall()


_ANCHORS = {"ours": "bare", "ours rank": "bare rank"}
_BARE = "SELECT rowid FROM passages_fts WHERE passages_fts MATCH ? ORDER BY {} LIMIT 20"
_JOIN = """
SELECT d.id, p.pointer FROM passages_fts f JOIN passages p ON p.id = f.rowid JOIN dispatches d ON d.number = p.dispatch
WHERE passages_fts MATCH ? AND d.date BETWEEN ? AND ? ORDER BY d.date DESC, p.id DESC LIMIT 20
"""
_OURS = """
SELECT d.id, d.so_hieu, d.date, p.pointer, p.text FROM (
    SELECT rowid AS id FROM passages_fts WHERE passages_fts MATCH ? AND rowid >= ? AND rowid < ?
    ORDER BY rowid DESC LIMIT 20) hits
JOIN passages p ON p.id = hits.id JOIN dispatches d ON d.number = p.dispatch ORDER BY hits.id DESC
"""


def _months(archive: Archive, connection: sqlite3.Connection) -> None:
    rng = random.Random(9)
    bare, ours, rows = [], [], 0
    for _ in range(20):
        start = FIRST_DAY + dt.timedelta(days=rng.randrange(DAYS - 60))
        end = start + dt.timedelta(days=30)
        days = (start.isoformat(), end.isoformat())
        found, milliseconds = timed(lambda days=days: connection.execute(_RANGE, days).fetchall())  # type: ignore[misc]
        bare.append(milliseconds)
        query = Query(start, start, end)
        entries, milliseconds = timed(lambda query=query: list_deadlines(archive.engine, query, Settings()))  # type: ignore[misc]
        ours.append(milliseconds)
        assert len(found) == len(entries)  # type: ignore[arg-type]  # rows
        rows += len(found)  # type: ignore[arg-type]  # rows
    print(
        f"  a month's deadlines ({rows // 20} rows): p95 {p95(ours):.1f} ms, bare range {p95(bare):.1f} ms, quotient ",
        end="",
    )
    print(f"{p95(ours) / p95(bare):.1f} (bar 5)")


_RANGE = "SELECT * FROM deadlines WHERE due BETWEEN ? AND ? ORDER BY due"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else DIRECTIVES)
