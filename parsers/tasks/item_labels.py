"""Labels of items: what stands at the start of a paragraph and may number it.

Levels as Nghị định 30/2020/NĐ-CP, Phụ lục I, has them (Phần, Chương, Mục, Điều; I., 1., a) in the order of the
Vietnamese alphabet), and below and beside them the bullets and the decimal numbers of daily use. What OCR makes of
them is read as a second choice (`{.` for `1.`); whether a label really numbers anything, its neighbours decide
(`directives_outline`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from vietnamese.fold import fold

Kind = Literal[
    "part", "upper", "roman", "article", "number", "letter", "small", "star", "dash", "plus", "dot", "period"
]
"""small: a Roman number in small letters; period: `Quý I:` over a list, without a label of its own."""

UNREADABLE = (0,)
"""The value of a lettered label whose letter OCR did not read: the next one of a list, or nothing."""
_ALPHABET = "abcdđeghiklmnopqrstuvxy"
LETTERS = "abcdđefghijklmnopqrstuvwxyz"
_READINGS = {"©": "ce", "8": "g", "e": "ec"}
"""Letters that a garbled one may have been."""
_ROMAN = {"I": 1, "V": 5, "X": 10}
_NOISE = r"[\s\"'“”`„.:;,_|•]{0,4}"
_ORDINALS = {"nhat": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8}

_ARTICLE = re.compile(_NOISE + r"(dieu\s+(\d{1,3}))\s*(?:[.:]|[-–]\s|$)")
_PART = re.compile(_NOISE + r"((?:phan|chuong)\s+(?:thu\s+)?(\w{1,4}))\s*(?:[.:]|[-–]\s|$)")
_SECTION = re.compile(_NOISE + r"(muc\s+(\d{1,2}|[ivx]{1,4}))\s*(?:[.:]|[-–]\s|$)")
_ROMAN_LABEL = re.compile(_NOISE + r"([IVXLl1H|]{1,6})\s*(?:[.:/)]|[-–—]+)\s*(?=\S)")
_BARE_ROMAN = re.compile(_NOISE + r"(I{1,3}L?|L|IV|VI{2,3}|IX|V|X)\s+(?=[A-ZÀ-ỸĐ]{2})")
"""A number whose point was lost, before a title in capitals. Not `VI`, `XI`: those are words (VI PHẠM, XI MĂNG)."""
_UPPER = re.compile(_NOISE + r"([A-EĐ])\s*(?:[./)]|[-–—])\s*(?=[A-ZÀ-ỸĐ])")
_NUMBER = re.compile(
    _NOISE + r"(\(?(\d{1,2}(?:\.\d{1,2}){0,3})\)?)(\s*[.):/]\s*[-–]?|\s*[-–]\s*(?=[^\W\d_])|(?=\s))\s*"
)
_GARBLED_ONE = re.compile(r"[\s.:;,\"']{0,3}([lIi|{\[!])[.)]\s*(?=[A-ZÀ-ỸĐ])")
_GARBLED_POINT = re.compile(r"[\s.:;,\"']{0,3}([1-9]\d?)[,;ˆ^°*]\s+(?=[A-ZÀ-ỸĐ])")
_LETTER = re.compile(_NOISE + r"(\(?([a-zđ©8])\s?(\)|\.(?=\s)|/(?=\s?[A-ZÀ-ỸĐ])))\s*(?=\S)")
_SMALL = re.compile(_NOISE + r"(\(?([ivx1lI|]{1,4})\))\s*(?=\S)")
"""Small Roman numbers, `(i)`, `ii)`: those of one letter may be letters of a list, which are tried first."""
_TIME_HEADING = re.compile(
    r"(?:trong |tu |den )?(?:cac )?"
    r"(?:quy|thang|nam|tuan|ngay|0?[69] thang (?:dau|cuoi) nam|hang (?:ngay|tuan|thang|quy|nam))"
    r"(?: [^.;:]{0,40})?\s?:"
)
_LOST_LETTER = re.compile(r"[\s.:;,\"']{0,3}(\(?[^\s\W]{1,2}\))\s+(?=[A-ZÀ-ỸĐ])")
_TOLD = re.compile(
    r"(?:thu (?P<th>nhat|hai|ba|tu|nam|sau|bay|tam|chin|muoi)|(?P<la>mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi) la)"
    r"\s*[,:]\s*(?:la )?"
)
"""Numbers in words: `Thứ nhất, …`, `Một là, …`."""
_TOLD_VALUES = {"mot": 1, "nhat": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8}
_BULLET = re.compile(r"~?([-–—−~+*•●▪◦·])(?![-–—*+])\s*(?=[^\W\d_]|[\"“”'(]|\d)|(_{1,3})\s+(?=[A-ZÀ-ỸĐ])")
_TWO_CHARACTERS = re.compile(r"[^\W_][\W_]*[^\W_]")
_BULLETS: dict[str, Kind] = {"+": "plus", "*": "star", "•": "dot", "●": "dot", "▪": "dot", "◦": "dot", "·": "dot"}


@dataclass(frozen=True, slots=True)
class Label:
    """A label: `printed` without its closing point, its `value` (a path for `3.1`), and where the item's text starts.

    A letter's value is its place in `LETTERS`; a bullet has none. `doubtful`: only good in the right sequence.
    """

    kind: Kind
    printed: str
    value: tuple[int, ...]
    end: int
    doubtful: bool = False


def read_labels(text: str) -> list[Label]:
    """All labels that this paragraph may begin with, the likeliest first."""
    folded = fold(text)
    small = _small(text)
    several = small and len(small[0].printed.strip("()")) > 1
    # `i)` and `l)` follow h) and k); where no such list is open they are what OCR makes of `1)`.
    garbled = _GARBLED_ONE.match(text)
    letters_first = garbled is not None and text[garbled.end(1)] == ")"
    found = [
        *(small if several else ()),
        *_articles(text, folded),
        *_romans(text),
        *_uppers(text),
        *(_letters(text) if letters_first else ()),
        *_numbers(text),
        *(() if letters_first else _letters(text)),
        *(() if several else small),
        *_told(text, folded),
        *_bullets(text),
    ]
    return [label for label in found if _has_words(text[label.end :]) or label.kind in ("article", "part")]


def _has_words(rest: str) -> bool:
    return _TWO_CHARACTERS.search(rest) is not None


def _articles(text: str, folded: str) -> list[Label]:
    match = _ARTICLE.match(folded)
    if match and text[match.start(1)].isupper():
        return [Label("article", " ".join(text[slice(*match.span(1))].split()), (int(match[2]),), match.end())]
    match = _PART.match(folded) or _SECTION.match(folded)
    if match and text[match.start(1)].isupper():
        value = _part_value(text[slice(*match.span(2))], match[2])
        if value is not None:
            return [Label("part", " ".join(text[slice(*match.span(1))].split()), (value,), match.end())]
    return []


def _part_value(printed: str, folded: str) -> int | None:
    if folded.isdigit():
        return int(folded)
    return _ORDINALS.get(folded) or roman_value(printed.upper())


def roman_value(printed: str) -> int | None:
    """The value of a Roman number, OCR's `l`, `1`, `|` read as I and `H` as II; None where it is none."""
    letters = printed.replace("H", "II").replace("l", "I").replace("1", "I").replace("|", "I")
    if not re.fullmatch(r"X{0,3}(?:IX|IV|V?I{0,3})", letters) or not letters:
        return None
    values = [_ROMAN[letter] for letter in letters]
    return sum(-one if one < following else one for one, following in zip(values, [*values[1:], 0], strict=True))


