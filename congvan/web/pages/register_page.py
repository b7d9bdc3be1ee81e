"""Văn bản: the register with its filters, search, sorting and paging; the number of arrival; the list as a sheet."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Query, Request
from starlette.responses import Response

from congvan.archive.index.found import meant
from congvan.archive.index.naming import find_dispatches
from congvan.register.assigning import Assignment, assign
from congvan.register.book_sheet import write_xlsx
from congvan.register.books import Book, Cell, arrivals_book, handling_book
from congvan.register.entries import Query as Due
from congvan.register.outgoing import outgoing_book
from congvan.web.show import spoken
from congvan.web.show.asking import AtDesk, Clerk, OwnForm, Reader, go, read_date
from congvan.web.show.desk import Desk
from congvan.web.show.dispatch_lists import PAGE_ROWS, AskedFor, Listed, issuers, list_dispatches
from congvan.web.show.templating import page, path_of

router = APIRouter(include_in_schema=False)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_EXPORTED = 20_000
_DISAGREEING = "so-lieu-sai"
COLUMNS = {
    "number": "Số đến",
    "so_hieu": "Số, ký hiệu",
    "date": "Ngày",
    "doc_type": "Loại",
    "issuing_body": "Cơ quan ban hành",
    "subject": "Trích yếu",
    "unit": "Đơn vị hoặc người nhận",
    "warnings": "Cần xem",
    "pages": "Số trang",
    "name": "Tên tệp",
}
_FIRST_COLUMNS = ("number", "so_hieu", "date", "issuing_body", "subject", "unit", "warnings")
_COLUMNS_COOKIE = "congvan_columns"
Words = Annotated[str, Query(max_length=300)]
Short = Annotated[str, Query(max_length=200)]


def _wanted(desk: Desk, query: dict[str, str], page_number: int, rows: int) -> AskedFor:
    return AskedFor(
        among=desk.findings.disagreeing() if query["trang_thai"] == _DISAGREEING else None,
        words=query["q"], issuer=query["co_quan"], doc_type=query["loai"], unit=query["don_vi"],
        start=read_date(query["tu"]), end=read_date(query["den"]), state=query["trang_thai"],
        sort=query["sap"] or "ngay", page=page_number, rows=rows,
    )  # fmt: skip


@router.get("/van-ban")
def register(
    request: Request, desk: AtDesk, person: Reader, q: Words = "", co_quan: Short = "", loai: Short = "",
    don_vi: Short = "", tu: Short = "", den: Short = "", trang_thai: Short = "", sap: Short = "",
    trang: Annotated[int, Query(ge=1, le=100_000)] = 1, cot: Annotated[list[str] | None, Query()] = None,
) -> Response:  # fmt: skip
    """The register: a word that names one dispatch leads straight to it."""
    query = {"q": q, "co_quan": co_quan, "loai": loai, "don_vi": don_vi, "tu": tu, "den": den,
             "trang_thai": trang_thai, "sap": sap}  # fmt: skip
    hidden = desk.hidden(person)
    engine = desk.archive.engine
    if any(letter.isdigit() for letter in q) and any(sign in q for sign in "/-"):
        named = [one for one in find_dispatches(engine, q.strip()) if one.split("#")[0] not in hidden]
        if len(named) == 1 and trang == 1 and not any(query[name] for name in query if name != "q"):
            return go(request, path_of(named[0]))
    found = list_dispatches(engine, _wanted(desk, query, trang, PAGE_ROWS), hidden)
    guess = meant(engine, q) if q and not found.total else None
    chosen = _columns(request, cot)
    last = max(1, -(-found.total // PAGE_ROWS))
    answer = page(
        request, "register.html", found=found, query=query, page_number=trang, last=last, columns=COLUMNS,
        chosen=chosen, guesses=[guess] if guess else [],
        issuers=desk.remembered("issuers", lambda: issuers(engine)), filtered=any(query.values()),
    )  # fmt: skip
    if cot:
        answer.set_cookie(_COLUMNS_COOKIE, ".".join(chosen), max_age=365 * 24 * 3600, httponly=True, samesite="lax",
                          path=request.scope.get("root_path") or "/")  # fmt: skip
    return answer


def _columns(request: Request, given: list[str] | None) -> list[str]:
    kept = given or request.cookies.get(_COLUMNS_COOKIE, "").split(".")
    return [name for name in COLUMNS if name in kept] or list(_FIRST_COLUMNS)


@router.get("/van-ban.xlsx")
def register_sheet(
    request: Request, desk: AtDesk, person: Reader, q: Words = "", co_quan: Short = "", loai: Short = "",
    don_vi: Short = "", tu: Short = "", den: Short = "", trang_thai: Short = "", sap: Short = "",
) -> Response:  # fmt: skip
    """What the register shows, all its pages, as a spreadsheet."""
    query = {"q": q, "co_quan": co_quan, "loai": loai, "don_vi": don_vi, "tu": tu, "den": den,
             "trang_thai": trang_thai, "sap": sap}  # fmt: skip
    found = list_dispatches(desk.archive.engine, _wanted(desk, query, 1, _MOST_EXPORTED), desk.hidden(person))
    chosen = _columns(request, None)
    rows: list[tuple[Cell, ...]] = [tuple(_cell(one, name) for name in chosen) for one in found.rows]
    return sheet(Book("Danh sách văn bản", tuple(COLUMNS[name] for name in chosen), rows), "van-ban.xlsx")


def sheet(book: Book, name: str) -> Response:
    """A book as the answer to a request: a spreadsheet to keep."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        write_xlsx(book, path)
        data = path.read_bytes()
    return Response(data, media_type=XLSX, headers={"content-disposition": f'attachment; filename="{name}"'})


