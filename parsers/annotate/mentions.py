"""First pass over a passage: the times that are written in it, whatever they mean, and the text with them blanked out.

The skeleton is the folded text in which each mention is overwritten by one letter of its own, so that the rules of
`deadline_rules.toml` can say `truoc {day}` and need not know how a day is printed. Lengths and places stay the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain

from parsers.annotate.feasts import feasts
from parsers.annotate.lengths import Length
from parsers.annotate.mention import TIMES, Mention
from parsers.annotate.near_times import Near, near_times
from parsers.annotate.period_parts import recurring_parts
from parsers.annotate.recurrences import find_everys, find_often
from parsers.citations.citation_finder import find_citations
from parsers.record.passage import Passage
from vietnamese.dates import PrintedDate, find_dates
from vietnamese.figures import has_figure
from vietnamese.numerals import SPELT, WORD_PATTERN, read_words
from vietnamese.periods import find_periods

_QUOTE = re.compile(r"[“\"][^“”\"]{3,400}[”\"]")
_LINKED_DAY = re.compile(
    r"(?:\b(?:truoc|den|toi|tu|het|vao|va|dem|sang|chieu|trua|t|nhat|nhat la|xong|han|cuoi|chot|moc|qua|hon"
    r"|hoan thanh|hoan tat|ket thuc|dut diem|tien do)[,:]? \(?"
    r"|(?:^|[,;:] )(?=[\d/.]{3,10},? (?:phai )?(?:gui|nop|trinh|bao cao|hoan thanh"
    r"|hoan tat|xong|ket thuc|ban giao|nghiem thu)\b)"
    r"|\b(?:han(?! che)|thoi han|thoi gian|thoi diem)(?: [a-z]+){0,4}(?: la|:) (?:den |het )?"
    r"|\bhan(?: (?:dang ky|nop|gui|tra loi|gop y|bao cao|nhan|tiep nhan|ho so|cuoi|chot)){1,3} |\btruoc (?:ngay )?le "
    r"|\b\d{1,2} ?(?:gio|h)(?: ?[0-5]\d)?(?: phut)?(?: sang| trua| chieu| toi)?,? "
    r"|\b(?:dot|lan|vong) (?:dau|sau|cuoi|tiep theo|\d|i{1,3}) "
    r"|\b(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat),? \(?|(?<=\d, )|\((?=[\d./-]+\)))"
    r"(?P<it>(?P<day>3[01]|[12]\d|0?[1-9])(?P<mark>[/.-])(?P<month>1[0-2]|0?[1-9])(?:(?P=mark)(?P<year>(?:20)?[2-4]\d))?)"
    r"(?![\d/]|[.,]\d|\s?%|\s\d{1,2}/)"
)
"""A day without `ngày`, behind a word that leads to one: `trước 15/09/25`, `hạn 20.10.25`, `hạn thẩm định: 26/9`."""
_BARE_DAY = re.compile(
    r"(?:(?P<word>[a-z]+)|(?<=[a-z\d]):) (?P<it>(?P<day>3[01]|[12]\d|0?[1-9])/(?P<month>1[0-2]|0?[1-9]))"
    r"(?=\s*(?:[.;,)]|$))(?!\.\d|,\d)"
)
_NO_DAYS = re.compile(
    r"đạt|là|còn|chiếm|số|lệ|đường|phố|ngõ|ngách|hẻm|khu|tổ|thửa|lô|mẫu|biểu|mục|điều|khoản|điểm|trực|dịp|bằng|được|xóm|cấp|lễ|lớn"
)
"""Words before figures with a stroke that are a share, a street or a name."""
_LINKED_DOM = re.compile(r"(?:\b(?:truoc|nhat|den|toi) |[,;(] )(3[01]|[12]\d|0?[1-9])(?=,? (?:hang|moi) thang\b)")
_NUMBER = r"3[01]|[12]\d|0?[1-9]"
_DAY_RANGE = re.compile(
    r"\b(?:(?:tu|trong)(?: cac)?|(?:hai|ba|bon|nam|0?[2-9])(?= (?:ngay|dem|buoi|hom)\b))(?: (?:dem|buoi|hom))? "
    rf"(?P<from>(?:ngay )?(?P<start>{_NUMBER}))(?P<more>(?:, (?:{_NUMBER}))*)(?: va |\s?[-–]\s?| den(?: het)? )"
    rf"(?P<end>(?P<day>{_NUMBER})(?P<mark>[/-])(?P<month>1[0-2]|0?[1-9])(?:(?P=mark)(?P<year>20\d\d))?)"
    r"(?![\d/]|-\d|\s?%)"
)
"""Days of one month: `từ 01-15/9/2024`, `từ ngày 14 đến 18/10`, `ba đêm 21, 22 và 23/9`."""
_DASHED_RANGE = re.compile(
    rf"\b(?:tu|trong) (?P<from>(?:ngay )?(?:{_NUMBER})-(?:1[0-2]|0?[1-9]))"
    rf"(?: (?:den|toi)(?: het)? )(?P<to>(?:ngay )?(?:{_NUMBER})-(?:1[0-2]|0?[1-9])(?:-20\d\d)?)"
    r"(?![\d/-]|\s?%)"
    rf"|(?<![\d/.,-])(?<!ngay )(?P<first>(?:{_NUMBER})/(?:1[0-2]|0?[1-9]))\s?[-–]\s?"
    rf"(?P<last>(?:{_NUMBER})/(?:1[0-2]|0?[1-9])/20\d\d)(?![\d/-])"
)
"""Days of two months: `từ 15-9 đến 30-10-2025`, `20/10 - 05/11/2025`."""
_MONTH_END = re.compile(r"ngay cuoi(?: cung)?(?: cua)? (?:moi |hang )?thang\b(?:(?: hang| moi) thang)?(?!\s*\d| nay)")
_HOW_MANY = re.compile(r"\b(?:ca )?(?:hai|ba|0?[23]) $")
"""Before months that are named one by one: `trong hai tháng 10 và 11`."""
_DOM_MORE = re.compile(
    r"(?:,| va) (3[01]|[12]\d|0?[1-9])(?=,? (?:va (?:\d|ngay \d|ngay cuoi)|cua |hang |moi |"
    r"\d{1,2}(?:,| va| hang| moi| cua))|\s*(?:[.;)]|$))"
)
_CLOCK = re.compile(
    r"(?<![\d/.,])(?P<hour>2[0-4]|1\d|0?\d)\s?(?:(?:gio|h|g)\s?(?:(?P<minute>[0-5]\d)(?!/)\s?(?:phut|p|['’′`])?)?|:(?P<colon>[0-5]\d)"
    r"|\.(?P<dot>[0-5]\d)(?=,? (?:ngay \d|(?:hang|moi|cung) ngay\b)))(?!\w)"
    r"(?: (?P<side>sang|trua|chieu|toi)(?=,? (?:cua )?(?:ngay \d|\d{1,2}/\d|(?:thu|hang|moi)\b)))?"
    r"(?= (?P<near>chieu|toi) (?:ngay )?(?:nay|mai|hom nay)\b)?"
)
_DAY_FOLLOWS = re.compile(r",? (?:cua )?(?:ngay (?:\d|mai|hom)|hom nay|thu (?:hai|ba|tu|nam|sau|bay|[2-7])\b)")
"""A day behind an hour: it is no count of hours (`muộn nhất là 16 giờ ngày 12/8`)."""
_LENGTH_BEFORE = re.compile(
    r"(?:(?:trong|vong|thoi han|thoi gian|toi da|khong qua|sau|moi|nhat|dinh ky)\s+(?:la\s+|toi da\s+)?"
    r"|truoc khi [^.;,]{3,40} )$"
)
_LENGTH = re.compile(
    rf"(?<![\w/.,])(?<!ngay )(?<!ngay thu )(?:(?:tu )?\d{{1,3}}(?: ?[-–] ?| (?:den|toi) ))?"
    rf"(?:(?P<digits>\d{{1,3}})|(?P<words>{WORD_PATTERN})(?=\s))\s*(?:\([^)]{{2,25}}\)\s*)?"
    r"(?P<unit>ngay lam viec|ngay|tuan|thang|nam|gio lam viec|gio|tieng|phut|h)(?P<working>\s+lam viec)?(?!\w)"
)
"""A range is its longer end: `từ 3 đến 5 ngày`. A number behind `ngày` is a day's (`ngày 10 tháng sau`)."""
_ORDINAL = re.compile(r"\s+(?:dau|cuoi|thu)\b")
"""Behind days and months: those of a period are meant (`03 ngày đầu của tháng`); `24 giờ đầu` is a length."""
_WEEKDAY = re.compile(r"\bthu (?P<day>hai|ba|tu|nam|sau|bay|[2-7])\b|\bchu nhat\b")
_WEEKDAYS = {"hai": "MO", "ba": "TU", "tu": "WE", "nam": "TH", "sau": "FR", "bay": "SA"} | {
    str(number): name for number, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA"), start=2)
}


