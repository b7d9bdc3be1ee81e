"""Reads by when something is to be done: what is written, then what it means, then when that is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from parsers.actors.office_names import split_names
from parsers.actors.roles import actors, requested
from parsers.deadlines.deadline_rules import Hit, all_hits, limits
from parsers.deadlines.doubtful import MarkCount, doubtful_times, spoilt_limits
from parsers.deadlines.mended_times import Mended, mend
from parsers.deadlines.mentions import Sketch, sketch
from parsers.deadlines.resolve import Reading, resolve
from parsers.deadlines.sentence_place import Issue
from parsers.deadlines.unread import unread_times
from parsers.record.passage import Passage, stretches
from parsers.record.trail import Trail
from parsers.tasks.item import Item
from schemas.dispatch import Deadline
from schemas.packed import Growing

_ORDER = re.compile(
    r"\b(?:de nghi|yeu cau|giao|phai|gui|bao cao|nop|hoan thanh|dang ky|trien khai|chi dao|phan hoi|tra loi|gop y|"
    r"thuc hien|cung cap|truy cap|ra soat|phan dau|chuan bi|tham gia|thong bao|tiep nhan|xong|"
    r"nhan (?:ho so|don|bai|phieu))\b"
)
"""Words by which a sentence outside the numbered items orders something."""
_LABEL = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]|[a-z]\)|[-+•*])\s")
_ITEM_LABEL = re.compile(r"(?:(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,4})[.)-]-?|[a-z]\)|[-+•*–])\s+")
_EVENT = re.compile(
    r"(?:(?:\d{1,2}(?:\.\d{1,2})*[.)]|[a-z]\)|[-+•*])\s)?(?:thoi gian|dia diem)(?:,? (?:va )?(?:thoi gian|dia diem))? "
    r"(?:to chuc|dien ra|khai mac|tap trung|mo lop|thi dau|hop|hoc|tap huan|boi duong|dao tao)\b[^:.;]{0,40}:"
)
"""When something takes place, in a line of its own: nothing that is to be done by then."""
_NO_ORDER = re.compile(
    r"\W*(?:can cu|xet (?:de nghi|to trinh)|theo de nghi)\b"
    r"(?!.*, (?:cac|so|ubnd|uy ban|phong|ban|de nghi|yeu cau|giao|truong|chi cuc|cuc) .*\.$)"
)
_SENTENCE_END = re.compile(r"[.;](?=\s|$)|/\.")
_CAPITALS = "".join(letter for letter in map(chr, range(0x41, 0x1EF9)) if letter.isupper())
_FULL_STOP = re.compile(rf"\.(?=\s+[{_CAPITALS}])")
_REQUEST = re.compile(r"(?:[,;]|\. )[^,;.]{3,80} (?:yeu cau|de nghi|chi dao|giao)\b|\bnhu sau\s*:")
_MISSED = re.compile(r"\s*(?:tuy nhien|nhung|song)?,? ?(?:den nay|den thoi diem|tuy nhien|·{3} nay)\b")
_EXPECTED = re.compile(r"\bdu kien\b[^.;,]{0,30}$")

_PROBLEMS = {
    "impossible_date": "Ngày ghi trong thời hạn «{}» không có trên lịch.",
    "incomplete_date": "Thời hạn «{}» không ghi rõ tháng.",
    "year_unknown": "Không rõ năm của thời hạn «{}».",
    "past_date": "Thời hạn «{}» đã qua trước ngày ban hành văn bản.",
    "vague_date": "Thời hạn «{}» không ghi rõ ngày cuối.",
    "date_conflict": "Ngày đầu và ngày cuối của thời hạn «{}» không khớp nhau.",
    "no_anchor": "Thời hạn «{}» không ghi tính từ ngày nào.",
    "unreadable_date": "Không đọc được ngày của thời hạn «{}».",
}
_NO_MARKS = "Văn bản không có dấu: thời hạn đọc theo chữ không dấu, cần đối chiếu."
_WHOLE = 200
"""So many deadlines are kept whole before they are packed."""
_AROUND = " ,;:("
"""What may stand around the words of a limit without being of them."""
_UNREAD = "Có thời điểm chưa rõ là thời hạn hay không: «{}»."
_DOUBT = "Có chữ không đọc được tại «{}»: cần xem có phải là thời hạn hay không."


def read_deadlines(
    passages: Iterable[tuple[Passage, Item | None]], issued: dt.date | None, trail: Trail, year: int | None = None
) -> Sequence[Deadline]:
    """The deadlines of the directives and, where they order something, of the passages that are none.

    `passages`: all of the body in reading order, each with the item that it is, or None.

    A year that is not printed comes from `issued`, or from `year` where a draft leaves day and month blank; evidence
    at `/deadlines/N`, and with origin `inferred` at `/deadlines/N/due` where the year was not printed.
    """
    reader = _Deadlines(Issue(issued, year or (issued.year if issued else None)), trail)
    marks = MarkCount()
    for passage, item in passages:
        marks.add(passage.text)
        if item is None and _NO_ORDER.match(passage.folded):
            continue
        for start, end in stretches(passage.text):
            reader.read(passage.cut(start, end), item)
    if marks.were_lost:
        trail.warn("damaged_text", _NO_MARKS, "/deadlines")
    return trail.kept(reader.found)


class _Deadlines:
    """Gathers the deadlines of one dispatch."""

    def __init__(self, issue: Issue, trail: Trail) -> None:
        self.issue = issue
        self.trail = trail
        self.found = Growing[Deadline](_WHOLE)
        self.asked: set[tuple[str, ...]] = set()
        """Who must act by the items so far: where all name the same, a closing line without a name binds them too."""

    def read(self, passage: Passage, item: Item | None) -> None:
        """Add the deadlines of one passage, in order."""
        if item is not None:
            self.asked.add(item.directive.assignees)
        mended = mend(passage)
        drawn = sketch(mended.passage)
        first = len(self.found)
        readings: list[tuple[Reading, bool]] = []
        hits = all_hits(drawn)
        for start, end in spoilt_limits(drawn):
            readings.append((Reading(start, end, "before", problem="unreadable_date"), False))
        for hit in limits(hits):
            if item is None and (hit.rule.only_directives or not _ordered(drawn, hit) or _is_account(drawn, hit)):
                continue
            resolved = [one for one in resolve(hit, self.issue) if item is not None or not self._is_account(one)]
            readings += [(reading, _is_tentative(drawn, hit)) for reading in resolved]
        doubtful = list(doubtful_times(drawn, hits, self.issue))
        self._doubt(doubtful, mended)
        if item is not None:
            told = [end for _, end in doubtful]
            self._unread((span for span in unread_times(drawn, hits, self.issue) if span[1] not in told), mended)
        detailed = {one.timex for one, _ in readings if ";BY" in (one.recurrence or "")}
        for reading, tentative in readings:
            if reading.timex not in detailed or reading.kind != "recurring" or ";BY" in (reading.recurrence or ""):
                self._add(passage, item, _as_read(reading, mended), tentative, self.found[first:])

    def _doubt(self, places: Iterable[tuple[int, int]], mended: Mended) -> None:
        for start, end in places:
            words = mended.passage.text[start:end]
            self.trail.warn("damaged_text", _DOUBT.format(words), "/deadlines")

    def _unread(self, places: Iterable[tuple[int, int]], mended: Mended) -> None:
        for start, end in places:
            words = mended.passage.text[start:end].strip()
            self.trail.warn("vague_date", _UNREAD.format(words), "/deadlines")

    def _is_account(self, reading: Reading) -> bool:
        """Whether a stretch had begun when the dispatch was issued: outside what is asked, a period that is told of."""
        return (
            reading.kind == "during"
            and reading.start is not None
            and reading.granularity == "day"
            and (self.issue.is_past(reading.start))
        )

    def _add(
        self, passage: Passage, item: Item | None, reading: Reading, tentative: bool, so_far: Sequence[Deadline]
    ) -> None:
        words = _words(passage, reading)
        phrase = passage.text[slice(*words)]
        who = _who(passage, item, reading)
        if not who and item is None and len(self.asked) == 1:
            who = next(iter(self.asked))
        deadline = _deadline(reading, phrase, item, tentative, who, len(self.found))
        if any(_repeats(deadline, one) for one in so_far):
            return
        pointer = f"/deadlines/{len(self.found)}"
        if reading.problem == "past_date":
            if item is not None:
                self.trail.warn("past_date", _PROBLEMS["past_date"].format(phrase))
            return
        self.found.append(deadline)
        self.trail.show(pointer, passage.evidence(*words, "body"))
        if reading.inferred:
            self.trail.show(f"{pointer}/due", passage.evidence(*words, "inferred"))
        if reading.problem:
            message = _PROBLEMS[reading.problem].format(phrase)
            self.trail.warn(reading.problem, message, f"{pointer}/due", reading.suggestion)


def _words(passage: Passage, reading: Reading) -> tuple[int, int]:
    """Where the words of a limit stand, with the bracket that closes one opened in them."""
    label = _ITEM_LABEL.match(passage.folded) if reading.start_at == 0 else None
    text, start = passage.text[: reading.end_at], label.end() if label else reading.start_at
    start, end = len(text) - len(text[start:].lstrip(_AROUND)), len(text.rstrip(_AROUND))
    opened = text.count("(", start, end) > text.count(")", start, end)
    return start, reading.end_at + 1 if opened and passage.text[reading.end_at :][:1] == ")" else end


_EXCEPTION = re.compile(r"doi voi ((?:cac|nhung) [^,;:]{3,80}?)(?=[,:]| (?:tiep tuc|phai|can|khan truong)\b)")
"""A sentence that binds only some of an item's bodies: `Đối với các đơn vị chưa hoàn thành …`."""


