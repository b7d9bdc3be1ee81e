"""What routes ask for: the desk, the person with his role, and a form that comes from one of our own pages."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, HTTPException, Request
from starlette.responses import RedirectResponse

from congvan.web.guard import usher
from congvan.web.guard.accounts import Person
from congvan.web.guard.forms import FIELD, HEADER, is_own
from congvan.web.show.desk import Desk, desk_of

_FORGED = "Trang này đã cũ hoặc yêu cầu không đến từ bàn làm việc; hãy tải lại trang rồi làm lại."


async def _desk(request: Request) -> Desk:
    return desk_of(request)


async def _reader(request: Request) -> Person:
    return usher.needs(request, "reader")


async def _clerk(request: Request) -> Person:
    return usher.needs(request, "clerk")


async def _admin(request: Request) -> Person:
    return usher.needs(request, "admin")


async def own_form(request: Request) -> None:
    """Raises a 403 for a form without the token of this browser and session."""
    token = request.headers.get(HEADER)
    if token is None:
        form = await request.form()
        given = form.get(FIELD)
        token = given if isinstance(given, str) else None
    seat = usher.sitting(request)
    if not is_own(desk_of(request).accounts.signing_key(), seat.visit, seat.session, token):
        raise HTTPException(403, _FORGED)


AtDesk = Annotated[Desk, Depends(_desk)]
Reader = Annotated[Person, Depends(_reader)]
Clerk = Annotated[Person, Depends(_clerk)]
Admin = Annotated[Person, Depends(_admin)]
OwnForm = Depends(own_form)


def go(request: Request, path: str, status: int = 303) -> RedirectResponse:
    """The answer that sends a browser on to another page of the desk; never to another host."""
    parts = urlsplit(path)
    safe = path if path.startswith("/") and not path.startswith(("//", "/\\")) and not parts.netloc else "/"
    return RedirectResponse(f"{request.scope.get('root_path', '')}{safe}", status)


def read_date(text: str | None) -> dt.date | None:
    """A day typed as `15/8/2024` or `2024-08-15`; None for nothing. Raises a 422 with words for anything else."""
    if text is None or not text.strip():
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    raise HTTPException(422, f"Không hiểu ngày “{text[:40]}”; hãy viết như 15/8/2024.")
