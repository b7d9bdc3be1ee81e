"""Pages with one table, drawn the ways that offices draw them: rules whole, partial or none, heads nested or turned."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONTS = Path("/usr/share/fonts/truetype/liberation2")
_FONT, _SIZE, _LEADING = "TableSerif", 11, 13
_PROSE = (
    "Thực hiện Kế hoạch công tác năm, Ủy ban nhân dân huyện yêu cầu các xã, thị trấn nghiêm túc",
    "triển khai những nội dung sau đây và báo cáo kết quả về Văn phòng trước ngày quy định.",
)


@dataclass(frozen=True)
class Spot:
    """A cell: its text, place and span; `turned` text runs upwards."""

    text: str
    row: int
    column: int
    down: int = 1
    across: int = 1
    turned: bool = False


@dataclass(frozen=True)
class Plan:
    """A table to be drawn: the borders of its columns, the heights of its rows, its cells, the first `head` rows its
    head. `rules`: `all`, `none`, `rows`, `columns` (rows of the body unruled), `head` (above and below the head, and at
    the end)."""

    lefts: Sequence[float]
    heights: Sequence[float]
    spots: Sequence[Spot]
    head: int
    rules: str = "all"
    numbers_from: int = 2


def page_of(plan: Plan) -> bytes:
    """A page with prose, the table and prose again."""
    pdfmetrics.registerFont(TTFont(_FONT, str(FONTS / "LiberationSerif-Regular.ttf")))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    height = A4[1]
    for place, line in enumerate((*_PROSE, "BẢNG TỔNG HỢP KẾT QUẢ THỰC HIỆN")):
        canvas.setFont(_FONT, 13)
        if place == 2:
            canvas.drawCentredString(A4[0] / 2 + 14, height - 130, line)
        else:
            canvas.drawString(85, height - 80 - 17 * place, line)
    tops = [150.0]
    for one in plan.heights:
        tops.append(tops[-1] + one)
    canvas.setLineWidth(0.6)
    for spot in plan.spots:
        _write(canvas, plan, tops, spot)
    _rule(canvas, plan, tops)
    canvas.setFont(_FONT, 13)
    for place, line in enumerate(_PROSE):
        canvas.drawString(85, height - tops[-1] - 40 - 17 * place, line)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _write(canvas: Canvas, plan: Plan, tops: Sequence[float], spot: Spot) -> None:
    left, right = plan.lefts[spot.column], plan.lefts[spot.column + spot.across]
    top, bottom = tops[spot.row], tops[spot.row + spot.down]
    lines, page = spot.text.split("\n"), A4[1]
    canvas.setFont(_FONT, _SIZE)
    if spot.turned:
        for place, line in enumerate(lines):
            canvas.saveState()
            x = (left + right) / 2 + 4 + (place - (len(lines) - 1) / 2) * _LEADING
            canvas.translate(x, page - bottom + 4)
            canvas.rotate(90)
            canvas.drawString(0, 0, line)
            canvas.restoreState()
        return
    first = (top + bottom) / 2 + 4 - (len(lines) - 1) * _LEADING / 2
    for place, line in enumerate(lines):
        y = page - first - place * _LEADING
        if spot.row < plan.head or spot.column == 0:
            canvas.drawCentredString((left + right) / 2, y, line)
        elif spot.column < plan.numbers_from:
            canvas.drawString(left + 3, y, line)
        else:
            canvas.drawRightString(right - 6, y, line)


def _rule(canvas: Canvas, plan: Plan, tops: Sequence[float]) -> None:
    left, right, page = plan.lefts[0], plan.lefts[-1], A4[1]
    if plan.rules in ("rows", "head"):
        chosen = tops if plan.rules == "rows" else (tops[0], tops[plan.head], tops[-1])
        for y in chosen:
            canvas.line(left, page - y, right, page - y)
        return
    if plan.rules == "none":
        return
    body = plan.rules == "columns"
    for spot in plan.spots:
        x0, x1 = plan.lefts[spot.column], plan.lefts[spot.column + spot.across]
        y0, y1 = tops[spot.row], tops[spot.row + spot.down]
        canvas.line(x0, page - y0, x0, page - y1)
        canvas.line(x1, page - y0, x1, page - y1)
        if not body or spot.row <= plan.head:
            canvas.line(x0, page - y0, x1, page - y0)
        if not body or spot.row + spot.down == len(tops) - 1 or spot.row < plan.head:
            canvas.line(x0, page - y1, x1, page - y1)


def rows_of(*rows: str, first: int) -> list[Spot]:
    """Cells of plain rows, written `TT | Tên | 12 | 15`; `//` breaks a line within a cell."""
    return [
        Spot(text.strip().replace("//", "\n"), first + place, column)
        for place, row in enumerate(rows)
        for column, text in enumerate(row.split("|"))
    ]
