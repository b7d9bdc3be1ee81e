"""Corrections in place: a value of the header, the words of a task, who does it, a deadline's day."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request
from starlette.responses import Response

from congvan.archive.review.correcting import TOGETHER, correct_value
from congvan.web.pages.dispatch_page import OpenDispatch, open_dispatch
from congvan.web.show.amending import AmendedPlace, as_meant, place_named, value_at
from congvan.web.show.asking import AtDesk, Clerk, OwnForm, go
from congvan.web.show.desk import Desk
from congvan.web.show.spoken import FIELD_NAMES
from congvan.web.show.templating import page, path_of

router = APIRouter(include_in_schema=False)


@router.post("/van-ban/{key}/sua", dependencies=[OwnForm])
def correct(
    request: Request, desk: AtDesk, person: Clerk, key: str,
    truong: Annotated[str, Form(pattern="^[a-z_.0-9]{2,40}$")], gia_tri: Annotated[str, Form(max_length=5000)] = "",
    thay: Annotated[str, Form(max_length=5000)] = "", ve: Annotated[str, Form(max_length=500)] = "",
) -> Response:  # fmt: skip
    """Put a person's value into a place of the record. Where somebody else changed it since the page was shown
    (`thay` is what it showed), nothing is written and both values are shown.
    """
    opened = open_dispatch(desk, person, key)
    place = place_named(truong, opened.inner.dispatch)
    if place is None:
        raise HTTPException(422, "Không có trường này.")
    now = value_at(opened.inner.dispatch, place)
    if not is_as_seen(now, thay, gia_tri):
        return page(request, "conflict.html", 409, key=key, field=truong, label=FIELD_NAMES[place.field],
                    mine=gia_tri, theirs=now, seen=thay, opened=opened, by=_last(desk, opened, place))  # fmt: skip
    write(desk, opened, place, gia_tri)
    return go(request, ve or path_of(opened.id))


def is_as_seen(now: str, seen: str, typed: str) -> bool:
    """Whether a place holds what somebody saw in it when he typed, or what he typed already."""
    return _folded(now) in (_folded(seen), _folded(typed))


def write(desk: Desk, opened: OpenDispatch, place: AmendedPlace, typed: str) -> None:
    """Write a value that is not there yet, and as one step with it what would contradict it: the other reading of a day
    that is settled now, the assignees that a deadline has from its task.
    """
    one, prefix = opened.inner.dispatch, opened.inner.prefix
    if _folded(value_at(one, place)) == _folded(typed):
        return
    together = place.items is None and place.field in TOGETHER
    value = " ".join(typed.split()) or None if together else as_meant(place.field, typed)
    with desk.archive.one_step():
        correct_value(desk.archive, opened.sha256, prefix + place.pointer, value)
        if place.field == "due" and one.deadlines[place.number].alternative_due is not None:
            desk.archive.correct(opened.sha256, f"{prefix}/deadlines/{place.number}/alternative_due", None)
        if place.field == "assignees":
            task = one.directives[place.number]
            for number, deadline in enumerate(one.deadlines):
                if deadline.id in task.deadlines and deadline.assignees == task.assignees:
                    desk.archive.correct(opened.sha256, f"{prefix}/deadlines/{number}/assignees", value)


def _folded(text: str) -> str:
    return " ".join(text.split())


def _last(desk: Desk, opened: OpenDispatch, place: AmendedPlace) -> Any:
    """The last correction of a place: whose value stands there now."""
    pointer = opened.inner.prefix + place.pointer
    made = [one for one in desk.archive.corrections(opened.sha256) if one.path == pointer]
    return made[-1] if made else None
