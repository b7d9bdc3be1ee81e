"""The deadlines as an iCalendar (RFC 5545) that phones and Outlook take: a task and an all-day event each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from icalendar import Alarm, Calendar, Event, Todo, vRecur

from congvan.register.deadlines import Entry, Status

_ALARM_BEFORE = dt.timedelta(days=-3)
_ZONE = dt.timezone(dt.timedelta(hours=7))


def calendar_of(entries: Iterable[Entry], stamp: dt.datetime) -> bytes:
    """The entries with a known due date; the same deadline has the same UID every time, so importing again updates it.

    A recurring deadline stands once, with its rule. `stamp` is when the calendar is written.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//congvan//Thời hạn//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Thời hạn công văn")
    written = set()
    for entry in entries:
        uid = entry.id.split("@")[0]
        if entry.due is None or uid in written or entry.status is Status.NOT_OURS:
            continue
        written.add(uid)
        calendar.add_component(_todo(entry, uid, stamp))
        calendar.add_component(_event(entry, uid, stamp))
    return bytes(calendar.to_ical())


def _todo(entry: Entry, uid: str, stamp: dt.datetime) -> Todo:
    todo = Todo()
    _describe(todo, entry, f"{uid}-viec@congvan", stamp)
    todo.add("due", _moment(entry))
    if entry.due_rule:
        todo.add("dtstart", _moment(entry))
    todo.add("status", "COMPLETED" if entry.status is Status.DONE else "NEEDS-ACTION")
    return todo


def _event(entry: Entry, uid: str, stamp: dt.datetime) -> Event:
    event = Event()
    _describe(event, entry, f"{uid}-han@congvan", stamp)
    event.add("dtstart", _moment(entry))
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _summary(entry))
    alarm.add("trigger", _ALARM_BEFORE)
    event.add_component(alarm)
    return event


def _describe(component: Todo | Event, entry: Entry, uid: str, stamp: dt.datetime) -> None:
    component.add("uid", uid)
    component.add("dtstamp", stamp)
    component.add("summary", _summary(entry))
    origin = f"{entry.so_hieu or entry.name}, {entry.issuing_body or ''}".strip(", ")
    lines = [entry.directive_text or "", f"“{entry.phrase}”", origin, entry.assignees or ""]
    if entry.other:
        lines.append(f"Cách đọc khác: {entry.other:%d/%m/%Y}")
    component.add("description", "\n".join(line for line in lines if line))
    if entry.due_rule:
        component.add("rrule", vRecur.from_ical(entry.due_rule))


def _summary(entry: Entry) -> str:
    tentative = " (dự kiến)" if entry.tentative else ""
    return f"Hạn{tentative}: {entry.so_hieu or entry.name}: {entry.subject or entry.phrase}"


def _moment(entry: Entry) -> dt.date | dt.datetime:
    if entry.due is not None and entry.due_time:
        hour, minute = map(int, entry.due_time.split(":"))
        return dt.datetime.combine(entry.due, dt.time(hour, minute), _ZONE)
    return entry.due or dt.date.max
