"""Whole records: what is bound together, what is announced and absent, what contradicts itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.door.registry import SourceFile
from ingest.text.reader import read_text
from parsers.parse import parse
from parsers.split.announced import announcement
from schemas.dispatch import Dispatch

COVER = """
UBND TỈNH SƠN HẠ
SỞ NỘI VỤ
Số: 77/SNV-TCBC
V/v triển khai kế hoạch
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Sơn Hạ, ngày 8 tháng 5 năm 2024

Kính gửi: Các sở, ban, ngành tỉnh.

Sở Nội vụ gửi Kế hoạch của Ủy ban nhân dân tỉnh và đề nghị báo cáo trước ngày 01/6/2024.

Nơi nhận:
- Như trên;
- Lưu: VT.

GIÁM ĐỐC

Hứa Văn Chài
"""

PLAN = """
ỦY BAN NHÂN DÂN
TỈNH SƠN HẠ
Số: 900/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Sơn Hạ, ngày 2 tháng 5 năm 2024

KẾ HOẠCH
Tinh giản biên chế năm 2024

I. NHIỆM VỤ

1. Sở Nội vụ tổng hợp danh sách trước ngày 30/7/2024.

Nơi nhận:
- Các sở, ngành;
- Lưu: VT.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Vừ Thị Pà
"""

FORM = """
Mẫu số 02

TÊN CƠ QUAN CHỦ QUẢN
TÊN CƠ QUAN
Số: ...../BC-...
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
......, ngày ... tháng ... năm ...

BÁO CÁO
Kết quả thực hiện
"""

REPEATED_HEAD = """
UBND TỈNH SƠN HẠ
SỞ NỘI VỤ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Sơn Hạ, ngày 8 tháng 5 năm 2024

Phụ lục 01

DANH SÁCH ĐƠN VỊ

TT	Đơn vị	Số người
1	Sở A	3
"""

CHARTER = """
UBND TỈNH SƠN HẠ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

QUY CHẾ
Quản lý nhà văn hóa thôn
(Ban hành kèm theo Quyết định số 5/QĐ-UBND)

Điều 1. Quy chế này áp dụng cho các thôn.
"""


def record_of(text: str, name: str = "thu.txt") -> Dispatch:
    return parse(read_text(SourceFile(path=Path(name), media_type="text/plain", data=text.encode())))


def test_plan_behind_its_covering_letter_is_a_record_of_its_own() -> None:
    record = record_of(COVER + PLAN)
    assert record.header.so_hieu == "77/SNV-TCBC"
    assert [one.header.so_hieu for one in record.attached] == ["900/KH-UBND"]
    attached = record.attached[0]
    assert attached.id == record.source.sha256 + "#2"
    assert attached.header.signers[0].name == "Vừ Thị Pà"
    assert [signer.name for signer in record.header.signers] == ["Hứa Văn Chài"]
    assert "/header/so_hieu" in attached.evidence
    assert not any(notice.code == "missing_appendix" for notice in record.warnings)


def test_three_dispatches_in_one_file() -> None:
    record = record_of(COVER + PLAN + PLAN.replace("900", "901"))
    assert [one.id.rpartition("#")[2] for one in record.attached] == ["2", "3"]
    assert [one.header.number for one in record.attached] == [900, 901]


@pytest.mark.parametrize("appendix", [FORM, REPEATED_HEAD], ids=["form", "repeated head"])
def test_head_of_an_appendix_opens_no_dispatch(appendix: str) -> None:
    record = record_of(COVER + appendix)
    assert record.attached == ()
    assert record.header.number == 77
    assert len(record.header.signers) == 1


def test_rules_issued_with_a_decision_are_attached() -> None:
    record = record_of(COVER + CHARTER)
    assert [one.header.doc_type for one in record.attached] == ["quy_che"]
    assert record.attached[0].header.number is None


def test_rules_of_the_youth_union_are_attached() -> None:
    union = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc", "ĐOÀN TNCS HỒ CHÍ MINH"
    record = record_of(COVER.replace(*union) + CHARTER.replace(*union))
    assert record.header.number == 77
    assert [one.header.doc_type for one in record.attached] == ["quy_che"]


def test_rules_without_a_letterhead_belong_to_their_decision() -> None:
    rules = CHARTER.partition("phúc")[2].replace("cho các thôn", "theo Thông tư số 9/2021/TT-BVHTT cho các thôn")
    record = record_of(COVER + rules)
    assert record.attached == ()
    assert (record.header.doc_type, record.header.subject) == ("cong_van", "triển khai kế hoạch")
    assert [signer.name for signer in record.header.signers] == ["Hứa Văn Chài"]
    assert [one.so_hieu for one in record.references] == ["9/2021/TT-BVHTT"]
    assert all("thôn" not in one.text for one in record.directives)


def test_a_dispatch_without_letterhead_may_lead() -> None:
    bare = COVER[COVER.index("Kính gửi") :]
    record = record_of(bare + PLAN)
    assert record.header.so_hieu is None
    assert [one.header.so_hieu for one in record.attached] == ["900/KH-UBND"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("chưa đạt (có phụ lục kèm theo).", True),
        ("báo cáo theo mẫu (đính kèm biểu mẫu số 1) về Sở", True),
        ("Số liệu tại bảng (có danh sách chi tiết kèm theo)", True),
        ("theo Mẫu 09 Phụ lục II kèm theo Nghị định số 126/2024/NĐ-CP", False),
        ("Quy chế ban hành kèm theo Quyết định này", False),
        ("hồ sơ gửi trước ngày 5/6", False),
    ],
)
def test_announced_appendix(text: str, said: bool) -> None:
    assert (announcement(text) is not None) is said


def test_announced_appendix_that_is_absent_is_warned_of() -> None:
    announced = COVER.replace("trước ngày 01/6/2024.", "trước ngày 01/6/2024 (có biểu mẫu kèm theo).")
    assert "missing_appendix" in {notice.code for notice in record_of(announced).warnings}
    assert "missing_appendix" not in {notice.code for notice in record_of(announced + REPEATED_HEAD).warnings}


def test_number_of_the_file_name_is_only_suggested() -> None:
    draft = PLAN.replace("Số: 900/KH-UBND", "Số:      /KH-UBND")
    record = record_of(draft, "du-thao-314-kh.txt")
    notice = next(notice for notice in record.warnings if notice.code == "blank_number")
    assert notice.suggested == "314"
    assert record.header.number is None


def test_what_is_due_after_the_earlier_of_two_days_of_issue_stays() -> None:
    late = COVER.replace("năm 2024", "năm 2034", 1)
    assert late != COVER
    appendix = "\nPHỤ LỤC\nDANH SÁCH\n(Kèm theo Công văn số {} của Ủy ban nhân dân huyện)\n"
    header = record_of(COVER).header
    told = appendix.format(f"{header.so_hieu} ngày {header.date:%d/%m/%Y}")
    record = record_of(late + told)
    assert "/header/date" in {notice.pointer for notice in record.warnings}
    assert record.deadlines and [one.due for one in record.deadlines] == [one.due for one in record_of(COVER).deadlines]


def test_citing_a_later_document_is_warned_of() -> None:
    late = COVER.replace("gửi Kế hoạch", "gửi Kế hoạch số 55/KH-BNV ngày 20/12/2024")
    assert "date_conflict" in {notice.code for notice in record_of(late).warnings}
