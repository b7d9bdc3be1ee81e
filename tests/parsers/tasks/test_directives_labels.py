"""Labels at the start of a paragraph, and the outline that their sequence makes."""

import pytest

from parsers.record.text_body import Body
from parsers.tasks.item_labels import read_labels, roman, roman_value
from parsers.tasks.outline import Node, Outline
from schemas.document import Paragraph


@pytest.mark.parametrize(
    ("text", "kind", "printed", "rest"),
    [
        ("1. Sở Y tế báo cáo.", "number", "1", "Sở Y tế báo cáo."),
        ("1) Sở Y tế báo cáo.", "number", "1)", "Sở Y tế báo cáo."),
        ("1- Quán triệt chỉ thị.", "number", "1", "Quán triệt chỉ thị."),
        ("1/ Quán triệt chỉ thị.", "number", "1", "Quán triệt chỉ thị."),
        ("(2) Rà soát.", "number", "(2)", "Rà soát."),
        ("3.1. Đối với xã", "number", "3.1", "Đối với xã"),
        ("3.1 Đối với xã", "number", "3.1", "Đối với xã"),
        ("1.2.1. Sở Y tế", "number", "1.2.1", "Sở Y tế"),
        ("a) Lập danh sách;", "letter", "a)", "Lập danh sách;"),
        ("đ) Lập danh sách;", "letter", "đ)", "Lập danh sách;"),
        ("(b) Lập danh sách;", "letter", "(b)", "Lập danh sách;"),
        ("c. Lập danh sách;", "letter", "c", "Lập danh sách;"),
        ("I. MỤC ĐÍCH", "roman", "I", "MỤC ĐÍCH"),
        ("IV- TỔ CHỨC THỰC HIỆN", "roman", "IV", "TỔ CHỨC THỰC HIỆN"),
        ("Điều 12. Hiệu lực", "article", "Điều 12", "Hiệu lực"),
        ("Phần thứ hai", "part", "Phần thứ hai", ""),
        ("Phần II. NHIỆM VỤ", "part", "Phần II", "NHIỆM VỤ"),
        ("Chương I", "part", "Chương I", ""),
        ("- Lập danh sách;", "dash", "-", "Lập danh sách;"),
        ("– Lập danh sách;", "dash", "–", "Lập danh sách;"),
        ("+ Lập danh sách;", "plus", "+", "Lập danh sách;"),
        ("* Lưu ý chung", "star", "*", "Lưu ý chung"),
        ("• Lập danh sách;", "dot", "•", "Lập danh sách;"),
        # What OCR makes of them.
        ("l. Sở Y tế báo cáo.", "number", "1", "Sở Y tế báo cáo."),
        ("{. Sở Y tế báo cáo.", "number", "1", "Sở Y tế báo cáo."),
        ('" 1. Sở Y tế báo cáo.', "number", "1", "Sở Y tế báo cáo."),
        ("3, Sở Y tế báo cáo.", "number", "3", "Sở Y tế báo cáo."),
        ("8) Chủ trì họp.", "number", "8)", "Chủ trì họp."),
        ("~ Lập danh sách;", "dash", "-", "Lập danh sách;"),
        ("H. NỘI DUNG", "roman", "II", "NỘI DUNG"),
        ("IL. NỘI DUNG", "roman", "I", "NỘI DUNG"),
        ("III KINH PHÍ", "roman", "III", "KINH PHÍ"),
    ],
)
def test_a_label_is_read(text: str, kind: str, printed: str, rest: str) -> None:
    label = read_labels(text)[0]
    assert (label.kind, label.printed, text[label.end :].strip()) == (kind, printed, rest)


@pytest.mark.parametrize(
    "text",
    [
        "29/7/2024 là ngày cuối.",
        "15.000 liều vắc xin đã về kho.",
        "1.776 hộ dân được hỗ trợ.",
        "2.5 triệu đồng mỗi hộ.",
        "12 đồng chí dự họp.",
        "Điều 5 Luật Thú y quy định rõ.",
        "Phần lớn các xã đã nộp.",
        "-5% so với cùng kỳ",
        "***",
        "Báo cáo gửi trước ngày 20.",
        "~—”",
    ],
)
def test_what_is_no_label(text: str) -> None:
    assert [label for label in read_labels(text) if not label.doubtful and label.kind != "dash"] == []


def test_roman_numbers_both_ways() -> None:
    assert [roman_value(roman(value)) for value in range(1, 40)] == list(range(1, 40))
    assert roman_value("IIII") is None
    assert roman_value("") is None


