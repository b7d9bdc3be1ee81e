"""The deadlines as an iCalendar (RFC 5545) that phones and Outlook take: one event a deadline, the task in its title.

Hours stand in the zone of Vietnam, whose definition (VTIMEZONE) goes with them: without it, programs take the hour for
another zone's or drop the file in silence.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneStandard, vRecur

from congvan.register.agenda import origin_of, task_of
from congvan.register.entries import Entry, Status

_ALARMS_BEFORE = (dt.timedelta(days=-3), dt.timedelta(days=-1))
_ZONE_NAME = "Asia/Ho_Chi_Minh"
_ZONE = ZoneInfo(_ZONE_NAME)
_SEVEN_HOURS = dt.timedelta(hours=7)
_TITLE = 90


def calendar_of(entries: Iterable[Entry], stamp: dt.datetime) -> bytes:
    """The entries with a known due date; the same deadline has the same UID every time, so importing again updates it.

    A recurring deadline stands once, with its rule, without the days that are done. `stamp` is when it is written.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//congvan//Thời hạn//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", "Thời hạn công văn")
    calendar.add("x-wr-timezone", _ZONE_NAME)
    series: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.due is not None:
            series.setdefault(entry.id.split("@")[0], []).append(entry)
    if any(entry.due_time for listed in series.values() for entry in listed):
        calendar.add_component(_zone())
    for uid, listed in series.items():
        calendar.add_component(_event(listed, uid, stamp))
    return bytes(calendar.to_ical())


def _zone() -> Timezone:
    """Vietnam: seven hours ahead, no summer time."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", _ZONE_NAME)
    standard.add("dtstart", dt.datetime(1975, 6, 13))
    standard.add("tzoffsetfrom", _SEVEN_HOURS)
    standard.add("tzoffsetto", _SEVEN_HOURS)
    standard.add("tzname", "+07")
    zone.add_component(standard)
    return zone


def _event(listed: list[Entry], uid: str, stamp: dt.datetime) -> Event:
    event, first = Event(), listed[0]
    _describe(event, listed, f"{uid}-han@congvan", stamp)
    event.add("dtstart", _moment(first))
    event.add("transp", "TRANSPARENT")
    match _status(listed):
        case Status.NOT_OURS:
            event.add("status", "CANCELLED")  # left out, it would stay in a calendar that was imported before
        case Status.OPEN | Status.LATE:
            for before in _ALARMS_BEFORE:
                event.add_component(_alarm(first, before))
    return event


def _status(listed: list[Entry]) -> Status:
    """Of a deadline or a whole series: done (or not ours) only where all that is listed of it is."""
    found = {entry.status for entry in listed}
    return found.pop() if len(found) == 1 else Status.OPEN


def _alarm(entry: Entry, before: dt.timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _summary(entry))
    alarm.add("trigger", before)
    return alarm


def _describe(event: Event, listed: list[Entry], uid: str, stamp: dt.datetime) -> None:
    entry = listed[0]
    event.add("uid", uid)
    event.add("dtstamp", stamp)
    event.add("summary", _summary(entry))
    lines = [task_of(entry), f"“{entry.phrase}”", f"Ai làm: {entry.assignees or 'không nêu'}", origin_of(entry)]
    if entry.other:
        lines.append(f"Cách đọc khác: {entry.other:%d/%m/%Y}")
    if entry.only_in:
        lines.append(f"Chỉ có trong bản {entry.only_in}")
    event.add("description", "\n".join(lines))
    if entry.due_rule:
        event.add("rrule", vRecur.from_ical(entry.due_rule))
    if _status(listed) is Status.OPEN:
        for one in listed:
            if one.status in (Status.DONE, Status.NOT_OURS):
                event.add("exdate", _moment(one))


def _summary(entry: Entry) -> str:
    tentative = " (dự kiến)" if entry.tentative else ""
    done = "Đã xong. " if entry.status is Status.DONE and not entry.due_rule else ""
    task = task_of(entry)
    short = task if len(task) <= _TITLE else task[: task.rfind(" ", 0, _TITLE)] + "…"
    return f"{done}Hạn{tentative}: {short} ({entry.so_hieu or entry.name})"


def _moment(entry: Entry) -> dt.date | dt.datetime:
    if entry.due is not None and entry.due_time:
        hour, minute = map(int, entry.due_time.split(":"))
        return dt.datetime.combine(entry.due, dt.time(hour, minute), _ZONE)
    return entry.due or dt.date.max
