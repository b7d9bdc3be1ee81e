"""Hôm nay: what has arrived, what needs a look, what is due; each count leads to its list."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, Response

from congvan.archive.review.queue import State
from congvan.archive.review.queue import Wanted as InQueue
from congvan.archive.review.queue import list_dispatches as list_queue
from congvan.register.entries import Entry, Query, Status, list_deadlines
from congvan.register.settings import OwnUnit, save_settings
from congvan.web.guard.accounts import Person
from congvan.web.pages.findings_page import unanswered
from congvan.web.show.asking import AtDesk, Clerk, OwnForm, Reader, go
from congvan.web.show.desk import Desk
from congvan.web.show.dispatch_lists import AskedFor, list_dispatches
from congvan.web.show.templating import page

router = APIRouter(include_in_schema=False)
_WEEK = dt.timedelta(days=7)
_LATER = dt.timedelta(days=60)
_MOST_ROWS = 8
_YEAR = dt.timedelta(days=365)
_LANGUAGE_SECONDS = 365 * 24 * 3600


@router.get("/")
def today(request: Request, desk: AtDesk, person: Reader) -> HTMLResponse:
    """The first page."""
    groups = due_groups(desk, person)
    hidden = desk.hidden(person)
    engine = desk.archive.engine

    def counts() -> dict[str, int]:
        states = {"new": "chua-vao-so", "all": ""}
        found = {name: list_dispatches(engine, AskedFor(state=state, rows=1), hidden).total
                 for name, state in states.items()}  # fmt: skip
        return found | {"look": list_queue(engine, InQueue(State.REVIEW, limit=1))[1]}

    newest = desk.remembered(
        ("newest", hidden), lambda: list_dispatches(engine, AskedFor(state="chua-vao-so", rows=_MOST_ROWS), hidden).rows
    )
    return page(
        request,
        "today.html",
        counts=desk.remembered(("counts", hidden), counts),
        newest=newest,
        groups=groups,
        shown={name: found[:_MOST_ROWS] for name, found in _as_read(groups).items()},
        today=desk.today,
        units=desk.settings.unit.names,
        findings=unanswered(desk, person),
        held=sum(1 for _ in desk.quarantine.held()),
    )


def _as_read(groups: dict[str, list[Entry]]) -> dict[str, list[Entry]]:
    """The groups as they are read in the morning: of what is late, ours and what was due last stand first."""
    late = sorted(groups["late"], key=lambda one: (not one.ours, -(one.due or dt.date.min).toordinal()))
    return groups | {"late": late}


def due_groups(desk: Desk, person: Person) -> dict[str, list[Entry]]:
    """The open deadlines by how near they are: late (by no more than a year), this week, later."""
    hidden = desk.hidden(person)

    def ask() -> dict[str, list[Entry]]:
        query = Query(desk.today, desk.today - _YEAR, desk.today + _LATER)
        entries = list_deadlines(desk.archive.engine, query, desk.settings)
        kept = [one for one in entries if one.dispatch_id.split("#")[0] not in hidden]
        week = desk.today + _WEEK
        return {
            "late": last_of_series([one for one in kept if one.status is Status.LATE]),
            "week": [one for one in kept if one.status is Status.OPEN and one.due and one.due <= week],
            "later": next_of_series([one for one in kept if one.status is Status.OPEN and one.due], week),
        }

    return desk.remembered(("due", hidden), ask)


def next_of_series(entries: list[Entry], after: dt.date) -> list[Entry]:
    """The entries due after a day with only the next of each recurring deadline, unless one is due before that."""
    series = sorted((one for one in entries if one.due), key=lambda one: one.due or after, reverse=True)
    following = {one.id.partition("@")[0]: one.id for one in series}
    return [one for one in entries if one.due and one.due > after and following[one.id.partition("@")[0]] == one.id]


def last_of_series(entries: list[Entry]) -> list[Entry]:
    """The entries with only the last of each recurring deadline: a year of missed months is one thing to do."""
    last = {one.id.partition("@")[0]: one.id for one in entries}
    return [one for one in entries if last[one.id.partition("@")[0]] == one.id]


@router.post("/don-vi", dependencies=[OwnForm])
def own_unit(
    request: Request, desk: AtDesk, person: Clerk, ten: Annotated[str, Form(max_length=2000)] = ""
) -> Response:
    """Say what our office is called, a name a line."""
    names = tuple(dict.fromkeys(" ".join(line.split()) for line in ten.splitlines() if line.strip()))
    save_settings(desk.root, desk.settings.model_copy(update={"unit": OwnUnit(names=names)}))
    return go(request, "/")


@router.get("/ngon-ngu/{language}")
def choose_language(request: Request, language: str, ve: str = "/") -> Response:
    """Turn the desk's language; the choice is kept by the browser."""
    answer: Any = go(request, ve)
    answer.set_cookie(
        "congvan_language", "en" if language == "en" else "vi", max_age=_LANGUAGE_SECONDS, httponly=True,
        samesite="lax", path=request.scope.get("root_path") or "/",
    )  # fmt: skip
    return answer  # type: ignore[no-any-return]  # a redirect with a cookie
