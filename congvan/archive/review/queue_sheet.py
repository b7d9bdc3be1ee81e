"""The queue as a spreadsheet: pictures of the ink beside empty cells, filled in at a desk and taken back row by row."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from congvan.archive.archive import Archive
from congvan.archive.index.index import with_attached
from congvan.archive.review.fixing import Fix, fix
from congvan.archive.review.ink_pictures import picture_of
from congvan.archive.review.queue import ListedDispatch, open_doubts, queue
from congvan.archive.review.settle import settle_ok
from congvan.archive.truth.archive_errors import PlainError
from congvan.writing.spreadsheet import workbook
from schemas.dispatch import Dispatch
from schemas.source import Notice

SHEET = "Cần xem"
_HEADS = (
    ("Mã", 14), ("Tệp", 24), ("Cơ quan ban hành", 24), ("Trích yếu", 30), ("Ảnh chỗ cần xem", 62),
    ("Gợi ý số", 9), ("Gợi ý ngày", 12), ("Nhận gợi ý (x)", 9), ("Số", 9), ("Ký hiệu", 12), ("Ngày", 12),
    ("Đã xem xong (x)", 9), ("Điều cần xem", 60),
)  # fmt: skip
_PICTURE, _ACCEPT, _NUMBER, _SYMBOL, _DATE, _SEEN = 4, 7, 8, 9, 10, 11
_NUMBER_SEEN, _DATE_SEEN = 5, 6
_FILLED = (_ACCEPT, _NUMBER, _SYMBOL, _DATE, _SEEN)
_ROW = 92
"""Points of a row's height: two pictures, one above the other."""
_ID = 12


class RowTaken(NamedTuple):
    """What became of one row of a spreadsheet that was filled in."""

    row: int
    name: str
    taken: bool
    what: str


def write_queue(archive: Archive, path: Path) -> int:
    """Write the queue, worst first, into a spreadsheet. Gives how many dispatches it holds."""
    found, total = queue(archive.engine)
    with workbook(path) as book:
        head = book.add_format(
            {"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter", "bg_color": "#DDE7F0"}
        )
        cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        empty = book.add_format({"border": 1, "bg_color": "#FFF8DC", "num_format": "@"})
        sheet = book.add_worksheet(SHEET)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 2)
        for place, (words, width) in enumerate(_HEADS):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, words, head)
        for line, listed in enumerate(found, start=1):
            sheet.set_row(line, _ROW)
            _write_row(sheet, line, _row_of(archive, listed), (cell, empty))
    return total


def _row_of(archive: Archive, listed: ListedDispatch) -> tuple[list[str], list[bytes]]:
    """The words of a row, and its pictures: of the number and of the day where these are doubted, else of the worst."""
    record = archive.record(listed.id.partition("#")[0])
    dispatch = next(one for one in with_attached(record) if one.id == listed.id)
    doubts = open_doubts(archive.engine, listed.id)
    keys = {(doubt.code, doubt.message) for doubt in doubts}
    notices = [notice for notice in dispatch.warnings if (notice.code, notice.message) in keys]
    words = [""] * len(_HEADS)
    words[:4] = [listed.id[:_ID] + listed.id[64:], listed.name, listed.issuing_body or "", listed.subject or ""]
    words[_NUMBER_SEEN] = _suggested(notices, ("/header/number", "/header/so_hieu"))
    words[_DATE_SEEN] = _shown_day(_suggested(notices, ("/header/date",)))
    words[-1] = "\n".join(dict.fromkeys(f"• {doubt.message}" for doubt in doubts))
    return words, _pictures(archive, dispatch, notices)


def _suggested(notices: list[Notice], pointers: tuple[str, ...]) -> str:
    return next((notice.suggested for notice in notices if notice.pointer in pointers and notice.suggested), "")


def _shown_day(text: str) -> str:
    try:
        return f"{dt.date.fromisoformat(text):%d/%m/%Y}"
    except ValueError:
        return text


