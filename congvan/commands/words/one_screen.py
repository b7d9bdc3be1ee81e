"""A dispatch on one screen: header, tasks with their deadlines, tables by name, what is doubted."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from congvan.writing.screen import fold_lines

if TYPE_CHECKING:
    from congvan.archive.archive import Archive
    from schemas.dispatch import Deadline, Directive, Dispatch, Table

_MOST_TASKS = 15
_MOST_DOUBTS = 8
_TASK = 150


def screen_of(archive: Archive, dispatch: Dispatch) -> str:
    """What a person wants to know of a dispatch, in lines of the screen's width."""
    parts = [
        _head(dispatch),
        _tasks(dispatch),
        _other_deadlines(dispatch),
        _tables(dispatch),
        _doubts(archive, dispatch),
    ]
    return "\n\n".join(part for part in parts if part)


def _head(dispatch: Dispatch) -> str:
    from form.doc_types import document_types

    header = dispatch.header
    kinds = {kind.key: kind.name for kind in document_types()}
    signers = "; ".join(", ".join(filter(None, (one.name, one.title))) for one in header.signers)
    lines = [
        ("Số, ký hiệu", header.so_hieu or (f"chưa có số ({header.symbol})" if header.symbol else "chưa có số")),
        (
            "Ngày",
            f"{header.date:%d/%m/%Y}" if header.date else f"không rõ{f', năm {header.year}' if header.year else ''}",
        ),
        ("Cơ quan", " · ".join(filter(None, (header.parent_body, header.issuing_body))) or "không rõ"),
        ("Loại", kinds.get(header.doc_type or "", header.doc_type or "")),
        ("Trích yếu", header.subject or ""),
        ("Kính gửi", "; ".join(header.recipients)),
        ("Người ký", signers),
        ("Độ khẩn", header.urgency or ""),
        ("Tệp", f"{dispatch.source.name}{f', {dispatch.source.pages} trang' if dispatch.source.pages else ''}"),
        ("Mã", dispatch.id[:12] + dispatch.id[64:]),
        ("Kèm theo", "; ".join(f"{one.header.so_hieu or one.header.subject or one.id}" for one in dispatch.attached)),
    ]
    return "\n".join(fold_lines(f"{name}: {words}", "", "    ") for name, words in lines if words)


def _tasks(dispatch: Dispatch) -> str:
    if not dispatch.directives:
        return ""
    dues: dict[str, list[Deadline]] = {}
    for deadline in dispatch.deadlines:
        dues.setdefault(deadline.directive or "", []).append(deadline)
    dated = [one for one in dispatch.directives if one.id in dues]
    rest = [one for one in dispatch.directives if one.id not in dues]
    chosen = {one.id for one in (*dated, *rest)[:_MOST_TASKS]}
    shown = [one for one in dispatch.directives if one.id in chosen]
    lines = [f"VIỆC ({len(dispatch.directives)})", *(_task(one, dues.get(one.id, [])) for one in shown)]
    more = len(dispatch.directives) - len(shown)
    return "\n".join([*lines, *([f"… và {more} mục khác (--json để xem hết)"] if more else [])])


def _task(item: Directive, dues: list[Deadline]) -> str:
    text = " ".join(item.text.split())
    short = text if len(text) <= _TASK else text[: text.rfind(" ", 0, _TASK)] + " …"
    first = fold_lines(f"{item.label or '-'} {short}", "", "    ")
    who = [fold_lines(f"Ai làm: {'; '.join(item.assignees)}", "    ")] if item.assignees else []
    return "\n".join([first, *who, *(fold_lines(f"Hạn: {due_words(each)}", "    ") for each in dues)])


def due_words(deadline: Deadline) -> str:
    """A deadline in words: its day, hour and other reading, or the printed words where no day is known."""
    if deadline.due is None:
        return f"“{deadline.phrase}”"
    time = f" {deadline.due_time}" if deadline.due_time else ""
    other = f", hoặc {_day(deadline.alternative_due)}" if deadline.alternative_due else ""
    return f"{_day(deadline.due)}{time}{other} (“{deadline.phrase}”)"


def _day(day: dt.date) -> str:
    return f"{day:%d/%m/%Y}"


def _other_deadlines(dispatch: Dispatch) -> str:
    items = {item.id for item in dispatch.directives}
    loose = [each for each in dispatch.deadlines if (each.directive or "") not in items]
    lines = [fold_lines(due_words(each), "    ") for each in loose]
    return "\n".join([f"HẠN KHÁC ({len(loose)})", *lines]) if loose else ""


def _tables(dispatch: Dispatch) -> str:
    lines = [
        fold_lines(f"{place}. {table_line(one)}", "", "    ") for place, one in enumerate(dispatch.tables, start=1)
    ]
    return "\n".join([f"BẢNG ({len(dispatch.tables)}; congvan table để in)", *lines]) if lines else ""


def table_line(table: Table) -> str:
    """A table by its name, size and page."""
    name = ". ".join(part for part in (table.label, table.caption) if part) or "bảng không tên"
    pages = f", trang {table.pages[0]}" if table.pages else ""
    return f"{name} ({len(table.rows)} dòng, {len(table.columns)} cột{pages})"


def _doubts(archive: Archive, dispatch: Dispatch) -> str:
    from congvan.archive.review.queue import open_doubts

    found = open_doubts(archive.engine, dispatch.id)
    lines = [
        fold_lines(f"• {one.message}" + (f" Gợi ý: {one.suggestion}." if one.suggestion else ""), "", "    ")
        for one in found[:_MOST_DOUBTS]
    ]
    more = [f"… và {len(found) - _MOST_DOUBTS} điều khác"] if len(found) > _MOST_DOUBTS else []
    return "\n".join([f"CẦN XEM ({len(found)})", *lines, *more]) if found else ""
