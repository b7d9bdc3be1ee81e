"""Logging in and out. Every login begins a new session; a wrong name and a wrong password are told alike."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, Response

from congvan.web.guard.forms import SESSION_COOKIE
from congvan.web.guard.usher import LOGIN, sitting
from congvan.web.show.asking import AtDesk, OwnForm, go
from congvan.web.show.templating import page

router = APIRouter(include_in_schema=False)


@router.get(LOGIN)
def login(request: Request, ve: str = "/") -> HTMLResponse:
    """The form."""
    return page(request, "login.html", back=ve[:500], trouble=None)


@router.post(LOGIN, dependencies=[OwnForm])
def enter(
    request: Request, desk: AtDesk, ten: Annotated[str, Form(max_length=100)],
    mat_khau: Annotated[str, Form(max_length=500)], ve: Annotated[str, Form(max_length=500)] = "/",
) -> Response:  # fmt: skip
    """Begin a session for whoever knows the password; after a few wrong tries one waits."""
    address = request.client.host if request.client else ""
    rate = desk.login_rate
    seconds = rate.wait(ten, address)
    if seconds:
        return page(request, "login.html", 429, back=ve, trouble=("wait", seconds))
    token = desk.accounts.enter(ten, mat_khau)
    if token is None:
        rate.failed(ten, address)
        return page(request, "login.html", 403, back=ve, trouble=("wrong", 0))
    rate.succeeded(ten)
    answer = go(request, ve)
    answer.set_cookie(
        SESSION_COOKIE, token, httponly=True, samesite="lax", secure=request.url.scheme == "https",
        path=request.scope.get("root_path") or "/",
    )  # fmt: skip
    return answer


@router.post("/dang-xuat", dependencies=[OwnForm])
def leave(request: Request, desk: AtDesk) -> Response:
    """End the session."""
    desk.accounts.leave(sitting(request).session)
    answer = go(request, LOGIN)
    answer.delete_cookie(SESSION_COOKIE, path=request.scope.get("root_path") or "/")
    return answer
