"""Kiểm tra số liệu: the dispatches in which figures do not agree, and each finding with both places shown."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Form, Query, Request
from sqlalchemy import select
from starlette.responses import HTMLResponse, Response

from congvan.archive.index.person_tables import answers
from congvan.archive.index.sql_tables import dispatches
from congvan.audit.answers import finding_key, known_answers
from congvan.audit.audit import audit
from congvan.audit.report.marks import enclosing
from congvan.audit.report.text_report import headline, shown_number, summary
from congvan.audit.report.weight import Mistake, mistakes
from congvan.audit.report.xlsx_report import write_xlsx
from congvan.audit.where import Checked, boxes, local, place_of
from congvan.audit.wording import Language, Wording, wording
from congvan.web.guard.accounts import Person
from congvan.web.guard.usher import sitting
from congvan.web.pages.dispatch_page import OpenDispatch, open_dispatch
from congvan.web.pages.register_page import XLSX
from congvan.web.show.asking import AtDesk, Clerk, OwnForm, Reader, go
from congvan.web.show.desk import Desk
from congvan.web.show.excerpts import Excerpt, excerpts
from congvan.web.show.lit_places import LitPlace, shown_pages
from congvan.web.show.page_pictures import cutting_room, has_pictures
from congvan.web.show.templating import page
from schemas.base import Box
from schemas.dispatch import Dispatch
from schemas.finding import Finding

router = APIRouter(include_in_schema=False)
_ROWS = 100
_MOST_CUTTINGS = 4
ANSWER_NAMES = {"mistake": "Văn bản sai", "explained": "Có lý do", "ours": "Lỗi của ta"}


class ShownPlace(NamedTuple):
    """A place of a finding: whether it is the reported one, its page and box, and what stands there."""

    role: str
    page: int | None
    box: str
    room: tuple[int, int] | None
    text: str
    where: str


class ShownFinding(NamedTuple):
    """A finding as it is shown, with its places and what follows from it."""

    key: str
    finding: Finding
    reported: str
    computed: str
    places: list[ShownPlace]
    led: list[ShownFinding]


@router.get("/kiem-tra")
def overview(
    request: Request, desk: AtDesk, person: Reader, theo: Annotated[str, Query(pattern="^(van-ban)?$")] = "",
    trang: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> HTMLResponse:  # fmt: skip
    """The mistakes of all dispatches by weight, or (`theo=van-ban`) the dispatches by how much of them is wrong."""
    without = left_out(desk, person)
    first = (trang - 1) * _ROWS
    documents, in_all, wrong = desk.findings.overview(without, first, _ROWS if theo else 1)
    found, total = (documents, in_all) if theo else desk.findings.mistakes(without, first, _ROWS)
    count, figures, checked = desk.remembered(("totals", without), lambda: desk.findings.totals(without))
    language: Language = "en" if sitting(request).language == "en" else "vi"
    return page(request, "findings.html", found=found, by=theo, page_number=trang, last=max(1, -(-total // _ROWS)),
                count=count, figures=figures, checked=checked, wrong=wrong, words=wording(language),
                said=known_answers(desk.archive.engine), answer_names=ANSWER_NAMES)  # fmt: skip


def left_out(desk: Desk, person: Person) -> frozenset[str]:
    """What is not counted: copies, and the files that this person may not see."""
    return desk.remembered("copies", lambda: _copies(desk)) | desk.hidden(person)


def _copies(desk: Desk) -> frozenset[str]:
    with desk.archive.engine.connect() as connection:
        return frozenset(connection.scalars(select(dispatches.c.id).where(dispatches.c.copy_of.is_not(None))))


def _checked(desk: Desk, opened: OpenDispatch, language: Language) -> Checked:
    return Checked(opened.inner.dispatch, audit(opened.inner.dispatch, language),
                   desk.archive.layout.find_original(opened.sha256))  # fmt: skip


@router.get("/kiem-tra/{key}")
def findings(
    request: Request, desk: AtDesk, person: Reader, key: str, chon: Annotated[str, Query(max_length=20)] = ""
) -> HTMLResponse:
    """The findings of one dispatch, each with what was printed and what it was checked against."""
    opened = open_dispatch(desk, person, key)
    language: Language = "en" if sitting(request).language == "en" else "vi"
    one, words = _checked(desk, opened, language), wording(language)
    shown = [_shown(one.dispatch, group, words) for group in mistakes(one)]
    every = [each for group in shown for each in (group, *group.led)]
    chosen = next((each for each in every if each.key == chon), shown[0] if shown else None)
    return page(request, "finding.html", key=key, opened=opened, one=one.dispatch, name=opened.record.source.name,
                shown=shown, headline=headline(one, words), summary=summary(one, words), words=words, chosen=chosen,
                answers=answers_of(desk, opened.id), answer_names=ANSWER_NAMES,
                pages=_pages(desk, opened, chosen.finding if chosen else None),
                excerpts=_excerpts(desk, opened, chosen.finding if chosen else None))  # fmt: skip


def _excerpts(desk: Desk, opened: OpenDispatch, finding: Finding | None) -> list[Excerpt]:
    """The places of a finding as text, where the file has no pages to be drawn."""
    if finding is None or has_pictures(opened.record.source.media_type):
        return []
    return excerpts(opened.inner.dispatch, desk.archive.document(opened.sha256), finding)


@router.get("/kiem-tra/{key}/kiem-tra.xlsx")
def findings_sheet(request: Request, desk: AtDesk, person: Reader, key: str) -> Response:
    """The findings of one dispatch as a spreadsheet."""
    opened = open_dispatch(desk, person, key)
    language: Language = "en" if sitting(request).language == "en" else "vi"
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "kiem-tra.xlsx"
        write_xlsx([_checked(desk, opened, language)], out, wording(language))
        data = out.read_bytes()
    return Response(data, media_type=XLSX, headers={"content-disposition": 'attachment; filename="kiem-tra.xlsx"'})


@router.post("/kiem-tra/{key}/tra-loi", dependencies=[OwnForm])
def answer(
    request: Request, desk: AtDesk, person: Clerk, key: str, chon: Annotated[str, Form(pattern="^[0-9a-f]{12}$")],
    tra_loi: Annotated[str, Form(pattern="^(mistake|explained|ours|open)$")],
    vi_sao: Annotated[str, Form(max_length=500)] = "",
) -> Response:  # fmt: skip
    """Answer a finding: a mistake of theirs, explained, or ours; the answer outlives another reading."""
    opened = open_dispatch(desk, person, key)
    desk.archive.act("answer", dispatch_id=opened.id, key=chon, answer=tra_loi, why=vi_sao.strip() or None)
    return go(request, f"/kiem-tra/{key}?chon={chon}#f-{chon}")


def answers_of(desk: Desk, dispatch_id: str) -> dict[str, Any]:
    """What people answered to the findings of a dispatch, by their keys."""
    statement = select(answers).where(answers.c.dispatch_id == dispatch_id, answers.c.answer != "open")
    with desk.archive.engine.connect() as connection:
        return {row.key: row for row in connection.execute(statement)}


def unanswered(desk: Desk, person: Person) -> int:
    """How many findings that disagree nobody has answered."""
    said = known_answers(desk.archive.engine)
    return desk.findings.unanswered(left_out(desk, person), list(said))


def _shown(dispatch: Dispatch, group: Mistake, words: Wording) -> ShownFinding:
    made = _one(dispatch, group.lead, words)
    return made._replace(led=[_one(dispatch, each, words) for each in group.consequences])


def _one(dispatch: Dispatch, finding: Finding, words: Wording) -> ShownFinding:
    return ShownFinding(finding_key(dispatch, finding), finding, printed_figure(finding.reported or "", words.language),
                        shown_number(finding.computed, words), _places(dispatch, finding), [])  # fmt: skip


def printed_figure(text: str, language: Language) -> str:
    """A reported figure with a decimal comma where Vietnamese is read; what may be grouped thousands stays as it is.

    >>> printed_figure("92.6%", "vi"), printed_figure("92.6%", "en"), printed_figure("3.142", "vi")
    ('92,6%', '92.6%', '3.142')
    """
    decimal = language == "vi" and re.fullmatch(r"-?\d+\.(\d\d?|\d{4,})%?", text)
    return text.replace(".", ",") if decimal else text


def _places(dispatch: Dispatch, finding: Finding) -> list[ShownPlace]:
    """The reported place, then what it was checked against: cells of one column of a page as one."""
    groups: dict[tuple[int | None, str], list[str]] = {}
    for number, pointer in enumerate(local(finding)):
        table, _, cell = pointer.partition("/rows/")
        place = place_of(dispatch, pointer)
        column = f"{table} {cell.rpartition('/')[2]}" if cell and number else pointer
        groups.setdefault((place.page, column), []).append(pointer)
    found = []
    for number, ((number_of_page, _), pointers) in enumerate(groups.items()):
        at = [box for pointer in pointers for shown_on, box in boxes(dispatch, pointer) if shown_on == number_of_page]
        first = place_of(dispatch, pointers[0])
        told = "; ".join(place_of(dispatch, pointer).text for pointer in pointers[:6])
        role = "other" if number else "reported"
        whole = enclosing(at) if at else None
        box, room = (_box(whole), cutting_room(whole)) if whole else ("", None)
        found.append(ShownPlace(role, number_of_page, box, room, told, first.where))
    return found[:_MOST_CUTTINGS]


def _box(box: Box) -> str:
    return ",".join(f"{max(edge, 0):.1f}" for edge in box)


def _pages(desk: Desk, opened: OpenDispatch, finding: Finding | None) -> list[Any]:
    """The pages on which a finding's places stand, with these alone to be lit."""
    if finding is None:
        return []
    dispatch = opened.inner.dispatch
    places: dict[int, list[LitPlace]] = {}
    for number, pointer in enumerate(local(finding)):
        for number_of_page, (x0, top, x1, bottom) in boxes(dispatch, pointer):
            role = "other" if number else "reported"
            places.setdefault(number_of_page, []).append(LitPlace(role, x0, top, x1 - x0, bottom - top))
    document = desk.archive.document(opened.sha256)
    pages = shown_pages(dispatch, document, min(places, default=1))
    return [one._replace(places=places[one.number]) for one in pages if one.number in places]
