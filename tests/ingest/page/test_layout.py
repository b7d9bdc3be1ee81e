"""The layout engine on words placed by hand: columns, paragraphs, page breaks, footnotes, furniture."""

from __future__ import annotations

from ingest.page.layout import Layout, assemble, lay_out
from ingest.page.placed import PageContent, PageLayout, PlacedWord
from ingest.page.rulings import Ruling
from schemas.document import Paragraph

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT = 85.0, 553.0


def words(text: str, x: float, baseline: float, size: float = 14.0) -> list[PlacedWord]:
    """A line of words from `x` on, every character half the size wide."""
    placed = []
    for word in text.split(" "):
        width = len(word) * size / 2
        top, bottom = baseline - size * 0.7, baseline + size * 0.2
        placed.append(PlacedWord(word, x, top, x + width, bottom, baseline, size))
        x += width + size / 4
    return placed


def centred(text: str, middle: float, baseline: float, size: float = 14.0) -> list[PlacedWord]:
    width = sum(len(word) * size / 2 for word in text.split(" ")) + size / 4 * text.count(" ")
    return words(text, middle - width / 2, baseline, size)


def body(text: str, baseline: float, indent: float = 0.0, size: float = 14.0) -> list[PlacedWord]:
    """A line stretched to the right margin, as in a justified paragraph."""
    line = words(text, LEFT + indent, baseline, size)
    space = (RIGHT - line[-1].x1) / max(1, len(line) - 1)
    return [word._replace(x0=word.x0 + i * space, x1=word.x1 + i * space) for i, word in enumerate(line)]


def page(*lines: list[PlacedWord], number: int = 1, rulings: tuple[Ruling, ...] = ()) -> PageContent:
    return PageContent(number, WIDTH, HEIGHT, [word for line in lines for word in line], rulings)


def read(*pages: PageContent) -> Layout:
    layouts: list[PageLayout] = []
    for content in pages:
        layouts.append(lay_out(content, layouts[-1] if layouts else None))
    return assemble(layouts)


def paragraphs(layout: Layout) -> list[tuple[str | None, str]]:
    return [(block.column, block.text) for block in layout.blocks if isinstance(block, Paragraph)]


FULL = "dòng chữ đầy đủ kéo dài tới lề phải của trang giấy khổ đứng"
TAIL = "phần còn lại của đoạn."
FILLER = [body(FULL, 500, 36), body(FULL, 520), body(FULL, 540), words(TAIL, LEFT, 560)]
FILLER_TEXT = f"{FULL} {FULL} {FULL} {TAIL}"


def test_letterhead_is_read_column_by_column() -> None:
    layout = read(
        page(
            centred("UBND TỈNH A", 160, 70, 13),
            centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 410, 71, 11),
            centred("SỞ Y TẾ", 160, 86, 13),
            centred("Độc lập - Tự do - Hạnh phúc", 410, 88, 13),
            centred("Số: 12/SYT-NV", 160, 112, 13),
            centred("A, ngày 05 tháng 3 năm 2024", 410, 113, 13),
            centred("V/v báo cáo số liệu", 160, 128, 12),
            centred("Kính gửi: Trung tâm Y tế các huyện", 319, 170),
            *FILLER,
        )
    )
    assert paragraphs(layout) == [
        ("left", "UBND TỈNH A"),
        ("left", "SỞ Y TẾ"),
        ("left", "Số: 12/SYT-NV"),
        ("left", "V/v báo cáo số liệu"),
        ("right", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("right", "Độc lập - Tự do - Hạnh phúc"),
        ("right", "A, ngày 05 tháng 3 năm 2024"),
        (None, "Kính gửi: Trung tâm Y tế các huyện"),
        (None, FILLER_TEXT),
    ]


def test_a_title_close_below_a_letterhead_is_of_neither_column() -> None:
    few = [words("Thực hiện kế hoạch của huyện.", LEFT + 36, 168)]
    layout = read(
        page(
            centred("HỘI ĐỒNG NHÂN DÂN TỈNH A", 215, 70, 13),
            centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 432, 70, 11),
            centred("BAN PHÁP CHẾ", 215, 86, 13),
            centred("Độc lập - Tự do - Hạnh phúc", 432, 88, 13),
            centred("Số: 12/BC-BPC", 215, 108, 13),
            centred("A, ngày 05 tháng 3 năm 2024", 432, 108, 13),
            [*words("BÁO", 279, 135), *words("CÁO THẨM TRA", 306, 135)],
            *few,
        )
    )
    assert (None, "BÁO CÁO THẨM TRA") in paragraphs(layout)