def roman(value: int) -> str:
    """The Roman number of a value from 1 to 39."""
    tens, ones = divmod(value, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


def _romans(text: str) -> list[Label]:
    match = _ROMAN_LABEL.match(text) or (_BARE_ROMAN.match(text) if text.isupper() else None)
    if match is None or match[1].isdigit() or text[match.end() :][:1].islower():
        return []
    printed = match[1]
    if printed in ("l", "|", "L") and not text[match.end() :].isupper():
        return []
    # `IL.` is I with a stain below more often than II, `I1-` I before its hyphen.
    readings = (re.sub("(?<=I)[L1]$", "", printed), printed.replace("L", "I")) if printed[-1] in "L1" else (printed,)
    values = [value for value in map(roman_value, readings) if value is not None]
    doubtful = match.re is _BARE_ROMAN or any(char in "lL1H|" for char in printed)
    return [Label("roman", roman(value), (value,), match.end(), doubtful=doubtful) for value in values]


def _uppers(text: str) -> list[Label]:
    match = _UPPER.match(text)
    return [Label("upper", match[1], (LETTERS.index(match[1].lower()) + 1,), match.end())] if match else []


def _numbers(text: str) -> list[Label]:
    match = _NUMBER.match(text)
    if match is not None:
        value = tuple(int(part) for part in match[2].split("."))
        rest = text[match.end() :]
        closed = bool(match[3].strip()) or ")" in match[1]
        if all(value) and _is_number(text, match, rest, closed, len(value)):
            printed = match[2] + ")" if ")" in match[1] + match[3] else match[2]
            return [Label("number", ("(" if "(" in match[1] else "") + printed, value, match.end())]
    match = _GARBLED_POINT.match(text)
    if match is not None:
        return [Label("number", match[1], (int(match[1]),), match.end(), doubtful=True)]
    match = _GARBLED_ONE.match(text)
    return [Label("number", "1", (1,), match.end(), doubtful=True)] if match else []


def _is_number(text: str, match: re.Match[str], rest: str, closed: bool, depth: int) -> bool:
    """Whether these digits label an item: no date, no decimal, no quantity at the start of a line."""
    if rest[:1].isdigit() and not (closed and text[match.end() - 1].isspace()):
        return False
    if not closed:
        return depth > 1 and bool(re.match(r"[A-ZÀ-ỸĐ“\"(]", rest))
    if "/" in match[3] or "-" in match[3] or "–" in match[3] or ":" in match[3]:
        return bool(re.match(r"[A-ZÀ-ỸĐ“\"]", rest))
    return True


def _letters(text: str) -> list[Label]:
    match = _LETTER.match(text)
    if match is None:
        lost = _LOST_LETTER.match(text)
        return [Label("letter", lost[1], UNREADABLE, lost.end(), doubtful=True)] if lost else []
    return [
        Label("letter", printed, (LETTERS.index(letter) + 1,), match.end(), doubtful=letter != match[2])
        for letter in _READINGS.get(match[2], match[2])
        for printed in [match[1].replace(" ", "").removesuffix(".").replace(match[2], letter)]
    ]


def _small(text: str) -> list[Label]:
    match = _SMALL.match(text)
    if match is None or match[2].isdigit() or match[2] in ("I", "l", "|"):
        return []
    value = roman_value(match[2].upper().replace("L", "I"))
    return [Label("small", match[1], (value,), match.end())] if value else []


def read_time_heading(text: str) -> Label | None:
    """The unlabelled heading `Quý I:` over the items of that time, or None; it prints no label."""
    return Label("period", "", (), 0) if _TIME_HEADING.fullmatch(fold(text).strip()) else None


def _told(text: str, folded: str) -> list[Label]:
    match = _TOLD.match(folded)
    if match is None or not text[0].isupper():
        return []
    value = (_TOLD_VALUES | {"chin": 9, "muoi": 10})[match["th"] or match["la"]]
    printed = " ".join(text.split()[:2]).strip(",:")
    return [Label("number", printed, (value,), match.end())]


def next_letter(before: Label) -> Label:
    """The label that follows in the Vietnamese alphabet (no f, j, w, z), written like the one before."""
    letter = LETTERS[before.value[0] - 1]
    following = _ALPHABET[(_ALPHABET.find(letter) + 1) % len(_ALPHABET)]
    return replace(before, printed=before.printed.replace(letter, following), value=(LETTERS.index(following) + 1,))


def _bullets(text: str) -> list[Label]:
    match = _BULLET.match(text)
    if match is None:
        return []
    if match[2]:
        return [Label("dash", "-", (), match.end(), doubtful=True)]
    printed = "-" if match[1] == "~" else match[1]
    return [Label(_BULLETS.get(match[1], "dash"), printed, (), match.end())]
