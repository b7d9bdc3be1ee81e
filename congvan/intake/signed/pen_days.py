"""A day written by pen judged with the time of the digital signature: what was signed was dated by then.

Nghị định 30/2020/NĐ-CP (Điều 15, Điều 17): a dispatch gets its number and day when it is issued, and the office's
signature is put on it then or later. A day after the first signature was misread, or the file is not what it seems.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from schemas.dispatch import Dispatch, Evidence
from schemas.document import PEN_SURE
from schemas.source import Notice, Suggestion

_DATE = "/header/date"
_SAME_DAY = 12.0
"""How much likelier a reading becomes when it is the very day of the signature: one day of some thirty."""


def judged_by_signing(record: Dispatch, signed: dt.date) -> Dispatch:
    """The record with its pen-written day held against the day on which the file was first signed.

    A day that was taken and lies behind it is taken back, and both are told. Of a day that was only suggested the
    readings are ranked anew; one that becomes sure by being the day of the signature is taken.
    """
    place = next((place for place, notice in enumerate(record.warnings) if _is_pen_day(notice)), None)
    if place is None:
        return record
    notice = record.warnings[place]
    by_pen = tuple(one for one in record.evidence.get(_DATE, ()) if one.origin == "pen")
    if by_pen and record.header.date is not None:
        return _taken(record, place, by_pen, signed)
    ranked = _ranked([one for one in notice.suggestions if one.source == "pen"], signed)
    others = [one for one in notice.suggestions if one.source != "pen"]
    best = next(iter(ranked), None)
    if best is not None and (best.confidence or 0.0) >= PEN_SURE and best.value == signed.isoformat():
        return _filled(record, place, best, [*ranked[1:], *others])
    return _with_notice(record, place, notice.model_copy(update={"suggestions": (*ranked, *others)}))


def _is_pen_day(notice: Notice) -> bool:
    return notice.code == "handwritten" and notice.pointer == _DATE


def _ranked(readings: Sequence[Suggestion], signed: dt.date) -> list[Suggestion]:
    """Readings of strokes, the likeliest first; those behind the signature stand last."""
    judged = [one.model_copy(update={"confidence": _likelier(one, signed)}) for one in readings]
    return sorted(judged, key=lambda one: (one.value > signed.isoformat(), -(one.confidence or 0.0)))


def _likelier(one: Suggestion, signed: dt.date) -> float | None:
    if one.confidence is None or one.value != signed.isoformat():
        return one.confidence
    odds = one.confidence * _SAME_DAY
    return round(odds / (odds + 1.0 - one.confidence), 3)


def _taken(record: Dispatch, place: int, by_pen: tuple[Evidence, ...], signed: dt.date) -> Dispatch:
    date, notice = record.header.date, record.warnings[place]
    if date is None or date <= signed:
        return record
    read = Suggestion(value=date.isoformat(), source="pen", confidence=by_pen[0].confidence)
    message = f"Ngày viết tay, máy đọc là {date:%d/%m/%Y}, sau ngày ký số {signed:%d/%m/%Y}; cần người đọc lại."
    seen = tuple(_ranked([read, *(one for one in notice.suggestions if one.source == "pen")], signed))
    others = tuple(one for one in notice.suggestions if one.source != "pen")
    conflict = Notice(code="date_conflict", message=message, pointer=_DATE, page=notice.page, bbox=notice.bbox)
    doubted = notice.model_copy(
        update={"message": "Ngày, tháng viết tay, cần người đọc lại.", "suggestions": (*seen, *others)}
    )
    told = _with_notice(record, place, doubted)
    evidence = {pointer: shown for pointer, shown in record.evidence.items() if pointer != _DATE}
    header = record.header.model_copy(update={"date": None})
    return told.model_copy(update={"header": header, "evidence": evidence, "warnings": (*told.warnings, conflict)})


def _filled(record: Dispatch, place: int, best: Suggestion, others: Sequence[Suggestion]) -> Dispatch:
    date, notice = dt.date.fromisoformat(best.value), record.warnings[place]
    message = f"Ngày, tháng viết tay, máy đọc là ngày {date:%d/%m/%Y}, trùng ngày ký số; cần người xem lại."
    told = _with_notice(record, place, notice.model_copy(update={"message": message, "suggestions": tuple(others)}))
    shown = Evidence(
        page=notice.page, bbox=notice.bbox, quote=best.value, origin="pen", confidence=best.confidence or 0.0
    )
    header = record.header.model_copy(update={"date": date})
    return told.model_copy(update={"header": header, "evidence": {**record.evidence, _DATE: (shown,)}})


def _with_notice(record: Dispatch, place: int, notice: Notice) -> Dispatch:
    warnings = tuple(notice if at == place else one for at, one in enumerate(record.warnings))
    return record.model_copy(update={"warnings": warnings})
