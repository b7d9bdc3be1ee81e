"""The text reader: encodings, repairs, markup, tables, broken sentences, footnotes."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from ingest.door.errors import ReadError
from ingest.door.registry import SourceFile
from ingest.read import read_file
from ingest.text.reader import read_text
from schemas.document import Document, Grid, Paragraph, grid_text

SENTENCE = "Đề nghị các đơn vị gửi báo cáo về Phòng Nội vụ để tổng hợp, trình Chủ tịch xem xét"


def read(text: str | bytes) -> Document:
    data = text if isinstance(text, bytes) else text.encode()
    return read_text(SourceFile(path=Path("a.txt"), media_type="text/plain", data=data))


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_encodings_give_the_same_text(encoding: str) -> None:
    assert texts(read(f"{SENTENCE}.".encode(encoding))) == [f"{SENTENCE}."]


def test_cp1258_is_named_and_composed() -> None:
    # Windows-1258 keeps tones as marks behind the letter.
    tones = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    coded = "".join(
        unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in tones))
        + "".join(c for c in decomposed if c in tones)
        for decomposed in (unicodedata.normalize("NFD", letter) for letter in SENTENCE)
    ).encode("cp1258")
    document = read(coded)
    assert texts(document) == [SENTENCE]
    assert "cp1258" in document.source.steps


def test_a_few_bad_bytes_are_damage_not_another_encoding() -> None:
    document = read(SENTENCE.encode() * 20 + b"\xe1\xba")
    assert document.warnings[0].code == "damaged_text"
    assert texts(document)[0].startswith(SENTENCE)


@pytest.mark.parametrize(
    ("damaged", "repaired", "step"),
    [
        (unicodedata.normalize("NFD", SENTENCE), SENTENCE, "nfc"),
        ("Uỷ\u200b ban\u00ad nhân dân", "Uỷ ban nhân dân", "zero_width"),
        ("Số:\u00a015/KH-UBND", "Số: 15/KH-UBND", "no_break_space"),
        ("tie\u0301\u0302p nhâ\u0323n", "tiếp nhận", "mark_order"),
        ("é\u0302", "ế", "mark_order"),
        ("Ðảng bộ", "Đảng bộ", "eth_for_d"),
        ("437⁄SNV ngày 3∕3", "437/SNV ngày 3/3", "slashes"),
        ("Huyện\x07 ủy", "Huyện ủy", "control_characters"),
    ],
)
def test_repairs_are_made_and_named(damaged: str, repaired: str, step: str) -> None:
    document = read(damaged)
    assert texts(document) == [repaired]
    assert step in document.source.steps


def test_sound_text_needs_no_repair() -> None:
    assert read(f"{SENTENCE}: uỷ, ủy.").source.steps == ()


def test_markup_is_removed_and_kept_as_style() -> None:
    document = read(
        "**HUYỆN ỦY A\nBAN TỔ CHỨC**\n\nGửi **trước ngày 15/8/2024** (*nếu có*) &amp; lưu.\n\n*\n\n(*) Số liệu"
    )
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    assert [p.text for p in paragraphs] == [
        "HUYỆN ỦY A",
        "BAN TỔ CHỨC",
        "Gửi trước ngày 15/8/2024 (nếu có) & lưu.",
        "*",
        "(*) Số liệu",
    ]
    assert [p.bold for p in paragraphs[:3]] == [True, True, False]
    bold = [paragraphs[2].text[word.start : word.end] for word in paragraphs[2].words if word.bold]
    assert bold == ["trước", "ngày", "15/8/2024"]


def test_a_title_glued_to_its_caption_by_markup_is_two_lines() -> None:
    document = read("BIỂU SỐ LIỆU**Giao chỉ tiêu năm 2022***(kèm theo Kế hoạch số 1-KH/HU)*")
    assert texts(document) == ["BIỂU SỐ LIỆU", "Giao chỉ tiêu năm 2022", "(kèm theo Kế hoạch số 1-KH/HU)"]


def test_headings_quotes_and_star_bullets_of_markdown() -> None:
    assert texts(read("## I. MỤC ĐÍCH\n\n> Trích dẫn\n\n* Mục một\n* Mục hai")) == [
        "I. MỤC ĐÍCH",
        "Trích dẫn",
        "- Mục một",
        "- Mục hai",
    ]


def test_stars_over_dashes_stay_stars() -> None:
    lines = ["* Vườn ươm", "- Tưới cây.", "- Nhổ cỏ.", "* Nhà kính", "- Lau mái."]
    assert texts(read("\n".join(lines))) == lines


def test_a_sentence_cut_by_a_page_break_is_joined() -> None:
    document = read(f"{SENTENCE}, các\n\ncơ quan liên quan phối hợp.\n\n1. Mục sau")
    assert texts(document) == [f"{SENTENCE}, các cơ quan liên quan phối hợp.", "1. Mục sau"]
    assert document.source.steps == ("join_page_break",)


def test_a_heading_is_not_joined_to_the_text_below() -> None:
    heading = "3. Tăng cường kết nạp công nhân lao động trong các đơn vị kinh tế tư nhân trên địa bàn huyện"
    assert texts(read(f"{heading}\n\nCác cấp ủy chủ động làm tốt.")) == [heading, "Các cấp ủy chủ động làm tốt."]


def test_letterhead_lines_stay_lines_and_a_word_broken_at_its_hyphen_is_mended() -> None:
    text = "Số 12-CV/HU\nvề việc tăng cường công tác,\nkiểm tra\n\nKính gửi: - Các tổ chức CT-\nXH huyện,\n- Các xã."
    assert texts(read(text)) == [
        "Số 12-CV/HU",
        "về việc tăng cường công tác,",
        "kiểm tra",
        "Kính gửi: - Các tổ chức CT-XH huyện,",
        "- Các xã.",
    ]


def test_hard_wrapped_text_becomes_paragraphs() -> None:
    words = ("Ủy ban nhân dân huyện yêu cầu các phòng, ban, đơn vị khẩn trương thực hiện " * 6).split()
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) > 71:
            lines.append(line.strip())
            line = ""
        line += word + " "
    lines.append(line.strip() + ".")
    document = read("\n".join([*lines, "1. Phòng Nội vụ chủ trì.", "2. Phòng Tài chính phối hợp."]))
    assert texts(document) == [" ".join(words) + ".", "1. Phòng Nội vụ chủ trì.", "2. Phòng Tài chính phối hợp."]
    assert document.source.steps == ("join_lines",)


def test_tab_table_keeps_blanks_and_a_blank_line_ends_a_piece() -> None:
    document = read(
        "TT\tTên\tSố\tGhi chú\n<b>I</b>\t<b>XÃ</b>\t\t\n1\tAn Bình\t5\t\n\n2\tAn Hòa\t\tHết nguồn\nCộng\t\t5"
    )
    first, second = grids(document)
    assert grid_text(first) == "TT\tTên\tSố\tGhi chú\nI\tXÃ\t\t\n1\tAn Bình\t5\t"
    assert grid_text(second) == "2\tAn Hòa\t\tHết nguồn\nCộng\t\t5\t"
    assert [cell.bold for cell in first.cells[4:6]] == [True, True]
    assert not first.ruled


def test_a_cell_broken_over_two_lines_is_one_cell() -> None:
    (grid,) = grids(read("TT\tTên\tSố\n1\tChi bộ Công ty\nLâm nghiệp\t4\n2\tChi bộ Chợ\t3"))
    assert grid_text(grid) == "TT\tTên\tSố\n1\tChi bộ Công ty Lâm nghiệp\t4\n2\tChi bộ Chợ\t3"


def test_pipe_table_with_its_rule() -> None:
    (grid,) = grids(read("| TT | Tên |\n|----|:---:|\n| 1 | **An** \\| Bình |"))
    assert grid_text(grid) == "TT\tTên\n1\tAn | Bình"
    assert grid.header_rows == 1


def test_html_table_in_the_midst_of_text() -> None:
    text = (
        "Biểu:\n<table><tr><th rowspan=2>TT</th><th colspan=2>Quý</th></tr><tr><td>I</td><td>II</td></tr></table>\nHết."
    )
    document = read(text)
    (grid,) = grids(document)
    placed = [(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in grid.cells]
    assert placed == [(0, 0, 2, 1, "TT"), (0, 1, 1, 2, "Quý"), (1, 1, 1, 1, "I"), (1, 2, 1, 1, "II")]
    assert texts(document) == ["Biểu:", "Hết."]


def test_footnotes_between_rules_and_by_superscript() -> None:
    body = "Đảng bộ huyện<sup>1</sup>. Các đơn vị² làm."
    text = f"{body}\n\n---\n\n<sup>1</sup> Nghị quyết số 5.\n\n² Xã A\n\nĐất 5 km² và 3 m<sup>2</sup>."
    document = read(text)
    assert [(note.mark, note.paragraph.text) for note in document.footnotes] == [
        ("1", "Nghị quyết số 5."),
        ("2", "Xã A"),
    ]
    first = document.blocks[0]
    assert isinstance(first, Paragraph)
    assert first.text == "Đảng bộ huyện. Các đơn vị làm."
    assert first.note_marks == ((13, "1"), (25, "2"))
    assert texts(document)[1] == "Đất 5 km² và 3 m²."


def test_counting_page_numbers_are_furniture() -> None:
    document = read(f"{SENTENCE} các\n\n2\n\nđơn vị.\n\nMục hai.\n\n3\n\nMục ba.")
    assert texts(document) == [f"{SENTENCE} các đơn vị.", "Mục hai.", "Mục ba."]
    assert [item.text for item in document.furniture] == ["2", "3"]


def test_a_form_feed_begins_a_page() -> None:
    document = read("Trang một.\fTrang hai.")
    assert [block.page for block in document.blocks] == [1, 2]
    assert document.source.pages == 2


def test_blanks_to_be_filled_stay_blanks() -> None:
    assert texts(read("Số:       /HD-BTT\n\nngày     tháng 11 năm 2025")) == ["Số: /HD-BTT", "ngày tháng 11 năm 2025"]


@pytest.mark.parametrize("data", [b"", b" \r\n\t", "\u200b \ufeff".encode()])
def test_nothing_to_read_is_said(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "rong.txt"
    path.write_bytes(data)
    with pytest.raises(ReadError) as caught:
        read_file(path)
    assert caught.value.code == "empty_file"


HEAD = [
    ("left", "UBND HUYỆN MỖ"),
    ("left", "PHÒNG NỘI VỤ"),
    ("left", "Số: /NV"),
    ("right", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ("right", "Độc lập - Tự do - Hạnh phúc"),
    ("right", "Mỗ, ngày 05 tháng 8 năm 2024"),
]
LINES = [
    ("UBND HUYỆN MỖ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ("PHÒNG NỘI VỤ", "Độc lập - Tự do - Hạnh phúc"),
    ("Số:      /NV", "Mỗ, ngày 05 tháng 8 năm 2024"),
]
SIGNED = [
    ("left", "Nơi nhận:"),
    ("left", "- Như trên;"),
    ("right", "TM. ỦY BAN"),
    ("right", "CHỦ TỊCH"),
    ("right", "Lê An"),
]


def sides(document: Document) -> list[tuple[str | None, str]]:
    return [(block.column, block.text) for block in document.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize(
    "letterhead",
    [
        "\n".join("\t".join(halves) for halves in LINES),
        "\n".join("|" + "|".join(halves) + "|" for halves in LINES),
        "\n".join(left.ljust(34) + right for left, right in LINES),
        "\n".join(f"{left.center(30)}          {right.center(40)}" for left, right in LINES),
        "|" + "|".join("<br>".join(column) for column in zip(*LINES, strict=True)) + "|\n|---|---|",
        "<table><tr>"
        + "".join(f"<td>{'<br>'.join(column)}</td>" for column in zip(*LINES, strict=True))
        + "</tr></table>",
    ],
    ids=["tabs", "bars", "spaces", "centred", "one cell a column", "html"],
)
def test_two_columns_of_a_letterhead_are_not_read_across(letterhead: str) -> None:
    text = f"{letterhead}\n\n                              KẾ HOẠCH\n\nKính gửi: Các xã"
    assert sides(read(text)) == [*HEAD, (None, "KẾ HOẠCH"), (None, "Kính gửi: Các xã")]


@pytest.mark.parametrize(
    "block",
    [
        "Nơi nhận:\tTM. ỦY BAN\n- Như trên;\tCHỦ TỊCH\n\n\t\tLê An",
        f"{'Nơi nhận:':30}TM. ỦY BAN\n{'- Như trên;':30} CHỦ TỊCH\n\n{'':31}Lê An",
        f"{'':35}TM. ỦY BAN\n{'':36}CHỦ TỊCH\nNơi nhận:\n- Như trên;\n{'':36}Lê An",
        "| Nơi nhận:<br>- Như trên; | **TM. ỦY BAN**<br>**CHỦ TỊCH**<br><br>Lê An |",
    ],
    ids=["tabs", "spaces", "signer above", "bars"],
)
def test_two_columns_of_a_signature_block(block: str) -> None:
    assert sides(read(f"Đề nghị thực hiện./.\n\n{block}")) == [(None, "Đề nghị thực hiện./."), *SIGNED]


def test_a_star_below_a_body_is_no_item() -> None:
    head = f"{'HUYỆN ỦY MỖ':^30}     {'ĐẢNG CỘNG SẢN VIỆT NAM':^40}\n{'*':^30}     {'Mỗ, ngày 05 tháng 8 năm 2024':^40}"
    closing = f"{'* Nơi nhận:':30}T/M BAN THƯỜNG VỤ\n{'- Các xã,':30}   BÍ THƯ"
    assert sides(read(f"{head}\n\nKẾ HOẠCH\n\n{closing}")) == [
        ("left", "HUYỆN ỦY MỖ"),
        ("left", "*"),
        ("right", "ĐẢNG CỘNG SẢN VIỆT NAM"),
        ("right", "Mỗ, ngày 05 tháng 8 năm 2024"),
        (None, "KẾ HOẠCH"),
        ("left", "* Nơi nhận:"),
        ("left", "- Các xã,"),
        ("right", "T/M BAN THƯỜNG VỤ"),
        ("right", "BÍ THƯ"),
    ]


def test_wide_lines_of_two_columns_are_not_joined() -> None:
    lines = ["TỔNG HỘI NGHỀ NGHIỆP VIỆT NAM", "HỘI NGHỀ NUÔI ONG TỈNH MỖ"]
    right = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    head = "\n".join(f"{one.center(36)}        {other.center(40)}" for one, other in zip(lines, right, strict=True))
    body = "\n".join(["Hội đề nghị các chi hội khẩn trương rà soát đàn ong, báo cáo về Hội để tổng hợp và"] * 8)
    got = sides(read(f"{head}\n\nKính gửi: Các chi hội\n{body} thôi."))
    assert got[:4] == [*(("left", line) for line in lines), *(("right", line) for line in right)]


def test_a_short_dispatch_has_two_blocks_of_columns() -> None:
    text = f"{LINES[0][0]}\t{LINES[0][1]}\n\nLỊCH TUẦN\nThứ Hai: họp.\n\nNơi nhận:\tCHÁNH VĂN PHÒNG\n- Các xã.\tLê An"
    assert sides(read(text)) == [
        ("left", LINES[0][0]),
        ("right", LINES[0][1]),
        (None, "LỊCH TUẦN"),
        (None, "Thứ Hai: họp."),
        ("left", "Nơi nhận:"),
        ("left", "- Các xã."),
        ("right", "CHÁNH VĂN PHÒNG"),
        ("right", "Lê An"),
    ]


def test_a_signature_behind_tabs_is_no_table() -> None:
    assert texts(read("Trân trọng./.\n\n\tGIÁM ĐỐC\n\t(Đã ký)\n\tLê An")) == [
        "Trân trọng./.",
        "GIÁM ĐỐC",
        "(Đã ký)",
        "Lê An",
    ]


def test_a_cell_broken_over_three_lines() -> None:
    (grid,) = grids(read("TT\tTên\tSố\n1\tChi bộ Công ty\nTNHH\nLâm nghiệp\t4"))
    assert grid_text(grid) == "TT\tTên\tSố\n1\tChi bộ Công ty TNHH Lâm nghiệp\t4"


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("2. Đội Kiểm tra thuế thông báo nợ đến từng hộ kinh doanh đến hết ngày", "31/10/2022."),
        ("- Các đơn vị giải ngân tại điểm giao dịch xã trong vòng", "07 ngày kể từ ngày nhận đủ hồ sơ."),
        ("- Công tác hiệp thương giới thiệu người ứng cử (thực hiện theo", "Điều 5 của Luật)."),
    ],
)
def test_a_line_that_needs_more_runs_on_even_in_a_short_text(upper: str, lower: str) -> None:
    assert texts(read(f"{upper}\n{lower}")) == [f"{upper} {lower}"]


def test_wrapped_lines_that_only_look_like_headings_run_on() -> None:
    filler = ["Ủy ban nhân dân huyện yêu cầu các phòng, ban, đơn vị khẩn trương thực hiện,"] * 6
    cited = "rà soát các trường hợp phát sinh trong kỳ theo quy định tại khoản 4 của"
    last = "- 2031, làm rõ trách nhiệm của từng đơn vị, báo cáo về Phòng Nội vụ./."
    short = [*filler, cited, "Điều 55 Luật này, nhiệm kỳ 2026", last]
    assert texts(read("\n".join(short))) == [" ".join(short[:8]), last]
    fuller = [*filler, cited, "Điều 55 của Luật này, bầu đại biểu Hội đồng nhân dân các cấp nhiệm kỳ 2026", last]
    assert texts(read("\n".join(fuller))) == [" ".join(fuller)]


def test_a_note_without_a_blank_line_below_ends_with_its_line() -> None:
    document = read("Các đơn vị¹ thực hiện.\n\n¹ Xã An, xã Bình\nYêu cầu các xã thực hiện.")
    assert [note.paragraph.text for note in document.footnotes] == ["Xã An, xã Bình"]
    assert texts(document) == ["Các đơn vị thực hiện.", "Yêu cầu các xã thực hiện."]


def test_a_mark_keeps_its_place_when_white_space_is_folded() -> None:
    (block,) = read("  Đảng   bộ\t huyện<sup>1</sup>   và  xã <sup>2</sup> ; hết").blocks
    assert isinstance(block, Paragraph)
    assert block.text == "Đảng bộ huyện và xã; hết"
    assert [(block.text[:at].split()[-1], mark) for at, mark in block.note_marks] == [("huyện", "1"), ("xã", "2")]


def test_an_indented_line_behind_a_full_one_begins_a_paragraph() -> None:
    full = "Ủy ban nhân dân huyện yêu cầu các phòng, ban, đơn vị khẩn trương thực hiện."
    lines = [f"    {full}", full, full, f"    {full}", full, full]
    assert texts(read("\n".join(lines))) == [" ".join([full] * 3), " ".join([full] * 3)]


def test_the_body_is_not_joined_to_an_addressee_without_a_point() -> None:
    addressee = "Kính gửi: Trạm Khuyến nông, Trạm Thú y các huyện, thị xã và thành phố thuộc tỉnh"
    opening = "Theo lịch gieo sạ đã thống nhất, Chi cục đề nghị các trạm rà soát lượng giống còn trong kho."
    text = "\n".join([addressee, opening, *[f"{SENTENCE}" for _ in range(6)]])
    assert texts(read(text))[0] == addressee
