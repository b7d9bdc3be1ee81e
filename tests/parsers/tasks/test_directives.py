"""What a body asks, by the type of the document: dispatches of our own, of many offices."""

import datetime as dt

import pytest

from parsers.deadlines.deadlines import read_deadlines
from parsers.record.text_body import Body
from parsers.record.trail import Trail
from parsers.tasks.item import Items
from parsers.tasks.tasks import read_directives
from schemas.dispatch import Directive, Header
from schemas.document import Cell, Grid, Paragraph


def _items(text: str, doc_type: str | None = "cong_van", trail: Trail | None = None) -> Items:
    body = Body([Paragraph(text=line.strip()) for line in text.strip().splitlines()])
    return read_directives(body, Header(doc_type=doc_type), trail or Trail())


def _rest(items: Items) -> list[str]:
    """The passages that are of no item."""
    return [passage.text for passage, item in items.among_others() if item is None]


def _directives(text: str, doc_type: str | None = "cong_van") -> list[Directive]:
    return [item.directive for item in _items(text, doc_type)]


def _who(text: str, doc_type: str | None = "cong_van") -> dict[str, tuple[str, ...]]:
    return {directive.id: directive.assignees for directive in _directives(text, doc_type)}


FLOOD = """
    Thực hiện công điện của Thủ tướng Chính phủ về ứng phó với bão, Chủ tịch UBND tỉnh yêu cầu:
    1. Giám đốc các sở; Chủ tịch UBND các xã, phường:
    a) Theo dõi diễn biến của bão.
    b) Di dời hộ dân trước 17 giờ ngày 14/9/2025.
    2. Sở Nông nghiệp và Môi trường chủ trì, phối hợp với Đài Khí tượng tỉnh vận hành hồ chứa, báo cáo UBND tỉnh.
    3. Công an tỉnh: ứng trực tại các bến đò.
    4. Đề nghị Ủy ban MTTQ Việt Nam tỉnh vận động Nhân dân chằng chống nhà cửa.
    Yêu cầu các cơ quan, đơn vị nghiêm túc triển khai thực hiện./.
"""


def test_a_letter_asks_what_its_lead_in_announces() -> None:
    heads = ("Giám đốc các sở", "Chủ tịch UBND các xã, phường")
    assert _who(FLOOD) == {
        "1": heads,
        "1.1": heads,
        "1.2": heads,
        "2": ("Sở Nông nghiệp và Môi trường",),
        "3": ("Công an tỉnh",),
        "4": ("Ủy ban MTTQ Việt Nam tỉnh",),
    }


def test_an_item_has_its_label_parent_heading_and_words() -> None:
    one, first, *_ = _directives(FLOOD)
    assert (one.label, one.parent, one.heading) == ("1", None, "Giám đốc các sở; Chủ tịch UBND các xã, phường:")
    assert (first.label, first.parent, first.text) == ("a)", "1", "Theo dõi diễn biến của bão.")
    second = _directives(FLOOD)[3]
    assert second.coordinate_with == ("Đài Khí tượng tỉnh",)
    assert second.report_to == ("UBND tỉnh",)


def test_every_item_shows_its_evidence_and_the_rest_is_passed_on() -> None:
    trail = Trail()
    items = _items(FLOOD, trail=trail)
    whole = [pointer for pointer in trail.evidence if not pointer.endswith("/assignees")]
    assert whole == [f"/directives/{number}" for number in range(6)]
    assert trail.evidence["/directives/4"][0].quote == "3. Công an tỉnh: ứng trực tại các bến đò."
    assert [text[:9] for text in _rest(items)] == ["Thực hiện", "Yêu cầu c"]
    in_order = [item.directive.id if item else passage.text[:9] for passage, item in items.among_others()]
    assert in_order == ["Thực hiện", "1", "1.1", "1.2", "2", "3", "4", "Yêu cầu c"]


def test_who_is_asked_comes_from_the_lead_in_where_an_item_names_nobody() -> None:
    text = """
        Phòng Giáo dục và Đào tạo đề nghị hiệu trưởng các trường tiểu học thực hiện một số nội dung sau:
        1. Lập danh sách học sinh chưa biết bơi.
        2. Bộ phận y tế trường học kiểm tra bể bơi.
    """
    assert _who(text) == {
        "1": ("hiệu trưởng các trường tiểu học",),
        "2": ("Bộ phận y tế trường học",),
    }


