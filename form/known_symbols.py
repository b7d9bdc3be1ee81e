"""The ký hiệu of a scan whose letters OCR changed, put right by the types' signs and by the initials of the office.

Nghị định 30/2020, Điều 8: a ký hiệu is the sign of the type and the initials of who issues, and of its department.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from form.doc_types import document_types

_WORD = re.compile(r"[^\W_]+")
_STROKES = re.compile(r"[I1l|]")
_UNCOUNTED = frozenset({"và", "VÀ", "Và"})


def mend_symbol(symbol: str, bodies: Sequence[str]) -> str:
    """A ký hiệu in which OCR lost the bar of Đ or read T as upright strokes, where only one reading fits.

    >>> mend_symbol("KL-III", ["THANH TRA TỈNH"]), mend_symbol("KL-BQL", ["THANH TRA TỈNH"])
    ('KL-TTT', 'KL-BQL')
    >>> mend_symbol("TB-DHKTCN", ["TRƯỜNG ĐẠI HỌC KỸ THUẬT CÔNG NGHIỆP"]), mend_symbol("QD-UBND", [])
    ('TB-ĐHKTCN', 'QĐ-UBND')
    """
    initials = tuple(map(_initials, bodies))
    groups = re.split(r"([/-])", symbol)
    mended = [_as_sign(groups[0]), *groups[1:]]
    return "".join(_as_initials(group, initials) for group in mended)


def _initials(body: str) -> str:
    return "".join(word[0] for word in _WORD.findall(body) if word not in _UNCOUNTED).upper()


def _as_sign(group: str) -> str:
    """The sign of a type that this group is but for the bar of a Đ, or an upright stroke too many."""
    signs = {sign for kind in document_types() for sign in kind.signs}
    if group in signs:
        return group
    fitting = {sign for sign in signs if _barless(sign) == group or sign in set(_without_a_stroke(group))}
    return fitting.pop() if len(fitting) == 1 else group


def _without_a_stroke(group: str) -> Iterator[str]:
    return (group[: found.start()] + group[found.end() :] for found in _STROKES.finditer(group))


def _as_initials(group: str, initials: Sequence[str]) -> str:
    """The initials that this group is but for the bar of a Đ, or for a T read as upright strokes."""
    if len(group) < 2 or any(group in own for own in initials):
        return group
    if re.search(r"[I1l|]{2}", group):
        letters = _STROKES.sub("T", group)
        return letters if any(letters in own for own in initials) else group
    fitting = {own[at : at + len(group)] for own in initials for at in _places(_barless(own), group)}
    return fitting.pop() if len(fitting) == 1 else group


def _places(text: str, piece: str) -> Iterator[int]:
    return (found.start() for found in re.finditer(f"(?={re.escape(piece)})", text))


def _barless(text: str) -> str:
    return text.replace("Đ", "D")
