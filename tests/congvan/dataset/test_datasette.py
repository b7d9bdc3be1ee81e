"""Datasette opens the index as it is, finds its full-text search and searches it."""

from __future__ import annotations

import asyncio
import hashlib
import json
from importlib.resources import files
from pathlib import Path

import pytest
from datasette.app import Datasette

from congvan.archive.archive import Archive
from congvan.archive.truth.files import pack
from congvan.archive.upkeep import Seen
from schemas.dispatch import Directive, Dispatch, Header
from schemas.document import Document
from schemas.source import Source
from tests.support.databases import only_sqlite

METADATA = json.loads(files("congvan.archive").joinpath("datasette.json").read_text(encoding="utf-8"))


@pytest.fixture
def index(tmp_path: Path) -> Path:
    archive = Archive(tmp_path / "archive")
    sha256 = hashlib.sha256(b"a").hexdigest()
    source = Source(name="a.txt", media_type="text/plain", size=1, sha256=sha256, reader="text")
    items = (Directive(id="1", text="Đôn đốc thu nộp đảng phí"),)
    record = Dispatch(id=sha256, source=source, header=Header(so_hieu="12-CV/HU"), directives=items)
    archive.add(b"a", pack(Document(source=source).json_pieces()), record, Seen("/a.txt", 1, 1, sha256, "done"))
    return archive.layout.index


async def ask(index: Path, address: str) -> dict[str, object]:
    datasette = Datasette([str(index)], metadata=METADATA)
    await datasette.invoke_startup()
    response = await datasette.client.get(address)
    assert response.status_code == 200, response.text
    return dict(response.json())


@only_sqlite
@pytest.mark.slow
def test_it_shows_a_dispatch(index: Path) -> None:
    answer = asyncio.run(ask(index, "/index/dispatches.json?_shape=objects"))
    assert [row["so_hieu"] for row in answer["rows"]] == ["12-CV/HU"]  # type: ignore[index,attr-defined]  # JSON


@only_sqlite
@pytest.mark.slow
@pytest.mark.parametrize(("words", "hits"), [("don doc", 1), ("đôn đốc", 1), ("khong co", 0)])
def test_it_detects_and_uses_the_full_text_index(index: Path, words: str, hits: int) -> None:
    answer = asyncio.run(ask(index, f"/index/passages.json?_shape=objects&_search={words}"))
    assert len(answer["rows"]) == hits  # type: ignore[arg-type]  # JSON


def test_the_metadata_describes_tables_and_columns_that_exist() -> None:
    from congvan.archive.index.sql_tables import metadata

    for name, facts in METADATA["databases"]["index"]["tables"].items():
        columns = set(metadata.tables[name].columns.keys())
        sorts = [facts[key] for key in ("sort", "sort_desc", "label_column") if key in facts]
        named = [*facts.get("columns", {}), *facts.get("facets", ()), *sorts]
        assert columns.issuperset(named), name
