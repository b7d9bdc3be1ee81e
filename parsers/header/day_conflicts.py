"""Whether what else a dispatch shows agrees with its place-and-date line; what contradicts it is told, with both days.

By the form (Nghị định 30/2020, Điều 8 and 9) the day of issue is that of signing and registering: a dispatch cannot be
issued after it was signed or had arrived, cannot cite what did not exist yet, and asks nothing for days that are past.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from form.number_line import OfficialNumber, read_official_number
from parsers.record.trail import Trail
from schemas.dispatch import Deadline, Header, Reference
from schemas.document import Furniture
from schemas.source import Signature, SuggestionSource
from vietnamese.fold import fold

_HANOI = dt.timezone(dt.timedelta(hours=7))
_STAMPED = re.compile(r"(?<!\d)(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?((?:19|20)\d\d)(?!\d)")
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)")
_LATE = 31
"""Days between the day of issue and the first signature, beyond which one of the two is in doubt."""


class _Witness(NamedTuple):
    """A day by which the dispatch must have been issued, and what says so."""

    day: dt.date
    what: str
    source: SuggestionSource


def warn_witnesses(
    header: Header, signatures: Sequence[Signature], furniture: Sequence[Furniture], trail: Trail
) -> None:
    """Warnings where a digital signature, an arrival stamp or the year in the số hiệu contradicts the day of issue."""
    if header.date is None:
        return
    _warn_year(header, trail)
    signed = min(_signed(signatures, furniture), default=None)
    if signed is not None and signed.day < header.date:
        _tell(header.date, signed, "sau", trail)
    elif signed is not None and (signed.day - header.date).days > _LATE:
        _tell(header.date, signed, "trước rất lâu so với", trail)
    arrived = min(_arrived(furniture, header.date), default=None)
    if arrived is not None and arrived.day < header.date:
        _tell(header.date, arrived, "sau", trail)


def warn_asked_days(
    header: Header, references: Sequence[Reference], deadlines: Iterable[Deadline], trail: Trail
) -> None:
    """Warnings where a cited document is later than the dispatch, or all its deadlines are past on the day of issue."""
    if header.date is None:
        return
    for index, reference in enumerate(references):
        if reference.date is not None and reference.date > header.date:
            message = f"Văn bản ghi ngày {header.date:%d/%m/%Y} nhưng viện dẫn văn bản ngày {reference.date:%d/%m/%Y}."
            trail.warn("date_conflict", message, f"/references/{index}")
            break
    due = [deadline.due for deadline in deadlines if deadline.due is not None]
    if trail.past_limits and all(day < header.date for day in due):
        message = f"Văn bản ghi ngày {header.date:%d/%m/%Y}, sau mọi thời hạn nêu trong văn bản."
        trail.warn("date_conflict", message, "/header/date")


def _warn_year(header: Header, trail: Trail) -> None:
    """The year that a legal act's số hiệu holds is that of its day (Luật Ban hành văn bản quy phạm pháp luật)."""
    number: OfficialNumber | None = read_official_number(header.so_hieu) if header.so_hieu else None
    if number is not None and number.year is not None and header.date and number.year != header.date.year:
        message = f"Số hiệu {header.so_hieu} mang năm {number.year}, văn bản ghi ngày {header.date:%d/%m/%Y}."
        trail.warn("date_conflict", message, "/header/date")


def _tell(date: dt.date, witness: _Witness, how: str, trail: Trail) -> None:
    message = f"Ngày {date:%d/%m/%Y} ở đầu văn bản {how} {witness.what} ({witness.day:%d/%m/%Y})."
    trail.other_days.append(witness.day)
    trail.warn("date_conflict", message, "/header/date", witness.day.isoformat(), witness.source)


def _signed(signatures: Sequence[Signature], furniture: Sequence[Furniture]) -> Iterator[_Witness]:
    for signature in signatures:
        if signature.time is not None:
            time = signature.time
            day = (time if time.tzinfo is None else time.astimezone(_HANOI)).date()
            yield _Witness(day, f"ngày ký số của {signature.by or 'người ký'}", "signature_time")
    for item in furniture:
        if item.kind == "signature_stamp":
            yield from (_Witness(day, "ngày ký ghi ở dấu chữ ký số", "signature_time") for day in _days(item.text))


def arrival_days(furniture: Sequence[Furniture], year: int) -> Iterator[dt.date]:
    """The days on arrival stamps, the years that no arrival can have left out: a stamp is often misread.

    `year`: that of the day of issue.
    """
    for item in furniture:
        if item.kind == "arrival_stamp" and "den" in fold(item.text):
            yield from (day for day in _days(item.text) if abs(day.year - year) <= 1)


def _arrived(furniture: Sequence[Furniture], date: dt.date) -> Iterator[_Witness]:
    for day in arrival_days(furniture, date.year):
        yield _Witness(day, "ngày đến ghi ở dấu đến", "arrival_stamp")


def _days(text: str) -> Iterator[dt.date]:
    found = [(year, month, day) for day, month, year in _STAMPED.findall(text)]
    for year, month, day in [*found, *_ISO.findall(text)]:
        try:
            yield dt.date(int(year), int(month), int(day))
        except ValueError:
            continue
