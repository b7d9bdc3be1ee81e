"""Where in a printed line something stands that was put onto the page afterwards: in a blank, or right beside a word.

Nghị định 30/2020/NĐ-CP, Phụ lục I, leaves blanks for the number (`Số: … /KH-UBND`) and for day and month
(`ngày … tháng … năm 2025`); a form leaves others anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from ingest.page.placed import PlacedLine, PlacedWord
from vietnamese.fold import fold

BlankKind = Literal["number", "day", "month", "year"]

DOTS = re.compile(r"[._…]{3,}|…+|_{2,}")
_ONLY_DOTS = re.compile(r"(?:[._\-–]{2,}|…+)+$")
_OPENS = re.compile(r"(?:\b(?:so|ngay|thang|nam|luc|gio|quy|tu|den|truoc)|[:/(])\s*$")
_BEFORE: dict[BlankKind, re.Pattern[str]] = {
    "number": re.compile(r"\bso\W{0,3}$"),
    "day": re.compile(r"\bngay\W{0,2}$"),
    "month": re.compile(r"\bthang\W{0,2}$"),
    "year": re.compile(r"\bnam\W{0,2}$"),
}
_BEHIND: dict[BlankKind, re.Pattern[str]] = {
    "number": re.compile(r"[/–-]\s?[A-ZĐ]"),
    "day": re.compile(r"tháng\b"),
    "month": re.compile(r"năm\b"),
}
# How far, in ems, the words on both sides of a blank, the word before and the word behind it may be away.
_WIDE, _NEAR, _BESIDE = 6.0, 3.0, 1.2
# How far from the baseline of a line, in ems, what is part of it may stand: issuing systems put fields a little high.
_OFF = 0.75
_SIZES = (0.5, 1.8)


class Strip(NamedTuple):
    """A stretch of one line, as it was put onto the page."""

    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    text: str = ""
    covers: bool = False


class LineSlot(NamedTuple):
    """The place of a strip in a line: the words beside it, and those that it covers or repeats."""

    line: PlacedLine
    left: PlacedWord | None
    right: PlacedWord | None
    hidden: tuple[PlacedWord, ...]

    @property
    def kind(self) -> BlankKind | None:
        """Which number of the letterhead this blank wants, by the words beside it."""
        before = fold(self.left.text) if self.left else ""
        for kind, pattern in _BEFORE.items():
            if pattern.search(before):
                return kind
        behind = self.right.text if self.right else ""
        return next((kind for kind, pattern in _BEHIND.items() if pattern.match(behind)), None)


class Reach(NamedTuple):
    """From where to where the words of a page reach."""

    left: float
    right: float


NOWHERE = Reach(0.0, 0.0)


def reach_of(words: Iterable[PlacedWord]) -> Reach:
    """The margins of these words; all at the left edge where there are none."""
    known = list(words)
    left, right = min((word.x0 for word in known), default=0.0), max((word.x1 for word in known), default=0.0)
    return Reach(left, right)


def find_slot(strip: Strip, lines: Sequence[PlacedLine], reach: Reach) -> LineSlot | None:
    """The line that a strip stands in, the nearest that has room for it there; None for what stands by itself."""
    near = [line for line in lines if abs(line.baseline - strip.baseline) <= _OFF * max(line.size, 0.8 * strip.size)]
    for line in sorted(near, key=lambda line: abs(line.baseline - strip.baseline)):
        slot = _slot(strip, line)
        if slot is not None and _stands(strip, slot, reach):
            return slot
    return None


def opened(line: PlacedLine, strip: Strip) -> PlacedLine:
    """The line with its words that hold dots under the strip cut there: `Số:.........../KH-UBND` is three."""
    words: list[PlacedWord] = []
    for word in line.words:
        under = word.x0 < strip.x1 and word.x1 > strip.x0 and DOTS.search(word.text)
        words += _pieces(word) if under else [word]
    return PlacedLine(words, line.x0, line.x1, line.top, line.bottom, line.baseline, line.size)


def _pieces(word: PlacedWord) -> list[PlacedWord]:
    """A word cut at its dots, by how wide letters are about."""
    parts = [part for part in re.split(rf"({DOTS.pattern})", word.text) if part]
    weights = [sum(map(_width, part)) for part in parts]
    scale = (word.x1 - word.x0) / sum(weights)
    pieces, x = [], word.x0
    for part, weight in zip(parts, weights, strict=True):
        pieces.append(word._replace(text=part, x0=x, x1=x + weight * scale))
        x += weight * scale
    return pieces


def _width(letter: str) -> float:
    if letter in ".:,;'":
        return 0.25
    return 1.0 if letter == "…" else 0.7 if letter.isupper() else 0.5


def _slot(strip: Strip, line: PlacedLine) -> LineSlot | None:
    """The words of a line beside and under a strip; None where the strip is drawn over print that it does not hide."""
    line = opened(line, strip)
    slack = 0.35 * line.size
    hidden = [word for word in line.words if _is_under(word, strip, slack)]
    repeated = fold(strip.text)
    for word in hidden:
        if not (strip.covers or _ONLY_DOTS.match(word.text) or fold(word.text).strip(" ._…:") in repeated):
            return None
    beside = [word for word in line.words if word not in hidden and not _ONLY_DOTS.match(word.text)]
    before = [word for word in beside if word.x0 < strip.x0]
    behind = [word for word in beside if word.x0 >= strip.x0]
    return LineSlot(line, before[-1] if before else None, behind[0] if behind else None, tuple(hidden))


def _is_under(word: PlacedWord, strip: Strip, slack: float) -> bool:
    """Whether a strip is drawn over a word: over half of it, or itself to a large part on it.

    A system that puts a long number into a short blank lets its ends touch the print on both sides.
    """
    common = min(word.x1, strip.x1) - max(word.x0, strip.x0)
    return common > min(0.5 * (word.x1 - word.x0), max(slack, 0.45 * (strip.x1 - strip.x0)))


def _stands(strip: Strip, slot: LineSlot, reach: Reach) -> bool:
    """Whether a strip is part of the line that it would stand in."""
    em = slot.line.size
    if not _SIZES[0] < strip.size / em < _SIZES[1]:
        return False
    before = (strip.x0 - slot.left.x1) / em if slot.left else 1000.0
    behind = (slot.right.x0 - strip.x1) / em if slot.right else 1000.0
    opens = slot.left is not None and _OPENS.search(fold(slot.left.text)) is not None
    if min(before, behind) < _NEAR and max(before, behind) < _WIDE:
        return True
    if slot.hidden and not strip.covers:
        return True  # the dots of a blank, or the same words
    if before < (_NEAR if opens else _BESIDE):
        return opens or strip.x0 < reach.right - 0.3 * em
    return behind < _BESIDE and strip.x1 > reach.left


def closes(word: PlacedWord) -> bool:
    """Whether a word is nothing but the mark that ends what stands before it: `.` behind a filled blank."""
    return re.fullmatch(r"[.,;:)\]]+/?", word.text) is not None