def _roots(*lines: str) -> list[Node]:
    """The trees of the first labelled level."""
    outline = Outline(Body([Paragraph(text=line) for line in lines]))
    return [*outline.roots(), *outline.last_roots()]


def _tree(node: Node) -> tuple[str | None, list[object]]:
    return node.label.printed if node.label else None, [_tree(child) for child in node.children]


def _outline(*lines: str) -> list[object]:
    return [_tree(root) for root in _roots(*lines)]


def test_levels_nest_as_the_form_has_them() -> None:
    assert _outline("I. NỘI DUNG", "1. Một", "a) Hai;", "- Ba;", "+ Bốn;", "b) Năm;", "2. Sáu", "II. TỔ CHỨC") == [
        ("I", [("1", [("a)", [("-", [("+", [])])]), ("b)", [])]), ("2", [])]),
        ("II", []),
    ]


def test_letters_follow_the_vietnamese_alphabet_with_gaps() -> None:
    lines = [f"{letter}) Việc cần làm ngay;" for letter in "abcdđegh"]
    assert [printed for printed, _ in _outline("1. Việc:", *lines)[0][1]] == [f"{letter})" for letter in "abcdđegh"]


def test_a_letter_out_of_sequence_is_no_item() -> None:
    assert _outline("1. Việc:", "a) Một;", "x) Không phải điểm nào.") == [("1", [("a)", [])])]


def test_decimals_hang_under_their_number() -> None:
    assert _outline("1. Xã", "1.1. Một", "- Hai", "1.2. Ba", "2. Thôn", "2.1 Bốn") == [
        ("1", [("1.1", [("-", [])]), ("1.2", [])]),
        ("2", [("2.1", [])]),
    ]


def test_a_list_within_an_item_may_restart_and_end() -> None:
    outline = _outline("1. Phạm vi gồm:", "1. Trại giống;", "2. Kho lạnh;", "3. Bến cá;", "2. Thời gian", "3. Kinh phí")
    # The outer 2 comes out of turn for the inner list, so it is the outer one's; the last 3 follows it.
    assert outline == [("1", [("1", []), ("2", []), ("3", [])]), ("2", []), ("3", [])]


def test_a_number_may_be_skipped() -> None:
    assert [printed for printed, _ in _outline("1. Một", "2. Hai", "4. Bốn")] == ["1", "2", "4"]


def test_a_number_far_out_of_sequence_is_no_item() -> None:
    assert _outline("1. Một việc", "30. Tháng Tư là ngày nghỉ") == [("1", [])]


def test_a_second_list_after_its_own_lead_in_stands_beside_the_first() -> None:
    roots = _roots(
        "Thời gian qua còn một số tồn tại:",
        "1. Đường xuống cấp.",
        "2. Thiếu biển báo.",
        "Sở Giao thông vận tải yêu cầu các hạt quản lý đường bộ thực hiện:",
        "1. Vá ổ gà.",
        "2. Cắm biển báo.",
    )
    assert [node.label.printed for node in roots if node.label] == ["1", "2", "1", "2"]
    assert [node.lead.text[:12] for node in roots if node.lead] == ["Thời gian qu"] * 2 + ["Sở Giao thôn"] * 2


def test_a_dropped_stroke_of_a_roman_number_is_made_good() -> None:
    assert [printed for printed, _ in _outline("I. MỤC ĐÍCH", "II. ĐỐI TƯỢNG", "II. NỘI DUNG", "IV. KINH PHÍ")] == [
        "I",
        "II",
        "III",
        "IV",
    ]


def test_a_hyphen_read_as_a_stroke_moves_no_section() -> None:
    printed = [printed for printed, _ in _outline("I1- MỤC ĐÍCH", "II- CHỈ TIÊU", "II- NHIỆM VỤ", "IV- TỔ CHỨC")]
    assert printed == ["I", "II", "III", "IV"]


def test_stains_and_lost_points_of_roman_numbers() -> None:
    printed = [printed for printed, _ in _outline("IL. MỤC ĐÍCH", "II ĐỐI TƯỢNG", "IIL. NỘI DUNG", "IV. KINH PHÍ")]
    assert printed == ["I", "II", "III", "IV"]
    assert read_labels("VI PHẠM HÀNH CHÍNH") == []


def test_a_lost_stroke_is_made_good_over_a_heading_in_small_letters_too() -> None:
    printed = [printed for printed, _ in _outline("I. Mục đích", "II. Nội dung", "II. Tổ chức thực hiện")]
    assert printed == ["I", "II", "III"]


