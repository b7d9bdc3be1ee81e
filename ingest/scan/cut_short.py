"""Whether a picture file ends before its pictures do: copied half, or sent half.

Each format says where it ends: JPEG with the marker EOI (ISO/IEC 10918-1, B.1.1.3), PNG with the chunk IEND (ISO/IEC
15948, 11.2.5); a TIFF lists where the strips or tiles of each page lie (TIFF 6.0, tags 273, 279, 324, 325).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

_END_WITHIN = 4096
"""Some programs put a few bytes behind the end of a picture."""
_STARTS = (273, 324)
_SIZES = {273: 279, 324: 325}
_WIDTH = {3: 2, 4: 4}
"""Bytes of a value: SHORT, LONG."""
_MOST_PAGES = 10_000


def is_cut_short(data: bytes) -> bool:
    """Whether a JPEG, PNG or TIFF lacks its end."""
    if data.startswith(b"\xff\xd8"):
        return b"\xff\xd9" not in data[-_END_WITHIN:]
    if data.startswith(b"\x89PNG"):
        return b"IEND" not in data[-_END_WITHIN:]
    whole = whole_pages(data)
    return whole is not None and not all(whole)


def whole_pages(data: bytes) -> list[bool] | None:
    """Of each page of a TIFF whether all of it is there; a page whose description is cut off counts as one more.

    None for what is no classic TIFF.
    """
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(data[:4])
    if order is None:
        return None
    whole: list[bool] = []
    seen: set[int] = set()
    try:
        (place,) = struct.unpack_from(f"{order}L", data, 4)
        while place and place not in seen and len(whole) < _MOST_PAGES:
            seen.add(place)
            (count,) = struct.unpack_from(f"{order}H", data, place)
            entries = [struct.unpack_from(f"{order}HHLL", data, place + 2 + 12 * each) for each in range(count)]
            whole.append(_is_whole(data, order, entries, place))
            (place,) = struct.unpack_from(f"{order}L", data, place + 2 + 12 * count)
    except struct.error:
        whole.append(False)
    return whole


def _is_whole(data: bytes, order: str, entries: Sequence[tuple[int, ...]], place: int) -> bool:
    """Whether the strips or tiles of a page end before the file does."""
    values = {entry[0]: list(_values(data, order, entry, place + 2 + 12 * at)) for at, entry in enumerate(entries)}
    for tag in _STARTS:
        for start, size in zip(values.get(tag, ()), values.get(_SIZES[tag], ()), strict=False):
            if start + size > len(data):
                return False
    return True


def _values(data: bytes, order: str, entry: tuple[int, ...], at: int) -> Iterator[int]:
    """The numbers of an entry of a TIFF's directory: in the entry itself where they fit, or where it points."""
    tag, kind, count, offset = entry
    width = _WIDTH.get(kind)
    if width is None or tag not in (*_STARTS, *_SIZES.values()):
        return
    start = at + 8 if width * count <= 4 else offset
    yield from struct.unpack_from(f"{order}{min(count, len(data))}{'H' if width == 2 else 'L'}", data, start)