def _who(passage: Passage, item: Item | None, reading: Reading) -> tuple[str, ...]:
    """Whom the limit binds: a later sentence of an item may name its own; else the item's, which stands first."""
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


_BEHIND_LIMIT = re.compile(r"\d, (?=[A-ZĐ])")
"""Where another clause begins behind a limit: `… trước ngày 10/9/2024, Phòng Kinh tế tổng hợp trước ngày …`."""
_PURPOSE = re.compile(r"[^,;:] de (?=(?:so|bo|ban|phong|cuc|chi cuc|ubnd|van phong|vp|hdnd|uy ban) [^;.:]{3,120}$)")
"""What another is to do by then: `gửi hồ sơ về Sở để Sở thẩm định, trình UBND tỉnh trước ngày …`."""


def _of_clause(passage: Passage, item: Item, place: int) -> tuple[str, ...]:
    """Who acts by the clause of a limit behind a semicolon (`…; Sở Tài chính thẩm định trước ngày …`)."""
    purpose = _PURPOSE.search(passage.folded, 0, place)
    if purpose is not None:
        meant = tuple(actors(passage.cut(purpose.end(), len(passage.text))))
        if meant:
            return meant
    behind = [found.end() for found in _BEHIND_LIMIT.finditer(passage.text, 0, place)]
    begin = max([passage.text.rfind("; ", 0, place) + 2, *behind])
    if begin < 2 or not passage.text[begin : begin + 1].isupper():
        return ()
    found = tuple(actors(passage.cut(begin, len(passage.text))))
    before = actors(passage.cut(0, begin))
    return found if set(found) <= set(before) or not set(found) & set(item.directive.assignees) else ()


