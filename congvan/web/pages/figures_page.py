"""Số liệu: any indicator by place and time, as table, ranking and line; every number leads to its cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, Response

from congvan.dataset.ask.indicator import Indicators, Reported, contradicted, latest
from congvan.dataset.keep.parquet import parts_folder
from congvan.dataset.words.vocabulary import measures
from congvan.register.books import Book, Cell
from congvan.web.pages.register_page import sheet
from congvan.web.show import spoken
from congvan.web.show.asking import AtDesk, Reader
from congvan.web.show.place_map import place_map
from congvan.web.show.templating import page, path_of

router = APIRouter(include_in_schema=False)
_ROWS = 200
_BARS = 40
_MOST_ABSENT = 100
_WIDE, _TALL = 420.0, 200.0
_CELL = re.compile(r"/tables/(\d+)/rows/(\d+)/cells/\d+")
Short = Annotated[str, Query(max_length=200)]


class Point(NamedTuple):
    """A point of a line: where it stands, of which year, its value in words."""

    x: float
    y: float
    year: int
    value: str


@router.get("/so-lieu")
def figures(
    request: Request, desk: AtDesk, person: Reader, chi_tieu: Short = "", noi: Short = "",
    nam: Annotated[str, Query(pattern=r"^(\d{4})?$")] = "", trang: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> HTMLResponse:  # fmt: skip
    """One indicator."""
    folder = desk.opening.dataset
    if not parts_folder(folder).exists():
        return page(request, "figures.html", built=False)
    asked = Indicators(folder, desk.hidden(person))
    known = asked.measures()
    measure = chi_tieu or (known[0].measure if known else "")
    year = int(nam) if nam else None
    found = asked.figures(measure, year, noi or None)
    every = asked.figures(measure, None, noi or None) if year else found
    query = {"chi_tieu": measure, "noi": noi, "nam": nam}
    first = (trang - 1) * _ROWS
    ranked, absent = latest(found), asked.absent(measure, year)
    return page(
        request, "figures.html", built=True, known=known, labels={key: one.label for key, one in measures().items()},
        measure=measure, years=asked.years(measure), query=query, total=len(found), page_number=trang,
        found=[(one, address_of(one)) for one in found[first : first + _ROWS]],
        last=max(1, -(-len(found) // _ROWS)), bars=_bars(ranked), line=_line(every),
        disputed=contradicted(found), absent=absent[:_MOST_ABSENT], wide=_WIDE, tall=_TALL, address_of=address_of,
        map=place_map(ranked, absent[:_MOST_ABSENT]) if ranked else None,
    )  # fmt: skip


def address_of(one: Reported) -> tuple[str, str]:
    """The page on which a figure's cell (or sentence) is shown, and the pointer that is lit there."""
    cell = _CELL.fullmatch(one.pointer)
    if cell is None:
        return path_of(one.dispatch), one.pointer
    return f"{path_of(one.dispatch)}/bang/{int(cell[1]) + 1}", one.pointer


def _bars(ranked: Sequence[Reported]) -> list[dict[str, Any]]:
    """A ranking as bars, in hundredths of the largest."""
    most = max((abs(one.number or 0) for one in ranked), default=0) or 1
    return [
        {"one": one, "width": round(abs(one.number or 0) / most * 100, 1), "address": address_of(one)}
        for one in ranked[:_BARS]
    ]


def _line(found: Sequence[Reported]) -> list[Point]:
    """The sum of the latest figures of each year as points of a line; only where every year has the same districts."""
    by_year: dict[int, list[Reported]] = {}
    for one in found:
        if one.period_end:
            by_year.setdefault(one.period_end.year, []).append(one)
    ranked = {year: latest(group) for year, group in sorted(by_year.items())}
    ranked = {year: group for year, group in ranked.items() if group}
    places = [{(one.province, one.district) for one in group} for group in ranked.values()]
    if len(ranked) < 2 or any(each != places[0] for each in places):
        return []
    sums = {year: sum(one.number or 0 for one in group) for year, group in ranked.items()}
    most = max(sums.values()) or 1
    step = _WIDE / (len(sums) - 1)
    return [
        Point(round(number * step, 1), round(_TALL - value / most * _TALL, 1), year, spoken.number(value))
        for number, (year, value) in enumerate(sums.items())
    ]


@router.get("/so-lieu.xlsx")
def figures_sheet(
    desk: AtDesk, person: Reader, chi_tieu: Short = "", noi: Short = "",
    nam: Annotated[str, Query(pattern=r"^(\d{4})?$")] = "",
) -> Response:  # fmt: skip
    """The figures of one indicator as a spreadsheet."""
    asked = Indicators(desk.opening.dataset, desk.hidden(person))
    found = asked.figures(chi_tieu, int(nam) if nam else None, noi or None)
    heads = ("Tỉnh", "Huyện", "Đơn vị", "Loại số", "Phân tổ", "Từ ngày", "Đến ngày", "Giá trị", "Đơn vị tính",
             "Văn bản", "Chỗ in")  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (one.province or "", one.district or "", (one.unit or one.unit_name) if one.unit_name else "",
         one.status or "", one.dimensions or "",
         spoken.day(one.period_start), spoken.day(one.period_end), one.value, one.unit_of_value or "",
         one.so_hieu or "", f"{one.dispatch[:12]} {one.pointer}")
        for one in found
    ]  # fmt: skip
    return sheet(Book("Số liệu", heads, rows), "so-lieu.xlsx")
