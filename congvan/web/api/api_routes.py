"""JSON for programs under /api/v1: the same services as the pages, the same rights, described by OpenAPI."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from congvan.archive.index.search import HIT_END, HIT_START
from congvan.audit.audit import audit
from congvan.audit.where import worth_a_look
from congvan.register.entries import Query as Due
from congvan.register.entries import Status
from congvan.register.screens.asked import Whose
from congvan.register.screens.due_screen import open_register
from congvan.register.screens.front import first_lines
from congvan.register.screens.named import is_deadline
from congvan.web.pages.dispatch_page import open_dispatch
from congvan.web.show.asking import AtDesk, Clerk, Reader
from congvan.web.show.dispatch_lists import STATES, AskedFor, list_dispatches
from schemas.dispatch import Dispatch
from schemas.finding import Finding

router = APIRouter(prefix="/api/v1", tags=["v1"])
FORBIDDEN: dict[int | str, dict[str, Any]] = {
    401: {"description": "Chưa đăng nhập", "content": {"application/json": {}}},
    403: {"description": "Vai trò không được làm việc này", "content": {"application/json": {}}},
}
ABSENT: dict[int | str, dict[str, Any]] = {404: {"description": "Không có", "content": {"application/json": {}}}}
CLASH: dict[int | str, dict[str, Any]] = {
    409: {"description": "Không làm được, kèm lý do", "content": {"application/json": {}}},
    415: {"description": "Phải gửi JSON", "content": {"application/json": {}}},
}
Key = Annotated[str, Path(pattern=r"^[0-9a-f]{64}([.#][0-9]{1,4})?$", description="Id of a dispatch (SHA-256).")]
Short = Annotated[str, Query(max_length=200)]


class DispatchLine(BaseModel):
    """A dispatch of a list."""

    id: str
    so_hieu: str | None
    date: dt.date | None
    issuing_body: str | None
    doc_type: str | None
    subject: str | None
    name: str
    warnings: int
    arrival_number: int | None
    snippet: str | None = Field(default=None, description="The passage found, hits between « and ».")


class DispatchPage(BaseModel):
    """A page of a list of dispatches."""

    total: int
    items: list[DispatchLine]


class DeadlineLine(BaseModel):
    """A line of the deadline register."""

    id: str
    dispatch: str
    so_hieu: str | None
    issuing_body: str | None
    task: str | None
    phrase: str
    due: dt.date | None
    due_time: str | None
    alternative_due: dt.date | None
    days_left: int | None
    assignees: str | None
    ours: bool
    status: str
    reply_so_hieu: str | None


class DeadlineSaid(BaseModel):
    """What became of a deadline."""

    model_config = ConfigDict(extra="forbid")

    status: Annotated[str, Field(pattern="^(open|done|not_ours)$")]
    reply_so_hieu: Annotated[str, Field(max_length=100)] | None = None
    reply_date: dt.date | None = None


@router.get("/dispatches", responses=FORBIDDEN)
def dispatches(
    desk: AtDesk, person: Reader, q: Annotated[str, Query(max_length=300)] = "", issuer: Short = "",
    doc_type: Short = "", start: dt.date | None = None, end: dt.date | None = None,
    state: Annotated[str, Query(description=" | ".join(STATES), max_length=40)] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1, rows: Annotated[int, Query(ge=1, le=200)] = 50,
) -> DispatchPage:  # fmt: skip
    """Dispatches, searched by words (with or without marks) and filtered."""
    wanted = AskedFor(q, issuer, doc_type, "", start, end, state, "ngay", page, rows)
    found = list_dispatches(desk.archive.engine, wanted, desk.hidden(person))
    items = [
        DispatchLine(
            id=one.id, so_hieu=one.so_hieu, date=dt.date.fromisoformat(one.date) if one.date else None,
            issuing_body=one.issuing_body, doc_type=one.doc_type, subject=one.subject, name=one.name,
            warnings=one.warnings, arrival_number=one.number, snippet=plain_hits(one.snippet) or None,
        )
        for one in found.rows
    ]  # fmt: skip
    return DispatchPage(total=found.total, items=items)


def plain_hits(snippet: str) -> str:
    """A snippet as plain text, its hits between « and »."""
    return snippet.replace(HIT_START, "«").replace(HIT_END, "»")


@router.get("/dispatches/{key}", responses=FORBIDDEN | ABSENT)
def dispatch(desk: AtDesk, person: Reader, key: Key) -> Dispatch:
    """The record of a dispatch with people's corrections."""
    return open_dispatch(desk, person, key).inner.dispatch


@router.get("/dispatches/{key}/findings", responses=FORBIDDEN | ABSENT)
def findings(desk: AtDesk, person: Reader, key: Key) -> list[Finding]:
    """What the audit says of a dispatch, what plainly agrees left out."""
    made = audit(open_dispatch(desk, person, key).inner.dispatch)
    return [one for one in made.findings if worth_a_look(one)]


@router.get("/deadlines", responses=FORBIDDEN)
def deadlines(
    desk: AtDesk, person: Reader, start: dt.date | None = None, end: dt.date | None = None, unit: Short = "",
    status: Status | None = None, ours: bool = False, rows: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> list[DeadlineLine]:  # fmt: skip
    """The deadline register, ours first, then by due date. Without days: late by no more than a year, due within sixty
    days, or without a day yet.
    """
    whose = Whose.OURS if ours else Whose.ALL
    query = Due(desk.today, start, end, unit or None, status)
    with open_register(desk.archive.engine, desk.today, desk.settings, desk.hidden(person), unit, whose) as register:
        found = first_lines(register, query, rows)
    return [
        DeadlineLine(
            id=one.id, dispatch=one.dispatch_id, so_hieu=one.so_hieu, issuing_body=one.issuing_body,
            task=one.directive_text, phrase=one.phrase, due=one.due, due_time=one.due_time,
            alternative_due=one.other, days_left=one.days_left, assignees=one.assignees, ours=one.ours,
            status=one.status.value, reply_so_hieu=one.reply_so_hieu,
        )
        for one in found
    ]  # fmt: skip


def json_only(request: Request) -> None:
    """Raises a 415 for a body that is no JSON: a form of another page could send it without being asked first."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise HTTPException(415, "Phải gửi JSON.")


@router.put("/deadlines/{deadline_id}", responses=FORBIDDEN | ABSENT | CLASH)
def handle(request: Request, desk: AtDesk, person: Clerk, deadline_id: str, said: DeadlineSaid) -> JSONResponse:
    """Say what became of a deadline."""
    json_only(request)
    if not is_deadline(desk.archive.engine, deadline_id, desk.settings):
        raise HTTPException(404, "Không có thời hạn này.")
    desk.archive.handle(deadline_id, said.status, said.reply_so_hieu, said.reply_date)
    return JSONResponse({"id": deadline_id, "status": said.status})
