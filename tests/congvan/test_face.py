"""The public face: what docs/api.md shows runs and prints what it says there; the wheel works by itself."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import congvan
from congvan.archive.archive import Archive
from congvan.archive.upkeep import Seen
from congvan.dataset.keep.build import build
from congvan.intake.process import process_file
from ingest.door.errors import ReadError
from tests.support.sources import ROOT

LETTER = ROOT / "corpus" / "01-ket-nap-hai-hau" / "ket-nap-hai-hau.pdf"
BLOCKS = re.findall(
    r"```python\n(.*?)```\n\n```text\n(.*?)```", (ROOT / "docs" / "api.md").read_text(encoding="utf-8"), re.S
)


def test_the_examples_of_the_page_print_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = Archive(tmp_path / "ARCHIVE")
    made = process_file(LETTER)
    record = made.dispatch()
    archive.add(LETTER.read_bytes(), made.document, record, Seen(str(LETTER), 1, 1, record.id, "done"))
    build(archive, tmp_path / "DATASET")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    assert len(BLOCKS) == 5
    names: dict[str, object] = {}
    for code, printed in BLOCKS:
        exec(code, names)
        assert capsys.readouterr().out == printed


def test_what_cannot_be_read_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"")
    with pytest.raises(ReadError, match="rỗng"):
        congvan.read(tmp_path / "a.pdf")


def test_no_archive_and_no_dataset_are_said(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="không có kho lưu"):
        congvan.Archive(tmp_path)
    with pytest.raises(FileNotFoundError, match="no dataset"):
        congvan.dataset(tmp_path)


def test_nothing_is_loaded_before_it_is_used() -> None:
    heavy = {"pydantic", "pandas", "lxml", "ingest"}
    code = f"import sys, congvan; print(sorted({{name.split('.')[0] for name in sys.modules}} & {heavy}))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.slow
def test_the_wheel_works_outside_the_checkout(tmp_path: Path) -> None:
    """Built from the sources as they are, unpacked alone; the libraries are those of this environment."""
    build_wheel = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(tmp_path),
    ]
    subprocess.run([*build_wheel, str(_copy_of_sources(tmp_path / "src"))], check=True, capture_output=True)
    wheel = next(tmp_path.glob("congvan-*.whl"))
    home = tmp_path / "home"
    subprocess.run([sys.executable, "-m", "zipfile", "-e", str(wheel), str(home)], check=True)
    letter = tmp_path / LETTER.name
    letter.write_bytes(LETTER.read_bytes())
    code = f"import congvan; print(congvan.__file__); print(congvan.read({str(letter)!r}).header.so_hieu)"
    told = _alone(home, tmp_path, "-c", code)
    assert told.splitlines() == [str(home / "congvan" / "__init__.py"), "842-CV/HU"]
    command = "from congvan.commands.cli import main; main()"
    assert '"so_hieu":"842-CV/HU"' in _alone(home, tmp_path, "-c", command, "parse", str(letter)).replace(": ", ":")
    assert "1" in _alone(home, tmp_path, "-c", command, "ingest", str(letter), "--archive", str(tmp_path / "archive"))
    assert len(list(congvan.Archive(tmp_path / "archive").dispatches())) == 1


def _copy_of_sources(target: Path) -> Path:
    target.mkdir()
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in listed.stdout.splitlines():
        if name.startswith(("corpus/", "tests/", "bench/")) or not (ROOT / name).is_file():
            continue
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes((ROOT / name).read_bytes())
    return target


def _alone(home: Path, where: Path, *arguments: str) -> str:
    """What Python prints with the unpacked wheel in front of everything else, outside the checkout."""
    run = subprocess.run(
        [sys.executable, *arguments], cwd=where, env={**os.environ, "PYTHONPATH": str(home)},
        capture_output=True, text=True,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return run.stdout
