"""From a rule's match to a deadline: the last day on which it is still on time, read strictly, and how it recurs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from parsers.annotate.feasts import Feast
from parsers.annotate.lengths import Every, Length, Recurrences
from parsers.annotate.mention import Mention
from parsers.annotate.near_times import Near
from parsers.annotate.period_parts import RecurringPart
from parsers.annotate.recurrence import every_rule, month_days_rule, year_days_rules
from parsers.deadlines.deadline_rules import Hit
from parsers.deadlines.sentence_place import Issue, Placed, Printed, place
from parsers.deadlines.yearly import yearly_rule
from schemas.codes import WarningCode
from schemas.dispatch import DeadlineKind, Granularity
from vietnamese.dates import PrintedDate, counted_from, names_issue
from vietnamese.periods import Interval, PrintedPeriod, timex

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Reading:
    """What a match means: the fields of a Deadline, at characters `start:end`; `problem` is why a day is missing.

    `suggestion` is what a day may be that is not given.
    """

    start_at: int
    end_at: int
    kind: DeadlineKind
    start: dt.date | None = None
    due: dt.date | None = None
    due_time: str | None = None
    alternative_due: dt.date | None = None
    granularity: Granularity | None = "day"
    recurrence: str | None = None
    timex: str | None = None
    anchor: str | None = None
    working_days: bool = False
    inferred: bool = False
    problem: WarningCode | None = None
    suggestion: str | None = None


def resolve(hit: Hit, issue: Issue) -> list[Reading]:
    """The readings of a match; several where it names several recurrences (`hằng tháng, quý, năm`)."""
    return _KINDS[hit.rule.kind](hit, issue)


def _clock(hit: Hit) -> str | None:
    mention = hit.get("hour2", "hour") if "start" in hit.taken else hit.get("hour", "hour2", "clock", "clock2")
    return str(mention.value) if mention else None


def _hour(hit: Hit) -> str | None:
    """The hour of a limit; 24 giờ is the end of the day and says no more than the day does."""
    clock = _clock(hit)
    return None if clock == "24:00" else clock


def _limit(hit: Hit, issue: Issue, kind: DeadlineKind) -> tuple[Reading, Placed, Printed]:
    """The day or period that a match names, and a reading with what is common to all kinds."""
    mention = hit.get("day", "dom", "feast", "period", "month", "year")
    assert mention is not None
    value = mention.value
    assert isinstance(value, Printed)
    placed = place(value, issue)
    unit = _unit(value)
    reading = Reading(hit.start, hit.end, kind, granularity=unit, inferred=placed.inferred, problem=placed.problem)
    return reading, placed, value


_NEAR_UNITS: dict[str, Granularity] = {"month": "month", "quarter": "quarter", "year": "year"}


def _unit(value: Printed) -> Granularity:
    if isinstance(value, Near):
        return _NEAR_UNITS.get(value.unit, "day")
    if isinstance(value, PrintedDate | Feast) or value.part == "ngay" or value.is_stretch:
        return "day"
    return value.unit


def _timex(value: Printed, interval: Interval, clock: str | None = None) -> str:
    first, last = interval
    if first == last:
        return last.isoformat() + (f"T{clock}" if clock else "")
    if isinstance(value, Near) and value.unit in ("month", "quarter", "year"):
        months = {"month": 1, "quarter": 3}.get(value.unit, 12)
        return timex(value.unit, (last.month - 1) // months + 1, last.year)
    if isinstance(value, PrintedDate) or getattr(value, "part", None) == "ngay":
        return last.isoformat()
    if not isinstance(value, PrintedPeriod) or value.is_stretch or value.to_number not in (None, value.number):
        return f"{first.isoformat()}/{last.isoformat()}"
    return timex(value.unit, value.number, first.year)


def _before(hit: Hit, issue: Issue) -> list[Reading]:
    reading, placed, value = _limit(hit, issue, "before")
    if placed.interval is None:
        return [reading]
    if _is_part(value, "giua", "cuoi", "tuan"):
        return [replace(reading, problem="vague_date")]
    clock = _clock(hit)
    hour = _hour(hit)
    timed = replace(reading, timex=_timex(value, placed.interval, hour), due_time=hour)
    if clock:
        return [replace(timed, due=placed.interval.last)]
    first, last = placed.interval
    return [replace(timed, due=first - _DAY, alternative_due=last)]


def _by(hit: Hit, issue: Issue) -> list[Reading]:
    reading, placed, value = _limit(hit, issue, "by")
    if placed.interval is None:
        return [reading]
    if _is_part(value, "dau", "giua", "tuan"):
        return [replace(reading, problem="vague_date")]
    clock = _hour(hit)
    return [replace(reading, due=placed.interval.last, timex=_timex(value, placed.interval, clock), due_time=clock)]


def _during(hit: Hit, issue: Issue) -> list[Reading]:
    reading, placed, value = _limit(hit, issue, "during")
    if placed.interval is None:
        return [reading]
    clock = _hour(hit)
    end = placed.interval.last
    if isinstance(value, Near) and value.unit == "span":
        return [replace(reading, kind="after_event", due=end, timex=f"P{value.ahead}D")]
    begin = hit.get("start", "start_dom", "start_period")
    if begin is None:
        first = placed.interval.first
        if _is_part(value, "dau", "giua", "tuan"):
            return [replace(reading, start=None if _is_part(value, "tuan") else first, problem="vague_date")]
        return [replace(reading, start=first, due=end, timex=_timex(value, placed.interval, clock), due_time=clock)]
    first_day = _beginning(begin, end, issue)
    if isinstance(begin.value, Near):
        reading = replace(reading, inferred=True, problem="relative_date")
    if first_day is None or first_day > end:
        return [replace(reading, due=end, due_time=clock, problem="date_conflict")]
    stretch = f"{first_day.isoformat()}/{end.isoformat()}"
    return [replace(reading, start=first_day, due=end, timex=stretch, due_time=clock)]


def _is_part(value: Printed, *parts: str) -> bool:
    """Whether only such a part of a period is meant, whose last day nobody can say."""
    counted = isinstance(value, Near) and value.unit == "week"  # whose parts are known
    return isinstance(value, PrintedPeriod | Near) and value.part in parts and not counted


def _beginning(mention: Mention, end: dt.date, issue: Issue) -> dt.date | None:
    """The first day of a stretch, which takes its month and year from the end where it prints none."""
    value = mention.value
    if isinstance(value, PrintedPeriod):
        interval = value.within(end.year)
        return interval.first if interval else None
    if not isinstance(value, PrintedDate):
        placed = place(value, issue) if isinstance(value, Printed) else Placed()
        return placed.interval.first if placed.interval else None
    day = value.within(end.month, end.year)
    if day is not None and day > end and value.year is None and value.month is not None:
        return value.within(end.month, end.year - 1)
    return day


_LENGTH_UNITS = {"ngay": "P{}D", "tuan": "P{}W", "thang": "P{}M", "nam": "P{}Y", "h": "PT{}H", "min": "PT{}M"}


def _length(hit: Hit) -> Length:
    return next(one.value for one in hit.taken.values() if isinstance(one.value, Length))


def _after(hit: Hit, issue: Issue) -> list[Reading]:
    """A length after an event; its last day is known where it runs from a printed day or the day of issue, but not of
    working days: which days are none, the register knows."""
    reading = _counted(hit, "after_event")
    anchor, length = reading.anchor or "", reading.timex or ""
    if reading.working_days:
        return [reading]
    if names_issue(anchor) and issue.date is not None:
        due = counted_from(issue.date, length)
        return [replace(reading, due=due, inferred=True, problem="relative_date") if due else reading]
    begin = hit.get("start")
    placed = place(begin.value, issue) if begin is not None and isinstance(begin.value, PrintedDate) else None
    if placed is None or placed.interval is None:
        return [reading]
    return [replace(reading, due=counted_from(placed.interval.last, length), inferred=placed.inferred)]


def _lead(hit: Hit, issue: Issue) -> list[Reading]:
    return [_counted(hit, "before")]


def _counted(hit: Hit, kind: DeadlineKind) -> Reading:
    length = _length(hit)
    unit: Granularity = "month" if length.unit == "thang" else "day"
    return Reading(
        hit.start,
        hit.end,
        kind,
        granularity=unit,
        timex=_LENGTH_UNITS[length.unit].format(length.count),
        anchor=hit.anchor,
        working_days=length.working,
        problem=None if hit.anchor else "no_anchor",
    )


_GRANULARITY: dict[tuple[str, int], Granularity] = {("thang", 3): "quarter", ("thang", 6): "half"}
_UNIT_GRANULARITY: dict[str, Granularity] = {"thang": "month", "nam": "year"}


def _granularity(every: Every | Length) -> Granularity:
    return _GRANULARITY.get((every.unit, every.count), _UNIT_GRANULARITY.get(every.unit, "day"))


def _hours(hit: Hit) -> list[str]:
    return [str(one.value) for one in _in_order(hit) if one.kind == "clock"]


def _in_order(hit: Hit) -> list[Mention]:
    return sorted(hit.taken.values(), key=lambda one: one.start)


def _recurring(hit: Hit, issue: Issue) -> list[Reading]:
    every_mention = next((one for one in hit.taken.values() if isinstance(one.value, Recurrences)), None)
    named = every_mention.value if every_mention else None
    everys = named.everys if isinstance(named, Recurrences) else ()
    base = Reading(hit.start, hit.end, "recurring", due_time=_hour(hit), start=_since(hit, issue))
    within = hit.get("within")
    if within is not None and isinstance(within.value, RecurringPart):
        rule, value, vague = within.value
        return [replace(base, recurrence=rule, timex=value, problem="vague_date" if vague else None)]
    if hit.rule.yearly:
        return [replace(base, recurrence=yearly_rule(hit), timex="P1Y", granularity="month")]
    if hit.rule.hours:
        return [replace(base, due_time=hour, recurrence="FREQ=DAILY", timex="P1D") for hour in _hours(hit)]
    if hit.get("dom", "month_end"):
        last_days = (one for name, one in hit.taken.items() if not name.startswith("start"))
        days = [one.value.day for one in last_days if isinstance(one.value, PrintedDate)]
        rule = month_days_rule(days, everys[0] if everys else None, hit.rule.months)
        return [replace(base, recurrence=rule, timex="P3M" if len(hit.rule.months) == 4 else "P1M")]
    if hit.rule.undated:
        ends = [one.value for name, one in hit.taken.items() if name != "start"]
        dates = [value for value in ends if isinstance(value, PrintedDate)]
        pairs = [(date.month or 1, date.day) for date in sorted(dates)]
        return [replace(base, recurrence=rule, timex="P1Y") for rule in year_days_rules(pairs)]
    if weekdays := [str(one.value) for one in _in_order(hit) if one.kind == "weekday"]:
        if everys and everys[0].unit != "tuan":
            return [replace(one, problem="vague_date") for one in _plain(hit, base, everys, every_mention)]
        rule = f"{every_rule(everys[0])[0] if everys else 'FREQ=WEEKLY'};BYDAY={','.join(weekdays)}"
        return [replace(base, recurrence=rule, timex="P1W")]
    return _plain(hit, base, everys or (_length(hit),), every_mention)


def _event(hit: Hit, issue: Issue) -> list[Reading]:
    """A limit that an event sets whose day nobody has printed."""
    kinds: dict[str | None, DeadlineKind] = {"anchor2": "during", "anchor3": "by"}
    kind = kinds.get(hit.anchor_name, "before")
    return [Reading(hit.start, hit.end, kind, granularity=None, anchor=hit.anchor, problem="vague_date")]


def _plain(hit: Hit, base: Reading, everys: tuple[Every | Length, ...], mention: Mention | None) -> list[Reading]:
    """One reading for each recurrence named; the first has the whole phrase, the others only the list of them."""
    readings = []
    for every in everys:
        rule, value = every_rule(every)
        readings.append(replace(base, recurrence=rule, timex=value, granularity=_granularity(every)))
    further = (mention.start, mention.end) if mention else (hit.start, hit.end)
    return [readings[0], *(replace(one, start_at=further[0], end_at=further[1]) for one in readings[1:])]


def _since(hit: Hit, issue: Issue) -> dt.date | None:
    """The first day of `từ năm 2025, … hằng năm`."""
    mention = hit.get("period", "day") if not hit.rule.undated else None
    if mention is None:
        return None
    value = mention.value
    assert isinstance(value, Printed)
    placed = place(value, issue)
    return placed.interval.first if placed.interval else None


_KINDS: dict[str, Callable[[Hit, Issue], list[Reading]]] = {
    "before": _before,
    "by": _by,
    "during": _during,
    "after_event": _after,
    "lead": _lead,
    "recurring": _recurring,
    "event": _event,
}
