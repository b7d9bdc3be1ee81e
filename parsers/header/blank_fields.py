"""Blanks of the letterhead: left open in a draft, or filled in by pen; what elsewhere suggests the value."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from form.date_line import PlaceDate
from form.number_line import OfficialNumber
from form.ocr_doubts import is_ocr
from parsers.header.head_lines import HeadLines
from parsers.header.pen_fields import days_seen, inks_on, line_place, number_seen
from parsers.header.unread_fields import DAY, NUMBER, days_of, numbers_of, unread_field
from parsers.record.trail import Trail
from parsers.record.zones import Parts
from schemas.base import Box
from schemas.document import Furniture, Paragraph
from schemas.source import Notice, Suggestion, SuggestionSource
from vietnamese.fold import fold

_SIGNED_NUMBER = re.compile(r"\bso\s*[:.]?\s*(\d{1,5})\b")
_SIGNED_DATE = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)\b")
_ASIDE = ("signature_stamp", "widget", "annotation")


def warn_number(paragraph: Paragraph, found: OfficialNumber, parts: Parts, trail: Trail, guess: str = "") -> None:
    """Say why there is no number: written by pen, left blank, or illegible (`guess`: what it may be)."""
    ink = next(iter(inks_on(paragraph, parts, ("number",))), None)
    seen = (*number_seen(ink), *_guess(guess), *_aside_number(parts))
    picture = unread_field(parts, paragraph.page, NUMBER)
    if picture is not None:
        message = ("readings_differ", "Số văn bản là ảnh đóng vào trang, không đọc được chắc chắn; cần người xem.")
        _warn(trail, message, "/header/number", (*numbers_of(picture), *seen), picture)
    elif ink is not None:
        _warn(trail, ("handwritten", f"Số văn bản viết tay, {_asked(ink)}"), "/header/number", seen, ink)
    elif found.blank:
        place = line_place(paragraph)
        _warn(trail, ("blank_number", "Số văn bản để trống."), "/header/number", seen, place)
    else:
        place = line_place(paragraph)
        _warn(trail, _illegible("Số văn bản", paragraph), "/header/number", seen, place)


def warn_date(paragraphs: Sequence[Paragraph], found: PlaceDate, parts: Parts, trail: Trail) -> None:
    """Say why there is no date: written by pen, left blank, or no such day."""
    inks = inks_on(paragraphs[-1], parts, ("day", "month"))
    ink = inks[-1] if inks else None
    seen = (*days_seen(inks, found, parts), *_aside_day(parts))
    picture = unread_field(parts, paragraphs[-1].page, DAY)
    if picture is not None:
        message = ("readings_differ", "Ngày, tháng là ảnh đóng vào trang, không đọc được chắc chắn; cần người xem.")
        seen = (*days_of(picture, found), *seen)
    elif ink is not None:
        message = ("handwritten", f"Ngày, tháng viết tay, {_asked(ink)}")
    elif found.misread:
        message = _illegible("Ngày, tháng", paragraphs[-1])
    else:
        message = ("blank_date", "Ngày, tháng để trống.")
    _warn(trail, message, "/header/date", seen, picture or ink or line_place(paragraphs[-1]))


def warn_absent(lines: HeadLines, parts: Parts, trail: Trail) -> None:
    """Say that a letterhead shows no số or no date at all: written by pen, or not read."""
    if lines.heading is None:
        return
    page = lines.heading.page
    inks = [item for item in parts.furniture if item.kind == "handwriting" and item.page == page]
    if lines.number is None:
        ink = next((one for one in inks if one.blank in (None, "number")), None)
        absent = ("blank_number", "Không thấy số, ký hiệu.")
        message = _illegible("Số, ký hiệu", lines.heading) if ink or is_ocr(lines.heading) else absent
        _warn(
            trail,
            message,
            "/header/number",
            (*number_seen(ink), *_aside_number(parts)),
            ink or (page, None),
        )
    if lines.place_date is None:
        _warn(trail, ("blank_date", "Không thấy ngày, tháng."), "/header/date", _aside_day(parts), (page, None))


def _illegible(what: str, paragraph: Paragraph) -> tuple[str, str]:
    """In a scan what cannot be read between clear print is ink; elsewhere it is a damaged text."""
    if is_ocr(paragraph):
        return "handwritten", f"{what} viết tay hoặc không rõ, cần người đọc lại."
    return "damaged_text", f"{what} không đọc được, cần người đọc lại."


def _warn(
    trail: Trail,
    what: tuple[str, str],
    pointer: str,
    seen: tuple[Suggestion, ...],
    place: Furniture | tuple[int, Box | None],
) -> None:
    page, box = (place.page, place.box) if isinstance(place, Furniture) else place
    trail.tell(Notice(code=what[0], message=what[1], pointer=pointer, suggestions=seen, page=page, bbox=box))


def _asked(ink: Furniture) -> str:
    """What is asked of a person, and why where nothing read the ink."""
    if ink.readings is None:
        return "máy không có bộ đọc chữ số viết tay, cần người đọc."
    return "cần người đọc lại."


def _guess(text: str) -> tuple[Suggestion, ...]:
    """A doubtful reading of print."""
    return (Suggestion(value=text, source="print"),) if text else ()


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
        trail.warn("draft_unclear", message, "/header/is_draft")


def _number_is_blank(lines: HeadLines, parts: Parts) -> bool:
    if lines.number is None or unread_field(parts, lines.number[0].page, NUMBER) is not None:
        return False
    return lines.number[1].blank and not inks_on(lines.number[0], parts, ("number",))


def _date_is_blank(lines: HeadLines, parts: Parts) -> bool:
    found = lines.place_date
    if found is None or unread_field(parts, found[0][-1].page, DAY) is not None:
        return False
    return found[1].blank and not inks_on(found[0][-1], parts, ("day", "month"))


def _was_issued(lines: HeadLines, parts: Parts) -> bool:
    scanned = lines.heading is not None and any(word.confidence is not None for word in lines.heading.words)
    return scanned or any(item.kind in ("signature_stamp", "arrival_stamp", "handwriting") for item in parts.furniture)
