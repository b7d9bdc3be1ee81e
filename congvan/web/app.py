"""The desk as an application: its routes, what every request passes, and what people see when something fails."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from congvan.archive.truth.archive_errors import PlainError
from congvan.commands.words.troubles import in_words
from congvan.web.api import api_routes, desk_routes, health_routes
from congvan.web.api.health_routes import Measured, Measures
from congvan.web.guard.usher import ForbiddenError, Usher, sitting
from congvan.web.guard.wall import Wall
from congvan.web.pages import (
    account_page,
    correcting_page,
    deadlines_page,
    dispatch_page,
    figures_page,
    file_routes,
    findings_page,
    holding_page,
    register_page,
    review_page,
    today_page,
    upload_page,
)
from congvan.web.show.desk import Desk
from congvan.web.show.spoken import told
from congvan.web.show.templating import page

_STATIC = Path(__file__).with_name("static")
_TITLE = "congvan"
_PAGES = (
    today_page, review_page, register_page, dispatch_page, correcting_page, deadlines_page, findings_page,
    figures_page, upload_page, holding_page, account_page, file_routes, api_routes, desk_routes,
    health_routes,
)  # fmt: skip
_log = logging.getLogger("congvan.web")


def make_app(desk: Desk) -> FastAPI:
    """The application of one desk. The path under which a proxy shows it is the server's root path."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        desk.open()
        yield
        desk.close()

    app = FastAPI(title=_TITLE, version="1", docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json",
                  lifespan=lifespan)  # fmt: skip
    app.state.desk = desk
    app.state.measures = Measures()
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    for module in _PAGES:
        app.include_router(module.router)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(ForbiddenError, _forbidden)
    app.add_exception_handler(PlainError, _plain)
    app.add_exception_handler(Exception, _fault)
    opening = desk.opening
    app.add_middleware(Usher, accounts=desk.accounts, login=opening.login, secret=opening.secret)
    app.add_middleware(Wall, hosts=opening.hosts, most_bytes=opening.most_bytes, told=told)
    app.add_middleware(Measured, measures=app.state.measures)
    return app


def _say(request: Request, status: int, words: str) -> Response:
    """A page for people, JSON for programs."""
    path = request.url.path.removeprefix(request.scope.get("root_path", ""))
    words = told(sitting(request).language, words)
    if path.startswith("/api/"):
        return JSONResponse({"detail": words}, status)
    return page(request, "trouble.html", status, words=words)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    words = {404: "Không có trang hay văn bản này.", 405: "Không làm được như thế ở trang này."}
    told = error.detail if error.status_code not in words or _is_ours(error) else words[error.status_code]
    return _say(request, error.status_code, str(told))


def _is_ours(error: HTTPException) -> bool:
    """Whether the reason was given by the desk: what the framework says of itself is English."""
    return str(error.detail) not in ("Not Found", "Method Not Allowed")


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    names = ", ".join(str(one["loc"][-1]) for one in error.errors())
    return _say(request, 422, f"Không hiểu giá trị của {names}.")


async def _forbidden(request: Request, _error: Exception) -> Response:
    return _say(request, 403, "Tài khoản của bạn không được làm việc này.")


async def _plain(request: Request, error: Exception) -> Response:
    return _say(request, 409, str(error))


async def _fault(request: Request, error: Exception) -> Response:
    words = in_words(error)
    if words is None:
        _log.error("%s %s", request.method, request.url.path, exc_info=error)
    return _say(request, 503 if words else 500, words or "Chương trình có lỗi; việc này chưa được ghi.")
