"""Keys by which the same thing is recognised under different spellings, and fingerprints by which nearly equal texts
are found without comparing each with each.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence

import regex

from schemas.dispatch import Dispatch
from schemas.source import Signature
from vietnamese.fold import fold, nfc

_NOT_WORD = regex.compile(r"[^\w]+")
_BITS = 64
BANDS = 4
_BAND_BITS = _BITS // BANDS
_LEAST_WORDS = 40


def so_hieu_key(so_hieu: str | None) -> str | None:
    """`1499-CV/HU`, `1499 CV HU` and `01499-cv/hu` have one key; None for no số hiệu.

    >>> so_hieu_key("1499-CV/HU") == so_hieu_key("1499 cv hu") == "1499 cv hu"
    True
    """
    if not so_hieu:
        return None
    words = _NOT_WORD.sub(" ", fold(nfc(so_hieu))).split()
    return " ".join(word.lstrip("0") or "0" if word.isdigit() else word for word in words)


def body_key(body: str | None) -> str | None:
    """A body's name without case, marks and punctuation; None for no body."""
    return " ".join(_NOT_WORD.sub(" ", fold(nfc(body))).split()) if body else None


def signature_words(signatures: Iterable[Signature]) -> str | None:
    """What the check of a file's digital signatures said, in words; None for a file that bears none."""
    known = list(signatures)
    return "; ".join(_signature(one, known[place + 1 :]) for place, one in enumerate(known)) or None


def _signature(signature: Signature, later: Sequence[Signature]) -> str:
    """`later` are those that were added behind it: first the leader's, then the office's, the gazette's."""
    by = signature.by or "không rõ người ký"
    if signature.intact is None:
        return f"{by}: không đọc được chữ ký"
    if not signature.intact:
        return f"{by}: BỊ THAY ĐỔI sau khi ký"
    others = dict.fromkeys(one.by for one in later if one.by and one.by != signature.by)
    after = f"; sau đó có thêm chữ ký của {', '.join(others)}" if others else ""
    return f"{by}: nguyên vẹn{after}" + ("" if signature.trusted else ", chưa rõ tổ chức chứng thực")


def words_of(dispatch: Dispatch) -> list[str]:
    """The words of a dispatch's subject and directives, without case, marks and punctuation."""
    texts = [dispatch.header.subject or "", *(directive.text for directive in dispatch.directives)]
    return (body_key(" ".join(texts)) or "").split()


def deadline_ids(dispatch: Dispatch) -> list[str]:
    """An id for each deadline that stays the same while its item and words do, whatever else a new reading finds."""
    seen: Counter[str] = Counter()
    ids = []
    for deadline in dispatch.deadlines:
        place = f"{dispatch.id} {deadline.directive} {body_key(deadline.phrase)}"
        ids.append(hashlib.sha256(f"{place} {seen[place]}".encode()).hexdigest()[:10])
        seen[place] += 1
    return ids


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
