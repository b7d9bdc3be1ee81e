"""The Word reader: letterheads of every build, numbering, merged cells, notes, tracked changes, legacy fonts."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from ingest.read import read_file
from ingest.word.numbering import format_number
from schemas.document import Paragraph, grid_text
from tests.support.word import grids, p, r, read_word, sides, tbl, tc, texts, tr, word_bytes

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
LETTERHEAD = [
    ("left", "ỦY BAN NHÂN DÂN"),
    ("left", "HUYỆN AN BÌNH"),
    ("left", "Số: /UBND-NV"),
    ("right", STATE),
    ("right", "Độc lập - Tự do - Hạnh phúc"),
    ("right", "An Bình, ngày 05 tháng 8 năm 2024"),
]


def test_letterhead_as_a_borderless_table() -> None:
    body = tbl(
        tr(
            tc(p("ỦY BAN NHÂN DÂN") + p("HUYỆN AN BÌNH") + p("-------")),
            tc(p(STATE) + "<w:p>" + r("Độc lập - Tự do - Hạnh phúc") + "<w:r><w:br/></w:r></w:p>"),
        ),
        tr("Số:      /UBND-NV", "An Bình, ngày 05 tháng 8 năm 2024"),
        ruled=False,
    )
    assert sides(read_word(body)) == LETTERHEAD


def test_letterhead_as_tabs() -> None:
    tab = "<w:r><w:tab/></w:r>"
    body = "".join(
        f"<w:p>{tab}{r(left)}{tab}{r(right)}</w:p>"
        for left, right in (
            ("ỦY BAN NHÂN DÂN", STATE),
            ("HUYỆN AN BÌNH", "Độc lập - Tự do - Hạnh phúc"),
            ("Số:      /UBND-NV", "An Bình, ngày 05 tháng 8 năm 2024"),
        )
    )
    assert sides(read_word(body + p("Kính gửi: Các xã."))) == [*LETTERHEAD, (None, "Kính gửi: Các xã.")]


def _anchored(offset: int, lines: list[str]) -> str:
    content = f"<w:txbxContent>{''.join(map(p, lines))}</w:txbxContent>"
    place = f"<wp:positionH><wp:posOffset>{offset * 12700}</wp:posOffset></wp:positionH>"
    anchor = f'<wp:anchor>{place}<wp:extent cx="2540000" cy="1"/><wps:txbx>{content}</wps:txbx></wp:anchor>'
    return (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{anchor}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    )


def test_letterhead_as_text_boxes_is_read_once() -> None:
    left = _anchored(0, [text for side, text in LETTERHEAD if side == "left"])
    right = _anchored(260, [text for side, text in LETTERHEAD if side == "right"])
    document = read_word(f"<w:p><w:r>{left}{right}</w:r></w:p>{p('Kính gửi: Các xã.')}")
    assert sides(document) == [*LETTERHEAD, (None, "Kính gửi: Các xã.")]


def test_signature_block_as_table_and_as_tabs() -> None:
    expected = [
        ("left", "Nơi nhận:"),
        ("left", "- Như trên;"),
        ("left", "- Lưu: VT."),
        ("right", "KT. CHỦ TỊCH"),
        ("right", "PHÓ CHỦ TỊCH"),
        ("right", "Trần Văn An"),
    ]
    table = tbl(
        tr(
            tc(p("Nơi nhận:") + p("- Như trên;") + p("- Lưu: VT.")),
            tc(p("KT. CHỦ TỊCH") + p("PHÓ CHỦ TỊCH") + p("") + p("Trần Văn An")),
        ),
        ruled=False,
    )
    tab = "<w:r><w:tab/></w:r>"
    tabs = (
        f"<w:p>{r('Nơi nhận:')}{tab}{r('KT. CHỦ TỊCH')}</w:p><w:p>{r('- Như trên;')}{tab}{r('PHÓ CHỦ TỊCH')}</w:p>"
        f"{p('- Lưu: VT.')}<w:p/><w:p>{tab}{r('Trần Văn An')}</w:p>"
    )
    assert sides(read_word(table)) == expected
    assert sides(read_word(tabs)) == expected


def test_recipients_beside_kinh_gui_are_read_across() -> None:
    body = tbl(tr("Kính gửi:", tc(p("- Sở Nội vụ;") + p("- Sở Tài chính."))), ruled=False)
    assert sides(read_word(body)) == [(None, "Kính gửi:"), (None, "- Sở Nội vụ;"), (None, "- Sở Tài chính.")]


NUMBERING = """
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
 <w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2.%4"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="0"/>
 <w:lvlOverride w:ilvl="1"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
