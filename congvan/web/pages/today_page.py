"""Hôm nay: what has arrived, what needs a look, what is due; each count leads to its list."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, Response

from congvan.archive.review.queue import State
from congvan.archive.review.queue import Wanted as InQueue
from congvan.archive.review.queue import list_dispatches as list_queue
from congvan.register.entries import Entry
from congvan.register.screens.asked import Group
from congvan.register.screens.due_screen import open_register
from congvan.register.settings import OwnUnit, save_settings
from congvan.web.pages.findings_page import unanswered
from congvan.web.show.asking import AtDesk, Clerk, OwnForm, Reader, go
from congvan.web.show.dispatch_lists import AskedFor, count_dispatches, list_dispatches
from congvan.web.show.templating import page

router = APIRouter(include_in_schema=False)
_DUE = (Group.LATE, Group.WEEK, Group.LATER)
_MOST_ROWS = 8
_LANGUAGE_SECONDS = 365 * 24 * 3600


@router.get("/")
def today(request: Request, desk: AtDesk, person: Reader) -> HTMLResponse:
    """The first page."""
    hidden = desk.hidden(person)

    def due() -> tuple[dict[str, int], dict[str, list[Entry]]]:
        with open_register(desk.archive.engine, desk.today, desk.settings, hidden) as register:
            return ({group.value: register.count(group) for group in _DUE},
                    {group.value: register.lines(group, 0, _MOST_ROWS) for group in _DUE})  # fmt: skip

    groups, shown = desk.remembered(("due", hidden), due)
    engine = desk.archive.engine

    def counts() -> dict[str, int]:
        states = {"new": "chua-vao-so", "all": ""}
        found = {name: count_dispatches(engine, AskedFor(state=state), hidden) for name, state in states.items()}
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
        shown=shown,
        today=desk.today,
        units=desk.settings.unit.names,
        findings=unanswered(desk, person),
        held=sum(1 for _ in desk.quarantine.held()),
    )


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