def _as_read(reading: Reading, mended: Mended) -> Reading:
    """The reading at its place in what was read; a time with a mended figure is only suggested."""
    start, end = mended.place(reading.start_at), mended.place(reading.end_at)
    if not mended.doubtful(reading.start_at, reading.end_at) or reading.problem == "past_date":
        return replace(reading, start_at=start, end_at=end)
    guess = reading.recurrence or (reading.due.isoformat() if reading.due else reading.timex)
    unread = Reading(start, end, reading.kind, granularity=reading.granularity, problem="unreadable_date")
    return replace(unread, suggestion=guess)


def _ordered(drawn: Sketch, hit: Hit) -> bool:
    """Whether the sentence around a match orders something, or the paragraph is one of a numbered list."""
    text = drawn.skeleton
    if _EVENT.match(text):
        return False
    if _LABEL.match(text):
        return True
    begin = max((end.end() for end in _SENTENCE_END.finditer(text, 0, hit.start)), default=0)
    after = _SENTENCE_END.search(text, hit.end)
    return _ORDER.search(text, begin, after.start() if after else len(text)) is not None


def _is_account(drawn: Sketch, hit: Hit) -> bool:
    """Whether the limit is told of: the next sentence says who did not keep it, or the request comes only after it."""
    text = drawn.skeleton
    if text.rstrip().endswith(":") and _REQUEST.search(text, hit.end):
        begin = max((end.end() for end in _SENTENCE_END.finditer(text, 0, hit.start)), default=0)
        return not text[begin : hit.start].lstrip().startswith("de ")
    end = _SENTENCE_END.search(drawn.skeleton, hit.end)
    return end is not None and _MISSED.match(drawn.skeleton, end.end()) is not None


def _is_tentative(drawn: Sketch, hit: Hit) -> bool:
    return hit.rule.tentative or _EXPECTED.search(drawn.skeleton[max(0, hit.start - 40) : hit.start]) is not None


def _repeats(one: Deadline, other: Deadline) -> bool:
    """The same limit said twice in one item."""
    if one.due is None and one.recurrence is None:
        return one.timex == other.timex and one.anchor == other.anchor and one.phrase == other.phrase
    return (one.kind, one.due, one.due_time, one.recurrence) == (
        other.kind,
        other.due,
        other.due_time,
        other.recurrence,
    )


def _deadline(
    reading: Reading, phrase: str, item: Item | None, tentative: bool, who: tuple[str, ...], index: int
) -> Deadline:
    return Deadline.made(
        id=str(index + 1),
        directive=item.directive.id if item else None,
        phrase=phrase,
        kind=reading.kind,
        start=reading.start,
        due=reading.due,
        due_time=reading.due_time,
        alternative_due=reading.alternative_due,
        granularity=reading.granularity,
        recurrence=reading.recurrence,
        timex=reading.timex,
        tentative=tentative,
        anchor=reading.anchor,
        working_days=reading.working_days,
        assignees=who,
    )
