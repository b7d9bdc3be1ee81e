"""Figures reported in prose: what is found, what kind it is, and what is no report."""

from __future__ import annotations

from typing import Any

import pytest

from parsers.claims.claim_words import masked
from parsers.claims.claims import read_claims
from parsers.record.passage import Passage
from parsers.record.trail import Trail
from schemas.dispatch import Claim
from schemas.document import Paragraph
from vietnamese.fold import fold


def claims_of(*paragraphs: str) -> tuple[Claim, ...]:
    return read_claims([Passage.of([Paragraph(text=text)]) for text in paragraphs], Trail())


FOUND: list[tuple[str, dict[str, Any]]] = [
    ("Người cao tuổi là 678 người, chiếm tỷ lệ 12,5%.", {"kind": "share", "numerator": 678, "percent": "12.5"}),
    (
        "Đến nay đã cấy 512 ha/640 ha, đạt 80% kế hoạch.",
        {"kind": "ratio", "numerator": 512, "denominator": 640, "percent": "80"},
    ),
    (
        "Đã xử lý 90 đơn (70 đơn khiếu nại, 20 đơn tố cáo)/120 đơn, đạt tỷ lệ 75%.",
        {"kind": "ratio", "numerator": 90, "denominator": 120, "percent": "75"},
    ),
    (
        "Phát triển mới 450 đoàn viên (đạt 90% so với chỉ tiêu giao là 500 đoàn viên).",
        {"kind": "achievement", "numerator": 450, "denominator": 500, "percent": "90"},
    ),
    (
        "Thu được 88 tỷ đồng, bằng 110% so với cùng kỳ (cùng kỳ là 80 tỷ đồng).",
        {"kind": "comparison", "numerator": 88, "denominator": 80, "percent": "110"},
    ),
    (
        "Tổng kế hoạch vốn năm nay là 250,5 tỷ đồng. Đã giải ngân 200,4 tỷ đồng, đạt 80% kế hoạch.",
        {"kind": "achievement", "numerator": "200.4", "denominator": "250.5", "percent": "80"},
    ),
    (
        "Dự toán tỉnh giao 40 tỷ đồng, đã thu 30 tỷ đồng, đạt 71% dự toán huyện giao.",
        {"numerator": 30, "denominator": None, "percent": "71"},
    ),
    ("Có 12/40 tỉnh đạt trên 95% kế hoạch.", {"kind": "ratio", "numerator": 12, "percent": "95"}),
    (
        "Có 12/40 tỉnh có tỷ lệ người dân dùng nước sạch trên 95% là Hà Nam, Hòa Bình.",
        {"kind": "count", "numerator": 12, "denominator": 40, "percent": None},
    ),
    ("Tỷ lệ trẻ tiêm đủ 3 mũi đạt 98,5%.", {"kind": "share", "numerator": None, "percent": "98.5"}),
    (
        "Xã Tân Lập đã giải ngân 12,5/15 tỷ đồng.",
        {
            "kind": "ratio",
            "subject": "Xã Tân Lập đã giải ngân",
            "numerator": "12.5",
            "denominator": 15,
            "percent": None,
        },
    ),
    (
        "Nhà thầu đã rải nhựa 8,5/12,4 km, đạt 68,5%.",
        {"kind": "ratio", "numerator": "8.5", "denominator": "12.4", "percent": "68.5"},
    ),
    ("Đã tiêm mũi nhắc lại cho 9.470/10.000 người.", {"kind": "count", "numerator": 9470, "denominator": 10000}),
    ("Tỷ lệ thu gom rác chưa đến 63%.", {"kind": "share", "percent": "63", "qualifier": "threshold"}),
    ("Còn 06 xã giải ngân dưới 30%.", {"kind": "count", "numerator": 6, "percent": None}),
    ("Thu phí ước đạt 450 tỷ 500 triệu đồng, bằng 52% dự toán.", {"percent": "52", "numerator": None}),
    ("Số vụ cháy giảm 5 vụ (-12,5%).", {"kind": "comparison", "numerator": 5, "percent": "12.5"}),
    ("Công tác kết nạp đảng đạt 35% chỉ tiêu.", {"subject": "Công tác kết nạp đảng", "percent": "35"}),
    (
        "Xã Hòa An đạt 17/12=141,67%.",
        {
            "kind": "ratio",
            "numerator": 17,
            "denominator": 12,
            "percent": "141.67",
            "decimals": 2,
            "subject": "Xã Hòa An",
        },
    ),
    (
        "Chi bộ Thuế đạt 8/5= 160%.",
        {"kind": "ratio", "numerator": 8, "denominator": 5, "percent": "160", "decimals": 0},
    ),
    (
        "Đến nay có 161/256 hồ sơ được giải quyết (đạt 62,89%).",
        {"kind": "ratio", "numerator": 161, "denominator": 256, "percent": "62.89"},
    ),
    (
        "Toàn huyện kết nạp được 174 đảng viên mới, đạt 69,3% chỉ tiêu năm.",
        {"kind": "achievement", "numerator": 174, "percent": "69.3", "scope": "chỉ tiêu năm"},
    ),
    (
        "Ba quý đầu năm giải ngân 393,469 tỷ đồng, đạt 60% kế hoạch vốn.",
        {"kind": "achievement", "numerator": "393.469", "percent": "60"},
    ),
    (
        "Thu phí được 1.846 hồ sơ, bằng 36,3% so với cùng kỳ năm 2020.",
        {"kind": "comparison", "numerator": 1846, "percent": "36.3"},
    ),
    ("Sản lượng lúa tăng 5,2% so với năm trước.", {"kind": "comparison", "numerator": None, "percent": "5.2"}),
    ("Công suất sử dụng giường bệnh là 104,41%.", {"kind": "ratio", "numerator": None, "percent": "104.41"}),
    ("Tỷ lệ khỏi bệnh 92,18%.", {"kind": "share", "percent": "92.18"}),
    ("Phấn đấu kết nạp 200 đảng viên mới trở lên.", {"kind": "total", "numerator": 200, "qualifier": "goal"}),
    ("Tỷ lệ hộ dùng nước sạch đạt từ 90% trở lên.", {"kind": "achievement", "percent": "90", "qualifier": "goal"}),
    ("Có xã giải ngân chưa đạt 50% kế hoạch.", {"kind": "achievement", "percent": "50", "qualifier": "threshold"}),
    ("Có 9/40 đảng bộ đã hoàn thành chỉ tiêu.", {"kind": "count", "numerator": 9, "denominator": 40, "percent": None}),
    (
        "Còn 10 đảng bộ có tỷ lệ thấp, đạt dưới 50%.",
        {"kind": "count", "numerator": 10, "percent": None, "qualifier": None},
    ),
    ("Tổng cộng: 220 đảng viên.", {"kind": "total", "numerator": 220}),
    ("Điển hình: Đảng bộ xã Tân Thành kết nạp 08 đồng chí.", {"kind": "count", "numerator": 8}),
]


