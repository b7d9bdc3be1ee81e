"""What reading a PDF costs: our way from file to record against pdfplumber and against pdfium's bare text.

The same files go through each reader in turn, in shuffled order, several rounds; CPU time of this process, imports
not counted. Then long files: cost by page, and peak memory in processes of their own.

Run: `python -m bench.pdf_speed [rounds]`. Exit code 1 when a bar of the project is missed.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pypdfium2

from congvan.intake.process import process_file
from congvan.intake.workers import Limits, run_isolated
from ingest.door.registry import SourceFile
from ingest.pdf.reader import read_pdf
from parsers.parse import parse

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
MOST_OF_PDFPLUMBER = 0.5
MOST_OF_PDFIUM = 25.0
MOST_MEMORY = 1.3
# A page may cost this much more in the longest file than in the shortest one.
MOST_GROWTH = 1.3


def ours(path: Path) -> None:
    """From file to record."""
    parse(read_pdf(SourceFile(path, "application/pdf", path.read_bytes())))


def ours_reading(path: Path) -> None:
    """From file to Document only."""
    read_pdf(SourceFile(path, "application/pdf", path.read_bytes()))


def by_pdfplumber(path: Path) -> None:
    """Text and tables of every page, each page closed."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.extract_tables()
            page.close()


def by_pdfium(path: Path) -> None:
    """The bare text."""
    pdf = pypdfium2.PdfDocument(path)
    for index in range(len(pdf)):
        page = pdf[index]
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    pdf.close()


READERS: dict[str, Callable[[Path], None]] = {
    "pdfium": by_pdfium,
    "pdfplumber": by_pdfplumber,
    "ours, Document": ours_reading,
    "ours, record": ours,
}


def compare(files: Sequence[Path], rounds: int) -> dict[str, float]:
    """Median CPU seconds of each reader over all files."""
    times: dict[str, list[float]] = {name: [] for name in READERS}
    for path in files[:3]:
        for reader in READERS.values():
            reader(path)
    for number in range(rounds):
        order = list(READERS)
        random.Random(number).shuffle(order)
        for name in order:
            start = time.process_time()
            for path in files:
                READERS[name](path)
            times[name].append(time.process_time() - start)
    return {name: statistics.median(values) for name, values in times.items()}


def measured_alone(path: Path) -> tuple[float, float, float]:
    """CPU seconds and peak megabytes of reading and parsing one file in a fresh process, and the peak of a worker."""
    figures = [_printed("--one", path), _printed("--worker", path)]
    return figures[0][0], figures[0][1], figures[1][0]


def _printed(option: str, path: Path) -> list[float]:
    command = [sys.executable, "-m", "bench.pdf_speed", option, str(path)]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [float(figure) for figure in output.split()]


def one(path: Path) -> None:
    """Reads one file and prints its CPU seconds and the peak memory of the process in megabytes."""
    ours(next(iter(sorted(CORPUS.glob("*/*.pdf")))))
    start = time.process_time()
    ours(path)
    print(time.process_time() - start, peak())


def worker(path: Path) -> None:
    """Reads one file as `congvan parse` does and prints the peak memory of its worker process in megabytes."""
    *_, (_, megabytes) = run_isolated(_job, [str(path), _PEAK], Limits(workers=1))
    print(megabytes)


_PEAK = "peak"


def _job(path: str) -> object:
    """What a worker does with a file; then the peak of the same worker, the file's result sent and all."""
    return peak() if path == _PEAK else process_file(Path(path))


def peak() -> float:
    """The peak of this program's own memory, in megabytes: `ru_maxrss` would begin with what the parent process had."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main(arguments: Sequence[str]) -> int:
    """Prints the figures; 1 when a bar is missed."""
    if arguments[:1] in (["--one"], ["--worker"]):
        {"--one": one, "--worker": worker}[arguments[0]](Path(arguments[1]))
        return 0
    rounds = int(arguments[0]) if arguments else 7
    files = sorted(CORPUS.glob("*/*.pdf"))
    pages = sum(len(pypdfium2.PdfDocument(path)) for path in files)
    medians = compare(files, rounds)
    print(f"{len(files)} files, {pages} pages, {rounds} rounds, load {os.getloadavg()[0]:.1f}")
    for name, seconds in medians.items():
        cost = seconds / pages * 1000
        to_pdfium, to_plumber = seconds / medians["pdfium"], seconds / medians["pdfplumber"]
        print(f"{name:16} {cost:7.2f} ms a page, {to_pdfium:6.2f} x pdfium, {to_plumber:5.2f} x pdfplumber")
    good = medians["ours, record"] <= MOST_OF_PDFPLUMBER * medians["pdfplumber"]
    good = good and medians["ours, record"] <= MOST_OF_PDFIUM * medians["pdfium"]
    return 0 if long_files() and good else 1


def long_files() -> bool:
    """Cost by page and memory of 10, 100 and 500 pages of each kind; whether all keep to their bars."""
    from bench.long_pdf import KINDS

    kept = [_keeps(kind) for kind in KINDS]
    return all(kept)


def _keeps(kind: str) -> bool:
    from bench.long_pdf import long_file

    figures = {}
    with tempfile.TemporaryDirectory() as folder:
        for pages in (10, 100, 500):
            seconds, alone, working = measured_alone(long_file(kind, pages, Path(folder)))
            figures[pages] = (seconds / pages, alone, working)
            cost = f"{seconds / pages * 1000:6.2f} ms a page"
            print(f"{kind:10} {pages:4} pages: {cost}, peak {alone:6.1f} MB, in a worker {working:6.1f} MB", flush=True)
    growth, alone, working = (figures[500][i] / figures[10][i] for i in range(3))
    print(f"{kind:10} 500 against 10 pages: cost x{growth:.2f}, memory x{alone:.2f}, in a worker x{working:.2f}")
    return growth <= MOST_GROWTH and max(alone, working) <= MOST_MEMORY


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
