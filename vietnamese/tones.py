"""Where the tone is written: `uỷ` and `ủy` are one word. For comparing only; a record keeps what is printed."""

from __future__ import annotations

import re

# Open syllables in oa, oe, uy (not after q): the new placement on the last vowel, the old one on the first.
_NEW = ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"]
_OLD = ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"]


def _cases() -> dict[str, str]:
    pairs = dict(zip(_NEW, _OLD, strict=True))
    pairs |= {new.capitalize(): old.capitalize() for new, old in zip(_NEW, _OLD, strict=True)}
    return pairs | {new.upper(): old.upper() for new, old in zip(_NEW, _OLD, strict=True)}


_TO_OLD = _cases()
_OPEN = re.compile(rf"(?<![qQ])(?:{'|'.join(_TO_OLD)})(?![^\W\d_])")


def tone_key(text: str) -> str:
    """The text with the tone of oa, oe, uy on the first vowel; `text` must be NFC, the length stays.

    >>> tone_key("Uỷ ban, hoà giải, quý, hoàn")
    'Ủy ban, hòa giải, quý, hoàn'
    """
    return _OPEN.sub(lambda match: _TO_OLD[match[0]], text)
