"""A desk over an archive of letters that have pages: PDFs drawn here, with places, doubts and figures on them."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas
from starlette.testclient import TestClient

from congvan.archive.archive import Archive
from congvan.archive.truth.files import pack
from congvan.archive.upkeep import Seen
from congvan.intake.quarantine import Quarantine
from congvan.web.app import make_app
from congvan.web.show.desk import Desk, Opening
from schemas.base import Box
from schemas.dispatch import Column, Deadline, Directive, Dispatch, Evidence, Header, Row, Table, TableCell
from schemas.document import Document, PageInfo
from schemas.source import Notice, Source, Suggestion

NUMBER_AT: Box = (90.0, 60.0, 130.0, 74.0)
DATE_AT: Box = (330.0, 60.0, 500.0, 74.0)
_HEIGHT = A4[1]


@dataclass(frozen=True)
class DrawnLetter:
    """A letter with its number and day on a page. `number` and `day` None: doubted, with what is suggested."""

    subject: str = "báo cáo công tác văn thư"
    number: int | None = 15
    day: str | None = "2026-03-05"
    guess_number: str | None = None
    guess_day: str | None = None
    secrecy: str | None = None
    name: str = "cv.pdf"
    due: str | None = None
    task: str = "Phòng Nội vụ tổng hợp, báo cáo kết quả."


def draw(letter: DrawnLetter) -> bytes:
    """Its only page."""
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=A4)
    page.drawString(60, _HEIGHT - 40, "UY BAN NHAN DAN HUYEN KIM THANH")
    page.drawString(60, _HEIGHT - 72, f"So: {letter.number or letter.guess_number or ''} /UBND-NV")
    page.drawString(330, _HEIGHT - 72, f"Kim Thanh, {letter.day or letter.guess_day or ''}")
    page.drawString(60, _HEIGHT - 120, hashlib.sha256(repr(letter).encode()).hexdigest())
    page.save()
    return out.getvalue()


def _doubt(field: str, guess: str | None, box: Box) -> Notice:
    found = (Suggestion(value=guess, source="pen", confidence=0.8),) if guess else ()
    return Notice(code="handwritten", message=f"{field}: viết tay.", pointer=f"/header/{field}", suggestions=found,
                  page=1, bbox=box)  # fmt: skip


def put_drawn(archive: Archive, letter: DrawnLetter) -> str:
    """Register a letter; gives its id."""
    data = draw(letter)
    sha256 = hashlib.sha256(data).hexdigest()
    source = Source(
        name=letter.name, media_type="application/pdf", size=len(data), sha256=sha256, reader="pdf", pages=1
    )  # fmt: skip
    header: dict[str, Any] = {
        "issuing_body": "UBND huyện Kim Thành", "symbol": "UBND-NV", "number": letter.number, "date": letter.day,
        "so_hieu": f"{letter.number}/UBND-NV" if letter.number else None, "doc_type": "cong_van",
        "year": int(letter.day[:4]) if letter.day else None, "subject": letter.subject, "secrecy": letter.secrecy,
    }  # fmt: skip
    warnings = []
    if letter.number is None:
        warnings.append(_doubt("number", letter.guess_number, NUMBER_AT))
    if letter.day is None:
        warnings.append(_doubt("date", letter.guess_day, DATE_AT))
    shown = {
        f"/header/{name}": (Evidence(page=1, bbox=box, quote=name, origin="letterhead"),)
        for name, box in (("number", NUMBER_AT), ("date", DATE_AT))
        if header[name] is not None
    }
    due = Deadline.model_validate(
        {"id": "D1", "directive": "1", "phrase": f"trước ngày {letter.due}", "kind": "by", "due": letter.due}
    )
    record = Dispatch(
        id=sha256, source=source, header=Header.model_validate(header), regime="state",
        directives=(Directive(id="1", text=letter.task, deadlines=("D1",) if letter.due else ()),),
        deadlines=(due,) if letter.due else (),
        evidence=shown, warnings=tuple(warnings),
    )  # fmt: skip
    document = Document(source=source, pages=(PageInfo(number=1, width=A4[0], height=A4[1]),))
    archive.add(data, pack(document.json_pieces()), record, Seen(f"/in/{sha256}/{letter.name}", 1, 1, sha256, "done"))
    return sha256


def open_desk(folder: Path, **opening: Any) -> Desk:
    """A desk over a new archive in a folder."""
    return Desk(Archive(folder / "archive"), Quarantine(folder / "quarantine"), Opening(**opening))


def visit(desk: Desk, prefix: str = "") -> TestClient:
    """A browser without scripts at a desk; faults of the server are answers, as for a person."""
    return TestClient(make_app(desk), "http://testserver", raise_server_exceptions=False, root_path=prefix)


def token_of(client: TestClient, path: str = "/") -> str:
    """The token that the forms of a page bear."""
    found = re.search(r'name="csrf" content="([0-9a-f]+)"', client.get(path).text)
    assert found is not None
    return found[1]


def send(client: TestClient, path: str, page: str = "/", **form: str) -> Any:
    """Send a form as a page of the desk would."""
    return client.post(path, data={"csrf": token_of(client, page), **form}, follow_redirects=False)


REPORTED = (("Xã Kim Anh", 12, 9), ("Xã Kim Liên", 7, 7), ("Thị trấn Phú Thái", 11, 8))
WRONG_TOTAL = 25
"""The rows of the report below: a commune, its plan, what it did; and the total as printed, one too many."""

_COLUMNS = ((60.0, "TT"), (100.0, "Đơn vị"), (260.0, "Chỉ tiêu hộ thoát nghèo"), (420.0, "Số hộ thoát nghèo"))
_FIRST_ROW, _ROW_TALL = 200.0, 20.0


def put_report(archive: Archive, number: int = 31, name: str = "bc.pdf") -> str:
    """Register a report with a table whose total is one too many, each cell with its place; gives its id."""
    rows = [(str(place), commune, plan, done) for place, (commune, plan, done) in enumerate(REPORTED, start=1)]
    plans = sum(plan for _, plan, _ in REPORTED)
    printed = [*rows, ("", "Tổng cộng", plans, WRONG_TOTAL)]
    data = _draw_table(printed, number)
    sha256 = hashlib.sha256(data).hexdigest()
    source = Source(
        name=name, media_type="application/pdf", size=len(data), sha256=sha256, reader="pdf", pages=1
    )  # fmt: skip
    header = Header.model_validate({
        "parent_body": "TỈNH HẢI DƯƠNG", "issuing_body": "UBND huyện Kim Thành", "number": number, "symbol": "BC-UBND",
        "so_hieu": f"{number}/BC-UBND", "date": "2024-04-10", "year": 2024, "doc_type": "bao_cao",
        "subject": "kết quả giảm nghèo quý I năm 2024", "place": "Kim Thành",
    })  # fmt: skip
    shown = {
        f"/tables/0/rows/{row}/cells/{cell}": (_at(row, cell, str(text)),)
        for row, texts in enumerate(printed)
        for cell, text in enumerate(texts)
    }
    record = Dispatch(
        id=sha256, source=source, header=header, regime="state", tables=(_table(printed),), evidence=shown
    )
    document = Document(source=source, pages=(PageInfo(number=1, width=A4[0], height=A4[1]),))
    archive.add(data, pack(document.json_pieces()), record, Seen(f"/in/{sha256}/{name}", 1, 1, sha256, "done"))
    return sha256


def _draw_table(rows: Sequence[tuple[Any, ...]], number: int) -> bytes:
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=A4)
    page.drawString(60, _HEIGHT - 72, f"{number} /BC-UBND")
    for row, texts in enumerate(rows):
        for (x, _), text in zip(_COLUMNS, texts, strict=True):
            plain = str(text).encode("ascii", "ignore").decode()
            page.drawString(x, _HEIGHT - _FIRST_ROW - row * _ROW_TALL - 14, plain)
    page.save()
    return out.getvalue()


def _at(row: int, cell: int, text: str) -> Evidence:
    x, top = _COLUMNS[cell][0], _FIRST_ROW + row * _ROW_TALL
    return Evidence(page=1, bbox=(x, top, x + 60, top + _ROW_TALL), quote=text or "-", origin="body")


def _table(rows: Sequence[tuple[Any, ...]]) -> Table:
    kinds = ("ordinal", "text", "integer", "integer")
    cells = [tuple(_table_cell(text) for text in texts) for texts in rows]
    return Table(
        id="T1", label="Phụ lục", caption="KẾT QUẢ GIẢM NGHÈO QUÝ I NĂM 2024", pages=(1,),
        columns=tuple(Column.model_validate({"path": (head,), "kind": kind}) for (_, head), kind
                      in zip(_COLUMNS, kinds, strict=True)),
        rows=tuple(Row(kind="total" if number == len(rows) - 1 else "data", cells=each, page=1)
                   for number, each in enumerate(cells)),
    )  # fmt: skip


def _table_cell(text: int | str) -> TableCell:
    """A cell as the reader of tables makes it: a figure says how many decimals are printed."""
    if isinstance(text, int):
        return TableCell(text=str(text), value=text, decimals=0)
    return TableCell(text=text, value=int(text) if text.isdecimal() else text or None)
