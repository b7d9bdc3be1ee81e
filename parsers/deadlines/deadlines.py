"""Reads by when something is to be done: what is written, then what it means, then when that is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from form.zones.cut import stretches
from parsers.deadlines.asking_words import is_ordered, is_told
from parsers.deadlines.deadline_rules import Hit, all_hits, limits
from parsers.deadlines.doubtful import MarkCount, doubtful_times, is_garbled, spoilt_limits
from parsers.deadlines.limit_actors import Bound
from parsers.deadlines.mended_times import Mended, mend
from parsers.deadlines.reckoning import Outcome, ReadTime, reckon
from parsers.deadlines.resolve import Reading, resolve
from parsers.deadlines.sentence_place import Issue, place
from parsers.deadlines.skeleton import Sketch, apart, sketch
from parsers.record.passage import Passage
from parsers.record.trail import Trail
from parsers.tasks.item import Item
from schemas.dispatch import Deadline
from schemas.packed import Growing
from vietnamese.dates import PrintedDate

_ITEM_LABEL = re.compile(r"(?:(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,4})[.)-]-?|[a-z]\)|[-+•*–])\s+")
_NO_ORDER = re.compile(
    r"\W*(?:can cu|xet (?:de nghi|to trinh)|theo de nghi)\b"
    r"(?!.*, (?:cac|so|ubnd|uy ban|phong|ban|de nghi|yeu cau|giao|truong|chi cuc|cuc) .*\.$)"
)
_EXPECTED = re.compile(apart(r"\bdu kien\b[^.;,]{0,30}$"))
_PROBLEMS = {
    "impossible_date": "Ngày ghi trong thời hạn «{}» không có trên lịch.",
    "incomplete_date": "Thời hạn «{}» không ghi rõ tháng.",
    "year_unknown": "Không rõ năm của thời hạn «{}».",
    "past_date": "Thời hạn «{}» đã qua trước ngày ban hành văn bản.",
    "vague_date": "Thời hạn «{}» không ghi rõ ngày cuối.",
    "date_conflict": "Ngày đầu và ngày cuối của thời hạn «{}» không khớp nhau.",
    "no_anchor": "Thời hạn «{}» không ghi tính từ ngày nào.",
    "relative_date": "Thời hạn «{}» tính từ ngày ban hành văn bản: cần đối chiếu.",
    "unreadable_date": "Không đọc được ngày của thời hạn «{}».",
}
_NO_MARKS = "Văn bản không có dấu: thời hạn đọc theo chữ không dấu, cần đối chiếu."
_WHOLE = 200
"""So many deadlines are kept whole before they are packed."""
_AROUND = " ,;:("
"""What may stand around the words of a limit without being of them."""
_UNREAD = "Có thời điểm chưa rõ là thời hạn hay không: «{}»."
_FOUR_MONTHS = re.compile(r"BYMONTH=\d+(?:,\d+){3};")
"""Days of four months of every year say when each quarter's report is due."""
_WRONG_WEEKDAY = "«{}»: ngày này là {}."
_WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEK_NAMES = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_DOUBT = "Có chữ không đọc được tại «{}»: cần xem có phải là thời hạn hay không."


@dataclass(frozen=True)
class FoundTime:
    """A time of the operative part and what became of it: its words, its page, and the directive that it stands in."""

    words: str
    outcome: Outcome
    rule: str | None
    page: int | None
    directive: str | None


def read_deadlines(
    passages: Iterable[tuple[Passage, Item | None]],
    issued: dt.date | None,
    trail: Trail,
    year: int | None = None,
    times: list[FoundTime] | None = None,
) -> Sequence[Deadline]:
    """The deadlines of the directives and, where they order something, of the passages that are none.

    `passages`: all of the body in reading order, each with the item that it is, or None.

    A year that is not printed comes from `issued`, or from `year` where a draft leaves day and month blank; evidence
    at `/deadlines/N`, and with origin `inferred` at `/deadlines/N/due` where the year was not printed. Every time of
    the passages is added to `times`, if given, with what became of it.
    """
    reader = _Deadlines(Issue(issued, year or (issued.year if issued else None)), trail, times)
    marks = MarkCount()
    for passage, item in passages:
        marks.add(passage.text)
        reader.begin(item)
        for start, end in stretches(passage.text):
            reader.read(passage.cut(start, end), item)
    if marks.were_lost:
        trail.warn("damaged_text", _NO_MARKS, "/deadlines")
    return trail.kept(reader.found)


