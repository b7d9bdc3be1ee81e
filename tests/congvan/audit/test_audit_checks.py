"""Single checks of the audit: names of units, formulas, hedges, doubt, several dispatches, customs of printing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from congvan.audit.across.batch import check_all
from congvan.audit.audit import Audit, audit
from congvan.audit.prose.counts import Condition, condition_of
from congvan.audit.read.formula import number_places, parse_formula
from congvan.audit.read.hedges import hedge_of
from congvan.audit.read.names import Directory, unit_name
from congvan.audit.read.sheet import Sheet
from ingest.door.registry import SourceFile
from ingest.text.reader import read_text
from parsers.parse import parse
from schemas.dispatch import Claim, Dispatch, Evidence, Header
from schemas.source import Ocr, Source
from tests.support.grids import grid, tables_of

SOURCE = Source(name="a.txt", media_type="text/plain", size=1, sha256="0" * 64, reader="text")
HEAD = "TT | Đơn vị | Chỉ tiêu năm 2023 | Kết nạp | Tỷ lệ (%)"


def record(drawing: str = "", *claims: Claim, **more: object) -> Dispatch:
    """A record of one table, drawn as in `tests.support.grids`, and claims."""
    tables = tables_of(grid(drawing)) if drawing else ()
    values = {"id": "0" * 64, "source": SOURCE, "header": Header(), "tables": tables, "claims": claims} | more
    return Dispatch.model_validate(values)


def claim(text: str, numerator: int | str, denominator: int | str | None, percent: str, kind: str = "ratio") -> Claim:
    decimals = len(percent.partition(".")[2])
    return Claim.model_validate(
        {"id": "C1", "text": text, "kind": kind, "numerator": numerator, "denominator": denominator,
         "percent": percent, "decimals": decimals}
    )  # fmt: skip


def verdicts(one: Audit, check: str) -> list[str]:
    return [finding.verdict for finding in one.findings if finding.check == check]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Trường Trung học phổ thông Tô Hiệu", "Đảng bộ Trường THPT Tô Hiệu"),
        ("Công an huyện", "Đảng bộ Công an huyện"),
        ("xã An Hoà", "Đảng bộ xã An Hòa"),
        ("Bệnh viện Đa khoa", "Đảng bộ BVĐK"),
        ("Đảng bộ xã Thành Lợi", "Thành Lợi"),
        ("TTYT", "Chi bộ Trung tâm Y tế"),
    ],
)
def test_two_spellings_of_a_unit_are_one(one: str, other: str) -> None:
    assert unit_name(one).matches(unit_name(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("xã Cộng Hiền", "Trường THPT Cộng Hiền"),
        ("xã Gôi", "thị trấn Gôi"),
        ("Trường THPT số 1", "Trường THPT số 2"),
        ("xã Tân Lập", "xã Tân Lập Đông"),
    ],
)
def test_two_units_are_not_one(one: str, other: str) -> None:
    assert not unit_name(one).matches(unit_name(other))


def test_a_name_that_two_units_could_claim_means_neither() -> None:
    sheet = Sheet(record("TT | Đơn vị | Số\n1 | Xã Tân Hòa | 3\n2 | Xã Tân Hoa | 4\n3 | Xã Bình | 5"), 0)
    units = Directory(sheet)
    assert units.find("xã Bình") == 2
    assert units.find("xã Tân Hoa") == 1
    assert units.find("xã Tan Hoa") is None


@pytest.mark.parametrize(
    ("printed", "formula"),
    [
        ("9=7/4", "7 / 4"),
        ("(5)=(4)/(3)*100", "4 / 3 * 100"),
        ("7=5+6", "5 + 6"),
        ("6=(5-4)/4", "(5 - 4) / 4"),
        ("(9=7/4)", "7 / 4"),
        ("3=2:1", "2 / 1"),
        ("4=3/2 (%)", "3 / 2"),
    ],
)
def test_formulas_are_read(printed: str, formula: str) -> None:
    places = number_places([str(number) for number in range(1, 10)])
    node = parse_formula(printed, places)
    assert node is not None
    assert node.words(lambda place: str(place + 1)).replace("«", "").replace("»", "") == formula


@pytest.mark.parametrize("printed", ["9", "(4)", "A", "9=12/4", "ghi chú", "9=7/", "=/4"])
def test_what_is_no_formula_is_none(printed: str) -> None:
    assert parse_formula(printed, number_places([str(number) for number in range(1, 10)])) is None


@pytest.mark.parametrize(
    ("text", "hedge"),
    [("đạt gần 80%", "below"), ("chiếm khoảng 5,3%", "around"), ("đạt trên 90%", "above"), ("đạt 17/12=141%", None)],
)
def test_hedges(text: str, hedge: str | None) -> None:
    assert hedge_of(text) == hedge


@pytest.mark.parametrize(
    ("text", "side", "limit"),
    [
        ("10 đảng bộ đạt dưới 50%", "below", 50),
        ("5 xã đạt từ 80% trở lên", "from", 80),
        ("9/40 đảng bộ đã hoàn thành chỉ tiêu", "from", 100),
        ("3 xã chưa hoàn thành", "below", 100),
        ("4 xã vượt chỉ tiêu", "above", 100),
    ],
)
def test_conditions_of_counts(text: str, side: str, limit: int) -> None:
    assert condition_of(text) == Condition(side, limit)  # type: ignore[arg-type]


def test_a_doubtful_cell_accuses_nobody() -> None:
    rows = "\n".join(f"{n} | Xã {n} | {n + 4} | {n} | {100 * n // (n + 4)},0" for n in (1, 4, 6, 12, 16))
    drawing = f"{HEAD}\n{rows}\n9 | Xã Y | 10 | 7 | 20,0"
    pointer = "/tables/0/rows/5/cells/4"
    assert verdicts(audit(record(drawing)), "row_ratio")[-1] == "disagrees"
    doubted = {pointer: (Evidence(page=1, bbox=(0, 0, 1, 1), quote="20,0", origin="body", confidence=0.4),)}
    one = audit(record(drawing, evidence=doubted))
    assert verdicts(one, "row_ratio")[-1] == "cannot_tell"
    assert "xem lại bản gốc" in one.findings[-1].explanation or any("xem lại" in f.explanation for f in one.findings)


def test_one_custom_throughout_raises_no_alarm_and_an_odd_one_is_explained() -> None:
    cut = [claim("a", 2, 3, "66.6"), claim("b", 5, 9, "55.5"), claim("c", 8, 9, "88.8")]
    findings = audit(record("", *cut)).findings
    assert {finding.verdict for finding in findings} == {"truncated"}
    assert all("Cả văn bản đều cắt bớt" in finding.explanation for finding in findings)
    mixed = [claim("a", 2, 3, "66.7"), claim("b", 5, 6, "83.3"), claim("c", 8, 9, "88.9"), claim("d", 2, 3, "66.6")]
    assert [finding.verdict for finding in audit(record("", *mixed)).findings] == ["agrees"] * 3 + ["truncated"]
    up = [claim("a", 1, 3, "33.4"), claim("b", 1, 6, "16.7"), claim("c", 1, 7, "14.3"), claim("d", 2, 9, "22.3")]
    assert {finding.verdict for finding in audit(record("", *up)).findings} == {"agrees"}


def test_rounded_operands_are_intervals() -> None:
    one = audit(record("", claim("12,5 tỷ trên 30,1 tỷ", "12.5", "30.1", "41.6")))
    assert verdicts(one, "prose_ratio") == ["cannot_tell"]
    assert verdicts(audit(record("", claim("x", "12.5", "30.1", "41.5"))), "prose_ratio") == ["agrees"]
    assert verdicts(audit(record("", claim("x", "12.5", "30.1", "43.6"))), "prose_ratio") == ["disagrees"]


def test_growth_is_told_from_a_share() -> None:
    grown = claim("kết nạp 45 đảng viên, tăng 12,5% so với cùng kỳ", 45, None, "12.5", "comparison")
    (finding,) = audit(record("", grown)).findings
    assert (finding.verdict, finding.computed) == ("cannot_tell", "40")


@pytest.mark.parametrize(
    ("part", "percent", "verdict"),
    [(437, "85.4", "cannot_tell"), (37, "87.5", "disagrees"), (424, "9.4", "cannot_tell")],
)
def test_the_whole_that_is_not_printed(part: int, percent: str, verdict: str) -> None:
    told = claim(f"kết nạp {part} đảng viên", part, None, percent, "achievement")
    assert verdicts(audit(record("", told)), "prose_ratio") == [verdict]


def test_a_blank_is_not_zero_and_adds_nothing() -> None:
    one = audit(record("TT | Đơn vị | Kết nạp\n1 | Xã A | 3\n2 | Xã B | \n3 | Xã C | 4\n | Tổng | 7"))
    assert verdicts(one, "column_total") == ["agrees"]


def test_two_dispatches_that_differ_are_both_named(tmp_path: Path) -> None:
    first = record(f"{HEAD}\n1 | Xã A | 10 | 5 | 50,0\n2 | Xã B | 8 | 2 | 25,0")
    later = record(f"{HEAD}\n1 | Xã A | 12 | 6 | 50,0\n2 | Xã B | 8 | 4 | 50,0")
    caption = "GIAO CHỈ TIÊU KẾT NẠP ĐẢNG VIÊN"
    made = [
        one.model_copy(
            update={
                "id": str(number) * 64,
                "header": Header(so_hieu=f"{number}-BC/HU", issuing_body="HUYỆN ỦY A", date=dt.date(2023, number, 1)),
                "tables": tuple(table.model_copy(update={"caption": caption}) for table in one.tables),
            }
        )
        for number, one in ((1, first), (7, later))
    ]
    checked = check_all([(None, one) for one in made])
    across = [finding for one in checked for finding in one.audit.findings if finding.check == "cross_document"]
    assert [(one.verdict, one.reported, one.computed) for one in across] == [
        ("disagrees", "12", "10"),
        ("agrees", "8", "8"),
    ]
    assert across[0].pointers == ("/tables/0/rows/0/cells/2", f"{'1' * 64}#/tables/0/rows/0/cells/2")
    assert "1-BC/HU" in across[0].explanation
    other = made[1].model_copy(update={"header": Header(issuing_body="HUYỆN ỦY B", date=dt.date(2023, 7, 1))})
    assert all(
        finding.check != "cross_document"
        for one in check_all([(None, made[0]), (None, other)])
        for finding in one.audit.findings
    )


def test_an_empty_dispatch_has_no_figures() -> None:
    source = SourceFile(Path("a.txt"), "text/plain", "Kính gửi: Các đơn vị.\n\nĐề nghị thực hiện.".encode())
    counts = audit(parse(read_text(source))).counts
    assert (counts["figures"], counts["checked"]) == (0, 0)


BUDGET = """TT | Nội dung | Dự toán | Thực hiện | So sánh (%)
A | THU NGÂN SÁCH | 1.500 | 1.650 | 110,0
I | Thu nội địa | 1.200 | {inner} | 108,3
1 | Thu từ doanh nghiệp | 500 | 520 | 104,0
2 | Thu khác | 700 | 780 | 111,4
 | Trong đó: thuế | 400 | 410 | 102,5
