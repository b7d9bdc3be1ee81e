"""Dispatches of Party bodies, mass organisations, districts, communes and schools, unlike those of the corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

from form.date_line import read_place_date
from form.number_line import read_official_number
from ingest.read import read_file
from parsers.actors.sentence_actors import actors
from parsers.parse import parse
from parsers.record.passage import Passage
from schemas.document import Paragraph
from tests.support.sources import KNOWN
from tests.support.unseen import as_text, differences, load

_CASES = sorted((KNOWN / "unseen_party").glob("*.txt"))


@pytest.mark.parametrize("order", ["lr", "rl", "tabs"])
@pytest.mark.parametrize("path", _CASES, ids=lambda path: path.stem)
def test_dispatch_is_read_as_printed(path: Path, order: str, tmp_path: Path) -> None:
    case = load(path)
    file = tmp_path / "dispatch.txt"
    file.write_text(as_text(case, order), encoding="utf-8")
    assert differences(case, parse(read_file(file))) == []


@pytest.mark.parametrize(
    ("printed", "so_hieu"),
    [
        ("Số: 012/2024/CV-UBND", "012/2024/CV-UBND"),
        ("Số: 15//KH-UBND", "15/KH-UBND"),
        ("Số:15KH/HU", "15-KH/HU"),
        ("Số: 1247 CV/TĐTN-BPT", "1247-CV/TĐTN-BPT"),
        ("Số: 1.215/KH-UBND", "1215/KH-UBND"),
        ("Số: 402/LĐÐLĐ-TGNC", "402/LĐLĐ-TGNC"),
    ],
)
def test_numbers_with_slips_of_the_keyboard(printed: str, so_hieu: str) -> None:
    found = read_official_number(printed)
    assert found is not None and found.so_hieu == so_hieu


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("Hòa An, 29/7/2024", "2024-07-29"),
        ("Hòa An, ngày 29.7.2024", "2024-07-29"),
        ("(Hòa An, ngày 29 tháng 7 năm 2024)", "2024-07-29"),
        ("Hòa An, tháng 7 năm 2024", None),
        ("Hòa An, ngày 29 tháng 7 năm 2204", None),
    ],
)
def test_dates_in_odd_forms(printed: str, iso: str | None) -> None:
    found = read_place_date(printed)
    assert found is not None and (found.date.isoformat() if found.date else None) == iso


def test_a_year_that_no_dispatch_has_is_no_blank() -> None:
    found = read_place_date("Hòa An, ngày 29 tháng 7 năm 2204")
    assert found is not None and found.misread and not found.blank


def test_a_number_without_a_sign_is_no_body(tmp_path: Path) -> None:
    lines = ["UBND HUYỆN HÒA AN", "PHÒNG NỘI VỤ", "Số: 15", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "KẾ HOẠCH", "Thi hát"]
    file = tmp_path / "dispatch.txt"
    file.write_text("\n".join(lines), encoding="utf-8")
    header = parse(read_file(file)).header
    assert (header.parent_body, header.issuing_body) == ("UBND HUYỆN HÒA AN", "PHÒNG NỘI VỤ")


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("Công an xã được giao chủ trì tuần tra, kiểm soát địa bàn.", ["Công an xã"]),
        ("Việc tuyên truyền do Ban Văn hoá xã đảm nhiệm.", ["Ban Văn hoá xã"]),
        ("Các huyện uỷ, thành uỷ, thị uỷ lãnh đạo việc xét duyệt.", ["Các huyện uỷ, thành uỷ, thị uỷ"]),
        ("Các HTX: Cung ứng đủ thuốc, không để thiếu hụt.", ["Các HTX"]),
        ("Đề nghị các đơn vị, hợp tác xã bố trí thời gian.", ["các đơn vị, hợp tác xã"]),
        ("Việc ban hành văn bản còn chậm.", []),
    ],
)
def test_who_must_act(sentence: str, who: list[str]) -> None:
    assert actors(Passage.of([Paragraph(text=sentence)])) == who
