"""A searchable PDF of a scan: the pages as they were, with what OCR read laid under them, for the archive.

Tesseract's own PDF writer is used. `bench/searchable_speed.py` runs it beside OCRmyPDF: on two real scans it took 1.70
and 1.33 s of CPU a page against 4.59 and 1.17, added as few bytes and found 173 and 694 different words against 178 and
698. It needs neither Ghostscript nor another program; pages keep their pictures, and are never turned or cleaned.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import tesserocr
from PIL import Image

from ingest.door.errors import ReadError
from ingest.scan.words.tesseract import data_folder

_DPI = 300
_POINTS = 72.0
# A disk with less than this many bytes is full: what Tesseract could not write is at most a page's text and fonts.
_ROOM = 1_000_000


def write_searchable(source: Path, target: Path) -> None:
    """Writes a searchable PDF of `source` (a PDF, JPEG, PNG or TIFF) to `target`.

    The pages of a PDF are kept as they are and get the text layer alone; pictures become pages. Raises ReadError
    where the file cannot be opened or the OCR data is missing.
    """
    with tempfile.TemporaryDirectory() as folder:
        layer = Path(folder) / "layer"
        is_pdf = source.read_bytes()[:1024].find(b"%PDF-") >= 0
        pages = _page_pictures(source, Path(folder)) if is_pdf else _frames(source, Path(folder))
        _recognise(pages, layer, text_only=is_pdf)
        if is_pdf:
            _lay_under(source, layer.with_suffix(".pdf"), target)
        else:
            target.write_bytes(layer.with_suffix(".pdf").read_bytes())


def _page_pictures(source: Path, folder: Path) -> list[Path]:
    try:
        pdf = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        raise ReadError("damaged", "Tệp PDF bị hỏng hoặc có mật khẩu, không mở được.") from error
    paths = []
    with pdf:
        for number, page in enumerate(pdf):
            path = folder / f"{number:04}.png"
            page.render(scale=_DPI / _POINTS, grayscale=True).to_pil().save(path, dpi=(_DPI, _DPI))
            paths.append(path)
    return paths


def _frames(source: Path, folder: Path) -> list[Path]:
    paths = []
    for number, (image, dpi) in enumerate(_opened(source)):
        path = folder / f"{number:04}.png"
        image.save(path, dpi=dpi)
        paths.append(path)
    return paths


def _opened(source: Path) -> Iterator[tuple[Image.Image, tuple[float, float]]]:
    """The pages of a picture file and their resolution. What goes wrong in writing them is no fault of the file."""
    try:
        with Image.open(source) as image:
            for number in range(getattr(image, "n_frames", 1)):
                image.seek(number)
                yield image.convert("RGB"), image.info.get("dpi", (_DPI, _DPI))
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise ReadError("damaged", "Tệp ảnh bị hỏng hoặc quá lớn, không mở được.") from error


def _recognise(pages: list[Path], layer: Path, *, text_only: bool) -> None:
    listed = layer.with_suffix(".txt")
    listed.write_text("\n".join(str(page) for page in pages) + "\n", encoding="utf-8")
    with tesserocr.PyTessBaseAPI(path=data_folder(), lang="vie", psm=tesserocr.PSM.AUTO_OSD) as engine:
        engine.SetVariable("tessedit_create_pdf", "1")
        engine.SetVariable("textonly_pdf", "1" if text_only else "0")
        engine.ProcessPages(str(layer), str(listed))
    _check_written(layer.with_suffix(".pdf"), len(pages))


def _check_written(layer: Path, pages: int) -> None:
    """Tesseract leaves a PDF without its end, and says nothing, where the disk is full. Raises OSError then."""
    try:
        with pikepdf.open(layer) as pdf:
            whole = len(pdf.pages) == pages
    except (pikepdf.PdfError, FileNotFoundError):
        whole = False
    if whole:
        return
    if shutil.disk_usage(layer.parent).free < _ROOM:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    raise ReadError("damaged", "Không ghi được bản PDF tìm được chữ của tệp này.")


def _lay_under(source: Path, layer: Path, target: Path) -> None:
    with pikepdf.open(source) as kept, pikepdf.open(layer) as text:
        for page, below in zip(kept.pages, text.pages, strict=True):
            page.add_underlay(below, None)
        kept.save(target)
