"""Whether an index stands in SQLite or in PostgreSQL, it gives the same answers in the same order; and it follows what
was done while the other was in use.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import shutil
from pathlib import Path

import pytest

from bench.filled import put_rows
from congvan.archive.archive import Archive
from congvan.archive.index.found import search_dispatches
from congvan.archive.index.search import Filters, find_number, search
from congvan.archive.index_place import VARIABLE
from congvan.intake.pipeline import Options, ingest
from congvan.intake.quarantine import Quarantine
from congvan.intake.workers import Limits
from tests.support.clerk import dump, register
from tests.support.databases import only_postgres, only_sqlite
from vietnamese.fold import fold

CORPUS = Path(__file__).resolve().parents[3] / "corpus"
QUERIES = 300


@only_sqlite
def test_an_index_follows_what_was_done_while_another_was_in_use(tmp_path: Path) -> None:
    archive, kept = Archive(tmp_path / "archive"), tmp_path / "index.sqlite"
    stays, goes = register(archive, b"mot"), register(archive, b"hai")
    archive.engine.dispose()
    shutil.copy(archive.layout.index, kept)
    archive = Archive(tmp_path / "archive")
    later = register(archive, b"ba")
    archive.correct(stays, "/header/subject", "tổng kết công tác thủy lợi")
    archive.take_out(goes, "nhầm")
    whole = dump(archive)
    archive.engine.dispose()
    archive.layout.index.unlink()
    shutil.copy(kept, archive.layout.index)
    told = archive.layout.log.stat().st_size
    again = Archive(tmp_path / "archive")
    assert [hit.dispatch_id for hit in search(again.engine, "thủy lợi")] == [stays]
    assert {hit.dispatch_id for hit in search(again.engine, "rà soát", Filters(limit=50))} == {stays, later}
    assert dump(again) == whole and again.layout.log.stat().st_size == told


def on_sqlite(root: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """An archive with the index in its folder."""
    with monkeypatch.context() as patched:
        patched.delenv(VARIABLE)
        return Archive(root)


def queries(rng: random.Random, texts: list[str]) -> list[str]:
    """What people may type: words and phrases of the archive, with marks or without, with a letter wrong."""
    found = []
    while len(found) < QUERIES:
        words = rng.choice(texts).replace('"', " ").split()
        start, count = rng.randrange(len(words)), rng.choice((1, 1, 2, 2, 3, 5))
        query = " ".join(words[start : start + count])
        kind = rng.randrange(6)
        if kind == 0:
            query = fold(query)
        elif kind == 1:
            query = f'"{query}"'
        elif kind == 2:
            query = f'"{fold(query)}" {rng.choice(words)}'
        elif kind == 3 and len(query) > 3:
            place = rng.randrange(len(query) - 1)
            query = query[:place] + rng.choice("bcdghklmnrstvx") + query[place + 1 :]
        found.append(query)
    return found


def filters(rng: random.Random) -> Filters:
    """Mostly none."""
    start = dt.date(2024, 1, 1) + dt.timedelta(days=rng.randrange(600)) if rng.random() < 0.2 else None
    return Filters(
        issuer=rng.choice(("uỷ ban", "Huyện ủy")) if rng.random() < 0.1 else None,
        doc_type=rng.choice(("ke_hoach", "cong_van")) if rng.random() < 0.1 else None,
        start=start,
        end=start + dt.timedelta(days=600) if start else None,
        unit="phòng" if rng.random() < 0.1 else None,
        order=rng.choice(("rank", "rank", "date")),
        limit=rng.choice((5, 20, 100)),
    )


def assert_same(one: Archive, other: Archive, texts: list[str], seed: int) -> None:
    rng, some, guessed = random.Random(seed), 0, 0
    for query in queries(rng, texts):
        asked = filters(rng)
        hits = search(one.engine, query, asked)
        assert hits == search(other.engine, query, asked), (query, asked)
        screen = search_dispatches(one.engine, query, asked)
        assert screen == search_dispatches(other.engine, query, asked), (query, asked)
        some, guessed = some + bool(hits), guessed + bool(screen.meant)
        assert find_number(one.engine, query) == find_number(other.engine, query)
    print(f"{QUERIES} queries: {some} found something, {guessed} were asked otherwise")
    assert some > QUERIES // 3 and guessed > 5


@only_postgres
@pytest.mark.slow
def test_both_give_the_same_answers_of_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on_server, on_file = Archive(tmp_path / "server"), on_sqlite(tmp_path / "file", monkeypatch)
    for archive in (on_server, on_file):
        put_rows(archive, 300)
    texts = [path.read_text("utf-8") for path in sorted(CORPUS.glob("0*/*.txt"))]
    assert_same(on_server, on_file, texts, 5)


@only_postgres
@pytest.mark.whole
def test_both_give_the_same_answers_of_the_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on_server, _ = Archive(tmp_path / "archive"), on_sqlite(tmp_path / "archive", monkeypatch)
    files = [path for path in sorted(CORPUS.glob("[0-9]*/*")) if path.suffix in (".txt", ".docx", ".pdf")]
    ingest(files, on_server, Quarantine(tmp_path / "quarantine"), Options(limits=Limits(workers=2)))
    on_file = on_sqlite(tmp_path / "archive", monkeypatch)  # follows what was done with the other
    assert dump(on_file) == dump(on_server)
    texts = [gold["text"] for path in sorted(CORPUS.glob("[0-9]*/gold.json"))
             for gold in json.loads(path.read_text("utf-8"))["directives"]]  # fmt: skip
    print(f"{len(dump(on_file)['dispatches'])} dispatches")
    assert_same(on_server, on_file, texts, 9)
