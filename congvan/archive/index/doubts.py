"""Doubts: by what a warning is known again after another reading, and how badly it wants a look."""

from __future__ import annotations

import hashlib

from schemas.source import Notice

_WEIGHTS = {
    "correction_conflict": 95,
    "unread_time": 92,
    "no_letterhead": 90,
    "no_text": 90,
    "damaged_text": 85,
    "attachment_unread": 82,
    "missing_appendix": 80,
    "date_conflict": 75,
    "weekday_conflict": 72,
    "unreadable_date": 70,
    "blank_number": 66,
    "blank_date": 66,
    "handwritten": 65,
    "signature": 60,
    "readings_differ": 55,
    "duplicate_label": 40,
    "under_stamp": 35,
    "low_confidence": 25,
    "misread_word": 20,
    "legacy_encoding": 10,
}
"""What would be missed if nobody looked: a deadline and what the dispatch is before a word of its prose."""
_OTHERS = 50


def weight_of(notice: Notice) -> int:
    """From 0 to 100: the higher, the sooner a person should look."""
    return _WEIGHTS.get(notice.code, _OTHERS)


def doubt_key(notice: Notice) -> str:
    """The same for the same doubt in another reading: of the header by its field, elsewhere by its words."""
    of_header = (notice.pointer or "").startswith("/header/")
    about = notice.pointer if of_header else (notice.quote or notice.message)
    return hashlib.sha256(f"{notice.code}|{about}".encode()).hexdigest()[:12]