def test_the_margin_of_a_short_letter_is_where_its_short_lines_begin() -> None:
    address = "Kính gửi: Chi cục trưởng Chi cục Thi hành án dân sự huyện Bản Lầu"
    lines = ["Thực hiện kết luận kiểm tra của đoàn công tác liên ngành", "1. Rà soát hồ sơ thi hành án dân sự tồn đọng"]
    layout = read(
        page(
            words(address, 118, 100),
            body(lines[0], 117, 36),
            words("của tỉnh, đề nghị:", LEFT, 134),
            body(lines[1], 151, 36),
            words("Nơi nhận:", LEFT, 200, 12),
            words("- Như trên;", LEFT, 217, 11),
            words("- Lưu: VT.", LEFT, 234, 11),
        )
    )
    assert [text for _, text in paragraphs(layout)][:2] == [
        address,
        f"{lines[0]} của tỉnh, đề nghị:",
    ]


def test_letterhead_lines_that_share_no_baseline() -> None:
    layout = read(
        page(
            centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 410, 70, 11),
            centred("UBND TỈNH A", 160, 78, 13),
            centred("Độc lập - Tự do - Hạnh phúc", 410, 86, 13),
            centred("SỞ Y TẾ", 160, 94, 13),
            *FILLER,
        )
    )
    assert [column for column, _ in paragraphs(layout)] == ["left", "left", "right", "right", None]


