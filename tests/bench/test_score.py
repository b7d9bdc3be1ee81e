"""The scorer itself: what counts as right, missed and extra."""

from __future__ import annotations

from typing import Any

import pytest

from congvan.scoring.compared import Compared
from congvan.scoring.likeness import soft
from congvan.scoring.score import score

_DEADLINE = {"phrase": "trước ngày 15/8/2024", "kind": "before", "due": "2024-08-14", "recurrence": None}


def _verdicts(gold: dict[str, Any], record: dict[str, Any] | None, area: str) -> list[str]:
    marks: list[Compared] = score(gold, record)
    return [mark.verdict for mark in marks if mark.area == area]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Huyện uỷ", "HUYỆN ỦY", True),
        ("TP. Hải Phòng", "TP HẢI PHÒNG", True),
        ("bảo", "báo", False),
        ("Hoà", "Hoa", False),
    ],
)
def test_soft_ignores_only_form(one: str, other: str, same: bool) -> None:
    assert (soft(one) == soft(other)) is same


def test_header_strict_and_soft_differ_in_punctuation_only() -> None:
    gold, record = (
        {"header": {"parent_body": "ĐẢNG BỘ TP HẢI PHÒNG"}},
        {"header": {"parent_body": "ĐẢNG BỘ TP. HẢI PHÒNG"}},
    )
    assert _verdicts(gold, record, "header_strict") == ["missed"]
    assert _verdicts(gold, record, "header_soft") == ["right"]


@pytest.mark.parametrize(
    ("number", "warnings", "verdict"),
    [(None, [{"code": "handwritten"}], "right"), (None, [], "missed"), (17, [{"code": "handwritten"}], "missed")],
)
def test_handwriting_may_be_null_with_its_warning_but_not_wrong(
    number: int | None, warnings: list[dict[str, str]], verdict: str
) -> None:
    gold = {"header": {"number": 2119, "handwritten": ["number"]}}
    assert _verdicts(gold, {"header": {"number": number}, "warnings": warnings}, "header_soft") == [verdict]


def test_optional_deadlines_count_neither_way_and_decoys_are_extra() -> None:
    gold = {
        "deadlines": [_DEADLINE, {"phrase": "cuối năm", "kind": "during", "due": "2024-12-31", "optional": True}],
        "not_deadlines": [{"printed": "tính đến ngày 22/7/2024"}],
    }
    taken = {"phrase": "đến ngày 22/7/2024", "kind": "by", "due": "2024-07-22"}
    optional = {"phrase": "cuối năm", "kind": "during", "due": "2024-12-31"}
    assert _verdicts(gold, {"deadlines": [_DEADLINE]}, "deadlines") == ["right"]
    assert _verdicts(gold, {"deadlines": [_DEADLINE, optional]}, "deadlines") == ["right"]
    extra = [mark for mark in score(gold, {"deadlines": [taken, _DEADLINE]}) if mark.verdict == "extra"]
    assert len(extra) == 1 and "DECOY" in extra[0].field


def test_the_lenient_reading_of_a_deadline_is_a_miss() -> None:
    lenient = _DEADLINE | {"due": "2024-08-15"}
    assert sorted(_verdicts({"deadlines": [_DEADLINE]}, {"deadlines": [lenient]}, "deadlines")) == ["extra", "missed"]


def test_a_shifted_row_costs_that_row_alone() -> None:
    columns = [{"path": ["TT"], "kind": "ordinal"}, {"path": ["Kết nạp"], "kind": "integer"}]
    rows = [{"kind": "data", "cells": [str(place), str(place * 3)]} for place in range(1, 5)]
    gold = {"tables": [{"caption": "Biểu", "columns": columns, "rows": rows}]}
    record = {"tables": [{"caption": "Biểu", "columns": columns, "rows": rows[:1] + rows[2:]}]}
    assert _verdicts(gold, record, "rows").count("missed") == 1
    assert _verdicts(gold, record, "tables") == ["missed"]
    assert _verdicts(gold, gold, "tables") == ["right"]


def test_an_area_that_was_not_annotated_is_not_scored_and_a_failed_file_misses_all() -> None:
    assert score({"deadlines": None, "directives": None}, {"deadlines": [_DEADLINE]}) == []
    assert _verdicts({"deadlines": [_DEADLINE]}, None, "deadlines") == ["missed"]


@pytest.mark.parametrize(
    ("evidence", "warnings", "verdict"),
    [
        ({}, [], "missed"),
        ({"/tables/0/rows/0/cells/1": [{"confidence": 0.5}]}, [], "right"),
        ({}, [{"code": "unsure_reading", "pointer": "/tables/0/rows/0/cells/1"}], "right"),
        ({}, [{"code": "unsure_reading", "pointer": "/tables/0"}], "right"),
        ({}, [{"code": "unsure_reading", "pointer": "/tables/1"}], "missed"),
    ],
)
def test_a_wrong_figure_is_silent_unless_the_record_doubts_it(
    evidence: dict[str, Any], warnings: list[dict[str, str]], verdict: str
) -> None:
    columns = [{"path": ["TT"], "kind": "ordinal"}, {"path": ["Kết nạp"], "kind": "integer"}]
    gold = {"tables": [{"columns": columns, "rows": [{"kind": "data", "cells": ["1", "17"]}]}]}
    tables = [{"columns": columns, "rows": [{"kind": "data", "cells": ["1", "11"]}]}]
    assert _verdicts(gold, {"tables": tables, "evidence": evidence, "warnings": warnings}, "silent") == [verdict]
