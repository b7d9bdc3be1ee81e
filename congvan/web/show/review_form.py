"""The form of a review: one row for each doubted field of a header, with its ink and the suggestion; the rest below."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from congvan.archive.index.doubt_weights import doubt_key
from congvan.web.show import spoken
from congvan.web.show.amending import AmendError, as_meant, as_typed, kind_of
from schemas.base import Box
from schemas.dispatch import Dispatch
from schemas.document import Document
from schemas.source import Notice

_ORDER = ("number", "symbol", "date", "doc_type", "subject", "issuing_body", "parent_body", "place")
_ASKED_AS = {"so_hieu": "number", "year": "date", "is_draft": "number"}
"""Fields that follow from another: their doubts are answered with it."""

_AROUND = (70.0, 10.0, 150.0, 10.0)
"""Points shown left of, above, right of and below a place: the printed words of its line say what it is."""
_HEAD = 0.3
"""The part of the first page that is shown where a place is not known: its letterhead."""
_FIELD = re.compile(r"/header/([a-z_]+)")
SOURCES = {
    "pen": "đọc từ nét bút",
    "field": "ô điền",
    "signature_time": "giờ ký số",
    "stamp": "dấu",
    "arrival_stamp": "dấu đến",
    "file_name": "tên tệp",
    "neighbours": "văn bản liền kề",
    "print": "chữ in khác",
    "form": "thể thức",
    "correction": "người sửa",
}
"""Where a suggestion was seen, in words."""


@dataclass
class DoubtRow:
    """One doubted field: its value now, the suggestion with its source, where to look, and the doubts it answers."""

    name: str
    label: str
    kind: str
    value: str
    guess: str = ""
    source: str = ""
    page: int | None = None
    cut: str = ""
    messages: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    pointer: str = ""
    typed: str | None = None
    theirs: str | None = None


@dataclass
class ReviewForm:
    """The doubts of a dispatch: those of its header as rows to be filled in, the others as lines to be looked at."""

    rows: list[DoubtRow]
    rest: list[Notice]
    rest_keys: list[str]


def review_form(dispatch: Dispatch, document: Document, open_keys: Collection[str]) -> ReviewForm:
    """The form of the doubts that are open."""
    rows: dict[str, DoubtRow] = {}
    rest: list[Notice] = []
    rest_keys: list[str] = []
    for notice in dispatch.warnings:
        key = doubt_key(notice)
        if key not in open_keys:
            continue
        name = _asked_of(notice)
        if name is None:
            rest.append(notice)
            rest_keys.append(key)
            continue
        row = rows.setdefault(name, _row(name, dispatch))
        row.keys.append(key)
        row.messages.append(notice.message)
        _fill(row, notice, dispatch, document)
    ordered = sorted(rows.values(), key=lambda row: _ORDER.index(row.name))
    for row in ordered:
        if not row.cut:
            _look_at_head(row, document)
    return ReviewForm(ordered, rest, rest_keys)


def _asked_of(notice: Notice) -> str | None:
    found = _FIELD.match(notice.pointer or "")
    name = found[1] if found else ""
    name = _ASKED_AS.get(name, name)
    return name if name in _ORDER else None


def _row(name: str, dispatch: Dispatch) -> DoubtRow:
    value = as_typed(name, getattr(dispatch.header, name))
    return DoubtRow(name, spoken.FIELD_NAMES[name], kind_of(name), value, pointer=f"/header/{name}")


def _fill(row: DoubtRow, notice: Notice, dispatch: Dispatch, document: Document) -> None:
    """What a doubt adds to its row: a suggestion that can be right, and the place."""
    if not row.guess and not row.value:
        for suggestion in notice.suggestions:
            if (guess := _likely(row.name, suggestion.value)) is not None:
                row.guess, row.source = guess, SOURCES.get(suggestion.source, "")
                break
    if row.cut:
        return
    page, box = notice.page, notice.bbox
    if box is None:
        shown = dispatch.evidence.get(notice.pointer or "") or dispatch.evidence.get(row.pointer) or ()
        page, box = next(((one.page, one.bbox) for one in shown if one.page and one.bbox), (page, None))
    if page and box and _size(document, page):
        row.page, row.cut = page, cut_of(box)


def _likely(name: str, value: str) -> str | None:
    """A suggestion as it is typed, where it can be a value of its field at all."""
    try:
        meant = as_meant(name, value)
    except AmendError:
        return None
    if meant is None or (name == "number" and not 0 < int(str(meant)) < 100_000):
        return None
    return spoken.day(str(meant)) if name == "date" else str(value).strip()


def cut_of(box: Box) -> str:
    """A box with the words around it, as the address of a cutting has it."""
    x0, top, x1, bottom = box
    left, above, right, below = _AROUND
    return ",".join(f"{max(edge, 0):.1f}" for edge in (x0 - left, top - above, x1 + right, bottom + below))


def _look_at_head(row: DoubtRow, document: Document) -> None:
    size = _size(document, 1)
    if size is not None:
        row.page, row.cut = 1, f"0,0,{size[0]:.1f},{size[1] * _HEAD:.1f}"


def _size(document: Document, number: int) -> tuple[float, float] | None:
    info = next((one for one in document.pages if one.number == number), None)
    return (info.width, info.height) if info and info.width and info.height else None
