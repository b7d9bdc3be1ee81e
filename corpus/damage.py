"""Damaged copies of a dispatch's text, each in one way, drawn from a generator with a fixed seed.

A damaged copy must give the same record as the whole one, or a warning that something is wrong: never a wrong value in
silence. Each way is a function from a text to a text.
"""

from __future__ import annotations

import random
import re
import textwrap
import unicodedata
from collections.abc import Callable

_TONE_MARKS = "\u0300\u0301\u0309\u0303\u0323"
_FIGURE_LINES = re.compile(r"^(?:Số\b.*|.*, ngày .* năm .*)$", re.MULTILINE)
_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
_LETTERS = str.maketrans({"0": "O", "1": "l", "5": "S"})
_SWAPS = {"ủy": "uỷ", "Ủy": "Uỷ", "ỦY": "UỶ", "hòa": "hoà", "Hòa": "Hoà", "HÒA": "HOÀ", "thủy": "thuỷ", "Thủy": "Thuỷ"}


def nfd(text: str) -> str:
    """Every mark a character of its own, as some systems store Vietnamese."""
    return unicodedata.normalize("NFD", text)


def tone_place(text: str) -> str:
    """`ủy` written `uỷ` and the like: two spellings of the same words."""
    for one, other in _SWAPS.items():
        text = text.replace(one, other)
    return text


def doubled_spaces(text: str) -> str:
    """Spaces doubled, made non-breaking or followed by a zero-width one, here and there."""
    chance = random.Random(1)
    kinds = ["  ", "\u00a0", " \u200b", "   "]
    return "".join(chance.choice(kinds) if letter == " " and chance.random() < 0.15 else letter for letter in text)


def broken_lines(text: str) -> str:
    """Body paragraphs broken into lines of 72 characters, as OCR prints them."""
    return "\n".join(_broken(line) if len(line) > 100 and "\t" not in line else line for line in text.split("\n"))


def _broken(line: str) -> str:
    return textwrap.fill(line, 72, break_long_words=False, break_on_hyphens=False)


def lost_marks(text: str) -> str:
    """One letter in forty has lost its tone."""
    chance = random.Random(2)
    kept = []
    for letter in unicodedata.normalize("NFD", text):
        if letter in _TONE_MARKS and chance.random() < 0.1:
            continue
        kept.append(letter)
    return unicodedata.normalize("NFC", "".join(kept))


def no_marks(text: str) -> str:
    """All marks lost: the shape of the document is left, its words are not Vietnamese any more."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def confused_number(text: str) -> str:
    """In the number and the date of the letterhead, one figure each: 0 read as O, 1 as l or 5 as S."""
    return _FIGURE_LINES.sub(lambda line: _confuse_figures(line.group()), text, count=2)


def _confuse_figures(line: str) -> str:
    return re.sub(r"[015]", lambda figure: figure.group().translate(_LETTERS), line, count=1)


def confused_dates(text: str) -> str:
    """In every second date of the body, 0 read as O and 1 as l."""
    count = iter(range(10_000))
    return _DATE.sub(lambda date: date.group().translate(_LETTERS) if next(count) % 2 == 0 else date.group(), text)


def confused_letters(text: str) -> str:
    """rn read as m and m as rn, in one lower-case word of twenty of the body."""
    chance = random.Random(3)
    head, first, rest = text.partition("1. ")
    body, closing, names = rest.partition("Nơi nhận")
    words = [_confused(word) if chance.random() < 0.05 else word for word in body.split(" ")]
    return head + first + " ".join(words) + closing + names


def _confused(word: str) -> str:
    if not word.islower():
        return word
    return word.replace("rn", "m") if "rn" in word else word.replace("m", "rn", 1)


DAMAGES: dict[str, Callable[[str], str]] = {
    made.__name__: made
    for made in (
        nfd,
        tone_place,
        doubled_spaces,
        broken_lines,
        lost_marks,
        no_marks,
        confused_number,
        confused_dates,
        confused_letters,
    )
}