def find_mentions(passage: Passage) -> tuple[Mention, ...]:
    """The times of a passage, none overlapping, those of the surest form first."""
    return tuple(_with_months(_told_twice(_found(passage, _FINDERS), passage.folded), passage.folded))


def find_times(text: str) -> list[tuple[int, int]]:
    """Where days, periods, lengths and recurrences stand in a text, those of citations too."""
    found = _found(Passage(text, ()), _FINDERS[1:])
    return [(one.start, one.end) for one in found if one.kind in TIMES]


def _found(passage: Passage, finders: Iterable[Callable[[Passage], Iterator[Mention]]]) -> list[Mention]:
    found: list[Mention] = []
    taken = bytearray(len(passage.text))
    for finder in finders:
        for mention in finder(passage):
            if not any(taken[mention.start : mention.end]):
                found.append(mention)
                taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    return sorted(found, key=lambda one: one.start)


_BESIDE = re.compile(r",? ?(?P<said>\(|tuc(?: la)? |nham )?(?:Ω+,? )?")


def _told_twice(mentions: list[Mention], folded: str) -> list[Mention]:
    """The mentions, a time counted from the day of issue made one with the day printed behind it (`mai (17/7)`)."""
    kept: list[Mention] = []
    for one in mentions:
        before = next((known for known in reversed(kept) if known.kind != "weekday"), None)
        if before is not None and isinstance(before.value, Near | Length) and one.kind == "day":
            between = list(folded[before.end : one.start])
            for weekday in kept[kept.index(before) + 1 :]:
                between[weekday.start - before.end : weekday.end - before.end] = "Ω" * (weekday.end - weekday.start)
            beside = _BESIDE.fullmatch("".join(between))
            if beside and (beside["said"] or isinstance(before.value, Near)):
                closed = folded[one.end : one.end + 1] == ")"
                del kept[kept.index(before) :]
                one = replace(one, start=before.start, end=one.end + closed)
        kept.append(one)
    return kept


