"""Sentences as an office writes them: by when, and who must act, each sentence an item or a paragraph of its own."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import Any

import pytest

from parsers.actors.roles import read_roles
from parsers.deadlines.deadlines import read_deadlines
from parsers.record.passage import Passage
from parsers.record.trail import Trail
from parsers.tasks.item import Item
from schemas.dispatch import Deadline, Directive
from schemas.document import Paragraph
from tests.parsers.deadlines.test_deadline_sentences import answer
from tests.support.sources import KNOWN

FILES = (
    "office_sentences.toml",
    "office_sentences_second.toml",
    "office_sentences_third.toml",
    "office_sentences_fourth.toml",
)
TABLES = [tomllib.loads((KNOWN / name).read_text(encoding="utf-8")) for name in FILES]
ITEMS = [case for table in TABLES for case in table["item"]]
OTHERS = [case for table in TABLES for case in table["other"]]
NOT_YET = {
    "Chi nhánh Văn phòng Đăng ký đất đai": "số liệu đến một ngày: a state of things or a limit, nobody can tell",
    "Xưởng in thành phẩm": "what a body is for and what it does, both in small letters",
    "Đoàn Kiểm tra liên ngành ra": "what a body is for and what it does, both in small letters",
    "Hợp tác xã Nông nghiệp Tân Thành trả nợ": "trả nợ is one word of the list and no verb of ours",
    "Trưởng ca vận hành": "what a person is for, in small letters, before a verb of some trade",
    "Đoàn kinh tế quốc phòng 326": "a year alone is told of, not taken for a limit",
}
"""Sentences that are not read right, and why; each must fail until it is."""


def _marked(cases: list[list[Any]]) -> list[Any]:
    failing = {case[0]: next((NOT_YET[key] for key in NOT_YET if case[0].startswith(key)), None) for case in cases}
    marks = {text: [pytest.mark.xfail(reason=why, strict=True)] if why else [] for text, why in failing.items()}
    return [pytest.param(case, id=case[0], marks=marks[case[0]]) for case in cases]


def limits(text: str, issued: str, *, item: bool) -> tuple[list[str], tuple[str, ...], Trail]:
    """The limits of a sentence in the short form of the cases, who must act by it, and what was warned of."""
    passage, trail = Passage.of([Paragraph(text=text)]), Trail()
    who = read_roles([passage]).assignees
    made = Item(Directive(id="1", text=text, assignees=who), passage) if item else None
    found = read_deadlines([(passage, made)], dt.date.fromisoformat(issued), trail)
    return [_answer(one, trail, who) for one in found], who, trail


def _answer(one: Deadline, trail: Trail, who: tuple[str, ...]) -> str:
    codes = [notice.code for notice in trail.warnings if notice.pointer == f"/deadlines/{int(one.id) - 1}/due"]
    told = answer(one, {one.id: next(iter(codes), "nothing")})
    vague = " ? vague_date" if one.kind == "recurring" and "vague_date" in codes else ""
    others = "" if one.assignees == who or not one.assignees else f" @{', '.join(one.assignees)}"
    return told + vague + others


@pytest.mark.parametrize("case", _marked(ITEMS))
def test_an_item(case: list[Any]) -> None:
    text, issued, expected, who = case
    found, actors, _ = limits(text, issued, item=True)
    assert (found, list(actors)) == (expected, who)


@pytest.mark.parametrize("case", _marked(OTHERS))
def test_elsewhere(case: list[Any]) -> None:
    text, issued, expected = case
    assert limits(text, issued, item=False)[0] == expected
