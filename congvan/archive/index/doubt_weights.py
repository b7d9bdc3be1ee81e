"""Doubts: by what a warning is known again after another reading, and how badly it wants a look."""

from __future__ import annotations

import hashlib

from schemas.codes import WarningCode
from schemas.source import Notice

WEIGHTS: dict[WarningCode, int] = {
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
    "impossible_date": 70,
    "incomplete_date": 68,
    "year_unknown": 68,
    "image_only": 68,
    "step_failed": 68,
    "blank_number": 66,
    "blank_date": 66,
    "handwritten": 65,
    "signature": 60,
    "readings_differ": 55,
    "struck_out": 55,
    "vague_date": 50,
    "no_anchor": 50,
    "past_date": 48,
    "relative_date": 45,
    "duplicate_label": 40,
    "under_stamp": 35,
    "not_found": 58,
    "subject_conflict": 45,
    "same_heading": 45,
    "draft_unclear": 45,
    "joint_purpose": 30,
    "spelt_otherwise": 30,
    "unsure_figures": 28,
    "unsure_reading": 25,
    "other_text_layer": 25,
    "misread_word": 20,
    "attachment": 10,
    "legacy_encoding": 10,
}
"""What would be missed if nobody looked: a deadline and what the dispatch is before a word of its prose."""


def weight_of(notice: Notice) -> int:
    """From 0 to 100: the higher, the sooner a person should look."""
    return WEIGHTS[notice.code]


_ONE_CODE = "low_confidence"
"""Records kept before each trouble had a code of its own had this one for all of `_ONCE_ONE`."""
_ONCE_ONE: frozenset[WarningCode] = frozenset(
    ("unsure_reading", "unsure_figures", "under_stamp", "readings_differ", "spelt_otherwise", "misread_word",
     "not_found", "draft_unclear", "subject_conflict", "joint_purpose", "other_text_layer", "same_heading")
)  # fmt: skip


def doubt_key(notice: Notice) -> str:
    """The same for the same doubt in another reading: of the header by its field, elsewhere by its words."""
    return _key(notice.code, _about(notice)[0])


def former_keys(notice: Notice) -> list[str]:
    """The other keys under which the same doubt may have been settled: with the code that stood for many, and by its
    message where the words that it is about were not kept. So what an older version settled stays settled.
    """
    codes = (notice.code, _ONE_CODE) if notice.code in _ONCE_ONE else (notice.code,)
    keys = dict.fromkeys(_key(code, about) for code in codes for about in _about(notice))
    return [key for key in keys if key != doubt_key(notice)]


def _about(notice: Notice) -> list[str]:
    if notice.pointer and notice.pointer.startswith("/header/"):
        return [notice.pointer]
    return [notice.quote, notice.message] if notice.quote else [notice.message]


def _key(code: str, about: str) -> str:
    return hashlib.sha256(f"{code}|{about}".encode()).hexdigest()[:12]
