"""Headers from pictures: doubtful digits, ink, guessed weight, marks in doubt, seals over the signature."""

from __future__ import annotations

import pytest

from parsers.header.header import read_header
from parsers.header.respell import Speller
from parsers.parse import parse
from parsers.record.trail import Trail
from parsers.split.split import split_dispatches
from schemas.dispatch import Dispatch
from schemas.document import Document, Furniture, FurnitureKind, Paragraph, Word
from schemas.doubts import Doubt
from schemas.source import Source

Line = tuple[str, float]

HEAD: list[Line] = [
    ("UBND TỈNH SƠN HẠ", 0.95),
    ("SỞ Y TÉ", 0.9),
    ("Số: 512 /SYT-NVY", 0.95),
    ("V/v phòng bệnh sởi", 0.9),
    ("CỌNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0.9),
    ("Độc lập - Tự do - Hạnh phúc", 0.9),
    ("Sơn Hạ, ngày 14 tháng 3 năm 2019", 0.95),
    ("Kính gửi: Trung tâm Y tế các huyện.", 0.9),
]
BODY: list[Line] = [
    (
        "Để chủ động phòng bệnh, Sở Y tế đề nghị các Trung tâm Y tế báo cáo Sở Y tế trước ngày 20/3/2019.",
        0.95,
    )
]
CLOSING: list[Line] = [("Nơi nhận:", 0.9), ("- Như trên;", 0.9), ("- Lưu: VT, NVY.", 0.9)]
SIGNATURE: list[Line] = [("GIÁM ĐÓC", 0.5), ("Đàm Thị Vóc", 0.9)]


def words_of(text: str, top: float, confidence: float) -> tuple[Word, ...]:
    found, start = [], 0
    for piece in text.split(" "):
        box = (60 + 6.0 * start, top, 60 + 6.0 * (start + len(piece)), top + 12)
        found.append(Word(start, start + len(piece), 1, box, confidence))
        start += len(piece) + 1
    return tuple(found)


def paragraph(line: Line, index: int, column: str | None) -> Paragraph:
    text, confidence = line
    words = words_of(text, 60.0 + 20 * index, confidence)
    return Paragraph(text=text, page=1, words=words, bold=index == 1, column=column)  # type: ignore[arg-type]  # a str


def scan(changes: dict[int, Line] | None = None, ink: list[tuple[FurnitureKind, int, str]] | None = None) -> Document:
    lines = [(changes or {}).get(index, line) for index, line in enumerate(HEAD)]
    columns: list[str | None] = ["left"] * 4 + ["right"] * 3 + [None]
    rest: list[tuple[Line, str | None]] = (
        [(line, None) for line in BODY] + [(line, "left") for line in CLOSING] + [(line, "right") for line in SIGNATURE]
    )
    pairs = [*zip(lines, columns, strict=True), *rest]
    blocks = tuple(paragraph(line, index, column) for index, (line, column) in enumerate(pairs))
    furniture = tuple(
        Furniture(kind=kind, text=text, page=1, box=(100.0, 60.0 + 20 * index, 130.0, 72.0 + 20 * index))
        for kind, index, text in ink or ()
    )
    source = Source(name="quet.pdf", media_type="application/pdf", size=1, sha256="0" * 64, reader="scan")
    return Document(source=source, blocks=blocks, furniture=furniture)


def codes(record: Dispatch, pointer: str) -> set[str]:
    return {notice.code for notice in record.warnings if notice.pointer == pointer}


def test_clear_print_is_read_and_marks_are_settled_by_the_text() -> None:
    header = parse(scan()).header
    assert (header.number, header.so_hieu, str(header.date)) == (512, "512/SYT-NVY", "2019-03-14")
    assert (header.parent_body, header.issuing_body) == ("UBND TỈNH SƠN HẠ", "SỞ Y TẾ")
    assert [(one.title, one.name) for one in header.signers] == [("GIÁM ĐỐC", "Đàm Thị Vóc")]
    assert header.is_draft is False


@pytest.mark.parametrize(
    "line",
    [("Số: 512 /SYT-NVY", 0.5), ("Sá:512 /SYT-NVY", 0.9), ("Số: 5§# /SYT-NVY", 0.9)],
    ids=["doubtful", "ink over the label", "illegible"],
)
def test_doubtful_number_is_suggested_and_not_taken(line: Line) -> None:
    record = parse(scan({2: line}))
    assert (record.header.number, record.header.so_hieu, record.header.symbol) == (None, None, "SYT-NVY")
    assert codes(record, "/header/number") == {"handwritten"}
    assert record.header.is_draft is False


def test_ink_in_the_blank_is_handwriting_with_its_place() -> None:
    record = parse(scan({2: ("Số: /SYT-NVY", 0.95)}, ink=[("handwriting", 2, "5l2")]))
    notice = next(one for one in record.warnings if one.pointer == "/header/number")
    assert (notice.code, notice.suggested, notice.page) == ("handwritten", "5l2", 1)
    assert notice.bbox == (100.0, 100.0, 130.0, 112.0)
    assert record.header.is_draft is False


def test_date_of_a_signature_is_suggested_and_an_arrival_stamp_is_not() -> None:
    change = {6: ("Sơn Hạ, ngày tháng 3 năm 2019", 0.95)}
    signed = parse(scan(change, ink=[("signature_stamp", 0, "Ký bởi: Sở Y tế, ngày ký: 15/03/2019 08:00")]))
    arrived = parse(scan(change, ink=[("arrival_stamp", 0, "ĐẾN Số: 44 Ngày: 16/03/2019")]))
    for record, suggestion in ((signed, "2019-03-15"), (arrived, None)):
        notice = next(one for one in record.warnings if one.pointer == "/header/date")
        assert (record.header.date, record.header.year) == (None, 2019)
        assert notice.suggested == suggestion


def test_a_day_that_does_not_exist_is_no_date() -> None:
    record = parse(scan({6: ("Sơn Hạ, ngày 43 tháng 3 năm 2019", 0.95)}))
    assert record.header.date is None
    assert codes(record, "/header/date") == {"handwritten"}


def test_missing_number_and_date_are_said() -> None:
    record = parse(scan({2: ("~ .", 0.2), 6: ("^ '", 0.2)}))
    assert (record.header.number, record.header.date) == (None, None)
    assert codes(record, "/header/number") and codes(record, "/header/date")


def test_stamp_of_urgency() -> None:
    record = parse(scan(ink=[("stamp", 7, "HOẢ TỐC")]))
    assert record.header.urgency == "HỎA TỐC"
    assert record.evidence["/header/urgency"][0].bbox is not None


def test_evidence_quotes_what_was_read() -> None:
    trail = Trail()
    parts = split_dispatches(scan())[0]
    read_header(parts, trail)
    assert trail.evidence["/header/issuing_body"][0].quote == "SỞ Y TÉ"
    assert trail.evidence["/header/issuing_body"][0].bbox is not None


def test_speller_keeps_capitals_inside_a_word() -> None:
    text = "PTTg, TTr ĐU, vi rút nCoV, SỞ Y TÉ"
    assert Speller(["Sở Y tế báo cáo; Sở Y tế đề nghị"]).respell(text) == "PTTg, TTr ĐU, vi rút nCoV, SỞ Y TẾ"


def signed(*lines: tuple[str, float, float]) -> list[str]:
    """The signers of a scan whose right half of the closing has these lines: words, top in points, confidence."""
    document = scan()
    kept = [block for block in document.blocks if not (isinstance(block, Paragraph) and block.column == "right")]
    heads = [block for block in document.blocks[:7] if isinstance(block, Paragraph) and block.column == "right"]
    block = [
        Paragraph(text=text, page=1, words=words_of(text, top, confidence), column="right")
        for text, top, confidence in lines
    ]
    record = parse(document.model_copy(update={"blocks": (*kept[:4], *heads, *kept[4:], *block)}))
    return ["|".join((one.authority or "", one.title or "", one.name or "")) for one in record.header.signers]


def test_an_office_that_wraps_is_whole_and_a_seal_below_it_is_no_part_of_it() -> None:
    office, name = ("TL. VỤ TRƯỞNG VỤ QUẢN LÝ THUẾ", 500.0, 0.95), ("Đàm Thị Vóc", 590.0, 0.95)
    assert signed(office, ("DNL", 516.0, 0.93), name) == ["TL. VỤ TRƯỞNG VỤ QUẢN LÝ THUẾ DNL||Đàm Thị Vóc"]
    assert signed(office, ("DNL", 548.0, 0.93), name) == ["TL. VỤ TRƯỞNG VỤ QUẢN LÝ THUẾ||Đàm Thị Vóc"]
    assert signed(office, ("DNL", 516.0, 0.6), name) == ["TL. VỤ TRƯỞNG VỤ QUẢN LÝ THUẾ||Đàm Thị Vóc"]


@pytest.mark.parametrize(
    ("symbol", "doubted"),
    [("MIIW-BTT", True), ("TB-I", True), ("V11-1111BC", True), ("KBII-KTNN", False), ("BV115-TTBYT", False)],
)
def test_upright_strokes_in_a_symbol_are_doubted(symbol: str, doubted: bool) -> None:
    record = parse(scan({2: (f"Số: 512/{symbol}", 0.97)}))
    assert record.header.symbol == symbol
    assert ("misread_word" in codes(record, "/header/symbol")) == doubted


@pytest.mark.parametrize(
    ("lines", "signer", "suggestions"),
    [
        ([("LG. GIÁM ĐỐC", 0.95)], (None, None), {"KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"}),
        ([("£GIÁM ĐỐC", 0.3)], (None, None), {"KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"}),
        ([("£GIÁM ĐỐC", 0.95)], (None, "GIÁM ĐỐC"), set()),
        ([("CIÁM ĐỐC", 0.6)], (None, "GIÁM ĐỐC"), set()),
        ([("PHÓ GIÁM ĐỐC", 0.95)], (None, "PHÓ GIÁM ĐỐC"), {"KT. GIÁM ĐỐC"}),
        ([("GIÁM ĐỐC", 0.95), ("PHÓ GIÁM ĐỐC", 0.9)], (None, "PHÓ GIÁM ĐỐC"), {"KT. GIÁM ĐỐC"}),
        ([("LZ7, CHỦ TỊCH", 0.4), ("PHÓ CHỦ TỊCH", 0.9)], (None, "PHÓ CHỦ TỊCH"), {"KT. CHỦ TỊCH"}),
        ([("KT. GIÁM ĐỐC", 0.95), ("PHÓ GIÁM ĐỐC", 0.9)], ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), set()),
        ([("T/M BAN THƯỜNG VỤ", 0.95), ("PHÓ BÍ THƯ", 0.9)], ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"), set()),
        ([("PHÓ BÍ THƯ", 0.9)], (None, "PHÓ BÍ THƯ"), set()),
    ],
)
def test_a_deputy_without_a_read_authority_is_told_of(
    lines: list[Line], signer: tuple[str | None, str | None], suggestions: set[str]
) -> None:
    document = scan()
    blocks = tuple(paragraph(line, 30 + index, "right") for index, line in enumerate([*lines, ("Đàm Thị Vóc", 0.95)]))
    record = parse(document.model_copy(update={"blocks": (*document.blocks[:-2], *blocks)}))
    assert [(one.authority, one.title, one.name) for one in record.header.signers] == [(*signer, "Đàm Thị Vóc")]
    told = {notice.suggested for notice in record.warnings if notice.code == "handwritten"}
    assert told == suggestions


@pytest.mark.parametrize(
    ("lines", "signer", "suggestions"),
    [
        # The seal runs over the beginnings of both lines, over that of the lower one, over that of the only one.
        ([("£z. GIÁM ĐỐC", 0.4), ("ÁM ĐỐC", 0.85)], (None, "PHÓ GIÁM ĐỐC"), {"KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"}),
        ([("KT. CHỦ TỊCH", 0.95), ("* CHỦ TỊCH", 0.85)], ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), {"PHÓ CHỦ TỊCH"}),
        ([("KT. TRƯỞNG PHÒNG", 0.95), ("PHÓ TRƯỞNG PHÒNG", 0.95)], ("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"), set()),
        ([("KT. BỘ TRƯỞNG", 0.95), ("TRƯỞNG", 0.85)], ("KT. BỘ TRƯỞNG", None), set()),
        ([("Ủ TỊCH", 0.95)], (None, None), {"CHỦ TỊCH"}),
    ],
)
def test_an_office_whose_beginning_is_hidden(
    lines: list[Line], signer: tuple[str | None, str | None], suggestions: set[str]
) -> None:
    document = scan()
    blocks = tuple(paragraph(line, 30 + index, "right") for index, line in enumerate([*lines, ("Đàm Thị Vóc", 0.95)]))
    record = parse(document.model_copy(update={"blocks": (*document.blocks[:-2], *blocks)}))
    assert [(one.authority, one.title, one.name) for one in record.header.signers] == [(*signer, "Đàm Thị Vóc")]
    assert {
        one.suggested for one in record.warnings if (one.pointer or "").startswith("/header/signers/0/")
    } == suggestions


