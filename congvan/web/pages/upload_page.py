"""Nạp tệp: files dropped or chosen, taken in by the pipeline, their outcomes told file by file."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

from fastapi import APIRouter, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse

from congvan.web.guard.forms import FIELD
from congvan.web.guard.usher import needs, sitting
from congvan.web.show import spoken
from congvan.web.show.asking import AtDesk, Clerk, go, own_form
from congvan.web.show.desk import Desk, desk_of
from congvan.web.show.templating import page, path_of
from congvan.web.show.uploads import Taken, Upload

router = APIRouter(include_in_schema=False)
_LOOK_SECONDS = 0.3


@router.get("/nap-tep")
def upload(request: Request, desk: AtDesk, person: Clerk) -> HTMLResponse:
    """Where files are chosen."""
    return page(request, "upload.html", most=desk.opening.most_bytes >> 20, most_files=desk.opening.most_files)


@router.post("/nap-tep")
async def receive(request: Request) -> Response:
    """Take in the files of a form, under the limits of number and size."""
    person = needs(request, "clerk")
    desk = desk_of(request)
    async with request.form(max_files=desk.opening.most_files, max_fields=20) as form:
        if request.headers.get("x-csrf-token") is None and not isinstance(form.get(FIELD), str):
            raise HTTPException(403, "Trang này đã cũ; hãy tải lại rồi làm lại.")
        await own_form(request)
        files = [one for one in form.getlist("tep") if isinstance(one, UploadFile) and one.filename]
        if not files:
            raise HTTPException(422, "Chưa chọn tệp nào.")
        started = await run_in_threadpool(_keep, desk, files, person.name)
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"key": started.key, "count": started.count}, 202)
    return go(request, f"/nap-tep/{started.key}")


def _keep(desk: Desk, files: list[UploadFile], who: str) -> Upload:
    upload = desk.uploads.begin(who)
    try:
        for file in files:
            upload.receive(file.filename or "", file.file)
    except OSError:
        desk.uploads.drop(upload)
        raise
    desk.uploads.start(upload)
    return upload


@router.get("/nap-tep/{key}")
def progress(request: Request, desk: AtDesk, person: Clerk, key: str) -> HTMLResponse:
    """An upload's files with their outcomes; without a script, the page as it is now."""
    found = _upload(desk, key)
    return page(request, "progress.html", upload=found, taken=list(found.taken))


@router.get("/nap-tep/{key}/dong")
async def events(request: Request, key: str) -> StreamingResponse:
    """The outcomes of an upload as server-sent events, those of before first."""
    needs(request, "clerk")
    found = _upload(desk_of(request), key)
    language = sitting(request).language
    last = request.headers.get("last-event-id", "0")
    seen = int(last) if last.isdecimal() else 0
    return StreamingResponse(
        _told(request, found, language, seen), media_type="text/event-stream", headers={"x-accel-buffering": "no"}
    )


async def _told(request: Request, upload: Upload, language: str, seen: int) -> AsyncIterator[str]:
    while not await request.is_disconnected():
        finished = upload.finished
        for number in range(seen, len(upload.taken)):
            yield _event("taken", _as_json(upload.taken[number], number + 1, language), number + 1)
        seen = len(upload.taken)
        if finished:
            yield _event("finished", {"trouble": spoken.told(language, upload.trouble or "")}, seen)
            return
        await asyncio.sleep(_LOOK_SECONDS)


def _as_json(one: Taken, number: int, language: str) -> dict[str, object]:
    address = path_of(one.dispatch) if one.dispatch else None
    words = spoken.say(language, spoken.OUTCOMES[one.outcome])
    reason = spoken.told(language, one.reason or "")
    return {"name": one.name, "outcome": one.outcome, "words": words, "reason": reason, "address": address,
            "number": number}  # fmt: skip


def _event(name: str, facts: dict[str, object], number: int) -> str:
    return f"event: {name}\nid: {number}\ndata: {json.dumps(facts, ensure_ascii=False)}\n\n"


def _upload(desk: Desk, key: str) -> Upload:
    found = desk.uploads.get(key)
    if found is None:
        raise HTTPException(404, "Không có lần nạp này; kết quả đã nằm trong kho lưu và nhật ký.")
    return found
