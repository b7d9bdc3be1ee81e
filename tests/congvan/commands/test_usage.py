"""What a command says of how it is given: in Vietnamese, and with the exit code for wrong use."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner

import congvan
from congvan.commands.cli import app

ENGLISH = re.compile(r"\b(?:usage|options|arguments|missing|such|invalid|value|extra|show this|required|default)\b")
GIVEN = [
    ("parse", "Thiếu FILE…. Cách dùng: congvan parse --help"),
    ("parse a --khong-co", "Không có tùy chọn --khong-co. Cách dùng: congvan parse --help"),
    ("search x --limi 3", "Không có tùy chọn --limi; có phải --limit? Cách dùng: congvan search --help"),
    ("search x --limit", "Tùy chọn --limit cần một giá trị."),
    ("search x --limit ba", "--limit: cần một số."),
    ("search x --limit 0", "--limit: phải từ 1 trở lên."),
    ("search x --format pdf", "--format: không có “pdf”; chọn một trong 'table', 'json', 'csv', 'xlsx'."),
    ("search x --by-date=1", "Tùy chọn --by-date không nhận giá trị."),
    ("read a b c", "Thừa: b c."),
    ("in-an", "Không có lệnh “in-an”. Cách dùng: congvan --help"),
    ("dataset in-an", "Không có lệnh “in-an”. Cách dùng: congvan dataset --help"),
    ("--khong-co", "Không có tùy chọn --khong-co. Cách dùng: congvan --help"),
]


@pytest.mark.parametrize(("command", "said"), GIVEN)
def test_a_command_given_wrongly_is_told_of_in_a_line(command: str, said: str) -> None:
    result = CliRunner().invoke(app, command.split(), prog_name="congvan")
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr and result.stderr.count("\n") == 1


@pytest.mark.parametrize("command", ["", "dataset"])
def test_a_command_left_out_shows_which_there_are(command: str) -> None:
    result = CliRunner().invoke(app, command.split(), prog_name="congvan")
    assert result.exit_code == 2 and result.output.startswith("Cách dùng: congvan") and "Lệnh:" in result.output


def _commands() -> list[str]:
    group = typer.main.get_command(app)
    names = [*group.commands]  # type: ignore[attr-defined]
    below = [f"{name} {one}" for name in names for one in getattr(group.commands[name], "commands", ())]  # type: ignore[attr-defined]
    return ["", *names, *below]


@pytest.mark.parametrize("command", _commands())
def test_help_pages_are_in_vietnamese(command: str) -> None:
    result = CliRunner().invoke(app, [*command.split(), "--help"], prog_name="congvan")
    shown = re.sub(r"--[\w-]+|[A-Z]{3,}|<[^>]*>|=>|outputs/\w+", "", result.output)
    assert result.exit_code == 0 and not ENGLISH.findall(shown.casefold())


def test_the_version_is_told() -> None:
    told = CliRunner().invoke(app, ["--version"])
    assert told.exit_code == 0 and told.stdout == f"congvan {congvan.__version__}\n"


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("congvan ver", "verify"), ("congvan dataset ga", "gaps"), ("congvan fix x --nu", "--number")],
)
def test_a_shell_completes_commands_and_options(typed: str, offered: str) -> None:
    asked = {"_CONGVAN_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" "))}
    answer = subprocess.run(
        [sys.executable, "-c", "from congvan.commands.cli import main; import sys; sys.argv = ['congvan']; main()"],
        env={**os.environ, **asked}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert answer.stdout.split() == [offered], answer.stderr


def test_the_options_of_all_commands_are_told_in_vietnamese() -> None:
    page = CliRunner().invoke(app, ["--help"]).stdout
    assert "Cài gợi ý lệnh" in page and "completion for" not in page and "customize" not in page
