"""Writes a dispatch as another kind of PDF than a word processor's: letters with two marks in another font, drawn last.

So do programs whose font lacks those letters: the content stream then holds a page's words with holes, and the missing
letters after them, out of order. Only their places on the page tell where they belong. Tables are ruled with lines.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from corpus import layout
from corpus.source import Dispatch
from corpus.tables import SourceTable

_FONTS = Path("/usr/share/fonts/truetype")
_PLAIN, _BOLD, _OTHER = "Corpus", "Corpus-Bold", "Corpus-Other"
_LEFT, _RIGHT, _TOP, _BOTTOM = 85.0, 552.0, 785.0, 57.0
_MARKED = set("ấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữựẤẦẨẪẬẮẰẲẴẶẾỀỂỄỆỐỒỔỖỘỚỜỞỠỢỨỪỬỮỰ")
"""Letters with two marks: what an older font lacks."""


def fonts_are_there() -> bool:
    """Whether the fonts that this needs are installed (Debian: fonts-liberation2, fonts-dejavu)."""
    return all(path.exists() for path in _font_files().values())


def _font_files() -> dict[str, Path]:
    return {
        _PLAIN: _FONTS / "liberation2/LiberationSerif-Regular.ttf",
        _BOLD: _FONTS / "liberation2/LiberationSerif-Bold.ttf",
        _OTHER: _FONTS / "dejavu/DejaVuSerif.ttf",
    }


def write_pdf(dispatch: Dispatch, path: Path) -> None:
    """Write the file."""
    for name, file in _font_files().items():
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(file)))
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    for one in [dispatch, *dispatch.attached]:
        _Sheet(canvas).write(one)
    canvas.save()


@dataclass
class _Sheet:
    """The page that is being written; letters of the other font wait until it is full."""

    canvas: Canvas
    y: float = _TOP
    number: int = 1
    late: list[tuple[float, float, str, float]] = field(default_factory=list)

    def write(self, dispatch: Dispatch) -> None:
        self._head(dispatch)
        for line in dispatch.lines:
            label = f"{line.label} " if line.label else ""
            self._paragraph(label + line.marked.text)
            place = str(dispatch.lines.index(line))
            for table in (table for table in dispatch.tables if table.after == place):
                self._table(table)
        self._closing(dispatch)
        for table in (table for table in dispatch.tables if table.after is None):
            self.turn()
            self._table(table)
        if "last_line" in dispatch.form:
            self._paragraph(dispatch.form["last_line"])
        self.turn(last=True)

    def turn(self, *, last: bool = False) -> None:
        for x, y, letter, size in self.late:
            self.canvas.setFont(_OTHER, size)
            self.canvas.drawString(x, y, letter)
        self.late.clear()
        self.canvas.showPage()
        self.y = _TOP
        self.number = 1 if last else self.number + 1
        if not last:
            self.text(318, 810, str(self.number), _PLAIN, 13)

    def _room(self, height: float) -> None:
        if self.y - height < _BOTTOM:
            self.turn()

    def text(self, x: float, y: float, text: str, font: str, size: float) -> None:
        """One line, its letters with two marks left out and kept for later."""
        run, start = "", x
        for letter in text:
            width = pdfmetrics.stringWidth(letter, font, size)
            if letter in _MARKED:
                self._run(start, y, run, font, size)
                self.late.append((x, y, letter, size * 0.88))
                run, start = "", x + width
            else:
                run += letter
            x += width
        self._run(start, y, run, font, size)

    def _run(self, x: float, y: float, text: str, font: str, size: float) -> None:
        if text:
            self.canvas.setFont(font, size)
            self.canvas.drawString(x, y, text)

    def _centred(self, middle: float, text: str, font: str, size: float) -> None:
        self.text(middle - pdfmetrics.stringWidth(text, font, size) / 2, self.y, text, font, size)

    def _column(self, middle: float, lines: list[tuple[str, str]], size: float) -> None:
        for text, font in lines:
            self._centred(middle, text, font, size)
            self.y -= size * 1.25

    def _head(self, dispatch: Dispatch) -> None:
        if dispatch.form.get("letterhead") != "none":
            parent, issuer = layout.names(dispatch)
            left = [(text, _PLAIN) for text in parent] + [(text, _BOLD) for text in issuer]
            left += [(text, _PLAIN) for text in layout.under_names(dispatch)]
            *names, date = layout.right_head(dispatch)
            top = self.y
            left = [(part, font) for text, font in left for part in _wrapped(text, font, 12, 172, 0) or [text]]
            self._column(170, left, 12)
            bottom, self.y = self.y, top
            self._column(412, [*((text, _BOLD) for text in names), ("", _PLAIN), (date, _PLAIN)], 12)
            self.y = min(bottom, self.y) - 12
        kind, subject = layout.title(dispatch)
        for text in [*kind, *subject, *(["-----"] if kind and layout.is_party(dispatch) else [])]:
            self._centred(318, text, _BOLD, 14)
            self.y -= 18
        if "stamp" in dispatch.form:
            self.text(_LEFT, self.y, dispatch.form["stamp"], _BOLD, 13)
            self.y -= 18
        for text in layout.addressees(dispatch):
            self.text(155 if text.startswith("Kính") else 200, self.y, text, _PLAIN, 13)
            self.y -= 18
        self.y -= 6

    def _paragraph(self, text: str) -> None:
        indent = 28.0
        for line in _wrapped(text, _PLAIN, 13.5, _RIGHT - _LEFT, indent):
            self._room(18)
            self.text(_LEFT + indent, self.y, line, _PLAIN, 13.5)
            self.y -= 18
            indent = 0.0
        self.y -= 4

    def _closing(self, dispatch: Dispatch) -> None:
        receivers = layout.receivers(dispatch)
        blocks = layout.signature_blocks(dispatch)
        self._room(15.0 * max(len(receivers), 9))
        self.y -= 10
        top = self.y
        for text in receivers:
            self.text(_LEFT, self.y, text, _BOLD if text == "Nơi nhận:" else _PLAIN, 11)
            self.y -= 14
        middles = (170, 460) if len(blocks) > 1 else (430,)
        for middle, (lines, name) in zip(middles, blocks, strict=False):
            self.y = top - (14 * len(receivers) + 20 if len(blocks) > 1 else 0)
            self._column(middle, [*((text, _BOLD) for text in lines), *[("", _PLAIN)] * 4, (name, _BOLD)], 13)

    def _table(self, table: SourceTable) -> None:
        for text in [table.label, *layout.lines(table.caption), f"({table.note})" if table.note else None]:
            for line in _wrapped(text or "", _BOLD, 13, _RIGHT - _LEFT, 0):
                self._centred(318, line, _BOLD, 13)
                self.y -= 17
        _Ruled(self, table).write()


class _Ruled:
    """A table, every cell in its box; the heading is printed again on each page."""

    def __init__(self, sheet: _Sheet, table: SourceTable) -> None:
        shares = [{"ordinal": 1.0, "text": 4.0}.get(kind, 2.0) for _, kind in table.columns]
        unit = (_RIGHT - _LEFT) / sum(shares)
        self.sheet, self.table = sheet, table
        self.edges = [_LEFT + unit * sum(shares[:place]) for place in range(len(shares) + 1)]
        self.size = 8.5 if len(shares) > 8 else 10.5

    def write(self) -> None:
        self._headings()
        for kind, cells in self.table.rows:
            if self.sheet.y - self._height(cells) < _BOTTOM:
                self.sheet.turn()
                self._headings()
            self._row(cells, _PLAIN if kind == "data" else _BOLD)
        self.sheet.y -= 20

    def _headings(self) -> None:
        height = max(self._height([path[-1] for path, _ in self.table.columns]), 2 * self.size * 1.25 + 5)
        for (top, left), (bottom, right), text in self.table.heading_cells():
            box = (self.edges[left], self.sheet.y - top * height, self.edges[right + 1])
            self._cell(box, (bottom - top + 1) * height, text, _BOLD)
        self.sheet.y -= self.table.depth * height
        if self.table.index:
            self._row(self.table.index, _PLAIN)

    def _height(self, cells: list[str]) -> float:
        lines = [len(self._lines(text, *self.edges[place : place + 2])) for place, text in enumerate(cells)]
        return max(1, *lines) * self.size * 1.25 + 5

    def _lines(self, text: str, left: float, right: float) -> list[str]:
        return _wrapped(text, _BOLD, self.size, right - left - 6, 0)

    def _row(self, cells: list[str], font: str) -> None:
        height = self._height(cells)
        for place, text in enumerate(cells):
            self._cell((self.edges[place], self.sheet.y, self.edges[place + 1]), height, text, font)
        self.sheet.y -= height

    def _cell(self, box: tuple[float, float, float], height: float, text: str, font: str) -> None:
        left, top, right = box
        self.sheet.canvas.rect(left, top - height, right - left, height)
        y = top - self.size - 1
        for line in self._lines(text, left, right):
            width = pdfmetrics.stringWidth(line, font, self.size)
            self.sheet.text(max(left + 3, (left + right - width) / 2), y, line, font, self.size)
            y -= self.size * 1.25


def _wrapped(text: str, font: str, size: float, width: float, indent: float) -> list[str]:
    """Lines of at most `width` points, the first one shorter by `indent`."""
    lines: list[str] = []
    line, room = "", width - indent
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and pdfmetrics.stringWidth(longer, font, size) > room:
            lines.append(line)
            line, room = word, width
        else:
            line = longer
    return [*lines, line] if line else lines