def test_two_heads_one_far_below_the_other_are_no_deputy() -> None:
    block = [("GIÁM ĐỐC", 500.0, 0.95), ("GIÁM ĐỐC", 590.0, 0.95), ("Đàm Thị Vóc", 660.0, 0.95)]
    assert not any("PHÓ" in one for one in signed(*block))


@pytest.mark.parametrize(
    ("read", "confidence", "ink", "name"),
    [
        ("Tàm Thx Vóc", 0.4, False, None),
        ("Thị Kim Vóc", 0.95, True, None),
        ("Thị Kim Vóc", 0.95, False, "Thị Kim Vóc"),
        ("Đàm Thị Vóc", 0.4, False, "Đàm Thị Vóc"),
        ("Touprong Hra", 0.4, False, "Touprong Hra"),
    ],
)
def test_a_name_that_ink_runs_through_is_not_given_by_halves(
    read: str, confidence: float, ink: bool, name: str | None
) -> None:
    document = scan()
    signed = paragraph((read, confidence), 31, "right")
    if ink:
        doubted = tuple(word._replace(doubts=(Doubt.UNDER_INK,)) for word in signed.words)
        signed = signed.model_copy(update={"words": doubted})
    blocks = (paragraph(("GIÁM ĐỐC", 0.95), 30, "right"), signed)
    record = parse(document.model_copy(update={"blocks": (*document.blocks[:-2], *blocks)}))
    assert [one.name for one in record.header.signers] == [name]
    told = [one.suggested for one in record.warnings if one.pointer == "/header/signers/0/name"]
    assert told == ([] if name else [read])