def _cell(one: Listed, name: str) -> Cell:
    value: Any = getattr(one, name)
    if name == "date":
        return dt.date.fromisoformat(value) if value else None
    if name == "doc_type":
        return spoken.type_names().get(value or "", "")
    return value if isinstance(value, int) else str(value or "")


@router.get("/so/{which}.xlsx")
def book(
    desk: AtDesk, person: Clerk, which: str, nam: Annotated[int | None, Query(ge=1945, le=9999)] = None
) -> Response:
    """One of the books of the rules, ready to print: `den`, `giai-quyet`, `di`."""
    engine, settings, year = desk.archive.engine, desk.settings, nam or desk.today.year
    if desk.hidden(person):
        raise HTTPException(403, "Sổ có văn bản mật; tài khoản của bạn không in được.")
    match which:
        case "den":
            made = arrivals_book(engine, year, spoken.type_names(), settings)
        case "giai-quyet":
            made = handling_book(engine, Due(desk.today), settings, spoken.type_names())
        case "di":
            made = outgoing_book(engine, year, spoken.type_names(), settings)
        case _:
            raise HTTPException(404)
    return sheet(made, f"so-{which}.xlsx")


@router.post("/van-ban/{key}/giao", dependencies=[OwnForm])
def give(
    request: Request, desk: AtDesk, person: Clerk, key: str, cho: Annotated[str, Form(max_length=300)] = "",
    but_phe: Annotated[str, Form(max_length=1000)] = "", han: Annotated[str, Form(max_length=20)] = "",
) -> Response:  # fmt: skip
    """Give a dispatch to a unit or person, with the instruction written on it."""
    dispatch_id = key.replace(".", "#")
    desk.may_see(person, dispatch_id.split("#")[0])
    said = Assignment(cho.strip() or None, but_phe.strip() or None, None, None, read_date(han))
    assign(desk.archive, dispatch_id, said, desk.today)
    return go(request, path_of(dispatch_id))


@router.post("/van-ban/{key}/vao-so", dependencies=[OwnForm])
def enter_book(
    request: Request, desk: AtDesk, person: Clerk, key: str,
    so_den: Annotated[str, Form(max_length=10)] = "", ngay_den: Annotated[str, Form(max_length=20)] = "",
    don_vi: Annotated[str, Form(max_length=300)] = "", ve: Annotated[str, Form(max_length=500)] = "",
) -> Response:  # fmt: skip
    """Enter a dispatch into the book of arrivals: its number and day, and who gets it."""
    dispatch_id = key.replace(".", "#")
    desk.may_see(person, dispatch_id.split("#")[0])
    number = int(so_den) if so_den.strip().isdecimal() else None
    desk.archive.arrive(dispatch_id, read_date(ngay_den) or desk.today, number, don_vi.strip() or None, None)
    return go(request, ve or path_of(dispatch_id))
