"""What the documents show works: every command is described, the examples of code run and agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
import typer.main

from congvan.archive.archive import Archive
from congvan.commands.cli import app
from congvan.dataset.keep.build import build
from tests.congvan.dataset.test_dataset import REPORT, dispatch, put

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def command_names() -> Iterator[str]:
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]  # a group
        subcommands = getattr(command, "commands", None)
        yield from (f"{name} {sub}" for sub in subcommands) if subcommands else (name,)


@pytest.mark.parametrize("name", list(command_names()))
def test_every_command_is_in_the_readme_and_has_help(name: str) -> None:
    first, *rest = name.split()
    assert f"congvan {first}" in README and all(f"{word}`" in README or f"{word} " in README for word in rest)
    command = typer.main.get_command(app)
    for word in name.split():
        command = command.commands[word]  # type: ignore[attr-defined]  # a group
    assert command.help


def test_links_of_the_documents_lead_somewhere() -> None:
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), (page.name, target)


def test_both_ways_to_ask_the_dataset_give_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = Archive(tmp_path / "archive")
    put(archive, dispatch("9-BC/HU", "2024-10-02", [REPORT]))
    build(archive, tmp_path / "outputs" / "dataset")
    monkeypatch.chdir(tmp_path)
    duck, panda = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "dataset.md").read_text(encoding="utf-8"), re.S)
    for code in (duck, panda):
        exec(code, {})
        printed = capsys.readouterr().out
        assert "Hải Hậu" in printed and "4.0" in printed


def test_make_names_modules_that_run() -> None:
    for name in re.findall(r"-m ([a-z.]+)", (ROOT / "Makefile").read_text(encoding="utf-8")):
        assert find_spec(name) is not None, name
        assert "." in name or find_spec(f"{name}.__main__") is not None, name
    parts = set(re.findall(r'"([a-z_]+)"', (ROOT / "bench" / "__main__.py").read_text(encoding="utf-8")))
    assert {path.stem for path in (ROOT / "bench").glob("*_speed.py")} - {"searchable_speed"} <= parts