def test_a_subject_that_its_text_spells_otherwise_is_doubted() -> None:
    def warned(subject: str) -> bool:
        text = "Trung tâm lập lịch cấp đổi thẻ cho người dân trong tháng."
        document = scan({3: (f"V/v {subject}", 0.97)})
        body = paragraph((text, 0.97), 9, None)
        record = parse(document.model_copy(update={"blocks": (*document.blocks[:8], body, *document.blocks[8:])}))
        return any("cả «cấp đối»" in one.message for one in record.warnings if one.pointer == "/header/subject")

    assert warned("lịch cấp đối thẻ")
    assert not warned("lịch cấp đổi thẻ")


def test_a_purpose_behind_a_brace_belongs_to_items_that_a_person_must_name() -> None:
    document = scan()
    items = [("Nơi nhận:", 0.95), ("- Sở Nội vụ,", 0.95), ("- Như trên;", 0.95), ("- Lưu: VT.", 0.95)]
    closing = [paragraph(line, 30 + index, "left") for index, line in enumerate(items)]
    for beside, told in ((("(để b/c);", 0.95), {"/header/distribution/0": "để b/c"}), (("GIÁM ĐỐC", 0.95), {})):
        blocks = (*document.blocks[:9], *closing, paragraph(beside, 31, "right"))
        record = parse(document.model_copy(update={"blocks": blocks}))
        assert [one.name for one in record.header.distribution] == ["Sở Nội vụ", "Như trên", "VT"]
        found = {one.pointer: one.suggested for one in record.warnings if "ghi chung" in one.message}
        assert found == told


