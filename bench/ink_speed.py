"""`python -m bench.ink_speed`: what a pen on a scan and fields on a born-digital page cost, and a worker's memory.

The same page is read with and without, in turn, from file to record; CPU of this process, medians of the rounds. Bars:
a scanned page with pen 1.25 times one without, a page with fields 1.1 times one whose number and day are printed, and
600 MB for a worker that has loaded the recogniser. Fields that show pictures are read by OCR and have no bar: what each
costs is said in milliseconds.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from statistics import median

from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from ingest.read import read_file
from parsers.parse import parse
from tests.support.pdf_fields import Field, letter, page_pdf, with_fields, write
from tests.support.pictures import BODY, DPI, letterhead

MOST_PEN, MOST_FIELDS, MOST_MEMORY = 1.25, 1.1, 600.0
_NUMBER, _PRINTED = "Số: 273/UBND-NV", "An Bình, ngày 17 tháng 3 năm 2025"
_FIELDS = (Field(112, 87, 28, 16, "274"), Field(408, 87, 18, 16, "17"), Field(464, 87, 18, 16, "06"))
_LINES = 24


def main(arguments: list[str] | None = None) -> int:
    """Print the figures; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.ink_speed")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        scans, pages = _scans(Path(folder)), _pages(Path(folder))
        memory = {name: _peak(path) for name, path in scans.items()}
        scanned, born = _costs(scans, options.rounds), _costs(pages, 5 * options.rounds)
    pen, fields = scanned["pen"] / scanned["print"], born["fields"] / born["print"]
    picture = (born["pictures"] - born["print"]) / len(_FIELDS) * 1000
    print(f"scanned page: {scanned['print']:.2f} s, with pen x{pen:.2f}")
    print(f"born-digital page: {born['print'] * 1000:.1f} ms, with fields x{fields:.2f}; a picture {picture:.0f} ms")
    print(f"a worker's peak: {memory['print']:.0f} MB without ink, {memory['pen']:.0f} MB with the recogniser")
    return 0 if pen <= MOST_PEN and fields <= MOST_FIELDS and memory["pen"] <= MOST_MEMORY else 1


def _scans(folder: Path) -> dict[str, Path]:
    """A page of text with its number and day printed, and the same with both written by pen."""
    paths = {}
    for name in ("print", "pen"):
        printed = name == "print"
        sheet = letterhead(*((_NUMBER, _PRINTED) if printed else ("Số:          /UBND-NV", _without_day())))
        for line in range(_LINES):
            sheet.write(85, 300 + 19 * line, BODY[line % len(BODY)])
        if not printed:
            sheet.pen(117, 103, "273")
            sheet.pen(381, 103, "17")
        paths[name] = folder / f"{name}.png"
        Image.fromarray(sheet.picture().pixels).save(paths[name], dpi=(DPI, DPI))
    return paths


def _without_day() -> str:
    return "An Bình, ngày        tháng 3 năm 2025"


def _pages(folder: Path) -> dict[str, Path]:
    """A born-digital page whose number and day are printed, come from fields, and from pictures in fields."""

    def text(canvas: Canvas) -> None:
        for line in range(_LINES):
            write(canvas, BODY[line % len(BODY)], 85, 350 + 18 * line)

    def printed(canvas: Canvas) -> None:
        letter(canvas, "Số: 274 /UBND-NV", "ngày 17 tháng 06 năm 2025")
        text(canvas)

    def opened(canvas: Canvas) -> None:
        letter(canvas)
        text(canvas)

    data = {
        "print": page_pdf(printed),
        "fields": with_fields(page_pdf(opened), _FIELDS),
        "pictures": with_fields(page_pdf(opened), [replace(field, picture=True) for field in _FIELDS]),
    }
    paths = {name: folder / f"{name}.pdf" for name in data}
    for name, path in paths.items():
        path.write_bytes(data[name])
    return paths


def _costs(paths: dict[str, Path], rounds: int) -> dict[str, float]:
    """The median CPU seconds of each file, read in turn; the first round, in which all is loaded, is left out."""
    spent: dict[str, list[float]] = {name: [] for name in paths}
    for number in range(rounds + 1):
        for name, path in paths.items():
            seconds = _cpu(lambda path=path: parse(read_file(path)))  # type: ignore[misc]  # bound at once
            if number:
                spent[name].append(seconds)
    return {name: median(seconds) for name, seconds in spent.items()}


def _cpu(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def _peak(path: Path) -> float:
    """The peak memory in MB of a worker of its own that reads this file five times."""
    with ProcessPoolExecutor(1, max_tasks_per_child=1) as pool:
        return pool.submit(peak_of, path).result()


def peak_of(path: Path) -> float:
    """The peak memory of this process in MB after reading a file five times."""
    for _ in range(5):
        parse(read_file(path))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    raise SystemExit(main())
