"""Blanks of the letterhead: left open in a draft, or filled in by pen; what elsewhere suggests the value."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from form.date_line import PlaceDate
from form.number_line import OfficialNumber
from form.ocr_doubts import is_ocr
from parsers.header.head_lines import HeadLines
from parsers.header.unread_fields import DAY, NUMBER, days_of, numbers_of, unread_field
from parsers.record.passage import enclosing_box
from parsers.record.trail import Trail
from parsers.record.zones import Parts
from schemas.base import Box
from schemas.document import Furniture, Paragraph
from schemas.source import Notice, Suggestion, SuggestionSource
from vietnamese.fold import fold

_NEAR = 14.0
"""How far, in points, ink may stand from the line that it belongs to."""
_SIGNED_NUMBER = re.compile(r"\bso\s*[:.]?\s*(\d{1,5})\b")
_SIGNED_DATE = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)\b")
_YEAR = re.compile(r"/?\s*(?:19|20)\d\d\s*/?")
"""The printed year of a legal act's số hiệu, which a reader may have taken for ink."""
_FIGURES_LIKE = re.compile(r"(?=.*\d)[\dlI|oO]{1,5}[a-d]?")
"""What OCR makes of strokes that are figures; anything else that it makes of ink says nothing."""
_ASIDE = ("signature_stamp", "widget", "annotation")


def warn_number(paragraph: Paragraph, found: OfficialNumber, parts: Parts, trail: Trail, guess: str = "") -> None:
    """Say why there is no number: written by pen, left blank, or illegible (`guess`: what it may be)."""
    ink = _ink(paragraph, parts, first=True)
    seen = _seen(ink, guess, _aside_number(parts))
    picture = unread_field(parts, paragraph.page, NUMBER)
    if picture is not None:
        message = ("readings_differ", "Số văn bản là ảnh đóng vào trang, không đọc được chắc chắn; cần người xem.")
        _warn(trail, message, "/header/number", (*numbers_of(picture), *seen), picture)
    elif ink is not None:
        _warn(trail, ("handwritten", "Số văn bản viết tay, cần người đọc lại."), "/header/number", seen, ink)
    elif found.blank:
        place = _place(paragraph)
        _warn(trail, ("blank_number", "Số văn bản để trống."), "/header/number", seen, place)
    else:
        place = _place(paragraph)
        _warn(trail, _illegible("Số văn bản", paragraph), "/header/number", seen, place)


def warn_date(paragraphs: Sequence[Paragraph], found: PlaceDate, parts: Parts, trail: Trail) -> None:
    """Say why there is no date: written by pen, left blank, or no such day."""
    ink = _ink(paragraphs[-1], parts, first=False)
    seen = _seen(ink, "", _aside_day(parts))
    picture = unread_field(parts, paragraphs[-1].page, DAY)
    if picture is not None:
        message = ("readings_differ", "Ngày, tháng là ảnh đóng vào trang, không đọc được chắc chắn; cần người xem.")
        seen = (*days_of(picture, found), *seen)
    elif ink is not None:
        message = ("handwritten", "Ngày, tháng viết tay, cần người đọc lại.")
    elif found.misread:
        message = _illegible("Ngày, tháng", paragraphs[-1])
    else:
        message = ("blank_date", "Ngày, tháng để trống.")
    _warn(trail, message, "/header/date", seen, picture or ink or _place(paragraphs[-1]))


def warn_absent(lines: HeadLines, parts: Parts, trail: Trail) -> None:
    """Say that a letterhead shows no số or no date at all: written by pen, or not read."""
    if lines.heading is None:
        return
    page = lines.heading.page
    inks = [item for item in parts.furniture if item.kind == "handwriting" and item.page == page]
    if lines.number is None:
        ink = inks[0] if inks else None
        absent = ("blank_number", "Không thấy số, ký hiệu.")
        message = _illegible("Số, ký hiệu", lines.heading) if ink or is_ocr(lines.heading) else absent
        _warn(
            trail,
            message,
            "/header/number",
            _seen(ink, "", _aside_number(parts)),
            ink or (page, None),
        )
    if lines.place_date is None:
        _warn(trail, ("blank_date", "Không thấy ngày, tháng."), "/header/date", _aside_day(parts), (page, None))


def _illegible(what: str, paragraph: Paragraph) -> tuple[str, str]:
    """In a scan what cannot be read between clear print is ink; elsewhere it is a damaged text."""
    if is_ocr(paragraph):
        return "handwritten", f"{what} viết tay hoặc không rõ, cần người đọc lại."
    return "low_confidence", f"{what} không đọc được, cần người đọc lại."


