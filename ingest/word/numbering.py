"""Automatic numbering of Word: the label that it prints before a paragraph (ISO/IEC 29500-1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from ingest.word.element_properties import VAL, W, flag, number, properties, value

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_SMALL = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_HIGHEST = 5000
"""A counter beyond this is a broken file's; in letters it would fill pages."""
_PLACE = re.compile(r"%(\d)")
# What bullets look like: of the pictorial fonts only the dash keeps its form.
_DASHES = {"-", "–", "—", "\uf02d", "\uf0be", "−"}
_PLAIN_BULLETS = {"+", "*", "•"}


@dataclass(frozen=True)
class Level:
    """One level of a list: `text` as in `%1.%2)`, `form` the number format, `paragraph_style` linked to it."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None
    paragraph_style: str | None = None
    glued: bool = False


@dataclass(frozen=True)
class _List:
    abstract: str
    levels: dict[int, Level]
    overrides: dict[int, int]


class Numbering:
    """Counts through the document; `label` must be called for each numbered paragraph once, in order."""

    def __init__(self, root: etree._Element | None, style_numbers: dict[str, int] | None = None) -> None:
        self._lists: dict[int, _List] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[int, int]] = set()
        if root is not None:
            self._load(root, style_numbers or {})

    def _load(self, root: etree._Element, style_numbers: dict[str, int]) -> None:
        abstracts = {element.get(f"{W}abstractNumId", ""): element for element in root.iter(f"{W}abstractNum")}
        nums = {element.get(f"{W}numId", ""): element for element in root.iter(f"{W}num")}
        for identifier, element in nums.items():
            abstract_id = value(properties(element), "abstractNumId") or ""
            linked = value(properties(abstracts.get(abstract_id)), "numStyleLink")
            if linked in style_numbers and str(style_numbers[linked]) in nums:
                abstract_id = value(properties(nums[str(style_numbers[linked])]), "abstractNumId") or abstract_id
            if identifier.isdigit() and abstract_id in abstracts:
                self._lists[int(identifier)] = _read_list(element, abstract_id, abstracts[abstract_id])

    def level_of_style(self, number_id: int, style: str | None) -> int:
        """The level of a list that is linked to a paragraph style; the first where none is."""
        known = self._lists.get(number_id)
        levels = {} if known is None else known.levels
        return next((index for index, level in levels.items() if style and level.paragraph_style == style), 0)

    def label(self, number_id: int, level: int) -> str:
        """The label of the next paragraph of this list and level, with the blank that follows it; "" where none is."""
        known = self._lists.get(number_id)
        if known is None or level not in known.levels:
            return ""
        counters = self._count(known, number_id, level)
        rule = known.levels[level]
        if rule.form == "bullet":
            text = _bullet(rule.text)
        else:
            text = _PLACE.sub(lambda place: _counted(known, counters, int(place[1]) - 1, rule), rule.text)
        return text + ("" if rule.glued or not text else " ")

    def _count(self, known: _List, number_id: int, level: int) -> dict[int, int]:
        counters = self._counters.setdefault(known.abstract, {})
        if level in known.overrides and (number_id, level) not in self._begun:
            counters[level] = known.overrides[level]
        else:
            counters[level] = counters.get(level, known.levels[level].start - 1) + 1
        self._begun.add((number_id, level))
        for deeper in [index for index in counters if index > level]:
            restart = known.levels[deeper].restart if deeper in known.levels else None
            if restart is None or (restart > 0 and level < restart):
                del counters[deeper]
        return counters


def _counted(known: _List, counters: dict[int, int], level: int, rule: Level) -> str:
    shown = known.levels.get(level)
    if shown is None:
        return ""
    return format_number(counters.get(level, shown.start), "decimal" if rule.legal else shown.form)


def _read_list(element: etree._Element, abstract_id: str, abstract: etree._Element) -> _List:
    levels = {_index(level): _read_level(level) for level in abstract.iter(f"{W}lvl")}
    overrides: dict[int, int] = {}
    for override in element.iter(f"{W}lvlOverride"):
        index = _index(override)
        own = override.find(f"{W}lvl")
        if own is not None:
            levels[index] = _read_level(own)
        start = number(properties(override), "startOverride")
        if start is not None:
            overrides[index] = start
            levels[index] = replace(levels.get(index, Level()), start=start)
    return _List(abstract_id if not overrides else f"{abstract_id}/{element.get(f'{W}numId')}", levels, overrides)


def _index(element: etree._Element) -> int:
    level = element.get(f"{W}ilvl", "0")
    return int(level) if level.isdigit() else 0


def _read_level(element: etree._Element) -> Level:
    said = properties(element)
    form = said.get(f"{W}numFmt")
    start = number(said, "start")
    return Level(
        start=1 if start is None else start,
        form="decimal" if form is None else form.get(VAL, "decimal"),
        text=value(said, "lvlText") or "",
        legal=bool(flag(said, "isLgl")),
        restart=number(said, "lvlRestart"),
        paragraph_style=value(said, "pStyle"),
        glued=value(said, "suff") == "nothing",
    )


def _bullet(text: str) -> str:
    if not text.strip():
        return ""
    first = text.strip()[0]
    if first in _DASHES:
        return "-"
    return first if first in _PLAIN_BULLETS else "•"


def format_number(count: int, form: str) -> str:
    """A counter in a number format of Word; formats of other scripts come as figures."""
    if form in ("upperRoman", "lowerRoman"):
        roman = _roman(count)
        return roman.upper() if form == "upperRoman" else roman
    if form in ("upperLetter", "lowerLetter"):
        letter = _letter(count)
        return letter.upper() if form == "upperLetter" else letter
    if form == "decimalZero":
        return f"{count:02d}"
    return "" if form == "none" else str(count)


def _roman(count: int) -> str:
    letters = ""
    count = min(count, _HIGHEST)
    for size, sign in (*_ROMAN, *_ROMAN_SMALL):
        letters += sign * (count // size)
        count %= size
    return letters


def _letter(count: int) -> str:
    """a … z, aa, bb …: Word's own alphabet, which has no đ."""
    count = min(count, _HIGHEST)
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if count > 0 else ""
