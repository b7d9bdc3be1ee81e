"""Stamps that a reader gave as lines of text above or in a letterhead: none of them is a line of the dispatch.

The gazette's mark (`CÔNG BÁO/Số 31 + 32/Ngày 02-8-2022`), the mark of an electronic copy (Nghị định 30/2020, Điều 26:
form of the copy, office, time), and the arrival stamp (Phụ lục IV: `ĐẾN`, then Số, Ngày, Chuyển).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from form.labels import LINE, is_upper
from schemas.document import Block, Furniture, FurnitureKind, Paragraph
from vietnamese.fold import fold

_DAY = r"\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?(?:19|20)\d\d"
_GAZETTE = re.compile(rf"\W{{0,3}}(?:\d+\s+)?cong bao\s*/\s*so\s*[\d\s+-]+/\s*ngay\s*{_DAY}(?:\s+\d+)?\W*")
_COPIED = re.compile(
    rf"\W{{0,3}}(?:ban )?(?:sao y|sao luc|trich sao)(?: ban chinh)?\s*[;,].*{_DAY}[\s,;]+\d{{1,2}}:\d\d.*"
)
_ARRIVED = re.compile(r"\W{0,3}(?:(?:cong van|van ban|cv)\s+)?den\W*")
_OF_ARRIVAL = re.compile(
    r"\W{0,3}(?:(?:so|ngay|gio|luu ho so|luu)(?: den)?\s*[:.][\d\s./…_:hg-]*|so va ky hieu ho so\W.*"
    r"|chuyen\s*[:.].{0,40})"
)


def without_stamps(blocks: Iterable[Block], taken: list[Furniture]) -> Iterator[Block]:
    """The blocks without the lines of stamps, which are added to `taken`, each stamp with its lines joined."""
    arrival: list[Paragraph] = []
    for block in blocks:
        if arrival and isinstance(block, Paragraph) and _OF_ARRIVAL.fullmatch(fold(block.text)):
            arrival.append(block)
            continue
        yield from _settled(arrival, taken)
        arrival = []
        if not isinstance(block, Paragraph) or len(block.text) > 2 * LINE:
            yield block
        elif is_upper(block.text) and _ARRIVED.fullmatch(fold(block.text)):
            arrival = [block]
        elif _GAZETTE.fullmatch(fold(block.text)) or _COPIED.fullmatch(fold(block.text)):
            taken.append(_furniture("stamp", [block]))
        else:
            yield block
    yield from _settled(arrival, taken)


def _settled(arrival: list[Paragraph], taken: list[Furniture]) -> list[Paragraph]:
    """What is no arrival stamp after all: the word alone, with none of its lines below."""
    if len(arrival) > 1:
        taken.append(_furniture("arrival_stamp", arrival))
        return []
    return arrival


def _furniture(kind: FurnitureKind, lines: list[Paragraph]) -> Furniture:
    return Furniture(kind=kind, text="\n".join(line.text for line in lines), page=lines[0].page)
