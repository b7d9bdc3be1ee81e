"""Pictures that an issuing system put into the blanks of a letterhead and whose readings differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from form.date_line import PlaceDate
from parsers.record.zones import Parts
from schemas.document import Furniture
from schemas.source import Suggestion

NUMBER = ("number",)
DAY = ("day", "month")


def unread_field(parts: Parts, page: int, blanks: Collection[str]) -> Furniture | None:
    """The picture in one of these blanks of a page that could not be read for sure, or None."""
    found = (item for item in parts.furniture if item.kind == "widget" and item.page == page and item.blank in blanks)
    return next(found, None)


def numbers_of(picture: Furniture) -> tuple[Suggestion, ...]:
    """What a picture in the blank of the number may say."""
    return tuple(
        Suggestion(value=one.value, source="field", confidence=one.confidence) for one in picture.readings or ()
    )


def days_of(picture: Furniture, found: PlaceDate) -> tuple[Suggestion, ...]:
    """The days that a picture in the blank of the day or the month may make, with what is printed beside it."""
    days = []
    for one in picture.readings or ():
        day, month = (one.value, found.month) if picture.blank == "day" else (found.day, one.value)
        try:
            date = dt.date(found.year or 0, int(month or 0), int(day or 0))
        except ValueError:  # the year or the other of the two is left open too
            continue
        days.append(Suggestion(value=date.isoformat(), source="field", confidence=one.confidence))
    return tuple(days)
