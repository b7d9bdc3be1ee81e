"""`congvan ingest --searchable` keeps a PDF of each scan in which words can be found, beside the unaltered original."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from typer.testing import CliRunner

from congvan.archive.archive import Archive
from congvan.cli import app
from tests.pictures import DPI, Sheet, needs_ocr
from vietnamese.fold import fold

LINES = ["ỦY BAN NHÂN DÂN", "HUYỆN KIM BẢNG", "Số: 12/UBND-NV", "Yêu cầu các xã báo cáo trước ngày 15/8/2024."]


@pytest.mark.slow
@needs_ocr
def test_words_can_be_found_in_the_copy(tmp_path: Path) -> None:
    sheet = Sheet()
    for number, line in enumerate(LINES):
        sheet.write(70, 70 + 32 * number, line)
    scan = tmp_path / "quet.png"
    sheet.image.save(scan, dpi=(DPI, DPI))
    folder = tmp_path / "archive"
    where = ["--archive", str(folder), "--quarantine", str(tmp_path / "q")]
    result = CliRunner().invoke(app, ["ingest", str(scan), "--searchable", *where])
    assert result.exit_code == 0, result.output
    archive = Archive(folder)
    [sha256] = archive.hashes()
    original = archive.layout.find_original(sha256)
    assert original is not None and original.read_bytes() == scan.read_bytes()
    with pypdfium2.PdfDocument(archive.layout.searchable(sha256)) as pdf:
        words = fold(pdf[0].get_textpage().get_text_range())
    assert "bao cao truoc ngay 15/8/2024" in " ".join(words.split())
