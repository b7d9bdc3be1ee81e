"""Who sits at the desk: told by the session cookie of each request before any page is asked."""

from __future__ import annotations

import getpass
import secrets
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from congvan.archive.truth import log
from congvan.web.guard.accounts import Accounts, Person, Role
from congvan.web.guard.forms import SESSION_COOKIE, VISIT_COOKIE, form_token

LOGIN = "/dang-nhap"
_OPEN_TO_ALL = (LOGIN, "/static/", "/health", "/lich/", "/ngon-ngu/")
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Sitting:
    """One request's person (None before the login), the token of his forms, and the language he reads."""

    person: Person | None
    token: str
    session: str
    visit: str
    language: str


class ForbiddenError(Exception):
    """Something that the person's role does not allow."""


class Usher:
    """Middleware that finds the person of each request. Without `login` it is the person at this computer."""

    def __init__(self, app: ASGIApp, accounts: Accounts, login: bool, secret: bool) -> None:
        self.app = app
        self.accounts = accounts
        self.login = login
        self.local = Person(getpass.getuser(), "admin", secret)
        self.key = accounts.signing_key()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        cookies = _cookies(Headers(scope=scope))
        visit = cookies.get(VISIT_COOKIE, "")
        fresh = "" if visit else secrets.token_urlsafe(16)
        session = cookies.get(SESSION_COOKIE, "") if self.login else ""
        person = self._person(scope, session)
        token = form_token(self.key, visit or fresh, session)
        language = "en" if cookies.get("congvan_language") == "en" else "vi"
        scope.setdefault("state", {})["sitting"] = Sitting(person, token, session, visit, language)
        if person is None and not _path(scope).startswith(_OPEN_TO_ALL):
            await _to_login(scope)(scope, receive, send)
            return
        acting = log.acting.set(person.name if person and self.login else None)
        try:
            await self.app(scope, receive, _with_visit(send, scope, fresh) if fresh else send)
        finally:
            log.acting.reset(acting)

    def _person(self, scope: Scope, session: str) -> Person | None:
        """Who asks: by the token of a program where the API is asked with one, else by the session."""
        if not self.login:
            return self.local
        token = bearer(Headers(scope=scope)) if _is_for_programs(_path(scope)) else None
        if token is not None:
            return self.accounts.whose_token(token)
        return self.accounts.whose(session) if session else None


def bearer(headers: Headers) -> str | None:
    """The token of a program, where a request bears one."""
    kind, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() or None if kind.lower() == "bearer" else None


def sitting(request: Request) -> Sitting:
    """The sitting of a request."""
    found = request.state.sitting
    assert isinstance(found, Sitting)
    return found


def person_of(request: Request) -> Person:
    """The person of a request. Raises `ForbiddenError` before the login."""
    person = sitting(request).person
    if person is None:
        raise ForbiddenError
    return person


def needs(request: Request, role: Role) -> Person:
    """The person of a request, whose role must be at least `role`. Raises `ForbiddenError`."""
    person = person_of(request)
    if not person.may(role):
        raise ForbiddenError
    return person


def clerk(request: Request) -> Person:
    """What routes that change something depend upon."""
    return needs(request, "clerk")


def _path(scope: Scope) -> str:
    path, root = str(scope["path"]), str(scope.get("root_path", ""))
    return path[len(root) :] if root and path.startswith(root) else path


def _is_for_programs(path: str) -> bool:
    return path.startswith("/api/") or path == "/metrics"


def _to_login(scope: Scope) -> RedirectResponse | JSONResponse:
    path = _path(scope)
    if _is_for_programs(path):
        told = {"detail": "Hãy đăng nhập, hoặc gửi mã truy cập còn hạn."}
        return JSONResponse(told, 401, {"www-authenticate": "Bearer"})
    back = f"?ve={quote(path, safe='')}" if scope["method"] == "GET" and path != "/" else ""
    return RedirectResponse(f"{scope.get('root_path', '')}{LOGIN}{back}", 303)


def _cookies(headers: Headers) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(headers.get("cookie", "")).items()}
    except CookieError:
        return {}


def _with_visit(send: Send, scope: Scope, visit: str) -> Send:
    """Gives a browser that comes for the first time its cookie."""
    secure = "; Secure" if scope.get("scheme") == "https" else ""
    path = scope.get("root_path") or "/"

    async def with_visit(message: Message) -> None:
        if message["type"] == "http.response.start":
            cookie = f"{VISIT_COOKIE}={visit}; Path={path}; Max-Age={_YEAR}; HttpOnly; SameSite=Lax{secure}"
            MutableHeaders(scope=message).append("set-cookie", cookie)
        await send(message)

    return with_visit
