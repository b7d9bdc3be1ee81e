"""`congvan ingest --searchable` keeps a PDF of each scan in which words can be found, beside the unaltered original."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pypdfium2
import pytest
from typer.testing import CliRunner

from congvan.archive.archive import Archive
from congvan.commands.cli import app
from ingest.door.errors import ReadError
from ingest.scan import invisible_text as searchable
from tests.support.pictures import DPI, Sheet, needs_ocr
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


@pytest.mark.slow
@needs_ocr
def test_a_file_taken_in_before_gets_its_copy(tmp_path: Path) -> None:
    """As after a run that a full disk ended between the record and the copy."""
    sheet = Sheet()
    for number, line in enumerate(LINES):
        sheet.write(70, 70 + 32 * number, line)
    scan = tmp_path / "quet.png"
    sheet.image.save(scan, dpi=(DPI, DPI))
    where = ["--archive", str(tmp_path / "archive"), "--quarantine", str(tmp_path / "q")]
    assert CliRunner().invoke(app, ["ingest", str(scan), *where]).exit_code == 0
    archive = Archive(tmp_path / "archive")
    [sha256] = archive.hashes()
    assert not archive.layout.searchable(sha256).exists()
    for _ in range(2):
        result = CliRunner().invoke(app, ["ingest", str(scan), "--searchable", *where])
        assert result.exit_code == 0, result.output
        assert archive.layout.searchable(sha256).exists()


@pytest.mark.parametrize(("free", "wrong"), [(0, OSError), (10**9, ReadError)])
def test_a_copy_without_its_end_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, wrong: type[Exception]
) -> None:
    with pypdfium2.PdfDocument.new() as pdf:
        pdf.new_page(200, 200)
        pdf.save(tmp_path / "whole.pdf")
    searchable._check_written(tmp_path / "whole.pdf", 1)
    (tmp_path / "half.pdf").write_bytes((tmp_path / "whole.pdf").read_bytes()[:60])
    monkeypatch.setattr(searchable.shutil, "disk_usage", lambda folder: SimpleNamespace(free=free))
    with pytest.raises(wrong):
        searchable._check_written(tmp_path / "half.pdf", 1)
