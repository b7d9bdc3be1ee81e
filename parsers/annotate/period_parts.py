"""Parts of a recurring period, as limits name them: `10 ngày đầu của quý sau`, `ngày làm việc cuối cùng của tháng`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from parsers.annotate.lengths import Every
from parsers.annotate.recurrence import every_rule, month_days_rule, part_rule


class RecurringPart(NamedTuple):
    """A part of every period, as the RRULE of its last day and its TIMEX3 value.

    `vague` where nobody can say which day that is (`tuần đầu của tháng`): the rule is then that of the period.
    """

    rule: str
    timex: str
    vague: bool = False


_AGAIN = (
    r"(?: (?:sau(?: do| lien ke)?|tiep theo|ke tiep|lien ke|tiep sau|lien sau|ke sau|bao cao)\b"
    r"| (?:hang|moi) (?P=unit)\b)?"
)
_OF = r"(?:,? (?:cua|trong))?(?: (?:moi|hang|tung))? "
_OPEN = rf"{_AGAIN}(?!\s*(?:\d|[ivx]{{1,4}}\b|nay\b|truoc\b|vua\b|hoc\b|ke hoach\b))"
"""No number follows: that would be one period of one year; `tháng này` is one, too."""
_DAYS = re.compile(
    r"(?<!nhung )(?<!cac )(?<![\d/.,] )(?:\b(?P<count>\d{1,2}) (?:\([^)]{2,12}\) )?)?"
    r"\bngay(?P<working> lam viec)? (?P<side>dau|cuoi)(?P<sure> tien| cung)?"
    rf"(?:{_OF}thang (?P<month>dau|cuoi)(?: tien| cung)?)?{_OF}(?P<unit>tuan|thang|quy|nam)\b{_OPEN}"
)
_NUMBERED = re.compile(
    r"\bngay(?P<working> lam viec)? thu (?P<count>nhat|hai|ba|tu|nam|sau|bay|tam|chin|muoi|[12]?\d)"
    rf"{_OF}(?P<unit>thang|quy)\b{_OPEN}"
)
"""`ngày làm việc thứ ba của tháng`."""
_WEEKS = re.compile(
    rf"\btuan (?:le )?(?:dau|cuoi|thu (?:nhat|hai|ba|tu|\d)|\d)(?: tien| cung)?{_OF}(?P<unit>thang|quy)\b{_OPEN}"
)
_WEEKDAYS = re.compile(
    rf"\bthu (?P<day>hai|ba|tu|nam|sau|bay|[2-7])(?: ngay)? (?P<side>dau tien|cuoi cung){_OF}(?P<unit>thang)\b{_OPEN}"
)
_AGAIN_SAID = re.compile(r"\b(?:hang|moi|sau|tiep|ke)\b")
_FIRST = {"quy": (1, 4, 7, 10), "nam": (1,)}
_LAST = {"quy": (3, 6, 9, 12), "nam": (12,)}
_EVERY = {"tuan": Every(1, "tuan"), "thang": Every(1, "thang"), "quy": Every(3, "thang"), "nam": Every(1, "nam")}
_SPOKEN = {"hai": "MO", "ba": "TU", "tu": "WE", "nam": "TH", "sau": "FR", "bay": "SA"}
_ORDINALS = {
    word: place
    for place, word in enumerate(("nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi"), start=1)
}
_WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def recurring_parts(folded: str, text: str) -> Iterator[tuple[int, int, RecurringPart]]:
    """The parts of recurring periods in a text and its fold, with their places."""
    if not any(word in folded for word in (" dau", " cuoi", "tuan ", " thu ")):
        return
    for match in _DAYS.finditer(folded):
        part = None if _is_fund(match, text) else _days(match)
        if part is not None:
            yield match.start(), match.end(), part
    for match in _NUMBERED.finditer(folded):
        count = _ORDINALS.get(match["count"]) or int(match["count"])
        if count and not _is_fund(match, text):
            yield match.start(), match.end(), _of_months(count, match["unit"], _FIRST, working=bool(match["working"]))
    for match in _WEEKS.finditer(folded):
        if not _is_fund(match, text):
            yield match.start(), match.end(), RecurringPart(*every_rule(_EVERY[match["unit"]]), vague=True)
    for match in _WEEKDAYS.finditer(folded):
        day = _SPOKEN.get(match["day"]) or _WEEK[int(match["day"]) - 2]
        place = 1 if match["side"].startswith("dau") else -1
        yield match.start(), match.end(), RecurringPart(f"FREQ=MONTHLY;BYDAY={place}{day}", "P1M")


def _is_fund(match: re.Match[str], text: str) -> bool:
    return match["unit"] == "quy" and "quỹ" in text[match.start() : match.end()].lower()


def _days(match: re.Match[str]) -> RecurringPart | None:
    unit, working = match["unit"], bool(match["working"])
    count = int(match["count"] or 1) if match["side"] == "dau" else -1
    if not _is_a_day(match) or count not in (-1, *range(1, 32)):
        return None
    if unit == "tuan":
        return RecurringPart(_of_week(count, working), "P1W")
    named = _FIRST if (match["month"] or match["side"]) == "dau" else _LAST
    return _of_months(count, unit, named, working=working)


def _of_months(count: int, unit: str, named: dict[str, tuple[int, ...]], *, working: bool) -> RecurringPart:
    months = named.get(unit, ())
    rule = part_rule(count, months) if working else month_days_rule([count], None, months)
    return RecurringPart(rule, every_rule(_EVERY[unit])[1])


def _is_a_day(match: re.Match[str]) -> bool:
    """No day is `ngày đầu tháng`, no day of every year `ngày đầu năm`; a month's last day is found elsewhere."""
    unit = match["unit"]
    if unit == "nam" and not _AGAIN_SAID.search(match.group()):
        return False
    if match["working"] or match["count"] or match["month"]:
        return True
    return (bool(match["sure"]) or unit == "quy") and (match["side"], unit) != ("cuoi", "thang")


def _of_week(count: int, working: bool) -> str:
    last = _WEEK[4] if working else _WEEK[-1]
    return f"FREQ=WEEKLY;BYDAY={last if count < 0 else _WEEK[min(count, 7) - 1]}"