@pytest.mark.parametrize(("sentence", "expected"), FOUND, ids=[sentence for sentence, _ in FOUND])
def test_a_reported_figure_is_found(sentence: str, expected: dict[str, Any]) -> None:
    (claim,) = [one for one in claims_of(sentence) if not (one.kind == "total" and one.scope)]
    assert claim.model_dump(include=set(expected)) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Thực hiện Nghị quyết số 28-NQ/TU, ngày 10/11/2009 của Ban Thường vụ Thành ủy.",
        "Trong 7 tháng đầu năm 2024, các đơn vị đã cố gắng.",
        "Báo cáo gửi trước ngày 15/8/2024.",
        "Theo Kế hoạch số 141-KH/HU giai đoạn 2021-2025.",
        "Học sinh đủ 18 tuổi, học lớp 12.",
        "Căn cứ khoản 2 Điều 5 Nghị định số 30/2020/NĐ-CP.",
    ],
)
def test_dates_periods_and_document_numbers_report_nothing(sentence: str) -> None:
    assert claims_of(sentence) == ()


def test_a_share_is_told_of_the_whole_before_it() -> None:
    total, women, young = claims_of(
        "Trong số 53 đảng viên mới được kết nạp, đảng viên nữ: 32 đồng chí (chiếm 60,4%), "
        "đoàn viên 22 đồng chí (chiếm 41,5%)."
    )
    assert (total.kind, total.numerator) == ("total", 53)
    assert [(one.kind, one.numerator, one.denominator) for one in (women, young)] == [
        ("share", 32, 53),
        ("share", 22, 53),
    ]