def test_who_is_inherited_is_shown_as_inferred_from_where_the_names_stand() -> None:
    trail = Trail()
    _items(
        """
        Phòng Giáo dục và Đào tạo đề nghị hiệu trưởng các trường tiểu học thực hiện một số nội dung sau:
        1. Lập danh sách học sinh chưa biết bơi.
        2. Bộ phận y tế trường học kiểm tra bể bơi.
        """,
        trail=trail,
    )
    shown = {pointer: found[0] for pointer, found in trail.evidence.items() if pointer.endswith("/assignees")}
    assert list(shown) == ["/directives/0/assignees"]
    assert shown["/directives/0/assignees"].origin == "inferred"
    assert "hiệu trưởng các trường tiểu học" in shown["/directives/0/assignees"].quote


def test_a_short_letter_asks_in_a_paragraph() -> None:
    text = """
        Sở Y tế nhận được văn bản của Bộ Y tế về bệnh dại.
        Để chủ động phòng bệnh, Sở Y tế đề nghị Trung tâm Y tế các huyện rà soát vắc xin.
        Báo cáo gửi về Sở Y tế (qua Phòng Nghiệp vụ Y) trước ngày 15/6/2024.
        Trân trọng./.
    """
    first, second = _directives(text)
    assert (first.id, first.label, first.assignees) == ("1", None, ("Trung tâm Y tế các huyện",))
    assert (second.id, second.assignees, second.report_to) == (
        "2",
        ("Trung tâm Y tế các huyện",),
        ("Sở Y tế (qua Phòng Nghiệp vụ Y)",),
    )


def test_a_list_of_enclosures_is_not_asked_for() -> None:
    text = """
        Sở Nội vụ gửi kèm các tài liệu sau:
        1. Dự thảo Đề án;
        2. Bảng tổng hợp ý kiến.
        Đề nghị các sở, ngành góp ý bằng văn bản gửi về Sở Nội vụ trước ngày 05/11/2024.
    """
    assert _who(text) == {"1": ("các sở, ngành",)}


def test_what_was_found_wrong_is_not_asked() -> None:
    text = """
        Thời gian qua, công tác giữ gìn trật tự giao thông còn những tồn tại:
        1. Ý thức của người lái xe chưa cao.
        2. Lực lượng tuần tra còn mỏng.
        Để khắc phục, Ban Thường vụ Thành ủy yêu cầu các cấp ủy trực thuộc thực hiện tốt các nhiệm vụ sau:
        1. Quán triệt chỉ thị đến đảng viên.
        2. Đảng ủy Công an thành phố lãnh đạo lực lượng cảnh sát giao thông mở đợt cao điểm.
        Chỉ thị này phổ biến đến chi bộ.
    """
    assert _who(text, "chi_thi") == {
        "1": ("các cấp ủy trực thuộc",),
        "2": ("Đảng ủy Công an thành phố",),
    }


def test_a_plan_asks_in_its_tasks_and_not_in_its_aims() -> None:
    text = """
        Ban Thường vụ Huyện ủy xây dựng kế hoạch như sau:
        I- MỤC ĐÍCH, YÊU CẦU
        1- Các cấp ủy phải làm nghiêm túc.
        II- NHIỆM VỤ, GIẢI PHÁP
        1- Mục tiêu
        - Kết nạp 50 đảng viên.
        2- Nhiệm vụ
        - Tạo nguồn trong công nhân.
        III- KINH PHÍ
        Từ ngân sách đảng.
        IV- TỔ CHỨC THỰC HIỆN
        1- Ban Tổ chức Huyện ủy
        Theo dõi, đôn đốc; báo cáo Ban Thường vụ Huyện ủy trước ngày 30/6/2025.
        2- Các chi bộ cơ sở xây dựng kế hoạch của đơn vị mình.
        Trên đây là kế hoạch của Ban Thường vụ Huyện ủy.
    """
    found = _directives(text, "ke_hoach")
    assert [(one.id, one.parent, one.assignees) for one in found] == [
        ("II", None, ()),
        ("II.2", "II", ()),
        ("II.2.1", "II.2", ()),
        ("IV", None, ()),
        ("IV.1", "IV", ("Ban Tổ chức Huyện ủy",)),
        ("IV.2", "IV", ("Các chi bộ cơ sở",)),
    ]
    assert found[4].heading == "Ban Tổ chức Huyện ủy"
    assert found[4].text.endswith("trước ngày 30/6/2025.")


