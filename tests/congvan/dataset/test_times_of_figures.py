"""The period and the words of a figure, by what kind of heading, title or sentence tells them."""

from __future__ import annotations

import datetime as dt

import pytest

from congvan.dataset.see.observe import observe
from congvan.dataset.words.concepts import read_concept
from congvan.dataset.words.headings import Meaning, read_heading
from congvan.dataset.words.times import time_of
from congvan.dataset.words.when import read_time, without_times
from schemas.dispatch import Claim, Column, ColumnKind, Dispatch, Row, Table, TableCell
from schemas.observation import Observation
from tests.congvan.dataset.test_dataset import dispatch, table

D = dt.date
RESULT, PLAN = Meaning(None, status="result"), Meaning(None, status="plan")


def year(number: int) -> tuple[dt.date, dt.date]:
    return D(number, 1, 1), D(number, 12, 31)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Tính đến hết tháng 9/2023", D(2023, 1, 1), D(2023, 9, 30)),
        ("đến hết quý III năm 2023", D(2023, 1, 1), D(2023, 9, 30)),
        ("từ tháng 2/2023 đến tháng 6/2023", D(2023, 2, 1), D(2023, 6, 30)),
        ("KẾT QUẢ ĐO ĐỢT 1 THÁNG 6/2024", D(2024, 6, 1), D(2024, 6, 30)),
        ("Thu đến 15/9/202 4", D(2024, 1, 1), D(2024, 9, 15)),
    ],
)
def test_up_to_the_end_of_a_month_and_a_year_broken_by_its_column(text: str, start: D, end: D) -> None:
    time = read_time(text, 2020)
    assert time is not None and (time.start, time.end) == (start, end)


def test_a_broken_year_is_no_word_of_a_heading() -> None:
    assert without_times("Thu đến 15/9/202 4").split() == ["Thu", "đến"]


def test_a_part_of_a_year_is_not_the_year() -> None:
    assert read_time("DANH SÁCH CHẬM ĐÓNG TỪ 03 THÁNG TRỞ LÊN", 2024) is None
    assert read_time("nhiệm vụ những tháng cuối năm 2024", 2024) is None


@pytest.mark.parametrize(
    ("title", "meaning", "end"),
    [
        ("kết quả quý I và phương hướng quý II năm 2023", RESULT, D(2023, 3, 31)),
        ("kết quả quý I và phương hướng quý II năm 2023", PLAN, D(2023, 6, 30)),
        ("báo cáo năm 2023 và đăng ký chỉ tiêu năm 2024", RESULT, D(2023, 12, 31)),
        ("về nước sạch nông thôn đến năm 2030", RESULT, None),
    ],
)
def test_a_title_tells_the_time_of_results_and_of_plans(title: str, meaning: Meaning, end: D | None) -> None:
    assert time_of((), "", meaning, 2023, title).end == end


def test_a_caption_that_names_a_time_is_not_passed_over_for_the_title() -> None:
    assert time_of((), "SỐ LIỆU NĂM 2021 VÀ NĂM 2022", RESULT, 2023, "báo cáo năm 2023").end is None


def test_what_there_was_at_the_edge_of_a_year() -> None:
    stock = Meaning("dan_so", status="result")
    time = time_of((), "DÂN SỐ ĐẦU NĂM 2023", stock, 2023, "về nước sạch đến năm 2030")
    assert (time.start, time.end) == (None, D(2023, 1, 1))
    assert time_of((), "DÂN SỐ CUỐI NĂM 2022", stock, 2023).end == D(2022, 12, 31)


def test_a_school_year_has_two_ends_though_pupils_are_a_stock() -> None:
    time = time_of((), "HỌC SINH NĂM HỌC 2023 - 2024", Meaning("hoc_sinh", status="result"), 2023)
    assert (time.start, time.end) == (D(2023, 9, 5), D(2024, 5, 31))