def test_an_office_that_no_table_knows_heads_the_block() -> None:
    assert signed(("NGƯỜI ĐIỀU HÀNH", 500.0, 0.9), ("Đàm Thị Vóc", 590.0, 0.95)) == ["|NGƯỜI ĐIỀU HÀNH|Đàm Thị Vóc"]
    assert signed(("NGƯỜI ĐIỀU HÀNH", 500.0, 0.5), ("Đàm Thị Vóc", 590.0, 0.95)) == ["||Đàm Thị Vóc"]


def test_speller_leaves_alone_what_it_does_not_know() -> None:
    speller = Speller(["Sở Y tế tỉnh", "bệnh sởi, bệnh sởi"])
    assert speller.respell("BỆNH SƠI") == "BỆNH SỞI"
    assert speller.respell("Uỷ ban nhân dân; hoa sởi") == "Uỷ ban nhân dân; hoa sởi"


@pytest.mark.parametrize(("name", "doubted"), [("Trân Văn An", True), ("Trần Văn An", False), ("Điểu Văn An", False)])
def test_a_surname_without_its_mark_is_doubted(name: str, doubted: bool) -> None:
    lines = [("GIÁM ĐỐC", 0.95), (name, 0.95)]
    blocks = tuple(paragraph(line, 30 + index, "right") for index, line in enumerate(lines))
    document = scan()
    record = parse(document.model_copy(update={"blocks": (*document.blocks[:-2], *blocks)}))
    assert [signer.name for signer in record.header.signers] == [name]
    assert codes(record, "/header/signers/0") == ({"under_stamp"} if doubted else set())