def test_circumstances_are_directives_only_where_somebody_must_act() -> None:
    text = """
        I. ĐỐI TƯỢNG KIỂM TRA
        1. Trạm Y tế các xã;
        2. Các nhà thuốc trên địa bàn.
        II. THỜI GIAN
        1. Từ ngày 05/5 đến ngày 09/5/2025, các nhà thuốc có trách nhiệm tự kiểm tra.
        2. Kiểm tra thực tế: trong tháng 6/2025.
    """
    assert _who(text, "ke_hoach") == {"II.1": ("các nhà thuốc",)}


def test_a_conclusion_is_divided_into_account_and_tasks() -> None:
    text = """
        Sau khi nghe báo cáo, Chủ tịch UBND huyện kết luận như sau:
        1. Đánh giá chung
        Tiến độ giải phóng mặt bằng còn chậm.
        2. Ghi nhận sự cố gắng của các xã.
        3. Nhiệm vụ trong thời gian tới
        3.1. Ban Quản lý dự án đầu tư xây dựng huyện:
        - Hoàn thiện hồ sơ trước ngày 25/3/2025.
        3.2. Về kinh phí: giao Phòng Tài chính - Kế hoạch tham mưu.
        Văn phòng HĐND và UBND huyện thông báo để các đơn vị biết, thực hiện./.
    """
    board = ("Ban Quản lý dự án đầu tư xây dựng huyện",)
    assert _who(text, "thong_bao") == {
        "3": (),
        "3.1": board,
        "3.1.1": board,
        "3.2": ("Phòng Tài chính - Kế hoạch",),
    }


def test_a_decision_is_its_articles() -> None:
    text = """
        CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN
        - Căn cứ Luật Tổ chức chính quyền địa phương;
        - Xét đề nghị của Trưởng phòng Nội vụ,
        QUYẾT ĐỊNH:
        Điều 1. Thành lập Tổ công tác chuyển đổi số gồm các ông, bà có tên sau:
        1. Ông Trần Văn Tám - Tổ trưởng;
        2. Bà Lê Thị Chín - Tổ phó;
        Điều 2. Tổ công tác có nhiệm vụ:
        1. Tham mưu Chủ tịch UBND huyện về chuyển đổi số.
        Điều 3. Quyết định này có hiệu lực kể từ ngày ký.
        Điều 4. Chánh Văn phòng HĐND và UBND huyện, Trưởng phòng Nội vụ và các ông, bà có tên tại Điều 1 chịu
    """.rstrip()
    found = _directives(text + " trách nhiệm thi hành Quyết định này./.", "quyet_dinh")
    assert [(one.id, one.label) for one in found] == [
        ("1", "Điều 1"),
        ("2", "Điều 2"),
        ("2.1", "1"),
        ("3", "Điều 3"),
        ("4", "Điều 4"),
    ]
    assert found[2].assignees == ("Tổ công tác",)
    assert found[4].assignees == (
        "Chánh Văn phòng HĐND và UBND huyện",
        "Trưởng phòng Nội vụ",
        "các ông, bà có tên tại Điều 1",
    )


def test_a_report_asks_only_in_its_programme() -> None:
    text = """
        I. KẾT QUẢ THỰC HIỆN NHIỆM VỤ
        1. Chỉ đạo các đơn vị tăng cường kiểm tra.
        II. PHƯƠNG HƯỚNG, NHIỆM VỤ
        1. Phòng Kinh tế tham mưu kế hoạch kiểm tra quý IV.
    """
    assert _who(text, "bao_cao") == {"II.1": ("Phòng Kinh tế",)}


@pytest.mark.parametrize("doc_type", ["to_trinh", "giay_gioi_thieu", "phieu_gui"])
def test_some_types_ask_nothing(doc_type: str) -> None:
    assert _directives("Đề nghị:\n1. Sở Tài chính xem xét, bố trí vốn.", doc_type) == []


