"""`python -m bench.accuracy`: scores what the project reads against gold records, and compares with the last figures.

    python -m bench.accuracy                          all sets that are present
    python -m bench.accuracy --set seeds --only 002 -v    one file, every miss with what was expected and what came
    python -m bench.accuracy --reuse                  parse anew, but take files as last read (a change in parsers)
    python -m bench.accuracy --update                 write bench/accuracy.json

Reading is cached by the file's hash and the code of the readers; parsing is always done anew.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
import time
import traceback
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.cases import ROOT, SETS, Case, cases
from bench.characters import score_characters
from congvan.scoring.compared import Compared
from congvan.scoring.score import AREAS, score
from schemas.document import Document

FIGURES = ROOT / "bench" / "accuracy.json"
_CACHE = Path(tempfile.gettempdir()) / "congvan-accuracy"
Counts = dict[str, Counter[str]]
"""By area: how many things are `right`, `missed`, `extra`."""


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line; the exit code is 0."""
    options = _options(arguments)
    console = Console(width=options.width, soft_wrap=False)
    chosen = [case for case in cases(*options.set) if not options.only or options.only in case.name]
    totals: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for case in chosen:
        began = time.process_time()
        marks, failure = examine(case, reuse=options.reuse)
        for mark in marks:
            totals[f"{case.set_name} {case.form}"][mark.area][mark.verdict] += mark.weight
        if options.verbose:
            _list(console, case, marks, failure, time.process_time() - began, options.area)
        elif failure:
            console.print(f"[red]{case.name}[/]: {failure.strip().splitlines()[-1]}", highlight=False)
    _table(console, totals)
    before = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
    if not options.only:
        _changes(console, before, totals)
    if options.update and not options.only:
        kept = {name: value for name, value in before.items() if name not in totals}
        _write(kept | {name: {area: dict(value) for area, value in areas.items()} for name, areas in totals.items()})
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.accuracy", description=__doc__.splitlines()[0])
    parser.add_argument("--set", action="append", choices=SETS, default=[], help="only this set (may be repeated)")
    parser.add_argument("--only", metavar="TEXT", help="only files whose set/name contains this")
    parser.add_argument("--area", action="append", choices=AREAS, default=[], help="list only misses of this area")
    parser.add_argument("-v", "--verbose", action="store_true", help="list what is missed and what is extra")
    parser.add_argument("--reuse", action="store_true", help="take files as last read, whatever the readers' code")
    parser.add_argument("--update", action="store_true", help="write bench/accuracy.json")
    parser.add_argument("--width", type=int, default=200, help="columns of the output")
    return parser.parse_args(arguments)


def examine(case: Case, *, reuse: bool = False) -> tuple[list[Compared], str | None]:
    """The marks of one file and, where it could not be read or parsed, why (then all is missed)."""
    try:
        document, record = _read(case.path, reuse)
    except Exception:  # noqa: BLE001 - whatever breaks, the other files are still to be measured
        failed = Compared("read", "missed", case.name)
        return [failed, *score(case.gold, None)], traceback.format_exc(limit=-3)
    marks = [Compared("read", "right", case.name), *score(case.gold, record)]
    return [*marks, *score_characters(case.gold.get("ocr_probe") or [], document.text)], None


def _read(path: Path, reuse: bool) -> tuple[Document, dict[str, Any]]:
    from parsers.parse import parse

    data = path.read_bytes()
    stem = hashlib.sha256(data).hexdigest()
    kept = _CACHE / f"{stem}-{_fingerprint()}.json"
    older = sorted(_CACHE.glob(f"{stem}-*.json"), key=lambda one: one.stat().st_mtime)
    if not kept.exists() and reuse and older:
        kept = older[-1]
    if kept.exists():
        document = Document.model_validate_json(kept.read_bytes())
    else:
        from ingest.read import read_file

        document = read_file(path)
        _CACHE.mkdir(exist_ok=True)
        kept.write_text(document.model_dump_json(), encoding="utf-8")
    record: dict[str, Any] = parse(document).model_dump(mode="json")
    return document, record


def _fingerprint() -> str:
    """A hash of the code that makes a Document out of a file."""
    digest = hashlib.sha256()
    for room in ("schemas", "vietnamese", "ingest"):
        for path in sorted((ROOT / room).rglob("*")):
            if path.suffix in (".py", ".toml", ".csv"):
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _list(
    console: Console, case: Case, marks: list[Compared], failure: str | None, seconds: float, areas: list[str]
) -> None:
    console.print(f"[bold]{case.name}[/] {seconds:.2f} s", highlight=False)
    if failure:
        console.print(failure, style="red", highlight=False, markup=False)
    hidden = {"header_strict", "header_whole", "read"} if not areas else set()
    for mark in marks if not failure else ():
        if mark.verdict == "right" or mark.area in hidden or (areas and mark.area not in areas):
            continue
        line = f"  {mark.verdict} {mark.area} {mark.field}\n"
        if mark.verdict == "missed":
            line += f"      expected {mark.expected!r}\n"
        if mark.got is not None or mark.area not in ("deadlines", "directives", "references", "claims"):
            line += f"      got      {mark.got!r}\n"
        console.print(line, end="", highlight=False, markup=False, soft_wrap=True)


def share(count: dict[str, int]) -> float:
    """F1 where things can be too many, else the part that is right; 1 where nothing was there to find."""
    right, missed, extra = (count.get(key, 0) for key in ("right", "missed", "extra"))
    return 2 * right / (2 * right + missed + extra) if right + missed + extra else 1.0


def _table(console: Console, totals: dict[str, dict[str, Counter[str]]]) -> None:
    table = Table(
        title="share right (F1 where extras count): right / missed / extra",
        caption="silent: of the wrong values, those that the record doubts itself / does not",
    )
    table.add_column("")
    for name in totals:
        table.add_column(name, justify="right")
    for area in AREAS:
        cells = []
        for areas in totals.values():
            count = areas.get(area)
            cells.append(_figure(area, count) if count else "")
        if any(cells):
            table.add_row(area, *cells)
    console.print(table)


def _figure(area: str, count: Counter[str]) -> str:
    digits = 4 if area == "characters" else 3
    return f"{share(count):.{digits}f}  {count['right']}/{count['missed']}/{count['extra']}"


def _changes(console: Console, before: dict[str, Any], totals: dict[str, dict[str, Counter[str]]]) -> None:
    for name, areas in totals.items():
        for area in AREAS:
            old, new = before.get(name, {}).get(area), areas.get(area)
            if not old or not new or share(old) == share(new):
                continue
            gained = share(new) > share(old)
            console.print(
                f"[{'green' if gained else 'red'}]{'gained' if gained else 'lost  '}[/] {name} {area} "
                f"{share(old):.3f} -> {share(new):.3f} ({dict(old)} -> {dict(new)})",
                highlight=False,
            )


def _write(figures: dict[str, Any]) -> None:
    FIGURES.write_text(json.dumps(figures, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