def test_a_scan_with_a_blank_that_holds_no_ink_may_be_a_draft() -> None:
    record = parse(scan({2: ("Số: /SYT-NVY", 0.95)}))
    assert record.header.is_draft is False
    assert codes(record, "/header/is_draft") == {"draft_unclear"}
    assert codes(parse(scan()), "/header/is_draft") == set()


def test_a_sign_without_its_label_is_no_body() -> None:
    header = parse(scan({2: ("/SYT-NVY", 0.95)})).header
    assert (header.issuing_body, header.number, header.symbol) == ("SỞ Y TẾ", None, "SYT-NVY")


def test_a_place_with_other_marks_than_the_office_is_doubted() -> None:
    record = parse(scan({0: ("UBND TỈNH SƠN HẠ", 0.95), 6: ("Sơn Hà, ngày 14 tháng 3 năm 2019", 0.95)}))
    assert record.header.place == "Sơn Hà"
    assert codes(record, "/header/place") == {"spelt_otherwise"}
    assert codes(record, "/header/parent_body") == {"spelt_otherwise"}
    assert codes(parse(scan()), "/header/place") == set()


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("Các đồng chí Ủy viên Ban Chấp hành", "Các đồng chí Ủy viên Ban Chấp hành"),
        ("Giám sát các khoản thu, chỉ đầu năm", "Giám sát các khoản thu, chi đầu năm"),
        ("công bố công khai số liệu", "công bố công khai số liệu"),
        ("Các chi ủy, chi bộ", "Các chi ủy, chi bộ"),
    ],
)
def test_spelling_of_phrases_that_every_office_writes(seen: str, meant: str) -> None:
    assert Speller([]).respell(seen) == meant


@pytest.mark.parametrize(("name", "doubted"), [("Xuân Vóc", True), ("Đà Thị Vóc", True), ("Đàm Thị Vóc", False)])
def test_a_name_that_begins_with_no_surname_is_doubted(name: str, doubted: bool) -> None:
    document = scan()
    better = {"Đàm Thị Vóc": (name, 0.95), "GIÁM ĐÓC": ("GIÁM ĐỐC", 0.95)}
    blocks = [
        paragraph(better[block.text], 12 + index, "right")
        if isinstance(block, Paragraph) and block.text in better
        else block
        for index, block in enumerate(document.blocks)
    ]
    record = parse(document.model_copy(update={"blocks": tuple(blocks)}))
    assert bool(codes(record, "/header/signers/0")) is doubted


def test_words_of_a_stamp_in_the_subject_are_told() -> None:
    record = parse(scan({3: ("V/v phòng bệnh sởi ĐẾN Số: 6766 Ngày: 10/11/2024", 0.95)}))
    assert "under_stamp" in codes(record, "/header/subject")
    assert codes(parse(scan({3: ("V/v trả lời Công văn số: 12/UBND-VX", 0.95)})), "/header/subject") == set()


