"""Where the index of an archive stands: by option, variable or settings; a wrong address is told in words."""

from __future__ import annotations

import os
from pathlib import Path

import pg8000.exceptions
import pytest
from sqlalchemy.exc import DBAPIError
from typer.testing import CliRunner

from congvan.archive.archive import Archive
from congvan.archive.backup import back_up, restore_backup
from congvan.archive.index.search import search
from congvan.archive.index_place import VARIABLE, open_index, read_address
from congvan.archive.truth.archive_errors import PlainError
from congvan.archive.truth.folders import Folders
from congvan.commands.cli import app
from congvan.commands.words.troubles import in_words
from congvan.register.settings import IndexPlace, OwnUnit, load_settings, save_settings
from tests.support.clerk import dump, register
from tests.support.databases import only_postgres, only_sqlite

NOWHERE = "postgresql://an@/kho?host=/không-có-máy-chủ"


def run(*words: str) -> tuple[int, str]:
    told = CliRunner().invoke(app, list(words))
    assert "Traceback" not in told.output
    return told.exit_code, told.output


@only_sqlite
def test_it_is_a_file_of_the_archive_where_nothing_is_said(tmp_path: Path) -> None:
    register(Archive(tmp_path), b"mot")
    assert (tmp_path / "index.sqlite").exists() and not (tmp_path / "index.id").exists()


@pytest.mark.parametrize(
    ("address", "words"), [("mysql://a@b/c", "không đặt ở mysql"), ("kho của tôi", "hãy viết như postgresql://")]
)
def test_an_address_of_something_else_is_told(address: str, words: str) -> None:
    with pytest.raises(PlainError, match=words):
        read_address(address)
    code, told = run("--index", address, "list")
    assert code == 1 and words in told


@only_sqlite
def test_a_server_that_is_not_there_is_told_and_spoils_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "")  # put back at the end: --index sets it
    archive = Archive(tmp_path)
    register(archive, b"mot")
    before = dump(archive)
    code, told = run("--index", NOWHERE, "search", "rà soát", "--archive", str(tmp_path))
    assert code == 1 and "Không kết nối được với máy chủ PostgreSQL" in told
    monkeypatch.setenv(VARIABLE, "")
    assert dump(Archive(tmp_path)) == before


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"C": "28P01"}, "PGPASSWORD"), ({"C": "3D000"}, "createdb"), ({"C": "42501"}, "pg_trgm"),
        ({"C": "53100"}, "đã đầy"), ({"C": "57P01"}, "đang dừng"), ("network error", "Không kết nối được"),
    ],
)  # fmt: skip
def test_what_the_server_says_is_told_in_words(told: object, words: str) -> None:
    error = pg8000.exceptions.DatabaseError(told)
    assert words in (in_words(DBAPIError("SELECT 1", {}, error)) or "")
    assert in_words(pg8000.exceptions.DatabaseError({"C": "42601"})) is None  # a fault of the program


@only_sqlite
def test_the_address_of_an_archive_stands_in_its_settings_without_a_password(tmp_path: Path) -> None:
    register(Archive(tmp_path), b"mot")
    where = ("--archive", str(tmp_path))
    code, told = run("config", "--index", "postgresql://an:bimat@may/kho", *where)
    assert code == 2 and "PGPASSWORD" in told and load_settings(tmp_path).index.url is None
    code, told = run("config", "--index", NOWHERE, *where)
    assert code == 1 and "Không kết nối được" in told and load_settings(tmp_path).index.url is None
    save_settings(tmp_path, load_settings(tmp_path).model_copy(update={"index": IndexPlace(url=NOWHERE)}))
    save_settings(tmp_path, load_settings(tmp_path).model_copy(update={"unit": OwnUnit(names=("Phòng",))}))
    assert load_settings(tmp_path).index.url == NOWHERE
    assert open_index(Folders(tmp_path)).url.database == "kho"
    (tmp_path / "settings.toml").write_text('[index]\nurl = "postgresql://', "utf-8")
    with pytest.raises(PlainError, match="TOML"):
        open_index(Folders(tmp_path))


@only_postgres
def test_a_backup_put_back_has_an_index_of_its_own(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "kho")
    first = register(archive, b"mot")
    back_up(archive, tmp_path / "kho.tar")
    restore_backup(tmp_path / "kho.tar", tmp_path / "khác")
    other = Archive(tmp_path / "khác")
    assert dump(other) == dump(archive) and not archive.layout.index.exists()
    register(other, b"hai")
    assert [hit.dispatch_id for hit in search(archive.engine, '"rà soát hồ sơ"')] == [first]
    assert archive.layout.index_id.read_text() != other.layout.index_id.read_text()


@only_postgres
def test_an_archive_moves_to_the_server_and_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = os.environ[VARIABLE]
    monkeypatch.delenv(VARIABLE)
    archive = Archive(tmp_path)
    register(archive, b"mot")
    where = ("--archive", str(tmp_path))
    assert run("config", "--index", address, *where)[0] == 0
    moved = Archive(tmp_path)
    assert moved.engine.dialect.name == "postgresql" and dump(moved) == dump(archive)
    later = register(moved, b"hai")
    assert run("config", "--index", "sqlite", *where)[0] == 0
    back = Archive(tmp_path)
    assert back.engine.dialect.name == "sqlite" and dump(back) == dump(moved)
    assert later in {hit.dispatch_id for hit in search(back.engine, "rà soát")}
