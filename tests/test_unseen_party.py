"""Dispatches of Party bodies, mass organisations, districts, communes and schools, unlike those of the corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.read import read_file
from parsers.parse import parse
from tests.unseen import as_text, differences, load

_CASES = sorted((Path(__file__).parent / "cases" / "unseen_party").glob("*.txt"))


@pytest.mark.parametrize("order", ["lr", "rl", "tabs"])
@pytest.mark.parametrize("path", _CASES, ids=lambda path: path.stem)
def test_dispatch_is_read_as_printed(path: Path, order: str, tmp_path: Path) -> None:
    case = load(path)
    file = tmp_path / "dispatch.txt"
    file.write_text(as_text(case, order), encoding="utf-8")
    assert differences(case, parse(read_file(file))) == []
