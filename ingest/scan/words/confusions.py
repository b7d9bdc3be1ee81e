"""Set confusions of OCR, undone where the language leaves one reading only: `chỉ bộ` is always `chi bộ`.

What was mended is doubted as such, so that a person is shown it.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from ingest.page.placed import PlacedWord
from schemas.doubts import Doubt
from vietnamese.syllables import has_mark, is_syllable

_EDGES = ".,;:()"
_LONGEST = 4
_TOUCHING_LABEL = re.compile(r"^(?:[IVX]{1,4}|\d{1,2})[.)](?=[^\W\d_])")
_LETTERS = re.compile(r"[^\W\d_]+")
_STOPS, _TONE = ("c", "ch", "p", "t"), re.compile("[\u0300\u0301\u0303\u0309\u0323]")


class _Confusion(NamedTuple):
    """Two words, what they mean, and the words behind them with which they are right as read."""

    meant: tuple[str, ...]
    unless: frozenset[str]


class _Tables(NamedTuple):
    signs: dict[int, str]
    endings: dict[str, str]
    abbreviations: dict[str, str]
    words: dict[tuple[str, ...], _Confusion]


@cache
def _tables() -> _Tables:
    table = tomllib.loads(files(__package__).joinpath("confusions.toml").read_text(encoding="utf-8"))
    entries = [(read, meant, ()) for read, meant in table["plain"].items()]
    entries += [(entry["read"], entry["meant"], entry["unless"]) for entry in table["words"]]
    words = {
        tuple(read.split(" ")): _Confusion(tuple(meant.split(" ")), frozenset(unless))
        for read, meant, unless in entries
    }
    return _Tables(str.maketrans(table["signs"]), table["endings"], table["abbreviations"], words)


def mended(words: Sequence[PlacedWord]) -> list[PlacedWord]:
    """The words of a line, with the letters that Vietnamese lacks and the set confusions put right.

    >>> word = PlacedWord("chỉ", 0, 0, 9, 9, 9, 13, confidence=0.96)
    >>> [(one.text, one.trust) for one in mended([word, word._replace(text="bộ;")])]
    [('chi', 0.88), ('bộ;', 0.88)]
    """
    confusions = _tables().words
    line = [_with(word, _syllable(_with_known_letters(word.text))) for word in words]
    bare = [_bare(word) for word in line]
    for place in range(len(line)):
        for length in range(min(_LONGEST, len(line) - place), 0, -1):
            behind = place + length
            confusion = confusions.get(tuple(part.lower() for part in bare[place:behind]))
            if confusion is None or (behind < len(bare) and bare[behind].lower() in confusion.unless):
                continue
            for at, meant in enumerate(confusion.meant, place):
                text = line[at].text.replace(bare[at], _cased(meant, bare[at]))
                line[at] = _with(line[at], text, always=True)
                bare[at] = _bare(line[at])
            break
    return [_doubted(word) for word in line]


def _with_known_letters(text: str) -> str:
    tables = _tables()
    return _LETTERS.sub(lambda found: tables.abbreviations.get(found[0], found[0]), text.translate(tables.signs))


def _syllable(text: str) -> str:
    """The word with its end put right, where only that makes it one that Vietnamese can write."""
    bare = text.strip(_EDGES)
    meant = _tables().endings.get(bare[-2:])
    if meant is None or is_syllable(bare) or not is_syllable(bare[:-2] + meant) or not has_mark(bare[:-2]):
        return text
    return text.replace(bare, bare[:-2] + meant)


def _bare(word: PlacedWord) -> str:
    return _TOUCHING_LABEL.sub("", word.text).strip(_EDGES)


def _doubted(word: PlacedWord) -> PlacedWord:
    """The word; one with Vietnamese marks that is no syllable was misread in some letter, however sure OCR was."""
    parts = _LETTERS.findall(word.text)
    misread = any(len(part) > 1 and has_mark(part) and not _is_written(part) for part in parts)
    return word.doubted(Doubt.NO_SYLLABLE) if misread else word


def _is_written(part: str) -> bool:
    """Whether letters are a syllable with the tone that its end asks for, or an abbreviation in capitals."""
    if part.isupper() and part.replace("Đ", "D").replace("Ư", "U").isascii():
        return True
    toned = _TONE.search(unicodedata.normalize("NFD", part)) is not None
    return is_syllable(part) and (toned or not part.lower().endswith(_STOPS))


def _with(word: PlacedWord, text: str, *, always: bool = False) -> PlacedWord:
    if text == word.text and not always:
        return word
    return word._replace(text=text).doubted(Doubt.MENDED)


def _cased(meant: str, read: str) -> str:
    """`meant` with the capitals of what was read; Roman numbers keep their own."""
    if meant.isupper() or (read.isupper() and len(read) > 1):
        return meant.upper()
    return meant[0].upper() + meant[1:] if read[:1].isupper() else meant
