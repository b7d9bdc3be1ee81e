"""One dispatch: its pages beside its record, corrections in place, its tables, copies and history."""

from __future__ import annotations

import re
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, HTTPException, Query, Request
from sqlalchemy import select
from starlette.responses import HTMLResponse

from congvan.archive.index.copies import pairs_of
from congvan.archive.index.keys import deadline_ids
from congvan.archive.index.person_tables import assignments
from congvan.archive.index.sql_tables import arrivals, handling
from congvan.archive.review.history import history
from congvan.archive.review.pair_words import pair_in_words
from congvan.archive.review.queue import open_doubts
from congvan.web.guard.accounts import Person
from congvan.web.show.amending import AmendedPlace, shown_fields, value_at
from congvan.web.show.asking import AtDesk, Reader
from congvan.web.show.desk import Desk
from congvan.web.show.lit_places import (
    PAGES_AT_ONCE,
    Within,
    printed_pages,
    quotes_of,
    shown_pages,
    shown_text,
    siblings,
    within,
)
from congvan.web.show.page_pictures import NoPictureError, has_pictures
from congvan.web.show.templating import page, path_of
from ingest.word.libreoffice import is_printable
from schemas.dispatch import Dispatch

router = APIRouter(include_in_schema=False)
_TASKS_AT_ONCE = 40
_ROWS_AT_ONCE = 150
_QUOTES_AT_ONCE = 600
_ROW_OF = re.compile(r"/tables/\d+/rows/(\d{1,6})/")


class OpenDispatch(NamedTuple):
    """A dispatch as it is shown: its id, itself within its file's record, and as the machine read it."""

    id: str
    record: Dispatch
    inner: Within
    machine: Dispatch

    @property
    def sha256(self) -> str:
        return self.id.split("#")[0]


def open_dispatch(desk: Desk, person: Person, key: str) -> OpenDispatch:
    """The dispatch of an address. Raises a 404 where there is none for this person."""
    dispatch_id = key.replace(".", "#")
    desk.may_see(person, dispatch_id.split("#")[0])
    record = desk.archive.record(dispatch_id.split("#")[0])
    found = within(record, dispatch_id)
    machine = within(desk.archive.machine_record(record.source.sha256), dispatch_id)
    if found is None or machine is None:
        raise HTTPException(404)
    return OpenDispatch(dispatch_id, record, found, machine.dispatch)


