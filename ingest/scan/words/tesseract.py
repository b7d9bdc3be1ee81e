"""The OCR engine: Tesseract in process, one for each worker, with Debian's Vietnamese data.

In process it needs no start, no pictures written to disk and no reloading of the language; reading line by line, with
room above for the stacked marks (ế, ổ), it makes half the errors of Tesseract's own page segmentation.
"""

from __future__ import annotations

import os
import re

# One thread a worker: with more, Tesseract burns two to three times the CPU for no gain. Read at the library's start.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import tesserocr

from ingest.door.errors import ReadError
from ingest.scan.picture.picture import Grey
from vietnamese.fold import nfc

_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
_LANGUAGE = "vie"
_FIGURES = "0123456789.,%"
# One printed Đ comes out as the letter and its Icelandic twin side by side.
_DOUBLED_D = re.compile("[ĐÐ]*Ð[ĐÐ]*")


class SeenWord(NamedTuple):
    """A word or a letter that the engine saw: its text, its box in pixels of what was read, confidence 0 to 1."""

    text: str
    x0: int
    top: int
    x1: int
    bottom: int
    confidence: float


def engine_name() -> str:
    """The engine and its version, for the record."""
    version = str(tesserocr.tesseract_version()).split()
    return f"tesseract {version[1]}"


@cache
def data_folder() -> str:
    """The folder with the Vietnamese data. Raises `ReadError("no_ocr")` where it is not installed."""
    prefix = os.environ.get("TESSDATA_PREFIX")
    folders = [prefix, *_FOLDERS] if prefix else list(_FOLDERS)
    for folder in folders:
        if (Path(folder) / f"{_LANGUAGE}.traineddata").is_file():
            return folder
    raise ReadError(
        "no_ocr",
        "Trang này là ảnh quét nhưng máy chưa có dữ liệu nhận dạng chữ tiếng Việt. "
        "Hãy cài gói tesseract-ocr-vie (Debian/Ubuntu: apt install tesseract-ocr tesseract-ocr-vie).",
    )


@cache
def _engine() -> tesserocr.PyTessBaseAPI:
    """The engine of this process, loaded at the first page."""
    engine = tesserocr.PyTessBaseAPI(path=data_folder(), lang=_LANGUAGE, psm=tesserocr.PSM.SINGLE_LINE)
    # Dispatches are set in proportional type: looking for a fixed pitch costs 5 % of each line for nothing.
    engine.SetVariable("textord_all_prop", "1")
    return engine


def read_line(line: Grey, dpi: float, *, raw: bool = False, figures: bool = False) -> list[SeenWord]:
    """The words of a picture that holds one line of text.

    `raw` passes by Tesseract's own look at the line, which goes wrong on one or two letters; with `figures` only
    digits and their signs are read.
    """
    items = _recognised(line, dpi, tesserocr.RIL.WORD, raw=raw, figures=figures)
    found = [seen for item in items if (seen := _seen(item, tesserocr.RIL.WORD)) is not None]
    return [seen._replace(text=_DOUBLED_D.sub("Đ", seen.text)) for seen in found]


class Letter(NamedTuple):
    """A letter with its box in pixels, and whether a word begins with it."""

    text: str
    x0: int
    top: int
    x1: int
    bottom: int
    confidence: float
    begins_word: bool


def read_letters(line: Grey, dpi: float) -> list[Letter]:
    """The letters of one line; their boxes are good to about half a letter."""
    items = _recognised(line, dpi, tesserocr.RIL.SYMBOL, raw=False, figures=False)
    found = [
        Letter(*seen, begins_word=bool(item.IsAtBeginningOf(tesserocr.RIL.WORD)))
        for item in items
        if (seen := _seen(item, tesserocr.RIL.SYMBOL)) is not None
    ]
    letters: list[Letter] = []
    for letter in found:
        if letters and letters[-1].text + letter.text in ("ĐÐ", "ÐĐ", "ÐÐ"):
            letters[-1] = letters[-1]._replace(x1=letter.x1)
        else:
            letters.append(letter)
    return [letter._replace(text=letter.text.replace("Ð", "Đ")) for letter in letters]


def _recognised(
    line: Grey, dpi: float, level: int, *, raw: bool, figures: bool
) -> Iterator[tesserocr.PyResultIterator]:
    height, width = line.shape
    engine = _engine()
    engine.SetPageSegMode(tesserocr.PSM.RAW_LINE if raw else tesserocr.PSM.SINGLE_LINE)
    engine.SetVariable("tessedit_char_whitelist", _FIGURES if figures else "")
    engine.SetImageBytes(np.ascontiguousarray(line).tobytes(), width, height, 1, width)
    engine.SetSourceResolution(int(dpi))
    engine.Recognize()
    found = engine.GetIterator()
    if found is not None:
        yield from tesserocr.iterate_level(found, level)


def _seen(item: tesserocr.PyResultIterator, level: int) -> SeenWord | None:
    try:
        text = nfc(item.GetUTF8Text(level)).strip()
    except RuntimeError:  # tesserocr's way to say that there is nothing
        return None
    box = item.BoundingBox(level)
    if not text or box is None:
        return None
    x0, top, x1, bottom = box
    return SeenWord(text, x0, top, x1, bottom, item.Confidence(level) / 100)
