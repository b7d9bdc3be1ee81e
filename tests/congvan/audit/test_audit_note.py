"""Answers to findings: given by number, kept over another reading, told in every report; a screen of 80 columns."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from congvan.archive.archive import Archive
from congvan.audit.answers import known_answers, with_answers
from congvan.commands.cli import app
from tests.support.planted import dispatch

TABLE = """
TT\tĐơn vị\tKế hoạch\tThực hiện\tTỷ lệ (%)
1\tXã Vĩnh Trạch\t40\t30\t75,0
2\tXã Vĩnh Chánh\t50\t45\t95,0
3\tXã Phú Thuận\t25\t20\t80,0
Tổng\t\t115\t95\t82,6
"""


def run(*words: str) -> Result:
    return CliRunner().invoke(app, [*words], env={"COLUMNS": "80"})


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    letter = tmp_path / "den" / "bao-cao.txt"
    letter.parent.mkdir()
    letter.write_text(dispatch("Huyện kết nạp đảng viên như sau.", TABLE.strip()), encoding="utf-8")
    assert run("ingest", str(letter), "--archive", str(tmp_path / "kho")).exit_code == 0
    return tmp_path / "kho"


def number_of(printed: str) -> str:
    found = re.search(r"(F\d+) SAI LỆCH: Hàng «Xã Vĩnh Chánh»", " ".join(printed.split()))
    assert found is not None, printed
    return found[1]


def test_an_answer_stays_with_its_finding_over_another_reading(kept: Path) -> None:
    before = run("audit", "--archive", str(kept))
    assert before.exit_code == 3
    said = run("audit", "note", "12-BC/HU", number_of(before.stdout), "--as", "explained", "--why", "Đã đính chính",
               "--archive", str(kept))  # fmt: skip
    assert said.exit_code == 0, said.output
    assert run("reparse", "--archive", str(kept)).exit_code == 0
    after = run("audit", "--archive", str(kept))
    assert "có lý do (Đã đính chính)" in " ".join(after.stdout.split())
    assert after.exit_code == 0, "what is explained is no mistake to stop on"


def test_a_mistake_that_is_owned_stays_one_and_an_answer_can_be_taken_back(kept: Path) -> None:
    number = number_of(run("audit", "--archive", str(kept)).stdout)
    for answer, told in (("mistake", 1), ("open", 0)):
        assert run("audit", "note", "12-BC/HU", number, "--as", answer, "--archive", str(kept)).exit_code == 0
        assert len(known_answers(Archive(kept).engine)) == told
        assert run("audit", "--archive", str(kept)).exit_code == 3


def test_a_number_that_no_finding_has_is_told(kept: Path) -> None:
    said = run("audit", "note", "12-BC/HU", "F99", "--as", "ours", "--archive", str(kept))
    assert said.exit_code == 1
    assert "không có kết quả F99" in said.stderr


@pytest.mark.parametrize("form", ["html", "xlsx"])
def test_every_report_tells_the_answer(kept: Path, tmp_path: Path, form: str) -> None:
    number = number_of(run("audit", "--archive", str(kept)).stdout)
    run("audit", "note", "12-BC/HU", number, "--as", "ours", "--why", "đọc sai ô", "--archive", str(kept))
    out = tmp_path / f"kiem-tra.{form}"
    assert run("audit", "--archive", str(kept), "--format", form, "--out", str(out)).exit_code == 0
    if form == "html":
        assert "phần mềm đọc hoặc tính sai (đọc sai ô)" in out.read_text(encoding="utf-8")


def test_the_report_keeps_words_whole_at_80_columns(kept: Path) -> None:
    printed = run("audit", "--archive", str(kept)).stdout
    assert all(len(line) <= 80 for line in printed.splitlines()), printed
    assert "in 95,0 nhưng 45 / 50 = 90 %" in " ".join(printed.split())


def test_answers_change_nothing_where_there_are_none(kept: Path) -> None:
    from congvan.audit.across.batch import check_all

    (one,) = check_all((None, Archive(kept).record(sha256)) for sha256 in Archive(kept).hashes())
    assert with_answers(one, {}) is one