II | Thu xuất nhập khẩu | 300 | 350 | 116,7
B | CHI NGÂN SÁCH | 1.400 | 1.390 | 99,3
1 | Chi đầu tư | 600 | 590 | 98,3
2 | Chi thường xuyên | 800 | 800 | 100,0"""


def test_a_tree_of_rows_is_added_level_by_level() -> None:
    fine = audit(record(BUDGET.format(inner="1.300")))
    assert verdicts(fine, "column_total") == ["agrees"] * 6
    wrong = audit(record(BUDGET.format(inner="1.310").replace("108,3", "109,2")))
    found = {(one.reported, one.computed) for one in wrong.findings if one.verdict == "disagrees"}
    assert found == {("1.310", "1300"), ("1.650", "1660")}


def test_shares_of_the_total_row_are_judged() -> None:
    drawing = (
        "TT | Trình độ | Số lượng | Tỷ lệ (%)\n1 | Đại học | 120 | 60,0\n2 | Cao đẳng | 49 | 24,5\n"
        "3 | Trung cấp | 20 | 10,0\n4 | Khác | 11 | {last}\n | Tổng | 200 | 100"
    )
    assert set(verdicts(audit(record(drawing.format(last="5,5"))), "row_ratio")) == {"agrees"}
    assert "disagrees" in verdicts(audit(record(drawing.format(last="6,5"))), "row_ratio")


def test_the_whole_first_and_the_parts_below_it() -> None:
    drawing = (
        "TT | Đơn vị | Số hộ | Hộ nghèo\n | Tổng số | 1.000 | 50\n1 | A | 400 | 20\n2 | B | 350 | 21\n3 | C | 250 | 9"
    )
    assert verdicts(audit(record(drawing)), "column_total") == ["agrees", "agrees"]


def test_few_rows_show_no_relation_by_chance() -> None:
    drawing = "TT | Đơn vị | Cột một | Cột hai | Cột ba | Mức (%)\n1 | A | 3 | 4 | 9 | 75\n2 | B | 2 | 7 | 5 | 31"
    assert verdicts(audit(record(drawing)), "row_ratio") == []


def test_a_unit_that_the_prose_names_in_another_matter_is_not_accused() -> None:
    drawing = f"{HEAD}\n1 | Xã A | 10 | 5 | 50,0\n2 | Xã B | 8 | 2 | 25,0\n3 | Xã C | 7 | 6 | 85,7"
    other = claim("Xã A đạt 15/19=78,9% tiêu chí nông thôn mới", 15, 19, "78.9").model_copy(update={"subject": "Xã A"})
    assert verdicts(audit(record(drawing, other)), "prose_vs_table") == []
    own = claim("Xã A đạt 6/10=60%", 6, 10, "60").model_copy(update={"subject": "Xã A"})
    assert verdicts(audit(record(drawing, own)), "prose_vs_table") == ["disagrees"]


def test_a_percentage_alone_is_held_against_the_row_of_its_unit() -> None:
    drawing = f"{HEAD}\n1 | Xã A | 10 | 5 | 50,0\n2 | Xã B | 8 | 2 | 25,0\n3 | Xã C | 7 | 6 | 85,7"

    def told(text: str, percent: str) -> Dispatch:
        one = claim(text, 0, None, percent).model_copy(update={"subject": "Xã C", "numerator": None})
        return record(drawing, one)

    assert verdicts(audit(told("Xã C đạt 85,7%", "85.7")), "prose_vs_table") == ["agrees"]
    assert verdicts(audit(told("Xã C đạt 12%", "12")), "prose_vs_table") == []
    assert verdicts(audit(told("Xã C kết nạp đạt 12% chỉ tiêu năm 2023", "12")), "prose_vs_table") == ["disagrees"]


def test_a_fall_by_a_number_is_a_share_of_what_was() -> None:
    by_number = claim("hộ nghèo giảm 45 hộ, giảm 22,5% so với năm 2022", 45, None, "22.5", "comparison")
    (finding,) = audit(record("", by_number)).findings
    assert (finding.verdict, finding.computed) == ("cannot_tell", "200")


@pytest.mark.parametrize(("confidence", "verdict"), [(0.95, "disagrees"), (0.55, "cannot_tell")])
def test_a_sentence_read_with_doubt_is_looked_at_before_it_accuses(confidence: float, verdict: str) -> None:
    seen = Evidence(page=1, quote="đạt 11/10=112%", origin="body", confidence=confidence)
    made = audit(record("", claim("đạt 11/10=112%", 11, 10, "112"), evidence={"/claims/0": (seen,)}))
    assert verdicts(made, "prose_ratio") == [verdict]
    assert ("cần xem lại bản gốc" in made.findings[0].explanation) == (verdict == "cannot_tell")


SCANNED = Ocr(engine="t", mean_confidence=0.95)


@pytest.mark.parametrize(("ocr", "verdict"), [(SCANNED, "cannot_tell"), (None, "disagrees")])
def test_what_stands_out_in_a_column_of_a_scan_is_looked_at_before_it_accuses(ocr: Ocr | None, verdict: str) -> None:
    rows = "1 | Xã A | 2.000 | 1.000 | 50,0\n2 | Xã B | 3.000 | 1.200 | 40,0\n3 | Xã C | 4.000 | 3.000 | 75,0"
    more = "4 | Xã D | 5.000 | 2,500 | 50,0\n5 | Xã E | 2.000 | 1.500 | 7500"
    made = audit(record(f"{HEAD}\n{rows}\n{more}", source=SOURCE.model_copy(update={"ocr": ocr})))
    odd = [one for one in made.findings if one.pointers[0] in ("/tables/0/rows/3/cells/4", "/tables/0/rows/4/cells/4")]
    assert [one.verdict for one in odd] == [verdict] * 2


def test_a_total_percentage_over_a_doubted_row_accuses_nobody() -> None:
    rows = "1 | Xã A | 20 | 10 | 50,0\n2 | Xã B | 30 | 12 | 40,0\n3 | Xã C | 40 | 30 | 75,0"
    drawing = f"{HEAD}\n{rows}\n | Tổng | 60 | 52 | 86,7"
    seen = Evidence(page=1, quote="40", origin="body", confidence=0.5)
    made = audit(record(drawing, evidence={"/tables/0/rows/2/cells/2": (seen,)}))
    about = [one for one in made.findings if one.pointers[0].startswith("/tables/0/rows/3/")]
    assert about and all(one.verdict != "disagrees" for one in about)


@pytest.mark.parametrize(
    ("text", "part", "whole", "percent", "verdict"),
    [
        ("có 5.300/10.000 hộ (chiếm khoảng 50%)", 5300, 10000, "50", "agrees"),
        ("kết nạp 11/12 đảng viên, đạt khoảng 80%", 11, 12, "80", "disagrees"),
        ("kết nạp 11/10 đảng viên, đạt trên 100% chỉ tiêu", 11, 10, "100", "agrees"),
        ("kết nạp 11/12 đảng viên, đạt trên 95%", 11, 12, "95", "disagrees"),
        ("đạt hơn 2/3 số xã, chiếm 75%", 2, 3, "75", "cannot_tell"),
        ("đạt hơn 2/3 số xã, chiếm 60%", 2, 3, "60", "disagrees"),
        ("8/9 đồng chí, chiếm gần 90%", 8, 9, "90", "agrees"),
        ("8/9 đồng chí, chiếm gần 80%", 8, 9, "80", "disagrees"),
    ],
)
def test_a_hedge_widens_on_its_own_side(text: str, part: int, whole: int, percent: str, verdict: str) -> None:
    assert verdicts(audit(record("", claim(text, part, whole, percent))), "prose_ratio") == [verdict]