@router.get("/van-ban/{key}")
def dispatch(
    request: Request, desk: AtDesk, person: Reader, key: str,
    sang: Annotated[str, Query(max_length=300)] = "", trang: Annotated[int, Query(ge=1)] = 1,
    viec: Annotated[int, Query(ge=1)] = 1, xem: Annotated[str, Query(pattern="^(chu|trang)?$")] = "",
) -> HTMLResponse:  # fmt: skip
    """A dispatch; `sang` is the pointer of the value that is lit where no script does it. Of a Word file `xem` asks for
    its text (`chu`) or for its pages as printed (`trang`); without it the pages are shown where they are kept.
    """
    opened = open_dispatch(desk, person, key)
    shown = shown_dispatch(desk, opened, trang)
    if shown["printable"] and xem != "chu" and (xem or desk.pictures.is_printed(opened.sha256)):
        shown |= _as_printed(desk, opened, trang)
    return page(request, "dispatch.html", **shown, lit=sang, first_page=trang, part=viec,
                parts_total=-(-len(opened.inner.dispatch.directives) // _TASKS_AT_ONCE),
                tasks=_tasks(opened.inner.dispatch, viec))  # fmt: skip


def shown_dispatch(desk: Desk, opened: OpenDispatch, first_page: int = 1) -> dict[str, Any]:
    """What the page of a dispatch shows of it."""
    one = opened.inner.dispatch
    document = desk.archive.document(opened.sha256)
    arrival, handled = _said(desk, opened)
    return {
        "one": one,
        "opened": opened,
        "key": path_of(opened.id).rpartition("/")[2],
        "name": opened.record.source.name,
        "siblings": siblings(opened.record),
        "fields_shown": shown_fields(one, opened.machine),
        "deadlines": {each.id: (each, stable) for each, stable in
                      zip(one.deadlines, deadline_ids(one), strict=True)},
        "handled": handled,
        "deadline_numbers": {each.id: number for number, each in enumerate(one.deadlines)},
        "loose": _loose(one),
        "place_of": AmendedPlace,
        "value_at": value_at,
        "machine": opened.machine,
        "assigned": _assigned(desk, opened.id),
        "arrival": arrival,
        "doubted": [doubt.key for doubt in open_doubts(desk.archive.engine, opened.id)],
        "copies": [pair_in_words(pair) for pair in pairs_of(desk.archive.engine, opened.id)],
        "steps": list(reversed(history(desk.archive, opened.id)))[:40],
        "pages": shown_pages(one, document, first_page),
        "printable": is_printable(opened.record.source.media_type),
        "unprintable": False,
        "text": [] if has_pictures(opened.record.source.media_type) else list(shown_text(one, document))[:400],
        "total_pages": opened.record.source.pages or 1,
        "searchable": desk.archive.layout.searchable(opened.sha256).exists(),
    }  # fmt: skip


def _loose(one: Dispatch) -> list[str]:
    """The deadlines that stand in no task."""
    held = {each for task in one.directives for each in task.deadlines}
    return [each.id for each in one.deadlines if each.id not in held]


def _assigned(desk: Desk, dispatch_id: str) -> Any:
    """To whom a dispatch was given, or None."""
    with desk.archive.engine.connect() as connection:
        return connection.execute(select(assignments).where(assignments.c.dispatch_id == dispatch_id)).one_or_none()


def _as_printed(desk: Desk, opened: OpenDispatch, first: int) -> dict[str, Any]:
    """The pages of a Word file as printed; where it cannot be, that is told beside its text."""
    quotes = quotes_of(opened.inner.dispatch)[:_QUOTES_AT_ONCE]
    try:
        printed = desk.pictures.printed(opened.sha256, quotes, first, PAGES_AT_ONCE)
    except NoPictureError:
        return {"unprintable": True}
    return {"pages": printed_pages(printed), "total_pages": printed.total}


def _tasks(one: Dispatch, part: int) -> list[Any]:
    first = (part - 1) * _TASKS_AT_ONCE
    return [(place, one.directives[place]) for place in
            range(first, min(len(one.directives), first + _TASKS_AT_ONCE))]  # fmt: skip


def _said(desk: Desk, opened: OpenDispatch) -> tuple[Any, dict[str, Any]]:
    """The dispatch's entry in the book of arrivals, and what was said of its deadlines."""
    with desk.archive.engine.connect() as connection:
        arrival = connection.execute(select(arrivals).where(arrivals.c.dispatch_id == opened.id)).one_or_none()
        rows = connection.execute(
            select(handling).where(handling.c.deadline_id.in_(deadline_ids(opened.inner.dispatch)))
        )
        return arrival, {row.deadline_id: row for row in rows}


@router.get("/van-ban/{key}/bang/{number}")
def table(
    request: Request, desk: AtDesk, person: Reader, key: str, number: int,
    sang: Annotated[str, Query(max_length=300)] = "", phan: Annotated[int, Query(ge=1)] = 1,
) -> HTMLResponse:  # fmt: skip
    """One table of a dispatch as a grid, beside its pages; each cell leads to its place."""
    opened = open_dispatch(desk, person, key)
    one = opened.inner.dispatch
    if not 1 <= number <= len(one.tables):
        raise HTTPException(404)
    shown = one.tables[number - 1]
    lit_row = _ROW_OF.match(sang)
    if lit_row and phan == 1:
        phan = int(lit_row[1]) // _ROWS_AT_ONCE + 1
    first = (phan - 1) * _ROWS_AT_ONCE
    rows = list(shown.rows[first : first + _ROWS_AT_ONCE])
    low = min((row.page for row in rows if row.page), default=1)
    high = max((row.page for row in rows if row.page), default=low)
    document = desk.archive.document(opened.sha256)
    own = f"/tables/{number - 1}/"
    pages = [
        each._replace(places=[place for place in each.places if place.pointer.startswith(own)])
        for each in shown_pages(one, document, low, cells=True)
        if each.number <= high
    ]
    return page(request, "table.html", one=one, opened=opened, key=key, number=number, table=shown, rows=rows,
                first=first, part=phan, parts_total=-(-len(shown.rows) // _ROWS_AT_ONCE), pages=pages, lit=sang,
                name=opened.record.source.name)  # fmt: skip
