"""Stamps printed as text: digital signatures and the arrival stamp, taken out of the words of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ingest.page.lines import to_lines
from ingest.page.margins import as_furniture
from ingest.page.placed import PlacedLine, PlacedWord, line_of
from schemas.document import Furniture, FurnitureKind
from vietnamese.fold import fold

SIGNATURE = re.compile(
    r"(?:duoc )?(?:ky|xac thuc) (?:so )?boi\b|nguoi ky\s*:|digitally signed|signature (?:not )?(?:valid|verified)|"
    r"(?:thoi gian|ngay|gio) ky\s*:|chu ky so\b"
)
_SIGNATURE_LINE = re.compile(
    SIGNATURE.pattern + r"|(?:co quan|to chuc|don vi|chuc vu|email|ly do|dia diem|dn|cn|date|reason|location)\s*[:=]|"
    r"[\d.:/\- ]{8,}(?:[+-]\d\d[:']\d\d'?)?$|[+-]\d\d[:']\d\d|\S+@\S+$"
)
_SIGNATURE_END = re.compile(r"(?:thoi gian|ngay|gio) ky|\bdate\b|[+-]\d\d[:']\d\d")
_TIME_OF_SIGNING = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d[ ,]+\d{1,2}:\d\d(?::\d\d)?"
    r"(?: ?[ap]m)?(?: ?(?:utc|gmt)? ?[+-]\d\d[:']?\d\d'?)?"
)
"""The line that a signing program writes under the name and the address of who signed, alone in its line."""
_LINES_OF_STAMP = 6
_ARRIVAL = re.compile(r"(?:(?:cong )?van (?:ban )?|cv )?den\b(?!\s+[a-z]{3})|so den\s*:|ngay den\s*:")
_ARRIVAL_LINE = re.compile(
    r"(?:so|ngay|gio|chuyen|luu|so va ky hieu|ky hieu|lưu ho so)\b[^a-z]*(?:hs|ho so|den)?\W*[\d/.:\- ]*$|[\d/.:\- ]+$"
)
_SO_HIEU = re.compile(r"\d\s*/\s*[A-ZĐ]|-\s*[A-ZĐ]+\s*/|/\s*[A-ZĐ]{2}")
# How far around the word ĐẾN its stamp reaches (35 x 50 mm by NĐ 30/2020, half of it to each side and below).
_REACH = (90.0, 30.0, 150.0, 75.0)


def take_stamps(words: Sequence[PlacedWord], page: int) -> tuple[list[PlacedWord], list[Furniture]]:
    """The words of a page without its stamps, and the stamps."""
    if not any(_may_begin(word.text) for word in words):
        return list(words), []
    pieces = [piece for line in to_lines(words) for piece in _pieces(line)]
    stamps = [("signature_stamp", stamp) for stamp in (*_signatures(pieces), *_timed(pieces))]
    stamps += [("arrival_stamp", stamp) for stamp in _arrivals(pieces)]
    taken = {id(piece) for _, stamp in stamps for piece in stamp}
    if not taken:
        return list(words), []
    kept = [word._replace(raised=False) for piece in pieces if id(piece) not in taken for word in piece.words]
    return kept, [as_furniture(_kind(kind), stamp, page) for kind, stamp in stamps]


def _kind(name: str) -> FurnitureKind:
    return "signature_stamp" if name == "signature_stamp" else "arrival_stamp"


def _may_begin(text: str) -> bool:
    if text.isascii() and (text.lower() in ("signature", "digitally") or (text[:1].isdigit() and ":" in text)):
        return True
    return fold(text).strip(":") in ("ky", "den", "boi")


def _pieces(line: PlacedLine) -> Iterable[PlacedLine]:
    """The parts of a line that stand well apart."""
    start = 0
    for index, (one, other) in enumerate(pairwise(line.words), start=1):
        if other.x0 - one.x1 > 1.2 * min(one.size, other.size) or not 0.7 < one.size / other.size < 1.4:
            yield line_of(line.words[start:index])
            start = index
    yield line_of(line.words[start:])


def _signatures(pieces: Sequence[PlacedLine]) -> Iterable[list[PlacedLine]]:
    """From `Ký bởi` down to the time of signing, in one column; a body sentence on signing has no time under it."""
    used: set[int] = set()
    for index, piece in enumerate(pieces):
        if id(piece) in used or not SIGNATURE.match(fold(piece.text)):
            continue
        stamp = _signature(pieces[index:])
        if any(_SIGNATURE_END.search(fold(other.text)) for other in stamp) or len(stamp) > 1:
            used.update(id(other) for other in stamp)
            yield stamp


def _signature(pieces: Sequence[PlacedLine]) -> list[PlacedLine]:
    stamp = [pieces[0]]
    ended = False
    for piece in pieces[1:]:
        last = stamp[-1]
        if piece.top - last.bottom > 0.9 * last.size:
            break
        aligned = abs(piece.x0 - stamp[0].x0) < 2.5 * last.size and abs(piece.size - last.size) < 0.25 * last.size
        if not aligned:
            continue
        if ended and not _SIGNATURE_LINE.match(fold(piece.text)):
            break
        stamp.append(piece)
        ended = ended or bool(_SIGNATURE_END.search(fold(piece.text)))
    return stamp if ended else [piece for piece in stamp if _SIGNATURE_LINE.match(fold(piece.text))]


def _timed(pieces: Sequence[PlacedLine]) -> Iterable[list[PlacedLine]]:
    """A stamp that begins with no word of signing: an office, its address, and the time to the minute under them.

    So do gazettes and portals mark what they publish. All its lines are of one size, flush left, and close together.
    """
    for place, piece in enumerate(pieces):
        if not _TIME_OF_SIGNING.fullmatch(fold(piece.text)):
            continue
        stamp = [piece]
        for above in reversed(pieces[:place]):
            first = stamp[0]
            if first.top - above.bottom > 0.9 * first.size or len(stamp) == _LINES_OF_STAMP:
                break
            if abs(above.x0 - first.x0) < first.size and abs(above.size - first.size) < 0.15 * first.size:
                stamp.insert(0, above)
        if len(stamp) > 1:
            yield stamp


def _arrivals(pieces: Sequence[PlacedLine]) -> Iterable[list[PlacedLine]]:
    for piece in pieces:
        if not _ARRIVAL.match(fold(piece.text)) or not piece.text[:2].isupper() or _SO_HIEU.search(piece.text):
            continue
        left, up, right, down = _REACH
        stamp = [
            other
            for other in pieces
            if other is piece
            or (
                piece.x0 - left < other.x0 < piece.x0 + right
                and piece.top - up < other.top < piece.top + down
                and _ARRIVAL_LINE.match(fold(other.text))
                and not _SO_HIEU.search(other.text)
            )
        ]
        if len(stamp) > 1 or re.search(r"\d", piece.text):
            yield stamp
            return