def things(title: str, *headings: tuple[tuple[str, ...], ColumnKind]) -> Dispatch:
    """A table of one thing with a column for each heading."""
    columns = [Column(path=("TT",), kind="ordinal"), Column(path=("Chỉ tiêu",), kind="text")]
    columns += [Column(path=path, kind=kind) for path, kind in headings]
    cells = [TableCell(text="1", value=1), TableCell(text="Số giếng khoan", value="Số giếng khoan")]
    cells += [TableCell(text="7", value=7)] * len(headings)
    made = Table(id="T1", columns=tuple(columns), rows=(Row(kind="data", cells=tuple(cells), page=1),))
    record = dispatch("5-BC/HU", "2017-11-02", [made])
    return record.model_copy(update={"header": record.header.model_copy(update={"subject": title})})


def by_heading(record: Dispatch) -> dict[str, Observation]:
    return {row.heading or "": row for row in observe(record)}


def test_a_ratio_is_of_the_time_of_what_its_formula_divides() -> None:
    rows = by_heading(
        things(
            "kết quả năm 2017",
            (("TH 2016",), "integer"),
            (("Kế hoạch 2018",), "integer"),
            (("So sánh (%)", "5=4/3"), "percent"),
        )
    )
    ratio = rows["So sánh (%) / 5=4/3"]
    assert (ratio.concept, ratio.period_start, ratio.period_end) == ("ty le", *year(2018))
    assert read_concept(("So sánh (%)", "(5)=(4)/(3)*100")).words == "ty le"


def test_a_ratio_without_a_formula_is_of_the_column_beside_it() -> None:
    title = "kết quả 10 tháng, ước thực hiện cả năm 2017 và đăng ký chỉ tiêu năm 2018"
    rows = by_heading(
        things(
            title,
            (("Kế hoạch",), "integer"),
            (("Thực hiện 10 tháng",), "integer"),
            (("Ước thực hiện cả năm",), "integer"),
            (("So với kế hoạch (%)",), "percent"),
        )
    )
    assert (rows["So với kế hoạch (%)"].period_start, rows["So với kế hoạch (%)"].period_end) == year(2017)
    assert (rows["Kế hoạch"].period_start, rows["Kế hoạch"].period_end) == year(2017)
    assert rows["Thực hiện 10 tháng"].period_end == D(2017, 10, 31)


def test_a_heading_that_was_misread_takes_no_time_from_the_title() -> None:
    rows = by_heading(things("kết quả năm 2017", (("T£ n",), "integer"), (("Thực hiện",), "integer")))
    assert rows["T£ n"].period_end is None and rows["Thực hiện"].period_end == D(2017, 12, 31)


def test_a_table_without_a_time_is_of_the_sentence_that_tells_its_total() -> None:
    wells = table(1, "GIẾNG KHOAN", ["Số giếng khoan"], [["Hải Anh", "170"], ["Hải Châu", "240"]])
    total = Row(
        kind="total", cells=tuple(TableCell(text=t, value=v) for t, v in (("", None), ("Cộng", "Cộng"), ("410", 410)))
    )
    wells = wells.model_copy(update={"rows": (*wells.rows, total)})
    claim = Claim(id="C1", text="toàn huyện có 410 giếng", kind="total", numerator=410, time="Đến ngày 30/6/2024")
    rows = observe(dispatch("5-BC/HU", "2024-10-02", [wells], (claim,)))
    assert {row.period_end for row in rows} == {D(2024, 6, 30)}
    other = claim.model_copy(update={"numerator": 411})
    assert {row.period_end for row in observe(dispatch("5-BC/HU", "2024-10-02", [wells], (other,)))[:3]} == {None}


def test_a_sentence_is_of_the_time_before_it_and_its_plan_is_not() -> None:
    claim = Claim(
        id="C1",
        text="toàn huyện trồng 90 cây dừa, đạt 60% kế hoạch năm 2023",
        kind="achievement",
        numerator=90,
        percent="60",
        time="Đến ngày 30/6/2023",
    )
    rows = observe(dispatch("5-BC/HU", "2024-10-02", [], (claim,)))
    assert {row.period_end for row in rows} == {D(2023, 6, 30)}


def test_a_rule_is_no_observation() -> None:
    claim = Claim(id="C1", text="Đối với nơi có dưới 90 hộ: họp đạt ít nhất 50%", kind="total", numerator=90)
    assert observe(dispatch("5-HD/HU", "2024-10-02", [], (claim,))) == []