def test_doses_are_no_whole_of_which_children_are_a_share() -> None:
    whole, share = claims_of("Toàn huyện đã tiêm tổng số 9.000 liều, trong đó mũi 1 là 6.000 trẻ (80,5%).")
    assert (whole.numerator, share.numerator, share.denominator) == (9000, 6000, None)


def test_the_number_that_there_is_now_stands_before_its_change() -> None:
    now, change = claims_of("Xảy ra 60 vụ, so với quý trước tăng 12 vụ (+25%).")
    assert (now.kind, now.numerator, now.percent) == ("total", 60, None)
    assert (change.kind, change.numerator, change.percent) == ("comparison", 12, "25")


def test_a_number_of_a_rate_that_is_its_whole_is_no_numerator() -> None:
    (claim,) = claims_of("Tổng số phụ nữ đẻ là 2.596 người, trong đó tỷ lệ được quản lý thai đạt 99,73 %.")
    assert (claim.kind, claim.numerator, claim.denominator) == ("share", None, 2596)


def test_a_count_carries_the_list_that_it_announces() -> None:
    (count,) = claims_of("Còn 03 chi bộ chưa kết nạp là: Trung tâm Y tế, Bảo hiểm xã hội và Trạm Khuyến nông.")
    assert count.scope == "Trung tâm Y tế; Bảo hiểm xã hội; Trạm Khuyến nông"


def test_a_list_of_ratios_is_counted_by_its_ratios() -> None:
    count, *ratios = claims_of(
        "Có 2 đảng bộ đã vượt, đó là Đảng bộ: xã An Phú đạt 8/6=133,33%; xã Bình Lộc đạt 3/2=150%."
    )
    assert count.scope == "xã An Phú; xã Bình Lộc"
    assert [one.numerator for one in ratios] == [8, 3]


def test_a_list_in_the_lines_below_is_found() -> None:
    (count,) = claims_of(
        "Khen thưởng cho 02 tập thể sau:", "1. Phòng Nội vụ;", "2. Phòng Y tế.", "Quyết định có hiệu lực."
    )
    assert count.scope == "Phòng Nội vụ; Phòng Y tế"


def test_a_goal_does_not_reach_the_report_behind_it() -> None:
    goal, report = claims_of(
        "Đại hội đề ra chỉ tiêu: Phấn đấu mỗi năm đạt từ 03% trở lên; tuy nhiên 5 tháng qua mới kết nạp được "
        "45 đảng viên, bằng 36,3% so với cùng kỳ."
    )
    assert (goal.qualifier, report.qualifier) == ("goal", None)


def test_masking_keeps_the_length() -> None:
    text = fold("Ngày 22/7/2024, 17/12=141,67% theo Công văn số 15/UBND-NV năm 2023")
    assert len(masked(text)) == len(text)
    assert "17/12=141,67%" in masked(text)


def test_the_evidence_quotes_the_words() -> None:
    trail = Trail()
    text = "Xã Hòa An đạt 17/12=141,67%."
    read_claims([Passage.of([Paragraph(text=text)])], trail)
    assert trail.evidence["/claims/0"][0].quote in text


