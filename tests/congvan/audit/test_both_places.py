"""Both places of a mistake are shown: strips of the page in HTML and behind the marked PDF, links in the XLSX."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from typer.testing import CliRunner

from congvan.commands.cli import app
from corpus.build import HERE

LETTER = HERE / "53-tong-in-sai-kien-thuy" / "tong-in-sai-kien-thuy.pdf"


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    for form in ("html", "pdf", "xlsx"):
        out = tmp_path / ("pdf" if form == "pdf" else f"a.{form}")
        said = CliRunner().invoke(app, ["audit", str(LETTER), "--format", form, "--out", str(out)])
        assert said.exit_code == 3, said.output
    return tmp_path


def test_a_mistake_is_shown_where_it_is_printed_and_where_it_comes_from(reports: Path) -> None:
    page = (reports / "a.html").read_text(encoding="utf-8")
    assert page.count("data:image/webp;base64,") >= 2
    assert '<figure class="reported">' in page and '<figure class="other">' in page
    with pypdfium2.PdfDocument(LETTER) as before, pypdfium2.PdfDocument(next((reports / "pdf").glob("*.pdf"))) as after:
        assert len(after) > len(before)
        last = after[len(after) - 1].get_textpage().get_text_bounded()
        assert "Số in" in last and "Đối chiếu với" in last
    sheet = openpyxl.load_workbook(reports / "a.xlsx").worksheets[0]
    assert any(cell.hyperlink and "Mọi số liệu" in (cell.hyperlink.location or "") for row in sheet for cell in row)
    assert sheet.page_setup.paperSize == 9 and sheet.sheet_properties.pageSetUpPr.fitToPage
