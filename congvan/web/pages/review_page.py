"""Cần xem: the queue, worst first; the page picture beside the form; what was typed taken, left open, or taken back."""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Form, Query, Request
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, Response

from congvan.archive.review.correcting import correct_value
from congvan.archive.review.fixing import Fix, fix
from congvan.archive.review.history import undo
from congvan.archive.review.queue import ListedDispatch, State, open_doubts
from congvan.archive.review.queue import Wanted as InQueue
from congvan.archive.review.queue import list_dispatches as list_queue
from congvan.archive.review.settle import settle_doubts, settle_ok
from congvan.archive.truth.archive_errors import PlainError
from congvan.web.guard.accounts import Person
from congvan.web.guard.usher import needs
from congvan.web.pages.dispatch_page import OpenDispatch, open_dispatch
from congvan.web.show.amending import as_meant
from congvan.web.show.asking import AtDesk, Clerk, OwnForm, go
from congvan.web.show.desk import Desk
from congvan.web.show.desk import desk_of as its_desk
from congvan.web.show.lit_places import shown_pages, shown_text
from congvan.web.show.review_form import DoubtRow, ReviewForm, review_form
from congvan.web.show.templating import page, path_of

router = APIRouter(include_in_schema=False)
_ROWS = 50
_AHEAD = 200
_FIXED = {"number", "symbol", "date", "subject", "issuing_body", "doc_type"}
"""The fields that are filled in as one step, consistent with each other; others are corrected one by one."""


class Answers(NamedTuple):
    """What came back of a form: typed values by field, the fields left open, and whether the rest was looked at."""

    typed: dict[str, str]
    shown: dict[str, str]
    left_open: set[str]
    rest_seen: bool


