"""Makes the letters: each as a Word file, from that a PDF, and from that a scan."""

from __future__ import annotations

import random
import re
import tomllib
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm, Pt

from bench.cases import ROOT
from corpus.build import convert
from corpus.scans import Way, worn

BUILT = ROOT / "corpus" / "built" / "inspected"
FORMS = ("docx", "pdf", "scan")
SETS = {"first": ("prose", "tables"), "second": ("second",), "third": ("third",)}
_SPANS = re.compile(r"(.*?)(?:<(\d+))?(?:\^(\d+))?")
_WAY = Way("300-grey", skew=0.4)


@dataclass(frozen=True)
class Letter:
    """One letter of the set: its name in the set, the letters that it is looked at with, and how it is marked."""

    name: str
    group: str
    raw: dict[str, Any]

    def path(self, form: str) -> Path:
        """The letter's file in one of the forms."""
        return BUILT / f"{self.name}.scan.pdf" if form == "scan" else BUILT / f"{self.name}.{form}"


def letters(sets: Iterable[str] = SETS) -> list[Letter]:
    """All letters of the sets."""
    found = []
    for file in (file for name in sets for file in SETS[name]):
        text = Path(__file__).with_name(f"{file}.toml").read_text(encoding="utf-8")
        for place, raw in enumerate(tomllib.loads(text)["letter"], start=1):
            name = f"{file}-{place:02}"
            found.append(Letter(name, raw.get("group", name), raw))
    return found


def build(forms: tuple[str, ...], sets: Iterable[str] = SETS) -> None:
    """Make the files of the sets that are not there yet."""
    BUILT.mkdir(parents=True, exist_ok=True)
    wanted = letters(sets)
    for one in wanted:
        if not one.path("docx").exists():
            _write(one.raw, one.path("docx"))
    if "pdf" in forms or "scan" in forms:
        unmade = [one.path("docx") for one in wanted if not one.path("pdf").exists()]
        if unmade:
            convert(unmade, "pdf")
    for one in wanted if "scan" in forms else ():
        if not one.path("scan").exists():
            _scan(one.path("pdf"), one.path("scan"))


def _write(raw: dict[str, Any], path: Path) -> None:
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(13)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(15)
    parent, issuer, number, date, kind, subject = (part.strip() for part in raw["head"].split(" | "))
    _head(document, parent, issuer, number, date)
    for text in (kind, subject[0].upper() + subject[1:]):
        _centred(document, text, bold=True)
    for line in raw["text"].strip().splitlines():
        document.add_paragraph(line).paragraph_format.first_line_indent = Mm(10)
    appendix = raw.get("appendix")
    if appendix is None:
        _tables(document, raw)
    document.add_paragraph(f"Trên đây là {kind.lower()} của {issuer.title()}.")
    _closing(document)
    if appendix is not None:
        document.add_page_break()
        _centred(document, appendix, bold=True)
        _tables(document, raw)
    document.save(str(path))


def _head(document: Docx, parent: str, issuer: str, number: str, date: str) -> None:
    """The letterhead of the State, or of the Party where the number is written its way (Hướng dẫn 36)."""
    party = "-" in number.partition("/")[0]
    sides = document.add_table(1, 2).rows[0].cells
    left = (parent, issuer, "*", f"Số {number}") if party else (parent, issuer, f"Số: {number}")
    right = (
        ("ĐẢNG CỘNG SẢN VIỆT NAM", "", date)
        if party
        else ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", date)
    )
    for cell, lines in zip(sides, (left, right), strict=True):
        for text in lines:
            paragraph = cell.add_paragraph()
            paragraph.alignment = ALIGN.CENTER
            paragraph.add_run(text).font.size = Pt(11)


def _closing(document: Docx) -> None:
    left, right = document.add_table(1, 2).rows[0].cells
    left.text = "Nơi nhận:\n- Như trên;\n- Lưu: VT."
    right.text = "THỦ TRƯỞNG\n\n\n\nĐinh Khắc Vượng"
    for paragraph in right.paragraphs:
        paragraph.alignment = ALIGN.CENTER


def _centred(document: Docx, text: str, bold: bool) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = ALIGN.CENTER
    paragraph.add_run(text).bold = bold


def _tables(document: Docx, raw: dict[str, Any]) -> None:
    for drawing in raw.get("tables", []):
        lines = drawing.strip("\n").splitlines()
        if lines[0].startswith("# "):
            _centred(document, lines.pop(0)[2:], bold=True)
        _table(document, [[cell.strip() for cell in line.split(" | ")] for line in lines])
        document.add_paragraph()


def _table(document: Docx, rows: list[list[str]]) -> None:
    """A ruled table; `text<3` spans three columns, `text^2` two rows, `<` and `^` are covered places."""
    made = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            match = _SPANS.fullmatch(text)
            if text in ("<", "^") or match is None:
                continue
            cell = made.cell(row, column)
            over, under = int(match[2] or 1), int(match[3] or 1)
            if over > 1 or under > 1:
                cell = cell.merge(made.cell(row + under - 1, column + over - 1))
            cell.text = match[1]
            for paragraph in cell.paragraphs:
                paragraph.alignment = None if match[1][:1].isalpha() else ALIGN.CENTER


def _scan(pdf: Path, path: Path) -> None:
    """The pages as grey pictures, a little askew and noisy, by a chance that is always the same."""
    chance = random.Random(zlib.crc32(pdf.stem.encode()))
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [worn(page, _WAY, chance) for page in document]
    pages[0].save(path, save_all=True, append_images=pages[1:], resolution=_WAY.dpi, quality=_WAY.quality)
