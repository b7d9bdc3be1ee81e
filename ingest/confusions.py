"""Set confusions of OCR, undone where the language leaves one reading only: `chỉ bộ` is always `chi bộ`.

What was mended carries a confidence below 0.9, so that a person is shown it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from ingest.placed import PlacedWord
from vietnamese.syllables import has_mark, is_syllable

MENDED = 0.88
"""The confidence of a mended word, at most."""
_EDGES = ".,;:()"


class _Confusion(NamedTuple):
    """Two words, what they mean, and the words behind them with which they are right as read."""

    meant: tuple[str, ...]
    unless: frozenset[str]


@cache
def _tables() -> tuple[dict[int, str], dict[str, str], dict[tuple[str, ...], _Confusion]]:
    table = tomllib.loads(files(__package__).joinpath("confusions.toml").read_text(encoding="utf-8"))
    words = {
        tuple(entry["read"].split(" ")): _Confusion(tuple(entry["meant"].split(" ")), frozenset(entry["unless"]))
        for entry in table["words"]
    }
    return str.maketrans(table["signs"]), table["endings"], words


def mended(words: Sequence[PlacedWord]) -> list[PlacedWord]:
    """The words of a line, with the letters that Vietnamese lacks and the set confusions put right.

    >>> word = PlacedWord("chỉ", 0, 0, 9, 9, 9, 13, confidence=0.96)
    >>> [(one.text, one.confidence) for one in mended([word, word._replace(text="bộ;")])]
    [('chi', 0.88), ('bộ;', 0.88)]
    """
    signs, _, confusions = _tables()
    line = [_with(word, _syllable(word.text.translate(signs))) for word in words]
    bare = [word.text.strip(_EDGES) for word in line] + [""]
    for place in range(len(line) - 1):
        confusion = confusions.get((bare[place].lower(), bare[place + 1].lower()))
        if confusion is None or bare[place + 2].lower() in confusion.unless:
            continue
        for at, meant in enumerate(confusion.meant, place):
            text = line[at].text.replace(bare[at], _cased(meant, bare[at]))
            line[at] = _with(line[at], text, always=True)
    return line


def _syllable(text: str) -> str:
    """The word with its end put right, where only that makes it one that Vietnamese can write."""
    bare = text.strip(_EDGES)
    meant = _tables()[1].get(bare[-2:])
    if meant is None or is_syllable(bare) or not is_syllable(bare[:-2] + meant) or not has_mark(bare[:-2]):
        return text
    return text.replace(bare, bare[:-2] + meant)


def _with(word: PlacedWord, text: str, *, always: bool = False) -> PlacedWord:
    if text == word.text and not always:
        return word
    return word._replace(text=text, confidence=min(word.confidence or 0.0, MENDED))


def _cased(meant: str, read: str) -> str:
    """`meant` with the capitals of what was read; Roman numbers keep their own."""
    if meant.isupper() or (read.isupper() and len(read) > 1):
        return meant.upper()
    return meant[0].upper() + meant[1:] if read[:1].isupper() else meant
