"""What a damaged log or a damaged file of corrections no longer says, taken from where it stands a second time.

Acts (a deadline met, a number of arrival) stand in the log and in the index; corrections beside the record and in the
log.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select

from congvan.archive.index.person_tables import BY_ACT, removed
from congvan.archive.index.sql_tables import arrivals
from congvan.archive.truth import log
from congvan.archive.truth.corrections import Correction
from congvan.archive.truth.handling import ACTS
from congvan.archive.truth.said import plain


@dataclass(frozen=True)
class Rebuilt:
    """What `rebuild` did: files indexed, lines of the log newly found unusable, and acts restored from the index."""

    files: int
    unusable_lines: tuple[int, ...] = ()
    restored: int = 0


def acts_in(connection: Connection) -> list[log.Event]:
    """The latest acts, as the index has them, in the form of the log's events."""
    found = []
    for act, table in BY_ACT.items():
        for row in connection.execute(select(table)).mappings():
            facts = plain(dict(row))
            if act == "arrive":
                del facts["year"]  # its date says it
            if act == "handle":
                del facts["orphan"], facts["day"]  # the index's own: they follow from records, and from the id
            found.append(log.make_event(act, **facts))
    return found


def lost_acts(before: Iterable[log.Event], after: Iterable[log.Event]) -> list[log.Event]:
    """The acts known before that are not known after."""
    known = {_about(event): _facts(event) for event in after}
    return [event for event in before if known.get(_about(event)) != _facts(event)]


def _about(event: log.Event) -> tuple[str, ...]:
    """What an act is about: of each deadline, dispatch, doubt or pair the latest act is known."""
    return (event["act"], *(str(event[column.name]) for column in BY_ACT[event["act"]].primary_key))


def _facts(event: log.Event) -> log.Event:
    return {**event, "time": None, "who": None} if event["act"] == "arrive" else event


def told_files(events: Iterable[log.Event]) -> set[str]:
    """The files that the log tells of as registered."""
    return {event["sha256"] for event in events if event["act"] in ("add", "finish")}


def files_changed(events: Iterable[log.Event]) -> list[str]:
    """The files whose records or place events tell to have changed, each once."""
    found: dict[str, None] = {}
    for event in events:
        if event["act"] in _OF_FILES:
            found[event["sha256"]] = None
        elif event["act"] == "undo":
            found |= dict.fromkeys(str(row["key"]["sha256"]) for row in event["rows"] if row["table"] == removed.name)
    return list(found)


_OF_FILES = {"add", "finish", "reparse", "correct", "remove", "return", "purge"}


def acknowledged(events: Iterable[log.Event]) -> set[int]:
    """The unusable lines of the log that an earlier rebuild has told of and has made good."""
    return {line for event in events if event["act"] == "restore" for line in event["lines"]}


def do_again(connection: Connection, events: Iterable[log.Event]) -> None:
    """Put lost acts back into the index, numbers of arrival that another took meanwhile included.

    Of two that the log gives one number, the index knew the one that was confirmed.
    """
    events = list(events)
    arrived = [event for event in events if event["act"] == "arrive"]
    moved = [event["dispatch_id"] for event in arrived]
    connection.execute(delete(arrivals).where(arrivals.c.dispatch_id.in_(moved)))
    for event in arrived:
        same = (arrivals.c.year == dt.date.fromisoformat(event["date"]).year, arrivals.c.number == event["number"])
        connection.execute(delete(arrivals).where(*same))
    for event in events:
        ACTS[event["act"]](connection, event)


def told_corrections(events: Iterable[log.Event]) -> dict[str, list[Correction]]:
    """The corrections that the log tells of, by the file that they are of."""
    told: dict[str, list[Correction]] = {}
    for event in events:
        if event["act"] == "correct":
            correction = Correction.model_validate({name: event.get(name) for name in Correction.model_fields})
            told.setdefault(event["sha256"], []).append(correction)
    return told


def merged(kept: list[Correction], told: list[Correction]) -> list[Correction]:
    """The corrections of a file from both places, in order; `kept` itself where the log knows no more.

    What only the file has stands after what it stands after there. Times decide nothing: clocks and zones differ.
    """
    if all(correction in kept for correction in told):
        return kept
    whole, place = list(told), 0
    for correction in kept:
        if correction not in whole:
            whole.insert(place, correction)
        place = whole.index(correction) + 1
    return whole
