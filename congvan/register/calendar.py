"""The deadlines as an iCalendar (RFC 5545) that phones and Outlook take: a task and an all-day event each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from icalendar import Alarm, Calendar, Event, Todo, vRecur

from congvan.register.entries import Entry, Status

_ALARM_BEFORE = dt.timedelta(days=-3)
_ZONE = dt.timezone(dt.timedelta(hours=7))


def calendar_of(entries: Iterable[Entry], stamp: dt.datetime) -> bytes:
    """The entries with a known due date; the same deadline has the same UID every time, so importing again updates it.

    A recurring deadline stands once, with its rule, without the days that are done. `stamp` is when it is written.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//congvan//Thời hạn//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Thời hạn công văn")
    series: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.due is not None:
            series.setdefault(entry.id.split("@")[0], []).append(entry)
    for uid, listed in series.items():
        calendar.add_component(_todo(listed, uid, stamp))
        calendar.add_component(_event(listed, uid, stamp))
    return bytes(calendar.to_ical())


def _todo(listed: list[Entry], uid: str, stamp: dt.datetime) -> Todo:
    todo, first = Todo(), listed[0]
    _describe(todo, listed, f"{uid}-viec@congvan", stamp)
    todo.add("due", _moment(first))
    if first.due_rule:
        todo.add("dtstart", _moment(first))
    todo.add("status", {Status.DONE: "COMPLETED", Status.NOT_OURS: "CANCELLED"}.get(_status(listed), "NEEDS-ACTION"))
    return todo


def _event(listed: list[Entry], uid: str, stamp: dt.datetime) -> Event:
    event, first = Event(), listed[0]
    _describe(event, listed, f"{uid}-han@congvan", stamp)
    event.add("dtstart", _moment(first))
    event.add("transp", "TRANSPARENT")
    match _status(listed):
        case Status.NOT_OURS:
            event.add("status", "CANCELLED")  # left out, it would stay in a calendar that was imported before
        case Status.OPEN | Status.LATE:
            event.add_component(_alarm(first))
    return event


def _status(listed: list[Entry]) -> Status:
    """Of a deadline or a whole series: done (or not ours) only where all that is listed of it is."""
    found = {entry.status for entry in listed}
    return found.pop() if len(found) == 1 else Status.OPEN


def _alarm(entry: Entry) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _summary(entry))
    alarm.add("trigger", _ALARM_BEFORE)
    return alarm


def _describe(component: Todo | Event, listed: list[Entry], uid: str, stamp: dt.datetime) -> None:
    entry = listed[0]
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
    if _status(listed) is Status.OPEN:
        for one in listed:
            if one.status in (Status.DONE, Status.NOT_OURS):
                component.add("exdate", _moment(one))


def _summary(entry: Entry) -> str:
    tentative = " (dự kiến)" if entry.tentative else ""
    done = "Đã xong. " if entry.status is Status.DONE and not entry.due_rule else ""
    return f"{done}Hạn{tentative}: {entry.so_hieu or entry.name}: {entry.subject or entry.phrase}"


def _moment(entry: Entry) -> dt.date | dt.datetime:
    if entry.due is not None and entry.due_time:
        hour, minute = map(int, entry.due_time.split(":"))
        return dt.datetime.combine(entry.due, dt.time(hour, minute), _ZONE)
    return entry.due or dt.date.max
