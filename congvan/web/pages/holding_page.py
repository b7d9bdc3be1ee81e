"""Cách ly, thùng rác, nhật ký: what could not be taken in, what was taken away, and who did what."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Query, Request
from starlette.responses import HTMLResponse, Response

from congvan.archive.review.history import in_words
from congvan.archive.truth.told_events import read_last
from congvan.web.show.asking import AtDesk, Clerk, OwnForm, Reader, go
from congvan.web.show.desk import is_hash
from congvan.web.show.templating import page, path_of

router = APIRouter(include_in_schema=False)
_ROWS = 200
ACT_NAMES = {
    "add": "nạp vào kho lưu", "seen": "gặp lại tệp", "reparse": "đọc lại", "correct": "sửa", "handle": "xử lý thời hạn",
    "arrive": "vào sổ", "finish": "hoàn tất sau khi bị ngắt", "restore": "khôi phục nhật ký",
    "review": "xem xong", "settle": "chốt chỗ cần xem",
    "assign": "giao việc", "answer": "trả lời kiểm tra", "cancel": "hủy số đến", "copy": "bản sao",
    "remove": "gỡ khỏi kho",
    "return": "lấy lại vào kho", "purge": "xoá hẳn", "undo": "lùi lại",
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


@router.get("/thung-rac")
def trash(request: Request, desk: AtDesk, person: Clerk) -> HTMLResponse:
    """The files that were taken out of the archive, until they are purged."""
    hidden = desk.hidden(person)
    rows = [row for row in desk.archive.removals() if row["sha256"] not in hidden and not row["purged"]]
    return page(request, "trash.html", rows=rows)


@router.post("/thung-rac/{sha256}/lay-lai", dependencies=[OwnForm])
def put_back(request: Request, desk: AtDesk, person: Clerk, sha256: str) -> Response:
    """Take a file back into the archive, with all that was said of it."""
    if not is_hash(sha256):
        raise HTTPException(404)
    desk.archive.put_back(sha256)
    return go(request, path_of(sha256))


@router.post("/van-ban/{key}/go", dependencies=[OwnForm])
def take_out(
    request: Request, desk: AtDesk, person: Clerk, key: str, vi_sao: Annotated[str, Form(min_length=2, max_length=500)]
) -> Response:
    """Take a file out of the archive, into its trash."""
    sha256 = key.partition(".")[0]
    desk.may_see(person, sha256)
    desk.archive.take_out(sha256, vi_sao.strip())
    return go(request, "/thung-rac")


@router.post("/van-ban/{key}/huy-so", dependencies=[OwnForm])
def cancel(
    request: Request, desk: AtDesk, person: Clerk, key: str, vi_sao: Annotated[str, Form(min_length=2, max_length=500)]
) -> Response:
    """Make a number of arrival void; it stays in the book and is never given again."""
    dispatch_id = key.replace(".", "#")
    desk.may_see(person, dispatch_id.split("#")[0])
    desk.archive.cancel(dispatch_id, vi_sao.strip())
    return go(request, path_of(dispatch_id))


@router.get("/nhat-ky")
def events(
    request: Request, desk: AtDesk, person: Reader, ai: Annotated[str, Query(max_length=100)] = "",
    viec: Annotated[str, Query(max_length=30)] = "",
) -> HTMLResponse:  # fmt: skip
    """Who did what, the newest first."""
    hidden = desk.hidden(person)
    found: list[dict[str, Any]] = []
    before = None
    with desk.archive.engine.connect() as connection:
        while len(found) < _ROWS and (
            lines := read_last(connection, desk.archive.layout.log, ai, [viec] if viec else [], before, _ROWS)
        ):
            before = lines[-1].number
            told = [line.event for line in lines if line.event is not None]
            found += [event for event in told if _about(event) not in hidden]
    return page(request, "events.html", events=[_shown(one) for one in found[:_ROWS]], who=ai, act=viec,
                acts=ACT_NAMES)  # fmt: skip


def _about(event: dict[str, Any]) -> str:
    return str(event.get("sha256") or event.get("dispatch_id") or "").split("#")[0]


def _shown(event: dict[str, Any]) -> dict[str, Any]:
    about = event.get("dispatch_id") or event.get("sha256")
    path = str(event.get("path") or "")
    words = in_words(event) + (f" ({path.rpartition('/')[2]})" if path and event["act"] != "add" else "")
    return {"time": event.get("time"), "who": event.get("who"), "act": event["act"], "about": about, "words": words}
