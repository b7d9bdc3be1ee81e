"""Signers of a joint dispatch side by side: rows that run through all of them are cut into columns."""

from __future__ import annotations

from form.zones.abreast import signers_abreast
from parsers.closing.signature import sort_closing
from schemas.document import Paragraph, Word


def row(top: float, *pieces: tuple[float, str], confidence: float | None = 0.95) -> Paragraph:
    """One printed line of pieces, each from its place across in points."""
    words, text = [], ""
    for left, piece in pieces:
        for word in piece.split():
            start = len(text) + 1 if text else 0
            text = f"{text} {word}".strip()
            box = (left, top, left + 7.0 * len(word), top + 12)
            words.append(Word(start, len(text), 1, box, confidence))
            left = box[2] + 4
    return Paragraph(text=text, page=1, words=tuple(words))


def signers(closing: list[Paragraph]) -> list[str]:
    zones = signers_abreast(closing)
    found = (lines.signer() for lines in sort_closing(zones.rest, zones.signers)[1])
    return ["|".join((one.authority or "", one.title or "", one.name or "")) for one in found]


ITEMS = [row(480, (60, "Nơi nhận:")), row(494, (60, "- Như trên;")), row(507, (60, "- Lưu: VT."))]


def test_three_signers_in_a_row() -> None:
    closing = [
        row(300, (60, "SỞ NỘI VỤ"), (240, "SỞ XÂY DỰNG"), (430, "CÔNG AN TỈNH")),
        row(315, (60, "KT. GIÁM ĐỐC"), (240, "GIÁM ĐỐC"), (430, "KT. GIÁM ĐỐC")),
        row(330, (60, "PHÓ GIÁM ĐỐC"), (430, "PHÓ GIÁM ĐỐC")),
        row(370, (90, "SỞ"), (270, "SỞ")),
        row(420, (60, "Đàm Thị Vóc"), (240, "Lê Văn Sáu"), (430, "Hồ Tú Lan")),
        *ITEMS,
    ]
    assert signers(closing) == [
        "SỞ NỘI VỤ KT. GIÁM ĐỐC|PHÓ GIÁM ĐỐC|Đàm Thị Vóc",
        "SỞ XÂY DỰNG|GIÁM ĐỐC|Lê Văn Sáu",
        "CÔNG AN TỈNH KT. GIÁM ĐỐC|PHÓ GIÁM ĐỐC|Hồ Tú Lan",
    ]
    assert [line.text for line in signers_abreast(closing).rest] == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]


def test_a_body_under_its_office_and_a_name_that_was_not_read() -> None:
    closing = [
        row(300, (60, "GIÁM ĐỐC"), (240, "GIÁM ĐỐC")),
        row(315, (60, "SỞ NỘI VỤ"), (240, "SỞ XÂY DỰNG")),
        row(420, (240, "Lê Văn Sáu")),
        *ITEMS,
    ]
    assert signers(closing) == ["|GIÁM ĐỐC SỞ NỘI VỤ|", "|GIÁM ĐỐC SỞ XÂY DỰNG|Lê Văn Sáu"]


def test_one_signer_beside_the_list_is_left_as_it_is() -> None:
    closing = [
        row(300, (60, "Nơi nhận:"), (400, "GIÁM ĐỐC")),
        row(315, (60, "- Giám đốc Sở;"), (400, "SỞ NỘI VỤ")),
    ]
    assert signers_abreast(closing).signers == []
    assert signers_abreast(closing).rest == closing


def test_without_places_nothing_is_cut() -> None:
    closing = [Paragraph(text="GIÁM ĐỐC GIÁM ĐỐC", page=1)]
    assert signers_abreast(closing).rest == closing
