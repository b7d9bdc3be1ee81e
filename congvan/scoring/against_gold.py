"""Records of any program against gold records: what `congvan score` counts."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from pydantic import ValidationError

from congvan.archive.truth.archive_errors import PlainError
from congvan.scoring.compared import Compared
from congvan.scoring.score import score
from schemas.dispatch import Dispatch

_NOT_DISPATCHES = (".json", ".toml", ".md")


@dataclass
class Scores:
    """By area how many things are `right`, `missed` (in gold alone) and `extra` (in the record alone).

    `absent` are dispatches without any record, which miss everything; `unknown` are records without gold, which count
    for nothing; `invalid` are lines that are no record (`congvan schema`), with the reason in words.
    """

    areas: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    absent: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    invalid: list[str] = field(default_factory=list)

    def add(self, marks: list[Compared]) -> None:
        """Count the marks of one file."""
        for mark in marks:
            self.areas[mark.area][mark.verdict] += mark.weight


def score_records(gold: Path, records: Path) -> Scores:
    """How right the records in a file are, one a line, by the gold in a folder. Raises `PlainError`.

    A record is of the dispatch whose file it names (`source.name`), whatever that file's format.
    """
    golds, scores = gold_by_name(gold), Scores()
    seen = set()
    for number, line in enumerate(records.read_bytes().splitlines(), start=1):
        if not line.strip():
            continue
        try:
            record = Dispatch.model_validate_json(line).model_dump(mode="json")
        except ValidationError as error:
            place = "/".join(map(str, error.errors()[0]["loc"]))
            scores.invalid.append(f"dòng {number}: không phải bản ghi hợp lệ (ở {place or 'chỗ đầu'})")
            continue
        stem = PurePath(record["source"]["name"]).stem
        if stem in golds:
            seen.add(stem)
            scores.add([Compared("read", "right", stem), *score(golds[stem], record)])
        else:
            scores.unknown.append(record["source"]["name"])
    for stem in sorted(golds.keys() - seen):
        scores.absent.append(stem)
        scores.add([Compared("read", "missed", stem), *score(golds[stem], None)])
    return scores


def gold_by_name(folder: Path) -> dict[str, dict[str, Any]]:
    """The gold records below a folder, by the name of the dispatch's file without its ending.

    `NAME.json` is of `NAME`, a `gold.json` of the dispatches that lie beside it. Raises `PlainError` where none is.
    """
    found = {stem: json.loads(path.read_text("utf-8")) for path in sorted(folder.rglob("*.json")) for stem in _of(path)}
    golds = {stem: gold for stem, gold in found.items() if isinstance(gold, dict) and "header" in gold}
    if not golds:
        raise PlainError(f"{folder}: không có đáp án nào (tệp gold.json, hoặc TÊN.json cho TÊN.pdf).")
    return golds


def _of(path: Path) -> Iterator[str]:
    if path.name != "gold.json":
        yield path.stem
        return
    yield from {each.stem for each in path.parent.iterdir() if each.suffix not in _NOT_DISPATCHES}
