"""The manual in Vietnamese: its commands run, one after the other, and say what it shows."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from congvan.commands.cli import app
from tests.congvan.commands.test_troubles import in_this_process

ROOT = Path(__file__).resolve().parents[1]
MANUAL = ROOT / "docs" / "huong-dan.md"
LETTERS = (
    "01-ket-nap-hai-hau/ket-nap-hai-hau.txt",
    "02-ke-hoach-giao-thuy/ke-hoach-giao-thuy.docx",
    "04-du-thao-tien-lang/du-thao-tien-lang.docx",
    "09-chi-thi-tan-yen/chi-thi-tan-yen.docx",
)
CHANGES = re.compile(r"\d\d/\d\d/20\d\d \d\d:\d\d|văn thư, \d\d/\d\d/20\d\d|đã ghi .*", re.IGNORECASE)
"""What is another each time: the moment of a deed."""


def steps() -> Iterator[tuple[str, list[str]]]:
    """Each command of the manual, with the lines it is shown to print."""
    for block in re.findall(r"```console\n(.*?)```", MANUAL.read_text(encoding="utf-8"), re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *shown = part.rstrip("\n").split("\n")
            yield command, shown


def plain(text: str) -> str:
    return " ".join(CHANGES.sub("", text).split())


def test_the_commands_of_the_manual_run_and_say_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("congvan.intake.pipeline.run_isolated", in_this_process)
    monkeypatch.setattr("congvan.intake.process.run_isolated", in_this_process)
    monkeypatch.setenv("CONGVAN_USER", "văn thư")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "den").mkdir()
    for letter in LETTERS:
        shutil.copy(ROOT / "corpus" / letter, tmp_path / "den")
    found = list(steps())
    assert len(found) > 20
    for command, shown in found:
        name, *words = shlex.split(command)
        assert name == "congvan"
        result = CliRunner().invoke(app, words, env={"COLUMNS": "80"})
        assert result.exit_code == 0, (command, result.output)
        printed = plain(result.output)
        for piece in " ".join(shown).split("…"):
            assert plain(piece) in printed, (command, piece, result.output)


def test_every_command_of_a_clerk_is_in_the_manual() -> None:
    text = MANUAL.read_text(encoding="utf-8")
    for name in [
        "ingest",
        "watch",
        "list",
        "review",
        "ok",
        "fix",
        "history",
        "undo",
        "copies",
        "search",
        "show",
        "open",
        "table",
        "read",
        "deadlines",
        "remind",
    ]:
        assert f"congvan {name}" in text, name
    for name in [
        "calendar",
        "arrivals",
        "arrive",
        "assign",
        "book",
        "config",
        "remove",
        "restore",
        "trash",
        "cancel",
        "verify",
        "audit",
    ]:
        assert f"congvan {name}" in text, name