class _Deadlines:
    """Gathers the deadlines of one dispatch."""

    def __init__(self, issue: Issue, trail: Trail, times: list[FoundTime] | None) -> None:
        self.issue = issue
        self.trail = trail
        self.times = times
        self.found = Growing[Deadline](_WHOLE)
        self.items = 0
        """How many items have begun: the last one is the directive at this place, from 1."""
        self.under: str | None = None
        """Its id; the lines that tell of an item come as passages of their own."""
        self.asked: set[tuple[str, ...]] = set()
        """Who must act by the items so far: where all name the same, a closing line without a name binds them too."""

    def begin(self, item: Item | None) -> None:
        """Take note of the item that a passage is."""
        if item is not None and item.directive.id != self.under:
            self.items += 1
            self.under = item.directive.id
            self.asked.add(item.directive.assignees)

    def read(self, passage: Passage, item: Item | None) -> None:
        """Add the deadlines of one passage, in order, and tell of the times in it that may be some."""
        mended = mend(passage)
        drawn = sketch(mended.passage)
        ground = item is None and _NO_ORDER.match(passage.folded) is not None
        hits = [] if ground else [hit for hit in all_hits(drawn) if not (hit.rule.clean and is_garbled(drawn, hit))]
        kept = [hit for hit in limits(hits) if item is not None or self._is_asked(drawn, hit)]
        spoilt = [] if ground else spoilt_limits(drawn)
        readings = [(Reading(start, end, "before", problem="unreadable_date"), False) for start, end in spoilt]
        for hit in kept:
            readings += [(reading, _is_tentative(drawn, hit)) for reading in resolve(hit, self.issue)]
        self._add_all(passage, item, self._joined(readings, mended.passage.text), mended)
        doubtful = [] if ground else list(doubtful_times(drawn, hits, self.issue))
        for start, end in doubtful:
            self.trail.warn("damaged_text", _DOUBT.format(mended.passage.text[start:end]), "/deadlines")
        self._warn_weekdays(kept, drawn)
        for time in reckon(drawn, hits, kept, doubtful, self.issue, item=item is not None):
            self._reckon(time, passage, item, mended)

    @staticmethod
    def _joined(readings: Sequence[tuple[Reading, bool]], text: str) -> list[tuple[Reading, bool]]:
        """The readings, a recurrence made one with the days behind it: `thứ Năm hằng tuần, từ ngày … đến ngày …`."""
        joined: list[tuple[Reading, bool]] = []
        for reading, tentative in readings:
            before = joined[-1][0] if joined else None
            if (
                before is not None
                and (before.kind, before.due, reading.kind) == ("recurring", None, "during")
                and reading.start is not None
                and reading.granularity == "day"
                and text[before.end_at : reading.start_at].strip(" ,(") == ""
                and before.end_at <= reading.start_at
            ):
                joined[-1] = (replace(before, start=reading.start, due=reading.due, end_at=reading.end_at), tentative)
            else:
                joined.append((reading, tentative))
        return joined

    def _add_all(
        self, passage: Passage, item: Item | None, readings: Sequence[tuple[Reading, bool]], mended: Mended
    ) -> None:
        bound, told = Bound(passage, item), set[object]()
        detailed = {one.timex for one, _ in readings if ";BY" in (one.recurrence or "")}
        detailed |= {"P3M" for one, _ in readings if _FOUR_MONTHS.search(one.recurrence or "")}
        for reading, tentative in readings:
            if reading.timex not in detailed or reading.kind != "recurring" or ";BY" in (reading.recurrence or ""):
                self._add(passage, item, _as_read(reading, mended), tentative, bound, told)

    def _is_asked(self, drawn: Sketch, hit: Hit) -> bool:
        """Whether a limit outside the items is one of what is asked, and not told of."""
        if hit.rule.only_directives or not is_ordered(drawn, hit) or is_told(drawn, hit):
            return False
        return not any(self._is_account(one) for one in resolve(hit, self.issue))

    def _reckon(self, time: ReadTime, passage: Passage, item: Item | None, mended: Mended) -> None:
        """Keep what became of a time; tell of it where nobody knows."""
        start, end = mended.place(time.start), mended.place(time.end)
        words = passage.text[start:end].strip()
        shown = passage.evidence(start, end, "body")
        if time.outcome == "unread":
            pointer = f"/directives/{self.items - 1}" if item is not None else "/deadlines"
            place = (shown[0].page, shown[0].bbox) if shown else (None, None)
            self.trail.warn("unread_time", _UNREAD.format(words), pointer, place=place)
        if self.times is not None:
            page = shown[0].page if shown else None
            name = item.directive.id if item is not None else None
            self.times.append(FoundTime(words, time.outcome, time.rule, page, name))

    def _warn_weekdays(self, kept: Iterable[Hit], drawn: Sketch) -> None:
        """Tell of a weekday that is not that of the day beside it."""
        for hit in kept:
            weekday, day = hit.get("weekday"), hit.get("day")
            if weekday is None or day is None or not isinstance(day.value, PrintedDate):
                continue
            placed = place(day.value, self.issue)
            if placed.interval is not None and weekday.value != _WEEK[placed.interval.last.weekday()]:
                words = drawn.passage.text[weekday.start : day.end]
                right = _WEEK_NAMES[placed.interval.last.weekday()]
                self.trail.warn("weekday_conflict", _WRONG_WEEKDAY.format(words, right), "/deadlines")

    def _is_account(self, reading: Reading) -> bool:
        """Whether a stretch had begun when the dispatch was issued: outside what is asked, a period that is told of."""
        return (
            reading.kind == "during"
            and reading.start is not None
            and reading.granularity == "day"
            and (self.issue.is_past(reading.start))
        )

    def _add(
        self, passage: Passage, item: Item | None, reading: Reading, tentative: bool, bound: Bound, told: set[object]
    ) -> None:
        words = _words(passage, reading)
        phrase = passage.text[slice(*words)]
        who = bound.by(reading)
        if not who and item is None and len(self.asked) == 1:
            who = next(iter(self.asked))
        deadline = _deadline(reading, phrase, item, tentative, who, len(self.found))
        if _sameness(deadline) in told:
            return
        pointer = f"/deadlines/{len(self.found)}"
        if reading.problem == "past_date":
            self.trail.past_limits |= item is not None
            if item is not None:
                self.trail.warn("past_date", _PROBLEMS["past_date"].format(phrase))
            return
        told |= _told(deadline)
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


