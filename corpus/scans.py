"""Scanned forms of the corpus: pages as pictures, worn the way real scans are, with gold records of their own.

Each dispatch gets one of the ways below, by its place in the corpus; the wear is drawn from a generator seeded with
its name, so the same sources always give the same scans. Numbers and days written by pen are named in the gold
(`handwritten`): there null with a warning is right, and a wrong value is not.
"""

from __future__ import annotations

import json
import random
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
from PIL import Image

from corpus.scan_ink import Box, Page, arrival_stamp, seal, write_by_pen


@dataclass(frozen=True)
class Way:
    """How a dispatch is scanned. `turned` pages stand sideways (90) or upside down (180), by page number from 0."""

    name: str
    dpi: int = 300
    colours: str = "grey"
    skew: float = 0.5
    blur: float = 0.6
    noise: float = 6.0
    quality: int = 80
    sealed: bool = False
    stamped: bool = False
    pen: bool = False
    turned: tuple[tuple[int, int], ...] = ()
    suffix: str = ".pdf"


WAYS = (
    Way("300-grey", skew=0.4),
    Way("200-bilevel", dpi=200, colours="bilevel", skew=0.8, noise=10),
    Way("300-seal", colours="colour", sealed=True, skew=0.3),
    Way("200-grey", dpi=200, skew=1.2, noise=8, quality=45),
    Way("300-bilevel", colours="bilevel", skew=1.5, suffix=".tif"),
    Way("300-pen", colours="colour", pen=True, sealed=True, stamped=True, skew=0.6),
    Way("200-sideways", dpi=200, turned=((0, 90),), skew=0.2),
    Way("300-upside-down", turned=((0, 180),), skew=0.5, sealed=True),
    Way("200-pen", dpi=200, pen=True, skew=0.7, noise=8, quality=60),
    Way("200-seal", dpi=200, colours="colour", sealed=True, stamped=True, skew=1.0, quality=60),
)


def build_scans(folders: Iterable[Path], out: Path) -> None:
    """Scan every dispatch whose PDF lies in its folder; writes pictures and gold records into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    for place, folder in enumerate(folders):
        for pdf in folder.glob("*.pdf"):
            gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
            _scan(pdf, gold, WAYS[place % len(WAYS)], out)


def _scan(pdf: Path, gold: dict[str, Any], way: Way, out: Path) -> None:
    chance = random.Random(zlib.crc32(f"{pdf.stem} {way.name}".encode()))
    pages = []
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [_Sheet(page, way) for page in document]
    pages = [sheet for sheet in pages if sheet.text.strip()]
    if way.pen and _write_number(pages[0], gold, chance):
        gold["header"]["handwritten"] = ["number"]
    for sheet in pages:
        _mark(sheet, gold, way, chance)
    turned = dict(way.turned)
    pictures = [_wear(sheet.picture, way, chance, turned.get(place, 0)) for place, sheet in enumerate(pages)]
    stem = f"{pdf.stem}-{way.name}"
    _save(pictures, way, out / f"{stem}{way.suffix}")
    gold["ocr_probe"] = _probes(gold)
    (out / f"{stem}.json").write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def worn(page: pypdfium2.PdfPage, way: Way, chance: random.Random) -> Image.Image:
    """A page as a scanner of this kind gives it."""
    return _wear(_Sheet(page, way).picture, way, chance, 0)


class _Sheet:
    """A page as a picture, and where its printed text stands in it."""

    def __init__(self, page: pypdfium2.PdfPage, way: Way) -> None:
        self.scale = way.dpi / 72
        self.height = page.get_height()
        self.picture: Page = np.ascontiguousarray(page.render(scale=self.scale).to_numpy()[:, :, 2::-1])
        text = page.get_textpage()
        self.text = text.get_text_range()
        self._boxes = [text.get_charbox(place) for place in range(text.count_chars())]

    def find(self, words: str) -> Box | None:
        """The box of the first place where the words stand on one line, in pixels."""
        place = self.text.find(words)
        if place < 0 or len(self._boxes) < place + len(words):
            return None
        boxes = [box for box in self._boxes[place : place + len(words)] if box[2] > box[0]]
        return (
            int(min(box[0] for box in boxes) * self.scale),
            int((self.height - max(box[3] for box in boxes)) * self.scale),
            int(max(box[2] for box in boxes) * self.scale),
            int((self.height - min(box[1] for box in boxes)) * self.scale),
        )


def _write_number(sheet: _Sheet, gold: dict[str, Any], chance: random.Random) -> bool:
    """Replace the printed number by one written by pen; false where there is none."""
    number = gold["header"]["number"]
    printed = f"{number:02d}" if number is not None else ""
    line = sheet.find(f"{printed}{gold['header']['so_hieu'].removeprefix(printed)}") if printed else None
    if line is None:
        return False
    box = sheet.find(printed)
    if box is None or abs(box[1] - line[1]) > 6:
        return False
    write_by_pen(sheet.picture, box, printed, chance)
    return True


def _mark(sheet: _Sheet, gold: dict[str, Any], way: Way, chance: random.Random) -> None:
    for signer in gold["header"]["signers"] if way.sealed else ():
        box = sheet.find(signer["name"])
        if box:
            left = box[0] - int(4 / 25.4 * way.dpi)
            seal(sheet.picture, (left, box[1] - int(9 / 25.4 * way.dpi)), way.dpi, "CƠ QUAN BAN HÀNH VĂN BẢN * ")
    if way.stamped and gold["header"]["doc_type"] != "cong_van" and sheet.find("Số"):
        box = sheet.find("Số") or (0, 0, 0, 0)
        corner = (int(3 / 25.4 * way.dpi), box[3] + int(7 / 25.4 * way.dpi))
        arrival_stamp(sheet.picture, corner, way.dpi, chance)


def _wear(page: Page, way: Way, chance: random.Random, turned: int) -> Image.Image:
    noise = np.random.default_rng(chance.getrandbits(32))
    angle = way.skew * chance.choice((-1, 1))
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    page = cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))
    if way.colours != "colour":
        page = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)
    page = cv2.GaussianBlur(page, (0, 0), way.blur)
    worn = page.astype(np.float32) * 0.94 + 6 + noise.normal(0, way.noise, page.shape)
    picture = Image.fromarray(np.clip(worn, 0, 255).astype(np.uint8))
    if way.colours == "bilevel":
        picture = picture.point(lambda value: 255 if value > 150 else 0).convert("1")
    return picture.rotate(turned, expand=True) if turned else picture


def _save(pages: list[Image.Image], way: Way, path: Path) -> None:
    first, *others = pages
    options: dict[str, Any] = {"save_all": True, "append_images": others}
    if way.suffix == ".tif":
        first.save(path, compression="group4", dpi=(way.dpi, way.dpi), **options)
    else:
        # A bilevel picture is kept as CCITT group 4, which has no quality.
        quality = {} if way.colours == "bilevel" else {"quality": way.quality}
        first.save(path, resolution=way.dpi, **quality, **options)


def _probes(gold: dict[str, Any]) -> list[str]:
    """Texts of the body to measure character error on."""
    return [one["text"] for one in gold["directives"] if len(one["text"]) > 60]
