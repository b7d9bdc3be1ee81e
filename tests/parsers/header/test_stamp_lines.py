"""Lines of a signature's stamp left in the letterhead are told by their kind: no office is left out for its name."""

from __future__ import annotations

import pytest

from parsers.parse import parse
from schemas.document import Document, Paragraph
from schemas.source import Source

LETTER = (
    "UBND TỈNH ĐỒNG LẠC",
    "{office}",
    "Số: 12/{sign}",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Đồng Lạc, ngày 5 tháng 6 năm 2025",
    "Kính gửi: Các sở.",
    "Đề nghị các sở gửi bản tin.",
)
SOURCE = Source(name="a.pdf", media_type="application/pdf", size=1, sha256="0" * 64, reader="pdf")


def letter(*lines: str) -> Document:
    columns = ["left"] * 3 + ["right"] * 3 + [None] * 9
    blocks = [
        Paragraph.model_validate({"text": text, "column": column}) for text, column in zip(lines, columns, strict=False)
    ]
    return Document(source=SOURCE, blocks=tuple(blocks))


@pytest.mark.parametrize("office", ["TRUNG TÂM CÔNG BÁO VÀ TIN HỌC", "TRUNG TÂM TIN HỌC VÀ CÔNG BÁO"])
def test_an_office_that_publishes_may_issue_letters(office: str) -> None:
    record = parse(letter(*(line.format(office=office, sign="TTCB") for line in LETTER)))
    assert (record.header.parent_body, record.header.issuing_body) == ("UBND TỈNH ĐỒNG LẠC", office)


@pytest.mark.parametrize("line", ["xuatban@donglac.example", "Thời gian ký: 05/06/2025 10:21:11", "Ký bởi: VĂN PHÒNG"])
def test_lines_of_a_stamp_are_no_office(line: str) -> None:
    lines = [text.format(office=line.upper(), sign="UBND-NV") for text in LETTER]
    assert parse(letter(*lines)).header.issuing_body == "UBND TỈNH ĐỒNG LẠC"
