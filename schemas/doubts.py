"""Doubts: why a word, a cell or a value that was read may be wrong, and what each of these reasons means.

Readers say *why* (`Doubt`) beside the score that OCR gave; nobody hides a reason in a score. `MEANING` is the one table
of what a reason is worth: how far the words are to be trusted with it, and under which code a person is asked to look.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import NamedTuple

from schemas.codes import WarningCode

LOOK_AT = 0.9
"""What is trusted less than this is shown to a person. Of 7,157 words of scans that were read right 2 % are."""

ACCUSE = 0.8
"""No finding of the audit that hangs on a figure trusted less than this accuses anybody."""


class Doubt(StrEnum):
    """Why what was read may be wrong."""

    MENDED = "mended"
    NO_SYLLABLE = "no_syllable"
    UNDER_INK = "under_ink"
    UNDER_STAMP = "under_stamp"
    MIXED_FIGURES = "mixed_figures"
    ODD_SIGN = "odd_sign"
    SPECK = "speck"
    READINGS_DIFFER = "readings_differ"
    SAME_HEADING = "same_heading"


class DoubtMeaning(NamedTuple):
    """What a doubt is worth: `most`, how far at most (0 to 1) what it lies on is trusted; `code`, of the warning."""

    most: float
    code: WarningCode
    why: str


# The bounds were looked at on scans (200 dpi, JPEG, noise, half of them under a seal) of the letters of
# `tests/cases/offices`: 7,157 words read right and 42 read wrong; those of figures on the scanned tables of the corpus.
MEANING: dict[Doubt, DoubtMeaning] = {
    # Set confusions, undone where the language leaves one reading: right as a rule, and shown.
    Doubt.MENDED: DoubtMeaning(0.88, "misread_word", "đã sửa lỗi nhận dạng"),
    # With Vietnamese marks and no syllable of it: some letter was misread, however sure OCR was.
    Doubt.NO_SYLLABLE: DoubtMeaning(0.88, "misread_word", "không phải tiếng Việt, có chữ đọc nhầm"),
    # 1 in 100 words of clear print scores less by itself; beside a seal's ink one word in eight lost a letter.
    Doubt.UNDER_INK: DoubtMeaning(0.85, "under_stamp", "có nét mực hoặc con dấu chạy qua"),
    # A part may be hidden, and what is left of a number looks whole: trusted as words of which 1 in 7 was wrong.
    Doubt.UNDER_STAMP: DoubtMeaning(0.6, "under_stamp", "dấu đến che một phần"),
    # On a copy so dark that 0, 6 and 9 are one, the figures that OCR is sure of are no better than the others.
    Doubt.MIXED_FIGURES: DoubtMeaning(0.8, "unsure_figures", "chữ số trên trang in mờ hoặc nhòe"),
    # A point or comma against the custom of its table: lost in the blur, or dirt.
    Doubt.ODD_SIGN: DoubtMeaning(0.7, "unsure_figures", "dấu phân cách khác các số cùng bảng"),
    # A speck behind the number of a row, read as a point, was taken off.
    Doubt.SPECK: DoubtMeaning(0.85, "misread_word", "đã bỏ một vết bẩn"),
    # Two readings of one figure: as like as not either.
    Doubt.READINGS_DIFFER: DoubtMeaning(0.5, "readings_differ", "đọc hai lần không giống nhau"),
    # Two columns of a scan with one heading differed by a stroke on paper (`Quý II`, `Quý III`).
    Doubt.SAME_HEADING: DoubtMeaning(0.7, "same_heading", "hai cột cùng tên"),
}

Doubts = tuple[Doubt, ...]
"""Reasons, each once, in the order of their names."""

NO_DOUBT: Doubts = ()
_ONLY: dict[Doubt, Doubts] = {one: (one,) for one in Doubt}


def with_doubt(doubts: Doubts, one: Doubt) -> Doubts:
    """The doubts and one more; of one doubt alone all words share the tuple, for they come by the hundred thousand."""
    return tuple(sorted({*doubts, one})) if doubts else _ONLY[one]


def trust(score: float | None, doubts: Collection[Doubt] = NO_DOUBT) -> float | None:
    """How far a reading is trusted, from 0 to 1: OCR's score, lowered by what is doubted; None for print as such."""
    if not doubts:
        return score
    most = min(MEANING[doubt].most for doubt in doubts)
    return most if score is None else min(score, most)


def gravest(doubts: Collection[Doubt]) -> Doubt | None:
    """The doubt that leaves the least trust; of equal ones the first in the order of `Doubt`."""
    return min(sorted(doubts, key=list(Doubt).index), key=lambda doubt: MEANING[doubt].most, default=None)


def code_of(doubts: Collection[Doubt]) -> WarningCode:
    """The code of the warning: that of the gravest doubt; `unsure_reading` where OCR's score alone is low."""
    worst = gravest(doubts)
    return MEANING[worst].code if worst is not None else "unsure_reading"