def _pictures(archive: Archive, dispatch: Dispatch, notices: list[Notice]) -> list[bytes]:
    of_head = [notice for notice in notices if notice.pointer in ("/header/number", "/header/date") and notice.bbox]
    placed = of_head or [notice for notice in notices if notice.bbox][:1] or notices[:1]
    unlike = {notice.bbox: notice for notice in placed}
    found = (picture_of(archive, dispatch, notice) for notice in list(unlike.values())[:2])
    return [picture for picture in found if picture]


def _write_row(sheet: Any, line: int, row: tuple[list[str], list[bytes]], forms: tuple[Any, Any]) -> None:
    words, pictures = row
    cell, empty = forms
    for place, text in enumerate(words):
        sheet.write_string(line, place, text, empty if place in _FILLED else cell)
    for number, picture in enumerate(pictures):
        options = {
            "image_data": io.BytesIO(picture),
            "y_offset": 2 + number * (_ROW * 4 // 3 // 2),
            "x_offset": 2,
            "x_scale": 0.48,
            "y_scale": 0.48,
            "object_position": 1,
        }
        sheet.insert_image(line, _PICTURE, "chu-ky.png", options)


def take_queue(archive: Archive, path: Path) -> Iterator[RowTaken]:
    """Take a spreadsheet back that was filled in: each row is checked and done alone. Raises `PlainError`."""
    for line, row in _rows(path):
        name = str(row[1] or row[0])
        try:
            what = _take(archive, row)
        except PlainError as error:
            yield RowTaken(line, name, False, str(error))
            continue
        if what:
            yield RowTaken(line, name, True, what)


def _rows(path: Path) -> Iterator[tuple[int, list[Any]]]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        sheet = book[SHEET]
        lines = [list(row) for row in sheet.iter_rows(values_only=True)]
    except (KeyError, ValueError, OSError, EOFError) as error:
        raise PlainError(f"{path}: không phải bảng do congvan review --out ghi ra.") from error
    except Exception as error:  # openpyxl raises whatever a damaged file makes of it; a person is told in words
        raise PlainError(f"{path}: không đọc được bảng tính này.") from error
    heads = [str(value or "") for value in lines[0]] if lines else []
    if heads[: len(_HEADS)] != [words for words, _ in _HEADS]:
        raise PlainError(f"{path}: dòng đầu của bảng đã bị đổi; hãy giữ nguyên các cột.")
    for number, row in enumerate(lines[1:], start=2):
        if any(value not in (None, "") for value in row):
            yield number, [*row, *[None] * (len(_HEADS) - len(row))]


def _take(archive: Archive, row: list[Any]) -> str:
    """Do what a row says; gives it in words, or nothing where nothing was filled in."""
    given = [_text(row[place]) for place in _FILLED]
    if not any(given):
        return ""
    dispatch_id = _found(archive, _text(row[0]))
    accept, number, symbol, date, seen = given
    if accept:
        number = number or _text(row[_NUMBER_SEEN])
        date = date or _text(row[_DATE_SEEN])
    filled = Fix(number=number or None, symbol=symbol or None, date=date or None)
    done = []
    with archive.one_step():
        if not filled.is_empty():
            values = fix(archive, dispatch_id, filled).values
            done.append(
                ", ".join(str(value) for name, value in values.items() if name in ("so_hieu", "number", "date"))
            )
        elif accept:
            raise PlainError("Dòng này không có gợi ý để nhận.")
        if seen:
            settle_ok(archive, [dispatch_id])
            done.append("đã xem xong")
    return "; ".join(done)


def _found(archive: Archive, name: str) -> str:
    from congvan.archive.index.naming import find_dispatches

    found = find_dispatches(archive.engine, name)
    if len(found) != 1:
        raise PlainError(f"Không có văn bản mã “{name}” trong kho lưu.")
    return found[0]


def _text(value: Any) -> str:
    """A cell as a person typed it, whatever the spreadsheet made of it."""
    if isinstance(value, dt.datetime | dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()