_AND_THEN = re.compile(r"(?:,| va) [^.;]{2,60}\b(?:vao|truoc|den|nhat|han) ")


def _with_months(mentions: list[Mention], folded: str) -> Iterator[Mention]:
    """The mentions, a day without its month having that of a later one: `vào ngày 15 và … vào ngày 30 tháng 11`."""
    for before, one, after in zip(chain([None], mentions), mentions, chain(mentions[1:], [None]), strict=False):
        if before is not None and before.kind.startswith(("every", "times")):
            yield one
            continue
        later = after.value if after is not None and one.kind == "dom" and after.kind == "day" else None
        joined = after is not None and _AND_THEN.fullmatch(folded, one.end, after.start)
        if joined and isinstance(later, PrintedDate) and isinstance(one.value, PrintedDate):
            yield replace(one, kind="day", value=one.value._replace(month=later.month, year=later.year))
        else:
            yield one


def _masked(passage: Passage) -> Iterator[Mention]:
    """Cited documents and quotations, whose dates are theirs."""
    for citation in find_citations(passage):
        yield Mention("masked", citation.start, citation.end, None)
    for match in _QUOTE.finditer(passage.text):
        if match.end() - match.start() < 0.8 * len(passage.text):
            yield Mention("masked", match.start(), match.end(), None)


def _day_ranges(passage: Passage) -> Iterator[Mention]:
    for match in _DAY_RANGE.finditer(passage.folded) if has_figure(passage.folded) else ():
        year = int(match["year"]) if match["year"] else None
        last = PrintedDate(*match.span("end"), int(match["day"]), int(match["month"]), year)
        if int(match["start"]) < last.day:
            first = PrintedDate(*match.span("from"), int(match["start"]), None, None)
            yield Mention("dom", first.start, first.end, first)
            yield Mention("day", last.start, last.end, last)
    for match in _DASHED_RANGE.finditer(passage.folded) if has_figure(passage.folded) else ():
        for name in ("from", "to") if match["from"] else ("first", "last"):
            yield Mention("day", *match.span(name), _in_figures(match[name], *match.span(name)))


def _in_figures(printed: str, start: int, end: int) -> PrintedDate:
    day, month, *year = (int(part) for part in re.split("[/-]", printed.removeprefix("ngay ")))
    return PrintedDate(start, end, day, month, year[0] if year else None)


def _days(passage: Passage) -> Iterator[Mention]:
    for date in find_dates(passage.folded, passage.text):
        yield Mention("dom" if date.month is None else "day", date.start, date.end, date)
        more = _DOM_MORE.match(passage.folded, date.end) if date.month is None else None
        while more is not None:
            yield Mention("dom", *more.span(1), PrintedDate(*more.span(1), int(more[1]), None, None))
            more = _DOM_MORE.match(passage.folded, more.end())
    for match in _LINKED_DOM.finditer(passage.folded):
        yield Mention("dom", *match.span(1), PrintedDate(*match.span(1), int(match[1]), None, None))
    for match in _LINKED_DAY.finditer(passage.folded) if has_figure(passage.folded) else ():
        year = match["year"]
        if match["mark"] == "/" or year is not None:
            printed = int(year) % 100 + 2000 if year else None
            value = PrintedDate(*match.span("it"), int(match["day"]), int(match["month"]), printed)
            yield Mention("day", *match.span("it"), value)
    yield from _bare_days(passage)
    for match in _MONTH_END.finditer(passage.folded):
        yield Mention("month_end", *match.span(), PrintedDate(*match.span(), -1, None, None))


