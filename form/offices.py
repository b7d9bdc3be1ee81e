"""Words of bodies, offices, urgency, secrecy and purposes (table: `offices.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from rapidfuzz import fuzz, process

from vietnamese.fold import fold
from vietnamese.syllables import is_syllable

_ALIKE = 82
"""How alike (percent) a misread line must be to an office."""


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("offices.toml").read_text(encoding="utf-8"))


def _starting(words: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(set(words), key=len, reverse=True)
    spaced = (r"\s+".join(map(re.escape, word.split())).replace(r"p\.", r"p\.\s*") for word in ordered)
    return re.compile(r"\W{0,3}(" + "|".join(spaced) + r")\b")


@cache
def _bodies() -> tuple[re.Pattern[str], dict[str, int]]:
    levels: dict[str, int] = {}
    for row in _table()["body"]:
        levels.update(dict.fromkeys(row["words"], row["level"]))
    return _starting(levels), levels


def body_level(text: str) -> int | None:
    """The level (1 highest) of the body whose name the text begins with, or None where it begins no name.

    >>> body_level("UBND TỈNH A"), body_level("SỞ Y TẾ"), body_level("TỈNH A")
    (2, 3, None)
    """
    pattern, levels = _bodies()
    found = pattern.match(fold(text))
    return levels[" ".join(found[1].split())] if found else None


@cache
def _offices() -> re.Pattern[str]:
    words = _table()["offices"]["words"]
    return _starting([*words, *(f"p.{word[4:]}" for word in words if word.startswith("pho "))])


def is_office(text: str) -> bool:
    """Whether the text begins with the title of one who signs.

    >>> is_office("PHÓ CHỦ TỊCH"), is_office("PHÒNG HỌP")
    (True, False)
    """
    return _offices().match(fold(text)) is not None


def is_whole_office(text: str) -> bool:
    """Whether the text is the title of one who signs and nothing else.

    >>> is_whole_office("KIỂM TOÁN TRƯỞNG"), is_whole_office("GIÁM ĐỐC SỞ")
    (True, False)
    """
    return _offices().fullmatch(fold(text)) is not None


def marks(kind: str) -> tuple[str, ...]:
    """The marks of `urgency`, `secrecy` or `draft`, the longest first, as the record writes them."""
    return tuple(_table()["marks"][kind])


@cache
def _office_spellings() -> dict[str, str]:
    """Offices as spelt in the table of phrases, by their letters."""
    return {fold(phrase).replace(" ", ""): phrase for phrase in spelt_phrases() if is_office(phrase)}


def nearest_office(text: str) -> str | None:
    """The office that a misread line must be, in capitals, or None.

    >>> nearest_office("GIÁMĐÐ C"), nearest_office("SỞ Y TẾ")
    ('GIÁM ĐỐC', None)
    """
    first, _, rest = text.partition(" ")
    # A first word that is a word belongs to the title; otherwise it may be a stroke of the pen.
    for words in (text,) if is_syllable(first) and len(first) > 2 else (text, rest):
        letters = "".join(character for character in fold(words) if "a" <= character <= "z")
        if len(letters) < 6:
            continue
        found = process.extractOne(letters, _office_spellings().keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if found:
            return _office_spellings()[found[0]].upper()
    return None


def mark_of(text: str, *, leading: bool = False) -> tuple[str, str] | None:
    """The kind and wording of a mark that is the whole line (or, `leading`, begins it): urgency, secrecy or draft.

    >>> mark_of("[HOẢ TỐC]"), mark_of("DỰ THẢO LẦN 2"), mark_of("MẬT ONG RỪNG")
    (('urgency', 'HỎA TỐC'), ('draft', 'DỰ THẢO'), None)
    """
    words = re.sub(r"[^a-z0-9 ]", " ", fold(text)).split()
    if re.match(r"(ban )?du thao( lan( thu)?( \w+)?| \d+)?$", " ".join(words)):
        return "draft", marks("draft")[0]
    if not words or not text.strip(" *[]()|.:-_")[:3].isupper():
        return None
    for kind in ("urgency", "secrecy"):
        for mark in marks(kind):
            plain = fold(mark).split()
            if words == plain or (leading and words[: len(plain)] == plain):
                return kind, mark
    return None


@cache
def purposes() -> frozenset[str]:
    """What a copy may be for, folded: `b/c`, `de biet`, …"""
    return frozenset(_table()["purposes"]["words"])


def is_bare_body(text: str) -> bool:
    """Whether the text is the word of a body and nothing else: `BAN QUẢN LÝ`, `VĂN PHÒNG`.

    >>> is_bare_body("VĂN PHÒNG"), is_bare_body("VĂN PHÒNG TỈNH ỦY")
    (True, False)
    """
    pattern, _ = _bodies()
    return pattern.fullmatch(fold(text)) is not None


def stands_alone(text: str) -> bool:
    """Whether a bare word is a body's whole name (`QUỐC HỘI`), so that the next line does not complete it."""
    return fold(text).strip() in _table()["whole"]["words"]


@cache
def surnames() -> frozenset[str]:
    """Family names, folded, by which a name in capitals is told from an office."""
    return frozenset(_table()["surnames"]["words"])


def spelt_phrases() -> tuple[str, ...]:
    """Phrases of offices with their marks, in small letters."""
    return tuple(_table()["spelling"]["phrases"])
