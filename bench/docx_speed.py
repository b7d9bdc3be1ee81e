"""`python -m bench.docx_speed`: CPU of the Word reader, and of file to record, beside python-docx's own walk.

The same files, interleaved. The bar is 2.0. Files: those of the corpus, or the ones named.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

import docx

from bench.cases import ROOT
from ingest.door.registry import SourceFile
from ingest.read import load
from ingest.word.reader import read_docx
from parsers.parse import parse

_ROUNDS = 5


def walk(data: bytes) -> int:
    """python-docx over all paragraphs and cells: the number of characters."""
    count = 0
    for block in docx.Document(BytesIO(data)).iter_inner_content():
        if hasattr(block, "text"):
            count += len(block.text)
        else:
            count += sum(len(cell.text) for row in block.rows for cell in row.cells)
    return count


def cpu(work: Callable[[], object]) -> float:
    """Seconds of CPU that this takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main(paths: list[Path]) -> None:
    """Print the CPU of each for all files, and its ratio to python-docx's."""
    sources: list[SourceFile] = [load(path) for path in paths]
    walk(sources[0].data)
    parse(read_docx(sources[0]))
    works: dict[str, Callable[[SourceFile], object]] = {
        "python-docx": lambda source: walk(source.data),
        "ours, Document": read_docx,
        "ours, record": lambda source: parse(read_docx(source)),
    }
    times = dict.fromkeys(works, 0.0)
    for _ in range(_ROUNDS):
        for source in sources:
            for name, work in works.items():
                times[name] += cpu(partial(work, source))
    print(f"{len(sources)} files")
    for name, seconds in times.items():
        each = seconds * 1000 / _ROUNDS / len(sources)
        print(f"{name:16} {each:6.1f} ms a file, {seconds / times['python-docx']:.2f} x python-docx")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or sorted(ROOT.glob("corpus/*/*.docx")))