def test_a_first_section_without_its_number_stands_beside_the_second() -> None:
    assert _outline("L MỤC ĐÍCH", "II. NHIỆM VỤ", "1. Rà soát.") == [("I", []), ("II", [("1", [])])]
    (second,) = _roots("¡ MỤC ĐÍCH", "II. NHIỆM VỤ", "1. Rà soát.")
    assert _tree(second) == ("II", [("1", [])])
    assert second.parent and second.parent.parent is None  # beside the title, not below it


def test_a_scrap_of_ink_between_two_numbers_is_the_number_between() -> None:
    outline = _outline(
        "I. NHIỆM VỤ",
        "thi Giao Sở Nội vụ thẩm định đề án.",
        "2ˆ Sở Tài chính bố trí kinh phí.",
        "Đã Sở Xây dựng kiểm tra công trình.",
        "4; Công an tỉnh bảo đảm trật tự.",
        "SỐ Ủy ban nhân dân các xã niêm yết danh sách.",
        "II. TỔ CHỨC",
    )
    assert outline == [("I", [("1", []), ("2", []), ("3", []), ("4", []), ("5", [])]), ("II", [])]


@pytest.mark.parametrize(
    "between",
    [
        "Các Sở phối hợp khi được yêu cầu.",
        "UBND xã báo cáo khi có phát sinh.",
        "BCĐ Huyện họp khi cần.",
        "Sở Y tế họp.",
    ],
)
def test_a_paragraph_between_two_numbers_without_a_scrap_is_no_item(between: str) -> None:
    printed = [printed for printed, _ in _outline("1. Thống kê số hộ.", "2. Báo cáo.", between, "4. Lưu hồ sơ.")]
    assert [one for one in printed if one] == ["1", "2", "4"]


def test_a_sentence_below_a_last_heading_keeps_its_first_word() -> None:
    first, _ = _roots("1. Hạ tầng", "Sở Y tế nâng cấp trạm y tế.", "II. TỔ CHỨC", "1. Họp.")
    assert first.paragraphs[1].text.startswith("Sở Y tế")
    assert _tree(first) == ("1", [])


def test_a_garbled_letter_is_read_by_its_place() -> None:
    outline = _outline(
        "1. Việc:", "a) Một việc;", "b) Hai việc;", "e) Ba việc;", "d) Bốn việc;", "©) Năm việc;", "8) Sáu việc;"
    )
    assert [printed for printed, _ in outline[0][1]] == ["a)", "b)", "c)", "d)", "e)", "g)"]


def test_a_line_of_capitals_divides() -> None:
    roots = _roots("Xét đề nghị,", "QUYẾT ĐỊNH:", "Điều 1. Giao vốn.", "Điều 2. Hiệu lực.")
    assert [_tree(root) for root in roots] == [("Điều 1", []), ("Điều 2", [])]
    assert [root.parent.paragraphs[0].text for root in roots if root.parent] == ["QUYẾT ĐỊNH:"] * 2


def test_a_heading_over_two_lines_is_one() -> None:
    (section,) = _roots("I. PHƯƠNG HƯỚNG,", "NHIỆM VỤ", "1. Một")
    assert [paragraph.text for paragraph in section.paragraphs] == ["I. PHƯƠNG HƯỚNG,", "NHIỆM VỤ"]


def test_a_letter_that_was_not_read_is_the_next_one() -> None:
    outline = _outline("1. Việc:", "d) Một việc;", "a) Hai việc;", "ø) Ba việc;", "4) Bốn việc;")
    assert outline == [("1", [("a)", []), ("b)", []), ("c)", [])])]


def test_a_garbled_number_in_a_section_is_no_section() -> None:
    outline = _outline("I. MỤC TIÊU", "II. ĐIỀU KIỆN", "I. Có bằng cấp.", "2. Có sức khỏe.", "III. HỒ SƠ")
    assert outline == [("I", []), ("II", [("1", []), ("2", [])]), ("III", [])]


def test_a_speck_before_the_lead_in_makes_no_bullet() -> None:
    (one,) = _roots("+ Thực hiện kế hoạch, Sở Y tế yêu cầu các trạm làm như sau:", "1. Nộp phiếu.")
    assert one.lead is not None


def test_each_tree_is_given_when_the_next_begins_and_the_last_one_at_the_end() -> None:
    outline = Outline(Body([Paragraph(text=text) for text in ("I. MỘT", "1. Hai", "II. BA", "TUYÊN TRUYỀN", "1. Bốn")]))
    assert [_tree(root) for root in outline.roots()] == [("I", [("1", [])]), ("II", [])]
    assert [_tree(root) for root in outline.last_roots()] == [("1", [])]
