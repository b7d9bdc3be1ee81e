"""Who must act and with whom, by single sentences of offices and trades that no rule names."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from parsers.actors.roles import read_roles
from parsers.record.passage import Passage
from schemas.document import Paragraph
from tests.support.sources import KNOWN

_ITEMS = tomllib.loads((KNOWN / "who_sentences.toml").read_text(encoding="utf-8"))["item"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case[0]) for case in _ITEMS])
def test_who_must_act_and_with_whom(case: list[Any]) -> None:
    text, who, *partners = case
    found = read_roles([Passage.of([Paragraph(text=text)])])
    assert (list(found.assignees), list(found.coordinate_with)) == (who, partners[0] if partners else [])
