"""Sentences of every kind of office: what each sets as a limit, and the times in them that set none."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from schemas.dispatch import Deadline
from tests.parsers.deadlines.test_deadline_phrases import FOLDER, read

CASES = tomllib.loads((FOLDER / "deadline_sentences.toml").read_text(encoding="utf-8"))


def answer(one: Deadline, codes: dict[str, str]) -> str:
    """A deadline in the short form of the cases."""
    if one.kind == "recurring":
        return f"recurring {one.recurrence}"
    if one.due is None and one.timex and one.timex.startswith("P"):
        return f"{one.kind} {one.timex}" + (" w" if one.working_days else "")
    if one.due is None:
        return f"{one.kind} ? {codes[one.id]}"
    days = f"{one.start}/{one.due}" if one.start else f"{one.due}"
    return f"{one.kind} {days}" + (f" {one.due_time}" if one.due_time else "")


def answers(text: str, issued: str, *, directive: bool) -> list[str]:
    found, trail = read(text, issued, directive=directive)
    told = [one for one in trail.warnings if one.pointer != "/deadlines"]
    codes = {str(int((one.pointer or "//0").split("/")[2]) + 1): one.code for one in told}
    return [answer(one, codes) for one in found]


@pytest.mark.parametrize("case", CASES["directive"], ids=lambda case: case[0])
def test_in_a_directive(case: list[Any]) -> None:
    assert answers(case[0], case[1], directive=True) == case[2]


@pytest.mark.parametrize("case", CASES["other"], ids=lambda case: case[0])
def test_elsewhere(case: list[Any]) -> None:
    assert answers(case[0], case[1], directive=False) == case[2]
