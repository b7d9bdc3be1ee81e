"""The day of issue against what else a dispatch shows: each contradiction is told, with both days."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ingest.door.registry import SourceFile
from ingest.text.reader import read_text
from parsers.parse import parse
from schemas.dispatch import Dispatch
from schemas.document import Furniture
from schemas.source import Signature

LETTER = """UBND TỈNH SƠN HẠ
SỞ XÂY DỰNG
{number}
V/v {subject}

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Sơn Hạ, ngày 14 tháng 3 năm 2023

Kính gửi: Phòng Kinh tế các huyện

{body}

Nơi nhận:
- Như trên;
- Lưu: VT.

GIÁM ĐỐC
Đàm Thị Vóc
"""
BODY = "Sở Xây dựng đề nghị các phòng báo cáo kết quả trước ngày 20/4/2023./."


def record(
    *,
    body: str = BODY,
    number: str = "Số: 512/SXD-QLN",
    subject: str = "rà soát nhà ở",
    furniture: tuple[Furniture, ...] = (),
    signed: dt.datetime | None = None,
) -> Dispatch:
    text = LETTER.format(body=body, number=number, subject=subject)
    document = read_text(SourceFile(path=Path("thu.txt"), media_type="text/plain", data=text.encode()))
    signatures = (Signature(by="Sở Xây dựng", time=signed),) if signed else ()
    source = document.source.model_copy(update={"signatures": signatures})
    return parse(document.model_copy(update={"furniture": furniture, "source": source}))


def conflicts(one: Dispatch) -> list[str]:
    return [notice.message for notice in one.warnings if notice.code == "date_conflict"]


def stamp(kind: str, text: str) -> tuple[Furniture, ...]:
    return (Furniture.model_validate({"kind": kind, "text": text, "page": 1}),)


def test_a_letter_in_order_is_not_doubted() -> None:
    signed = dt.datetime(2023, 3, 15, 2, tzinfo=dt.UTC)
    assert conflicts(record(signed=signed, furniture=stamp("arrival_stamp", "ĐẾN Số: 88 Ngày: 16/3/2023"))) == []


def test_a_day_after_the_digital_signature() -> None:
    # 18:00 in Greenwich is past midnight in Hà Nội.
    assert conflicts(record(signed=dt.datetime(2023, 3, 13, 18, tzinfo=dt.UTC))) == []
    told = conflicts(record(signed=dt.datetime(2023, 3, 12, 3, tzinfo=dt.UTC)))
    assert len(told) == 1 and "14/03/2023" in told[0] and "12/03/2023" in told[0]


def test_a_day_long_before_the_first_signature() -> None:
    assert len(conflicts(record(signed=dt.datetime(2023, 9, 1, tzinfo=dt.UTC)))) == 1


def test_a_day_after_the_time_in_a_signature_stamp() -> None:
    assert len(conflicts(record(furniture=stamp("signature_stamp", "Thời gian ký: 11.03.2023 09:12:40 +07:00")))) == 1


def test_a_day_after_the_arrival() -> None:
    assert len(conflicts(record(furniture=stamp("arrival_stamp", "ĐẾN Số: 88 Ngày: 10/3/2023")))) == 1


@pytest.mark.parametrize("day", ["10/3/1993", "41/3/2023"])
def test_a_misread_arrival_stamp_says_nothing(day: str) -> None:
    assert conflicts(record(furniture=stamp("arrival_stamp", f"ĐẾN Ngày: {day}"))) == []


def test_a_cited_document_of_a_later_day() -> None:
    body = "Căn cứ Quyết định số 9/QĐ-UBND ngày 02/5/2023 của UBND tỉnh, đề nghị báo cáo trước ngày 20/6/2023./."
    assert len(conflicts(record(body=body))) == 1


def test_deadlines_that_are_all_past() -> None:
    assert len(conflicts(record(body=BODY.replace("2023", "2022")))) == 1
    both = "Đề nghị báo cáo đợt 1 trước ngày 20/2/2023, báo cáo đợt 2 trước ngày 20/5/2023./."
    assert conflicts(record(body=both)) == []


def test_the_year_in_a_legal_number() -> None:
    assert len(conflicts(record(number="Số: 12/2022/QĐ-UBND"))) == 1
    assert conflicts(record(number="Số: 12/2023/QĐ-UBND")) == []


@pytest.mark.parametrize(
    "cited",
    [
        "triển khai Thông tư số\n15/2021/TT-BXD ngày 26/5/2021",
        "triển khai Thông tư\nngày 26 tháng 5 năm 2021",
        "tổng kết hội nghị tại\nHà Nội, ngày 26/5/2021",
    ],
)
def test_a_day_in_the_subject_is_not_the_day_of_issue(cited: str) -> None:
    header = record(subject=cited).header
    assert (header.place, header.date) == ("Sơn Hạ", dt.date(2023, 3, 14))
    assert header.subject is not None and header.subject.endswith("2021")


@pytest.mark.parametrize("cited", ["triển khai Thông tư số\n15/2021/TT-BXD ngày 26/5/2021", "dự lễ ngày 26/5/2021"])
def test_without_its_own_line_there_is_no_day(cited: str) -> None:
    text = LETTER.format(body=BODY, number="Số: 512/SXD-QLN", subject=cited).replace(
        "Sơn Hạ, ngày 14 tháng 3 năm 2023\n", ""
    )
    one = parse(read_text(SourceFile(path=Path("thu.txt"), media_type="text/plain", data=text.encode())))
    assert one.header.date is None
    assert any(notice.pointer == "/header/date" for notice in one.warnings)


def test_a_cited_number_is_not_the_number() -> None:
    one = record(number="", subject="triển khai Thông tư\nsố 15/2021/TT-BXD ngày 26/5/2021")
    assert one.header.number is None
    assert any((notice.pointer or "").startswith("/header/number") for notice in one.warnings)
