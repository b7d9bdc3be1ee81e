"""`congvan --help` and importing the command line load none of the heavy libraries."""

from __future__ import annotations

import subprocess
import sys

import pytest

_HEAVY = {
    "pandas",
    "numpy",
    "cv2",
    "PIL",
    "pdfplumber",
    "pdfminer",
    "pypdfium2",
    "lxml",
    "docx",
    "sqlalchemy",
    "duckdb",
    "pyarrow",
    "tesserocr",
    "rapidfuzz",
    "pydantic",
    "pydantic_core",
    "rich",
    "reportlab",
    "fastapi",
    "uvicorn",
    "cryptography",
}
_OURS = {"ingest", "parsers", "vietnamese", "schemas"}
_HELP = """
import sys
import congvan.commands.cli
sys.argv = ["congvan", *{arguments!r}]
try:
    congvan.commands.cli.main()
except SystemExit as end:
    assert end.code == 0, end.code
print("loaded:", *sorted({{name.partition(".")[0] for name in sys.modules}}))
"""


def _loaded(arguments: list[str]) -> set[str]:
    """The top names of all modules loaded after the command."""
    run = subprocess.run(
        [sys.executable, "-c", _HELP.format(arguments=arguments)], capture_output=True, encoding="utf-8", check=True
    )
    return set(run.stdout.rpartition("loaded:")[2].split())


def test_help_loads_nothing_heavy() -> None:
    loaded = _loaded(["--help"])
    assert {"congvan", "typer"} <= loaded
    assert not loaded & (_HEAVY | _OURS)


@pytest.mark.parametrize("command", ["parse", "ingest", "search", "audit"])
def test_help_of_a_command_loads_nothing_heavy(command: str) -> None:
    # Typer asks pydantic about the types of a command's own options.
    assert not _loaded([command, "--help"]) & ((_HEAVY | _OURS) - {"pydantic", "pydantic_core"})
