"""Thời hạn: list, month, digest of the week; what became of a deadline; the calendar by a secret address."""

from __future__ import annotations

import calendar as months
import datetime as dt
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Form, HTTPException, Query, Request
from starlette.responses import HTMLResponse, Response

from congvan.register.agenda import table_of
from congvan.register.books import Book
from congvan.register.calendar import calendar_of
from congvan.register.entries import Entry
from congvan.register.entries import Query as Due
from congvan.register.screens.asked import Group, Whose
from congvan.register.screens.due_screen import OfDay, open_register
from congvan.register.screens.front import first_lines
from congvan.register.screens.named import is_deadline
from congvan.web.guard.accounts import Person
from congvan.web.pages.register_page import sheet
from congvan.web.show.asking import AtDesk, Clerk, OwnForm, Reader, go, read_date
from congvan.web.show.desk import Desk
from congvan.web.show.templating import page

router = APIRouter(include_in_schema=False)
GROUPS = {
    "late": "Quá hạn",
    "week": "Đến hạn trong 7 ngày",
    "later": "Sau đó",
    "open": "Đang làm",
    "done": "Đã xong",
    "not_ours": "Không thuộc đơn vị",
}
_OPEN = (Group.LATE, Group.WEEK, Group.LATER, Group.UNDATED)
_ROWS = 100
_PRINTED = 80
_LINES_A_DAY = 4
_MOST_EXPORTED = 20_000
_CALENDAR_BACK = dt.timedelta(days=90)
_CALENDAR_AHEAD = dt.timedelta(days=400)
Short = Annotated[str, Query(max_length=200)]


class Part(NamedTuple):
    """Some lines of a list, and how many the list has."""

    lines: list[Entry]
    total: int


def listed(
    desk: Desk, person: Person, group: str, unit: str, ours: bool, offset: int = 0, number: int = _MOST_EXPORTED
) -> Part:
    """A part of the deadlines of a group, of a unit, or only our own; `open` is all that is open, group by group."""
    groups = _OPEN if group == "open" else (Group(group),)
    hidden = desk.hidden(person)

    def ask() -> Part:
        found: list[Entry] = []
        total = 0
        with open_register(
            desk.archive.engine, desk.today, desk.settings, hidden, unit, Whose.OURS if ours else Whose.ALL
        ) as register:
            for each in groups:
                count = register.count(each)
                if offset < total + count and len(found) < number:
                    found += register.lines(each, max(0, offset - total), number - len(found))
                total += count
        return Part(found, total)

    return desk.remembered(("listed", hidden, group, unit, ours, offset, number), ask)