def _bare_days(passage: Passage) -> Iterator[Mention]:
    """Days and months that close a clause and can be no share: `khóa sổ 15/11`, `lần 1: 05/9`."""
    for match in _BARE_DAY.finditer(passage.folded) if "/" in passage.folded else ():
        day, month = int(match["day"]), int(match["month"])
        padded = match["day"].startswith("0") or match["month"].startswith("0")
        word = passage.text[slice(*match.span("word"))].lower() if match["word"] else ""
        if (day > month or padded) and (day, month) != (24, 7) and not _NO_DAYS.fullmatch(word):
            yield Mention("day", *match.span("it"), PrintedDate(*match.span("it"), day, month, None))


def _periods(passage: Passage) -> Iterator[Mention]:
    for period in find_periods(passage.folded, passage.text):
        if "quỹ" not in passage.text[period.start : period.end].lower():
            start = period.start
            if period.part == "cuoi" and passage.folded.endswith(("den ", "toi ", "phan dau "), 0, start):
                # `đến cuối năm 2024` ends like `đến hết năm 2024`.
                start += len("cuoi ")
            counted = _HOW_MANY.search(passage.folded, max(0, start - 8), start)
            start = counted.start() if counted and period.unit == "month" else start
            yield Mention("year" if period.unit == "year" else "month", start, period.end, period)


def _near(passage: Passage) -> Iterator[Mention]:
    for start, end, near in near_times(passage.folded, passage.text):
        one_day = near.unit == "day" or (near.weekday is not None and near.to is None)
        yield Mention("day" if one_day else "year" if near.unit == "year" else "month", start, end, near)


def _feasts(passage: Passage) -> Iterator[Mention]:
    for start, end, feast in feasts(passage.folded):
        yield Mention("feast", start, end, feast)


def _parts(passage: Passage) -> Iterator[Mention]:
    for start, end, part in recurring_parts(passage.folded, passage.text):
        yield Mention("within", start, end, part)


def _clocks(passage: Passage) -> Iterator[Mention]:
    for match in _CLOCK.finditer(passage.folded) if has_figure(passage.folded) else ():
        minute = match["minute"] or match["colon"] or match["dot"] or "00"
        length = match["minute"] is None and _LENGTH_BEFORE.search(
            passage.folded, max(0, match.start() - 50), match.start()
        )
        if length and not _DAY_FOLLOWS.match(passage.folded, match.end()):
            continue
        if int(match["hour"]) * 60 + int(minute) <= 24 * 60:
            end = match.start() + len(match.group().rstrip())
            hour = int(match["hour"])
            afternoon = (match["side"] or match["near"]) in ("chieu", "toi") and 0 < hour < 12
            yield Mention("clock", match.start(), end, f"{hour + 12 if afternoon else hour:02d}:{minute}")


def _lengths(passage: Passage) -> Iterator[Mention]:
    for match in _LENGTH.finditer(passage.folded):
        if match["words"] and not SPELT.fullmatch(passage.text[match.start("words") : match.end("words")].lower()):
            continue
        unit = _HOUR_WORDS.get(match["unit"].split()[0], match["unit"].split()[0])
        if unit != "h" and _ORDINAL.match(passage.folded, match.end()):
            continue
        count = int(match["digits"]) if match["digits"] else int(read_words(match["words"]) or 0)
        if count:
            working = bool(match["working"]) or "lam viec" in match["unit"]
            kind = "span_long" if unit == "nam" else "span_short"
            yield Mention(kind, match.start(), match.end(), Length(count, unit, working))


_HOUR_WORDS = {"gio": "h", "tieng": "h", "phut": "min"}


def _weekdays(passage: Passage) -> Iterator[Mention]:
    for match in _WEEKDAY.finditer(passage.folded):
        yield Mention("weekday", match.start(), match.end(), _WEEKDAYS.get(match["day"] or "", "SU"))


_FINDERS: tuple[Callable[[Passage], Iterator[Mention]], ...] = (
    _masked,
    _day_ranges,
    _parts,
    _days,
    find_often,
    find_everys,
    _feasts,
    _near,
    _periods,
    _clocks,
    _weekdays,
    _lengths,
)