def _as_read(reading: Reading, mended: Mended) -> Reading:
    """The reading at its place in what was read; a time with a mended figure is only suggested."""
    start, end = mended.place(reading.start_at), mended.place(reading.end_at)
    if not mended.doubtful(reading.start_at, reading.end_at) or reading.problem == "past_date":
        return replace(reading, start_at=start, end_at=end)
    guess = reading.recurrence or (reading.due.isoformat() if reading.due else reading.timex)
    unread = Reading(start, end, reading.kind, granularity=reading.granularity, problem="unreadable_date")
    return replace(unread, suggestion=guess)


def _is_tentative(drawn: Sketch, hit: Hit) -> bool:
    return hit.rule.tentative or _EXPECTED.search(drawn.skeleton[max(0, hit.start - 40) : hit.start]) is not None


def _sameness(deadline: Deadline) -> object:
    """What two limits of one item have in common where the second only says the first again."""
    if deadline.due is None and deadline.recurrence is None:
        return deadline.timex, deadline.anchor, deadline.phrase
    return deadline.kind, deadline.due, deadline.due_time, deadline.recurrence


def _told(deadline: Deadline) -> set[object]:
    """What a later limit would repeat of this one, as a day or, without one, in words."""
    return {
        (deadline.timex, deadline.anchor, deadline.phrase),
        (deadline.kind, deadline.due, deadline.due_time, deadline.recurrence),
    }


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
