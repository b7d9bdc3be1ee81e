"""Of which time a figure in prose is: the words before it that say so, and how far they hold."""

from __future__ import annotations

import pytest

from parsers.claims.claims import read_claims
from parsers.record.passage import Passage
from parsers.record.trail import Trail
from schemas.document import Paragraph


def times_of(*paragraphs: str) -> list[str | None]:
    passages = [Passage.of([Paragraph(text=text)]) for text in paragraphs]
    return [claim.time for claim in read_claims(passages, Trail())]


@pytest.mark.parametrize(
    ("sentence", "time"),
    [
        ("Đến ngày 20/4/2023, toàn huyện kết nạp 31 đảng viên.", "Đến ngày 20/4/2023"),
        ("Sáu tháng đầu năm, toàn Đảng bộ kết nạp 18 đảng viên.", "Sáu tháng đầu năm"),
        (
            "Nghị quyết đề ra nhiều việc; song trong 4 tháng đầu năm 2022, toàn xã kết nạp được 3 đảng viên.",
            "song trong 4 tháng đầu năm 2022",
        ),
        ("Tổng giải ngân vốn đến 31/8/2022 là 12,5 tỷ đồng, đạt 40% kế hoạch.", "đến 31/8/2022"),
        ("Thực hiện Kế hoạch số 7-KH/HU, ngày 03/02/2023, toàn xã kết nạp 9 đảng viên.", None),
    ],
)
def test_the_head_of_a_sentence_says_the_time(sentence: str, time: str | None) -> None:
    assert set(times_of(sentence)) == {time}


def test_a_time_holds_to_the_end_of_its_paragraph_and_where_the_next_goes_on() -> None:
    first = "Đến ngày 20/4/2023, toàn huyện kết nạp 31 đảng viên, đạt 50% kế hoạch. Còn 4 đảng bộ đạt dưới 30%."
    assert set(times_of(first, "Tuy nhiên, toàn xã mới kết nạp 2 đảng viên.")) == {"Đến ngày 20/4/2023"}
    assert times_of(first, "Toàn xã kết nạp 2 đảng viên.")[-1] is None


def test_a_heading_holds_for_what_stands_under_it() -> None:
    told = times_of(
        "I. KẾT QUẢ QUÝ II NĂM 2023",
        "1. Công tác đảng viên",
        "Toàn huyện kết nạp 31 đảng viên.",
        "2. Công tác tuyên truyền tháng 6/2023",
        "Tổng số buổi nói chuyện là 14 buổi.",
        "II. Nhiệm vụ khác",
        "Toàn huyện kết nạp 5 đảng viên.",
    )
    assert told == ["I. KẾT QUẢ QUÝ II NĂM 2023", "2. Công tác tuyên truyền tháng 6/2023", None]


def test_a_line_that_announces_a_list_holds_until_the_next_heading() -> None:
    told = times_of(
        "I. KẾT QUẢ NĂM 2023",
        "Tính từ ngày 01/3/2023 đến ngày 20/5/2023 tình hình như sau:",
        "- Tổng số người được khám là 450 người.",
        "2. Công tác khác",
        "Tổng số người được tập huấn là 60 người.",
    )
    assert told == ["Tính từ ngày 01/3/2023 đến ngày 20/5/2023 tình hình như sau:", "I. KẾT QUẢ NĂM 2023"]


def test_a_span_of_years_and_a_pair_of_kinds_do_not_part_a_claim() -> None:
    [claim] = read_claims(
        [Passage.of([Paragraph(text="Quý I, thu phí các xã, thị trấn được 410 triệu đồng, đạt 20% dự toán năm.")])],
        Trail(),
    )
    assert claim.text.startswith("thu phí các xã, thị trấn được 410")
