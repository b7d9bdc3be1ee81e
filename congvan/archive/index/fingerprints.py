"""Fingerprints of texts, by which nearly equal ones are found without comparing each with each."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

_BITS = 64
BANDS = 4
_BAND_BITS = _BITS // BANDS
_LEAST_WORDS = 40


def fingerprint(words: Sequence[str]) -> int | None:
    """A 64-bit simhash of word triples (Charikar 2002): texts that differ in a few words differ in a few bits.

    None for a text too short to be told apart from others.
    """
    if len(words) < _LEAST_WORDS:
        return None
    weights = [0] * _BITS
    for start in range(len(words) - 2):
        digest = hashlib.blake2b(" ".join(words[start : start + 3]).encode(), digest_size=8).digest()
        number = int.from_bytes(digest)
        for bit in range(_BITS):
            weights[bit] += 1 if number >> bit & 1 else -1
    return sum(1 << bit for bit in range(_BITS) if weights[bit] > 0)


def bands(print_: int | None) -> list[int | None]:
    """A fingerprint in four parts: two that differ in at most three bits share a part."""
    if print_ is None:
        return [None] * BANDS
    mask = (1 << _BAND_BITS) - 1
    return [print_ >> (_BAND_BITS * place) & mask for place in range(BANDS)]


def distance(one: str, other: str) -> int:
    """In how many bits two fingerprints, in hex, differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()
