"""Health and metrics, for those who run the desk: numbers only, never a word of a document."""

from __future__ import annotations

import threading
import time
from collections import Counter

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse
from sqlalchemy import text
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from congvan.web.guard.usher import sitting
from congvan.web.show.asking import AtDesk, Reader

router = APIRouter(include_in_schema=False)
_COUNTS = {
    "congvan_dispatches": "SELECT count(*) FROM dispatches WHERE copy_of IS NULL",
    "congvan_files": "SELECT count(DISTINCT file_sha256) FROM dispatches",
    "congvan_arrivals": "SELECT count(*) FROM arrivals",
    "congvan_deadlines": "SELECT count(*) FROM deadlines",
}


class Measures:
    """What was asked of the desk: requests by method and status, and the seconds that they took."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.requests: Counter[tuple[str, int]] = Counter()
        self.seconds = 0.0

    def note(self, method: str, status: int, seconds: float) -> None:
        """Count one request."""
        with self._lock:
            self.requests[method, status] += 1
            self.seconds += seconds

    def lines(self) -> list[str]:
        """The numbers as Prometheus reads them."""
        with self._lock:
            counted, seconds = dict(self.requests), self.seconds
        lines = ["# TYPE congvan_requests_total counter"]
        for (method, status), count in sorted(counted.items()):
            lines.append(f'congvan_requests_total{{method="{method}",status="{status}"}} {count}')
        lines += ["# TYPE congvan_request_seconds_total counter", f"congvan_request_seconds_total {seconds:.6f}"]
        return lines


_METHODS = {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"}


class Measured:
    """Middleware that counts requests."""

    def __init__(self, app: ASGIApp, measures: Measures) -> None:
        self.app = app
        self.measures = measures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            method = scope["method"] if scope["method"] in _METHODS else "OTHER"
            self.measures.note(method, status, time.perf_counter() - began)


@router.get("/health")
def health(request: Request, desk: AtDesk) -> JSONResponse:
    """Whether the archive answers. Says nothing else to those who have not logged in."""
    with desk.archive.engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    known = sitting(request).person is not None
    return JSONResponse({"status": "ok", "held": sum(1 for _ in desk.quarantine.held())} if known else {"status": "ok"})


@router.get("/metrics")
def metrics(request: Request, desk: AtDesk, person: Reader) -> PlainTextResponse:
    """Counts for Prometheus."""
    lines = request.app.state.measures.lines()
    with desk.archive.engine.connect() as connection:
        for name, statement in _COUNTS.items():
            lines += [f"# TYPE {name} gauge", f"{name} {connection.scalar(text(statement)) or 0}"]
    held = sum(1 for _ in desk.quarantine.held())
    lines += ["# TYPE congvan_quarantine_files gauge", f"congvan_quarantine_files {held}"]
    return PlainTextResponse("\n".join(lines) + "\n")
