"""By when, in sentences of offices and trades that the rules were not written from."""

from __future__ import annotations

import tomllib

import pytest

from tests.parsers.test_office_sentences import limits
from tests.support.sources import KNOWN

CASES = tomllib.loads((KNOWN / "when_sentences.toml").read_text(encoding="utf-8"))
ISSUED = "2026-03-09"


@pytest.mark.parametrize("case", CASES["item"], ids=lambda case: case[0])
def test_in_an_item(case: list[object]) -> None:
    text, expected = str(case[0]), case[1]
    assert [one.partition(" @")[0] for one in limits(text, ISSUED, item=True)[0]] == expected


@pytest.mark.parametrize("case", CASES["other"], ids=lambda case: case[0])
def test_outside_an_item(case: list[object]) -> None:
    text, expected = str(case[0]), case[1]
    assert [one.partition(" @")[0] for one in limits(text, ISSUED, item=False)[0]] == expected