@pytest.mark.parametrize(
    ("text", "subject", "number", "concept"),
    [
        ("Huyện có 410 người", None, 410, "nguoi"),
        ("có 25 cá nhân", None, 25, "ca nhan"),
        ("đến ngày 25/4/2023 mới có 11 đơn vị gửi báo cáo", None, 11, "don vi gui bao cao"),
        ("kết nạp mới 4.215 hội viên", None, 4215, "ket nap moi hoi vien"),
        ("thành lập mới 02 chi bộ", None, 2, "thanh lap moi chi bo"),
        ("chỉ tiêu, trong đó có 16 chuyên viên", None, 16, "chuyen vien"),
        ("và nguồn thu bến bãi đạt 78 tỷ đồng", None, 78, "nguon thu ben bai"),
        ("toàn huyện có 115 trường", "trường", 115, "truong"),
    ],
)
def test_what_a_sentence_counts(text: str, subject: str | None, number: int, concept: str) -> None:
    claim = Claim(id="C1", text=text, kind="total", subject=subject, numerator=number)
    [row] = observe(dispatch("5-BC/HU", "2024-10-02", [], (claim,)))
    assert (row.concept, row.unit) == (concept, None)


def test_a_word_with_marks_is_not_a_unit_without_them() -> None:
    for text, number in (("có 25 cá nhân", 25), ("kiểm tra 35 hồ chứa", 35)):
        claim = Claim(id="C1", text=text, kind="total", numerator=number)
        [row] = observe(dispatch("5-BC/HU", "2024-10-02", [], (claim,)))
        assert row.unit_of_value is None


def test_members_of_another_organisation_are_no_party_members() -> None:
    claim = Claim(id="C1", text="kết nạp mới 4.215 hội viên", kind="total", numerator=4215)
    [row] = observe(dispatch("5-BC/HU", "2024-10-02", [], (claim,)))
    assert (row.measure, row.unit_of_value) == (None, "hội viên")


@pytest.mark.parametrize(
    ("path", "kind", "status", "concept", "unit"),
    [
        (("Kế hoạch vốn",), "integer", "plan", "ke hoach von", None),
        (("Đã giải ngân",), "integer", "result", "da giai ngan", None),
        (("Chia theo tháng", "Tháng 4"), "integer", "result", "doanh thu", None),
        (("Cộng dồn 10 tháng",), "integer", "result", "doanh thu", None),
        (("Số hóa hồ sơ",), "integer", None, "so hoa ho so", None),
        (("Độ mặn (‰)",), "percent", None, "do man", "‰"),
    ],
)
def test_the_words_of_a_heading_and_its_status(
    path: tuple[str, ...], kind: ColumnKind, status: str | None, concept: str, unit: str | None
) -> None:
    meaning = read_heading(path, "DOANH THU NĂM 2024", kind)
    assert (meaning.status, meaning.concept, meaning.unit) == (status, concept, unit)


def test_a_unit_with_its_figures_alone_counts_what_its_row_does() -> None:
    headings = ["Nguồn còn lại", "Chỉ tiêu", "Đã kết nạp", "Tỷ lệ (%)"]
    made = table(1, "KẾT QUẢ KẾT NẠP ĐẢNG VIÊN", headings, [["Hải Anh", "8", "6", "8", "133.33%"]])

    def told(percent: str, numerator: int) -> list[str]:
        claim = Claim(
            id="C1",
            text=f"xã Hải Anh đạt {numerator}/6={percent}%",
            kind="ratio",
            subject="xã Hải Anh",
            numerator=numerator,
            denominator=6,
            percent=percent,
        )
        rows = observe(dispatch("5-BC/HU", "2024-10-02", [made], (claim,)))
        return [row.concept for row in rows if row.table is None]

    assert told("133.3", 8) == ["da ket nap", "ket nap dang vien", "ket nap dang vien / ty le"]
    assert told("133.3", 9) == ["", "", "ty le"]
    assert told("120", 8) == ["", "", "ty le"]
