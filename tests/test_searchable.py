"""The archive copy: the page as it was, and its words can be found."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from ingest.errors import ReadError
from ingest.searchable import write_searchable
from tests.pictures import letterhead, needs_ocr


@needs_ocr
@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".pdf", ".png"])
def test_words_can_be_found(tmp_path: Path, suffix: str) -> None:
    source, target = tmp_path / f"scan{suffix}", tmp_path / "out.pdf"
    Image.fromarray(letterhead().picture().pixels).save(source, dpi=(200, 200), resolution=200)
    write_searchable(source, target)
    with pypdfium2.PdfDocument(target) as pdf:
        assert len(pdf) == 1
        assert pdf[0].get_size() == pytest.approx((595, 842), abs=2)
        assert "trước ngày 20 tháng 3 năm 2025" in pdf[0].get_textpage().get_text_bounded()


def test_a_broken_file(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 nothing")
    with pytest.raises(ReadError):
        write_searchable(tmp_path / "a.pdf", tmp_path / "out.pdf")
