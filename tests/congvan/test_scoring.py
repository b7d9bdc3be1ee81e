"""`congvan score`: what is right, missed and too much is counted as a person would count it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from congvan.commands.cli import app
from congvan.scoring.against_gold import gold_by_name, score_records
from tests.support.clerk import record_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Gold of two dispatches: one by the name of its file, one beside it."""
    folder = tmp_path / "đáp án"
    (folder / "02-hai").mkdir(parents=True)
    header = {"so_hieu": "1-CV/HU", "subject": "rà soát hồ sơ", "date": "2024-03-05"}
    (folder / "mot.json").write_text(json.dumps({"header": header}), "utf-8")
    (folder / "02-hai" / "gold.json").write_text(json.dumps({"header": header | {"so_hieu": "2-CV/HU"}}), "utf-8")
    for name in ("hai.pdf", "hai.docx", "dispatch.toml"):
        (folder / "02-hai" / name).write_bytes(b"")
    return folder


def line(name: str, so_hieu: str, date: str) -> str:
    record = record_of(name.encode())[1]
    header = record.header.model_copy(update={"so_hieu": so_hieu})
    made = record.model_copy(update={"header": header, "source": record.source.model_copy(update={"name": name})})
    return json.dumps(
        made.model_dump(mode="json") | {"header": made.model_dump(mode="json")["header"] | {"date": date}}
    )


def test_gold_is_found_by_the_name_of_the_file(gold: Path) -> None:
    assert set(gold_by_name(gold)) == {"mot", "hai"}
    names = gold_by_name(ROOT / "corpus")
    assert len(names) > 50 and "gold" not in names and "dispatch" not in names


def test_each_thing_is_counted_once_for_each_record(gold: Path, tmp_path: Path) -> None:
    records = tmp_path / "bản ghi.jsonl"
    lines = [
        line("mot.docx", "1-CV/HU", "2024-03-06"),
        line("mot.txt", "1-CV/HU", "2024-03-05"),
        "{}",
        "không phải JSON",
    ]
    records.write_text("\n".join([*lines, line("ba.pdf", "3-CV/HU", "2024-03-05")]), "utf-8")
    found = score_records(gold, records)
    # Three fields in three dispatches: the wrong day once, and all three of the one without a record.
    assert dict(found.areas["header_strict"]) == {"right": 5, "missed": 4}
    assert dict(found.areas["read"]) == {"right": 2, "missed": 1}
    assert found.absent == ["hai"] and found.unknown == ["ba.pdf"] and len(found.invalid) == 2


def test_the_command_says_it_in_words(gold: Path, tmp_path: Path) -> None:
    records = tmp_path / "r.jsonl"
    records.write_text(line("hai.pdf", "2-CV/HU", "2024-03-05"), "utf-8")
    done = CliRunner().invoke(app, ["score", str(gold), str(records)])
    assert done.exit_code == 0 and "1 văn bản không có bản ghi nào" in done.output and "0,500" in done.output
    done = CliRunner().invoke(app, ["score", str(gold), str(records), "--json"])
    assert '"right": 3' in done.output
    done = CliRunner().invoke(app, ["score", str(tmp_path / "02"), str(records)])
    assert done.exit_code == 1 and "không có đáp án nào" in done.output
