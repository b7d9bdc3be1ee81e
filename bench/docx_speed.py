"""`python -m bench.docx_speed`: CPU of the Word reader beside python-docx's own walk of the same files, interleaved.

The bar is 2.0. Files: those of the corpus, or the ones named.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx

from bench.cases import ROOT
from ingest.docx import read_docx
from ingest.read import load
from ingest.registry import SourceFile

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
    """Print the CPU of both for all files, and their ratio."""
    sources: list[SourceFile] = [load(path) for path in paths]
    walk(sources[0].data)
    read_docx(sources[0])
    theirs = ours = 0.0
    for _ in range(_ROUNDS):
        for source in sources:
            theirs += cpu(lambda source=source: walk(source.data))
            ours += cpu(lambda source=source: read_docx(source))
    each = 1000 / _ROUNDS / len(sources)
    print(f"{len(sources)} files: python-docx {theirs * each:.1f} ms, ours {ours * each:.1f} ms, {ours / theirs:.2f}")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or sorted(ROOT.glob("corpus/*/*.docx")))
