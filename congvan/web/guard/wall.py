"""What every request passes: its host, the origin it comes from, its size; and the headers of every answer."""

from __future__ import annotations

from collections.abc import Callable, Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOCAL_NAMES = frozenset({"127.0.0.1", "localhost", "::1", "testserver"})
_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


class TooLargeError(Exception):
    """A body longer than what is taken."""


class Wall:
    """Middleware around the whole desk. `hosts` are the names it answers to; None for any; `told`
    puts a refusal into a language.

    A page of another origin that sends a form here is told no by its Origin; a page that made its own name point here
    (DNS rebinding) by its Host.
    """

    def __init__(
        self, app: ASGIApp, hosts: Collection[str] | None, most_bytes: int, told: Callable[[str, str], str]
    ) -> None:
        self.app = app
        self.hosts = hosts
        self.most_bytes = most_bytes
        self.told = told

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refused = self._refused(scope["method"], headers)
        if refused is not None:
            await refused(scope, receive, _with_headers(send))
            return
        try:
            await self.app(scope, self._counted(receive), _with_headers(send))
        except TooLargeError:
            await self._refusal(headers, "Tải lên quá lớn.", 413)(scope, receive, _with_headers(send))

    def _refused(self, method: str, headers: Headers) -> PlainTextResponse | None:
        host = headers.get("host", "")
        if self.hosts is not None and _name_of(host) not in self.hosts:
            return self._refusal(headers, "Địa chỉ này không phải của bàn làm việc.", 421)
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self.most_bytes:
            return self._refusal(headers, "Tải lên quá lớn.", 413)
        if method not in _SAFE_METHODS and _is_foreign(headers, host):
            return self._refusal(headers, "Yêu cầu đến từ trang khác nên không nhận.", 403)
        return None

    def _refusal(self, headers: Headers, words: str, status: int) -> PlainTextResponse:
        language = "en" if "congvan_language=en" in headers.get("cookie", "") else "vi"
        return PlainTextResponse(self.told(language, words), status)

    def _counted(self, receive: Receive) -> Receive:
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.most_bytes:
                raise TooLargeError
            return message

        return counted


def _name_of(host: str) -> str:
    """
    >>> _name_of("localhost:8000"), _name_of("[::1]:8000"), _name_of("127.0.0.1")
    ('localhost', '::1', '127.0.0.1')
    """
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_foreign(headers: Headers, host: str) -> bool:
    site = headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return True
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != (headers.get("x-forwarded-host") or host)


def _with_headers(send: Send) -> Send:
    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return with_headers
