"""Number and day written by pen: taken where the reader is sure of the strokes, else suggested, the likeliest first."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import product

from form.date_line import PlaceDate
from form.number_line import OfficialNumber, read_official_number
from parsers.header.day_conflicts import arrival_days
from parsers.record.passage import enclosing_box
from parsers.record.trail import Trail
from parsers.record.zones import Parts
from schemas.base import Box
from schemas.dispatch import Evidence
from schemas.document import PEN_SURE, Furniture, Paragraph, PenBlank, PenValue
from schemas.source import Notice, Suggestion

_NEAR = 14.0
"""How far, in points, ink may stand from the line that it belongs to."""
_YEAR = re.compile(r"/?\s*(?:19|20)\d\d\s*/?")
"""The printed year of a legal act's số hiệu, which a reader may have taken for ink."""
_FIGURES_LIKE = re.compile(r"(?=.*\d)[\dlI|oO]{1,5}[a-d]?")
"""What OCR makes of strokes that are figures; anything else that it makes of ink says nothing."""
_SHOWN, _LEAST = 4, 0.02


def line_place(paragraph: Paragraph) -> tuple[int, Box | None]:
    """The page of a line and its box."""
    return paragraph.page, enclosing_box(word.box for word in paragraph.words)


def inks_on(paragraph: Paragraph, parts: Parts, blanks: Sequence[PenBlank]) -> list[Furniture]:
    """The handwriting on a line in blanks of these kinds; without boxes, that of its page."""
    page, box = line_place(paragraph)
    inks = [
        item
        for item in parts.furniture
        if item.kind == "handwriting"
        and item.page == page
        and (item.blank is None or item.blank in blanks)
        and not _YEAR.fullmatch(item.text.strip())
    ]
    return [item for item in inks if box is None or item.box is None or _touches(item.box, box)]


def _touches(ink: Box, line: Box) -> bool:
    """Whether ink stands on the line: level with it, and not beyond its ends by more than a word."""
    level = ink[1] < line[3] + _NEAR and ink[3] > line[1] - _NEAR
    return level and ink[0] < line[2] + 4 * _NEAR and ink[2] > line[0] - 4 * _NEAR


def number_seen(ink: Furniture | None) -> tuple[Suggestion, ...]:
    """The numbers that ink may be."""
    return tuple(_suggestion(_plain(value)) for value in _values(ink))


def days_seen(inks: Sequence[Furniture], found: PlaceDate, parts: Parts) -> tuple[Suggestion, ...]:
    """The days that ink may be beside what is printed of the date; without a printed year there is no saying.

    Days by which it had not arrived yet, as the arrival stamp says, come last (Nghị định 30/2020/NĐ-CP, Điều 21).
    """
    values = _days(inks, found)
    arrived = min(arrival_days(parts.furniture, found.year), default=None) if found.year else None
    if arrived is not None:
        values = sorted(values, key=lambda value: value.value > arrived.isoformat())
    return tuple(_suggestion(value) for value in values)


def _plain(value: PenValue) -> PenValue:
    """A number without the zeros that are written before it."""
    return value._replace(value=value.value.lstrip("0") or value.value)


def _suggestion(value: PenValue) -> Suggestion:
    known = value.confidence >= 0
    return Suggestion(value=value.value, source="pen", confidence=value.confidence if known else None)


def _values(ink: Furniture | None) -> list[PenValue]:
    """What ink may be; where no recogniser read it, what OCR made of it if that is like figures, of no known chance."""
    if ink is None:
        return []
    if ink.readings is None:
        return [PenValue(ink.text, -1.0)] if _FIGURES_LIKE.fullmatch(ink.text) else []
    return [value for value in ink.readings if value.confidence >= _LEAST][:_SHOWN]


def _days(inks: Sequence[Furniture], found: PlaceDate) -> list[PenValue]:
    of_day = _values(next((ink for ink in inks if ink.blank == "day"), None))
    of_month = _values(next((ink for ink in inks if ink.blank == "month"), None))
    printed_day = [PenValue(str(found.day), 1.0)] if found.day is not None else []
    printed_month = [PenValue(str(found.month), 1.0)] if found.month is not None else []
    days = [
        PenValue(date.isoformat(), chance)
        for date, chance in _dates(of_day or printed_day, of_month or printed_month, found.year)
    ]
    return sorted(days, key=lambda value: -value.confidence)[:_SHOWN]


def _dates(days: Sequence[PenValue], months: Sequence[PenValue], year: int | None) -> Iterator[tuple[dt.date, float]]:
    """The days that there are, of each pair of a day and a month, with the chance of the less sure one of the two."""
    for day, month in product(days, months):
        try:
            date = dt.date(year or 0, int(month.value), int(day.value))
        except ValueError:
            continue
        yield date, min(day.confidence, month.confidence)


def write_number(paragraph: Paragraph, found: OfficialNumber, parts: Parts, trail: Trail) -> OfficialNumber | None:
    """The số hiệu with the number that a pen wrote into its blank, if that is sure; says where, and asks for a look."""
    ink = next(iter(inks_on(paragraph, parts, ("number",))), None)
    values = _values(ink)
    if ink is None or not found.blank or not _is_sure(values):
        return None
    start, end = found.number_span
    best = values[0]
    read = read_official_number(f"{paragraph.text[:start]} {best.value}{paragraph.text[end:]}")
    if read is None or read.number is None or read.symbol != found.symbol:
        return None
    evidence = _evidence([ink], best)
    trail.show("/header/number", evidence)
    trail.show("/header/so_hieu", evidence)
    message = f"Số văn bản viết tay, máy đọc là {best.value}; cần người xem lại."
    _tell(trail, message, "/header/number", [ink], [_plain(value) for value in values])
    return read


def write_date(paragraphs: Sequence[Paragraph], found: PlaceDate, parts: Parts, trail: Trail) -> dt.date | None:
    """The date with the day or the month that a pen wrote, if that is sure; shows where, and asks for a look."""
    inks = inks_on(paragraphs[-1], parts, ("day", "month"))
    values = _days(inks, found)
    if not inks or not _is_sure(values):
        return None
    date = dt.date.fromisoformat(values[0].value)
    trail.show("/header/date", _evidence(inks, values[0]))
    message = f"Ngày, tháng viết tay, máy đọc là ngày {date:%d/%m/%Y}; cần người xem lại."
    _tell(trail, message, "/header/date", inks, values)
    return date


def _is_sure(values: Sequence[PenValue]) -> bool:
    return bool(values) and values[0].confidence >= PEN_SURE


def _evidence(inks: Sequence[Furniture], value: PenValue) -> list[Evidence]:
    return [
        Evidence(page=ink.page, bbox=ink.box, quote=value.value, origin="pen", confidence=value.confidence)
        for ink in inks
    ]


def _tell(trail: Trail, message: str, pointer: str, inks: Sequence[Furniture], values: Sequence[PenValue]) -> None:
    others = tuple(_suggestion(value) for value in values[1:])
    box = enclosing_box(ink.box for ink in inks)
    trail.tell(
        Notice(code="handwritten", message=message, pointer=pointer, suggestions=others, page=inks[0].page, bbox=box)
    )