@router.get("/can-xem")
def queue(
    request: Request, desk: AtDesk, person: Clerk, nhom: Annotated[str, Query(max_length=10)] = "",
    xong: Annotated[str, Query(max_length=80)] = "", trang: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> HTMLResponse:  # fmt: skip
    """The queue: what has open doubts, or what nobody has confirmed yet."""
    state = State.NEW if nhom == "moi" else State.REVIEW
    found, total = _head_of(desk, state)
    if trang > 1:
        found, total = list_queue(desk.archive.engine, InQueue(state, limit=_ROWS, offset=(trang - 1) * _ROWS))
    hidden = desk.hidden(person)
    return page(request, "queue.html", found=[one for one in found[:_ROWS] if one.id.split("#")[0] not in hidden],
                total=total, group=nhom, page_number=trang, last=max(1, -(-total // _ROWS)),
                finished=_named(desk, person, xong))  # fmt: skip


def _head_of(desk: Desk, state: State) -> tuple[list[ListedDispatch], int]:
    """The beginning of a queue and how long it is, asked once after each change."""
    return desk.remembered(("queue", state), lambda: list_queue(desk.archive.engine, InQueue(state, limit=_AHEAD)))


@router.get("/can-xem/{key}")
def review(
    request: Request, desk: AtDesk, person: Clerk, key: str, xong: Annotated[str, Query(max_length=80)] = "",
    nhom: Annotated[str, Query(max_length=10)] = "",
) -> HTMLResponse:  # fmt: skip
    """One dispatch of the queue: its page beside the form of its doubts."""
    opened = open_dispatch(desk, person, key)
    return _show(request, desk, opened, form_of(desk, opened), finished=_named(desk, person, xong), group=nhom)


def form_of(desk: Desk, opened: OpenDispatch) -> ReviewForm:
    """The form of the doubts that are open now."""
    keys = {doubt.key for doubt in open_doubts(desk.archive.engine, opened.id)}
    return review_form(opened.inner.dispatch, desk.archive.document(opened.sha256), keys)


def _show(
    request: Request, desk: Desk, opened: OpenDispatch, form: ReviewForm, status: int = 200, **shown: Any
) -> HTMLResponse:
    document = desk.archive.document(opened.sha256)
    first = next((row.page for row in form.rows if row.page), 1) or 1
    _, left = _head_of(desk, State.REVIEW)
    shown = {"finished": None, "trouble": None, "conflict": False, "group": "", **shown}
    return page(request, "review.html", status, one=opened.inner.dispatch, opened=opened, form=form,
                key=path_of(opened.id).rpartition("/")[2], name=opened.record.source.name, left=left, lit="",
                pages=shown_pages(opened.inner.dispatch, document, first)[:6],
                text=list(shown_text(opened.inner.dispatch, document))[:200], **shown)  # fmt: skip


@router.post("/can-xem/{key}", dependencies=[OwnForm])
async def answer(request: Request, key: str, nhom: Annotated[str, Form(max_length=10)] = "") -> Response:
    """Take what a form says: all of it, or nothing where somebody else changed a field meanwhile."""
    from starlette.concurrency import run_in_threadpool

    person = needs(request, "clerk")
    answers = _answers(await request.form())
    return await run_in_threadpool(_take, request, person, key, answers, nhom)


def _answers(form: FormData) -> Answers:
    given = {name: value for name, value in form.items() if isinstance(value, str)}
    typed = {name[2:]: value[:5000] for name, value in given.items() if name.startswith("v_")}
    shown = {name[2:]: value for name, value in given.items() if name.startswith("t_")}
    state = {name[2:]: value for name, value in given.items() if name.startswith("s_")}
    left_open = {name for name, value in typed.items() if state.get(name) == "open" or not value.strip()}
    return Answers(typed, shown, left_open, given.get("rest") == "1")


def _take(request: Request, person: Person, key: str, answers: Answers, group: str) -> Response:
    desk = its_desk(request)
    opened = open_dispatch(desk, person, key)
    form = form_of(desk, opened)
    rows = [row for row in form.rows if row.name in answers.typed]
    if _clash(rows, answers) or set(answers.typed) - {row.name for row in rows} - _unchanged(opened, answers):
        _keep_typed(form, answers)
        return _show(request, desk, opened, form, 409, conflict=True, group=group)
    following = _next(desk, person, opened.id, group)
    try:
        _write(desk, opened, form, rows, answers)
    except PlainError as error:
        _keep_typed(form, answers)
        return _show(request, desk, opened, form, 422, trouble=str(error), group=group)
    done = path_of(opened.id).rpartition("/")[2]
    query = f"?xong={done}" + (f"&nhom={group}" if group else "")
    return go(request, f"{path_of(following.id).replace('/van-ban/', '/can-xem/') if following else '/can-xem'}{query}")


def _clash(rows: list[DoubtRow], answers: Answers) -> bool:
    """Whether any field no longer holds what the form showed; notes what it holds now."""
    clash = False
    for row in rows:
        typed, shown = (_folded(given.get(row.name, "")) for given in (answers.typed, answers.shown))
        if _folded(row.value) not in (shown, typed) and row.name not in answers.left_open:
            row.theirs = row.value
            clash = True
    return clash


def _unchanged(opened: OpenDispatch, answers: Answers) -> set[str]:
    """The fields typed that have no open doubt any more but hold just what was typed, or were left open."""
    from congvan.web.show.amending import as_typed

    header = opened.inner.dispatch.header
    same = {
        name
        for name, typed in answers.typed.items()
        if hasattr(header, name) and _folded(as_typed(name, getattr(header, name))) == _folded(typed)
    }
    return same | answers.left_open


def _keep_typed(form: ReviewForm, answers: Answers) -> None:
    known = {row.name: row for row in form.rows}
    for name, typed in answers.typed.items():
        if name in known:
            known[name].typed = typed
        elif name in _FIXED:
            form.rows.append(DoubtRow(name, _label(name), "text", "", typed=typed, pointer=f"/header/{name}"))


def _label(name: str) -> str:
    from congvan.web.show.spoken import FIELD_NAMES

    return FIELD_NAMES[name]


def _folded(text: str) -> str:
    return " ".join(text.split())


def _write(desk: Desk, opened: OpenDispatch, form: ReviewForm, rows: list[DoubtRow], answers: Answers) -> None:
    """Write what was typed and settle what it answers, as one step of the person."""
    archive = desk.archive
    taken = [row for row in rows if row.name not in answers.left_open]
    changed = {row.name: answers.typed[row.name].strip() for row in taken
               if _folded(answers.typed[row.name]) != _folded(row.value)}  # fmt: skip
    with archive.one_step():
        fixes = {name: value for name, value in changed.items() if name in _FIXED}
        if fixes:
            fix(archive, opened.id, Fix(**fixes))
        for name in changed.keys() - fixes.keys():
            pointer = f"{opened.inner.prefix}/header/{name}"
            correct_value(archive, opened.sha256, pointer, as_meant(name, changed[name]))
        keys = {key for row in taken for key in row.keys}
        keys |= set(form.rest_keys) if answers.rest_seen else set()
        still = open_doubts(archive.engine, opened.id)
        settle_doubts(archive, opened.id, [doubt for doubt in still if doubt.key in keys])
        if not open_doubts(archive.engine, opened.id):
            settle_ok(archive, [opened.id])


def _next(desk: Desk, person: Person, dispatch_id: str, group: str) -> ListedDispatch | None:
    """What comes after a dispatch in its queue."""
    state = State.NEW if group == "moi" else State.REVIEW
    hidden = desk.hidden(person)
    found, _ = _head_of(desk, state)
    rest = [one for one in found if one.id.split("#")[0] not in hidden or one.id == dispatch_id]
    places = [number for number, one in enumerate(rest) if one.id == dispatch_id]
    after = rest[places[0] + 1 :] if places else rest
    return next((one for one in after if one.id != dispatch_id), None)


def _named(desk: Desk, person: Person, key: str) -> str | None:
    """What was just finished, in words."""
    dispatch_id = key.replace(".", "#")
    sha256 = dispatch_id.split("#")[0]
    if len(sha256) != 64 or not desk.archive.holds(sha256) or sha256 in desk.hidden(person):
        return None
    record = desk.archive.record(sha256)
    return record.header.so_hieu or record.source.name


@router.post("/hoan-tac", dependencies=[OwnForm])
def take_back(
    request: Request, desk: AtDesk, person: Clerk, ve: Annotated[str, Form(max_length=500)] = "/can-xem"
) -> Response:
    """Take back the person's last step."""
    undo(desk.archive)
    return go(request, ve)
