"""Every time of the operative part is a deadline, part of a citation, a decoy by a named rule, or told of as unread."""

from __future__ import annotations

import datetime as dt
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.cases import cases
from ingest.read import read_file
from parsers.annotate.mentions import find_times
from parsers.deadlines.deadlines import FoundTime, read_deadlines
from parsers.parse import times_of
from parsers.record.passage import Passage
from parsers.record.trail import Trail
from parsers.tasks.item import Item
from schemas.dispatch import Directive
from schemas.document import Paragraph
from tests.support.sources import KNOWN
from vietnamese.fold import nfc

SENTENCES = tomllib.loads((KNOWN / "office_sentences.toml").read_text(encoding="utf-8"))
PIECES = [
    "trước", "đến hết", "trong", "chậm nhất", "từ", "đến", "ngày 15/10/2025", "15/10/25", "ngày 20",
    "tháng 11/2025", "quý IV", "năm 2026", "hằng năm", "hàng tháng", "mỗi quý một lần", "15 ngày", "24 giờ",
    "03 tháng", "ngày mai", "tuần này", "thứ Sáu tuần sau", "Tết Nguyên đán",
    "Công văn số 12/UBND-NV ngày 05/8/2025", "“trước ngày 01/9/2025”", "gửi", "nộp báo cáo", "Sở Y tế", "họp",
    "lễ khánh thành", "hoàn thành", ",", ";", ".", "(", ")", "và", "của tháng đầu quý sau", "kể từ ngày ký",
]  # fmt: skip


def outcomes(text: str, *, item: bool) -> tuple[list[FoundTime], Trail]:
    passage, trail, found = Passage.of([Paragraph(text=text)]), Trail(), []
    made = Item(Directive(id="1", text=text, assignees=()), passage) if item else None
    times: list[FoundTime] = found
    read_deadlines([(passage, made)], dt.date(2025, 9, 8), trail, times=times)
    return times, trail


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map(" ".join), st.booleans())
def test_no_time_of_a_sentence_is_passed_over(text: str, item: bool) -> None:
    times, trail = outcomes(nfc(text), item=item)
    assert {one.outcome for one in times} <= {"deadline", "citation", "decoy", "unread"}
    assert all(one.rule for one in times if one.outcome == "decoy")
    unread = [one for one in times if one.outcome == "unread"]
    assert len(unread) == sum(notice.code == "unread_time" for notice in trail.warnings)
    if find_times(nfc(text)):
        assert times


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_reckoned(text: str) -> None:
    times, _ = outcomes(nfc(text), item=True)
    assert all(one.rule for one in times if one.outcome == "decoy")


@pytest.mark.parametrize("text", [case[0] for case in SENTENCES["item"]])
def test_each_time_that_is_written_has_its_outcome(text: str) -> None:
    times, _ = outcomes(text, item=True)
    words = " ".join(one.words for one in times)
    assert all(text[start:end] in words for start, end in find_times(text))


def test_a_time_says_its_page_and_its_directive() -> None:
    times, trail = outcomes("Mở cửa kho ngày 20/9/2025.", item=True)
    assert [(one.words, one.outcome, one.page, one.directive) for one in times] == [
        ("ngày 20/9/2025", "unread", 1, "1")
    ]
    assert [(one.code, one.pointer, one.page) for one in trail.warnings] == [("unread_time", "/directives/0", 1)]


@pytest.mark.parametrize("case", [case for case in cases("corpus") if case.form == "text"], ids=lambda case: case.name)
def test_every_time_of_a_dispatch_is_reckoned(case: object) -> None:
    document = read_file(case.path)  # type: ignore[attr-defined]  # a bench case
    for one in times_of(document):
        assert one.outcome in ("deadline", "citation", "decoy", "unread")
        assert one.rule or one.outcome != "decoy"