def test_an_invitation_asks_those_who_prepare() -> None:
    text = """
        Ủy ban nhân dân huyện kính mời các đại biểu dự hội nghị sơ kết.
        1. Thời gian: 08 giờ ngày 10/7/2024.
        2. Địa điểm: Phòng họp số 1.
        3. Phòng Y tế chuẩn bị báo cáo, gửi về Văn phòng trước ngày 08/7/2024.
        Đề nghị các đại biểu dự họp đầy đủ, đúng giờ./.
    """
    assert _who(text, "giay_moi") == {"3": ("Phòng Y tế",)}


def test_minutes_keep_only_what_is_requested() -> None:
    text = """
        1. Kết quả: trạm y tế có đủ thuốc.
        2. Trưởng trạm phát biểu, thống nhất.
        3. Đề nghị Ủy ban nhân dân xã dọn vệ sinh trước ngày 20/5/2023.
    """
    assert _who(text, "bien_ban") == {"3": ("Ủy ban nhân dân xã",)}


def test_a_closing_line_with_a_limit_is_a_directive_of_its_own() -> None:
    text = """
        Sở Y tế đề nghị các trung tâm y tế thực hiện:
        1. Phun hóa chất tại ổ dịch.
        Kết thúc đợt phun các trung tâm báo cáo kết quả về Sở Y tế trước ngày 18/12/2024 để tổng hợp./.
    """
    assert [(one.id, one.assignees) for one in _directives(text)] == [
        ("1", ("các trung tâm y tế",)),
        ("end", ("các trung tâm",)),
    ]


def test_the_charge_in_a_closing_paragraph_is_cut_out_of_it() -> None:
    text = """
        Chủ tịch UBND tỉnh yêu cầu:
        1. Các sở rà soát thủ tục.
        Các cơ quan nghiêm túc thực hiện Chỉ thị này. Giao Sở Nội vụ theo dõi, đôn đốc.
    """
    items = _items(text, "chi_thi")
    assert items[-1].directive.text == "Giao Sở Nội vụ theo dõi, đôn đốc."
    last, charge = [passage.text.strip() for passage, _ in items.among_others()][-2:]
    assert last == _rest(items)[-1].strip() == "Các cơ quan nghiêm túc thực hiện Chỉ thị này."
    assert charge == "Giao Sở Nội vụ theo dõi, đôn đốc."


def test_unlabelled_paragraphs_between_items_belong_to_the_item_before() -> None:
    text = """
        UBND huyện yêu cầu:
        1. Phòng Y tế kiểm tra các quầy thuốc.
        Việc kiểm tra phải có biên bản.
        2. Công an huyện phối hợp kiểm tra.
    """
    assert _directives(text)[0].text == "Phòng Y tế kiểm tra các quầy thuốc. Việc kiểm tra phải có biên bản."


def test_a_number_printed_twice_is_warned_of() -> None:
    text = """
        UBND huyện yêu cầu:
        1. Phòng Y tế kiểm tra.
        TUYÊN TRUYỀN
        Phòng Văn hóa đề nghị các xã thực hiện:
        1. Treo băng rôn.
    """
    trail = Trail()
    items = _items(text, trail=trail)
    assert [item.directive.id for item in items] == ["1", "1-2"]
    assert [(notice.code, notice.pointer) for notice in trail.warnings] == [("duplicate_label", "/directives/1")]


def test_tables_between_items_are_left_out() -> None:
    table = Grid(n_rows=1, n_columns=1, cells=(Cell(row=0, column=0, text="1. Không phải mục"),))
    lead, one, two = (
        Paragraph(text=text)
        for text in ("Sở yêu cầu:", "1. Phòng Y tế nộp biểu sau:", "2. Công an huyện lập danh sách.")
    )
    items = read_directives(Body([lead, one, table, two]), Header(doc_type="cong_van"), Trail())
    found = [item.directive.id for item in items]
    assert found == ["1", "2"]


@pytest.mark.parametrize(
    "text",
    [
        FLOOD.replace("ủy", "uỷ").replace("Ủy", "Uỷ"),
        FLOOD.replace("1. ", "l. "),
        FLOOD.replace("2. ", "2, "),
        FLOOD.replace("b) ", "b ) "),
    ],
)
def test_damaged_copies_give_the_same_items(text: str) -> None:
    assert list(_who(text)) == list(_who(FLOOD))


def test_an_empty_body_asks_nothing() -> None:
    assert list(read_directives(Body([]), Header(), Trail())) == []


