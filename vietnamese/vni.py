"""VNI-Windows: the encoding of the `VNI-…` fonts, in which a letter is followed by a byte for its mark."""

from __future__ import annotations

import re
import unicodedata

_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_CIRCUMFLEX, _BREVE = "\u0302", "\u0306"
_TONES = {"ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_ROOF = {"â": "", "á": _ACUTE, "à": _GRAVE, "å": _HOOK, "ã": _TILDE, "ä": _DOT}
_BOWL = {"ê": "", "é": _ACUTE, "è": _GRAVE, "ú": _HOOK, "ü": _TILDE, "ë": _DOT}
_SINGLE = {"ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ"}


def _table() -> dict[str, str]:
    """Pairs and single letters, both cases: a capital takes the capital form of its mark's byte."""
    table = dict(_SINGLE)
    for letter in "aeouy":
        table |= {letter + mark: letter + tone for mark, tone in _TONES.items()}
    for letter, vowel in (("ô", "ơ"), ("ö", "ư")):
        table |= {letter + mark: vowel + tone for mark, tone in _TONES.items()}
    for letter in "aeo":
        table |= {letter + mark: letter + _CIRCUMFLEX + tone for mark, tone in _ROOF.items()}
    table |= {"a" + mark: "a" + _BREVE + tone for mark, tone in _BOWL.items()}
    composed = {coded: unicodedata.normalize("NFC", letter) for coded, letter in table.items()}
    mixed = {coded[0].upper() + coded[1:]: letter.upper() for coded, letter in composed.items()}
    return composed | mixed | {coded.upper(): letter.upper() for coded, letter in composed.items()}


TABLE = _table()
_PAIR_OR_LETTER = re.compile("|".join(sorted(map(re.escape, TABLE), key=len, reverse=True)))


def decode(text: str) -> str:
    """Text typed in a VNI font, as Unicode.

    >>> decode("Coäng hoøa Xaõ hoäi")
    'Cộng hòa Xã hội'
    """
    return _PAIR_OR_LETTER.sub(lambda match: TABLE[match[0]], text)
