"""Typesets the text of a real dispatch, with the help of its gold record, as the corpus' own dispatches are typeset."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from corpus.markup import Marked, read
from corpus.source import Dispatch, Line
from corpus.tables import SourceTable

_LABEL = re.compile(r"(\d+\.|[IVX]+\.|-) +")
_NOTE = re.compile(r"^(?:<sup>1</sup>|¹) ")


def typeset(text: str, gold: dict[str, Any]) -> Dispatch:
    """The dispatch of a seed: letterhead, lists and tables by its gold record, the body's words by its text."""
    body, notes = _body(text, gold)
    return Dispatch(
        header=_header(gold),
        form=_form(text, gold),
        lines=body,
        footnotes=notes,
        tables=[_table(table) for table in gold["tables"]],
        attached=[],
    )


def _header(gold: dict[str, Any]) -> dict[str, Any]:
    header = dict(gold["header"], regime=gold["regime"])
    header["date"] = dt.date.fromisoformat(header["date"]) if header["date"] else None
    header["distribution"] = [[one["name"], one["purpose"] or ""] for one in header["distribution"]]
    header["signers"] = [[one["authority"] or "", one["title"], one["name"]] for one in header["signers"]]
    return header


def _form(text: str, gold: dict[str, Any]) -> dict[str, Any]:
    form: dict[str, Any] = {"ends": ",", "keep": ":" if "Lưu:" in text else "", "title": "KẾ HOẠCH"}
    number = re.search(r"^Số .*$", text, re.MULTILINE)
    date = re.search(r"^\S.*, ngày .*năm \d{4}$", text, re.MULTILINE)
    if not number or not date:
        return form | {"letterhead": "none"}
    before = text[: text.find("Kính gửi")].lower()
    prefix = next((word for word in ("về việc ", "v/v ") if word in before), "")
    printed = {"v/v ": "V/v "}.get(prefix, prefix)
    return form | {"number_line": number.group(), "date_line": date.group(), "prefix": printed}


def _body(text: str, gold: dict[str, Any]) -> tuple[list[Line], list[Marked]]:
    start = re.search(r"^\*?Kính gửi[\s\S]*?\n\n|^KẾ HOẠCH\n.*\n", text, re.MULTILINE)
    assert start, "where the body begins was not found"
    paragraphs = [
        one.strip() for one in re.split(r"\n\s*\n", text[start.end() : text.find("Nơi nhận:")]) if one.strip()
    ]
    notes = [_read(_NOTE.sub("", one)) for one in paragraphs if _NOTE.match(one)]
    lines: list[str] = []
    for one in paragraphs:
        if _NOTE.match(one) or one == "---":
            continue
        if lines and one[0].islower() and not _LABEL.match(one) and not lines[-1].endswith((".", ":", ";")):
            lines[-1] += f" {one}"
        else:
            lines.append(one)
    return [_line(one) for one in lines], notes


def _line(raw: str) -> Line:
    label = _LABEL.match(raw)
    return Line(_read(raw[label.end() :] if label else raw), label.group(1) if label else None)


def _read(raw: str) -> Marked:
    """The markdown of OCR in the corpus' own markup."""
    raw = raw.replace("<sup>1</sup>", "{n 1}").replace("¹", "{n 1}")
    raw = re.sub(r"\*\*(.+?)\*\*", r"{b|\1}", raw)
    return read(re.sub(r"\*(.+?)\*", r"{i|\1}", raw))


def _table(table: dict[str, Any]) -> SourceTable:
    return SourceTable(
        columns=[(column["path"], column["kind"]) for column in table["columns"]],
        rows=[(row["kind"], row["cells"]) for row in table["rows"]],
        label=table.get("label"),
        caption=table.get("caption"),
        note=(table.get("note") or "").strip("()") or None,
        widths=[{"ordinal": 1.0, "text": 4.5}.get(column["kind"], 2.4) for column in table["columns"]],
    )