def test_a_garbled_end_of_the_body_is_not_asked() -> None:
    text = "Sở Y tế yêu cầu:\n1. Các trạm nộp phiếu.\n.Vơi nhận:\n- Văn phòng Sở;\n- Công an tỉnh:"
    assert _who(text) == {"1": ("Các trạm",)}


PASSED_ON = """
    Văn phòng UBND tỉnh nhận được đơn đề ngày 05/4/2023 của ông Lê Hồng Cẩm phản ánh việc xả thải tại xã Đông Sơn.
    Về việc này, Phó Chủ tịch UBND tỉnh có ý kiến như sau:
    Chuyển UBND huyện Kim Bôi kiểm tra, giải quyết theo thẩm quyền, báo cáo UBND tỉnh trước ngày 28/4/2023.
    Văn phòng UBND tỉnh thông báo để các cơ quan biết, thực hiện./.
"""


def test_what_is_passed_on_is_asked_of_the_receiver() -> None:
    assert _who(PASSED_ON) == {"1": ("UBND huyện Kim Bôi",)}


def test_a_matter_passed_on_long_ago_is_no_directive() -> None:
    assert _who("Vụ việc đã được chuyển Công an huyện điều tra, xử lý từ năm 2022.") == {}


TASKS = """
    II. NỘI DUNG
    1. Số hóa bản đồ địa chính
    - Đơn vị thực hiện: Phòng Kinh tế; phối hợp: Phòng Tư pháp.
    - Thời gian hoàn thành: Quý III/2024.
    2. Công bố danh mục thửa đất công
    - Thời gian: Trước ngày 31/01/2025.
    - Kết quả: Quyết định của Chủ tịch UBND huyện.
    3. Lễ ra mắt tổ hòa giải
    - Thời gian: 8 giờ ngày 05/9/2024.
    - Địa điểm: Nhà văn hóa thôn Hạ.
"""


def test_lines_that_tell_who_does_a_task_and_by_when_are_no_tasks_of_their_own() -> None:
    who = _who(TASKS, "ke_hoach")
    assert list(who) == ["II", "II.1", "II.2"]
    assert who["II"] == who["II.1"] == ("Phòng Kinh tế",)


def test_papers_of_a_list_are_no_tasks() -> None:
    items = """
        II. TỔ CHỨC THỰC HIỆN
        1. Các chi bộ gửi hồ sơ về Văn phòng Đảng ủy, gồm:
        - Báo cáo kết quả tự kiểm tra;
        - Biên bản họp chi bộ.
    """
    assert list(_who(items, "huong_dan")) == ["II", "II.1"]


def test_a_last_line_that_only_sends_off_a_plan_is_no_directive() -> None:
    items = """
        II. TỔ CHỨC THỰC HIỆN
        1. Phòng Nội vụ theo dõi, đôn đốc.
        Căn cứ Kế hoạch này, các cơ quan, đơn vị triển khai thực hiện./.
    """
    assert list(_who(items, "ke_hoach")) == ["II", "II.1"]


REMINDED = """
    Ngày 12/11/2024, Phòng đã có Công văn số 45/PNV đề nghị UBND các xã báo cáo trước ngày 25/11. Đến nay còn 03 xã.
    Phòng Nội vụ đề nghị UBND các xã Hạ, Trung, Thượng gửi báo cáo về Phòng trước 10h00 ngày 04/12/2024.
"""


def test_what_was_asked_before_is_not_asked_again() -> None:
    assert _who(REMINDED) == {"1": ("UBND các xã Hạ, Trung, Thượng",)}


def test_an_office_that_sends_and_asks_is_not_the_one_that_is_asked() -> None:
    text = "Sở gửi dự thảo Đề án và đề nghị các huyện ủy, thành ủy góp ý bằng văn bản gửi về Sở trước ngày 18/10/2024."
    assert _who(text) == {"1": ("các huyện ủy, thành ủy",)}


def test_a_name_behind_what_somebody_wants_is_asked() -> None:
    text = """
        Về đề nghị của Viện Dược liệu tại văn bản số 12/VDL, Giám đốc Sở có ý kiến như sau:
        Trưởng phòng Dược chỉ đạo việc kiểm tra vườn thuốc nam theo đúng quy định.
        Văn phòng Sở xin thông báo để Phòng Dược biết, thực hiện./.
    """
    assert _who(text) == {"1": ("Trưởng phòng Dược",)}


