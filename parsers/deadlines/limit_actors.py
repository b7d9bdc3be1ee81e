"""Whom a limit binds: who acts by the sentence or the clause that it stands in, else by the item."""

from __future__ import annotations

import re

from parsers.actors.labelled import labelled
from parsers.actors.later_clauses import clause_actors
from parsers.actors.name_lists import split_names
from parsers.actors.sentence_actors import actors, requested
from parsers.deadlines.resolve import Reading
from parsers.record.passage import Passage
from parsers.tasks.item import Item

_LABEL = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]|[a-z]\)|[-+•*])\s")
_SENTENCE_END = re.compile(r"[.;](?=\s|$)|/\.")
_CAPITALS = "".join(letter for letter in map(chr, range(0x41, 0x1EF9)) if letter.isupper())
_FULL_STOP = re.compile(rf"\.(?=\s+[{_CAPITALS}])")


_EXCEPTION = re.compile(r"doi voi ((?:cac|nhung) [^,;:]{3,80}?)(?=[,:]| (?:tiep tuc|phai|can|khan truong)\b)")
"""A sentence that binds only some of an item's bodies: `Đối với các đơn vị chưa hoàn thành …`."""


def bound_by(passage: Passage, item: Item | None, reading: Reading) -> tuple[str, ...]:
    """Whom the limit binds: a later sentence of an item may name its own; else the item's, which stands first."""
    if item is not None and labelled(passage).assignees:
        return item.directive.assignees
    stop = _FULL_STOP if item is not None else _SENTENCE_END
    label = _LABEL.match(passage.folded)
    ends = [end.end() for end in stop.finditer(passage.text, label.end() if label else 0, reading.start_at)]
    begin = ends[-1] if ends else 0
    if item is not None and not ends:
        return _of_clause(passage, item, reading.start_at) or item.directive.assignees
    after = stop.search(passage.text, reading.end_at)
    sentence = passage.cut(begin + passage.text[begin:].startswith(" "), after.start() if after else len(passage.text))
    exception = _EXCEPTION.match(sentence.folded)
    found = actors(sentence) or (requested(sentence) if item is None else [])
    named = [sentence.text[slice(*exception.span(1))]] if exception else found
    return tuple(named or _sender(sentence)) or (item.directive.assignees if item else ())


_SENDER = re.compile(
    r"(?:phieu|bao cao|danh sach|ho so|ket qua|y kien|van ban|so lieu|bieu|ban dang ky|dang ky|de nghi|du thao|"
    r"ke hoach|tai lieu|tham luan)\b[^.;]{0,50}? cua "
    r"(?P<who>(?:(?! cua |[,;.] (?!thi tran|phuong|xa|don vi)).){3,80}?),? "
    r"(?:xin |duoc |de nghi |vui long |phai )?(?:gui|nop|chuyen)\b"
)
"""Who sends, in a sentence about what is sent: `Phiếu đánh giá của các đơn vị gửi về Sở …`."""
_PLURAL = re.compile(r"\b(?:cac|moi|tung)\b")
"""A single body behind `của` may be that of a cited plan: `Kết quả thực hiện Kế hoạch của tỉnh gửi …`."""


def _sender(sentence: Passage) -> list[str]:
    found = _SENDER.search(sentence.folded)
    if found is None or not _PLURAL.search(found["who"]) or not actors(sentence.cut(found.start("who"), found.end())):
        return []
    return split_names(sentence.text, sentence.folded, *found.span("who"))


_FAR = 2000
"""Characters: who acts by a limit stands no further from it, nor further from where the clause begins."""
_BEHIND_LIMIT = re.compile(r"\d, (?=[A-ZĐ])")
"""Where another clause begins behind a limit: `… trước ngày 10/9/2024, Phòng Kinh tế tổng hợp trước ngày …`."""
_PURPOSE = re.compile(r"[^,;:] de (?=(?:so|bo|ban|phong|cuc|chi cuc|ubnd|van phong|vp|hdnd|uy ban) [^;.:]{3,120}$)")
"""What another is to do by then: `gửi hồ sơ về Sở để Sở thẩm định, trình UBND tỉnh trước ngày …`."""


def _of_clause(passage: Passage, item: Item, place: int) -> tuple[str, ...]:
    """Who acts by the clause of a limit behind a semicolon (`…; Sở Tài chính thẩm định trước ngày …`)."""
    near = max(0, place - _FAR)
    purpose = _PURPOSE.search(passage.folded, near, place)
    if purpose is not None:
        meant = tuple(actors(_from(passage, purpose.end())))
        if meant:
            return meant
    behind = [found.end() for found in _BEHIND_LIMIT.finditer(passage.text, near, place)]
    begin = max([passage.text.rfind("; ", 0, place) + 2, *behind])
    label = _LABEL.match(passage.folded)
    first = actors(_from(passage, label.end() if label else 0))
    if begin < 2:
        return tuple(first) if first and set(first) < set(item.directive.assignees) else ()
    if not passage.text[begin : begin + 1].isupper():
        return tuple(clause_actors(passage, begin, common=bool(first)))
    found = actors(_from(passage, begin))
    # Of a list of names (`Sở A; Sở B gửi …`) the last is not alone.
    listed = set(found) & set(first) and not set(found) <= set(actors(passage.cut(0, min(begin, _FAR))))
    return () if listed else tuple(found)


def _from(passage: Passage, start: int) -> Passage:
    return passage.cut(start, min(len(passage.text), start + _FAR))
