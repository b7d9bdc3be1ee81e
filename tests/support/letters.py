"""Letterheads and closings of the test cases, set in every layout in which offices write them.

A case has the two halves of a letterhead (`left`, `right`; `!` before a line that is bold), what stands centred below
(`under`), Kính gửi (`to`), a body, and the two halves of the closing (`notes`, `sign`). The same words are set as
plain text one half after the other, as text with both halves on one line, as Word tables with a cell a half and with a
cell a line, with tab stops, in text boxes and in Word's page header, and as PDF.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from ingest.door.registry import SourceFile
from ingest.door.sniff import DOCX
from ingest.pdf.reader import read_pdf
from ingest.text.reader import read_text
from ingest.word.reader import read_docx
from parsers.parse import parse
from schemas.dispatch import Dispatch
from tests.support.word import word_bytes

Case = Mapping[str, Any]
_BODY = """
Thực hiện chương trình công tác năm, cơ quan đề nghị các đơn vị phối hợp triển khai những nội dung sau đây.
1. Rà soát tình hình tại đơn vị, tổng hợp khó khăn, vướng mắc phát sinh trong quá trình thực hiện.
2. Gửi báo cáo kết quả về cơ quan để tổng hợp chung theo quy định./."""
_FONTS = Path("/usr/share/fonts/truetype/liberation2")


def lines_of(case: Case, part: str) -> list[str]:
    """The lines of a part of a case, as printed."""
    text = case.get(part, _BODY if part == "body" else "")
    return [line for line in text.strip("\n").split("\n") if line.strip()]


def plain(line: str) -> str:
    """A line without the mark of bold letters."""
    return line.removeprefix("!")


def _halves(case: Case, closing: bool) -> list[tuple[str, str]]:
    left, right = ("notes", "sign") if closing else ("left", "right")
    return list(zip_longest(lines_of(case, left), lines_of(case, right), fillvalue=""))


def _between(case: Case) -> list[str]:
    return [*lines_of(case, "under"), *lines_of(case, "to"), *lines_of(case, "body")]


def text_of(case: Case) -> str:
    """One half after the other."""
    parts = ("left", "right", "under", "to", "body", "notes", "sign")
    return "\n".join("\n".join(map(plain, lines_of(case, part))) + "\n" for part in parts if lines_of(case, part))


def text_side_by_side(case: Case) -> str:
    """Both halves on one line, parted by spaces."""
    head = [f"{plain(left):<50}{right.removeprefix('!')}".rstrip() for left, right in _halves(case, closing=False)]
    foot = [f"{left:<50}{right}".rstrip() for left, right in _halves(case, closing=True)]
    return "\n".join([*head, "", *_between(case), "", *foot])


def _p(line: str, align: str = "center") -> str:
    bold = "<w:b/>" if line.startswith("!") else ""
    return (
        f'<w:p><w:pPr><w:jc w:val="{align}"/></w:pPr><w:r><w:rPr>{bold}</w:rPr>'
        f'<w:t xml:space="preserve">{escape(plain(line))}</w:t></w:r></w:p>'
    )


def _cell(lines: list[str]) -> str:
    return f"<w:tc><w:tcPr/>{''.join(map(_p, lines)) or '<w:p/>'}</w:tc>"


def _table(rows: list[tuple[list[str], list[str]]]) -> str:
    inside = "".join(f"<w:tr>{_cell(left)}{_cell(right)}</w:tr>" for left, right in rows)
    return (
        f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="4500"/><w:gridCol w:w="5200"/></w:tblGrid>{inside}</w:tbl><w:p/>'
    )


def _middle(case: Case) -> str:
    under = "".join(_p("!" + plain(line)) for line in lines_of(case, "under"))
    return under + "".join(_p(line, "both") for line in [*lines_of(case, "to"), *lines_of(case, "body")])


def word_cells(case: Case) -> bytes:
    """A table with one cell a half."""
    head = _table([(lines_of(case, "left"), lines_of(case, "right"))])
    return word_bytes(head + _middle(case) + _table([(lines_of(case, "notes"), lines_of(case, "sign"))]))


def word_rows(case: Case) -> bytes:
    """A table with a row a line: names beside the Quốc hiệu, the number beside the day, the subject below."""
    left, right = lines_of(case, "left"), lines_of(case, "right")
    number = next(at for at, line in enumerate(left) if re.match(r"S[ốỐ]\b", line))
    rows = [(left[:number], right[:-1]), (left[number : number + 1], right[-1:])]
    rows += [([line], []) for line in left[number + 1 :]]
    return word_bytes(_table(rows) + _middle(case) + _table([([a], [b]) for a, b in _halves(case, closing=True)]))


def word_tabs(case: Case) -> bytes:
    """Both halves of a line in one paragraph, each behind a tab stop."""
    stops = '<w:tabs><w:tab w:val="center" w:pos="1900"/><w:tab w:val="center" w:pos="6600"/></w:tabs>'

    def line(halves: tuple[str, str]) -> str:
        runs = "".join(
            f"<w:r><w:rPr>{'<w:b/>' if half.startswith('!') else ''}</w:rPr><w:tab/>"
            f'<w:t xml:space="preserve">{escape(plain(half))}</w:t></w:r>'
            for half in halves
            if half or halves[1]
        )
        return f"<w:p><w:pPr>{stops}</w:pPr>{runs}</w:p>"

    head = "".join(map(line, _halves(case, closing=False)))
    return word_bytes(head + _middle(case) + "".join(map(line, _halves(case, closing=True))))


def word_boxes(case: Case) -> bytes:
    """The halves of the letterhead in two text boxes."""
    boxes = ""
    for part, left, width in (("left", 0, 200), ("right", 205, 265)):
        inside = "".join(map(_p, lines_of(case, part)))
        boxes += (
            f'<w:r><w:pict><v:rect style="position:absolute;margin-left:{left}pt;margin-top:0;width:{width}pt;'
            f'height:90pt"><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></v:rect></w:pict></w:r>'
        )
    return word_bytes(
        f"<w:p>{boxes}</w:p>" + _middle(case) + _table([(lines_of(case, "notes"), lines_of(case, "sign"))])
    )


def word_header(case: Case) -> bytes:
    """The letterhead in the page header."""
    head = _table([(lines_of(case, "left"), lines_of(case, "right"))])
    body = _middle(case) + _table([(lines_of(case, "notes"), lines_of(case, "sign"))])
    return word_bytes(body, header=head)


def pdf_of(case: Case) -> bytes:
    """A PDF, typeset by its places: halves centred in their columns, a rule under each."""
    for name in ("Regular", "Bold"):
        if f"Letters-{name}" not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(f"Letters-{name}", str(_FONTS / f"LiberationSerif-{name}.ttf")))
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1)
    y = _pdf_halves(canvas, _halves(case, closing=False), 790.0)
    for part, centred in (("under", True), ("to", False), ("body", False)):
        for line in lines_of(case, part):
            y = _pdf_line(canvas, "!" + line if centred else line, 318.0 if centred else 85.0, y, centred=centred)
        y -= 8
    _pdf_halves(canvas, _halves(case, closing=True), y, left_aligned=True)
    canvas.save()
    return stream.getvalue()


def _pdf_halves(canvas: Canvas, rows: list[tuple[str, str]], top: float, *, left_aligned: bool = False) -> float:
    lowest = top
    for side, middle in ((0, 165.0), (1, 420.0)):
        y = top
        lines = [row[side] for row in rows if row[side]]
        for index, line in enumerate(lines):
            # The name stands below the signature.
            y -= 50 if left_aligned and side and index == len(lines) - 1 else 0
            x, centred = (85.0, False) if left_aligned and not side else (middle, True)
            y = _pdf_line(canvas, line, x, y, centred=centred, size=12)
        lowest = min(lowest, y)
    return lowest - 14


def _pdf_line(canvas: Canvas, line: str, x: float, y: float, *, centred: bool, size: float = 13) -> float:
    font = "Letters-Bold" if line.startswith("!") else "Letters-Regular"
    words, rows, width = plain(line).split(" "), [""], 240 if centred and size < 13 else 460
    for word in words:
        longer = f"{rows[-1]} {word}".strip()
        if rows[-1] and pdfmetrics.stringWidth(longer, font, size) > width:
            rows.append(word)
        else:
            rows[-1] = longer
    for row in rows:
        canvas.setFont(font, size)
        (canvas.drawCentredString if centred else canvas.drawString)(x, y, row)
        y -= size + 4
    return y


def _read_text(text: str) -> Dispatch:
    return parse(read_text(SourceFile(path=Path("thu.txt"), media_type="text/plain", data=text.encode())))


def _read_word(data: bytes) -> Dispatch:
    return parse(read_docx(SourceFile(path=Path("thu.docx"), media_type=DOCX, data=data)))


def _read_pdf(data: bytes) -> Dispatch:
    return parse(read_pdf(SourceFile(path=Path("thu.pdf"), media_type="application/pdf", data=data)))


LAYOUTS: dict[str, Callable[[Case], Dispatch]] = {
    "text": lambda case: _read_text(text_of(case)),
    "side-by-side": lambda case: _read_text(text_side_by_side(case)),
    "cells": lambda case: _read_word(word_cells(case)),
    "rows": lambda case: _read_word(word_rows(case)),
    "tabs": lambda case: _read_word(word_tabs(case)),
    "boxes": lambda case: _read_word(word_boxes(case)),
    "page-header": lambda case: _read_word(word_header(case)),
    "pdf": lambda case: _read_pdf(pdf_of(case)),
}
"""How each layout is read, from the case to its record."""

FIELDS = (
    "parent_body", "issuing_body", "number", "symbol", "so_hieu", "doc_type", "subject", "place", "date",
    "recipients", "distribution", "signers", "urgency", "secrecy", "is_draft",
)  # fmt: skip


def header_of(record: Dispatch) -> dict[str, Any]:
    """The header in the words of the cases: empty for null, `name|purpose`, `authority|title|name`."""
    header = record.header
    fields: dict[str, Any] = {name: "" if value is None else value for name, value in header}
    fields["date"] = header.date.isoformat() if header.date else ""
    fields["recipients"] = list(header.recipients)
    fields["distribution"] = [f"{d.name}|{d.purpose}" if d.purpose else d.name for d in header.distribution]
    fields["signers"] = [f"{s.authority or ''}|{s.title or ''}|{s.name or ''}" for s in header.signers]
    return fields


def misses(case: Case, record: Dispatch) -> dict[str, tuple[Any, Any]]:
    """The fields that differ: what is expected and what was read."""
    got = header_of(record)
    defaults = {"urgency": "", "secrecy": "", "is_draft": False}
    wanted = {name: case.get(name, defaults.get(name)) for name in FIELDS if name in case or name in defaults}
    return {name: (value, got[name]) for name, value in wanted.items() if got[name] != value}