def test_who_is_told_to_act_stands_behind_who_gave_an_opinion() -> None:
    text = """
        Thường trực Huyện ủy có ý kiến tại Thông báo số 25-TB/HU. Về việc này, Chủ tịch UBND huyện giao Phòng Tài chính
        chủ trì trình UBND huyện trước ngày 28/8/2024./.
    """
    assert _who(" ".join(text.split())) == {"1": ("Phòng Tài chính",)}


def test_a_sentence_may_end_with_an_office_that_folds_like_a_number() -> None:
    text = (
        "Thực hiện lịch đã gửi, Sở mở lớp đan lưới tại Hội trường Sở. Đề nghị Trưởng các phòng cử người học, gửi danh"
    )
    assert _who(f"{text} sách về Văn phòng trước ngày 12/3/2024.") == {"1": ("Trưởng các phòng",)}


def test_letters_before_a_stroke_number_items() -> None:
    text = """
        UBND xã yêu cầu các đơn vị thực hiện các việc sau:
        1/ Trạm Y tế:
        a/ Kiểm kê thuốc.
        b/ Trực cấp cứu.
        2/ Các thôn báo cáo trước ngày 20/01/2026.
    """
    assert [(one.id, one.label) for one in _directives(text)] == [("1", "1"), ("1.1", "a/"), ("1.2", "b/"), ("2", "2")]


CONTENTS = """
    UBND xã yêu cầu Phòng Kinh tế:
    1. Đối với các trạm cân
    Giao Đội thuế kiểm tra, chấn chỉnh.
    2. Tổng hợp báo cáo gửi UBND xã trước ngày 15/4/2026, nội dung bao gồm:
    - Số hộ đã kiểm tra.
    - Đề xuất hướng xử lý.
    3. Thời gian gửi báo cáo
    - Báo cáo tháng: chậm nhất ngày 20 hằng tháng.
    - Báo cáo năm: chậm nhất ngày 15/12/2026.
"""


def test_what_a_report_must_hold_is_not_asked_but_when_it_is_sent_is() -> None:
    assert list(_who(CONTENTS)) == ["1", "2", "3", "3.1", "3.2"]


def test_a_heading_that_says_what_it_is_about_names_nobody_where_a_request_follows() -> None:
    assert _who(CONTENTS)["1"] == ("Đội thuế",)


def test_small_roman_numbers_label_items() -> None:
    text = """
        UBND xã đề nghị các thôn thực hiện:
        1. Chuẩn bị vụ đông, trong đó:
        (i) Nạo vét mương trước ngày 15/9/2024;
        (ii) Sửa cống;
        (iii) Báo cáo UBND xã.
        2. Dọn chợ.
    """
    found = [(one.id, one.label) for one in _directives(text)]
    assert found == [("1", "1"), ("1.1", "(i)"), ("1.2", "(ii)"), ("1.3", "(iii)"), ("2", "2")]
    assert _directives(text)[1].text == "Nạo vét mương trước ngày 15/9/2024;"


def test_i_and_l_follow_h_and_k() -> None:
    letters = "abcdđeghikl"
    lines = "\n".join(f"{letter}) Quét sân số {at}." for at, letter in enumerate(letters))
    found = _directives(f"UBND xã đề nghị các thôn thực hiện:\n1. Dọn chợ:\n{lines}")
    assert [one.label for one in found] == ["1", *(f"{letter})" for letter in letters)]


def test_a_time_over_a_list_heads_it_and_stands_in_no_item() -> None:
    found = _directives("""
        UBND xã yêu cầu các thôn thực hiện nội dung sau:
        Quý I:
        - Nạo vét mương.
        - Sửa cống.
        Quý II:
        - Đắp bờ bao.
    """)
    assert [(one.id, one.label, one.heading, one.text) for one in found] == [
        ("1", None, "Quý I:", "Quý I:"),
        ("1.1", "-", None, "Nạo vét mương."),
        ("1.2", "-", None, "Sửa cống."),
        ("2", None, "Quý II:", "Quý II:"),
        ("2.1", "-", None, "Đắp bờ bao."),
    ]
    assert {one.assignees for one in found} == {("các thôn",)}