def _warn(
    trail: Trail,
    what: tuple[str, str],
    pointer: str,
    seen: tuple[Suggestion, ...],
    place: Furniture | tuple[int, Box | None],
) -> None:
    page, box = (place.page, place.box) if isinstance(place, Furniture) else place
    trail.warnings.append(Notice(code=what[0], message=what[1], pointer=pointer, suggestions=seen, page=page, bbox=box))


def _seen(ink: Furniture | None, guess: str, aside: tuple[Suggestion, ...]) -> tuple[Suggestion, ...]:
    """What a value may be that is not taken: what the ink is like, a doubtful reading of print, what stands aside."""
    inked = [ink.text] if ink is not None and _FIGURES_LIKE.fullmatch(ink.text) else []
    read = [Suggestion(value=text, source="pen") for text in inked]
    read += [Suggestion(value=guess, source="print")] if guess else []
    return (*read, *aside)


def _place(paragraph: Paragraph) -> tuple[int, Box | None]:
    return paragraph.page, enclosing_box(word.box for word in paragraph.words)


def _ink(paragraph: Paragraph, parts: Parts, *, first: bool) -> Furniture | None:
    """The handwriting on a line; without boxes, the page's first or last piece in the letterhead's order."""
    page, box = _place(paragraph)
    inks = [
        item
        for item in parts.furniture
        if item.kind == "handwriting" and item.page == page and not _YEAR.fullmatch(item.text.strip())
    ]
    if box is not None:
        inks = [item for item in inks if item.box is None or _touches(item.box, box)]
    if not inks:
        return None
    return inks[0] if first else inks[-1]


def _touches(ink: Box, line: Box) -> bool:
    """Whether ink stands on the line: level with it, and not beyond its ends by more than a word."""
    level = ink[1] < line[3] + _NEAR and ink[3] > line[1] - _NEAR
    return level and ink[0] < line[2] + 4 * _NEAR and ink[2] > line[0] - 4 * _NEAR


def _aside_number(parts: Parts) -> tuple[Suggestion, ...]:
    """The number that a signature's stamp, a widget or an annotation on these pages says; never an arrival stamp."""
    return tuple(Suggestion(value=found[1], source=source) for found, source in _aside(parts, _SIGNED_NUMBER))[:1]


def _aside_day(parts: Parts) -> tuple[Suggestion, ...]:
    """The day that a signature's stamp, a widget or an annotation on these pages says; never an arrival stamp."""
    for found, source in _aside(parts, _SIGNED_DATE):
        try:
            day = dt.date(int(found[3]), int(found[2]), int(found[1]))
        except ValueError:
            continue
        return (Suggestion(value=day.isoformat(), source="signature_time" if source == "stamp" else source),)
    return ()


def _aside(parts: Parts, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], SuggestionSource]]:
    for item in parts.furniture:
        found = pattern.search(fold(item.text)) if item.kind in _ASIDE else None
        if found is not None:
            yield found, "stamp" if item.kind == "signature_stamp" else "field"


def is_draft(lines: HeadLines, parts: Parts) -> bool:
    """Marked DỰ THẢO, or number or day left blank.

    In what was signed or scanned one blank alone is a number that a pen or a stamp was to fill in, not a draft.
    """
    if lines.draft is not None:
        return True
    number, date = _number_is_blank(lines, parts), _date_is_blank(lines, parts)
    return (number and date) or ((number or date) and not _was_issued(lines, parts))


def warn_draft(lines: HeadLines, parts: Parts, trail: Trail) -> None:
    """Say of a scan that is taken for no draft that it may be one: a blank without ink, or no line of the number."""
    scanned = lines.heading is not None and is_ocr(lines.heading)
    blank = _number_is_blank(lines, parts) or _date_is_blank(lines, parts)
    if scanned and (blank or lines.number is None):
        message = "Số hoặc ngày để trống hay không đọc được, không rõ có phải bản dự thảo."
        trail.warn("low_confidence", message, "/header/is_draft")


def _number_is_blank(lines: HeadLines, parts: Parts) -> bool:
    if lines.number is None or unread_field(parts, lines.number[0].page, NUMBER) is not None:
        return False
    return lines.number[1].blank and _ink(lines.number[0], parts, first=True) is None


def _date_is_blank(lines: HeadLines, parts: Parts) -> bool:
    found = lines.place_date
    if found is None or unread_field(parts, found[0][-1].page, DAY) is not None:
        return False
    return found[1].blank and _ink(found[0][-1], parts, first=False) is None


def _was_issued(lines: HeadLines, parts: Parts) -> bool:
    scanned = lines.heading is not None and any(word.confidence is not None for word in lines.heading.words)
    return scanned or any(item.kind in ("signature_stamp", "arrival_stamp", "handwriting") for item in parts.furniture)
