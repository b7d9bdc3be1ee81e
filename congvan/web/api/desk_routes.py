"""What people do at the desk, for programs: the queue, mistakes over all dispatches and their answers, corrections, the
book of arrivals, and the figures of the dataset.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from congvan.archive.review.queue import State
from congvan.archive.review.queue import Wanted as InQueue
from congvan.archive.review.queue import list_dispatches as list_queue
from congvan.audit.answers import finding_key, known_answers
from congvan.audit.audit import audit
from congvan.web.api import figures_asked
from congvan.web.api.api_routes import ABSENT, CLASH, FORBIDDEN, Key, Short, json_only
from congvan.web.api.figures_asked import FigureLine, IndicatorLine
from congvan.web.pages.correcting_page import is_as_seen, write
from congvan.web.pages.dispatch_page import open_dispatch
from congvan.web.pages.findings_page import left_out
from congvan.web.show.amending import place_named, value_at
from congvan.web.show.asking import AtDesk, Clerk, Reader

router = APIRouter(prefix="/api/v1", tags=["v1"])
JsonOnly = Depends(json_only)
Rows = Annotated[int, Query(ge=1, le=1000)]
_NO_DATASET: dict[int | str, dict[str, Any]] = {
    409: {"description": "Chưa có bộ số liệu hay chỉ tiêu này", "content": {"application/json": {}}}
}


class QueueLine(BaseModel):
    """A dispatch that needs a look."""

    dispatch: str
    so_hieu: str | None
    date: dt.date | None
    issuing_body: str | None
    subject: str | None
    name: str
    open_doubts: int
    worst: str | None


class MistakeLine(BaseModel):
    """A mistake of the audit, with what was answered to it."""

    dispatch: str
    key: str
    verdict: str
    check: str
    reported: str | None
    computed: str | None
    explanation: str
    consequences: int
    so_hieu: str | None
    issuing_body: str | None
    date: dt.date | None
    answer: str | None


class FindingAnswer(BaseModel):
    """The answer to a finding; `open` takes it back."""

    model_config = ConfigDict(extra="forbid")

    answer: Annotated[str, Field(pattern="^(mistake|explained|ours|open)$")]
    why: Annotated[str, Field(max_length=500)] | None = None


class Corrected(BaseModel):
    """A correction: the value as people type it, and what was seen in its place."""

    model_config = ConfigDict(extra="forbid")

    value: Annotated[str, Field(max_length=5000)]
    seen: Annotated[str, Field(max_length=5000)]


class Arrived(BaseModel):
    """An entry of the book of arrivals; without a number the next one is given."""

    model_config = ConfigDict(extra="forbid")

    date: dt.date | None = None
    number: Annotated[int, Field(ge=1, le=999_999)] | None = None
    unit: Annotated[str, Field(max_length=300)] | None = None


@router.get("/queue", responses=FORBIDDEN)
def queue(desk: AtDesk, person: Clerk, rows: Rows = 50) -> list[QueueLine]:
    """The dispatches with open doubts, the worst first."""
    hidden = desk.hidden(person)
    found, _ = list_queue(desk.archive.engine, InQueue(State.REVIEW, limit=rows))
    return [
        QueueLine(
            dispatch=one.id, so_hieu=one.so_hieu, date=one.date, issuing_body=one.issuing_body, subject=one.subject,
            name=one.name, open_doubts=one.open_doubts, worst=one.worst,
        )
        for one in found
        if one.id.split("#")[0] not in hidden
    ]  # fmt: skip


@router.get("/findings", responses=FORBIDDEN)
def findings(desk: AtDesk, person: Reader, rows: Rows = 200) -> list[MistakeLine]:
    """The mistakes of all dispatches by weight; what could not be told stands last."""
    said = known_answers(desk.archive.engine)
    found, _ = desk.findings.mistakes(left_out(desk, person), 0, rows)
    return [
        MistakeLine(
            dispatch=one.dispatch_id, key=one.key, verdict=one.verdict, check=one.check, reported=one.reported,
            computed=one.computed, explanation=one.vi, consequences=one.led, so_hieu=one.so_hieu,
            issuing_body=one.issuing_body, date=dt.date.fromisoformat(one.date) if one.date else None,
            answer=said[one.dispatch_id, one.key].answer if (one.dispatch_id, one.key) in said else None,
        )
        for one in found
    ]  # fmt: skip


@router.put("/dispatches/{key}/findings/{finding}", responses=FORBIDDEN | ABSENT | CLASH, dependencies=[JsonOnly])
def answer(desk: AtDesk, person: Clerk, key: Key, finding: str, said: FindingAnswer) -> JSONResponse:
    """Answer a finding of a dispatch."""
    opened = open_dispatch(desk, person, key.replace("#", "."))
    if finding not in {finding_key(opened.inner.dispatch, one) for one in audit(opened.inner.dispatch).findings}:
        raise HTTPException(404, "Không có chỗ này.")
    desk.archive.act("answer", dispatch_id=opened.id, key=finding, answer=said.answer, why=said.why)
    return JSONResponse({"key": finding, "answer": said.answer})


@router.put("/dispatches/{key}/fields/{field}", responses=FORBIDDEN | ABSENT | CLASH, dependencies=[JsonOnly])
def correct(desk: AtDesk, person: Clerk, key: Key, field: str, said: Corrected) -> JSONResponse:
    """Correct a field of the header (`subject`), a task (`directives.0.text`) or a deadline (`deadlines.0.due`). Where
    it does not hold what was seen, nothing is written and 409 tells what it holds.
    """
    opened = open_dispatch(desk, person, key.replace("#", "."))
    place = place_named(field, opened.inner.dispatch)
    if place is None:
        raise HTTPException(404, "Không có trường này.")
    now = value_at(opened.inner.dispatch, place)
    if not is_as_seen(now, said.seen, said.value):
        return JSONResponse({"detail": "Người khác vừa sửa chỗ này.", "value": now}, 409)
    write(desk, opened, place, said.value)
    return JSONResponse({"field": field, "was": now})


@router.put("/dispatches/{key}/arrival", responses=FORBIDDEN | ABSENT | CLASH, dependencies=[JsonOnly])
def arrive(desk: AtDesk, person: Clerk, key: Key, said: Arrived) -> JSONResponse:
    """Enter a dispatch into the book of arrivals."""
    opened = open_dispatch(desk, person, key.replace("#", "."))
    event = desk.archive.arrive(opened.id, said.date or desk.today, said.number, said.unit, None)
    return JSONResponse({name: event.get(name) for name in ("number", "date", "unit")})


@router.get("/indicators", responses=FORBIDDEN | _NO_DATASET)
def indicators(desk: AtDesk, person: Reader) -> list[IndicatorLine]:
    """The indicators of the dataset, those of most dispatches first."""
    return figures_asked.indicators(desk.opening.dataset)


@router.get("/figures", responses=FORBIDDEN | _NO_DATASET)
def figures(
    desk: AtDesk, person: Reader, indicator: Annotated[str, Query(min_length=1, max_length=300)], place: Short = "",
    year: Annotated[int | None, Query(ge=1945, le=9999)] = None, rows: Rows = 200,
) -> list[FigureLine]:  # fmt: skip
    """The figures of an indicator by place and year, each with the cell that it is printed in."""
    return figures_asked.figures(desk.opening.dataset, desk.hidden(person), indicator, place, year)[:rows]