def test_when_an_event_takes_place_is_asked_of_nobody() -> None:
    found = _directives("""
        UBND xã tổ chức hội đua ghe và đề nghị các thôn thực hiện các nội dung sau:
        1. Thời gian tổ chức: 8 giờ 00 ngày 15/9/2024.
        2. Địa điểm: Bến đò.
        3. Đăng ký tay chèo về UBND xã trước ngày 05/9/2024.
        4. Thời gian tổ chức: Thôn trưởng thông báo trước ngày 01/9/2024.
        5. Thời gian gửi danh sách: trước ngày 05/9/2024.
    """)
    assert [one.id for one in found] == ["3", "4", "5"]


def test_an_account_over_what_is_asked_is_no_item() -> None:
    text = """
        Sau khi nghe báo cáo, Chủ tịch UBND huyện kết luận như sau:
        1. Thời gian qua, các xã đã cố gắng, đến nay bàn giao 12/14 km mặt bằng.
        2. Yêu cầu Phòng Nội vụ lập danh sách.
    """
    assert list(_who(text, "thong_bao")) == ["2"]


def test_a_number_printed_twice_running_is_counted_on() -> None:
    text = """
        UBND huyện yêu cầu:
        1. Phòng Y tế kiểm tra bếp ăn.
        2. Phòng Tư pháp rà soát biểu mẫu.
        2. Phòng Văn hóa treo băng rôn.
        3. Công an huyện tuần tra chợ phiên.
    """
    trail = Trail()
    items = _items(text, trail=trail)
    assert [item.directive.id for item in items] == ["1", "2", "3", "4"]
    assert [(notice.code, notice.pointer) for notice in trail.warnings] == [("duplicate_label", "/directives/2")]


WITH_PRODUCTS = """
    II. NHIỆM VỤ
    1. Lập bản đồ ngập lụt
    - Rà soát các điểm ngập từ năm 2020.
    - Đơn vị chủ trì: Phòng Kinh tế hạ tầng.
    - Đơn vị phối hợp: Ban Chỉ huy Quân sự xã.
    - Thời hạn hoàn thành: trước ngày 15/10/2024.
    - Sản phẩm: Bản đồ tỷ lệ 1/5.000.
    2. Nâng cấp trạm đo mưa
    - Thay cảm biến tại trạm Hạ.
    - Đơn vị chủ trì: Đội Vận hành.
    - Thay pin tại trạm Thượng.
    - Đơn vị chủ trì: Tổ Quan trắc.
"""


def test_attribute_lines_give_a_task_who_with_whom_by_when_and_its_product() -> None:
    one = _directives(WITH_PRODUCTS, "ke_hoach")[1]
    assert (one.id, one.assignees) == ("II.1", ("Phòng Kinh tế hạ tầng",))
    assert (one.coordinate_with, one.product) == (("Ban Chỉ huy Quân sự xã",), "Bản đồ tỷ lệ 1/5.000")


def test_attribute_lines_behind_each_item_of_a_list_are_its_own() -> None:
    who = _who(WITH_PRODUCTS, "ke_hoach")
    assert (who["II.2.1"], who["II.2.3"]) == (("Đội Vận hành",), ("Tổ Quan trắc",))
    assert list(who) == ["II", "II.1", "II.2", "II.2.1", "II.2.3"]


def test_a_limit_in_an_attribute_line_is_of_the_task_above() -> None:
    items = _items(WITH_PRODUCTS, "ke_hoach")
    (one,) = read_deadlines(items.among_others(), dt.date(2024, 9, 8), Trail())
    assert (one.directive, one.due, one.assignees) == ("II.1", dt.date(2024, 10, 14), ("Phòng Kinh tế hạ tầng",))


def test_sections_go_on_behind_the_sample_of_a_form_in_the_body() -> None:
    text = """I. MỤC ĐÍCH
1. Nâng cao chất lượng hội thi.
II. TỔ CHỨC HỘI THI
1. Phòng Văn hóa dựng sân khấu, phông theo mẫu sau:
HỘI THI TIẾNG HÁT
ĐỒNG QUÊ NĂM 2024
III. TỔ CHỨC THỰC HIỆN
1. Phòng Tài chính thẩm định dự toán trước ngày 15/5/2024."""
    assert [item.id for item in _directives(text, "ke_hoach")][-1] == "III.1"
