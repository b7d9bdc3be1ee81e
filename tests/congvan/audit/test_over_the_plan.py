"""`vượt X%` counts from the plan: what is over it and what is under it, with the plan printed and without."""

from __future__ import annotations

import pytest

from tests.congvan.audit.test_audit_caution import of_prose


def ratios(text: str) -> list[tuple[str, str | None]]:
    return [(one.verdict, one.computed) for one in of_prose(text).findings if one.check == "prose_ratio"]


@pytest.mark.parametrize(
    ("sentence", "wrong", "right"),
    [
        ("Trồng 690 ha rừng, vượt {}% kế hoạch (600 ha).", "25", "15"),
        ("Trồng 690 ha rừng, vượt {}% kế hoạch (600).", "90", "15"),
        ("Trồng 690 ha rừng, vượt {}% kế hoạch (600 ha).", "115", "15"),
        ("Thu phí 1.380 triệu đồng, vượt {}% dự toán giao 1.200 triệu đồng.", "80", "15"),
        ("Thu phí 1.380 triệu đồng, vượt {}% so với kế hoạch (kế hoạch 1.200 triệu đồng).", "8", "15"),
        ("Thu phí 1.380 triệu đồng, vượt dự toán {}% (dự toán: 1.200 triệu đồng).", "50", "15"),
        ("Dự toán giao 1.200 triệu đồng, đã thu 1.380 triệu đồng, vượt {}%.", "18", "15"),
        ("Khám cho 69 người (chỉ tiêu giao 60 người), vượt {}% chỉ tiêu.", "20", "15"),
        ("Khám cho 69/60 người, vượt {}% chỉ tiêu.", "30", "15"),
        ("Chỉ tiêu là 60 người; đã khám cho 69 người, vượt {}% chỉ tiêu.", "9", "15"),
        ("Khám cho 51 người, hụt {}% chỉ tiêu (60 người).", "20", "15"),
        ("Khám cho 51 người, thấp hơn {}% so với chỉ tiêu (60 người).", "85", "15"),
        ("Khám cho 51 người, giảm {}% so với cùng kỳ (cùng kỳ 60 người).", "17,6", "15"),
        ("Khám cho 69 người, tăng {}% so với kế hoạch (60 người).", "13", "15"),
    ],
)
def test_over_and_under_a_printed_plan(sentence: str, wrong: str, right: str) -> None:
    assert ratios(sentence.format(wrong)) == [("disagrees", "15")]
    assert ratios(sentence.format(right)) == [("agrees", "15")]


def test_a_plan_of_another_sentence_is_used_where_it_fits() -> None:
    plan = "Kế hoạch là 600 ha. Đã trồng 690 ha, vượt {}% kế hoạch."
    assert ratios(plan.format("15")) == [("agrees", "15")]
    assert [verdict for verdict, _ in ratios(plan.format("35"))] == ["cannot_tell"]


def test_a_wrong_way_is_wrong() -> None:
    assert ratios("Khám cho 51 người, vượt 15% chỉ tiêu (60 người).") == [("disagrees", "15")]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Khám cho 69 người, vượt gần 16% chỉ tiêu (60 người).", "agrees"),
        ("Khám cho 69 người, vượt trên 14% chỉ tiêu (60 người).", "agrees"),
        ("Khám cho 69 người, vượt trên 25% chỉ tiêu (60 người).", "disagrees"),
        ("Khám cho 69 người, vượt trên 5% chỉ tiêu (60 người).", "cannot_tell"),
        ("Khám cho 69 người, đạt trên 110% chỉ tiêu (60 người).", "agrees"),
        ("Khám cho 69 người, đạt trên 50% chỉ tiêu (60 người).", "cannot_tell"),
        ("Khám cho 69 người, đạt ít nhất 50% chỉ tiêu (60 người).", None),
    ],
)
def test_a_hedge_reaches_only_so_far(text: str, verdict: str | None) -> None:
    assert [found for found, _ in ratios(text)] == ([verdict] if verdict else [])


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Đã giải ngân 845/1.300 tỷ đồng, đạt 64%.", "disagrees"),  # 65,0 exactly: nothing to cut off
        ("Đã giải ngân 848/1.300 tỷ đồng, đạt 65%.", "agrees"),  # 65,23
        ("Đã giải ngân 857/1.300 tỷ đồng, đạt 65%.", "truncated"),  # 65,92
        ("Đã giải ngân 12/15 tỷ đồng, đạt 82%.", "cannot_tell"),  # 80, but 12,4 of 15,1 are 82
    ],
)
def test_only_what_is_printed_can_be_cut_off(text: str, verdict: str) -> None:
    assert [found for found, _ in ratios(text)] == [verdict]
