"""Files: page pictures, cuttings, originals and records, by the identifier of their file and by nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Query
from starlette.responses import Response

from congvan.web.show.asking import AtDesk, Reader
from congvan.web.show.desk import Desk
from congvan.web.show.page_drawing import PDF
from congvan.web.show.page_pictures import NoPictureError
from schemas.document import PageInfo

router = APIRouter(prefix="/tep", include_in_schema=False)
_KEPT = {"cache-control": "private, max-age=86400"}
_SHOWN = {PDF, "image/png", "image/jpeg", "image/tiff"}
"""What may be sent under its own type: nothing that a browser takes for a page."""

_NO_PICTURE = "Trang này không có hình."


@router.get("/{sha256}/trang/{number}.webp")
def page_picture(desk: AtDesk, person: Reader, sha256: str, number: int, w: int = 900) -> Response:
    """The picture of a page."""
    desk.may_see(person, sha256)
    try:
        return Response(desk.pictures.page(sha256, number, w), media_type="image/webp", headers=_KEPT)
    except NoPictureError:
        raise HTTPException(404, _NO_PICTURE) from None


@router.get("/{sha256}/trang/{number}/manh.webp")
def cutting(
    desk: AtDesk,
    person: Reader,
    sha256: str,
    number: int,
    o: Annotated[str, Query(pattern=r"^\d{1,5}(\.\d+)?(,\d{1,5}(\.\d+)?){3}$", max_length=60)],
) -> Response:
    """A piece of a page around a box in points, `o=x0,top,x1,bottom`."""
    desk.may_see(person, sha256)
    x0, top, x1, bottom = map(float, o.split(","))
    try:
        piece = desk.pictures.cutting(sha256, number, (x0, top, x1, bottom), _info(desk, sha256, number))
    except NoPictureError:
        raise HTTPException(404, _NO_PICTURE) from None
    return Response(piece, media_type="image/webp", headers=_KEPT)


def _info(desk: Desk, sha256: str, number: int) -> PageInfo | None:
    return next((one for one in desk.archive.document(sha256).pages if one.number == number), None)


@router.get("/{sha256}/ban-goc")
def original(desk: AtDesk, person: Reader, sha256: str) -> Response:
    """The unaltered original, to keep."""
    desk.may_see(person, sha256)
    path = desk.archive.layout.find_original(sha256)
    if path is None:
        raise HTTPException(404)
    source = desk.archive.machine_record(sha256).source
    return _attachment(path, source.name, source.media_type)


@router.get("/{sha256}/tim-duoc.pdf")
def searchable(desk: AtDesk, person: Reader, sha256: str) -> Response:
    """The searchable copy of a scan, where one is kept."""
    desk.may_see(person, sha256)
    path = desk.archive.layout.searchable(sha256)
    if not path.exists():
        raise HTTPException(404, "Chưa có bản tìm được chữ của tệp này.")
    return _attachment(path, f"{Path(desk.archive.machine_record(sha256).source.name).stem}.pdf", PDF)


@router.get("/{sha256}/ban-ghi.json")
def record(desk: AtDesk, person: Reader, sha256: str) -> Response:
    """The record with people's corrections, to keep."""
    desk.may_see(person, sha256)
    text = desk.archive.record(sha256).model_dump_json(indent=1)
    headers = {"content-disposition": f'attachment; filename="{sha256[:12]}.json"'}
    return Response(text, media_type="application/json", headers=headers)


def _attachment(path: Path, name: str, media_type: str) -> Response:
    kind = media_type if media_type in _SHOWN else "application/octet-stream"
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "content-security-policy": "sandbox; default-src 'none'",
    }
    return Response(path.read_bytes(), media_type=kind, headers=headers)
