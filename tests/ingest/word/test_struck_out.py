"""Struck-out words are dead text in every format that can strike them: left out, and a person is told which."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.read import read_file
from ingest.word.office_run import find_libreoffice
from parsers.parse import parse
from schemas.document import Document
from tests.support.word import grids, p, r, read_word, tbl, tc, texts, tr

STRIKE, DOUBLE = "<w:strike/>", "<w:dstrike/>"
needs_office = pytest.mark.skipif(find_libreoffice() is None, reason="LibreOffice is not installed")


def told(document: Document) -> list[str]:
    return [notice.message for notice in document.warnings if notice.code == "struck_out"]


@pytest.mark.parametrize("how", [STRIKE, DOUBLE, '<w:rStyle w:val="Bo"/>'])
def test_a_struck_day_is_left_out(how: str) -> None:
    styles = f'<w:style w:type="character" w:styleId="Bo"><w:rPr>{STRIKE}</w:rPr></w:style>'
    inside = f"{r('1. Báo cáo trước ngày ')}{r('03/4/2025', how)}{r(' 14/4/2025.')}"
    document = read_word(f"<w:p>{inside}</w:p>", styles=styles)
    assert texts(document) == ["1. Báo cáo trước ngày 14/4/2025."]
    assert len(told(document)) == 1 and "03/4/2025" in told(document)[0] and "14/4/2025" in told(document)[0]


def test_what_a_style_strikes_a_run_may_let_stand() -> None:
    styles = f'<w:style w:type="paragraph" w:styleId="Bo"><w:rPr>{STRIKE}</w:rPr></w:style>'
    struck, let = p("Bỏ cả đoạn", '<w:pStyle w:val="Bo"/>'), r("giữ lại", '<w:strike w:val="0"/>')
    document = read_word(f'{struck}<w:p><w:pPr><w:pStyle w:val="Bo"/></w:pPr>{let}</w:p>', styles=styles)
    assert texts(document) == ["giữ lại"]


def test_an_item_struck_but_for_its_number_goes_whole() -> None:
    body = f"<w:p>{r('2. ')}{r('Phòng Y tế báo cáo.', STRIKE)}</w:p>{p('3. Phòng Giáo dục báo cáo.')}"
    document = read_word(body)
    assert texts(document) == ["3. Phòng Giáo dục báo cáo."]
    assert "Phòng Y tế báo cáo." in told(document)[0]


def test_a_struck_item_keeps_its_automatic_number() -> None:
    """Word goes on counting: what stands below keeps the number that is printed before it."""
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    number = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    numbering = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>{number}'
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = p("Một", listed) + p("Hai", listed, STRIKE) + p("Ba", listed)
    assert texts(read_word(body, numbering=numbering)) == ["1. Một", "3. Ba"]


def test_a_struck_row_is_no_row() -> None:
    gone = tr(tc(p("2", run=STRIKE)), tc(p("Xã Đông", run=DOUBLE)), tc(p("147", run=STRIKE)))
    document = read_word(tbl(tr("TT", "Xã", "Hộ"), tr("1", "Xã Tây", "125"), gone, tr("3", "Xã Nam", "31")))
    (grid,) = grids(document)
    assert grid.n_rows == 3
    assert [cell.text for cell in grid.cells if cell.column == 1] == ["Xã", "Xã Tây", "Xã Nam"]
    assert any("147" in message for message in told(document))


def test_an_empty_row_stays_one() -> None:
    (grid,) = grids(read_word(tbl(tr("TT", "Xã"), tr("", ""), tr("1", "Xã Tây"))))
    assert grid.n_rows == 3


MARKED = (
    "trước ngày ~~03/4/2025~~ 14/4/2025",
    "trước ngày <s>03/4/2025</s> 14/4/2025",
    "trước ngày <strike>03/4/2025</strike> 14/4/2025",
    "trước ngày <del>03/4/2025</del> 14/4/2025",
    'trước ngày <span style="text-decoration: line-through">03/4/2025</span> 14/4/2025',
)


@pytest.mark.parametrize("words", MARKED)
def test_in_text(words: str, tmp_path: Path) -> None:
    path = tmp_path / "cv.txt"
    path.write_text(f"1. Phòng Nội vụ báo cáo {words}.\n~~2. Phòng Y tế báo cáo.~~\n3. Các xã thực hiện.\n", "utf-8")
    document = read_file(path)
    assert document.text == "1. Phòng Nội vụ báo cáo trước ngày 14/4/2025.\n3. Các xã thực hiện."
    assert len(told(document)) == 2


def test_a_struck_row_in_text(tmp_path: Path) -> None:
    path = tmp_path / "cv.txt"
    path.write_text("| TT | Xã |\n|---|---|\n| 1 | Tây |\n| ~~2~~ | ~~Đông~~ |\n| 3 | Nam |\n", "utf-8")
    (grid,) = grids(read_file(path))
    assert [cell.text for cell in grid.cells if cell.column == 1] == ["Xã", "Tây", "Nam"]


@pytest.mark.parametrize("line", ["~~~~~~~~", "Giá 3 ~ 5 triệu, 7 ~~ 9 triệu", "a <s b"])
def test_waves_that_strike_nothing_out(line: str, tmp_path: Path) -> None:
    path = tmp_path / "cv.txt"
    path.write_text(f"Kính gửi: Các xã\n{line}\n", "utf-8")
    assert told(read_file(path)) == []


HTML_FORMS = (
    "<del>{}</del>",
    "<s>{}</s>",
    "<strike>{}</strike>",
    '<span style="text-decoration:line-through">{}</span>',
    '<span style="text-decoration-line: line-through">{}</span>',
    '<span class="bo">{}</span>',
)


@needs_office
@pytest.mark.slow
def test_in_html_and_rtf(tmp_path: Path) -> None:
    rows = "".join(
        f"<p>{number}. Gửi trước ngày {form.format('03/4/2025')} 14/4/2025.</p>"
        for number, form in enumerate(HTML_FORMS, 1)
    )
    gone = '<tr style="text-decoration: line-through"><td>2</td><td>Đông</td></tr>'
    table = f'<table border="1"><tr><td>1</td><td>Tây</td></tr>{gone}</table>'
    style = "<style>.bo {text-decoration: line-through}</style>"
    page = tmp_path / "cv.html"
    page.write_text(f'<html><head><meta charset="utf-8">{style}</head><body>{rows}{table}</body></html>', "utf-8")
    document = read_file(page)
    assert "03/4" not in document.text and document.text.count("14/4/2025") == len(HTML_FORMS)
    assert "Tây" in document.text and "Đông" not in document.text
    assert len(told(document)) >= len(HTML_FORMS)
    rich = tmp_path / "cv.rtf"
    rich.write_bytes(rb"{\rtf1\ansi Gui truoc ngay {\strike 03/4/2025} {\striked1 04/4/2025} 14/4/2025.\par}")
    document = read_file(rich)
    assert document.text == "Gui truoc ngay 14/4/2025."
    assert "03/4/2025" in told(document)[0]


def test_no_deadline_of_a_struck_day() -> None:
    body = (
        p("1. Phòng Nội vụ báo cáo trước ngày ")[: -len("</w:p>")] + r("03/4/2025", STRIKE) + r("14/4/2025.") + "</w:p>"
    )
    record = parse(read_word(p("Kính gửi: Các xã") + body))
    assert [str(deadline.due) for deadline in record.deadlines] == ["2025-04-13"]
    assert "struck_out" in {warning.code for warning in record.warnings}
