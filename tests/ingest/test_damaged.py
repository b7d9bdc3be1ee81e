"""A damaged copy of a dispatch gives the same record as the whole one, or a warning: never a wrong value in silence."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from congvan.scoring.likeness import soft
from congvan.scoring.score import HEADER
from corpus.build import slug, sources
from corpus.damage import DAMAGES
from ingest.read import read_file
from parsers.parse import parse
from vietnamese.fold import fold, nfc

TEXTS = [folder / f"{slug(folder)}.txt" for folder in sources()]


@cache
def _whole(path: Path) -> dict[str, Any]:
    return parse(read_file(path)).model_dump(mode="json")


def _facts(record: dict[str, Any]) -> dict[str, Any]:
    """What must not change: header fields, deadlines, figures of tables. Words are compared without marks."""
    facts = {f"header/{field}": _plain(record["header"][field]) for field in HEADER}
    keys = ("kind", "start", "due", "due_time", "recurrence")
    facts["deadlines"] = sorted(str([one[key] for key in keys]) for one in record["deadlines"])
    facts["tables"] = [[_values(row) for row in table["rows"]] for table in record["tables"]]
    return facts


def _values(row: dict[str, Any]) -> list[Any]:
    return [cell["value"] for cell in row["cells"] if not isinstance(cell["value"], str)]


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return soft(fold(nfc(value)))
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_damaged_copy_gives_the_same_record_or_a_warning(path: Path, damage: str, tmp_path: Path) -> None:
    copy = tmp_path / path.name
    copy.write_text(DAMAGES[damage](path.read_text(encoding="utf-8")), encoding="utf-8")
    record = parse(read_file(copy)).model_dump(mode="json")
    whole = _whole(path)
    before, after = _facts(whole), _facts(record)
    changed = {name: (before[name], after[name]) for name in before if before[name] != after[name]}
    known = {(one["code"], one["pointer"]) for one in whole["warnings"]}
    new = [one for one in record["warnings"] if (one["code"], one["pointer"]) not in known]
    assert not changed or new, f"changed in silence: {changed}"
