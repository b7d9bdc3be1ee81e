"""Writes a dispatch as text, in the ways that OCR and export programs leave it."""

from __future__ import annotations

from corpus import layout
from corpus.markup import Marked
from corpus.source import Dispatch, Line
from corpus.tables import SourceTable


def text_of(dispatch: Dispatch) -> str:
    """The whole text. `form.text` orders the letterhead: `left-right` (default), `mixed`, `side` (columns by tabs)."""
    parts = [*_head(dispatch), *_body(dispatch), *_closing(dispatch)]
    if dispatch.form.get("appendix_head"):
        parts += ["", *layout.appendix_head(dispatch)]
    for table in dispatch.tables:
        if table.after is None:
            parts += _table(table, dispatch)
    parts += [dispatch.form["last_line"]] if "last_line" in dispatch.form else []
    for one in dispatch.attached:
        parts += ["", "", text_of(one).rstrip("\n")]
    return "\n".join(parts) + "\n"


def _bold(text: str, dispatch: Dispatch) -> str:
    return f"**{text}**" if dispatch.form.get("markdown") else text


def _head(dispatch: Dispatch) -> list[str]:
    head = [] if dispatch.form.get("letterhead") == "none" else _letterhead(dispatch)
    kind, subject = layout.title(dispatch)
    rule = ["-----"] if kind and layout.is_party(dispatch) else []
    stamp = [dispatch.form["stamp"], ""] if "stamp" in dispatch.form else []
    title = ["", *(_bold(line, dispatch) for line in kind), *subject, *rule] if kind else []
    return [*head, *title, "", *stamp, *layout.addressees(dispatch), ""]


def _letterhead(dispatch: Dispatch) -> list[str]:
    parent, issuer = layout.names(dispatch)
    right, under = layout.right_head(dispatch), layout.under_names(dispatch)
    order = dispatch.form.get("text", "left-right")
    if order == "mixed":
        return [*parent, *issuer, "", *right, "", *under]
    if order == "side":
        left = [*parent, *issuer, *under]
        # The date stands beside the number, as a word processor's columns put it.
        beside = dict(enumerate(right[:-1])) | {len([*parent, *issuer]) + (under[:1] == ["*"]): right[-1]}
        return [f"{one}\t{beside.get(place, '')}".rstrip("\t") for place, one in enumerate(left)]
    names = [_bold(line, dispatch) for line in [*parent, *issuer]]
    return [*names, "", *under, "", *right]


def _body(dispatch: Dispatch) -> list[str]:
    lines: list[str] = []
    for place, line in enumerate(dispatch.lines):
        text = line_text(line, dispatch)
        lines += [*(_torn(text) if place in dispatch.form.get("torn", ()) else [text]), ""]
        for table in dispatch.tables:
            if table.after == str(place):
                lines += [*_table(table, dispatch), ""]
        if place == dispatch.form.get("footnotes_after", len(dispatch.lines) - 1) and dispatch.footnotes:
            notes = [f"{_mark(str(i), dispatch)} {note.text}" for i, note in enumerate(dispatch.footnotes, 1)]
            lines += ["---", "", *notes, ""]
    return lines


def _torn(text: str) -> list[str]:
    """A paragraph broken inside a sentence, as OCR leaves it where the page ends."""
    words = text.split(" ")
    middle = len(words) * 2 // 3
    return [" ".join(words[:middle]), "", " ".join(words[middle:])]


def line_text(line: Line, dispatch: Dispatch) -> str:
    """One paragraph with its label, its footnote marks and, where the form says so, markdown left from OCR."""
    return (f"{line.label} " if line.label else "") + _marked(line.marked, dispatch)


def _marked(marked: Marked, dispatch: Dispatch) -> str:
    text = ""
    for piece, bold, italic, mark in marked.runs():
        if dispatch.form.get("markdown") and (bold or italic):
            piece = f"**{piece}**" if bold else f"*{piece}*"
        text += piece + (_mark(mark, dispatch) if mark else "")
    return text


def _mark(mark: str, dispatch: Dispatch) -> str:
    if dispatch.form.get("markdown"):
        return f"<sup>{mark}</sup>"
    return "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(digit)] for digit in mark)


def _closing(dispatch: Dispatch) -> list[str]:
    receivers = layout.receivers(dispatch)
    signatures: list[str] = []
    for lines, name in layout.signature_blocks(dispatch):
        signatures += [*(_bold(line, dispatch) for line in lines), "", "", name, ""]
    blocks = [signatures, [*receivers, ""]] if dispatch.form.get("signature_first") else [[*receivers, ""], signatures]
    return [line for block in blocks for line in block]


def _table(table: SourceTable, dispatch: Dispatch) -> list[str]:
    heading = [line for line in (table.label, *layout.lines(table.caption)) if line]
    note = [f"({table.note})"] if table.note else []
    rows = [cells for _, cells in table.rows]
    printed = ["", *heading, *note, ""]
    pieces = [rows[i : i + table.split] for i in range(0, len(rows), table.split)] if table.split else [rows]
    for place, piece in enumerate(pieces):
        top = [*table.heading_rows(), *([table.index] if table.index else [])] if table.repeat or not place else []
        printed += [*_rows(top, piece, dispatch), ""]
    return printed


def _rows(top: list[list[str]], rows: list[list[str]], dispatch: Dispatch) -> list[str]:
    if dispatch.form.get("pipes"):
        ruled = [f"| {' | '.join(cells)} |" for cells in [*top, *rows]]
        return [*ruled[: len(top)], "|" + "---|" * len(top[0]), *ruled[len(top) :]]
    return ["\t".join(cells) for cells in [*top, *rows]]
