"""`python -m bench.records`: keeps the records of all known documents, and compares two such sets.

    python -m bench.records keep FOLDER             parse every document of the sets that are present into FOLDER
    python -m bench.records compare BEFORE AFTER    tell which records differ, and where; exit code 1 where any does

A change of structure must leave every record as it was: keep them before it and after it, and compare.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from bench.cases import SETS, cases

_SHOWN = 12
"""How many differing places of one record are listed."""


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    keeping = commands.add_parser("keep")
    keeping.add_argument("folder", type=Path)
    keeping.add_argument("--set", action="append", choices=SETS, default=[])
    comparing = commands.add_parser("compare")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    options = parser.parse_args(arguments)
    return keep(options.folder, options.set) if options.command == "keep" else compare(options.before, options.after)


def keep(folder: Path, sets: list[str]) -> int:
    """Write the record of every case of the sets (all where none is named) as `FOLDER/SET/NAME.json`."""
    work = [(str(case.path), str(folder / case.set_name / f"{case.path.name}.json")) for case in cases(*sets)]
    with ProcessPoolExecutor() as pool:
        for told in pool.map(_keep_one, work):
            print(told)
    return 0


def _keep_one(task: tuple[str, str]) -> str:
    from ingest.read import read_file
    from parsers.parse import parse

    path, target = task
    try:
        record = parse(read_file(Path(path))).model_dump(mode="json")
    except Exception as trouble:  # noqa: BLE001 - whatever stops a reader is part of what is compared
        record = {"failed": type(trouble).__name__, "message": str(trouble)}
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    Path(target).write_text(json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
    return target


def compare(before: Path, after: Path) -> int:
    """Print every record that is not the same in both folders, with the places that differ; 1 where any is not."""
    names = sorted({path.relative_to(folder) for folder in (before, after) for path in folder.rglob("*.json")})
    changed = [name for name in names if _tell(name, _load(before / name), _load(after / name))]
    print(f"{len(names)} records, {len(changed)} differ")
    return 1 if changed else 0


def _load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def _tell(name: Path, before: Any, after: Any) -> bool:
    places = list(_differences(before, after, ""))
    if places:
        print(f"== {name}")
    for pointer, one, other in places[:_SHOWN]:
        print(f"  {pointer}: {_short(one)} -> {_short(other)}")
    if len(places) > _SHOWN:
        print(f"  … and {len(places) - _SHOWN} more")
    return bool(places)


def _differences(before: Any, after: Any, pointer: str) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(before, dict) and isinstance(after, dict):
        for key in sorted({*before, *after}):
            yield from _differences(before.get(key), after.get(key), f"{pointer}/{key}")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for place, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from _differences(one, other, f"{pointer}/{place}")
    elif before != after:
        yield pointer, before, after


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 120 else text[:117] + "…"


if __name__ == "__main__":
    sys.exit(main())
