"""`congvan parse`: one record a line in the order of the files, nothing else on standard output, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from congvan.commands.cli import app
from tests.support.sources import ROOT

CORPUS = ROOT / "corpus"


def test_records_come_in_the_order_of_the_files_and_failures_are_named(tmp_path: Path) -> None:
    slow = max(CORPUS.glob("*/*.pdf"), key=lambda path: path.stat().st_size)
    quick = sorted(CORPUS.glob("*/*.txt"))[:3]
    empty = tmp_path / "rong.txt"
    empty.touch()
    result = CliRunner().invoke(app, ["parse", str(slow), str(quick[2]), str(empty), str(quick[0]), str(quick[2])])
    assert result.exit_code == 1
    names = [json.loads(line)["source"]["name"] for line in result.stdout.splitlines()]
    assert names == [slow.name, quick[2].name, quick[0].name, quick[2].name]
    assert "rong.txt" in result.stderr and len(result.stderr.splitlines()) == 1


def test_all_read_is_exit_code_0_and_wrong_use_2() -> None:
    text = str(sorted(CORPUS.glob("*/*.txt"))[0])
    assert CliRunner().invoke(app, ["parse", text]).exit_code == 0
    assert CliRunner().invoke(app, ["parse"]).exit_code == 2
    assert CliRunner().invoke(app, ["parse", "--khong-co", text]).exit_code == 2
