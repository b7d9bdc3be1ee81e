"""`python -m bench.pen [FOLDER]`: how often the reader of pen-written digits is right, by how sure it is.

FOLDER (default `../shared/pen`) holds cuttings of number and date lines and `truth.csv` (file, field, value, office).
Each cutting is taken for a page; the blanks are found as in one. The curve says for each share of the readings from
which a value would be taken how many cuttings are filled in and how many of these are right; it is given for each
office too, whose hands are others. `ingest.scan.pen.digit_reading` holds what is made of it. Bars: of 92 at least 80
filled in, 98 in 100 of these right, the rest among the first three suggestions in 9 of 10 cases.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from bench.cases import ROOT
from ingest.scan.image_files import plain
from ingest.scan.pen.blanks import read_ink
from ingest.scan.pen.form_line import FormBlank, FormLine
from ingest.scan.pen.print_in_blank import is_printed
from ingest.scan.pen.recogniser import recogniser
from ingest.scan.picture.ink import spots_of
from ingest.scan.picture.ink_lines import lines_of, merged
from ingest.scan.picture.picture import Picture, prepare
from ingest.scan.words.blank_lines import parts_of
from ingest.scan.words.read_lines import read_line_of
from schemas.document import PEN_SURE, PenValue

_DPI = 300.0
_THRESHOLDS = (0.5, 0.7, 0.8, 0.9, 0.95, PEN_SURE, 0.985, 0.99)
# Cuttings begin amid the place's name: the form's words may be cut as well.
_CUT_DATE = re.compile(r"[^t]*?[ae][yv](.*?)th.{1,2}ng(.*?)n.m")
_CUT_NUMBER = re.compile(r"\W*s[oa0]\s*:?(.*?)(?=/|[a-z]{2,}-)")


@dataclass(frozen=True)
class _Case:
    """A cutting, read: how sure its least sure value is, whether all are right, whether all are among three."""

    office: str
    sure: float
    right: bool
    shown: bool


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the curve; 1 where a bar is missed or there is no recogniser."""
    parser = argparse.ArgumentParser(prog="python -m bench.pen")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT.parent / "shared" / "pen")
    parser.add_argument("-v", "--verbose", action="store_true", help="show each cutting that is not filled in right")
    options = parser.parse_args(arguments)
    if recogniser() is None:
        print("no recogniser: onnxruntime or rapidocr is not installed")
        return 1
    started = time.process_time()
    with (options.folder / "truth.csv").open(encoding="utf-8", newline="") as lines:
        cases = [_case(options.folder, row, options.verbose) for row in csv.DictReader(lines)]
    print(f"{len(cases)} cuttings, {(time.process_time() - started) / len(cases):.2f} s of CPU each")
    for office in ("", *sorted({case.office for case in cases})):
        _curve(office or "all", [case for case in cases if office in ("", case.office)])
    filled = [case for case in cases if case.sure >= PEN_SURE]
    rest = [case for case in cases if case.sure < PEN_SURE]
    right, shown = sum(case.right for case in filled), sum(case.shown for case in rest)
    print(f"filled {len(filled)}, right {right}; of {len(rest)} others {shown} among the first three")
    met = len(filled) >= 0.87 * len(cases) - 0.5 and right >= 0.98 * len(filled) and shown >= 0.9 * len(rest) - 0.5
    return 0 if met else 1


def _curve(name: str, cases: Sequence[_Case]) -> None:
    print(f"{name}: confidence from -> filled, right of these")
    for threshold in _THRESHOLDS:
        filled = [case for case in cases if case.sure >= threshold]
        print(f"  {threshold:.3f} -> {len(filled)}/{len(cases)}, {sum(case.right for case in filled)}")


def _case(folder: Path, row: dict[str, str], verbose: bool) -> _Case:
    with Image.open(folder / row["file"]) as image:
        pixels = plain(np.asarray(image.convert("RGB"), np.uint8))
    found = dict(_read(Picture(pixels, _DPI)))
    wanted = _wanted(row["field"], row["value"], found)
    first = [_values(found.get(kind, ()))[:1] == [value] for kind, value in wanted.items()]
    shown = [value in _values(found.get(kind, ()))[:3] for kind, value in wanted.items()]
    sure = min(values[0].confidence if values else 0.0 for values in (found.get(kind, ()) for kind in wanted))
    if verbose and not (all(first) and sure >= PEN_SURE):
        print(row["file"], row["value"], {kind: [tuple(value) for value in found.get(kind, ())] for kind in wanted})
    return _Case(row["office"], sure, all(first), all(shown))


def _values(values: Sequence[PenValue]) -> list[str]:
    return [value.value.lstrip("0") for value in values]


def _wanted(field: str, value: str, found: dict[str, tuple[PenValue, ...]]) -> dict[str, str]:
    """What a pen wrote: the number, or the day and, where it is not printed, the month."""
    if field == "number":
        return {"number": value}
    _, month, day = (part.lstrip("0") for part in value.split("-"))
    return {"day": day} | ({"month": month} if "month" in found else {})


def _read(picture: Picture) -> Iterator[tuple[str, tuple[PenValue, ...]]]:
    """The values of each blank that a pen filled in."""
    line, blanks = _line_of(picture)
    for blank in blanks:
        if blank.kind != "month" or not is_printed(line, blank):
            yield blank.kind, read_ink(line, blank) or ()


def _line_of(picture: Picture) -> tuple[FormLine, list[FormBlank]]:
    sheet = prepare(picture)
    spots = spots_of(sheet.ink, sheet.dpi)
    inks = lines_of(spots)
    read = sorted((read_line_of(sheet, spots, ink) for ink in inks), key=lambda one: (one.ink.baseline, one.ink.x0))
    for one in read:
        parts = parts_of(one, read, spots.letter)
        if parts:
            line = FormLine(sheet, spots, merged([part.ink for part in parts]))
            if blanks := list(line.blanks()):
                return line, blanks
    widest = max(inks, key=lambda ink: ink.x1 - ink.x0)
    level = [ink for ink in inks if abs(ink.baseline - widest.baseline) < spots.letter]
    lines = [FormLine(sheet, spots, ink) for ink in (*inks, merged(sorted(level, key=lambda ink: ink.x0)))]
    line = max(lines, key=lambda one: (len(list(_cut_blanks(one))), one.ink.x1 - one.ink.x0))
    return line, list(_cut_blanks(line))


def _cut_blanks(line: FormLine) -> Iterator[FormBlank]:
    if found := _CUT_DATE.match(line.folded):
        yield line.blank("day", *found.span(1))
        yield line.blank("month", *found.span(2))
    elif found := _CUT_NUMBER.match(line.folded):
        yield line.blank("number", *found.span(1))


if __name__ == "__main__":
    sys.exit(main())