"""


def numbered(text: str, number_id: int, level: int) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number_id}"/></w:numPr>')


def test_automatic_numbers_come_back() -> None:
    items = [(1, 0), (1, 1), (1, 2), (1, 2), (2, 0), (2, 1), (1, 1), (1, 2), (1, 3), (1, 0), (1, 1), (3, 1), (3, 1)]
    document = read_word("".join(numbered("Mục", *item) for item in items), numbering=NUMBERING)
    labels = [text.removesuffix(" Mục") for text in texts(document)]
    assert labels == ["I.", "1.", "a)", "b)", "-", "•", "2.", "a)", "1.2.1", "II.", "1.", "5.", "6."]


def test_numbering_by_style_and_switched_off() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Con"><w:basedOn w:val="Muc"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = (
        p("Một", '<w:pStyle w:val="Muc"/>')
        + p("Hai", '<w:pStyle w:val="Con"/>')
        + p("Ba", '<w:pStyle w:val="Muc"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        + p("Bốn", '<w:pStyle w:val="Con"/>')
    )
    assert texts(read_word(body, styles=styles, numbering=NUMBERING)) == ["I. Một", "1. Hai", "Ba", "2. Bốn"]


def test_a_numbered_empty_cell_shows_its_number() -> None:
    body = tbl(
        tr("STT", "Đơn vị", "Số"), tr(tc(numbered("", 1, 1)), "Xã An", "1"), tr(tc(numbered("", 1, 1)), "Xã Bình", "2")
    )
    (grid,) = grids(read_word(body, numbering=NUMBERING))
    assert grid_text(grid) == "STT\tĐơn vị\tSố\n1.\tXã An\t1\n2.\tXã Bình\t2"


@pytest.mark.parametrize(
    ("count", "form", "printed"),
    [
        (4, "upperRoman", "IV"),
        (49, "lowerRoman", "xlix"),
        (27, "lowerLetter", "aa"),
        (7, "decimalZero", "07"),
        (3, "none", ""),
    ],
)
def test_number_formats(count: int, form: str, printed: str) -> None:
    assert format_number(count, form) == printed


def test_merged_cells_come_once_with_their_spans() -> None:
    restart, merged = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = tbl(
        tr(tc("TT", restart), tc("Chia ra theo quý", '<w:gridSpan w:val="2"/>'), properties="<w:tblHeader/>"),
        tr(tc("", merged), "Quý I", "Quý II", properties="<w:tblHeader/>"),
        tr("1", "5", "6"),
    )
    (grid,) = grids(read_word(body))
    placed = [(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in grid.cells[:4]]
    assert placed == [
        (0, 0, 2, 1, "TT"),
        (0, 1, 1, 2, "Chia ra theo quý"),
        (1, 1, 1, 1, "Quý I"),
        (1, 2, 1, 1, "Quý II"),
    ]
    assert (grid.n_rows, grid.n_columns, grid.header_rows, grid.ruled) == (3, 3, 2, True)


def test_nested_tables() -> None:
    inner = tbl(tr("A", "1"), tr("B", "2"), tr("C", "3"), tr("D", "4"))
    framed = read_word(tbl(tr(tc(p("Khung") + inner + p("")))))
    assert texts(framed) == ["Khung"]
    assert grid_text(grids(framed)[0]) == "A\t1\nB\t2\nC\t3\nD\t4"
    in_data = read_word(tbl(tr("TT", "Nội dung", "Ghi chú"), tr("1", tc(p("Gồm:") + inner + p("")), "x")))
    assert grid_text(grids(in_data)[0]) == "TT\tNội dung\tGhi chú\n1\tGồm: A 1 B 2 C 3 D 4\tx"


def test_a_borderless_table_of_figures_is_a_table() -> None:
    rows = [tr(str(index), f"Xã {index}", "5", "6") for index in range(1, 5)]
    (grid,) = grids(read_word(tbl(tr("TT", "Đơn vị", "Giao", "Đạt"), *rows, ruled=False)))
    assert (grid.n_rows, grid.n_columns, grid.ruled) == (5, 4, False)


def test_footnotes_and_endnotes() -> None:
    body = (
        f'<w:p>{r("Đảng bộ huyện")}<w:r><w:footnoteReference w:id="7"/></w:r>{r(" và xã")}'
        f'<w:r><w:footnoteReference w:id="3"/></w:r>{r(".")}</w:p>'
    )
    notes = f'<w:footnote w:id="3">{p(" Xã An.")}</w:footnote><w:footnote w:id="7">{p(" Huyện Bình.")}</w:footnote>'
    document = read_word(body, footnotes=notes)
    (paragraph,) = document.blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == "Đảng bộ huyện và xã."
    assert paragraph.note_marks == ((13, "1"), (19, "2"))
    assert [(note.mark, note.paragraph.text) for note in document.footnotes] == [("1", "Huyện Bình."), ("2", "Xã An.")]


def test_tracked_changes_are_accepted() -> None:
    deleted = "<w:del><w:r><w:delText>trước ngày 10/8</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{r('Chuyển. ')}</w:moveFrom>"
    inserted = f"<w:ins>{r('trước ngày 15/8')}</w:ins>"
    body = f"<w:p>{moved}{r('Gửi ')}{deleted}{inserted}{r('.')}</w:p><w:p><w:moveTo>{r('Chuyển.')}</w:moveTo></w:p>"
    joined = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('Nửa đầu ')}</w:p>{p('nửa sau.')}"
    row = tr("bỏ", "bỏ", properties="<w:del/>")
    document = read_word(body + joined + tbl(tr("A", "1"), row, tr("B", "2"), tr("C", "3"), tr("D", "4")))
    assert texts(document) == ["Gửi trước ngày 15/8.", "Chuyển.", "Nửa đầu nửa sau."]
    assert grids(document)[0].n_rows == 4


def test_hidden_text_and_field_codes_do_not_show() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF so \\h</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("15")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert texts(read_word(f"<w:p>{r('Số ')}{field}{r('/KH')}{r(' ẩn', '<w:vanish/>')}</w:p>")) == ["Số 15/KH"]


def test_headers_footers_page_numbers_and_watermarks_are_furniture() -> None:
    water = '<w:p><w:r><w:pict><v:shape><v:textpath string="DỰ THẢO"/></v:shape></w:pict></w:r></w:p>'
    document = read_word(p("Nội dung"), header=p("2") + p("Phòng Nội vụ") + water, footer=p("Địa chỉ: số 1"))
    found = [(item.kind, item.text) for item in document.furniture]
    assert found == [
        ("page_number", "2"),
        ("running_head", "Phòng Nội vụ"),
        ("footer", "Địa chỉ: số 1"),
        ("watermark", "DỰ THẢO"),
    ]


def test_styles_of_runs_and_paragraphs() -> None:
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="28"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:styleId="Dam">'
        '<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    )
    body = p("Tên cơ quan", '<w:pStyle w:val="Dam"/>') + f"<w:p>{r('Mở đầu.', '<w:b/>')}{r(' Thân', '<w:i/>')}</w:p>"
    first, second = read_word(body, styles=styles).blocks
    assert isinstance(first, Paragraph) and isinstance(second, Paragraph)
    assert (first.bold, first.align, first.size, first.words) == (True, "center", 14.0, ())
    assert (second.bold, second.italic) == (False, False)
    assert [(word.bold, word.italic) for word in second.words] == [(True, False), (True, False), (False, True)]


@pytest.mark.parametrize(
    "unread",
    [
        '<w:latentStyles w:count="1"><w:lsdException w:name="Normal"/></w:latentStyles>',
        '<w:style w:type="table" w:styleId="L"><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr>'
        '<w:tblStylePr w:type="lastRow"/><w:tblStylePr w:type="lastCol"><w:rPr><w:i/></w:rPr></w:tblStylePr></w:style>',
    ],
)
def test_a_style_behind_what_is_not_read_of_the_sheet(unread: str) -> None:
    bold = '<w:style w:type="paragraph" w:styleId="Dam"><w:rPr><w:b/></w:rPr></w:style>'
    first, second = read_word(p("Một", '<w:pStyle w:val="Dam"/>') + p("Hai"), styles=unread + bold).blocks
    assert isinstance(first, Paragraph) and isinstance(second, Paragraph)
    assert (first.bold, first.italic, second.bold) == (True, False, False)


def test_legacy_fonts_are_converted_run_by_run() -> None:
    tcvn3, capitals = (
        '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>',
        '<w:rFonts w:ascii=".VnTimeH" w:hAnsi=".VnTimeH"/>',
    )
    body = (
        f"<w:p>{r('ñy ban nh©n d©n', capitals)}</w:p>"
        f"<w:p><w:r><w:rPr>{tcvn3}</w:rPr><w:t>Nh</w:t><w:softHyphen/><w:t xml:space='preserve'> trªn; </w:t></w:r>"
        f"{r('Số 5', '')}</w:p>" + p("Coäng hoøa", run='<w:rFonts w:ascii="VNI-Times" w:hAnsi="VNI-Times"/>')
    )
    document = read_word(body)
    assert texts(document) == ["ỦY BAN NHÂN DÂN", "Như trên; Số 5", "Cộng hòa"]
    assert document.source.steps == ("tcvn3", "vni")


def test_legacy_text_in_a_font_that_does_not_say_so_is_proposed() -> None:
    text = "Céng hßa x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc, ban hµnh quyÕt ®Þnh nµy"
    document = read_word(p(text))
    assert texts(document) == [text]
    (notice,) = document.warnings
    assert notice.code == "legacy_encoding"
    assert notice.suggested is not None and notice.suggested.startswith("Cộng hòa xã hội chủ nghĩa")


def test_content_controls_and_raised_figures() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    runs = r("Đất 5 m") + r("2", raised) + r(" của xã") + r("(1)", raised) + r(".")
    document = read_word(f"<w:sdt><w:sdtContent>{p('Trong khung')}</w:sdtContent></w:sdt><w:p>{runs}</w:p>")
    assert texts(document) == ["Trong khung", "Đất 5 m² của xã."]
    second = document.blocks[1]
    assert isinstance(second, Paragraph)
    assert second.note_marks == ((15, "1"),)


def test_links_that_lead_nowhere_and_parts_without_a_type_are_no_hindrance(tmp_path: Path) -> None:
    """Converters leave both; Word opens the file all the same."""
    target = BytesIO()
    link = '<Relationship Id="rX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
    with zipfile.ZipFile(BytesIO(word_bytes(p("Kính gửi: Các xã")))) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/_rels/document.xml.rels":
                end = b"</Relationships>"
                data = data.replace(
                    end, f'{link}Target="NULL"/>{link.replace("rX", "rY")}Target="a.wmf2"/>'.encode() + end
                )
            new.writestr(name, data)
        new.writestr("word/a.wmf2", b"picture")
    path = tmp_path / "cv.docx"
    path.write_bytes(target.getvalue())
    assert "Kính gửi: Các xã" in read_file(path).text
