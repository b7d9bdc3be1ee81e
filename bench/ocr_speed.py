"""`python -m bench.ocr_speed [PDF …]`: what reading scans costs beside the raw `tesseract` command.

Both sides work on the same pages in the same run, in turn, one thread each. The command gets its pages already
rendered, as PNG at the resolution of the scan; ours starts from the PDF and ends with the record. CPU is user and
system time of the process and its children; the ratio is that of the medians. Bars: 1.2 for all pages, 1.5 for pages
with ruled tables, two workers at least 1.85 times one, 400 MB a worker over 100 pages.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import median

import pypdfium2

os.environ["OMP_THREAD_LIMIT"] = "1"
_BUILT = Path(__file__).resolve().parents[1] / "corpus" / "built" / "scans"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.ocr_speed")
    parser.add_argument("files", nargs="*", type=Path, help="scanned PDFs (default: those of the corpus)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=int, default=12, help="how many of the corpus's files")
    parser.add_argument("--memory", action="store_true", help="also measure one worker over 100 pages")
    options = parser.parse_args(arguments)
    files = options.files or sorted(_BUILT.glob("*.pdf"))[:: max(1, len(list(_BUILT.glob("*.pdf"))) // options.limit)]
    with tempfile.TemporaryDirectory() as folder:
        _compare(files, Path(folder), options.rounds)
    _workers(files, options.rounds)
    if options.memory:
        _memory(files)
    return 0


def _compare(files: Sequence[Path], folder: Path, rounds: int) -> None:
    pictures = {file: _rendered(file, folder) for file in files}
    read_record(files[0])
    ours: dict[Path, list[float]] = {file: [] for file in files}
    raw: dict[Path, list[float]] = {file: [] for file in files}
    tables: set[Path] = set()
    for _ in range(rounds):
        for file in files:
            raw[file].append(_cpu(lambda file=file: _tesseract(pictures[file])))
            ours[file].append(_cpu(lambda file=file: tables.update([file] if read_record(file) else [])))
    for name, chosen in (("all", files), ("with tables", [file for file in files if file in tables])):
        pages = sum(len(pictures[file]) for file in chosen)
        if pages:
            cost, base = (sum(median(side[file]) for file in chosen) for side in (ours, raw))
            print(
                f"{name}: {pages} pages, ours {cost / pages:.3f} s, tesseract {base / pages:.3f} s CPU a page", end=""
            )
            print(f", ratio {cost / base:.2f}")


def _rendered(file: Path, folder: Path) -> list[Path]:
    from ingest.scan.reader import native_dpi

    paths = []
    with pypdfium2.PdfDocument(file) as pdf:
        for number, page in enumerate(pdf):
            dpi = native_dpi(page)
            paths.append(folder / f"{file.stem}-{number}.png")
            page.render(scale=dpi / 72, grayscale=True).to_pil().save(paths[-1], dpi=(dpi, dpi))
    return paths


def _tesseract(pages: Sequence[Path]) -> None:
    for page in pages:
        subprocess.run(["tesseract", str(page), "-", "-l", "vie"], capture_output=True, check=True)


def read_record(file: Path) -> int:
    """Reads and parses a file; the number of its grids."""
    from ingest.read import read_file
    from parsers.parse import parse

    document = read_file(file)
    parse(document)
    return sum(block.kind == "table" for block in document.blocks)


def _cpu(work: Callable[[], object]) -> float:
    before = _spent()
    work()
    return _spent() - before


def _spent() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _workers(files: Sequence[Path], rounds: int) -> None:
    """One worker and two in turn, the best of the rounds of each: other work on the machine only ever adds time.

    Each file is read twice, the largest first, so that the end, where one worker is left alone, is short.
    """
    work = sorted([*files, *files], key=lambda file: -file.stat().st_size)
    seconds: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(rounds):
        for workers, taken in seconds.items():
            taken.append(_batch(work, workers))
    one, two = min(seconds[1]), min(seconds[2])
    print(f"two workers: {one / two:.2f} times one ({one:.1f} s, {two:.1f} s)")


def _batch(work: Sequence[Path], workers: int) -> float:
    """The seconds that a warm pool takes to read all files."""
    with ProcessPoolExecutor(workers) as pool:
        list(pool.map(read_record, work[-2 * workers :]))
        began = time.perf_counter()
        list(pool.map(read_record, work))
        return time.perf_counter() - began


def _memory(files: Sequence[Path]) -> None:
    with ProcessPoolExecutor(1) as pool:
        peak = pool.submit(peak_over, files, 100).result()
    print(f"one worker over 100 pages: {peak:.0f} MB")


def peak_over(files: Sequence[Path], pages: int) -> float:
    """The peak memory of this process in MB after reading so many pages."""
    done = 0
    while done < pages:
        for file in files:
            read_record(file)
            with pypdfium2.PdfDocument(file) as pdf:
                done += len(pdf)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    raise SystemExit(main())