@pytest.mark.parametrize(
    ("index", "read", "field", "meant"),
    [
        (0, "UBND TỈNH BÀC NINH", "parent_body", "UBND TỈNH BẮC NINH"),
        (1, "SỞ XÂY DỰNC", "issuing_body", "SỞ XÂY DỰNG"),
        (0, "BẢO HIỂM XÃ HỘI VIỆ1 NAM", "parent_body", "BẢO HIỂM XÃ HỘI VIỆT NAM"),
        (7, "Kính gửi: Sở Tài chinh tỉnh Quàng Trị.", "recipients", ("Sở Tài chính tỉnh Quảng Trị",)),
    ],
)
def test_a_misread_name_of_an_office_is_put_right_and_told(index: int, read: str, field: str, meant: object) -> None:
    record = parse(scan({index: (read, 0.93)}))
    assert getattr(record.header, field) == meant
    pointer = f"/header/{field}" + ("/0" if field == "recipients" else "")
    told = next(one for one in record.warnings if one.code == "misread_word" and one.pointer == pointer)
    assert told.suggestions and told.suggestions[0].value in read


@pytest.mark.parametrize(
    "name",
    [
        "SỞ NGOẠI VỤ",
        "BỘ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN",
        "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG",
        "HUYỆN QUỲ CHÂU",
        "BAN TỔ1",
    ],
)
def test_a_name_that_may_be_another_stays_as_read(name: str) -> None:
    assert parse(scan({1: (name, 0.93)})).header.issuing_body == name


def test_upright_strokes_are_the_initials_of_the_body() -> None:
    record = parse(scan({1: ("THANH TRA TỈNH", 0.95), 2: ("Số: 512/KL-III", 0.97)}))
    assert (record.header.symbol, record.header.so_hieu) == ("KL-TTT", "512/KL-TTT")
    assert "misread_word" in codes(record, "/header/symbol")


@pytest.mark.parametrize(
    ("office", "read", "meant"),
    [
        ("TRƯỜNG ĐẠI HỌC KỸ THUẬT SƠN HẠ", "TB-DHKTSH", "TB-ĐHKTSH"),
        ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", "KH-SGDDT", "KH-SGDĐT"),
        ("SỞ Y TẾ", "QD-SYT", "QĐ-SYT"),
        ("SỞ Y TẾ", "TTIr-SYT", "TTr-SYT"),
        ("SỞ Y TẾ", "HD-SYT", "HD-SYT"),
        ("TRUNG TÂM DÂN SỐ", "TB-TTDS", "TB-TTDS"),
        ("TRUNG TÂM DÂN SỐ", "TB-DSX", "TB-DSX"),
    ],
)
def test_a_lost_bar_of_a_symbol_is_put_right_by_type_and_office_and_told(office: str, read: str, meant: str) -> None:
    record = parse(scan({1: (office, 0.95), 2: (f"Số: 512/{read}", 0.97)}))
    assert (record.header.symbol, record.header.so_hieu) == (meant, f"512/{meant}")
    assert ("misread_word" in codes(record, "/header/symbol")) == (meant != read)


@pytest.mark.parametrize(("line", "number"), [("Số539-CV/BTC", 539), ("S0539-CV/BTC", None)])
def test_a_number_glued_to_its_label_is_read_where_the_label_is_plain(line: str, number: int | None) -> None:
    record = parse(scan({2: (line, 0.95)}))
    assert (record.header.number, record.header.symbol) == (number, "CV/BTC")
    assert ("handwritten" in codes(record, "/header/number")) == (number is None)


def test_ink_beside_the_list_is_no_part_of_it() -> None:
    document = scan()
    lines = [("- Như trên;", 0.95), ("- Sở Tài chính;", 0.95), ("- Lưu: VT, NVY. @", 0.9)]
    blocks = [paragraph(line, 20 + at, "left") for at, line in enumerate(lines)]
    stroke = Word(16, 19, 1, (330.0, 480.0, 350.0, 492.0), 0.4)
    inked = blocks[1].model_copy(update={"text": "- Sở Tài chính; xử.", "words": (*blocks[1].words, stroke)})
    far = paragraph(("sự.", 0.45), 23, None)
    far = far.model_copy(update={"words": (Word(0, 3, 1, (320.0, 500.0, 340.0, 512.0), 0.45),)})
    label = next(block for block in document.blocks if isinstance(block, Paragraph) and block.text == "Nơi nhận:")
    body = document.blocks[: document.blocks.index(label) + 1]
    sign = document.blocks[-2:]
    record = parse(document.model_copy(update={"blocks": (*body, blocks[0], far, inked, blocks[2], *sign)}))
    found = [(one.name, one.purpose) for one in record.header.distribution]
    assert found == [("Như trên", None), ("Sở Tài chính", None), ("VT, NVY", "Lưu")]