def test_a_wide_blank_above_makes_no_gutter_through_the_heading() -> None:
    layout = read(
        page(
            centred("SỞ Y TẾ", 297, 50, 13),
            [*words("Số:", 180, 70, 13), *words("/KH-SYT", 290, 70, 13)],
            [*words("CỘNG", 230, 90, 12), *words("HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 282, 90, 12)],
            centred("Độc lập - Tự do - Hạnh phúc", 297, 106, 13),
            *FILLER,
        )
    )
    assert (None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") in paragraphs(layout)


def test_signature_block_beside_distribution_list() -> None:
    layout = read(
        page(
            *FILLER,
            words("Nơi nhận:", LEFT, 590, 12),
            centred("KT. GIÁM ĐỐC", 430, 592),
            words("- Như trên;", LEFT, 604, 11),
            centred("PHÓ GIÁM ĐỐC", 430, 608),
            words("- Sở Nông nghiệp và Môi trường tỉnh;", LEFT, 617, 11),
            words("- Lưu: VT.", LEFT, 630, 11),
            centred("Trần Thị B", 430, 690),
        )
    )
    assert paragraphs(layout)[1:] == [
        ("left", "Nơi nhận:"),
        ("left", "- Như trên;"),
        ("left", "- Sở Nông nghiệp và Môi trường tỉnh;"),
        ("left", "- Lưu: VT."),
        ("right", "KT. GIÁM ĐỐC"),
        ("right", "PHÓ GIÁM ĐỐC"),
        ("right", "Trần Thị B"),
    ]


def test_tabbed_rows_stay_rows() -> None:
    rows = [("- Ông Nguyễn Văn C", "Giám đốc"), ("- Bà Lê D", "Phó Giám đốc"), ("- Ông Đỗ E", "Trưởng phòng")]
    lines = [words(name, LEFT, 600 + 20 * i) + words(job, 350, 600 + 20 * i) for i, (name, job) in enumerate(rows)]
    assert paragraphs(read(page(*FILLER, *lines)))[1:] == [(None, f"{name} {job}") for name, job in rows]


def test_labels_and_indents_begin_paragraphs() -> None:
    layout = read(
        page(
            body("1. " + FULL, 100, 36),
            words("ngắn.", LEFT, 120),
            body("a) " + FULL, 140, 36),
            body("- xã hội " + FULL, 160),  # no label: the dash of `chính trị - xã hội` fell on the line's start
            words(TAIL, LEFT, 180),
            *FILLER,
        )
    )
    assert [text for _, text in paragraphs(layout)] == [
        f"1. {FULL} ngắn.",
        f"a) {FULL} - xã hội {FULL} {TAIL}",
        FILLER_TEXT,
    ]


def test_so_hieu_broken_at_the_end_of_a_line_has_no_space() -> None:
    long = "thực hiện dòng chữ đầy đủ kéo dài tới lề phải của"
    layout = read(
        page(
            body(f"{long} 43/NQ-", 100, 36),
            body(f"CP {long} tại CT-", 120),
            body(f"XH {long} số 126/", 140),
            words("2024/NĐ-CP của Chính phủ.", LEFT, 160),
            *FILLER,
        )
    )
    text = paragraphs(layout)[0][1]
    assert "43/NQ-CP" in text and "CT-XH" in text and "126/2024/NĐ-CP" in text


def test_centred_title_lines_stay_apart() -> None:
    layout = read(page(centred("KẾ HOẠCH", 319, 100), centred("Phát triển đảng viên", 319, 118), *FILLER))
    assert paragraphs(layout)[:2] == [(None, "KẾ HOẠCH"), (None, "Phát triển đảng viên")]
    assert [block.align for block in layout.blocks if isinstance(block, Paragraph)] == ["center", "center", "justify"]


def test_an_indented_line_that_a_long_word_left_short_is_not_centred() -> None:
    short = words("dòng đầu thụt vào và ngắn vì từ đứng ngay phía sau là từ rất dài", LEFT + 33, 580)
    layout = read(page(*FILLER, short, words("từ-sau-rất-dài/viết-liền xuống dòng.", LEFT, 600)))
    first = "dòng đầu thụt vào và ngắn vì từ đứng ngay phía sau là từ rất dài"
    assert paragraphs(layout)[-1] == (None, f"{first} từ-sau-rất-dài/viết-liền xuống dòng.")


def test_paragraph_over_a_page_break_is_joined() -> None:
    first = page(*FILLER, body(FULL, 700, 36), body(FULL, 720))
    second = page(centred("2", 319, 40, 13), words("đảng viên mới.", LEFT, 80), *FILLER, number=2)
    layout = read(first, second)
    joined = layout.blocks[1]
    assert isinstance(joined, Paragraph)
    assert joined.text == f"{FULL} {FULL} đảng viên mới."
    assert [word.page for word in joined.words][-3:] == [2, 2, 2]
    assert layout.steps == ("join_page_break",)
    assert [(piece.kind, piece.text) for piece in layout.furniture] == [("page_number", "2")]


def test_new_item_after_a_page_break_is_not_joined() -> None:
    layout = read(page(*FILLER), page(words("2. Mục mới của trang sau.", LEFT + 36, 80), *FILLER, number=2))
    assert [text for _, text in paragraphs(layout)] == [FILLER_TEXT, "2. Mục mới của trang sau.", FILLER_TEXT]
    assert layout.steps == ()


def test_footnote_under_a_short_rule() -> None:
    mark = PlacedWord("1", 0, 529, RIGHT + 4, 535, 535, 8)
    layout = read(
        page(
            *FILLER[:2],
            [*FILLER[2][:-1], FILLER[2][-1], mark._replace(x0=FILLER[2][-1].x1 + 0.3)],
            FILLER[3],
            [PlacedWord("1", LEFT, 748, LEFT + 4, 755, 755, 7), *words("Gồm các xã: A, B;", LEFT + 6, 759, 10)],
            words("C và D.", LEFT, 772, 10),
            rulings=(Ruling(LEFT, 740, LEFT + 144, 740),),
        )
    )
    assert [(note.mark, note.paragraph.text) for note in layout.footnotes] == [("1", "Gồm các xã: A, B; C và D.")]
    block = layout.blocks[0]
    assert isinstance(block, Paragraph) and len(layout.blocks) == 1
    assert block.text == FILLER_TEXT
    assert block.note_marks == ((len(f"{FULL} {FULL} {FULL}"), "1"),)


def test_a_footnote_of_a_scan_whose_mark_was_misread_is_one() -> None:
    note = [word._replace(confidence=0.9) for word in words("† Đảng ủy các xã A, B.", LEFT, 759, 10)]
    rule = Ruling(LEFT, 740, LEFT + 144, 740)
    layout = read(page(*FILLER, note, rulings=(rule,)))
    assert [note.paragraph.text for note in layout.footnotes] == ["Đảng ủy các xã A, B."]
    assert paragraphs(read(page(*FILLER, note)))[-1][1] == "† Đảng ủy các xã A, B."


def test_square_metres_are_no_footnote() -> None:
    raised = PlacedWord("2", LEFT + 91.5, 603, LEFT + 95, 612, 612, 8)
    layout = read(page(*FILLER, [*words("Diện tích 120m", LEFT, 617), raised._replace(x0=LEFT + 95.0, x1=LEFT + 99)]))
    assert paragraphs(layout)[-1][1] == "Diện tích 120m2"


def test_running_head_is_set_apart() -> None:
    pages = [page(words("Công báo số 12", LEFT, 40, 10), *FILLER, number=n) for n in range(1, 5)]
    layout = read(*pages)
    assert [text for _, text in paragraphs(layout)] == [FILLER_TEXT] * 4
    assert [piece.kind for piece in layout.furniture] == ["running_head"] * 4


def test_words_keep_their_places_in_the_text() -> None:
    block = read(page(*FILLER)).blocks[0]
    assert isinstance(block, Paragraph)
    assert " ".join(block.text[word.start : word.end] for word in block.words) == block.text
    assert all(word.box is not None and word.page == 1 for word in block.words)
