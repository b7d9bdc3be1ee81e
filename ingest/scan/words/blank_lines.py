"""The lines of the letterhead with blanks in their form: `Số: …/…` and `…, ngày … tháng … năm …`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.scan.words.read_lines import ReadLine
from vietnamese.fold import fold

NUMBER = re.compile(r"\W*s[oaeu06](?:\s*[:;.,])?(?![a-z]{2})")
# A hyphen that ink touches is often read as a stroke on the line. Behind the first group stand others, with figures,
# `&`, points and commas in them, `BCĐ 127/TP`, and `TTrLN: STC-SXD`.
SYMBOL = re.compile(r"[/_-]\s*[a-zđ][a-z0-9&.]*(?:(?:\s*[-_/]\s*|,\s?|:\s*|\s(?=\d{1,3}/))[a-z0-9&.]+)*\W*$")
_NUMBER_BEGUN = re.compile(r"\W*s[oaeu06]\b\s*[:;.,]?.{0,8}$")
DATE = re.compile(r"(n(?!guye)[a-z]{2}[yv]|(?<=[,.;])\s?ng.)(.*?)(th[a-z]n[a-z]|th.?ng)(.*?)(n.m)(.*)$")
_DATE_BEGUN = re.compile(r"^\W*[a-z][a-z .]{2,30}(?:[,.;]\s*n[a-z]|\s*n(?!guye)[a-z]{2}[yv])")
# Figures by pen close behind the word are read as its last signs: `ngày32`, `ngàyÁ"`.
_DAY = re.compile(r"\bngay|\bn[a-z]{2}[yv](?![a-z])|(?<=[,.;])\s*n[a-z]{1,3}\b")
# The place may stand apart, far before the day.
_DAY_FIRST = re.compile(r"\W*n(?!guye)[a-z]{2}[yv]")
_LONGEST_PLACE = 5
_YEAR = re.compile(r"\D*\d{4}\D{0,3}$")


def parts_of(line: ReadLine, lines: Sequence[ReadLine], unit: float) -> list[ReadLine]:
    """The pieces of the line of the number or the date that begins with `line`, from left to right; else nothing."""
    text = fold(line.text)
    if NUMBER.match(text) and SYMBOL.search(text) and len(text) < 40:
        return [line]
    if _NUMBER_BEGUN.match(text):
        return _up_to(line, lines, unit, SYMBOL)
    if _DATE_BEGUN.match(text) and _is_place(line.text):
        return [line] if _is_date(text) else _up_to(line, lines, unit, DATE)
    if _DAY_FIRST.match(text) and _is_date(text):
        return [line]
    return []


def _is_place(text: str) -> bool:
    """Whether the words before `ngày` are a place's name; a sentence of the body with a date has others."""
    before = [word for word in _DAY.split(fold(text), maxsplit=1)[0].split() if word[:1].isalpha()]
    names = text.split()[: len(before)]
    small = sum(word[0].islower() for word in names)
    return 0 < len(before) <= _LONGEST_PLACE and small < min(2, len(names))


def _is_date(text: str) -> bool:
    found = DATE.search(text)
    return bool(found and _YEAR.match(found[6]))


def _up_to(line: ReadLine, lines: Sequence[ReadLine], unit: float, end: re.Pattern[str]) -> list[ReadLine]:
    """`line` with the pieces on its right at its height, as far as the one that completes it.

    Where a stamp's line cut a figure in two, the halves may stand one a little over the other.
    """
    parts = [line]
    level = sorted(
        (
            other
            for other in lines
            if other is not line
            and other.ink.x0 > line.ink.x1 - unit
            and abs(other.ink.baseline - line.ink.baseline) < unit
        ),
        key=lambda other: other.ink.x0,
    )
    for other in level:
        if other.ink.x0 - parts[-1].ink.x1 > 10 * unit or len(parts) > 4:
            return []
        parts.append(other)
        if end.search(fold(" ".join(part.text for part in parts))):
            return parts
    return []
