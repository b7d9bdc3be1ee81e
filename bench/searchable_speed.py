"""`python -m bench.searchable_speed FILE…`: our searchable PDF of a scan beside OCRmyPDF's, where that is installed.

Prints for each file the CPU a page, the size added to the original, and how many words the text layer holds.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pypdfium2

from ingest.scan.invisible_text import write_searchable
from vietnamese.fold import fold

Maker = Callable[[Path, Path], object]


def _with_ocrmypdf(source: Path, target: Path) -> None:
    command = ["ocrmypdf", "-q", "-l", "vie", "-j1", "--output-type", "pdf", "--skip-text", str(source), str(target)]
    subprocess.run(command, check=True)


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _words(path: Path) -> tuple[int, set[str]]:
    with pypdfium2.PdfDocument(path) as pdf:
        texts = [page.get_textpage().get_text_range() for page in pdf]
    return len(texts), {word for text in texts for word in fold(text).split()}


def measure(source: Path, make: Maker, target: Path) -> tuple[float, int, set[str]]:
    """CPU seconds a page, bytes added, and the words of the text layer."""
    before = _cpu()
    make(source, target)
    spent = _cpu() - before
    pages, words = _words(target)
    return spent / pages, target.stat().st_size - source.stat().st_size, words


def main(paths: list[Path]) -> None:
    """Measure both on each file."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    makers: dict[str, Maker] = {"ours": write_searchable}
    if shutil.which("ocrmypdf"):
        makers["ocrmypdf"] = _with_ocrmypdf
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            for name, make in makers.items():
                seconds, added, words = measure(path, make, Path(folder) / "made.pdf")
                print(f"{path.name:40} {name:10} {seconds:6.2f} s/page {added / 1024:8.0f} kB {len(words):6} words")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
