"""How two values are compared: strictly (as printed, NFC) and softly (punctuation, case, space, tone place ignored)."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from rapidfuzz import fuzz

_TONES = {"̀": "1", "́": "2", "̉": "3", "̃": "4", "̣": "5"}
ALIKE = 85
"""Percent of likeness (rapidfuzz) from which two texts count as the same text."""


def strict(value: Any) -> Any:
    """The value with every string in it in NFC."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {key: strict(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [strict(item) for item in value]
    return value


def soft(value: Any) -> Any:
    """The value with strings reduced to letters and digits, a syllable's tone written behind it (`uỷ` is `ủy`)."""
    if isinstance(value, str):
        return "".join(soft_words(value))
    if isinstance(value, dict):
        return {key: soft(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [soft(item) for item in value]
    return value


_HASHED = "sha256:"


def as_told(expected: Any, got: Any) -> Any:
    """What came out, with those names as hashes that a gold record has as hashes, since it must not hold them."""
    if isinstance(expected, str) and expected.startswith(_HASHED) and isinstance(got, str):
        name = unicodedata.normalize("NFC", got).lower()
        return _HASHED + hashlib.sha256(name.encode()).hexdigest()[: len(expected) - len(_HASHED)]
    if isinstance(expected, dict) and isinstance(got, dict):
        return {key: as_told(expected.get(key), value) for key, value in got.items()}
    if isinstance(expected, list) and isinstance(got, list):
        return [as_told(one, other) for one, other in zip(expected, got, strict=False)] + got[len(expected) :]
    return got


def soft_words(text: str) -> list[str]:
    """The words of a text, lower case, without punctuation, each with its tone behind it."""
    words, letters, tone = [], [], ""
    for char in unicodedata.normalize("NFD", text.casefold()) + " ":
        if char in _TONES:
            tone = _TONES[char]
        elif char.isalnum() or unicodedata.combining(char):
            letters.append(char)
        elif letters:
            words.append(unicodedata.normalize("NFC", "".join(letters)) + tone)
            letters, tone = [], ""
    return words


def alike(one: str, other: str) -> float:
    """Likeness of two texts from 0 to 100, order of words kept."""
    return fuzz.ratio(" ".join(soft_words(one)), " ".join(soft_words(other)))


def starts_alike(text: str, first_words: str) -> float:
    """Likeness from 0 to 100 of `first_words` and as much of the start of `text`."""
    wanted = " ".join(soft_words(first_words))
    return fuzz.ratio(" ".join(soft_words(text))[: len(wanted)], wanted)


def contained(one: str, other: str) -> float:
    """Likeness from 0 to 100 of the shorter text and the best stretch of the longer one."""
    return fuzz.partial_ratio(" ".join(soft_words(one)), " ".join(soft_words(other)))


def same_names(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two lists of names mean the same bodies: their words alike, in any order, however they were split."""
    left, right = (" ".join(soft_words(" ".join(names))) for names in (one, other))
    if not left or not right:
        return left == right
    return fuzz.token_sort_ratio(left, right) >= ALIKE


def number(value: Any) -> Decimal | None:
    """An int or decimal string as Decimal; None for anything else."""
    if value is None or isinstance(value, bool):
        return None
    try:
        return Decimal(str(value)).normalize()
    except InvalidOperation:
        return None
