"""PDFs of any number of pages for `bench.pdf_speed`: prose, plans, lists, tables, several dispatches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count, cycle
from pathlib import Path

import pypdfium2
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from bench.cases import ROOT

_FONT = "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf"
_SIZE, _PITCH, _LEFT, _TOP = 13, 18.5, 85, 770
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_TASK = "Ủy ban nhân dân xã Tân Sơn rà soát hồ sơ của từng hộ, lập danh sách và gửi Ủy ban nhân dân huyện"
_HOW = (
    "Việc rà soát làm đến từng thôn, có biên bản và chữ ký của người lập; kết quả được niêm yết tại nhà văn hóa "
    "thôn và thông báo trên hệ thống truyền thanh của xã để nhân dân biết, giám sát và góp ý kiến."
)
_COLUMNS = (50, 90, 250, 320, 390, 460, 545)
_ROWS = 36


def long_file(kind: str, pages: int, folder: Path) -> Path:
    """A PDF of so many pages of that kind (one of `KINDS`); the first one begins with the opening of a dispatch."""
    path = folder / f"{kind}-{pages}.pdf"
    if kind == "dispatches":
        return _bound(pages, path)
    if kind == "letter and list":
        return _behind_a_letter(long_file("list", pages - 1, folder), path)
    pdfmetrics.registerFont(TTFont("Serif", _FONT))
    canvas = Canvas(str(path), pagesize=A4)
    draw = _DRAWN[kind]()
    for number in range(pages):
        canvas.setFont("Serif", _SIZE)
        top = _write(canvas, _opening()) if number == 0 else _TOP
        draw(canvas, top)
        canvas.showPage()
    canvas.save()
    return path


def _bound(pages: int, path: Path) -> Path:
    """The files of the corpus bound into one, each as often as it takes."""
    files = [pypdfium2.PdfDocument(file) for file in sorted(ROOT.glob("corpus/*/*.pdf"))]
    rounds = pages // sum(map(len, files)) + 1
    bound = pypdfium2.PdfDocument.new()
    for file in files:
        wanted = [*range(len(file))] * rounds
        bound.import_pages(file, wanted[: pages - len(bound)])
        if len(bound) == pages:
            break
    bound.save(path)
    return path


def _behind_a_letter(long: Path, path: Path) -> Path:
    """A dispatch behind the letter of one page that it came with."""
    letter = next(file for file in map(pypdfium2.PdfDocument, sorted(ROOT.glob("corpus/*/*.pdf"))) if len(file) == 1)
    letter.import_pages(pypdfium2.PdfDocument(long))
    letter.save(path)
    return path


def _opening() -> list[str]:
    text = sorted(ROOT.glob("corpus/*/*.txt"))[0].read_text(encoding="utf-8")
    return text.splitlines()[:12]


def _write(canvas: Canvas, lines: list[str], top: float = _TOP) -> float:
    """Draws lines from the top down; where the next one would stand."""
    for line in lines:
        canvas.drawString(_LEFT, top, line)
        top -= _PITCH
    return top


def _prose_lines() -> Iterator[str]:
    """The long paragraphs of the corpus, as lines of the width of a page, over and over."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("corpus/*/*.txt"))]
    long = [line for text in texts for line in text.splitlines() if len(line) > 200 and "\t" not in line]
    return cycle([line for text in long for line in simpleSplit(text, "Serif", _SIZE, 465)])


def _written(lines: Iterator[str], lowest: float = 70) -> Callable[[Canvas, float], None]:
    """Pages filled with lines, one after the other, down to a height."""

    def draw(canvas: Canvas, top: float) -> None:
        _write(canvas, [next(lines) for _ in range(int((top - lowest) / _PITCH))], top)

    return draw


def _plan_lines() -> Iterator[str]:
    """Tasks under numbered sections, each with a deadline and a second paragraph."""
    for number in count():
        section, task = divmod(number, 20)
        if task == 0:
            yield f"{_ROMAN[section % len(_ROMAN)]}. NHIỆM VỤ TRỌNG TÂM CỦA ĐỢT {section // len(_ROMAN) + 1}"
        asked = f"{task + 1}. {_TASK} trước ngày {number % 28 + 1}/12/2025."
        for paragraph in (asked, _HOW):
            yield from simpleSplit(paragraph, "Serif", _SIZE, 465)


def _list() -> Callable[[Canvas, float], None]:
    numbers = count()

    def draw(canvas: Canvas, top: float) -> None:
        items = []
        for number in (next(numbers) for _ in range(int((top - 70) / _PITCH))):
            items.append(f"{number % 90 + 1}. Ủy ban nhân dân xã Tân Sơn báo cáo trước ngày {number % 28 + 1}/12/2025.")
        _write(canvas, items, top)

    return draw


def _citing_lines() -> Iterator[str]:
    """Paragraphs that each cite another document."""
    for number in count(1):
        cited = f"Công văn số {number}/UBND-VX ngày {number % 28 + 1}/{number % 12 + 1}/2023 của Ủy ban nhân dân huyện"
        yield from simpleSplit(f"Xã Tân Sơn đã thực hiện {cited} về rà soát hộ nghèo.", "Serif", _SIZE, 465)


def _table() -> Callable[[Canvas, float], None]:
    numbers = count()

    def draw(canvas: Canvas, top: float) -> None:
        rows = int((top - 50) / 20)
        for row in range(rows + 1):
            canvas.line(_COLUMNS[0], top - 20 * row, _COLUMNS[-1], top - 20 * row)
        for x in _COLUMNS:
            canvas.line(x, top, x, top - 20 * rows)
        for row in range(rows):
            for x, text in zip(_COLUMNS, _row(next(numbers)), strict=False):
                canvas.drawString(x + 3, top - 20 * row - 15, text)

    return draw


def _row(number: int) -> tuple[str, ...]:
    if number == 0:
        return "STT", "Đơn vị", "Năm 2023", "Năm 2024", "Kế hoạch", "Tỷ lệ (%)"
    before, now = (f"{number * prime % 100000:,}".replace(",", ".") for prime in (7919, 104729))
    return str(number), f"Xã số {number}", before, now, str(number * 31 % 999), f"{number * 17 % 100},{number % 10}"


_DRAWN: dict[str, Callable[[], Callable[[Canvas, float], None]]] = {
    "prose": lambda: _written(_prose_lines()),
    "lean prose": lambda: _written(_prose_lines(), lowest=570),
    "plan": lambda: _written(_plan_lines()),
    "list": _list,
    "citations": lambda: _written(_citing_lines()),
    "table": _table,
}
"""What fills the pages, by name: each makes a function that draws a page from a height downwards."""

KINDS = (*_DRAWN, "dispatches", "letter and list")
