"""Drafts: claims before they have an id, and the sentence that they are found in."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from dataclasses import dataclass, field
from typing import NamedTuple

from parsers.claims.claim_words import masked
from parsers.record.sentences import trim
from schemas.dispatch import ClaimKind
from vietnamese.figures import read_figure
from vietnamese.fold import fold

_VERB_TAIL = re.compile(
    r"[\s:,(]*(?<![a-z])(?:(?:da|moi|uoc|chi|cung|deu|dang)\s+)*"
    r"(?:dat|la|co|duoc|chiem|bang|gom|ket nap duoc|ket nap)?[\s:,(]*$"
)


@dataclass
class ClaimDraft:
    """A claim before it has an id: what its figures are, and where its words and figures stand in the sentence."""

    kind: ClaimKind
    span: tuple[int, int]
    figures: tuple[int, int]
    subject: str | None = None
    numerator: int | str | None = None
    denominator: int | str | None = None
    percent: str | None = None
    decimals: int | None = None
    qualifier: str | None = None
    scope: str | None = None
    time: str | None = None


class Whole(NamedTuple):
    """A number of which shares are told, and the folded word behind it: what it counts."""

    value: int | str | None
    noun: str


class Before(NamedTuple):
    """What the sentences before have told: the whole of which shares are told, and the last plan with a number."""

    whole: Whole | None = None
    plan: Whole | None = None


NOTHING_BEFORE = Before()


@dataclass
class Sentence:
    """One sentence while its figures are being found."""

    text: str
    before: Before = NOTHING_BEFORE
    drafts: list[ClaimDraft] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.folded = fold(self.text)
        self.masked = masked(self.folded)
        self._taken = bytearray(len(self.text))
        self._ends: list[int] = []

    def add(self, draft: ClaimDraft) -> None:
        """Keep a claim; its figures are no longer free."""
        start, end = draft.figures
        self._taken[start:end] = b"\1" * (end - start)
        insort(self._ends, end)
        self.drafts.append(draft)

    def free(self, start: int, end: int) -> bool:
        """Is no figure of an earlier claim in these characters?"""
        return not any(self._taken[start:end])

    def last_end(self, before: int) -> int:
        """Where the figures of the last claim end that stands before this place."""
        place = bisect_right(self._ends, before)
        return self._ends[place - 1] if place else 0


def value_of(text: str) -> int | str | None:
    """A printed figure as the record has it: an int, or a decimal string."""
    figure = read_figure(text)
    if figure is None:
        return None
    return figure.text if figure.decimals else int(figure.value)


def percent_of(text: str) -> tuple[str, int]:
    """A percentage as printed with a point, and its decimals."""
    plain = text.replace(",", ".")
    return plain, len(plain.partition(".")[2])


def to_colon(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """A count's words run to what announces its list, over commas."""
    end = re.search(r"[;:(]|\.(?!\d)|,\s(?:đó là|gồm|cụ thể|trong đó)|\s(?:là|gồm)\s?:", text[span[0] :])
    return trim(text, span[0], span[0] + end.start() if end else len(text))


def subject_of(text: str, start: int, end: int) -> str | None:
    """What a figure is told of: the words before it, verb and hedge taken off."""
    words_before = text[start:end]
    # `đảng` folds like `đang`, and is no part of the verb.
    tail = _VERB_TAIL.search(fold(re.sub(r"\bđảng\b", "····", words_before, flags=re.IGNORECASE)))
    return trim_text(words_before[: tail.start()] if tail else words_before) or None


def trim_text(text: str) -> str:
    """Text without white space and loose punctuation at its ends."""
    start, end = trim(text, 0, len(text))
    return text[start:end].strip(" )(")
