"""Names of files are bytes: one that is no text is registered like the others and shown readably."""

from __future__ import annotations

import os
import sys
import threading
import unicodedata
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from congvan.archive.archive import Archive
from congvan.archive.verify import verify
from congvan.commands.cli import app
from congvan.intake.quarantine import Quarantine
from congvan.intake.watching.steady import Patience
from congvan.intake.watching.watch import Manner, watch_folder
from tests.congvan.commands.test_troubles import in_this_process
from tests.support.poison import good

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are text here")

NAMES = [
    b"C\xf4ng v\xe3n 12.txt",
    b"hai\ndong\x1b[31m.txt",
    b"a" * 251 + b".txt",
    "Bản sao - công văn.txt".encode(),
    unicodedata.normalize("NFC", "Kế hoạch.txt").encode(),
    unicodedata.normalize("NFD", "Kế hoạch.txt").encode(),
    b"[bold]x.txt",
    "công văn.".encode() + b"d" * 200,
]


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("congvan.intake.pipeline.run_isolated", in_this_process)
    folder = tmp_path / "in"
    folder.mkdir()
    for number, name in enumerate(NAMES, start=1):
        try:
            Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(good(number))
        except OSError:
            pytest.skip("this file system takes no such names")
    return folder


def ingest(folder: Path) -> Result:
    root = folder.parent
    return CliRunner().invoke(
        app, ["ingest", str(folder), "--archive", str(root / "a"), "--quarantine", str(root / "q")]
    )


def test_every_name_is_registered_and_known_again(inbox: Path) -> None:
    first = ingest(inbox)
    archive = Archive(inbox.parent / "a")
    assert first.exit_code == 0, first.output
    assert len(list(archive.hashes())) == len(NAMES) and list(verify(archive)) == []
    assert "Không thay đổi" in ingest(inbox).output
    assert {archive.record(sha256).source.name for sha256 in archive.hashes()} >= {
        "C\\xf4ng v\\xe3n 12.txt",
        "hai\\x0adong\\x1b[31m.txt",
    }
    archive.rebuild()
    assert "Không thay đổi" in ingest(inbox).output


def test_what_cannot_be_read_is_held_under_its_name_and_read_again(inbox: Path) -> None:
    for path in inbox.iterdir():
        path.write_bytes(b"%PDF-1.4 nothing " + path.read_bytes()[:60])
        path.rename(path.with_name(path.name[:100] + os.urandom(3).hex() + ".pdf"))
    found = ingest(inbox)
    assert (
        found.exit_code == 1 and "C\\xf4ng v\\xe3n" in found.output.replace("\n", "") and "\x1b[31m" not in found.output
    )
    held = list(Quarantine(inbox.parent / "q").held())
    assert len(held) == len(NAMES)
    assert all(one.origin.exists() and one.copy.exists() for one in held)


def test_a_watched_folder_takes_them_too(inbox: Path) -> None:
    said, stop, archive = list[str](), threading.Event(), Archive(inbox.parent / "a")

    def say(line: str) -> None:
        said.append(line)
        if sum("đã đăng ký" in each for each in said) == len(NAMES):
            stop.set()

    stopper = threading.Timer(60, stop.set)
    stopper.start()
    watch_folder(
        inbox, archive, Quarantine(inbox.parent / "q"), Manner(Patience(valid_beginnings=0)), say=say, stop=stop
    )
    stopper.cancel()
    assert len(list(archive.hashes())) == len(NAMES)
    "\n".join(said).encode()