@router.get("/thoi-han")
def deadlines(
    request: Request, desk: AtDesk, person: Reader, nhom: Short = "", don_vi: Short = "",
    cua_toi: Annotated[str, Query(max_length=1)] = "", trang: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> HTMLResponse:  # fmt: skip
    """The list of deadlines, ours first."""
    group = nhom if nhom in GROUPS else "open"
    found = listed(desk, person, group, don_vi, bool(cua_toi), (trang - 1) * _ROWS, _ROWS)
    query = {"nhom": nhom, "don_vi": don_vi, "cua_toi": cua_toi}
    return page(request, "deadlines.html", found=found.lines, total=found.total, group=group,
                groups=GROUPS, query=query, page_number=trang, last=max(1, -(-found.total // _ROWS)),
                units=desk.settings.unit.names, today=desk.today, calendar="")  # fmt: skip


@router.get("/thoi-han.xlsx")
def deadlines_sheet(
    desk: AtDesk, person: Reader, nhom: Short = "", don_vi: Short = "",
    cua_toi: Annotated[str, Query(max_length=1)] = "",
) -> Response:  # fmt: skip
    """The list as a spreadsheet."""
    found = listed(desk, person, nhom if nhom in GROUPS else "open", don_vi, bool(cua_toi))
    heads, rows = table_of(found.lines)
    return sheet(Book("Thời hạn", heads, rows), "thoi-han.xlsx")


@router.get("/thoi-han/lich")
def month(
    request: Request, desk: AtDesk, person: Reader,
    thang: Annotated[str, Query(pattern=r"^(\d{4}-\d{2})?$")] = "",
) -> HTMLResponse:  # fmt: skip
    """A month with its deadlines."""
    first = _first_day(thang, desk.today)
    days = months.Calendar().monthdatescalendar(first.year, first.month)
    hidden = desk.hidden(person)

    def ask() -> dict[dt.date, OfDay]:
        with open_register(desk.archive.engine, desk.today, desk.settings, hidden) as register:
            return register.by_day([day for week in days for day in week], _LINES_A_DAY)

    by_day = desk.remembered(("month", hidden, first), ask)
    before, after = first - dt.timedelta(days=1), days[-1][-1].replace(day=1)
    after = after if after > first else (first + dt.timedelta(days=32)).replace(day=1)
    return page(request, "month.html", weeks=days, by_day=by_day, first=first, before=f"{before:%Y-%m}",
                after=f"{after:%Y-%m}", today=desk.today)  # fmt: skip


def _first_day(text: str, today: dt.date) -> dt.date:
    try:
        return dt.date.fromisoformat(f"{text}-01") if text else today.replace(day=1)
    except ValueError:
        raise HTTPException(422, "Không có tháng ấy.") from None


@router.get("/thoi-han/tuan")
def digest(
    request: Request, desk: AtDesk, person: Reader, trang: Annotated[int, Query(ge=1, le=10_000)] = 1
) -> HTMLResponse:
    """What is late and what is due this week, to be printed, so many of each on a page."""
    hidden = desk.hidden(person)

    def ask() -> tuple[Part, Part]:
        with open_register(desk.archive.engine, desk.today, desk.settings, hidden) as register:
            late, week = (Part(register.lines(group, (trang - 1) * _PRINTED, _PRINTED), register.count(group))
                          for group in (Group.LATE, Group.WEEK))  # fmt: skip
        return late, week

    late, week = desk.remembered(("digest", hidden, trang), ask)
    return page(request, "digest.html", late=late.lines, week=week.lines, today=desk.today, page_number=trang,
                counts={"late": late.total, "week": week.total}, until=desk.today + dt.timedelta(days=7),
                first=(trang - 1) * _PRINTED, last=max(1, -(-max(late.total, week.total) // _PRINTED)),
                units=desk.settings.unit.names)  # fmt: skip


@router.post("/thoi-han/dia-chi-lich", dependencies=[OwnForm])
def calendar_address(request: Request, desk: AtDesk, person: Reader) -> HTMLResponse:
    """A new secret address of the person's calendar; the old one ends."""
    token = desk.accounts.new_calendar(person.name)
    root = request.scope.get("root_path", "")
    return page(request, "calendar.html", address=f"{request.url.scheme}://{request.url.netloc}{root}/lich/{token}.ics")


@router.get("/lich/{token}.ics")
def calendar_file(desk: AtDesk, token: str) -> Response:
    """The calendar of whoever has this address, for phones and mail programs, which cannot log in."""
    name = desk.accounts.whose_calendar(token) if len(token) < 100 else None
    people = {one.name: one for one in desk.accounts.people()}
    if name is None or (desk.opening.login and name not in people):
        raise HTTPException(404)
    person = people.get(name) or Person(name, "reader", False)
    query = Due(desk.today, desk.today - _CALENDAR_BACK, desk.today + _CALENDAR_AHEAD)
    whose = Whose.OURS if desk.settings.unit.names else Whose.ALL
    with open_register(desk.archive.engine, desk.today, desk.settings, desk.hidden(person), whose=whose) as asked:
        ours = first_lines(asked, query, _MOST_EXPORTED)
    stamp = dt.datetime.combine(desk.today, dt.time(), dt.UTC)
    return Response(calendar_of(ours, stamp), media_type="text/calendar; charset=utf-8")


@router.post("/thoi-han/{deadline_id}", dependencies=[OwnForm])
def handle(
    request: Request, desk: AtDesk, person: Clerk, deadline_id: str,
    tinh_trang: Annotated[str, Form(pattern="^(done|not_ours|open)$")],
    tra_loi: Annotated[str, Form(max_length=100)] = "", ngay: Annotated[str, Form(max_length=20)] = "",
    ve: Annotated[str, Form(max_length=500)] = "/thoi-han",
) -> Response:  # fmt: skip
    """Say what became of a deadline, with the reply's số hiệu and date."""
    if not is_deadline(desk.archive.engine, deadline_id, desk.settings):
        raise HTTPException(404, "Không có thời hạn này.")
    desk.archive.handle(deadline_id, tinh_trang, tra_loi.strip() or None, read_date(ngay))
    return go(request, ve)
