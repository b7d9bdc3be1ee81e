"""Cách ly, thùng rác, nhật ký: what could not be taken in, what was taken away, and who did what."""

from __future__ import annotations

from collections import deque
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, Response

from congvan.archive.truth import log
from congvan.web.show.asking import AtDesk, Clerk, OwnForm, Reader, go
from congvan.web.show.templating import page

router = APIRouter(include_in_schema=False)
_ROWS = 200
ACT_NAMES = {
    "add": "nạp vào kho lưu", "seen": "gặp lại tệp", "reparse": "đọc lại", "correct": "sửa", "handle": "xử lý thời hạn",
    "arrive": "vào sổ", "finish": "hoàn tất sau khi bị ngắt", "restore": "khôi phục nhật ký",
}  # fmt: skip


@router.get("/cach-ly")
def quarantine(request: Request, desk: AtDesk, person: Clerk) -> HTMLResponse:
    """The files that could not be registered, with the reasons."""
    return page(request, "quarantine.html", held=list(desk.quarantine.held()))


@router.post("/cach-ly/doc-lai", dependencies=[OwnForm])
def retry(request: Request, desk: AtDesk, person: Clerk) -> Response:
    """Read all of them again."""
    paths = [one.origin if one.origin.exists() else one.copy for one in desk.quarantine.held()]
    upload = desk.uploads.retry([path for path in paths if path.exists()], person.name)
    return go(request, f"/nap-tep/{upload.key}")


@router.get("/nhat-ky")
def events(
    request: Request, desk: AtDesk, person: Reader, ai: Annotated[str, Query(max_length=100)] = "",
    viec: Annotated[str, Query(max_length=30)] = "",
) -> HTMLResponse:  # fmt: skip
    """Who did what, the newest first."""
    hidden = desk.hidden(person)
    found: deque[dict[str, Any]] = deque(maxlen=_ROWS)
    for event in log.read(desk.archive.layout.log):
        about = str(event.get("sha256") or event.get("dispatch_id") or "").split("#")[0]
        if (not ai or event.get("who") == ai) and (not viec or event["act"] == viec) and about not in hidden:
            found.append(event)
    return page(request, "events.html", events=[_shown(one) for one in reversed(found)], who=ai, act=viec,
                acts=ACT_NAMES)  # fmt: skip


def _shown(event: dict[str, Any]) -> dict[str, Any]:
    about = event.get("dispatch_id") or event.get("sha256")
    path = str(event.get("path") or "")
    words = [path.rpartition("/")[2] if path else "", str(event.get("so_hieu") or ""), _details(event)]
    return {"time": event.get("time"), "who": event.get("who"), "act": event["act"], "about": about,
            "words": ", ".join(filter(None, dict.fromkeys(words)))}  # fmt: skip


def _details(event: dict[str, Any]) -> str:
    match event["act"]:
        case "correct":
            last = event["patch"][-1]
            return f"{last['path']} = {last['value']}"
        case "arrive":
            return f"số đến {event.get('number')}"
        case "handle":
            return " ".join(filter(None, (str(event.get("status")), event.get("phrase"), event.get("reply_so_hieu"))))
        case _:
            return str(event.get("reason") or event.get("why") or "")
