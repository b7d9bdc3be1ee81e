"""Text of the years before Unicode: told by its font's name, or, where there is none, by what it would decode to."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from vietnamese import tcvn3, vni
from vietnamese.fold import nfc
from vietnamese.syllables import is_syllable

DECODERS: dict[str, Callable[[str], str]] = {"tcvn3": tcvn3.decode, "vni": vni.decode}

_TOKEN = re.compile(r"[^\s\d.,;:!?()\"'/\\–—-]+")
_BEYOND_LATIN = re.compile("[\u0102-\u01b0\u1ea0-\u1ef9]")
_SAMPLE = 20_000
_ENOUGH_WORDS = 8
_DECODED_RIGHT = 0.9
_RAW_WRONG = 0.6


@lru_cache(maxsize=1024)
def encoding_of_font(font: str | None) -> str | None:
    """`tcvn3` for `.VnTime` and its kin, `vni` for `VNI-Times` and its kin, None for any other font."""
    if font is None:
        return None
    name = font.strip().strip("'\"").lower()
    if name.startswith(".vn"):
        return "tcvn3"
    return "vni" if name.startswith("vni-") else None


def decode_run(text: str, font: str | None) -> tuple[str, str | None]:
    """A run's text as Unicode, and the name of the encoding it was converted from (None: nothing to convert).

    A run that is Unicode already, though its font is an old one, stays. A font whose name ends in `H` shows capitals.
    """
    encoding = encoding_of_font(font)
    if encoding is None or font is None or _BEYOND_LATIN.search(text):
        return text, None
    decoded = DECODERS[encoding](text)
    if encoding == "tcvn3" and font.strip().upper().endswith("H"):
        decoded = decoded.upper()
    return decoded, None if decoded == text else encoding


def is_unicode(text: str, font: str) -> bool:
    """Whether a paragraph with runs in a legacy font is Unicode all the same.

    So it is where a new text was typed into an old template on a machine that lacks the font: its words are Vietnamese
    as they stand, and have letters that no legacy encoding uses, or would be none after decoding.
    """
    tokens = _tokens(nfc(text))
    encoding = encoding_of_font(font)
    if not tokens or encoding is None or _share(tokens) < _DECODED_RIGHT:
        return False
    return _BEYOND_LATIN.search(nfc(text)) is not None or _share([DECODERS[encoding](word) for word in tokens]) < 1


def detect(text: str) -> str | None:
    """The legacy encoding that this text seems to be in, though no font says so: `tcvn3`, `vni` or None.

    Told by its words outside ASCII: as they stand they are no Vietnamese, decoded they are.
    """
    sample = nfc(text[:_SAMPLE])
    if _BEYOND_LATIN.search(sample) and _share(_tokens(sample)) > _RAW_WRONG:
        return None
    tokens = _tokens(text[:_SAMPLE])
    if len(tokens) < _ENOUGH_WORDS or _share(tokens) > _RAW_WRONG:
        return None
    shares = {name: _share([decode(token) for token in tokens]) for name, decode in DECODERS.items()}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= _DECODED_RIGHT else None


def _tokens(text: str) -> list[str]:
    """The words that hold a character outside ASCII."""
    return [token for token in _TOKEN.findall(text) if not token.isascii()]


def _share(tokens: list[str]) -> float:
    return sum(map(is_syllable, tokens)) / len(tokens) if tokens else 0.0
