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

_NOT_YET = {
    "Trưởng kíp trực ghi sổ": "what a person is for, in small letters, before a verb of some trade",
    "Hồ sơ quyết toán do Phòng Tài vụ lập": "a clause behind a comma is as often a list of names",
    "Xã Lũng Cao đắp lại": "a clause behind a comma is as often a list of names",
    "Phân công bà Trần Thu Hạnh": "read by the tasks, which look for it last",
    "Bí thư chi bộ, Trưởng thôn": "one person of two offices, or two persons: nobody can tell",
    "Ủy ban nhân dân xã Tà Hừa": "where the name of a partner ends, in small letters",
}
"""Sentences that are not read right, and why; each must fail until it is."""


def _marked(case: list[Any]) -> Any:
    why = next((why for beginning, why in _NOT_YET.items() if case[0].startswith(beginning)), None)
    return pytest.param(case, id=case[0], marks=[pytest.mark.xfail(reason=why, strict=True)] if why else [])


@pytest.mark.parametrize("case", [_marked(case) for case in _ITEMS])
def test_who_must_act_and_with_whom(case: list[Any]) -> None:
    text, who, *partners = case
    found = read_roles([Passage.of([Paragraph(text=text)])])
    assert (list(found.assignees), list(found.coordinate_with)) == (who, partners[0] if partners else [])