def test_a_name_with_and_inside_is_one_item() -> None:
    (count,) = claims_of("Còn 03 chi bộ chưa kết nạp là: Công an, Trạm Y tế, Trung tâm Văn hóa và Thể thao.")
    assert count.scope == "Công an; Trạm Y tế; Trung tâm Văn hóa và Thể thao"


def test_a_list_of_kinds_is_no_list_and_a_least_number_is_a_limit() -> None:
    (least,) = claims_of("Hội đồng có tối thiểu 03 thành viên, gồm: Chủ tịch, các Phó Chủ tịch và các thành viên.")
    assert (least.qualifier, least.scope) == ("threshold", None)
    (number,) = claims_of("Hội đồng có 03 thành viên gồm: Chủ tịch và các thành viên.")
    assert number.scope is None


def test_a_list_is_announced_over_a_long_sentence() -> None:
    text = "Tặng Giấy khen cho 02 tập thể có thành tích trong 10 năm thực hiện công tác, phối hợp trên địa bàn, gồm:"
    (count,) = claims_of(text, "1. Phòng Nội vụ;", "2. Công an huyện.")
    assert count.scope == "Phòng Nội vụ; Công an huyện"


def test_a_fraction_takes_no_percentage_of_another_measure() -> None:
    count, other = claims_of("Có 25/28 xã đạt chuẩn nông thôn mới, tỷ lệ hộ nghèo còn 5,2%.")
    assert (count.kind, count.numerator, count.denominator, count.percent) == ("count", 25, 28, None)
    assert (other.kind, other.numerator, other.percent) == ("share", None, "5.2")


def test_a_fraction_behind_its_percentage_is_one_claim() -> None:
    (claim,) = claims_of("Tỷ lệ tốt nghiệp đạt 99,2% (1.234/1.244 học sinh).")
    assert (claim.kind, claim.numerator, claim.denominator, claim.percent) == ("ratio", 1234, 1244, "99.2")


def test_a_fraction_in_front_of_brackets_is_one_claim() -> None:
    (claim,) = claims_of("Hoàn thành 12/14 (85,7%) nội dung đề ra.")
    assert (claim.kind, claim.numerator, claim.denominator, claim.percent) == ("ratio", 12, 14, "85.7")


def test_words_that_only_look_like_verbs_once_folded_are_left_alone() -> None:
    (claim,) = claims_of("Thu ngân sách nhà nước đạt 1.250,5 tỷ đồng, bằng 105,3% dự toán.")
    assert (claim.subject, claim.numerator) == ("Thu ngân sách nhà nước", "1250.5")
    assert claims_of("Có mặt 17 chi bộ cơ sở, với 5.432 đảng viên.") == ()


def test_revenue_is_no_ordinal_number() -> None:
    first, second = claims_of("Xã Tân An thu 1.250 triệu đồng (đạt 125%), xã Phú Lâm thu 900 triệu đồng (đạt 90%).")
    assert (first.numerator, second.numerator) == (1250, 900)


def test_a_number_in_front_of_a_bracketed_percentage_is_a_share() -> None:
    (claim,) = claims_of("Bí thư chi bộ là nữ 12 đồng chí (8,3%).")
    assert (claim.kind, claim.numerator, claim.percent) == ("share", 12, "8.3")


@pytest.mark.parametrize(
    "text",
    ["Nạo vét 15 km và 20 cống, đạt 75% và 80% kế hoạch.", "Tỷ lệ đấu nối đạt 9,1% (cùng kỳ 2023 đạt 6,9%)."],
)
def test_a_percentage_takes_no_number_that_may_be_anothers(text: str) -> None:
    found = claims_of(text)
    assert len(found) == 2
    assert [claim.numerator for claim in found] == [None, None]
