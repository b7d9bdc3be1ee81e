"""Fold: the same text without marks, letter for letter, so that a pattern is written once in plain letters.

In NFC each Vietnamese letter is one character and so is its fold; therefore `len(fold(text)) == len(text)` and the
span of a match in the fold is the span in the original.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_SPECIAL = {"đ": "d", "Đ": "d", "ð": "d", "Ð": "d"}


def _fold_character(character: str) -> str:
    if character in _SPECIAL:
        return _SPECIAL[character]
    base = unicodedata.normalize("NFD", character)[0]
    lowered = base.lower()
    return lowered if len(lowered) == 1 else base


class _FoldTable(dict[int, str]):
    """A `str.translate` table that learns each character at first sight."""

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        self[code] = folded
        return folded


_TABLE = _FoldTable()


def nfc(text: str) -> str:
    """Text in Unicode normal form C, in which every Vietnamese letter is one character."""
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=1024)
def fold(text: str) -> str:
    """Lower case without marks, đ as d; `text` must be NFC. The result has the length of `text`.

    >>> fold("Huyện UỶ Vĩnh Bảo, đợt 2")
    'huyen uy vinh bao, dot 2'
    """
    # Several parsers look at the same paragraph one after the other, hence the memory of the last texts.
    return text.lower() if text.isascii() else text.translate(_TABLE)
