"""The program's own files are never its input, and nothing leaves a folder that is not safe in the archive."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from congvan.archive.archive import Archive
from congvan.archive.truth.own_folders import MARKER, mark
from congvan.archive.verify import verify
from congvan.commands.cli import app
from congvan.intake.find import find_files, own_among
from congvan.intake.watching.take_away import Leaving
from tests.congvan.commands.test_troubles import in_this_process
from tests.support.clerk import register
from tests.support.poison import good


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of letters in which a clerk stands: archive and quarantine are made below it."""
    monkeypatch.setattr("congvan.intake.pipeline.run_isolated", in_this_process)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_bytes(good(7))
    (tmp_path / "hỏng.pdf").write_bytes(b"%PDF-1.4 nothing")
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def names(folder: Path) -> list[str]:
    return [path.name for path in find_files([folder])]


def test_archive_and_quarantine_below_the_folder_are_no_input(here: Path) -> None:
    for _ in range(3):
        run("ingest", ".")
    assert names(here) == ["a.txt", "hỏng.pdf"]
    assert len(list(Archive(here / "outputs" / "archive").hashes())) == 1
    assert len(list((here / "outputs" / "quarantine").glob("*/ly-do.json"))) == 1
    assert run("verify").exit_code == 0


@pytest.mark.parametrize("inside", ["", "originals", "records", "log.jsonl"])
def test_an_own_folder_that_is_named_is_refused_in_words(here: Path, inside: str) -> None:
    run("ingest", ".")
    found = run("ingest", f"outputs/archive/{inside}")
    assert found.exit_code == 1 and "chỗ của chương trình" in found.output
    assert run("watch", "outputs/quarantine").exit_code == 1


def test_another_clerk_s_archive_is_known_with_its_marker_and_without(here: Path) -> None:
    other = here / "chia sẻ" / "kho của Bình"
    register(Archive(other), b"mot van ban")
    assert (other / MARKER).exists() and names(here) == ["a.txt", "hỏng.pdf"]
    (other / MARKER).unlink()
    assert names(here) == ["a.txt", "hỏng.pdf"]


def test_an_archive_put_among_letters_hides_none_of_them(here: Path) -> None:
    archive = Archive(here)
    register(archive, b"mot van ban")
    assert not (here / MARKER).exists()
    assert names(here) == ["a.txt", "hỏng.pdf"]
    assert own_among([here / "originals", here / "log.jsonl", here, here / "a.txt"]) == [
        here / "originals",
        here / "log.jsonl",
    ]


def test_a_folder_with_letters_is_never_marked(tmp_path: Path) -> None:
    (tmp_path / "thư.txt").write_bytes(good(1))
    mark(tmp_path, "bộ số liệu", ("observations",))
    assert not (tmp_path / MARKER).exists() and names(tmp_path) == ["thư.txt"]


def test_links_are_followed_once_and_never_into_an_own_folder(here: Path) -> None:
    archive = Archive(here / "kho")
    original = archive.layout.find_original(register(archive, b"mot van ban"))
    elsewhere = here / "b"
    elsewhere.mkdir()
    (elsewhere / "b.txt").write_bytes(good(8))
    try:
        (here / "c").symlink_to(elsewhere)
        (elsewhere / "về đầu").symlink_to(here)
        (here / "vào kho").symlink_to(here / "kho")
        (here / "gốc.txt").symlink_to(str(original))
    except OSError:
        pytest.skip("links may not be made here")
    assert names(here) == ["a.txt", "hỏng.pdf", "b.txt"]


def test_what_was_held_is_read_again_from_where_it_is_held(here: Path) -> None:
    run("ingest", ".")
    (here / "hỏng.pdf").unlink()
    found = run("retry")
    assert found.exit_code == 1 and "hỏng.pdf" in found.output


class Taken:
    """A registered file in an inbox, and the clock by which it waits to be taken away."""

    def __init__(self, root: Path) -> None:
        self.now = 0.0
        self.archive = Archive(root / "kho")
        self.path = root / "in" / "a.txt"
        self.path.parent.mkdir()
        self.path.write_bytes(b"mot van ban")
        self.original = self.archive.layout.find_original(register(self.archive, b"mot van ban"))
        assert self.original is not None
        self.leaving = Leaving(self.archive, 600, lambda: self.now)

    def after(self, seconds: float) -> list[str]:
        self.now += seconds
        return list(self.leaving.take_away())


@pytest.fixture
def taken(tmp_path: Path) -> Taken:
    return Taken(tmp_path)


def test_a_file_leaves_when_it_is_kept_and_has_been_quiet_for_long(taken: Taken) -> None:
    taken.leaving.await_quiet(taken.path)
    assert taken.after(599) == [] and taken.path.exists()
    assert taken.after(2) == [] and not taken.path.exists()
    assert list(verify(taken.archive)) == []


def test_a_file_that_is_written_to_stays(taken: Taken) -> None:
    taken.leaving.await_quiet(taken.path)
    taken.path.write_bytes(b"mot van ban, trang hai")
    assert taken.after(601) == [] and taken.path.exists()
    taken.leaving.await_quiet(taken.path)
    assert "chưa có bản giống từng byte" in taken.after(601)[0] and taken.path.exists()


@pytest.mark.parametrize("link", ["hard", "symbolic"])
def test_another_name_of_the_kept_original_stays(taken: Taken, link: str) -> None:
    assert taken.original is not None
    taken.path.unlink()
    try:
        if link == "hard":
            os.link(taken.original, taken.path)
        else:
            taken.path.symlink_to(taken.original)
    except OSError:
        pytest.skip("links may not be made here")
    taken.leaving.await_quiet(taken.path)
    assert "chính là bản gốc" in taken.after(601)[0]
    assert taken.path.exists() and list(verify(taken.archive)) == []


def test_a_file_stays_when_the_kept_original_is_damaged_and_is_told_of_once(taken: Taken) -> None:
    assert taken.original is not None
    taken.original.write_bytes(b"khac")
    taken.leaving.await_quiet(taken.path)
    assert "không còn nguyên vẹn" in taken.after(601)[0] and taken.path.exists()
    taken.leaving.await_quiet(taken.path)
    assert taken.after(601) == [] and taken.path.exists()


def test_what_is_no_dispatch_is_told_and_left_out(here: Path) -> None:
    (here / "hỏng.pdf").unlink()
    for name in ("so-lieu.csv", "may.log", "cv.docx.crdownload", ".ẩn.csv", "Thumbs.db"):
        (here / name).write_bytes(good(9))
    told = " ".join(run("ingest", ".").output.split())
    assert "Bỏ ra ngoài 3 tệp" in told and "so-lieu.csv" in told and "Thumbs.db" not in told
    named = run("ingest", "so-lieu.csv", "cv.docx.crdownload").output
    assert "không phải văn bản" in named and "chưa tải xong" in " ".join(named.split())
    assert len(list(Archive(here / "outputs" / "archive").hashes())) == 1


def test_what_was_taken_out_is_not_taken_in_again_unless_restored(here: Path) -> None:
    (here / "hỏng.pdf").unlink()
    run("ingest", ".")
    assert run("remove", "a.txt", "--why", "nạp nhầm").exit_code == 0
    (here / "bản khác.txt").write_bytes((here / "a.txt").read_bytes())
    told = " ".join(run("ingest", ".").output.split())
    assert "Đã gỡ khỏi kho lưu (nạp nhầm)" in told and run("list").output.strip() == "0 văn bản."
    assert "1 tệp đã gỡ" in run("trash").output and run("restore", "a.txt").exit_code == 0
    assert "1 văn bản." in run("list").output and run("verify").exit_code == 0
