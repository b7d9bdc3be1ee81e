"""Whom a limit binds: who acts by the sentence or the clause that it stands in, else by the item."""

from __future__ import annotations

import re
from functools import cache, cached_property

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


_FAR = 1000
"""Characters: who acts by a limit stands no further from it, nor further from where the clause begins."""
_BEHIND_LIMIT = re.compile(r"\d, (?=[A-ZĐ])")
"""Where another clause begins behind a limit: `… trước ngày 10/9/2024, Phòng Kinh tế tổng hợp trước ngày …`."""
_PURPOSE = re.compile(r"[^,;:] de (?=(?:so|bo|ban|phong|cuc|chi cuc|ubnd|van phong|vp|hdnd|uy ban) [^;.:]{3,120}$)")
"""What another is to do by then: `gửi hồ sơ về Sở để Sở thẩm định, trình UBND tỉnh trước ngày …`."""
_LOOK_BACK = 3
"""Characters before a limit in which a stop may stand that only shows as one by what is behind it."""


class Bound:
    """Whom the limits of a passage bind; what is the same for many of them is read once, however many there are."""

    def __init__(self, passage: Passage, item: Item | None) -> None:
        self._passage, self._item = passage, item
        label = _LABEL.match(passage.folded)
        self._label = label.end() if label else 0
        self._stop = _FULL_STOP if item is not None else _SENTENCE_END
        self._begin, self._scanned = 0, self._label
        self._ahead: tuple[int, int] | None = None
        self._of_sentence = cache(self._named_in)
        self._acting_from = cache(lambda start: tuple(actors(_from(passage, start))))
        self._acting_to = cache(lambda end: tuple(actors(passage.cut(0, end))))
        self._of_part = cache(lambda start, common: tuple(clause_actors(passage, start, common=common)))

    def by(self, reading: Reading) -> tuple[str, ...]:
        """Whom a limit binds: a later sentence of an item may name its own; else the item's, which stands first."""
        own = self._item.directive.assignees if self._item is not None else ()
        if self._item is not None and self._is_labelled:
            return own
        begin = self._sentence_start(reading.start_at)
        if self._item is not None and not begin:
            return self._of_clause(self._item, reading.start_at) or own
        return self._of_sentence(begin, self._sentence_end(reading.end_at)) or own

    @cached_property
    def _is_labelled(self) -> bool:
        return bool(labelled(self._passage).assignees)

    def _sentence_start(self, place: int) -> int:
        """Where the last sentence before a place ended, or 0. Limits come in order: what was read is kept."""
        if place < self._scanned:
            self._begin, self._scanned = 0, self._label
        again = max(self._begin, self._label, self._scanned - _LOOK_BACK)
        for found in self._stop.finditer(self._passage.text, again, place):
            self._begin = found.end()
        self._scanned = max(place, self._label)
        return self._begin

    def _sentence_end(self, place: int) -> int:
        """Where the sentence of a place ends."""
        if self._ahead is None or not self._ahead[0] <= place <= self._ahead[1]:
            found = self._stop.search(self._passage.text, place)
            self._ahead = place, found.start() if found else len(self._passage.text)
        return self._ahead[1]

    def _named_in(self, begin: int, end: int) -> tuple[str, ...]:
        """Who must act by the sentence between two places."""
        sentence = self._passage.cut(begin + self._passage.text.startswith(" ", begin), end)
        exception = _EXCEPTION.match(sentence.folded)
        if exception:
            return (sentence.text[slice(*exception.span(1))],)
        found = actors(sentence) or (requested(sentence) if self._item is None else [])
        return tuple(found or _sender(sentence))

    def _of_clause(self, item: Item, place: int) -> tuple[str, ...]:
        """Who acts by the clause of a limit behind a semicolon (`…; Sở Tài chính thẩm định trước ngày …`)."""
        text, near = self._passage.text, max(0, place - _FAR)
        purpose = _PURPOSE.search(self._passage.folded, near, place)
        meant = self._acting_from(purpose.end()) if purpose is not None else ()
        if meant:
            return meant
        behind = [found.end() for found in _BEHIND_LIMIT.finditer(text, near, place)]
        begin = max([text.rfind("; ", 0, place) + 2, *behind])
        first = self._acting_from(self._label)
        if begin < 2:
            return first if first and set(first) < set(item.directive.assignees) else ()
        if not text[begin : begin + 1].isupper():
            return self._of_part(begin, bool(first))
        found = self._acting_from(begin)
        # Of a list of names (`Sở A; Sở B gửi …`) the last is not alone.
        listed = set(found) & set(first) and not set(found) <= set(self._acting_to(min(begin, _FAR)))
        return () if listed else found


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


def _from(passage: Passage, start: int) -> Passage:
    return passage.cut(start, min(len(passage.text), start + _FAR))
