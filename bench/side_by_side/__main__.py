"""`python -m bench.side_by_side [--peer docling=/PATH/python …] [--rounds 3] [--write]`

Every reader in a process of its own that stays; each file goes through all of them, one after the other, in shuffled
order, round by round, so that what else the machine does falls on all alike. Imports are not counted. `--peer` names a
reader that lives in another environment. `--scaling` measures files by the thousand and workers too. `--write` writes
docs/benchmarks.md; without it the tables are printed.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2

from bench.cases import ROOT
from bench.side_by_side.judged import Right, judge
from bench.side_by_side.page import page
from bench.side_by_side.scaling import scaling

FLOORS = {"txt": (), "docx": ("lxml",), "pdf": ("pdfium", "pdfplumber"), "scan": ("tesseract",)}
_SCANNED = 8
"""As many dispatches are read as pictures: one costs seconds."""


@dataclass
class Measured:
    """What one reader did with the files of one format."""

    right: Right = field(default_factory=Right)
    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    memory: int = 0
    failed: int = 0
    why: str = ""
    version: str = ""


class Tool:
    """A reader's process."""

    def __init__(self, name: str, python: str | None) -> None:
        ours = [sys.executable, "-m", "bench.side_by_side.tool"]
        script = [python, str(Path(__file__).parent / "tool.py")] if python else ours
        pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
        self.process = subprocess.Popen([*script, name], stdin=pipe, stdout=pipe, stderr=nowhere, text=True, cwd=ROOT)
        ready = self._answer()
        self.why: str = ready.get("error", "")
        self.version: str = ready.get("version", "")

    def read(self, path: Path) -> dict[str, Any]:
        """What the reader makes of a file, and what that cost."""
        assert self.process.stdin
        print(path, file=self.process.stdin, flush=True)
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self.process.stdout
        line = self.process.stdout.readline()
        made: dict[str, Any] = json.loads(line) if line else {"error": "the process ended", "wall": 0.0, "cpu": 0.0}
        return made


@contextmanager
def _tools(names: list[str], peers: dict[str, str]) -> Iterator[dict[str, Tool]]:
    with ExitStack() as stack:
        made = {name: Tool(name, peers.get(name)) for name in names}
        for tool in made.values():
            stack.callback(tool.process.kill)
        yield made


def files(form: str, folder: Path) -> list[tuple[Path, dict[str, Any]]]:
    """The corpus in one format, each file with its gold; scans are drawn from the PDFs into `folder`."""
    found = []
    for gold in sorted((ROOT / "corpus").glob("[0-9]*/gold.json")):
        suffix = "pdf" if form == "scan" else form
        found += [(path, json.loads(gold.read_text(encoding="utf-8"))) for path in gold.parent.glob(f"*.{suffix}")]
    if form != "scan":
        return found
    return [(_scanned(path, folder), gold) for path, gold in found[:: len(found) // _SCANNED][:_SCANNED]]


def _scanned(path: Path, folder: Path) -> Path:
    """The pages of a PDF as grey pictures of 200 dpi."""
    with pypdfium2.PdfDocument(path) as pdf:
        first, *others = (page.render(scale=200 / 72, grayscale=True).to_pil() for page in pdf)
    made = folder / path.name
    first.save(made, save_all=True, append_images=others, resolution=200)
    return made


def measured(form: str, peers: dict[str, str], rounds: int) -> dict[str, Measured]:
    """Each reader over the corpus in one format, taking turns."""
    names = ["congvan", *FLOORS[form], *peers]
    found = {name: Measured() for name in names}
    with tempfile.TemporaryDirectory() as folder, _tools(names, peers) as tools:
        cases = files(form, Path(folder))
        for name in names:
            found[name].version = tools[name].version
            found[name].why = tools[name].why or tools[name].read(cases[0][0]).get("error", "")
        turns = [(case, name) for case in cases for name in names if not found[name].why]
        for number in range(rounds):
            random.Random(number).shuffle(turns)
            for (path, gold), name in turns:
                _note(found[name], tools[name].read(path), gold, first=number == 0)
    return found


def _note(one: Measured, made: dict[str, Any], gold: dict[str, Any], first: bool) -> None:
    one.cpu.append(made["cpu"])
    one.wall.append(made["wall"])
    one.memory = max(one.memory, made.get("memory", 0))
    if first:
        one.failed += "error" in made
        one.right = one.right.plus(judge(made, gold))


def main() -> int:
    """Measure, and print or write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=PYTHON")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--scaling", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    peers = dict(one.split("=", 1) for one in options.peer)
    found = {form: measured(form, peers, 1 if form == "scan" else options.rounds) for form in FLOORS}
    text = page(found, scaling() if options.scaling else [], options.rounds)
    if options.write:
        (ROOT / "docs" / "benchmarks.md").write_text(text, encoding="utf-8")
    else:
        print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
