"""Letterheads and closings of many kinds of office, in every layout that offices use: the header as printed."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from tests.support.letters import LAYOUTS, misses
from tests.support.sources import KNOWN

CASES = [
    case
    for path in sorted((KNOWN / "offices").glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_header_is_read_as_printed(case: dict[str, Any], layout: str) -> None:
    if layout in case.get("undecided", ()):
        pytest.skip("without bold letters nothing tells where the superior's name ends")
    assert misses(case, LAYOUTS[layout](case)) == {}
