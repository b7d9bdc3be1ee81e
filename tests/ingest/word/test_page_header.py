"""A letterhead in Word's page header: of the first page, of all or of even ones; number and urgency in a footer."""

from __future__ import annotations

import pytest

from parsers.parse import parse
from schemas.document import Document
from tests.support.word import p, read_word, tbl, tc, texts, tr

HEAD = tbl(
    tr(
        tc(p("UBND TỈNH SƠN HẠ") + p("SỞ XÂY DỰNG") + p("Số: 512/SXD-QLN") + p("V/v rà soát nhà ở")),
        tc(
            p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
            + p("Độc lập - Tự do - Hạnh phúc")
            + p("Sơn Hạ, ngày 14 tháng 3 năm 2023")
        ),
    ),
    ruled=False,
)
BODY = (
    p("Kính gửi: Phòng Kinh tế các huyện")
    + p("Sở Xây dựng đề nghị các phòng báo cáo trước ngày 20/4/2023./.")
    + p("Nơi nhận:")
    + p("- Như trên;")
    + p("- Lưu: VT.")
    + p("GIÁM ĐỐC")
    + p("Đàm Thị Vóc")
)


def header_of(document: Document) -> tuple[object, ...]:
    header = parse(document).header
    return header.parent_body, header.issuing_body, header.so_hieu, str(header.date), header.subject


WHOLE = ("UBND TỈNH SƠN HẠ", "SỞ XÂY DỰNG", "512/SXD-QLN", "2023-03-14", "rà soát nhà ở")


@pytest.mark.parametrize("kind", ["header", "first_header", "even_header"])
def test_the_letterhead_is_read_from_the_page_header(kind: str) -> None:
    document = read_word(BODY, **{kind: HEAD})
    assert header_of(document) == WHOLE
    assert [item.text for item in document.furniture] == []


def test_the_first_page_s_header_is_looked_at_first() -> None:
    document = read_word(BODY, header=p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), first_header=HEAD)
    assert header_of(document) == WHOLE


def test_a_letterhead_in_the_text_stands_alone() -> None:
    document = read_word(HEAD + BODY, header=HEAD.replace("512", "999"))
    assert header_of(document) == WHOLE
    assert "Số: 512/SXD-QLN" in texts(document) and "Số: 999/SXD-QLN" not in texts(document)


def test_number_and_urgency_in_the_footer() -> None:
    head = HEAD.replace("Số: 512/SXD-QLN", "&#8212;")
    document = read_word(BODY, first_header=head, footer=p("Hỏa tốc") + p("HỎA TỐC") + p("Số: 512/SXD-QLN"))
    header = parse(document).header
    assert (header.number, header.so_hieu, header.urgency) == (512, "512/SXD-QLN", "HỎA TỐC")


def test_a_plain_running_head_stays_furniture() -> None:
    document = read_word(BODY, header=p("Tài liệu nội bộ"))
    assert [item.text for item in document.furniture] == ["Tài liệu nội bộ"]
    assert parse(document).header.issuing_body is None
